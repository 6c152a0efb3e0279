"""A ward with a one-stop shop, a catalogue of three procedures, and people at the desk."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.apps.handover.conftest import Story, story, trail

from thongsuot.apps.procedures import actions
from thongsuot.apps.procedures.models import Dossier, Shop
from thongsuot.rules.kernel.actor import Actor, Role

__all__ = ["desk_room", "story", "trail"]

DAY = date(2025, 7, 8)
SET = "12/QĐ-UBND (minh họa)"


@dataclass
class DeskRoom:
    """Short ways to do what every test of procedures does first."""

    story: Story
    people: dict[str, Actor]

    def act(self, who: str = "chair", day: date = DAY, key: str = ""):
        at = datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)
        return self.story.act(self.people[who], key, at)

    def write(self, code: str = "1.001", **more: Any) -> None:
        values: dict[str, Any] = {
            "code": code, "name": f"Thủ tục {code} (minh họa)", "field": "khac", "commune": True,
            "days": 3,
        } | more  # fmt: skip
        actions.write_procedure(self.act("city"), values=values)

    def shop(self, *codes: str, decides: bool = False) -> Shop:
        done = actions.open_shop(
            self.act(), body_id=self.story.ward, name="Một cửa phường Hà Đông (minh họa)",
            address="Số 1", hours="8:00–17:00", since=date(2025, 7, 1),
        )  # fmt: skip
        row = Shop.objects.get(pk=int(str(done["shop"])))
        if codes:
            actions.offer(
                self.act(), shop_id=row.pk, codes=list(codes), receives=True, decides=decides
            )
        return row

    def receive(
        self, shop: Shop, code: str = "1.001", received: date = DAY, **more: Any
    ) -> Dossier:
        done = actions.receive(
            self.act("clerk_ward"), shop_id=shop.pk, code=code, received=received, **more
        )
        return Dossier.objects.get(pk=int(str(done["dossier"])))

    def step(self, row: Dossier, doing: str, on: date, reason: str = "") -> Dossier:
        actions.take_step(
            self.act("clerk_ward", on), dossier_id=row.pk, doing=doing, on=on, reason=reason
        )
        return Dossier.objects.get(pk=row.pk)


@pytest.fixture
def desk_room(story) -> DeskRoom:
    people = dict(story.people)
    people["chair"] = story.actor(701, "Giám đốc Trung tâm", Role.LEADER, story.ward)
    people["clerk_ward"] = story.actor(702, "Công chức một cửa", Role.CLERK, story.ward)
    return DeskRoom(story, people)
