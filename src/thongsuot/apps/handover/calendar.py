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


def standing_limit(today: date, working_days: int) -> date:
    """Items that came to their step before this day have been standing more than so many days."""
    calendar = calendar_around(today.year)
    return calendar.add(calendar.on_or_before(today), -working_days)
