"""Who may decide: one answer or a named gap or clash, whatever ends, in whatever order."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.authority.worlds import FIRST, MATTERS, ended, invent

from thongsuot.rules.authority.asking import Answer, Question, who_may
from thongsuot.rules.authority.delegating import chain_of
from thongsuot.rules.authority.signing import Basis, Signer, competence_of
from thongsuot.rules.authority.table import State, Table
from thongsuot.rules.authority.values import Citation, Delegation, Office, Rule
from thongsuot.rules.authority.world import BodyAt, Picture, PostAt, Seat
from thongsuot.rules.kernel.period import Period

JULY = date(2025, 7, 1)
COMMITTEE = Office("commune", "peoples-committee", "chu tich ubnd")
DISTRICT = Office("district", "peoples-committee", "chu tich ubnd")
CITY, WARD, BODY, HEAD, DEPUTY = 1, 2, 10, 100, 101
LONG = Period(date(2025, 1, 1), None)


def a_ward() -> Picture:
    """One city with one ward, whose chairman is person 7 and whose deputy is person 8."""
    world = Picture()
    world.units[CITY].append((Period(), "province", None))
    world.units[WARD].append((Period(JULY, None), "commune", CITY))
    world.acting[(WARD, "peoples-committee")].append(BodyAt(BODY, "UBND phường", LONG))
    world.of_body[BODY] += [
        PostAt(HEAD, "chu tich ubnd", "Chủ tịch UBND", 1),
        PostAt(DEPUTY, "pho chu tich ubnd", "Phó Chủ tịch UBND", 2),
    ]
    world.in_post[HEAD].append(Seat(1, 7, "Người Bảy", LONG))
    world.in_post[DEPUTY].append(Seat(2, 8, "Người Tám", LONG))
    return world


def a_rule(code: str = "r1", **more: object) -> Rule:
    plain = Rule(code, "division", "m", COMMITTEE, period=Period(JULY, date(2027, 3, 1)))
    return replace(plain, **more)  # type: ignore[arg-type]


def given_to_deputy(**more: object) -> Delegation:
    plain = Delegation(
        1, "UQ-1", BODY, HEAD, 7, BODY, DEPUTY, 8, Period(JULY, date(2026, 1, 1)), passable=True
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def ask(table: Table, on: date = date(2025, 8, 1), amount: int | None = None) -> Answer:
    return who_may(table, a_ward(), Question("m", WARD, on, amount))


def test_the_card_names_body_post_person_and_article() -> None:
    answer = ask(Table([a_rule(basis=Citation("151-2025-ND-CP", "5"), origin=DISTRICT)]))
    assert answer.state == State.ONE
    assert (answer.body.name, answer.post.label, answer.seat.name) == (  # type: ignore[union-attr]
        "UBND phường", "Chủ tịch UBND", "Người Bảy",
    )  # fmt: skip
    assert answer.basis[0].basis.article == "5"
    assert [f.office for f in answer.former] == [DISTRICT]
    assert answer.expires == date(2027, 3, 1)
    assert not answer.confirmed


def test_the_day_the_decrees_end_is_a_gap_that_says_expired() -> None:
    assert ask(Table([a_rule()]), date(2027, 2, 28)).state == State.ONE
    after = ask(Table([a_rule()]), date(2027, 3, 1))
    assert (after.state, after.reason, after.near[0].code) == (State.GAP, "expired", "r1")


def test_two_texts_with_two_organs_are_doubtful_and_both_are_named() -> None:
    council = Office("commune", "peoples-council")
    answer = ask(Table([a_rule(), a_rule("r2", to=council)]))
    assert answer.state == State.DOUBTFUL
    assert {r.code for r in answer.basis} == {"r1", "r2"}


def test_a_rule_that_replaces_another_leaves_one_answer() -> None:
    province = Office("province", "peoples-committee")
    answer = ask(Table([a_rule(), a_rule("r2", to=province, replaces=frozenset({"r1"}))]))
    assert (answer.state, answer.office) == (State.ONE, province)


def test_decentralisation_makes_a_chain_and_a_barred_power_does_not_pass() -> None:
    province = Office("province", "peoples-committee")
    first = a_rule("r1", to=province)
    on = a_rule("r2", kind="decentralisation", origin=province)
    answer = ask(Table([first, on]))
    assert [r.code for r in answer.chain] == ["r1", "r2"]
    assert answer.office == COMMITTEE
    barred = ask(Table([replace(first, passable=False), on]))
    assert (barred.state, barred.reason) == (State.DOUBTFUL, "rules-differ")


def test_by_amount_the_card_asks_how_much_and_then_answers() -> None:
    small = a_rule("r1", most=5_000)
    large = a_rule("r2", to=Office("province", "peoples-committee"), least=5_001)
    table = Table([small, large])
    assert ask(table).state == State.ASK
    assert ask(table, amount=5_000).basis == (small,)
    assert ask(table, amount=5_001).basis == (large,)


@pytest.mark.parametrize(
    ("more", "amount"),
    [
        ({"period": Period(JULY, date(2025, 8, 1))}, None),
        ({"revoked": date(2025, 8, 1)}, None),
        ({"giver_tenure": Period(JULY, date(2025, 7, 31))}, None),
        ({"receiver_tenure": Period(JULY, date(2025, 7, 31))}, None),
        ({"signed": False}, None),
        ({"most": 10}, 11),
        ({"matters": frozenset({"other"})}, None),
        ({"place": frozenset({77})}, None),
    ],
)
def test_a_signature_outside_its_delegation_is_refused(more: dict, amount: int | None) -> None:
    question = Question("m", WARD, date(2025, 8, 1), amount)
    deputy = Signer(8, frozenset({DEPUTY}))
    inside = competence_of(Table([a_rule()], [given_to_deputy()]), a_ward(), question, deputy)
    assert isinstance(inside, Basis)
    assert inside.state == "by-delegation"
    table = Table([a_rule()], [given_to_deputy(**more)])
    (problem,) = competence_of(table, a_ward(), question, deputy)  # type: ignore[misc]
    assert problem.code.startswith("authority.delegation-")


def test_without_a_delegation_the_refusal_names_who_is_competent() -> None:
    question = Question("m", WARD, date(2025, 8, 1))
    (problem,) = competence_of(
        Table([a_rule()]), a_ward(), question, Signer(8, frozenset({DEPUTY}))
    )  # type: ignore[misc]
    assert problem.code == "authority.not-competent"
    assert problem.facts["post"] == "Chủ tịch UBND"
    chair = competence_of(Table([a_rule()]), a_ward(), question, Signer(7, frozenset({HEAD})))
    assert isinstance(chair, Basis)
    assert chair.state == "by-rule"


def test_what_no_rule_speaks_of_is_recorded_as_undetermined() -> None:
    question = Question("unknown", WARD, date(2025, 8, 1))
    basis = competence_of(Table([a_rule()]), a_ward(), question, Signer(8, frozenset({DEPUTY})))
    assert isinstance(basis, Basis)
    assert (basis.state, basis.rules) == ("undetermined", ())


def _stands(answer: Answer, table: Table, world: Picture) -> None:
    """An answer that is one rests on nothing that is over that day."""
    on = answer.question.on
    assert answer.basis
    assert all(rule.holds(on) for rule in (*answer.basis, *answer.chain))
    if answer.unit is not None:
        assert answer.unit in world.chain(answer.question.place, on).values()
    if answer.body is not None:
        assert on in answer.body.period
    if answer.post is not None:
        assert on in answer.post.period
    if answer.seat is not None:
        assert on in answer.seat.period
    for one in answer.delegates:
        assert one.seat is not None
        assert on in one.seat.period
        for link in chain_of(table, one.last):
            assert link.counts(on)
            assert link.parent == 0 or link.parent in table.delegation


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 799), min_size=3, max_size=8))
def test_each_matter_in_each_place_has_one_answer_or_a_reported_gap_or_clash(
    seed: int, days: list[int]
) -> None:
    made = invent(seed)
    table = Table(made.rules, made.delegations)
    for offset in days:
        on = date.fromordinal(FIRST.toordinal() + offset)
        for matter in MATTERS:
            for place in made.places:
                answer = who_may(table, made.world, Question(matter, place, on, 75))
                assert answer.state in {State.ONE, State.DOUBTFUL, State.GAP}
                assert bool(answer.reason) == (answer.state != State.ONE)
                if answer.state == State.ONE:
                    _stands(answer, table, made.world)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(20, 700), st.data())
def test_ending_things_in_any_order_leaves_no_decision_without_a_basis(
    seed: int, offset: int, data: st.DataObject
) -> None:
    made = invent(seed)
    world, on = made.world, date.fromordinal(FIRST.toordinal() + offset)
    rules: list[Rule] = list(made.rules)
    delegations: list[Delegation] = list(made.delegations)
    earlier = date.fromordinal(on.toordinal() - 1)
    asked = [Question(m, p, earlier, 75) for m in MATTERS for p in made.places]
    kept = {q: who_may(Table(rules, delegations), world, q) for q in asked}
    kinds = data.draw(
        st.lists(st.sampled_from(["rule", "delegation", "post", "unit"]), min_size=4, max_size=12)
    )
    for kind in kinds:
        _end(kind, on, rules, delegations, world, data)
        table = Table(rules, delegations)
        for question in asked:
            answer = who_may(table, world, replace(question, on=on))
            if answer.state == State.ONE:
                _stands(answer, table, world)
        for (
            question,
            before,
        ) in kept.items():  # what was decided the day before still rests on the same
            after = who_may(table, world, question)
            assert (after.state, after.office, [r.code for r in after.basis]) == (
                before.state, before.office, [r.code for r in before.basis],
            )  # fmt: skip


def _end(
    kind: str,
    on: date,
    rules: list[Rule],
    delegations: list[Delegation],
    world: Picture,
    data: st.DataObject,
) -> None:
    if kind in ("rule", "delegation"):
        things: list = rules if kind == "rule" else delegations
        if not things:
            return
        at = data.draw(st.integers(0, len(things) - 1))
        short = ended(things[at], on)
        if short is not None:
            things[at] = short
    elif kind == "post":
        seats = [(post, at) for post, held in world.in_post.items() for at in range(len(held))]
        if seats:
            post, at = data.draw(st.sampled_from(seats))
            seat = world.in_post[post][at]
            if seat.period.since is None or seat.period.since < on:
                world.in_post[post][at] = replace(seat, period=seat.period.ended_at(on))
    else:
        unit = data.draw(st.sampled_from(sorted(world.units)))
        world.units[unit] = [
            (p.ended_at(on), tier, parent)
            for p, tier, parent in world.units[unit]
            if p.since is None or p.since < on
        ]
        world._chains.clear()
        world._tiers.clear()
