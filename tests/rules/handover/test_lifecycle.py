from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover import lifecycle
from thongsuot.rules.kernel.calendar import WorkingCalendar

REUNIFICATION = WorkingCalendar(
    holidays=frozenset({date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2)})
)


@given(st.integers(1, 5), st.integers(-1, 7))
def test_only_the_next_step_can_be_taken(at: int, to: int) -> None:
    problem = lifecycle.check_step("A1", at, to)
    if to == at + 1 and to <= 5:
        assert problem is None
    else:
        assert problem is not None


@pytest.mark.parametrize(
    ("at", "to", "code"),
    [
        (1, 3, "handover.step-skipped"),
        (3, 2, "handover.step-back"),
        (3, 3, "handover.step-back"),
        (5, 6, "handover.step-unknown"),
    ],
)
def test_a_wrong_step_says_what_is_wrong_with_it(at: int, to: int, code: str) -> None:
    problem = lifecycle.check_step("A1", at, to)
    assert problem is not None
    assert problem.code == code


def test_standing_is_counted_in_working_days() -> None:
    # Friday 25 April → Monday 5 May 2025: Mon 28, Tue 29, then holidays and a weekend, Mon 5.
    days = lifecycle.days_standing(date(2025, 4, 25), date(2025, 5, 5), REUNIFICATION)
    assert days == 3


def test_signed_minutes_can_only_be_corrected() -> None:
    for act in ("count", "sign-giver", "sign-receiver", "withdraw", "reopen"):
        problem = lifecycle.check_state(lifecycle.MINUTES, lifecycle.SIGNED, act)
        assert problem is not None
        assert problem.facts["state"] == lifecycle.SIGNED
    assert lifecycle.check_state(lifecycle.MINUTES, lifecycle.SIGNED, "correct") is None


def test_a_closed_transition_admits_nothing_more() -> None:
    for act in ("open", "change", "work", "close"):
        assert lifecycle.check_state(lifecycle.TRANSITION, lifecycle.FINISHED, act) is not None
