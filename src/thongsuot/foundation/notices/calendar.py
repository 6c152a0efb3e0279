"""When mail may disturb: quiet hours, weekends and public holidays of Việt Nam."""

from datetime import date, datetime, time
from functools import lru_cache

import holidays

SATURDAY = 5


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


def is_working_day(on: date) -> bool:
    """Whether offices work on that day: Monday to Friday but for public holidays, Tết included."""
    return on.weekday() < SATURDAY and on not in _holidays(on.year)


def is_quiet(at: datetime, since: time, until: time) -> bool:
    """Whether a local moment lies in the quiet hours ``[since, until)``, which may pass midnight."""
    clock = at.time()
    if since <= until:
        return since <= clock < until
    return clock >= since or clock < until
