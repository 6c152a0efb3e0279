"""The five stages of a file on its way to being digitised, and the figures of a fonds."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thongsuot.rules.kernel.problem import Problem

COUNTED, BOXED, SCANNED, CHECKED, ACCEPTED = 1, 2, 3, 4, 5
STAGES = (COUNTED, BOXED, SCANNED, CHECKED, ACCEPTED)
NAMED = 10  # so many files are named in a refusal about many

# Forward one step at a time; a rejected lot goes back to be scanned again.
MOVES = frozenset(
    {
        (COUNTED, BOXED),
        (BOXED, SCANNED),
        (SCANNED, CHECKED),
        (CHECKED, ACCEPTED),
        (SCANNED, BOXED),
        (CHECKED, BOXED),
    }
)


def check_move(src: int, dst: int, code: str) -> Problem | None:
    """Why a file may not go from one stage to another; None when it may."""
    if (src, dst) in MOVES:
        return None
    return Problem("digitising.stage-skipped", code, {"src": src, "dst": dst})


@dataclass(frozen=True, slots=True)
class Figures:
    """How many files of a fonds have come at least so far; never more than the step before.

    Raises ValueError for figures that cannot be: they do not come from files.
    """

    counted: int = 0
    boxed: int = 0
    scanned: int = 0
    checked: int = 0
    accepted: int = 0

    def __post_init__(self) -> None:
        row = self.row
        if row[-1] < 0 or any(b > a for a, b in itertools.pairwise(row)):
            raise ValueError(f"more at a step than at the one before: {row}")

    @property
    def row(self) -> tuple[int, int, int, int, int]:
        """The five figures in order."""
        return (self.counted, self.boxed, self.scanned, self.checked, self.accepted)

    @property
    def waiting(self) -> tuple[int, int, int, int]:
        """How many wait to be boxed, scanned, checked, accepted."""
        a, b, c, d, e = self.row
        return (a - b, b - c, c - d, d - e)

    @property
    def left(self) -> int:
        """How many are not accepted yet."""
        return self.counted - self.accepted

    def hundredths(self, figure: int) -> int:
        """A figure as whole hundredths of all, rounded down: 100 only when nothing is left."""
        return figure * 100 // self.counted if self.counted else 0


def figures_of(at_stage: Mapping[int, int]) -> Figures:
    """The figures, from how many files stand at each stage now."""
    total, row = 0, []
    for stage in reversed(STAGES):
        total += at_stage.get(stage, 0)
        row.append(total)
    return Figures(*reversed(row))


def check_closing(
    figures: Figures,
    examples: Mapping[int, Iterable[str]],
    *,
    open_lots: int = 0,
    damaged: Iterable[str] = (),
    unverified: int = 0,
) -> tuple[Problem, ...]:
    """Everything that keeps a fonds open; empty means it may be closed (đóng phông).

    Shapes: ``examples`` are codes of files by the stage at which they stand; ``damaged`` are
    files whose scan is damaged or missing by the last check; ``unverified`` counts scans that
    were never checked after they were kept.
    """
    if not figures.counted:
        return (Problem("digitising.fonds-empty"),)
    found = []
    for stage, waiting in zip(STAGES, figures.waiting, strict=False):
        if waiting:
            named = tuple(examples.get(stage, ()))[:NAMED]
            facts: dict[str, object] = {"count": waiting, "named": named}
            found.append(Problem(_LEFT[stage], "", facts))
    if open_lots:
        found.append(Problem("digitising.left-lots", "", {"count": open_lots}))
    bad = tuple(damaged)
    if bad:
        found.append(
            Problem("digitising.left-damaged", "", {"count": len(bad), "named": bad[:NAMED]})
        )
    if unverified:
        found.append(Problem("digitising.left-unverified", "", {"count": unverified}))
    return tuple(found)


_LEFT = {
    COUNTED: "digitising.left-to-box",
    BOXED: "digitising.left-to-scan",
    SCANNED: "digitising.left-to-check",
    CHECKED: "digitising.left-to-accept",
}
