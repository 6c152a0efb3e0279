"""A store of the closing office, four guards with codes, and a way to act at any local hour."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.apps.handover.conftest import LOADED, Story, story, trail

from thongsuot.apps.guarding import actions, codes
from thongsuot.apps.guarding.models import Place
from thongsuot.apps.registry.models import Appointment, Person, Post
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.text import fold

__all__ = ["story", "trail"]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NAMES = ("Bác Tám", "Anh Chín", "Anh Mười", "Chị Út")
_keys = count(1)


def clock(day: int, hour: int, minute: int = 0) -> datetime:
    """A local hour of June 2025; days after the 30th go on into July."""
    return datetime(2025, 6, 1, hour, minute, tzinfo=HANOI) + timedelta(days=day - 1)


@dataclass
class Store:
    """The store, its guards by id, and short ways to do what every test does first."""

    story: Story
    place: int = 0
    guards: list[int] = field(default_factory=list)

    def act(self, at: datetime, by: Actor | None = None, key: str = "") -> Act:
        return Act(by=by or self.story.lan, key=key or f"g-{next(_keys)}", at=at)

    def publish(
        self, first: int = 25, last: int = 30, at: datetime | None = None, leave_out: int = -1
    ) -> dict[str, Any]:
        """Shifts of eight hours from 6:00 of one day to 6:00 after another, guards in turn."""
        rows, number = [], 0
        for day in range(first, last + 1):
            for hour in (6, 14, 22):
                since = clock(day, hour)
                guard = self.guards[number % len(self.guards)]
                if number != leave_out:
                    rows.append(
                        {"guard": guard, "since": since, "until": since + timedelta(hours=8)}
                    )
                number += 1
        return actions.publish_roster(
            self.act(at or clock(first, 6)),
            place_id=self.place,
            since=clock(first, 6),
            until=clock(last + 1, 6),
            shifts=rows,
        )

    def badge(self, number: int, at: datetime, **more: Any) -> dict[str, Any]:
        """A guard gives the own code."""
        return actions.scan_badge(
            self.act(at), place_id=self.place, badge=codes.hashed(f"MA-{number}"), **more
        )

    def thing(self) -> Place:
        return Place.objects.get(pk=self.place)


def people(story: Story, count_: int = 4, role: str = "clerk") -> list[Person]:
    """People with a post in the office; the first has an account."""
    made = []
    for name in NAMES[:count_]:
        person = Person.objects.create(full_name=name, folded=fold(name))
        post = Post.objects.create(
            body_id=story.office, title="Bảo vệ", role=role, recorded_at=LOADED
        )
        Appointment.objects.create(person=person, post=post, status="official", recorded_at=LOADED)
        made.append(person)
    return made


@pytest.fixture
def store(story: Story) -> Store:
    """Opened at 6:00 on 25 June with Bác Tám on the watch; Anh Chín heads the shifts."""
    made = Store(story)
    for number, person in enumerate(people(story)):
        done = actions.enrol_guard(
            made.act(clock(24, 9)),
            body_id=story.office,
            person_id=person.pk,
            badge=codes.hashed(f"MA-{number}"),
        )
        made.guards.append(int(done["guard"]))
    opened = actions.open_place(
        made.act(clock(25, 6)),
        body_id=story.office,
        name="Kho lưu trữ 1",
        first_id=made.guards[0],
        head_id=made.guards[1],
        settings={"rest_hours": 8},
    )
    made.place = int(opened["place"])
    return made


@pytest.fixture
def account() -> Callable[[Person, str], User]:
    """Give a person an account."""

    def give(person: Person, name: str) -> User:
        person.account = User.objects.create_user(name, "một hai ba bốn năm", full_name=name)
        person.save(update_fields=["account"])
        return person.account

    return give
