"""Successors and predecessors over chains, divisions and units that keep their identity."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.registry.lineage import Succession, divided, follow, successors

A, B, C, D = 1, 2, 3, 4
D19, D25, D26 = date(2019, 1, 1), date(2025, 7, 1), date(2026, 4, 30)


def edge(src, dst, on=D25, share="whole"):
    return Succession(src, dst, share, on)


def test_a_unit_to_which_nothing_happened_is_its_own_successor():
    assert successors([edge(A, B)], C) == (C,)


def test_a_chain_is_followed_to_its_end():
    assert successors([edge(A, B, D19), edge(B, C, D25), edge(C, D, D26)], A) == (D,)


def test_the_answer_is_the_one_of_the_day_asked_about():
    chain = [edge(A, B, D19), edge(B, C, D25)]
    assert successors(chain, A, date(2020, 1, 1)) == (B,)
    assert successors(chain, A, D25) == (C,)


def test_a_divided_unit_has_all_its_successors():
    parts = [edge(A, B, share="rest"), edge(A, C, share="part")]
    assert set(successors(parts, A)) == {B, C}
    assert divided(parts)


def test_land_without_people_does_not_divide_a_unit():
    assert not divided([edge(A, B, share="people"), edge(A, C, share="land")])


def test_a_unit_that_keeps_its_identity_and_gives_a_part_is_among_its_successors():
    assert set(successors([edge(A, A, share="rest"), edge(A, B, share="part")], A)) == {A, B}


def test_a_unit_that_ended_without_a_successor_has_none():
    assert successors([edge(A, None)], A) == ()


def test_a_later_event_of_a_unit_is_not_part_of_what_came_before_it():
    edges = [edge(A, B, D26), edge(B, C, D25)]
    assert successors(edges, A) == (B,)


def test_backwards_finds_everything_a_unit_came_from():
    edges = [edge(A, C, D19), edge(B, C, D19), edge(C, D, D25), edge(None, D, D25, "land")]
    assert {e.src for e in follow(edges, (D,), "backwards")} == {A, B, C, None}


units = st.integers(1, 6)
edges = st.lists(
    st.builds(edge, units, st.none() | units, st.sampled_from([D19, D25, D26])), max_size=25
)


@given(edges, units)
def test_following_ends_and_every_step_forwards_is_found_backwards(some, start):
    forwards = follow(some, (start,), "forwards")
    assert len(forwards) == len(set(forwards))
    for step in forwards:
        if step.dst is not None and step.dst != start:
            back = follow(some, (step.dst,), "backwards")
            assert step in back
