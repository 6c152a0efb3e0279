"""One place at every instant."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.custody.places import (
    BOX,
    FOLDER,
    RANK,
    SHELF,
    STORE,
    Stay,
    check_nesting,
    check_stays,
    check_tree,
    moved,
    place_at,
)

START = datetime(2025, 6, 24, 8, tzinfo=UTC)
moves = st.lists(
    st.tuples(st.integers(1, 5), st.integers(-5, 600)).map(
        lambda m: (m[0], START + timedelta(minutes=m[1]))
    ),
    max_size=30,
)


@given(moves)
def test_after_any_moves_there_is_exactly_one_place_at_every_instant(
    wanted: list[tuple[int, datetime]],
) -> None:
    stays, problems = moved((), 9, START)
    assert not problems
    for to, at in wanted:
        before = stays
        stays, problems = moved(stays, to, at)
        if problems:
            assert stays == before
        else:
            told = {(s.place, s.since) for s in stays}
            assert {(s.place, s.since) for s in before} <= told, "nothing is overwritten"
    assert check_stays(stays) == ()
    for minute in range(0, 601, 7):
        at = START + timedelta(minutes=minute)
        assert sum(at in stay for stay in stays) == 1
        assert place_at(stays, at) is not None
    assert place_at(stays, START - timedelta(seconds=1)) is None


def test_at_the_instant_of_a_move_a_box_is_in_the_new_place_only() -> None:
    noon = START + timedelta(hours=4)
    stays, _problems = moved((Stay(1, START),), 2, noon)
    assert place_at(stays, noon) == 2
    assert place_at(stays, noon - timedelta(microseconds=1)) == 1


def test_stays_with_a_gap_an_overlap_or_a_closed_end_are_found() -> None:
    noon, evening = START + timedelta(hours=4), START + timedelta(hours=10)
    assert check_stays((Stay(1, START, noon), Stay(2, evening)))
    assert check_stays((Stay(1, START, evening), Stay(2, noon)))
    assert check_stays((Stay(1, START, noon),))


@pytest.mark.parametrize(
    ("kind", "place", "fine"),
    [
        (STORE, None, True),
        (STORE, SHELF, False),
        (SHELF, STORE, True),
        (SHELF, None, False),
        (BOX, SHELF, True),
        (BOX, STORE, True),
        (BOX, BOX, False),
        (BOX, FOLDER, False),
        (FOLDER, BOX, True),
        (SHELF, BOX, False),
        ("cupboard", STORE, False),
    ],
)
def test_the_order_is_store_shelf_box_folder(kind: str, place: str | None, fine: bool) -> None:
    assert (check_nesting(kind, place) is None) == fine


@given(st.lists(st.sampled_from(sorted(RANK)), min_size=1, max_size=12), st.data())
def test_where_the_order_holds_nothing_stands_in_itself(
    kinds: list[str], data: st.DataObject
) -> None:
    parents: dict[int, int | None] = dict.fromkeys(range(len(kinds)))
    for child in range(len(kinds)):
        place = data.draw(st.none() | st.integers(0, len(kinds) - 1))
        if check_nesting(kinds[child], None if place is None else kinds[place]) is None:
            parents[child] = place
    assert check_tree(parents) == ()


def test_a_ring_of_places_is_found() -> None:
    assert {p.subject for p in check_tree({1: 2, 2: 3, 3: 1, 4: None})} == {"1", "2", "3"}
