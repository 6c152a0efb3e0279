"""Dossiers by day: due in working days, early, on time, late; and rates that name their whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem

OPEN, PAUSED, DONE, RETURNED = "open", "paused", "done", "returned"
STATES = (OPEN, PAUSED, DONE, RETURNED)
GOES_ON = frozenset({OPEN, PAUSED})
# (state, act) → state. What is not in the table cannot be done.
TABLE = {
    (OPEN, "pause"): PAUSED,  # chờ bổ sung: the days stand still
    (PAUSED, "resume"): OPEN,
    (OPEN, "finish"): DONE,  # trả kết quả
    (OPEN, "return"): RETURNED,  # trả lại, không đủ điều kiện: có lý do
    (PAUSED, "return"): RETURNED,
    (OPEN, "move"): OPEN,  # the desk ends: its successor goes on
    (PAUSED, "move"): PAUSED,
}
ACTS = ("pause", "resume", "finish", "return", "move")
EARLY, ON_TIME, LATE, WAITING, OVERDUE = "early", "on-time", "late", "waiting", "overdue"
JUDGEMENTS = (EARLY, ON_TIME, LATE, WAITING, OVERDUE)
HUNDREDTHS = 10_000


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as far as its days go. ``days`` are working days; ``paused`` stretches do not count."""

    received: date
    days: int
    finished: date | None = None
    paused: tuple[Period, ...] = ()
    state: str = OPEN


def due_on(dossier: Dossier, calendar: WorkingCalendar, today: date | None = None) -> date:
    """The working day by which the result is due: the day of receipt is not counted.

    Shapes: each working day of a pause moves it on by one; a pause still open counts up to
    ``today``.
    """
    still = sum(_length(pause, calendar, today) for pause in dossier.paused)
    return calendar.add(dossier.received, dossier.days + still)


def _length(pause: Period, calendar: WorkingCalendar, today: date | None) -> int:
    until = pause.until or today
    if pause.since is None or until is None or until <= pause.since:
        return 0
    return calendar.count(Period(pause.since, until))


def judge(dossier: Dossier, calendar: WorkingCalendar, today: date) -> str:
    """How a dossier stands on a day: early, on time or late once finished, else waiting or overdue."""
    due = due_on(dossier, calendar, today)
    if dossier.finished is not None:
        if dossier.finished > due:
            return LATE
        return EARLY if dossier.finished < due else ON_TIME
    return OVERDUE if today > due else WAITING


@dataclass(frozen=True, slots=True)
class Tally:
    """How many dossiers stand how. ``whole`` is what every rate is of."""

    received: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    overdue: int = 0

    @property
    def finished(self) -> int:
        """Those with a result."""
        return self.early + self.on_time + self.late

    @property
    def whole(self) -> int:
        """Those that could be late by now: finished, or past their day."""
        return self.finished + self.overdue

    @property
    def kept(self) -> int | None:
        """The share finished by its day, in hundredths of a percent; None when nothing was due.

        What is overdue and unfinished counts against it: leaving things open helps no rate.
        """
        return None if not self.whole else (self.early + self.on_time) * HUNDREDTHS // self.whole


def tally(judgements: Iterable[str]) -> Tally:
    """Some judgements counted."""
    counts = dict.fromkeys(JUDGEMENTS, 0)
    for one in judgements:
        counts[one] += 1
    return Tally(
        sum(counts.values()), counts[EARLY], counts[ON_TIME], counts[LATE], counts[WAITING],
        counts[OVERDUE],
    )  # fmt: skip


def check_step(
    dossier: Dossier, act: str, on: date, today: date, reason: str, subject: str = ""
) -> tuple[Problem, ...]:
    """Why a step of a dossier may not be taken; empty when it may."""
    if (dossier.state, act) not in TABLE:
        facts: dict[str, object] = {"state": dossier.state, "act": act}
        return (Problem("procedures.not-in-this-state", subject, facts),)
    found = []
    if on > today:
        found.append(Problem("procedures.day-to-come", subject, {"on": on}))
    if on < dossier.received:
        found.append(Problem("procedures.before-receipt", subject, {"on": on}))
    if act in ("return", "pause") and not reason.strip():
        found.append(Problem("procedures.reason-needed", subject))
    return tuple(found)
