"""Before and after: the diff agrees with asking each matter on both days."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.authority.test_asking import COMMITTEE, DISTRICT, JULY, WARD, a_rule, a_ward
from tests.rules.authority.worlds import FIRST, MATTERS, invent

from thongsuot.rules.authority.comparing import Change, Side, compare, seen_by, without_successor
from thongsuot.rules.authority.table import State, Table
from thongsuot.rules.authority.values import Office
from thongsuot.rules.kernel.period import Period

OLD = Period(date(2020, 1, 1), JULY)


def test_what_the_district_had_is_lost_to_it_and_gained_by_the_ward() -> None:
    table = Table([a_rule("old", to=DISTRICT, period=OLD), a_rule("new", origin=DISTRICT)])
    world = a_ward()
    world.units[9].append((Period(None, JULY), "district", 1))
    lines = compare(Side(table, date(2025, 6, 30)), Side(table, JULY), world)
    (line,) = lines
    assert (line.change, line.before.offices, line.after.offices) == (
        Change.MOVED, (DISTRICT,), (COMMITTEE,),
    )  # fmt: skip
    assert [c for c, _ in seen_by(lines, lambda o: o.tier == "district")] == [Change.LOST]
    assert [c for c, _ in seen_by(lines, lambda o: o.tier == "commune")] == [Change.GAINED]


def test_the_end_of_the_decrees_is_a_gap_for_the_ward() -> None:
    table = Table([a_rule()])
    end = date(2027, 3, 1)
    lines = compare(Side(table, end - timedelta(days=1)), Side(table, end), a_ward())
    assert [(x.change, x.after.reason) for x in lines] == [(Change.GAP, "expired")]


def test_a_draft_shows_what_it_would_change() -> None:
    table = Table([a_rule()])
    draft = a_rule("draft", to=Office("province", "peoples-committee"), replaces=frozenset({"r1"}))
    lines = compare(Side(table, JULY), Side(table.plus(draft), JULY), a_ward())
    assert [x.change for x in lines] == [Change.MOVED]
    clash = replace(draft, replaces=frozenset())
    lines = compare(Side(table, JULY), Side(table.plus(clash), JULY), a_ward())
    assert [x.change for x in lines] == [Change.CLASH]


def test_a_power_without_a_rule_that_passes_it_on_keeps_a_body_from_closing() -> None:
    table = Table([a_rule("r1", period=Period(JULY, date(2026, 1, 1))), a_rule("r2", matter="n")])
    left = without_successor(
        table, a_ward(), lambda o: o == COMMITTEE, WARD, date(2025, 12, 31), date(2026, 1, 1)
    )
    assert [x.matter for x in left] == ["m"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 700), st.integers(1, 90))
def test_the_diff_of_a_place_says_what_two_questions_say(seed: int, start: int, later: int) -> None:
    made = invent(seed)
    table = Table(made.rules)
    first = FIRST + timedelta(days=start)
    then = first + timedelta(days=later)
    for place in made.places[:4]:
        lines = compare(Side(table, first), Side(table, then), made.world, place=place)
        told = {x.matter for x in lines}
        for matter in MATTERS:
            a = table.find(matter, made.world.chain(place, first).values(), first, 0)
            b = table.find(matter, made.world.chain(place, then).values(), then, 0)
            one = {s.state == State.ONE for s in (a, b)}
            if len(one) == 2 and all(
                f.office is None or made.world.has_tier(f.office.tier, on)
                for f, on in ((a, first), (b, then))
            ):
                assert matter in told


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 700))
def test_a_day_compared_with_itself_shows_nothing(seed: int, start: int) -> None:
    made = invent(seed)
    side = Side(Table(made.rules), FIRST + timedelta(days=start))
    assert compare(side, side, made.world) == ()
