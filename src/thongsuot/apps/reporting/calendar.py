"""The working days of Việt Nam, as the cut-offs take them."""

from functools import lru_cache

import holidays

from thongsuot.rules.kernel.calendar import WorkingCalendar


@lru_cache(maxsize=16)
def calendar_around(year: int) -> WorkingCalendar:
    """The public holidays of that year and its neighbours, substitutes included."""
    known = holidays.country_holidays("VN", years=(year - 1, year, year + 1))
    return WorkingCalendar.of(known)
