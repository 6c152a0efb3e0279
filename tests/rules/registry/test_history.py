"""Where a thing is on another day: chains, divisions, losses, in both directions."""

import itertools
from collections import defaultdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.period import ONE_DAY, Period
from thongsuot.rules.registry.history import History, successions
from thongsuot.rules.registry.values import Edge, Event, LegalBasis

D19, D25, D26 = date(2019, 12, 1), date(2025, 7, 1), date(2026, 4, 30)
START, END = date(2019, 1, 1), date(2026, 12, 31)
OLD = Period(None, D25)
NEW = Period(D25, None)


def history(periods, *edges):
    """Edges as (day, source, destination, share)."""
    days = sorted({on for on, *_ in edges})
    events = [Event(n, "merge", on, LegalBasis("text", str(n))) for n, on in enumerate(days)]
    made = [Edge(days.index(on), src, dst, share, detail="why") for on, src, dst, share in edges]
    return History(successions(events, made), {k: (v,) for k, v in periods.items()})


def ends(answer):
    return {a.thing for a in answer.arrivals}


def test_a_chain_over_three_events_is_followed_forwards_and_backwards():
    chain = history(
        {1: Period(None, D19), 2: Period(D19, D25), 3: Period(D25, D26), 4: Period(D26, None)},
        (D19, 1, 2, "whole"), (D25, 2, 3, "whole"), (D26, 3, 4, "whole"),
    )  # fmt: skip
    now = chain.whereabouts(1, START, END)
    assert ends(now) == {4}
    assert [s.on for s in now.arrivals[0].ways[0]] == [D19, D25, D26]
    assert ends(chain.whereabouts(4, END, START)) == {1}
    assert ends(chain.whereabouts(1, START, date(2020, 1, 1))) == {2}


def test_the_day_of_the_event_already_belongs_to_what_came_of_it():
    one = history({1: OLD, 2: NEW}, (D25, 1, 2, "whole"))
    assert ends(one.whereabouts(1, START, D25 - ONE_DAY)) == {1}
    assert ends(one.whereabouts(1, START, D25)) == {2}
    assert ends(one.whereabouts(2, D25, D25 - ONE_DAY)) == {1}


def test_a_divided_thing_is_a_set_and_says_where_its_residents_may_be():
    parts = history(
        {1: OLD, 2: NEW, 3: NEW, 4: NEW},
        (D25, 1, 2, "rest"), (D25, 1, 3, "part"), (D25, 1, 4, "land"),
    )  # fmt: skip
    answer = parts.whereabouts(1, START, END)
    assert answer.divided
    assert not answer.certain
    assert ends(answer) == {2, 3, 4}
    assert {a.thing for a in answer.homes} == {2, 3}


def test_land_that_went_without_people_leaves_no_doubt_about_an_address():
    parts = history({1: OLD, 2: NEW, 3: NEW}, (D25, 1, 2, "people"), (D25, 1, 3, "land"))
    answer = parts.whereabouts(1, START, END)
    assert answer.divided
    assert answer.certain
    assert answer.homes[0].thing == 2


def test_a_thing_that_gave_a_part_away_and_stayed_is_still_among_its_successors():
    stays = history({1: Period(None, None), 2: NEW}, (D25, 1, 2, "part"))
    assert ends(stays.whereabouts(1, START, END)) == {1, 2}
    assert ends(stays.whereabouts(1, END, START)) == {1}


def test_a_thing_that_changed_and_stayed_itself_is_its_own_successor():
    same = history({1: Period(None, None)}, (D25, 1, 1, "whole"), (D26, 1, 1, "whole"))
    answer = same.whereabouts(1, START, END)
    assert ends(answer) == {1}
    assert len(answer.arrivals[0].ways[0]) == 2


def test_an_end_without_successor_gives_its_reason():
    gone = history({1: OLD}, (D25, 1, None, "whole"))
    answer = gone.whereabouts(1, START, END)
    assert not answer.arrivals
    assert answer.lost[0].detail == "why"
    assert not answer.certain


def test_land_of_no_unit_is_named_when_looking_back():
    flats = history({1: OLD, 2: NEW}, (D25, 1, 2, "whole"), (D25, None, 2, "land"))
    answer = flats.whereabouts(2, END, START)
    assert ends(answer) == {1}
    assert answer.lost[0].src is None


def test_a_thing_that_was_not_there_on_the_day_asked_from_is_nowhere():
    one = history({1: OLD, 2: NEW}, (D25, 1, 2, "whole"))
    answer = one.whereabouts(2, START, END)
    assert not answer.arrivals
    assert not answer.lost


@st.composite
def worlds(draw):
    """Three generations of things; every one is handed on whole or in parts at each event."""
    generations = []
    number = 0
    for _generation in range(4):
        size = draw(st.integers(1, 4))
        generations.append(list(range(number, number + size)))
        number += size
    days = [D19, D25, D26]
    edges = []
    for on, before, after in zip(days, generations, generations[1:], strict=False):
        heirs = defaultdict(set)
        for thing in before:
            heirs[thing] = set(draw(st.lists(st.sampled_from(after), min_size=1, max_size=3)))
        for orphan in set(after) - set().union(*heirs.values()):
            heirs[draw(st.sampled_from(before))].add(orphan)
        for thing, taken in heirs.items():
            for place, heir in enumerate(sorted(taken)):
                share = "whole" if len(taken) == 1 else "rest" if place == 0 else "part"
                edges.append((on, thing, heir, share))
    bounds = [None, *days, None]
    periods = {
        thing: Period(bounds[n], bounds[n + 1])
        for n, generation in enumerate(generations)
        for thing in generation
    }
    return generations, periods, edges


@given(worlds())
def test_what_is_found_forwards_finds_its_origin_backwards(world):
    generations, periods, edges = world
    lineage = history(periods, *edges)
    for thing in generations[0]:
        for arrival in lineage.whereabouts(thing, START, END).arrivals:
            assert thing in ends(lineage.whereabouts(arrival.thing, END, START))


@given(worlds())
def test_every_edge_is_on_some_way_and_nothing_is_lost(world):
    generations, periods, edges = world
    lineage = history(periods, *edges)
    walked = set()
    for thing in generations[0]:
        answer = lineage.whereabouts(thing, START, END)
        assert answer.arrivals
        assert not answer.lost
        walked |= {s.edge for a in answer.arrivals for way in a.ways for s in way}
    assert len(walked) == len(edges)


@given(worlds())
def test_every_way_is_a_chain_without_a_gap(world):
    generations, periods, edges = world
    lineage = history(periods, *edges)
    for thing in generations[0]:
        for arrival in lineage.whereabouts(thing, START, END).arrivals:
            for way in arrival.ways:
                assert way[0].src == thing
                assert way[-1].dst == arrival.thing
                for one, other in itertools.pairwise(way):
                    assert one.dst == other.src
                    assert one.on < other.on
                    assert one.on in periods[one.dst]
                    assert other.on - ONE_DAY in periods[one.dst]
