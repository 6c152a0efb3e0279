import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover.allocation import (
    CLASH,
    DIVIDED,
    GAP,
    NO_BODY,
    NO_PLACE,
    NO_RULE,
    NO_SUCCESSOR,
    PROPOSED,
    SHARED,
    Heir,
    Rule,
    Subject,
    divided,
    propose,
)

WARD_A, WARD_B, COMMUNE, DEPARTMENT, PARTY_A = 11, 12, 13, 20, 31
WHOLE, CUT, GONE = 101, 102, 103
HEIRS = {
    WHOLE: (Heir(WARD_A, "committee"), Heir(PARTY_A, "party")),
    CUT: (Heir(WARD_B, "committee"), Heir(COMMUNE, "committee")),
}
TO_WARD = Rule(1, to_successor=True, heir_kind="committee", reason="theo địa bàn")
CERTIFICATES = Rule(2, kind="case", field="education", receiver=DEPARTMENT, reason="Sở nhận")


def test_the_most_specific_rule_wins_and_says_why() -> None:
    found = propose(Subject("case", "education", WHOLE), [TO_WARD, CERTIFICATES], HEIRS)
    assert (found.outcome, found.receiver, found.rule) == (PROPOSED, DEPARTMENT, 2)
    assert found.reason == "Sở nhận"


def test_priority_comes_before_specificity() -> None:
    urgent = Rule(3, receiver=WARD_B, priority=5)
    found = propose(Subject("case", "education", WHOLE), [CERTIFICATES, urgent], HEIRS)
    assert found.receiver == WARD_B


def test_equal_rules_with_different_receivers_clash() -> None:
    rival = Rule(4, kind="case", field="education", receiver=WARD_A)
    found = propose(Subject("case", "education", WHOLE), [rival, CERTIFICATES], HEIRS)
    assert (found.outcome, found.receiver) == (CLASH, 0)
    assert found.candidates == (WARD_A, DEPARTMENT)


def test_equal_rules_with_the_same_receiver_do_not_clash() -> None:
    twin = Rule(9, kind="case", field="education", receiver=DEPARTMENT)
    found = propose(Subject("case", "education"), [twin, CERTIFICATES], HEIRS)
    assert (found.outcome, found.rule) == (PROPOSED, 2)


def test_a_divided_ward_without_a_deciding_rule_is_a_gap_with_its_candidates() -> None:
    found = propose(Subject("archive", "", CUT), [TO_WARD], HEIRS)
    assert (found.outcome, found.why, found.candidates) == (GAP, DIVIDED, (WARD_B, COMMUNE))


def test_a_rule_for_the_place_decides_for_a_divided_ward() -> None:
    named = Rule(7, place=CUT, receiver=COMMUNE, reason="phần đất về xã")
    found = propose(Subject("archive", "", CUT), [TO_WARD, named], HEIRS)
    assert (found.outcome, found.receiver) == (PROPOSED, COMMUNE)


@pytest.mark.parametrize(
    ("subject", "rules", "why"),
    [
        (Subject("task", "", WHOLE), [CERTIFICATES], NO_RULE),
        (Subject("task"), [TO_WARD], NO_PLACE),
        (Subject("task", "", GONE), [TO_WARD], NO_SUCCESSOR),
        (Subject("task", "", WHOLE), [Rule(8, to_successor=True, heir_kind="front")], NO_BODY),
    ],
)
def test_every_gap_says_what_is_lacking(subject: Subject, rules: list[Rule], why: str) -> None:
    found = propose(subject, rules, HEIRS)
    assert (found.outcome, found.why) == (GAP, why)


def test_without_a_wanted_kind_the_heir_is_of_the_kind_of_the_giver() -> None:
    plain = Rule(1, to_successor=True)
    found = propose(Subject("task", "", WHOLE, 5, "party"), [plain], HEIRS)
    assert found.receiver == PARTY_A
    assert propose(Subject("task", "", WHOLE, 5, "school"), [plain], HEIRS).outcome == GAP


def test_shares_are_a_proposal_to_divide() -> None:
    by_need = Rule(6, kind="finance", shares=((WARD_A, 2), (WARD_B, 1)))
    found = propose(Subject("finance"), [by_need], HEIRS)
    assert (found.outcome, found.shares) == (SHARED, ((WARD_A, 2), (WARD_B, 1)))
    assert divided(100, found.shares) == ((WARD_A, 67), (WARD_B, 33))


def test_a_rule_without_a_receiver_or_with_two_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="one receiver"):
        Rule(1)
    with pytest.raises(ValueError, match="one receiver"):
        Rule(1, receiver=3, to_successor=True)


weights = st.lists(st.tuples(st.integers(1, 50), st.integers(0, 10**6)), min_size=1, max_size=40)


@given(st.integers(0, 10**18), weights.filter(lambda s: any(w for _, w in s)))
def test_a_division_loses_and_makes_nothing(quantity: int, shares: list[tuple[int, int]]) -> None:
    assert sum(part for _, part in divided(quantity, shares)) == quantity


criteria = st.builds(
    Rule,
    id=st.integers(1, 999),
    kind=st.sampled_from(("", "case", "task")),
    field=st.sampled_from(("", "education")),
    place=st.sampled_from((0, WHOLE, CUT)),
    giver=st.sampled_from((0, 5)),
    priority=st.integers(0, 2),
    receiver=st.sampled_from((WARD_A, WARD_B, DEPARTMENT)),
)


@given(st.lists(criteria, max_size=8), st.randoms())
def test_the_order_of_the_rules_never_matters(rules: list[Rule], chance: object) -> None:
    subject = Subject("case", "education", WHOLE, 5)
    once = {r.id: r for r in rules}
    shuffled = list(once.values())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert propose(subject, once.values(), HEIRS) == propose(subject, shuffled, HEIRS)


@given(st.lists(criteria, max_size=8))
def test_a_proposed_receiver_always_comes_from_a_rule_that_matches(rules: list[Rule]) -> None:
    subject = Subject("case", "education", WHOLE, 5)
    found = propose(subject, rules, HEIRS)
    if found.outcome == PROPOSED:
        assert any(r.receiver == found.receiver and r.matches(subject) for r in rules)
    else:
        assert found.receiver == 0
