"""Old figures cut anew: nothing is lost, nothing appears, nothing is guessed."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.registry.lineage import Succession
from thongsuot.rules.registry.recut import (
    LAND,
    NOT_POSSIBLE,
    PEOPLE,
    SHARED,
    WHOLE,
    divide,
    problems_of,
    recut,
)
from thongsuot.rules.registry.values import Answer, Arrival

JUNE, JULY = date(2025, 6, 30), date(2025, 7, 1)
# 1 went whole to 10; 2 was divided between 10 and 11; 3 gave people to 11 and bare land to 12; 4 ended
SENT = {
    1: [(10, "whole")],
    2: [(10, "rest"), (11, "part")],
    3: [(11, "people"), (12, "land")],
    4: [],
}


def whereabouts(unit: int) -> Answer:
    return Answer(
        unit,
        JUNE,
        JULY,
        tuple(
            Arrival(dst, share != "land", ((Succession(unit, dst, share, JULY),),))
            for dst, share in SENT[unit]
        ),
    )


def test_a_figure_that_goes_whole_is_carried_over() -> None:
    found = recut({1: 500}, whereabouts)
    assert (found.totals, found.method(10), found.left) == ({10: 500}, WHOLE, ())


def test_a_divided_figure_without_shares_is_not_cut_and_is_named() -> None:
    found = recut({1: 500, 2: 300}, whereabouts)
    assert found.totals == {10: 500, 11: 0}
    assert [(line.src, line.value, line.why) for line in found.left] == [(2, 300, "no-shares")]
    assert found.method(10) == found.method(11) == NOT_POSSIBLE
    (problem,) = problems_of(found, str)
    assert (problem.code, problem.facts["targets"]) == ("registry.recut-no-shares", ("10", "11"))


def test_with_shares_it_is_cut_and_adds_up() -> None:
    shares = {(2, 10): Fraction(2, 3), (2, 11): Fraction(1, 3)}
    found = recut({1: 500, 2: 100}, whereabouts, shares)
    assert found.totals == {10: 567, 11: 33}
    assert (found.method(10), found.left) == (SHARED, ())


@pytest.mark.parametrize(
    "shares",
    [
        {(2, 10): Fraction(1)},
        {(2, 10): Fraction(1, 2), (2, 12): Fraction(1, 2)},
        {(2, 10): Fraction(1, 2), (2, 11): Fraction(1, 3)},
        {(2, 10): Fraction(3, 2), (2, 11): Fraction(-1, 2)},
    ],
)
def test_shares_that_do_not_fit_are_refused(shares) -> None:
    assert recut({2: 100}, whereabouts, shares).left[0].why == "wrong-shares"


def test_people_do_not_follow_bare_land_and_land_does() -> None:
    assert recut({3: 70}, whereabouts, counts=PEOPLE).totals == {11: 70}
    assert recut({3: 70}, whereabouts, counts=LAND).left[0].targets == (11, 12)


def test_a_unit_without_successor_keeps_its_figure() -> None:
    assert recut({4: 9}, whereabouts).left[0].why == "no-successor"


weights = st.lists(st.integers(0, 1_000), min_size=1, max_size=8).filter(any)


@given(st.integers(-(10**12), 10**12), weights)
def test_whole_parts_always_add_up_and_differ_from_the_exact_ones_by_less_than_one(
    total, ws
) -> None:
    parts = divide(total, ws)
    assert sum(parts) == total
    whole = sum(ws)
    for part, weight in zip(parts, ws, strict=True):
        assert abs(part - Fraction(total * weight, whole)) < 1
        assert weight or part == 0


@given(st.integers(0, 10**6), weights)
def test_a_larger_weight_never_gets_less(total, ws) -> None:
    parts = divide(total, ws)
    for a, x in zip(ws, parts, strict=True):
        for b, y in zip(ws, parts, strict=True):
            assert a <= b or x >= y


def test_weights_that_are_none_are_refused() -> None:
    for bad in ([0, 0], [-1, 2]):
        with pytest.raises(ValueError, match="weights"):
            divide(5, bad)


@st.composite
def cases(draw):
    units = draw(st.lists(st.sampled_from(sorted(SENT)), unique=True))
    figures = {u: draw(st.integers(-(10**9), 10**9)) for u in units}
    shares = {}
    if draw(st.booleans()):
        part = draw(st.fractions(0, 1))
        shares = {(2, 10): part, (2, 11): 1 - part}
    return figures, shares, draw(st.sampled_from([PEOPLE, LAND]))


@given(cases())
def test_what_was_given_is_what_arrived_and_what_is_left(case) -> None:
    figures, shares, counts = case
    found = recut(figures, whereabouts, shares, counts)
    assert found.given == found.arrived + found.kept_back == sum(figures.values())
    for unit, value in figures.items():
        moved = sum(p.value for p in found.parts if p.src == unit)
        kept = sum(line.value for line in found.left if line.src == unit)
        assert moved + kept == value
        assert not (moved and kept)


@given(st.integers(0, 10**9), st.fractions(0, 1))
def test_there_and_back_by_the_same_shares_keeps_the_total(value, part) -> None:
    there = recut({2: value}, whereabouts, {(2, 10): part, (2, 11): 1 - part})
    home = {
        10: Answer(10, JULY, JUNE, (Arrival(2, True, ((),)),)),
        11: Answer(11, JULY, JUNE, (Arrival(2, True, ((),)),)),
    }
    back = recut(dict(there.totals), home.__getitem__)
    assert back.totals.get(2, 0) == value
