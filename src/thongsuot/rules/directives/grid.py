"""Standing points × units (nội dung trọng tâm × địa bàn): what each said, and what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """How a point stands in a unit."""

    NOT_BEGUN = "not-begun"  # chưa làm
    UNDER_WAY = "under-way"  # đang làm
    STUCK = "stuck"  # vướng mắc
    DONE = "done"  # xong
    NOTHING = "nothing"  # không phát sinh


@dataclass(frozen=True, slots=True)
class Note:
    """What a body said about a point for a round (kỳ), the round named by its day."""

    point: int
    body: int
    round: date
    mark: Mark
    words: str = ""


class Change(StrEnum):
    """How a cell compares with the round before."""

    FIRST = "first"  # lần đầu
    SAME = "same"  # như kỳ trước
    BETTER = "better"
    WORSE = "worse"
    SILENT = "silent"  # kỳ này chưa báo


_RANK = {Mark.STUCK: 0, Mark.NOT_BEGUN: 1, Mark.UNDER_WAY: 2, Mark.NOTHING: 3, Mark.DONE: 3}


@dataclass(frozen=True, slots=True)
class Cell:
    """One point in one unit at a round: what was said, what was said before, what changed.

    Both None: nothing was ever said. ``now`` None: nothing for this round (silent).
    """

    now: Note | None
    before: Note | None

    @property
    def change(self) -> Change:
        """How it compares with the last time before this round."""
        if self.now is None:
            return Change.SILENT
        if self.before is None:
            return Change.FIRST
        gone = _RANK[self.now.mark] - _RANK[self.before.mark]
        if gone == 0:
            return Change.SAME
        return Change.BETTER if gone > 0 else Change.WORSE


def cells(notes: Iterable[Note], on: date) -> dict[tuple[int, int], Cell]:
    """The cells of a round by (point, body), of all notes ever made; those without any are absent.

    Shapes: notes in the order in which they were made; a later one for the same round replaces
    the earlier. Notes of later rounds are not looked at.
    """
    now: dict[tuple[int, int], Note] = {}
    before: dict[tuple[int, int], Note] = {}
    for note in notes:
        key = (note.point, note.body)
        if note.round == on:
            now[key] = note
        elif note.round < on and (key not in before or before[key].round <= note.round):
            before[key] = note
    return {key: Cell(now.get(key), before.get(key)) for key in now.keys() | before.keys()}
