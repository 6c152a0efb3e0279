"""The four-state clock of rounds, and the ladder of those who are told."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.guarding.ladder import RUNGS, Ladder, rungs_due
from thongsuot.rules.guarding.rounds import (
    Point,
    Rhythm,
    State,
    gathered,
    rhythm_problems,
    round_at,
    rounds_in,
    state_of,
)
from thongsuot.rules.guarding.spans import Span

START = datetime(2025, 6, 30, 15, 0, tzinfo=UTC)  # 22:00 of the last day of June in Hà Nội
RHYTHM = Rhythm(START, timedelta(minutes=120), timedelta(minutes=15), timedelta(minutes=30))


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def test_rounds_go_on_over_midnight_and_over_the_end_of_the_month() -> None:
    window = Span(START, at(480))
    dues = [r.due for r in rounds_in(window, [Point(1, START)], {}, START, RHYTHM)]
    assert dues == [at(120), at(240), at(360)]
    assert dues[0] == datetime(2025, 6, 30, 17, tzinfo=UTC)  # the midnight that begins July


def test_the_four_states_by_the_minute() -> None:
    due = at(120)
    states = [state_of(due, None, at(120 + m), RHYTHM) for m in (-1, 0, 1, 15, 16, 30, 31)]
    assert states == [
        State.ON_TIME, State.ON_TIME, State.GRACE, State.GRACE,
        State.LATE, State.LATE, State.SILENT,
    ]  # fmt: skip


def test_what_was_done_after_all_is_late_and_no_longer_silent() -> None:
    assert state_of(at(120), at(170), at(900), RHYTHM) is State.LATE


def test_a_round_is_complete_with_its_last_point() -> None:
    points = [Point(1, START), Point(2, START), Point(3, START, until=at(60))]
    scans = gathered([(1, at(110)), (2, at(125)), (1, at(126))], RHYTHM)
    one = round_at(1, points, scans, at(130), RHYTHM)
    assert (one.done, one.state, one.missing) == (at(125), State.GRACE, ())
    two = round_at(2, points, scans, at(230), RHYTHM)
    assert (two.done, two.missing) == (None, (1, 2))


def test_a_place_without_points_owes_no_rounds() -> None:
    assert rounds_in(Span(START, at(960)), [], {}, at(960), RHYTHM) == ()


def test_a_rhythm_that_cannot_be_told_apart_is_refused() -> None:
    assert rhythm_problems(120, 15, 30) == ()
    assert {p.code for p in rhythm_problems(5, 30, 10)} == {
        "guarding.every-out-of-range", "guarding.grace-not-before-silent", "guarding.silent-too-long",
    }  # fmt: skip


@given(st.integers(0, 10_000), st.integers(1, 60))
def test_every_scan_belongs_to_exactly_one_round(minute: int, step: int) -> None:
    number = RHYTHM.number_at(at(minute))
    assert RHYTHM.due(number) - RHYTHM.every / 2 <= at(minute) < RHYTHM.last_of(number)
    assert RHYTHM.number_at(at(minute + step)) in (number, number + 1)


@given(st.integers(-100, 400), st.integers(0, 400))
def test_a_clock_that_goes_on_never_gets_better_by_waiting(first: int, more: int) -> None:
    order = list(State)
    before = state_of(at(0), None, at(first), RHYTHM)
    later = state_of(at(0), None, at(first + more), RHYTHM)
    assert order.index(later) >= order.index(before)


def test_the_guard_is_told_first_and_the_committee_last() -> None:
    ladder = Ladder(timedelta(minutes=15), timedelta(minutes=30), timedelta(minutes=10))
    told = [len(rungs_due(START, at(m), ladder)) for m in (15, 16, 31, 41, 51, 500)]
    assert told == [0, 1, 2, 3, 4, 4]
    assert rungs_due(START, at(500), ladder) == RUNGS


@given(st.integers(0, 600))
def test_no_rung_is_told_before_the_ones_below(minute: int) -> None:
    ladder = Ladder(timedelta(minutes=5), timedelta(minutes=30), timedelta(minutes=10))
    told = rungs_due(START, at(minute), ladder)
    assert told == RUNGS[: len(told)]
