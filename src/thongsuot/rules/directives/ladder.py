"""Who is reminded of what is due, and when: the person first, a superior never before."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.rules.kernel.calendar import WorkingCalendar


class Whom(StrEnum):
    """Who is told at a rung."""

    PERSON = "person"  # người được giao
    HEAD = "head"  # thủ trưởng cơ quan chủ trì
    ASSIGNER = "assigner"  # cơ quan giao


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: so many working days after the due day (negative: before) tell whom."""

    number: int
    after: int
    whom: Whom


# The offsets are the house's proposal, no regulation; an office may set others.
LADDER = (
    Rung(1, -3, Whom.PERSON),
    Rung(2, 0, Whom.PERSON),
    Rung(3, 1, Whom.PERSON),
    Rung(4, 2, Whom.HEAD),
    Rung(5, 5, Whom.ASSIGNER),
)


def rung_due(
    due_on: date, told: int, told_on: date | None, today: date, calendar: WorkingCalendar
) -> Rung | None:
    """The rung to take today, if any.

    Shapes: ``told`` is the number of the last rung taken for this due day (0: none), on
    ``told_on``. Of several rungs of one kind that have come, the last is taken: nobody gets two
    at once. A rung to a superior waits until the person was told on an earlier day; nothing is
    said on rest days.
    """
    if not calendar.is_working(today):
        return None
    passed = _working_days_after(due_on, today, calendar)
    come = [r for r in LADDER if r.number > told and r.after <= passed]
    if not come or (told_on is not None and told_on >= today):
        return None
    if told < FIRST_OVERDUE.number and passed >= FIRST_OVERDUE.after:
        return FIRST_OVERDUE
    first = come[0]
    return next(r for r in reversed(come) if r.whom is first.whom)


FIRST_OVERDUE = next(r for r in LADDER if r.after > 0)


def _working_days_after(due_on: date, today: date, calendar: WorkingCalendar) -> int:
    if today >= due_on:
        return calendar.between(due_on, today)
    return -calendar.between(today, due_on)


def rung_days(rung: Rung, today: date, calendar: WorkingCalendar) -> date:
    """The latest due day for which the rung has come on ``today``: what a bulk search asks for."""
    if rung.after >= 0:
        return calendar.add(calendar.on_or_before(today), -rung.after) if rung.after else today
    return calendar.add(today, -rung.after)
