"""A ward with its three bodies, its people, and a docket on its way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.apps.handover.conftest import Story, _body, story, trail

from thongsuot.apps.decisions import actions
from thongsuot.apps.decisions.models import Docket, Session
from thongsuot.apps.registry.models import Unit
from thongsuot.rules.kernel.actor import Actor, Role

__all__ = ["council_room", "story", "trail"]

DAY = date(2025, 7, 14)


@dataclass
class CouncilRoom:
    """Short ways to do what every test of decisions does first."""

    story: Story
    party: int
    council: int
    people: dict[str, Actor]

    def act(self, who: str = "chair", day: date = DAY, key: str = ""):
        at = datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)
        return self.story.act(self.people[who], key, at)

    def open(self, track: str = "council", **more: Any) -> Docket:
        values: dict[str, Any] = {
            "title": "Phân bổ vốn sửa chữa trụ sở (minh họa)",
            "summary": "Phân bổ vốn để sửa chữa trụ sở làm việc.\nNguồn: ngân sách phường.",
            "track": track, "basis": "Nghị quyết minh họa",
        } | more  # fmt: skip
        done = actions.open_docket(self.act(), **values)
        return self.get(int(str(done["docket"])))

    def get(self, pk: int) -> Docket:
        return Docket.objects.get(pk=pk)

    def papers(self, row: Docket, *kinds: str) -> None:
        for kind in kinds:
            actions.add_paper(self.act(), docket_id=row.pk, kind=kind, title=f"Tài liệu {kind}")

    def step(self, row: Docket, doing: str, who: str = "chair", **more: Any):
        values: dict[str, Any] = {"number": "12/TTr-UBND", "fresh": True} | more
        return actions.take_step(self.act(who), docket_id=row.pk, doing=doing, **values)

    def submitted(self, track: str = "council") -> Docket:
        row = self.open(track)
        draft = "draft-resolution" if track == "council" else "draft-decision"
        self.papers(row, draft, "explanation")
        self.step(row, "skip-consult", reason="Nội dung nội bộ, không phải lấy ý kiến.")
        self.step(row, "submit")
        return self.get(row.pk)

    def opined(self, track: str = "council") -> Docket:
        row = self.submitted(track)
        self.step(row, "opine", "secretary", number="5-TB/ĐU")
        self.papers(row, "opinion")
        return self.get(row.pk)

    def session(self, on: date = date(2025, 8, 20), kind: str = "regular") -> Session:
        done = actions.plan_session(
            self.act("speaker"), name="Kỳ họp thứ hai (minh họa)", kind=kind, on=on,
            starts_at="08:00", place="Hội trường", members=30,
        )  # fmt: skip
        return Session.objects.get(pk=int(str(done["session"])))

    def opened(self, present: int = 28) -> tuple[Docket, Session]:
        """A docket on the agenda of a session that is open."""
        row, session = self.opined(), self.session()
        actions.schedule(self.act("speaker"), docket_id=row.pk, session_id=session.pk)
        actions.convene_session(self.act("speaker"), session_id=session.pk, number="3/GM")
        self.papers(row, "review")
        actions.open_session(
            self.act("speaker", session.on), session_id=session.pk, present=present
        )
        session.refresh_from_db()
        return self.get(row.pk), session

    def vote(self, row: Docket, day: date, votes_for: int = 25, **more: Any):
        values: dict[str, Any] = {"against": 2, "abstained": 1, "number": "7/NQ-HĐND",
                                  "fresh": True} | more  # fmt: skip
        return actions.record_vote(
            self.act("speaker", day), docket_id=row.pk, votes_for=votes_for, **values
        )


@pytest.fixture
def council_room(story) -> CouncilRoom:
    ward = Unit.objects.get(key="phuong-ha-dong")
    party = _body("dang-uy-phuong", "party-committee", "party", ward)
    council = _body("hdnd-phuong", "peoples-council", "state", ward)
    people = dict(story.people)
    people["chair"] = story.actor(701, "Chủ tịch UBND", Role.LEADER, story.ward)
    people["writer"] = story.actor(702, "Công chức văn phòng", Role.CLERK, story.ward)
    people["secretary"] = story.actor(703, "Bí thư", Role.LEADER, party.pk)
    people["speaker"] = story.actor(704, "Chủ tịch HĐND", Role.LEADER, council.pk)
    people["department"] = story.actor(705, "Giám đốc sở", Role.LEADER, story.department)
    return CouncilRoom(story, party.pk, council.pk, people)
