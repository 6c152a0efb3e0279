"""What unfinished work will be carried over, how old it is, what is proposed for it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover import carry
from thongsuot.rules.handover.carry import Forecast, age_of, proposal_for

TODAY = date(2025, 7, 8)


def test_the_rest_goes_down_at_the_pace_of_late_and_what_is_due_later_stays():
    assert Forecast(open=100, certain=40, finished=20, over_days=10, days_left=5).carried == 90
    assert Forecast(open=100, certain=40, finished=200, over_days=10, days_left=5).carried == 40
    assert Forecast(open=100, certain=40, finished=0, over_days=10, days_left=5).carried == 100
    assert Forecast(open=100, certain=40, finished=9, over_days=0, days_left=5).carried == 100


counts = st.integers(0, 10_000)


@given(counts, counts, counts, st.integers(0, 60), st.integers(0, 60))
def test_never_more_is_carried_than_is_open_nor_less_than_falls_due_later(a, b, done, over, left):
    forecast = Forecast(a + b, b, done, over, left)
    assert b <= forecast.carried <= a + b
    assert forecast.carried + forecast.expected == forecast.open


@pytest.mark.parametrize(
    ("days", "age"),
    [(-1, carry.NOT_DUE), (0, carry.NOT_DUE), (1, carry.TO_7), (7, carry.TO_7), (8, carry.TO_30),
     (30, carry.TO_30), (31, carry.OVER_30)],
)  # fmt: skip
def test_work_is_as_late_as_its_day_is_past(days, age):
    assert age_of(TODAY - timedelta(days), TODAY) == age
    assert age_of(None, TODAY) == carry.UNDATED


@pytest.mark.parametrize(
    ("state", "allocation", "proposed"),
    [
        ("disputed", "confirmed", carry.DECIDE),
        ("missing", "confirmed", carry.SEARCH),
        ("accepted", "confirmed", carry.GO_ON),
        ("held", "confirmed", carry.SIGN),
        ("transit", "confirmed", carry.SIGN),
        ("held", "gap", carry.NAME),
        ("held", "proposed", carry.NAME),
    ],
)
def test_the_proposal_follows_from_where_the_work_stands(state, allocation, proposed):
    assert proposal_for(state, allocation) == proposed
