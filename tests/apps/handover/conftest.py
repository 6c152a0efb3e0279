"""Quận Hà Đông on its last days: one office that ends, three bodies that receive, and who acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.registry.models import (
    Body,
    BodyVersion,
    Coverage,
    Share,
    Unit,
    UnitEdge,
    UnitEvent,
    UnitEventKind,
    UnitKind,
    UnitVersion,
)
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor, Hat, Role

JULY = date(2025, 7, 1)
LOADED = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)
NOW = datetime(2025, 6, 24, 2, 0, tzinfo=UTC)
_keys = count(1)


def _unit(key: str, level: str, kind: str, parent: Unit | None = None, until: date | None = None):
    unit = Unit.objects.create(key=key, level=level)
    UnitVersion.objects.create(
        unit=unit, kind=kind, name=key, parent=parent, until=until, folded=key, recorded_at=LOADED
    )
    return unit


def _body(key: str, kind: str, bloc: str, unit: Unit, parent: Body | None = None) -> Body:
    body = Body.objects.create(key=key, bloc=bloc, kind=kind)
    BodyVersion.objects.create(
        body=body, name=key.replace("-", " "), parent=parent, folded=key, recorded_at=LOADED
    )
    Coverage.objects.create(body=body, unit=unit, recorded_at=LOADED)
    return body


@dataclass
class Story:
    """The bodies by id, the people, and short ways to do what every test does first."""

    place: Unit
    old_whole: Unit
    old_cut: Unit
    district: int
    office: int
    ward: int
    other: int
    department: int
    residual: int
    area: frozenset[int]
    transition: int = 0
    people: dict[str, Actor] = field(default_factory=dict)

    def actor(self, user: int, name: str, role: Role, body: int, area: Any = ()) -> Actor:
        hat = Hat(user, role, role.value, body, f"cơ quan {body}", frozenset(), frozenset(area))
        return Actor(user, name, (hat,), hat)

    def act(self, by: Actor, key: str = "", at: datetime = NOW) -> Act:
        return Act(by=by, key=key or f"k-{next(_keys)}", at=at)

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def row(self, number: int, **values: Any) -> dict[str, Any]:
        return {
            "kind": "asset",
            "code": f"TS-{number:04}",
            "title": f"Bàn làm việc {number} (minh họa)",
            "quantity": 10,
            "measure": "cái",
            "value": 1_000_000,
            **values,
        }

    def list_items(self, count: int = 3, **values: Any) -> list[int]:
        rows = [self.row(n, **values) for n in range(1, count + 1)]
        done = actions.add_items(
            self.act(self.lan),
            transition_id=self.transition,
            giver_id=self.office,
            rows=rows,
        )
        return list(done["items"])

    def classify(self) -> None:
        for to in (2, 3, 4):
            actions.advance_step(
                self.act(self.lan),
                transition_id=self.transition,
                to=to,
                choice={"filter": {"step": to - 1, "state": "held"}},
            )

    def give_to(self, receiver: int, ids: list[int] | None = None) -> None:
        actions.override_receiver(
            self.act(self.lan),
            transition_id=self.transition,
            choice={"ids": ids} if ids else {"filter": {"state": "held"}},
            receiver_id=receiver,
            reason="theo địa bàn",
        )

    def dispatched(self, count: int = 3, **values: Any) -> tuple[int, list[int]]:
        """Minutes with items on them: (minutes, items)."""
        ids = self.list_items(count, **values)
        self.classify()
        self.give_to(self.ward, ids)
        done = actions.dispatch(
            self.act(self.lan), transition_id=self.transition, choice={"ids": ids}
        )
        return done["minutes"][0], ids

    def count_all(self, minutes: int) -> None:
        for who, side in ((self.lan, "giver"), (self.minh, "receiver")):
            actions.count_rest_as_sent(
                self.act(who), transition_id=self.transition, minutes_id=minutes, side=side
            )

    def content(self, minutes: int) -> str:
        return queries.content_of(queries.minutes_in_sight(self.city, minutes))

    def sign(self, minutes: int, side: str, by: Actor | None = None, **more: Any) -> dict[str, Any]:
        who = by or (self.lan if side == "giver" else self.minh)
        values = {"content": self.content(minutes), "fresh": True} | more
        return actions.sign(
            self.act(who),
            transition_id=self.transition,
            minutes_id=minutes,
            side=side,
            **values,
        )

    def handed_over(self, count: int = 3, **values: Any) -> tuple[int, list[int]]:
        minutes, ids = self.dispatched(count, **values)
        self.count_all(minutes)
        self.sign(minutes, "giver")
        self.sign(minutes, "receiver")
        return minutes, ids

    def item(self, pk: int) -> Item:
        return Item.objects.get(pk=pk)


@pytest.fixture
def story(db) -> Story:
    city = _unit("ha-noi", "province", UnitKind.CITY)
    district = _unit("quan-ha-dong", "district", UnitKind.URBAN_DISTRICT, city, JULY)
    whole = _unit("van-phuc", "commune", UnitKind.WARD, district, JULY)
    cut = _unit("mo-lao", "commune", UnitKind.WARD, district, JULY)
    new = _unit("phuong-ha-dong", "commune", UnitKind.WARD, city)
    other = _unit("phuong-dai-mo", "commune", UnitKind.WARD, city)
    event = UnitEvent.objects.create(kind=UnitEventKind.MERGE, on=JULY, recorded_at=LOADED)
    for src, dst, share in (
        (whole, new, Share.WHOLE),
        (cut, new, Share.REST),
        (cut, other, Share.PART),
    ):
        UnitEdge.objects.create(event=event, src=src, dst=dst, share=share, recorded_at=LOADED)
    ubnd = _body("ubnd-quan-ha-dong", "peoples-committee", "state", district)
    office = _body("phong-giao-duc", "specialised-office", "state", district, ubnd)
    ward = _body("ubnd-phuong-ha-dong", "peoples-committee", "state", new)
    rival = _body("ubnd-phuong-dai-mo", "peoples-committee", "state", other)
    department = _body("so-giao-duc", "department", "state", city)
    residual = _body("so-noi-vu", "department", "state", city)
    area = frozenset({city.pk, district.pk, whole.pk, cut.pk, new.pk, other.pk})
    made = Story(
        district,
        whole,
        cut,
        ubnd.pk,
        office.pk,
        ward.pk,
        rival.pk,
        department.pk,
        residual.pk,
        area,
    )
    made.people = {
        "lan": made.actor(101, "Trần Thị Lan", Role.TEAM_HEAD, office.pk),
        "clerk": made.actor(102, "Cán bộ nhập liệu", Role.CLERK, office.pk),
        "minh": made.actor(201, "Nguyễn Văn Minh", Role.TEAM_HEAD, ward.pk),
        "rival": made.actor(301, "Tổ trưởng Đại Mỗ", Role.TEAM_HEAD, rival.pk),
        "city": made.actor(901, "Ban Chỉ đạo", Role.STEERING, 0, area),
        "inspector": made.actor(902, "Kiểm tra", Role.INSPECTOR, 0, area),
        "operator": made.actor(903, "Quản trị", Role.OPERATOR, 0, ()),
        "desk": made.actor(904, "Bộ phận tiếp nhận sau", Role.CLERK, residual.pk),
        "tu": Actor(999, "Bác Tư"),
    }
    done = actions.create_transition(
        made.act(made.city),
        name="Quận Hà Đông",
        unit_id=district.pk,
        days={
            "freeze_on": date(2025, 6, 28),
            "effective_on": JULY,
            "deadline_on": date(2025, 7, 31),
        },
        ends=[{"body": office.pk, "payroll": 100}, {"body": ubnd.pk, "payroll": 404}],
        begins=[{"body": ward.pk, "payroll": 129}, {"body": rival.pk, "payroll": 100}],
        residual_id=residual.pk,
    )
    made.transition = done["transition"]
    return made


@pytest.fixture
def trail() -> Callable[[], list[str]]:
    """The codes of the acts on the trail, in order."""
    return lambda: list(Entry.objects.order_by("id").values_list("act", flat=True))


@pytest.fixture
def transition(story: Story) -> Transition:
    return Transition.objects.get(pk=story.transition)
