"""A city committee that leads, two departments with their units, who decides, who is asked."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from tests.apps.handover.conftest import LOADED, _body, _unit, trail

from thongsuot.apps.rearrangement import actions
from thongsuot.apps.rearrangement.models import Option, PresentUnit, Scheme
from thongsuot.apps.registry.models import Appointment, Body, Person, Post, UnitKind
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.text import fold

__all__ = ["office", "trail"]
NOW = datetime(2025, 10, 6, 2, 0, tzinfo=UTC)
DAYS = {
    "decision": date(2025, 10, 20),
    "people": date(2025, 10, 27),
    "handover": date(2025, 11, 3),
    "seal": date(2025, 11, 10),
    "announce": date(2025, 11, 12),
}
_keys, _users = count(1), count(700)


@dataclass
class Office:
    """The bodies, the people, and short ways to do what every test does first."""

    bodies: dict[str, int] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    scheme: int = 0
    option: int = 0
    units: dict[str, int] = field(default_factory=dict)

    def hire(self, who: str, body: str, role: Role, area: Any = ()) -> Actor:
        person = Person.objects.create(full_name=f"Người {who}", folded=fold(f"Người {who}"))
        post = Post.objects.create(
            body_id=self.bodies[body], title=f"Chức vụ {who}", role=role, recorded_at=LOADED
        )
        Appointment.objects.create(person=person, post=post, status="official", recorded_at=LOADED)
        number = next(_users)
        hat = Hat(number, role, post.title, self.bodies[body], body, frozenset(), frozenset(area))
        self.people[who] = Actor(number, person.full_name, (hat,), hat)
        return self.people[who]

    def act(self, who: str = "chair", key: str = "", **later: int) -> Act:
        return Act(self.people[who], key or f"sx-{next(_keys)}", NOW + timedelta(**later))

    def make(self, who: str = "chair", **more: Any) -> int:
        values = {
            "kind": "both", "title": "Sắp xếp phòng, đơn vị (minh họa)", "gatherer": self.bodies["home"],
            "approver": self.bodies["party"], "due_on": date(2025, 10, 15),
        }  # fmt: skip
        owners = more.pop("owners", [self.bodies["home"], self.bodies["money"]])
        done = actions.make_scheme(
            self.act(who), keeper_id=self.people[who].hat.body, scheme=values | more, owners=owners
        )
        self.scheme = int(done["scheme"])
        return self.scheme

    def unit(self, code: str, owner: str = "home", people: int = 10, leaders: int = 3, **more: Any) -> int:  # fmt: skip
        values = {"code": code, "name": f"Phòng {code}", "people": people, "leaders": leaders}
        done = actions.put_unit(
            self.act("clerk" if owner == "home" else "money"), scheme_id=self.scheme,
            owner_id=self.bodies[owner], unit=values | more,
        )  # fmt: skip
        self.units[code] = int(done["unit"])
        return self.units[code]

    def filled(self) -> "Office":
        """A scheme with three rooms of one department and one of the other, and an empty option."""
        self.make()
        for code in ("A", "B", "C"):
            self.unit(code)
        self.unit("D", "money", people=6, leaders=2)
        done = actions.make_option(self.act("clerk"), scheme_id=self.scheme, title="Gọn nhất")
        self.option = int(done["option"])
        return self

    def fates(self, *lines: dict[str, Any], who: str = "clerk", **more: Any) -> dict[str, Any]:
        fates = [{**line, "unit": self.units[line["unit"]]} for line in lines]
        return actions.set_fates(
            self.act(who), scheme_id=self.scheme, option_id=self.option, fates=fates, **more
        )

    def whole(self) -> "Office":
        """The same with every unit's fate: A and B become X, C is dissolved, D stays."""
        self.filled()
        actions.found_unit(
            self.act("clerk"), scheme_id=self.scheme, option_id=self.option,
            unit={"code": "X", "name": "Phòng Tổng hợp", "owner": self.bodies["home"], "leaders": 4},
        )  # fmt: skip
        self.fates(
            {"unit": "A", "fate": "merge", "into": "X"},
            {"unit": "B", "fate": "merge", "into": "X", "released": 2},
            {"unit": "C", "fate": "dissolve", "tasks_to": "X", "assets_to": "X", "people_to": "D"},
        )
        actions.keep_rest(self.act("clerk"), scheme_id=self.scheme, option_id=self.option)
        return self

    def consulted(self) -> "Office":
        """Submitted, and the other department asked for its opinion."""
        self.whole()
        actions.submit_scheme(self.act(), scheme_id=self.scheme)
        actions.ask_opinions(
            self.act(), scheme_id=self.scheme, bodies=[self.bodies["money"]],
            due_on=date(2025, 10, 10),
        )  # fmt: skip
        return self

    def approve(self, **more: Any) -> dict[str, Any]:
        values: dict[str, Any] = {
            "scheme_id": self.scheme, "option_id": self.option, "number": "12-QĐ/TU (minh họa)",
            "decided_on": date(2025, 10, 6), "basis": "Nghị quyết của Ban Thường vụ (minh họa)",
        }  # fmt: skip
        return actions.approve_scheme(self.act("secretary"), **(values | more))

    def carrying(self) -> "Office":
        self.consulted()
        self.approve()
        actions.begin_carrying(self.act(), scheme_id=self.scheme, days=DAYS)
        return self

    def row(self) -> Scheme:
        return Scheme.objects.get(pk=self.scheme)

    def present(self) -> list[PresentUnit]:
        return list(PresentUnit.objects.filter(scheme=self.scheme).order_by("code"))

    def one(self) -> Option:
        return Option.objects.get(pk=self.option)


def build() -> Office:
    made = Office()
    city = _unit("thanh-pho-minh-hoa", "province", UnitKind.CITY)
    far = _unit("tinh-khac", "province", UnitKind.PROVINCE)
    ward = _unit("phuong-mot", "commune", UnitKind.WARD, city)
    for name, kind, bloc, unit, parent in (
        ("party", "party-committee", "party", city, ""),
        ("ubnd", "peoples-committee", "state", city, ""),
        ("home", "department", "state", city, "ubnd"),
        ("money", "department", "state", city, "ubnd"),
        ("room", "specialised-office", "state", city, "home"),
        ("centre", "service-unit", "service", city, "home"),
        ("far", "department", "state", far, ""),
        ("ward", "peoples-committee", "state", ward, ""),
        ("watch", "inspection-commission", "party", city, "party"),
    ):
        above = Body.objects.get(pk=made.bodies[parent]) if parent else None
        made.bodies[name] = _body(name, kind, bloc, unit, above).pk
    for who, body, role, area in (
        ("secretary", "party", Role.LEADER, ()),
        ("chair", "ubnd", Role.LEADER, ()),
        ("clerk", "home", Role.CLERK, ()),
        ("head", "home", Role.LEADER, ()),
        ("money", "money", Role.LEADER, ()),
        ("ward", "ward", Role.LEADER, ()),
        ("watch", "watch", Role.INSPECTOR, {city.pk, ward.pk}),
        ("room", "room", Role.LEADER, ()),
        ("machine", "ubnd", Role.OPERATOR, ()),
    ):
        made.hire(who, body, role, area)
    return made


@pytest.fixture
def office(db) -> Office:
    return build()
