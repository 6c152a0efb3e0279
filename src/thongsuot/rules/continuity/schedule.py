"""When the next copy is due, and which ones are late."""

from dataclasses import dataclass
from datetime import date, timedelta

PLANNED, MADE, VERIFIED, DIFFERENT, STOPPED = "planned", "made", "verified", "different", "stopped"
STATES = (PLANNED, MADE, VERIFIED, DIFFERENT, STOPPED)
LONGEST = 366  # days between two copies


@dataclass(frozen=True, slots=True)
class Standing:
    """How a copy stands: its state, the day it is due, and how many days late (0: not late)."""

    state: str
    due_on: date
    late: int


def next_due(due_on: date, every_days: int, verified_on: date) -> date | None:
    """The day the next copy is due after one was found equal; None when there is to be no other.

    Kept to the rhythm that was planned: a copy that came late does not put off the next one, but
    days that have passed meanwhile are not asked for again.
    """
    if every_days <= 0:
        return None
    passed = max((verified_on - due_on).days, 0)
    return due_on + timedelta(days=every_days * (passed // every_days + 1))


def standing(state: str, due_on: date, today: date) -> Standing:
    """How a copy stands today. The day it is due is still in time."""
    open_still = state in (PLANNED, MADE, DIFFERENT)
    return Standing(state, due_on, max((today - due_on).days, 0) if open_still else 0)
