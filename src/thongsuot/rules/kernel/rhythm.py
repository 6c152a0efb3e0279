"""What comes again: every week, every second week, each quarter, at hours of a day."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.deadline import END_OF_WORK, end_of, local_day

# The longest run of rest days a day may be pushed over, with room: Tết with its swapped days.
_PUSHED = 30
_TRIES = 1_000


class Every(StrEnum):
    """How often."""

    DAILY = "daily"  # hằng ngày
    WEEKLY = "weekly"  # hằng tuần
    BIWEEKLY = "biweekly"  # 2 tuần/lần
    MONTHLY = "monthly"  # hằng tháng
    QUARTERLY = "quarterly"  # hằng quý
    SEMIANNUAL = "semiannual"  # 6 tháng
    ANNUAL = "annual"  # hằng năm


_DAYS = {Every.DAILY: 1, Every.WEEKLY: 7, Every.BIWEEKLY: 14}
_MONTHS = {Every.MONTHLY: 1, Every.QUARTERLY: 3, Every.SEMIANNUAL: 6, Every.ANNUAL: 12}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Due days that come again, from ``anchor`` on.

    Shapes: ``anchor`` is the first day; its weekday, or its day of the month, is that of all the
    others (day 31: the last day of each month; 29 February: the 28th where there is none).
    ``hours`` are the times of the day, in order; usually one, the end of work. ``until`` is the
    first day on which it no longer comes. A day of rest moves to the next working day; two that
    fall together are one.

    Raises ValueError for no hours, hours out of order, or an end not after the anchor.
    """

    every: Every
    anchor: date
    hours: tuple[time, ...] = (END_OF_WORK,)
    until: date | None = None

    def __post_init__(self) -> None:
        if not self.hours or list(self.hours) != sorted(set(self.hours)):
            raise ValueError("hours of a rhythm are at least one, each once, in order")
        if self.until is not None and self.until <= self.anchor:
            raise ValueError("a rhythm ends after it begins")

    def nominal(self, number: int) -> date:
        """The ``number``-th day as counted from the anchor (0), before rest days are looked at."""
        if self.every in _DAYS:
            return self.anchor + timedelta(days=_DAYS[self.every] * number)
        months = self.anchor.month - 1 + _MONTHS[self.every] * number
        year, month = self.anchor.year + months // 12, months % 12 + 1
        last = monthrange(year, month)[1]
        return date(year, month, min(self.anchor.day, last))

    def _number_near(self, day: date) -> int:
        """A number whose day is on or before ``day``, not below 0."""
        if self.every in _DAYS:
            number = (day - self.anchor).days // _DAYS[self.every]
        else:
            apart = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
            number = apart // _MONTHS[self.every] - 1
        return max(0, number)

    def after(self, moment: datetime, calendar: WorkingCalendar) -> datetime | None:
        """The next due moment strictly after an aware moment; None when it comes no more."""
        start = self._number_near(local_day(moment) - timedelta(days=_PUSHED))
        for number in range(start, start + _TRIES):
            day = self.nominal(number)
            if self.until is not None and day >= self.until:
                return None
            settled = calendar.on_or_after(day)
            for hour in self.hours:
                found = end_of(settled, hour)
                if found > moment:
                    return found
        raise ValueError(f"no next day of {self} after {moment}")

    def first(self, calendar: WorkingCalendar) -> datetime:
        """The first due moment."""
        return end_of(calendar.on_or_after(self.anchor), self.hours[0])

    def between(
        self, since: datetime, until: datetime, calendar: WorkingCalendar
    ) -> Iterator[datetime]:
        """The due moments after ``since`` up to and with ``until``, in order."""
        found = self.after(since, calendar)
        while found is not None and found <= until:
            yield found
            found = self.after(found, calendar)
