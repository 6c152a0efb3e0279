"""What becomes of a due day when the duty passes to a successor: recomputed, never dropped."""

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.deadline import VIETNAM, end_of

LEAST = 3  # working days that a successor has at least; the house's proposal, no regulation


@dataclass(frozen=True, slots=True)
class Moved:
    """The due moment for the successor, and whether it is another one than before."""

    due: datetime
    changed: bool


def plan_move(due: datetime, on: date, calendar: WorkingCalendar, least: int = LEAST) -> Moved:
    """The due moment after a duty passed to a successor on a day.

    A day that leaves the successor fewer than ``least`` working days is put off to that many; a
    later one stays, on a working day. The hour of the day stays. It is never earlier than before,
    and never none.
    """
    local = due.astimezone(VIETNAM)
    earliest = end_of(calendar.add(on, least), local.time())
    kept = end_of(calendar.on_or_after(local.date()), local.time())
    found = max(kept, earliest, due)
    return Moved(found, found != due)
