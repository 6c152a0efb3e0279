"""Periods are half-open, and gaps between them are found whatever the order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.period import Period, gaps

DAY = date(2025, 7, 1)
days = st.integers(0, 400).map(lambda n: DAY + timedelta(days=n))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(days), draw(days)))
    return Period(
        draw(st.sampled_from([None, first])),
        draw(st.sampled_from([None, last + timedelta(days=1)])),
    )


def test_a_body_that_ends_on_a_day_does_not_act_on_that_day() -> None:
    body = Period(date(2008, 8, 1), DAY)
    assert DAY - timedelta(days=1) in body
    assert DAY not in body
    assert body.last_day == date(2025, 6, 30)


def test_an_empty_period_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(DAY, DAY)


@given(periods(), periods())
def test_periods_overlap_exactly_when_they_share_a_day(a: Period, b: Period) -> None:
    probe = [DAY + timedelta(days=n) for n in range(-2, 404)]
    assert a.overlaps(b) == b.overlaps(a) == any(d in a and d in b for d in probe)


@given(st.lists(periods(), max_size=6), periods())
def test_every_day_inside_is_covered_or_in_one_gap(covering: list[Period], within: Period) -> None:
    found = gaps(covering, within)
    for n in range(-2, 404):
        day = DAY + timedelta(days=n)
        if day in within:
            covered = any(day in p for p in covering)
            assert sum(day in g for g in found) == (0 if covered else 1)
        else:
            assert not any(day in g for g in found)
