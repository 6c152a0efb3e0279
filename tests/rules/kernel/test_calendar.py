from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.period import Period

# Days off in 2025 around the reform, and a Saturday worked in exchange for a Friday off.
CALENDAR = WorkingCalendar.of(
    [date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2), date(2025, 9, 1), date(2025, 9, 2)],
    [date(2025, 4, 26)],
    until=date(2026, 1, 1),
)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CALENDARS = st.builds(
    WorkingCalendar, st.frozensets(DAYS, max_size=30), st.frozensets(DAYS, max_size=10)
)


def test_three_working_days_after_friday_27_june_is_wednesday_2_july() -> None:
    assert CALENDAR.add(date(2025, 6, 27), 3) == date(2025, 7, 2)


def test_a_swapped_saturday_is_worked_and_the_day_it_pays_for_is_not() -> None:
    assert CALENDAR.is_working(date(2025, 4, 26))
    assert not CALENDAR.is_working(date(2025, 5, 2))


def test_from_the_last_day_before_a_holiday_the_next_working_day_is_after_it() -> None:
    assert CALENDAR.add(date(2025, 4, 29), 1) == date(2025, 5, 5)
    assert CALENDAR.on_or_after(date(2025, 4, 30)) == date(2025, 5, 5)
    assert CALENDAR.on_or_before(date(2025, 5, 4)) == date(2025, 4, 29)


def test_the_last_day_of_a_period_is_not_counted() -> None:
    assert CALENDAR.count(Period(date(2025, 6, 23), date(2025, 6, 27))) == 4


def test_an_open_period_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="two known days"):
        CALENDAR.count(Period(date(2025, 6, 23), None))


def test_a_calendar_says_how_far_it_knows_the_holidays() -> None:
    assert CALENDAR.knows(date(2025, 12, 31))
    assert not CALENDAR.knows(date(2026, 1, 1))


def test_a_calendar_without_working_days_is_called_wrong() -> None:
    off = frozenset(date(2025, 1, 1) + timedelta(n) for n in range(1500))
    with pytest.raises(ValueError, match="no working day"):
        WorkingCalendar(off).on_or_after(date(2025, 1, 1))


@settings(deadline=None)
@given(CALENDARS, DAYS, st.integers(0, 400))
def test_counting_is_asking_every_day(calendar: WorkingCalendar, since: date, days: int) -> None:
    until = since + timedelta(days=days + 1)
    asked = sum(calendar.is_working(since + timedelta(days=n)) for n in range(days + 1))
    assert calendar.count(Period(since, until)) == asked


@settings(deadline=None)
@given(CALENDARS, DAYS, st.integers(1, 60))
def test_between_is_the_way_back_of_add(calendar: WorkingCalendar, day: date, count: int) -> None:
    there = calendar.add(day, count)
    assert calendar.is_working(there)
    assert calendar.between(day, there) == count
