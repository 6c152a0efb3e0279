"""Two wards, a district office, a department and the committee of the city, with difficulties."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.apps.handover.conftest import Story, _body, story, trail

from thongsuot.apps.authority.models import Field, FieldGroup
from thongsuot.apps.difficulties import actions
from thongsuot.apps.difficulties.models import Difficulty
from thongsuot.apps.registry.models import Unit
from thongsuot.rules.kernel.actor import Actor, Role

__all__ = ["asking", "story", "trail"]

FIELDS = (("xay-dung", "Xây dựng"), ("noi-vu", "Nội vụ"), ("giao-duc", "Giáo dục"))
TEXT = "Phòng Quản lý đô thị đã kết thúc, chưa rõ ai ký giấy phép xây dựng nhà ở riêng lẻ."


@dataclass
class AskingRoom:
    """Short ways to do what every test of difficulties does first."""

    story: Story
    committee: int
    people: dict[str, Actor]

    def act(self, who: str = "minh", day: date = date(2025, 6, 24), key: str = ""):
        at = datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)
        return self.story.act(self.people[who], key, at)

    def raise_(self, who: str = "minh", **more: Any) -> Difficulty:
        values: dict[str, Any] = {
            "sort": "difficulty", "title": "Ai ký giấy phép xây dựng nhà ở riêng lẻ?",
            "text": TEXT, "field": "xay-dung", "article": "Nghị định 140/2025, Điều 5 (minh họa)",
        } | more  # fmt: skip
        done = actions.raise_difficulty(self.act(who), **values)
        return self.get(int(str(done["difficulty"])))

    def get(self, pk: int) -> Difficulty:
        return Difficulty.objects.get(pk=pk)

    def join(self, row: Difficulty, who: str = "rival") -> Difficulty:
        done = actions.join_difficulty(self.act(who), difficulty_id=row.pk)
        return self.get(int(str(done["difficulty"])))

    def answer(self, row: Difficulty, who: str = "head", **more: Any):
        values: dict[str, Any] = {
            "answer": "accepted", "text": "Chủ tịch UBND phường ký, từ 01/7/2025.",
        } | more  # fmt: skip
        return actions.answer_difficulty(self.act(who), difficulty_id=row.pk, **values)

    def pass_(self, row: Difficulty, to: int, who: str = "head", **more: Any):
        values: dict[str, Any] = {
            "text": "Việc này thuộc thẩm quyền của sở.", "basis": "Điều 7 (minh họa)",
        } | more  # fmt: skip
        return actions.pass_on(self.act(who), difficulty_id=row.pk, to_id=to, **values)


@pytest.fixture
def asking(story) -> AskingRoom:
    city = Unit.objects.get(key="ha-noi")
    committee = _body("ubnd-thanh-pho", "peoples-committee", "state", city)
    group = FieldGroup.objects.create(number=1, name="Nhóm minh họa")
    for code, name in FIELDS:
        Field.objects.create(code=code, name=name, group=group)
    people = dict(story.people)
    people["head"] = story.actor(801, "Chủ tịch thành phố", Role.LEADER, committee.pk)
    people["sgd"] = story.actor(802, "Giám đốc sở", Role.LEADER, story.department)
    people["gd"] = story.actor(803, "Trưởng phòng", Role.LEADER, story.office)
    return AskingRoom(story, committee.pk, people)
