"""How long something has been standing, counted in the working days of Việt Nam."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.apps.handover.calendar import calendar_around, standing_limit

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(DAYS, st.integers(0, 40))
def test_before_the_limit_and_only_there_a_thing_stands_too_long(today: date, most: int) -> None:
    calendar, limit = calendar_around(today.year), standing_limit(today, most)
    assert calendar.between(limit - timedelta(days=1), today) > most
    assert calendar.between(limit, today) <= most


def test_the_holidays_of_reunification_do_not_count() -> None:
    # Monday 5 May 2025: the three working days before it are 29, 28 and 25 April.
    assert standing_limit(date(2025, 5, 5), 3) == date(2025, 4, 25)
