"""The watch: whatever is scanned in whatever order, one person always answers for the place."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.guarding.spans import Span
from thongsuot.rules.guarding.watch import Watch, begin_watch, heard_code, ordered
from thongsuot.rules.kernel.problem import Problem

START = datetime(2025, 6, 29, 23, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


SHIFT = Span(at(0), at(10_000))


def after(watch: Watch, *events: tuple[int, int]) -> Watch:
    for guard, minute in events:
        heard = heard_code(watch, guard, at(minute), SHIFT)
        assert isinstance(heard, Watch)
        watch = heard
    return watch


def test_two_codes_hand_the_watch_over_in_either_order() -> None:
    for events in (((1, 480), (2, 482)), ((2, 480), (1, 482))):
        watch = after(begin_watch(START, 1), *events)
        assert watch.holder == 2
        assert watch.holder_at(at(481)) == 1
        assert watch.holder_at(at(482)) == 2


def test_who_comes_late_leaves_the_one_who_waits_responsible() -> None:
    watch = after(begin_watch(START, 1), (1, 480))
    assert watch.holder == 1
    late = after(watch, (2, 540))  # the code to leave has lapsed by now
    assert late.holder == 1
    assert after(late, (1, 545)).holder == 2


def test_one_code_alone_changes_nothing() -> None:
    assert after(begin_watch(START, 1), (2, 480), (2, 481)).holder == 1
    assert after(begin_watch(START, 1), (1, 480), (1, 481)).holder == 1


def test_who_has_no_shift_here_takes_nothing_over() -> None:
    found = heard_code(begin_watch(START, 1), 2, at(5), None)
    assert isinstance(found, Problem)
    assert found.code == "guarding.not-rostered"


def test_a_clock_that_went_back_is_refused() -> None:
    watch = after(begin_watch(START, 1), (1, 480))
    for found in (heard_code(watch, 2, at(479), SHIFT), ordered(watch, 2, at(3))):
        assert isinstance(found, Problem)
        assert found.code == "guarding.clock-went-back"


def test_an_order_passes_the_watch_and_the_old_codes_are_forgotten() -> None:
    watch = ordered(after(begin_watch(START, 1), (1, 480)), 3, at(481))
    assert isinstance(watch, Watch)
    assert watch.holder == 3
    assert after(watch, (2, 482)).holder == 3
    again = ordered(watch, 3, at(483))
    assert isinstance(again, Problem)
    assert again.code == "guarding.holds-already"


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(("code", "code without a shift", "order")),
        st.integers(1, 4),
        st.integers(-30, 90),  # minutes after the last one; the clock may go back
    ),
    max_size=30,
)


@given(EVENTS)
def test_no_order_of_events_leaves_an_instant_with_nobody_or_with_two(
    events: list[tuple[str, int, int]],
) -> None:
    watch, minute = begin_watch(START, 1), 0
    for what, guard, later in events:
        minute += later
        when = at(minute)
        done = (
            ordered(watch, guard, when)
            if what == "order"
            else heard_code(watch, guard, when, SHIFT if what == "code" else None)
        )
        watch = done if isinstance(done, Watch) else watch
    tenures = watch.tenures
    assert tenures[0].since == START
    assert tenures[-1].until is None
    for before, following in itertools.pairwise(tenures):
        assert before.until == following.since  # no gap, no overlap
        assert before.since < following.since
        assert before.guard != following.guard
    edges = [t.since for t in tenures]
    for moment in [*edges, *(e + timedelta(seconds=1) for e in edges), at(99_999)]:
        holders = [
            t.guard for t in tenures if t.since <= moment and (t.until is None or moment < t.until)
        ]
        assert holders == [watch.holder_at(moment)]
    assert watch.holder_at(START - timedelta(seconds=1)) is None
