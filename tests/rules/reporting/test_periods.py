"""Which days a period has, and when a report on it is due."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.reporting.periods import (
    CutOff,
    PeriodKind,
    Rhythm,
    following,
    period_of,
    periods,
    preceding,
)

ICT = timezone(timedelta(hours=7))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
COUNTED = [k for k in PeriodKind if k is not PeriodKind.AD_HOC]
GAPLESS = [k for k in COUNTED if k is not PeriodKind.NINE_MONTHS]


@pytest.mark.parametrize(
    ("kind", "day", "since", "last"),
    [
        ("week", date(2025, 7, 20), date(2025, 7, 14), date(2025, 7, 20)),
        ("week", date(2025, 1, 1), date(2024, 12, 30), date(2025, 1, 5)),
        ("fortnight", date(2025, 7, 21), date(2025, 7, 21), date(2025, 8, 3)),
        ("fortnight", date(2025, 8, 3), date(2025, 7, 21), date(2025, 8, 3)),
        ("half-month", date(2025, 9, 15), date(2025, 9, 1), date(2025, 9, 15)),
        ("half-month", date(2024, 2, 16), date(2024, 2, 16), date(2024, 2, 29)),
        ("month", date(2025, 12, 31), date(2025, 12, 1), date(2025, 12, 31)),
        ("quarter", date(2025, 9, 30), date(2025, 7, 1), date(2025, 9, 30)),
        ("six-months", date(2025, 7, 1), date(2025, 7, 1), date(2025, 12, 31)),
        ("nine-months", date(2025, 9, 30), date(2025, 1, 1), date(2025, 9, 30)),
        ("nine-months", date(2025, 10, 1), date(2026, 1, 1), date(2026, 9, 30)),
        ("year", date(2024, 2, 29), date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_the_day_lies_in_its_period(kind, day, since, last) -> None:
    found = period_of(Rhythm(PeriodKind(kind)), day)
    assert (found.since, found.last_day) == (since, last)


@pytest.mark.parametrize(
    ("kind", "day", "since", "last"),
    [
        ("month", date(2025, 7, 14), date(2025, 6, 15), date(2025, 7, 14)),
        ("month", date(2025, 7, 15), date(2025, 7, 15), date(2025, 8, 14)),
        ("month", date(2025, 12, 20), date(2025, 12, 15), date(2026, 1, 14)),
        ("quarter", date(2025, 1, 1), date(2024, 12, 15), date(2025, 3, 14)),
        ("six-months", date(2025, 6, 15), date(2025, 6, 15), date(2025, 12, 14)),
        ("year", date(2025, 12, 15), date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_a_count_that_begins_in_the_middle_of_the_month_keeps_to_it(kind, day, since, last) -> None:
    found = period_of(Rhythm(PeriodKind(kind), cut_day=15), day)
    assert (found.since, found.last_day) == (since, last)


@given(st.sampled_from(COUNTED), DAYS, st.sampled_from([1, 15, 28]))
def test_periods_follow_each_other_without_overlap(kind, day, cut) -> None:
    rhythm = Rhythm(kind, cut_day=cut)
    found = period_of(rhythm, day)
    after = following(rhythm, found)
    assert after.since >= found.until
    assert preceding(rhythm, after) == found


@given(st.sampled_from(GAPLESS), DAYS, st.sampled_from([1, 15, 28]))
def test_every_day_lies_in_its_own_period_and_no_day_is_left_out(kind, day, cut) -> None:
    rhythm = Rhythm(kind, cut_day=cut)
    found = period_of(rhythm, day)
    assert day in found
    assert following(rhythm, found).since == found.until
    assert all(period_of(rhythm, found.since + timedelta(days=n)) == found
               for n in range(min(20, (found.until - found.since).days)))  # fmt: skip


def test_a_stretch_has_its_periods_in_order() -> None:
    weeks = list(periods(Rhythm(PeriodKind.WEEK), Period(date(2025, 7, 1), date(2025, 7, 21))))
    assert [w.since.day for w in weeks] == [30, 7, 14]


def test_an_ad_hoc_report_has_no_counted_days() -> None:
    with pytest.raises(ValueError, match="named"):
        period_of(Rhythm(PeriodKind.AD_HOC), date(2025, 7, 1))


WEEK = Period(date(2025, 7, 14), date(2025, 7, 21))
FRIDAY_NOON = CutOff(-2, time(12))
MONDAY_NINE = CutOff(1, time(9), earlier=False)


def test_friday_noon_and_monday_nine_are_said_from_the_end_of_the_week() -> None:
    calendar = WorkingCalendar()
    assert FRIDAY_NOON.moment(WEEK, calendar, ICT) == datetime(2025, 7, 18, 12, tzinfo=ICT)
    assert MONDAY_NINE.moment(WEEK, calendar, ICT) == datetime(2025, 7, 21, 9, tzinfo=ICT)


def test_a_day_off_moves_the_cut_off_the_way_it_is_said() -> None:
    calendar = WorkingCalendar.of([date(2025, 7, 18), date(2025, 7, 21)])
    assert FRIDAY_NOON.day(WEEK, calendar) == date(2025, 7, 17)
    assert MONDAY_NINE.day(WEEK, calendar) == date(2025, 7, 22)


def test_a_swapped_saturday_is_a_day_like_any_other() -> None:
    calendar = WorkingCalendar.of([date(2025, 7, 18)], worked=[date(2025, 7, 19)])
    assert CutOff(-1, time(12)).day(WEEK, calendar) == date(2025, 7, 19)
