"""A fonds of the closing office with six files out of its archive items, and ways to go on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from tests.apps.handover.conftest import Story, story, trail

from thongsuot.apps.digitising import actions, queries
from thongsuot.apps.digitising.models import Fonds, Record, Sampled
from thongsuot.apps.handover import actions as handover
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor

__all__ = ["story", "trail"]

NOW = datetime(2025, 6, 24, 2, 0, tzinfo=UTC)
FONDS = "Phông Phòng Giáo dục"
_keys = count(1)


def archive_rows(story: Story, numbers: range, fonds: str = FONDS) -> None:
    """Put archive items of a fonds on the list of the handover."""
    rows = [
        story.row(
            n, kind="archive", code=f"HS-{n:03}", title=f"Tập hồ sơ {n} (minh họa)",
            measure="hồ sơ", quantity=1, annex={"fonds": fonds, "year_from": 2008, "year_to": 2009},
        )
        for n in numbers
    ]  # fmt: skip
    handover.add_items(
        story.act(story.lan), transition_id=story.transition, giver_id=story.office, rows=rows
    )


def pdf(text: str) -> bytes:
    """A small PDF that differs by its text."""
    return f"%PDF-1.4\n% {text}\n%%EOF\n".encode()


@dataclass
class Work:
    """The fonds, and short ways to do what every test does first."""

    story: Story
    fonds: int

    def act(self, by: Actor | None = None, key: str = "", at: datetime = NOW) -> Act:
        return Act(by=by or self.story.lan, key=key or f"d-{next(_keys)}", at=at)

    def ids(self, *codes: str) -> list[int]:
        rows = Record.objects.filter(fonds=self.fonds)
        rows = rows.filter(code__in=codes) if codes else rows
        return list(rows.order_by("code").values_list("pk", flat=True))

    def box(self, *codes: str, label: str = "H-01", **more: Any) -> dict[str, Any]:
        return actions.box_records(
            self.act(**more), fonds_id=self.fonds, ids=self.ids(*codes), box=label
        )

    def scan(self, *codes: str, text: str = "") -> None:
        for pk in self.ids(*codes):
            code = Record.objects.get(pk=pk).code
            stored = keep(pdf(f"{code} {text}"), f"{code}.pdf", by=self.story.lan)
            actions.keep_scan(
                self.act(), fonds_id=self.fonds, record_id=pk, sha256=stored.sha256,
                name=f"{code}.pdf",
            )  # fmt: skip

    def draw(self) -> int:
        return int(actions.draw_lot(self.act(), fonds_id=self.fonds)["lot"])

    def judge_all(self, lot: int, *, bad: int = 0) -> None:
        for number, one in enumerate(Sampled.objects.filter(lot=lot).order_by("place")):
            actions.judge(
                self.act(), fonds_id=self.fonds, lot_id=lot, record_id=one.record_id,
                good=number >= bad, fault="mờ trang 3" if number < bad else "",
            )  # fmt: skip

    def decide(self, lot: int, decision: str = "accept", reason: str = "") -> dict[str, Any]:
        return actions.decide_lot(
            self.act(), fonds_id=self.fonds, lot_id=lot, decision=decision, reason=reason
        )

    def accept(self, lot: int) -> dict[str, Any]:
        """Another head of the office accepts."""
        other = self.story.actor(111, "Trưởng phòng", self.story.lan.hat.role, self.story.office)
        return actions.accept_lot(self.act(by=other), fonds_id=self.fonds, lot_id=lot)

    def row(self) -> tuple[int, ...]:
        return queries.figures(self.thing()).row

    def thing(self) -> Fonds:
        return Fonds.objects.get(pk=self.fonds)


@pytest.fixture
def work(story: Story) -> Work:
    archive_rows(story, range(1, 7))
    archive_rows(story, range(50, 53), "Phông khác")
    done = actions.open_fonds(
        story.act(story.lan), body_id=story.office, name=FONDS, settings={"least": 2}
    )
    assert done["records"] == 6
    return Work(story, int(done["fonds"]))
