"""Seals: the table of states, the papers, what is outstanding."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.settling.seals import (
    ACTS,
    IN_USE,
    SETTLED,
    STATES,
    TABLE,
    Seal,
    Step,
    check_issue,
    check_step,
    closing_problems,
    doable,
    next_state,
    outstanding,
)

TODAY = date(2025, 6, 30)


def step(act: str, **more) -> Step:
    values = {"on": TODAY, "number": "12/GCN", "reason": "lý do", "receiver": 7,
              "receiver_kind": "police"} | more  # fmt: skip
    return Step(act, **values)


def codes(problems) -> list[str]:
    return [p.code for p in problems]


def test_a_seal_goes_from_use_to_the_certificate_step_by_step() -> None:
    state = IN_USE
    for act in ("report", "return", "certify"):
        assert check_step(Seal("CD-1", state), step(act), TODAY) == ()
        state = next_state(state, act)
    assert state in SETTLED
    assert doable(state) == ()


@pytest.mark.parametrize(
    ("state", "asked", "code"),
    [
        ("in-use", step("certify"), "settling.seal-not-in-this-state"),
        ("reported", step("return", receiver=0), "settling.receiver-needed"),
        ("reported", step("return", receiver_kind="department"), "settling.receiver-not-police"),
        ("returned", step("certify", number=" "), "settling.number-needed"),
        ("lost", step("announce", number=""), "settling.number-needed"),
        ("in-use", step("lose", reason=""), "settling.reason-needed"),
        ("in-use", step("report", on=TODAY + timedelta(1)), "settling.day-to-come"),
    ],
)
def test_a_step_without_its_paper_is_refused(state, asked, code) -> None:
    assert codes(check_step(Seal("CD-1", state), asked, TODAY)) == [code]


def test_days_of_steps_follow_each_other() -> None:
    seal = Seal("CD-1", "returned", since=TODAY)
    assert codes(check_step(seal, step("certify", on=TODAY - timedelta(1)), TODAY)) == [
        "settling.days-out-of-order"
    ]


def test_a_digital_signature_goes_back_elsewhere_and_a_new_seal_does_not() -> None:
    digital = Seal("CD-1", "reported", seal_type="digital")
    assert check_step(digital, step("return", receiver_kind="department"), TODAY) == ()
    new = Seal("CD-2", "in-use", old=False)
    assert codes(check_step(new, step("report"), TODAY)) == ["settling.seal-is-new"]


def test_a_new_seal_needs_its_certificate_and_a_police_issuer() -> None:
    assert check_issue("M-1", "Dấu", "1/CNMD", "police") == ()
    assert codes(check_issue("", "", "", "department")) == [
        "settling.code-needed",
        "settling.title-needed",
        "settling.number-needed",
        "settling.receiver-not-police",
    ]


seals = st.builds(
    Seal,
    code=st.sampled_from([f"CD-{n}" for n in range(30)]),
    state=st.sampled_from(STATES),
    old=st.booleans(),
)


@given(st.lists(seals))
def test_a_body_may_end_exactly_when_no_old_seal_is_outstanding(many) -> None:
    left = outstanding(many)
    assert all(s.old and s.state not in SETTLED for s in left)
    problems = closing_problems(many)
    assert bool(problems) == bool(left)
    if left:
        assert problems[0].facts["count"] == len(left)


@given(st.lists(st.sampled_from(ACTS), max_size=12))
def test_no_walk_leaves_the_table_and_a_certified_seal_stays_certified(walk) -> None:
    state = IN_USE
    for act in walk:
        after = next_state(state, act)
        assert (after is None) == ((state, act) not in TABLE)
        if after is not None:
            assert state != "certified"
            state = after
    assert state in STATES
