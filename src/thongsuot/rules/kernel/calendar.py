"""The working calendar: which days offices work, given the holidays and the swapped days."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from thongsuot.rules.kernel.period import ONE_DAY, Period

_WEEK = 7
_FURTHEST = 366 * 3  # days looked through for a working day before the calendar is called wrong


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday, less the holidays, plus the days worked in their place.

    Shapes: ``holidays`` are days off, substitute days included (nghỉ bù); ``worked`` are Saturdays
    and Sundays worked in exchange (làm bù, hoán đổi), and win over a holiday of the same day. Both
    are handed in: swaps are decided year by year and late. ``until`` is the first day for which no
    holidays were handed in; None when nothing is known about that.
    """

    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    until: date | None = None
    _off: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _on: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        off = sorted(d for d in self.holidays if d.weekday() < 5 and d not in self.worked)
        on = sorted(d for d in self.worked if d.weekday() >= 5)
        object.__setattr__(self, "_off", tuple(off))
        object.__setattr__(self, "_on", tuple(on))

    @classmethod
    def of(
        cls, holidays: Iterable[date], worked: Iterable[date] = (), until: date | None = None
    ) -> "WorkingCalendar":
        """A calendar of any collections of days."""
        return cls(frozenset(holidays), frozenset(worked), until)

    def knows(self, day: date) -> bool:
        """Whether the holidays of that day's time were handed in."""
        return self.until is None or day < self.until

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        return day in self.worked or (day.weekday() < 5 and day not in self.holidays)

    def on_or_after(self, day: date) -> date:
        """That day when it is worked, else the next one that is."""
        return self._step(day, ONE_DAY)

    def on_or_before(self, day: date) -> date:
        """That day when it is worked, else the last one before it that is."""
        return self._step(day, -ONE_DAY)

    def _step(self, day: date, step: timedelta) -> date:
        for _ in range(_FURTHEST):
            if self.is_working(day):
                return day
            day += step
        raise ValueError(f"no working day within {_FURTHEST} days of {day}")

    def add(self, day: date, count: int) -> date:
        """The working day that is ``count`` working days after ``day``, the day itself not counted.

        Shapes: negative counts go back; 0 gives the day itself when worked, else the next worked.
        """
        if count == 0:
            return self.on_or_after(day)
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _ in range(abs(count)):
            day = self._step(day + step, step)
        return day

    def count(self, period: Period) -> int:
        """How many working days lie in a period, its last day excluded as in every period.

        Raises ValueError when the period is open at either end.
        """
        if period.since is None or period.until is None:
            raise ValueError("working days can be counted only between two known days")
        return self._before(period.until) - self._before(period.since)

    def between(self, since: date, until: date) -> int:
        """How many working days lie after ``since`` up to and with ``until``; 0 when not later."""
        if until <= since:
            return 0
        return self.count(Period(since + ONE_DAY, until + ONE_DAY))

    def _before(self, day: date) -> int:
        """Working days since the beginning of the calendar, ``day`` excluded."""
        weeks, rest = divmod(day.toordinal() - 1, _WEEK)  # 1 January of the year 1 was a Monday
        weekdays = weeks * 5 + min(rest, 5)
        return weekdays - bisect_left(self._off, day) + bisect_left(self._on, day)
