"""The working days of Việt Nam, as the rules take them."""

from datetime import date
from functools import lru_cache

import holidays

from thongsuot.rules.kernel.calendar import WorkingCalendar


@lru_cache(maxsize=16)
def calendar_around(year: int) -> WorkingCalendar:
    """The public holidays of that year and its neighbours, substitutes included."""
    known = holidays.country_holidays("VN", years=(year - 1, year, year + 1))
    return WorkingCalendar.of(known)


def due_after(on: date, working_days: int) -> date:
    """The day that is so many working days after another; that day itself is not counted."""
    return calendar_around(on.year).add(on, working_days)
