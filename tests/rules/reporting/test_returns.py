"""Steps of a return, and the one count in which each unit stands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.reporting.returns import (
    RECEIVED,
    STEPS,
    Came,
    Standing,
    State,
    Step,
    check_lock,
    check_reason,
    check_step,
    count,
    standing_of,
)

DUE = datetime(2025, 7, 18, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOMENTS = st.one_of(
    st.none(), st.integers(-10_000, 10_000).map(lambda n: DUE + timedelta(minutes=n))
)


@given(
    st.lists(st.tuples(MOMENTS, st.booleans()), max_size=40),
    st.integers(-10_000, 10_000).map(lambda n: DUE + timedelta(minutes=n)),
)
def test_every_expected_unit_is_in_exactly_one_count(units, now) -> None:
    came = [Came(str(n), at, nothing) for n, (at, nothing) in enumerate(units)]
    found = count(came, DUE, now)
    parts = (found.on_time, found.nothing, found.late, found.waiting, found.silent)
    assert sum(parts) == found.expected == len(units)
    assert found.received + len(found.missing_names) == found.expected
    assert len(found.late_names) == found.late
    assert not set(found.late_names) & set(found.missing_names)


@pytest.mark.parametrize(
    ("came", "now", "expected"),
    [
        (Came("a", DUE), DUE + MINUTE, Standing.ON_TIME),
        (Came("a", DUE + MINUTE), DUE + 2 * MINUTE, Standing.LATE),
        (Came("a", DUE - MINUTE, nothing=True), DUE, Standing.NOTHING),
        (Came("a", DUE + MINUTE, nothing=True), DUE + 2 * MINUTE, Standing.LATE),
        (Came("a"), DUE, Standing.WAITING),
        (Came("a"), DUE + MINUTE, Standing.SILENT),
        (Came("a", DUE + 2 * MINUTE), DUE + MINUTE, Standing.SILENT),
    ],
)
def test_a_unit_stands_where_it_belongs(came, now, expected) -> None:
    assert standing_of(came, DUE, now) is expected


@given(st.sampled_from(list(State)), st.sampled_from([s for s in Step if s is not Step.REOPEN]))
def test_a_locked_period_takes_nothing(state, step) -> None:
    after, problems = check_step(state, step, locked=True)
    assert after is None
    assert [p.code for p in problems] == ["reporting.period-locked"]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", list(Step))
def test_a_step_leads_where_the_table_says_or_is_refused(state, step) -> None:
    after, problems = check_step(state, step, locked=False)
    assert after == STEPS[step].get(state)
    assert bool(problems) == (after is None)
    if step in (Step.RECALL, Step.REOPEN) and after is not None:
        assert state in RECEIVED


def test_recalling_and_reopening_need_a_reason() -> None:
    assert check_reason(Step.RECALL, " ")
    assert check_reason(Step.REOPEN, "")
    assert check_reason(Step.REOPEN, "sai số liệu") == ()
    assert check_reason(Step.SUBMIT, "") == ()


def test_locking_with_units_missing_needs_a_reason_and_names_them() -> None:
    counts = count([Came("A", DUE), Came("B")], DUE, DUE + MINUTE)
    (problem,) = check_lock(locked=False, counts=counts, reason="", subject="tuần 29")
    assert problem.facts["names"] == ("B",)
    assert check_lock(locked=False, counts=counts, reason="quá hạn 3 ngày", subject="") == ()
    assert check_lock(locked=True, counts=counts, reason="x", subject="")
