"""Unfinished work on the changeover day: what will be left, how old it is, what to propose for it.

Handed over is not decided: a case that a ward has signed for still waits for its answer, so work
stays on the register until somebody writes down how it ended.
"""

from dataclasses import dataclass
from datetime import date

WORK = ("task", "case")  # the kinds whose end somebody waits for

# What a district asks for, item by item, when work goes on after it.
DECIDE = "decide"  # the dispute about it must be decided
SEARCH = "search"  # it must be found first
NAME = "name"  # nobody is named to receive it
SIGN = "sign"  # the receiver is confirmed and has not signed yet
GO_ON = "go-on"  # signed for: the receiver finishes it
PROPOSALS = (DECIDE, SEARCH, NAME, SIGN, GO_ON)

NOT_DUE, TO_7, TO_30, OVER_30, UNDATED = "not-due", "to-7", "to-30", "over-30", "undated"
AGES = (OVER_30, TO_30, TO_7, NOT_DUE, UNDATED)


def proposal_for(state: str, allocation: str) -> str:
    """What is to be proposed for a piece of unfinished work, from where it stands."""
    if state == "disputed":
        return DECIDE
    if state == "missing":
        return SEARCH
    if state == "accepted":
        return GO_ON
    return SIGN if allocation == "confirmed" else NAME


def age_of(due: date | None, today: date) -> str:
    """How late work is, in the steps that a report names."""
    if due is None:
        return UNDATED
    late = (today - due).days
    if late <= 0:
        return NOT_DUE
    return TO_7 if late <= 7 else TO_30 if late <= 30 else OVER_30


@dataclass(frozen=True, slots=True)
class Forecast:
    """How much work will still be open on a day.

    ``certain`` falls due on or after that day: nobody expects it earlier. Of the rest as much is
    taken off as was finished per working day lately, for each working day left.
    """

    open: int
    certain: int
    finished: int
    over_days: int
    days_left: int

    @property
    def expected(self) -> int:
        """How much of the rest will be finished at the pace of late, rounded down."""
        pace = self.finished * self.days_left // self.over_days if self.over_days > 0 else 0
        return min(pace, self.open - self.certain)

    @property
    def carried(self) -> int:
        """How much will be carried over; never below what falls due later, nor above what is open."""
        return self.open - self.expected
