"""Working days: how long something has been standing, and when a number of days is over."""

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Calendar:
    """Monday to Friday, less the ``holidays``, and the days worked in their place (``makeup``)."""

    holidays: frozenset[date] = frozenset()
    makeup: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day in self.makeup:
            return True
        return day.weekday() <= FRIDAY and day not in self.holidays

    def between(self, since: date, until: date) -> int:
        """How many working days lie after ``since``, up to and with ``until``; 0 when not later."""
        days = (since + timedelta(days=n) for n in range(1, (until - since).days + 1))
        return sum(1 for day in days if self.works(day))

    def back(self, day: date, count: int) -> date:
        """The latest day since which ``count`` working days have passed at the end of ``day``.

        What began on that day or earlier has been standing at least ``count`` working days.
        """
        while count > 0:
            if self.works(day):
                count -= 1
            day -= ONE_DAY
        return day
