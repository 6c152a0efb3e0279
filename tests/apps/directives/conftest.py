"""A city committee, the committee that leads for it, who carries out, and two wards."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from tests.apps.handover.conftest import LOADED, _body, _unit, trail

from thongsuot.apps.directives import actions
from thongsuot.apps.directives.models import Duty
from thongsuot.apps.registry.models import Appointment, Body, Person, Post, Unit, UnitKind
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.text import fold

__all__ = ["office", "trail"]
NOW = datetime(2025, 9, 22, 2, 0, tzinfo=UTC)  # Monday 9:00 here
DUE = date(2025, 9, 30)
TEXT = "Giao UBND thành phố rà soát trụ sở dôi dư, báo cáo trước ngày 30/9."
_keys = count(1)
_users = count(500)


@dataclass
class Office:
    """The bodies by id, the people, and short ways to do what every test does first."""

    bodies: dict[str, int] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    at: datetime = NOW

    def hire(self, who: str, body: str, role: Role, area: Any = ()) -> Actor:
        """A person in a post of a body, with what they act as."""
        person = Person.objects.create(full_name=f"Người {who}", folded=fold(f"Người {who}"))
        post = Post.objects.create(
            body_id=self.bodies[body], title=f"Chức vụ {who}", role=role, recorded_at=LOADED
        )
        Appointment.objects.create(person=person, post=post, status="official", recorded_at=LOADED)
        number = next(_users)
        hat = Hat(number, role, post.title, self.bodies[body], body, frozenset(), frozenset(area))
        self.persons[who] = person.pk
        self.people[who] = Actor(number, person.full_name, (hat,), hat)
        return self.people[who]

    def act(self, who: str, key: str = "", **later: int) -> Act:
        return Act(self.people[who], key or f"d-{next(_keys)}", self.at + timedelta(**later))

    def draft(self, by: str = "secretary", document: int = 0, **values: Any) -> int:
        whole: dict[str, Any] = {
            "task": "Rà soát trụ sở dôi dư",
            "lead": self.bodies["executing"],
            "person": self.persons["director"],
            "places": [self.units["city"].pk],
            "term_day": DUE,
        }
        assigner = self.people[by].hat.body
        drafted = {k: v for k, v in (whole | values).items() if v is not None}
        done = actions.draft_duties(
            self.act(by), assigner_id=assigner, document_id=document, drafts=[drafted]
        )
        return int(done["duties"][0])

    def issued(self, by: str = "secretary", **values: Any) -> int:
        duty = self.draft(by, **values)
        actions.issue_duties(self.act(by), duty_ids=[duty])
        return duty

    def document(self, **values: Any) -> int:
        whole = {
            "issuer": self.bodies["city"],
            "kind": "conclusion",
            "number": "12-KL/TU (minh họa)",
            "issued_on": date(2025, 9, 22),
            "title": "Kết luận về mô hình hai cấp (minh họa)",
            "text": TEXT,
        }
        done = actions.record_document(
            self.act("clerk"), kept_by=self.bodies["city"], document=whole | values,
            recipients=[self.bodies["leading"]],
        )  # fmt: skip
        return int(done["document"])

    def duty(self, pk: int) -> Duty:
        return Duty.objects.get(pk=pk)


@pytest.fixture
def office(db) -> Office:
    made = Office()
    city = _unit("tp-minh-hoa", "province", UnitKind.CITY)
    one = _unit("phuong-mot", "commune", UnitKind.WARD, city)
    two = _unit("phuong-hai", "commune", UnitKind.WARD, city)
    made.units = {"city": city, "one": one, "two": two}
    for name, kind, bloc, unit in (
        ("city", "party-committee", "party", city),
        ("leading", "party-committee", "party", city),
        ("executing", "peoples-committee", "state", city),
        ("ward-one", "party-committee", "party", one),
        ("ward-two", "party-committee", "party", two),
        ("steering", "steering-committee", "team", city),
    ):
        parent = Body.objects.get(pk=made.bodies["city"]) if name == "leading" else None
        made.bodies[name] = _body(name, kind, bloc, unit, parent).pk
    area = frozenset(u.pk for u in made.units.values())
    for who, body, role in (
        ("secretary", "city", Role.LEADER),
        ("clerk", "city", Role.CLERK),
        ("leader", "leading", Role.LEADER),
        ("director", "executing", Role.LEADER),
        ("officer", "executing", Role.CLERK),
        ("one", "ward-one", Role.LEADER),
        ("two", "ward-two", Role.LEADER),
    ):
        made.hire(who, body, role)
    made.hire("steering", "steering", Role.STEERING, area)
    made.hire("operator", "steering", Role.OPERATOR)
    made.people["nobody"] = Actor(999, "Bác Tư")
    return made
