"""Nothing is left out, nothing is there twice, and people are conserved, whatever is done."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.rearrangement import access, lifecycle
from thongsuot.rules.rearrangement.carrying import (
    ORDER,
    STEPS_OF,
    Carried,
    Step,
    check_carry,
    check_days,
    late,
)
from thongsuot.rules.rearrangement.option import (
    STAYS,
    Fate,
    Founded,
    Line,
    Present,
    check_option,
    coverage,
    outcomes,
    totals,
)

CODES = tuple("ABCDEF")
FRESH = ("X", "Y")
presents = st.lists(st.sampled_from(CODES), min_size=1, unique=True).flatmap(
    lambda codes: st.tuples(
        *(
            st.builds(
                Present, st.just(c), st.just(f"Phòng {c}"), st.integers(1, 3), st.integers(0, 30),
                st.integers(0, 4), st.just("state"),
            )
            for c in codes
        )
    )
)  # fmt: skip
targets = st.sampled_from((*CODES, *FRESH, ""))
lines = st.builds(
    Line, unit=st.sampled_from(CODES), fate=st.sampled_from(Fate), name=st.sampled_from(["", "Tên mới"]),
    owner=st.integers(0, 3), funding=st.sampled_from(["", "self"]), into=targets, tasks_to=targets,
    assets_to=targets, people_to=targets, released=st.integers(-1, 12),
    leaders=st.none() | st.integers(0, 5),
)  # fmt: skip
fresh = st.lists(st.sampled_from(FRESH), unique=True).map(
    lambda codes: [Founded(c, f"Trung tâm {c}", 1, 2) for c in codes]
)


@given(presents, st.lists(lines, max_size=8), fresh)
def test_what_passes_the_check_gives_each_unit_one_fate_and_conserves_people(
    present, chosen, founded
) -> None:
    found = check_option(present, chosen, founded)
    if found:
        return
    assert sorted(line.unit for line in chosen) == sorted(p.code for p in present)
    everything = totals(present, chosen, founded)[0]
    assert everything.before.people == everything.after.people + everything.released
    assert everything.before.units == len(present)


@st.composite
def good(draw: st.DrawFn):
    """An option in which somebody stays and all others go where they may."""
    present = draw(presents)
    stays = draw(st.sets(st.sampled_from([p.code for p in present]), min_size=1))
    chosen = []
    for unit in present:
        if unit.code in stays:
            chosen.append(Line(unit.code, Fate.KEEP, released=draw(st.integers(0, unit.people))))
            continue
        to = draw(st.sampled_from(sorted(stays)))
        gone = draw(st.integers(0, unit.people))
        fate = draw(st.sampled_from([Fate.MERGE, Fate.DISSOLVE]))
        more = {"into": to} if fate is Fate.MERGE else {"tasks_to": to, "assets_to": to, "people_to": to}  # fmt: skip
        chosen.append(Line(unit.code, fate, released=gone, **more))
    return present, chosen


@given(good())
def test_a_whole_option_has_no_problem_and_loses_nobody(option) -> None:
    present, chosen = option
    assert check_option(present, chosen) == ()
    assert coverage(present, chosen).missing == ()
    by_owner = totals(present, chosen)
    parts = [t for owner, t in by_owner.items() if owner]
    assert sum(t.before.people for t in parts) == by_owner[0].before.people
    assert sum(t.after.people for t in parts) == by_owner[0].after.people
    assert by_owner[0].fewer.people == by_owner[0].released
    assert {s for o in outcomes(present, chosen) for s in o.out_of} == {p.code for p in present} - {
        line.unit for line in chosen if line.fate is Fate.DISSOLVE and not line.people_to
    }


@given(good(), st.data())
def test_leaving_one_out_or_saying_it_twice_is_named(option, data) -> None:
    present, chosen = option
    at = data.draw(st.integers(0, len(chosen) - 1))
    without = [*chosen[:at], *chosen[at + 1 :]]
    codes = [p.code for p in check_option(present, without)]
    assert "rearrangement.without-fate" in codes
    assert coverage(present, without).done == len(present) - 1
    twice = check_option(present, [*chosen, chosen[at]])
    assert "rearrangement.two-fates" in [p.code for p in twice]


events = st.one_of(
    st.builds(
        lifecycle.Event, act=st.just("units"),
        unit=st.builds(Present, st.sampled_from(CODES), st.just("Phòng"), st.integers(1, 3),
                       st.integers(0, 9), st.integers(0, 2), st.just("state")),
    ),
    st.builds(lifecycle.Event, act=st.just("option"), option=st.sampled_from("AB"), line=lines),
    st.builds(
        lifecycle.Event, act=st.just("option"), option=st.sampled_from("AB"),
        line=st.builds(Line, st.sampled_from(CODES), st.just(Fate.KEEP)),
    ),
    st.builds(lifecycle.Event, act=st.sampled_from(
        ["submit", "consult", "opine", "send-back", "begin", "carry", "close", "drop"]
    )),
    st.builds(lifecycle.Event, act=st.just("approve"), option=st.sampled_from("AB")),
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(events, max_size=40))
def test_whatever_the_order_of_acts_what_is_approved_forgets_nobody(acts) -> None:
    case = lifecycle.Case()
    for event in acts:
        found = lifecycle.after(case, event)
        if isinstance(found, Problem):
            continue
        if case.state in (lifecycle.SUBMITTED, lifecycle.CONSULTED) and event.act == "option":
            old = case.options.get(event.option, lifecycle.Option())
            assert found.options[event.option].versions[: len(old.versions)] == old.versions
        case = found
    if case.state in (lifecycle.APPROVED, lifecycle.CARRYING, lifecycle.DONE):
        option = case.options[case.chosen]
        chosen = option.versions[case.version - 1]
        assert check_option(case.present, chosen, option.founded) == ()
        everything = totals(case.present, chosen, option.founded)[0]
        assert everything.before.people == everything.after.people + everything.released


def test_what_an_option_lacks_is_said_unit_by_unit() -> None:
    a, b = Present("A", "Phòng A", 1, 10, 3, "state"), Present("B", "Phòng B", 1, 4, 2, "state")
    for line, code in (
        (Line("A", Fate.RENAME, name="Phòng A"), "name-needed"),
        (Line("A", Fate.MOVE, owner=1), "owner-needed"),
        (Line("A", Fate.CONVERT, funding="state"), "funding-needed"),
        (Line("A", Fate.MERGE, into="A"), "target-missing"),
        (Line("A", Fate.MERGE, into="Z"), "target-missing"),
        (Line("A", Fate.DISSOLVE, tasks_to="B", assets_to="B"), "taker-missing"),
        (Line("A", Fate.KEEP, released=11), "released-too-many"),
        (Line("A", Fate.KEEP, leaders=-1), "number-unfit"),
    ):
        found = check_option([a, b], [line, Line("B", Fate.KEEP)])
        assert [p.code for p in found] == [f"rearrangement.{code}"], line
    gone = Line("A", Fate.DISSOLVE, tasks_to="B", assets_to="B", released=10)
    assert check_option([a, b], [gone, Line("B", Fate.KEEP)]) == ()
    nothing = check_option([a], [Line("A", Fate.KEEP)], [Founded("X", "Trung tâm", 1, 2)])
    assert [p.code for p in nothing] == ["rearrangement.founded-of-nothing"]
    taken = check_option([a, b], [Line("A", Fate.MERGE, into="B"), Line("B", Fate.KEEP)], [Founded("A", "Trùng", 1, 2)])  # fmt: skip
    assert "rearrangement.code-taken" in [p.code for p in taken]
    strange = check_option([a], [Line("A", Fate.KEEP), Line("Q", Fate.KEEP)])
    assert [p.code for p in strange] == ["rearrangement.unit-unknown"]


def test_totals_say_how_many_fewer_and_in_percent() -> None:
    units = [Present(c, f"Phòng {c}", 1, 10, 3) for c in "ABC"]
    chosen = [Line("A", Fate.MERGE, into="X"), Line("B", Fate.MERGE, into="X", released=2), Line("C", Fate.KEEP, leaders=2)]  # fmt: skip
    total = totals(units, chosen, [Founded("X", "Phòng X", 1, 4)])[1]
    assert (total.after.units, total.after.people, total.after.leaders) == (2, 28, 6)
    assert (total.fewer.units, total.fewer_percent) == (1, Fraction(100, 3))
    assert totals([], [])[0].fewer_percent is None


@given(st.sampled_from([f for f in Fate if STEPS_OF[f]]), st.permutations(ORDER))
def test_steps_are_carried_out_in_their_order_and_none_twice(fate, tried) -> None:
    day = date(2025, 10, 1)
    rows = {s: Carried(s, day) for s in STEPS_OF[fate]}
    done: list[Step] = []
    for step in [*tried, *tried, *tried, *tried, *tried]:
        if check_carry(rows.values(), step) is None:
            rows[step] = Carried(step, day, day)
            done.append(step)
    assert tuple(done) == STEPS_OF[fate]
    assert late(rows.values(), day + timedelta(days=1)) == ()


def test_days_follow_each_other_and_the_late_are_named() -> None:
    start = date(2025, 10, 1)
    days = {s: start + timedelta(days=7 * n) for n, s in enumerate(ORDER)}
    assert check_days(days, start) == ()
    assert [p.code for p in check_days({}, start)] == ["rearrangement.day-needed"] * len(ORDER)
    crossed = days | {Step.SEAL: start}
    assert [p.subject for p in check_days(crossed, start)] == ["seal"]
    rows = [Carried(s, d) for s, d in days.items()]
    assert [c.step for c in late(rows, start + timedelta(days=8))] == [Step.DECISION, Step.PEOPLE]
    assert check_carry(rows, Step.PEOPLE).facts == {"first": "decision"}
    assert check_carry([], Step.PEOPLE).code == "rearrangement.no-such-step"


def test_a_department_writes_its_units_and_the_competent_body_approves() -> None:
    def actor(body: int, role: Role) -> Actor:
        hat = Hat(1, role, "Chức vụ", body, "Cơ quan", frozenset({body}), frozenset())
        return Actor(1, "Ai", (hat,), hat)

    sides = access.Sides(1, 2, 3, frozenset({4}), frozenset({5}), frozenset({9}))
    assert access.may(actor(4, Role.CLERK), "units.write", sides)
    assert not access.may(actor(4, Role.LEADER), "option.write", sides)
    assert access.may(actor(3, Role.LEADER), "scheme.approve", sides)
    assert not access.may(actor(1, Role.LEADER), "scheme.approve", sides)
    assert access.check_may(Actor(1, "Ai"), "units.write", sides).code == "rearrangement.no-post-today"  # fmt: skip
    assert STAYS.isdisjoint({Fate.MERGE, Fate.DISSOLVE})
