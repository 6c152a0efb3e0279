"""How fast a fonds goes, and when it would be finished at that speed, with the method stated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.period import Period

WEEKS = 4
FURTHEST = 2_500  # working days, about ten years: beyond that a forecast means nothing
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many files accepted in so many working days: the four weeks before today, today excluded."""

    done: int
    days: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Forecast:
    """The working day on which nothing would be left at that pace, and what it was counted from.

    ``day`` None: nothing was accepted in the window, or it would take more than ten years.
    ``needed`` are the working days still needed, rounded up.
    """

    day: date | None
    left: int
    pace: Pace
    needed: int | None


def pace_of(accepted: Mapping[date, int], today: date, calendar: WorkingCalendar) -> Pace:
    """The pace of the four weeks before today. ``accepted``: how many on each day."""
    since = today - ONE_WEEK * WEEKS
    done = sum(n for day, n in accepted.items() if since <= day < today)
    return Pace(done, calendar.count(Period(since, today)), since, today)


def forecast(left: int, pace: Pace, today: date, calendar: WorkingCalendar) -> Forecast:
    """When nothing would be left: today when nothing is, else after the working days needed."""
    if left <= 0:
        return Forecast(today, 0, pace, 0)
    if pace.done <= 0 or pace.days <= 0:
        return Forecast(None, left, pace, None)
    needed = -(-left * pace.days // pace.done)
    if needed > FURTHEST:
        return Forecast(None, left, pace, needed)
    return Forecast(calendar.add(today, needed), left, pace, needed)


def by_week(accepted: Mapping[date, int], today: date, weeks: int = 8) -> tuple[tuple[date, int], ...]:  # fmt: skip
    """How many were accepted in each of the last weeks, by its Monday, the running week last."""
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - ONE_WEEK * n for n in reversed(range(weeks))]
    return tuple(
        (m, sum(n for day, n in accepted.items() if m <= day < m + ONE_WEEK)) for m in mondays
    )
