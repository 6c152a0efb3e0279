"""The working days of Việt Nam, as the rules take them."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from thongsuot.rules.handover.working_days import Calendar


@lru_cache(maxsize=16)
def calendar_around(year: int) -> Calendar:
    """The public holidays of that year and its neighbours, substitutes included."""
    known = holidays.country_holidays("VN", years=(year - 1, year, year + 1))
    return Calendar(frozenset(known))


def standing_limit(today: date, working_days: int) -> date:
    """Items that came to their step before this day have been standing more than so many days."""
    return calendar_around(today.year).back(today, working_days + 1) + timedelta(days=1)
