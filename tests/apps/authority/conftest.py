"""A city with two wards, their committees and people, and three rules: the smallest world of competence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from thongsuot.apps.authority import actions
from thongsuot.apps.authority.models import Field, FieldGroup, Matter, TextDays
from thongsuot.apps.registry.models import (
    Appointment,
    Body,
    BodyVersion,
    Coverage,
    LegalText,
    Person,
    Post,
    Unit,
    UnitKind,
    UnitVersion,
)
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.text import fold

JULY, END = date(2025, 7, 1), date(2027, 3, 1)
LOADED = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)
NOW = datetime(2025, 8, 1, 2, 0, tzinfo=UTC)
TODAY = date(2025, 8, 1)
_keys = count(1)


@dataclass
class Office:
    """Everything by name: units, bodies, posts, appointments, people who act."""

    units: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def act(self, who: str, at: datetime = NOW) -> Act:
        return Act(by=self.people[who], key=f"a-{next(_keys)}", at=at)

    def unit(self, key: str, level: str, kind: str, parent: str = "", **days: Any) -> None:
        unit = Unit.objects.create(key=key, level=level)
        UnitVersion.objects.create(
            unit=unit, kind=kind, name=key, parent_id=self.units.get(parent), folded=fold(key),
            recorded_at=LOADED, **days,
        )  # fmt: skip
        self.units[key] = unit.pk

    def body(self, key: str, kind: str, unit: str, bloc: str = "state") -> None:
        body = Body.objects.create(key=key, bloc=bloc, kind=kind)
        BodyVersion.objects.create(
            body=body, name=key.replace("-", " "), folded=fold(key), recorded_at=LOADED
        )
        Coverage.objects.create(body=body, unit_id=self.units[unit], recorded_at=LOADED)
        self.bodies[key] = body.pk

    def seat(
        self, key: str, body: str, title: str, name: str, role: Role, area: tuple[int, ...] = ()
    ) -> None:
        post = Post.objects.create(
            body_id=self.bodies[body], title=title, role=role.value, recorded_at=LOADED,
            rank=len(self.posts),
        )  # fmt: skip
        user = User.objects.create_user(username=key, password="thu-nghiem-1", full_name=name)
        person = Person.objects.create(full_name=name, folded=fold(name), account=user)
        held = Appointment.objects.create(
            person=person, post=post, status="official", recorded_at=LOADED
        )
        bodies = frozenset({self.bodies[body]})
        hat = Hat(held.pk, role, title, self.bodies[body], body, bodies, frozenset(area))
        self.posts[key], self.seats[key] = post.pk, held.pk
        self.people[key] = Actor(user.pk, name, (hat,), hat)

    def write(self, code: str, **rule: Any) -> str:
        """A rule as a draft by the city."""
        values = {"matter": "xay-nha", "kind": "division", "to_tier": "commune",
                  "to_organ": "peoples-committee", "to_title": "Chủ tịch UBND", "text": "nd-140",
                  "article": "5", "since": JULY, "from_tier": "district"}  # fmt: skip
        done = actions.write_rule(self.act("khanh"), code=code, rule=values | rule)
        return str(done["code"])

    def check(self, code: str, *people: str) -> None:
        for who in people:
            actions.check(self.act(who), code=code, verdict="same", against="Công báo")

    def publish(self, code: str, **rule: Any) -> str:
        made = self.write(code, **rule)
        self.check(made, "chair", "clerk")
        actions.publish(self.act("khanh"), code=made)
        return made

    def delegate(self, number: str = "UQ-1", *, sign: bool = True, **more: Any) -> int:
        values = {"giver_id": self.seats["chair"], "post_id": self.posts["deputy"], "since": JULY,
                  "until": date(2026, 1, 1)} | more  # fmt: skip
        done = actions.propose(self.act("clerk"), number=number, **values)
        pk = int(str(done["delegation"]))
        if sign:
            actions.sign(self.act("chair"), delegation_id=pk, fresh=True)
        return pk


def found_office() -> Office:
    """The world itself, for tests and for the walk."""
    made = Office()
    made.unit("tp", "province", UnitKind.CITY)
    made.unit("quan", "district", UnitKind.URBAN_DISTRICT, "tp", until=JULY)
    made.unit("phuong-mot", "commune", UnitKind.WARD, "tp", since=JULY)
    made.unit("phuong-hai", "commune", UnitKind.WARD, "tp", since=JULY)
    made.body("ubnd-tp", "peoples-committee", "tp")
    made.body("ubnd-mot", "peoples-committee", "phuong-mot")
    made.body("ubnd-hai", "peoples-committee", "phuong-hai")
    everywhere = tuple(made.units.values())
    made.seat("khanh", "ubnd-tp", "Ban Chỉ đạo", "Lê Khánh", Role.STEERING, everywhere)
    made.seat("tinh", "ubnd-tp", "Chủ tịch UBND", "Chủ Tỉnh", Role.LEADER)
    made.seat("chair", "ubnd-mot", "Chủ tịch UBND", "Chủ Một", Role.LEADER)
    made.seat("deputy", "ubnd-mot", "Phó Chủ tịch UBND", "Phó Một", Role.LEADER)
    made.seat("clerk", "ubnd-mot", "Công chức", "Công Một", Role.CLERK)
    made.seat("other", "ubnd-hai", "Chủ tịch UBND", "Chủ Hai", Role.LEADER)
    made.seat("hang", "ubnd-tp", "Kiểm tra", "Bùi Hằng", Role.INSPECTOR, everywhere)
    made.people["nobody"] = Actor(990, "Không Chức Vụ")
    group = FieldGroup.objects.create(number=1, name="Xây dựng")
    of = Field.objects.create(code="xay-dung", name="Xây dựng", group=group)
    text = LegalText.objects.create(key="nd-140", number="140/2025/NĐ-CP", title="Nghị định thử")
    TextDays.objects.create(
        text=text, kind="decree", since=JULY, until=END, reading="read", field=of
    )
    Matter.objects.create(
        code="xay-nha",
        name="Cấp giấy phép xây dựng",
        folded=fold("Cấp giấy phép xây dựng"),
        field=of,
    )
    matter = Matter.objects.create(
        code="lap-truong", name="Thành lập trường", folded=fold("Thành lập trường"), field=of
    )
    matter.words.create(text="mở trường", folded="mo truong")
    return made


@pytest.fixture
def office(db: None) -> Office:
    return found_office()


@pytest.fixture
def acts() -> Callable[[], list[str]]:
    """The codes of the acts on the trail, in order."""
    return lambda: list(Entry.objects.order_by("id").values_list("act", flat=True))
