"""What a count found."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.custody.counting import (
    SAME_TIME,
    Seen,
    check_closing,
    fresh,
    instant_of,
    misplaced,
    tally,
    two_rooms,
)

START = datetime(2025, 6, 24, 8, tzinfo=UTC)
boxes = st.sets(st.integers(1, 30))


@given(boxes, st.lists(st.integers(1, 40)), st.sets(st.text(max_size=4), max_size=4))
def test_expected_is_found_and_short_together_and_over_is_neither(
    expected: set[int], seen: list[int], unknown: set[str]
) -> None:
    found = tally(expected, seen, unknown)
    assert found.found | found.short == expected
    assert not found.found & found.short
    assert not found.over & expected
    assert found.found | found.over == set(seen)
    assert found.even == (set(seen) == expected and not unknown)


@given(boxes, st.lists(st.integers(1, 40)), st.randoms())
def test_order_and_repetition_of_scans_change_nothing(expected, seen, random) -> None:
    mixed = seen * 2
    random.shuffle(mixed)
    assert tally(expected, mixed) == tally(expected, seen)


@given(st.lists(st.sampled_from("abcdef"), max_size=20), st.integers(0, 20))
def test_scans_sent_again_in_any_portions_are_kept_once(keys: list[str], cut: int) -> None:
    kept: set[str] = set()
    count = 0
    for portion in (keys[:cut], keys, keys[cut:], keys):
        new = fresh([{"key": k} for k in portion], kept)
        count += len(new)
        kept |= set(new)
    assert count == len(set(keys))


sights = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 60)).map(
        lambda s: Seen(s[0], s[1], START + timedelta(minutes=s[2]))
    ),
    max_size=12,
)


@given(sights, st.randoms())
def test_a_label_at_two_places_rings_whatever_the_order_of_arrival(seen, random) -> None:
    mixed = list(seen)
    random.shuffle(mixed)
    rings = {a.container for a, _b in two_rooms(seen)}
    assert {a.container for a, _b in two_rooms(mixed)} == rings
    truth = {
        a.container
        for a in seen
        for b in seen
        if a.container == b.container and a.room != b.room and abs(a.at - b.at) < SAME_TIME
    }
    assert rings == truth


def test_ten_minutes_are_enough_to_carry_a_box() -> None:
    there, here = Seen(1, 1, START), Seen(1, 2, START + SAME_TIME)
    assert two_rooms([there, here]) == ()
    assert two_rooms([there, Seen(1, 2, START + SAME_TIME - timedelta(seconds=1))])


def test_only_a_known_label_in_another_room_than_recorded_is_misplaced() -> None:
    assert misplaced(Seen(1, 2, START), 3)
    assert not misplaced(Seen(1, 2, START), 2)
    assert not misplaced(Seen(1, 2, START), None)
    assert not misplaced(Seen(0, 2, START), 3)


def test_a_clock_that_runs_ahead_is_not_believed() -> None:
    assert instant_of(START + timedelta(hours=1), START) == START
    assert instant_of(START - timedelta(hours=1), START) == START - timedelta(hours=1)


def test_a_count_is_closed_by_two_people_and_a_difference_is_explained() -> None:
    good = {"open_": True, "scans": 3, "witnesses": (1, 2), "reason": "", "even": True}
    assert check_closing(**good) == ()
    for change, code in (
        ({"open_": False}, "custody.count-closed"),
        ({"scans": 0}, "custody.nothing-scanned"),
        ({"witnesses": (1, 1)}, "custody.same-person"),
        ({"witnesses": (1, 0)}, "custody.two-people"),
        ({"even": False}, "custody.difference-unexplained"),
    ):
        assert {p.code for p in check_closing(**good | change)} == {code}
