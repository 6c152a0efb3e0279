"""Clock arithmetic in local time: midnight, the end of a month, gaps and crowds."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.guarding.spans import Span, crowds, gaps, local_span

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)  # midnight of 1 July in Hà Nội


def test_a_night_shift_passes_midnight_into_the_next_month() -> None:
    night = local_span(date(2025, 6, 30), time(22), time(6), HANOI)
    assert night.length == timedelta(hours=8)
    assert night.since.astimezone(HANOI) == datetime(2025, 6, 30, 22, tzinfo=HANOI)
    assert night.until.astimezone(HANOI) == datetime(2025, 7, 1, 6, tzinfo=HANOI)


def test_a_shift_until_the_same_hour_lasts_a_whole_day() -> None:
    assert local_span(date(2025, 12, 31), time(6), time(6), HANOI).length == timedelta(days=1)


def test_a_shift_that_ends_at_midnight_ends_on_the_next_day() -> None:
    late = local_span(date(2024, 2, 28), time(18), time(0), HANOI)
    assert late.until.astimezone(HANOI).date() == date(2024, 2, 29)  # a leap year
    assert late.length == timedelta(hours=6)


def test_local_midnight_is_five_in_the_afternoon_of_the_day_before_in_utc() -> None:
    assert local_span(date(2025, 7, 1), time(0), time(1), HANOI).since == START


def test_a_clock_that_is_turned_back_makes_the_shift_an_hour_longer() -> None:
    paris = ZoneInfo("Europe/Paris")  # Việt Nam turns no clocks; the arithmetic must not care
    assert local_span(date(2025, 10, 25), time(22), time(6), paris).length == timedelta(hours=9)


def test_a_moment_without_a_zone_and_an_empty_span_are_mistakes() -> None:
    with pytest.raises(ValueError, match="zone"):
        Span(datetime(2025, 7, 1), datetime(2025, 7, 2))  # noqa: DTZ001  # what is tested
    with pytest.raises(ValueError, match="before"):
        Span(START, START)


def test_the_end_is_outside() -> None:
    span = Span(START, START + timedelta(hours=1))
    assert START in span
    assert span.until not in span


MINUTES = st.integers(0, 600)
SPANS = st.lists(
    st.tuples(MINUTES, st.integers(1, 300)).map(
        lambda p: Span(START + timedelta(minutes=p[0]), START + timedelta(minutes=p[0] + p[1]))
    ),
    max_size=8,
)
WHOLE = Span(START, START + timedelta(minutes=600))


@given(SPANS)
def test_every_minute_is_in_a_gap_or_in_a_span_and_never_in_both(spans: list[Span]) -> None:
    found = gaps(spans, WHOLE)
    for minute in range(0, 600, 7):
        at = START + timedelta(minutes=minute)
        assert any(at in s for s in spans) != any(at in g for g in found)


@given(SPANS, st.integers(1, 3))
def test_a_crowd_is_exactly_where_more_than_so_many_run_at_once(
    spans: list[Span], most: int
) -> None:
    found = crowds(spans, most)
    for minute in range(0, 900, 7):
        at = START + timedelta(minutes=minute)
        assert (sum(at in s for s in spans) > most) == any(at in c for c in found)
