"""The order of a decision holds on every way through the table; every short cut leaves its reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.decisions.docket import (
    ACTS,
    COMMITTEE,
    COUNCIL,
    NEEDED,
    OVER,
    PAPERS,
    REASONED,
    SHORT_CUTS,
    STATES,
    TRACKS,
    Docket,
    Step,
    check_step,
    doable,
    missing_papers,
    next_state,
    order_faults,
)

DAY = date(2025, 7, 14)
REASON = "Vì thiên tai phải làm ngay."
ALL = frozenset(PAPERS)


def step(act: str, **more) -> Step:
    return Step(
        **({"act": act, "on": DAY, "number": "12/TTr", "reason": REASON, "fresh": True} | more)
    )


def codes(problems) -> list[str]:
    return [p.code for p in problems]


WAY = (
    "consult",
    "endorse",
    "submit",
    "opine",
    "schedule",
    "pass",
    "publish",
    "implement",
    "finish",
)


def test_a_resolution_goes_the_whole_way() -> None:
    docket = Docket("HS-1", COUNCIL, papers=ALL)
    for act in WAY:
        assert check_step(docket, step(act), DAY) == ()
        docket = Docket("HS-1", COUNCIL, next_state(docket, act), DAY, ALL)
    assert docket.state in OVER
    assert doable(docket) == ()


def test_the_committee_decides_without_a_session_and_the_council_never() -> None:
    opined = Docket("HS-1", COMMITTEE, "opined", papers=ALL)
    assert check_step(opined, step("decide"), DAY) == ()
    assert codes(check_step(opined, step("schedule"), DAY)) == ["decisions.not-in-this-state"]
    council = Docket("HS-1", COUNCIL, "opined", papers=ALL)
    assert codes(check_step(council, step("decide"), DAY)) == ["decisions.not-in-this-state"]


@pytest.mark.parametrize(
    ("docket", "asked", "code"),
    [
        (Docket("H", COUNCIL, "ready", papers=ALL), step("submit", number=" "), "decisions.number-needed"),
        (Docket("H", COUNCIL, "ready", papers=ALL), step("submit", fresh=False), "decisions.sign-again"),
        (Docket("H", COUNCIL, "ready", papers=ALL - {"explanation"}), step("submit"), "decisions.paper-missing"),
        (Docket("H", COUNCIL, "submitted", papers=ALL), step("opine-urgent", reason="gấp"), "decisions.reason-needed"),
        (Docket("H", COUNCIL, "draft"), step("skip-consult", reason=""), "decisions.reason-needed"),
        (Docket("H", COUNCIL, "draft"), step("consult", on=DAY + timedelta(1)), "decisions.day-to-come"),
        (Docket("H", COUNCIL, "draft", DAY), step("consult", on=DAY - timedelta(1)), "decisions.days-out-of-order"),
        (Docket("H", COUNCIL, "consulting", unanswered=("Sở A",)), step("endorse"), "decisions.opinions-awaited"),
        (Docket("H", COUNCIL, "consulting", unanswered=("Sở A",), overdue=True), step("endorse", reason=""), "decisions.silence-needs-reason"),
    ],
)  # fmt: skip
def test_a_step_out_of_order_is_refused_with_what_is_missing(docket, asked, code) -> None:
    assert codes(check_step(docket, asked, DAY)) == [code]


def test_silence_after_the_day_is_taken_with_a_reason() -> None:
    docket = Docket("H", COUNCIL, "consulting", unanswered=("Sở A",), overdue=True)
    assert check_step(docket, step("endorse"), DAY) == ()


@settings(max_examples=300)
@given(st.sampled_from(TRACKS), st.lists(st.sampled_from(ACTS), max_size=14))
def test_nothing_is_resolved_that_was_not_submitted_and_opined_on_first(track, tries) -> None:
    docket, done = Docket("H", track), []
    for act in tries:
        state = next_state(docket, act)
        if state is not None:
            docket, done = Docket("H", track, state), [*done, act]
    assert order_faults(track, done) == ()
    if docket.state in ("resolved", "published", "implementing", "done"):
        decided = max(i for i, a in enumerate(done) if a in ("pass", "decide"))
        opined = max(i for i, a in enumerate(done[:decided]) if a in ("opine", "opine-urgent"))
        submitted = max(i for i, a in enumerate(done[:opined]) if a == "submit")
        drafted = max(
            [-1, *(i for i, a in enumerate(done[:decided]) if a in ("return", "redraft"))]
        )
        assert drafted < submitted < opined < decided
        if track == COUNCIL:
            assert "schedule" in done[opined:decided]


@given(st.sampled_from(TRACKS), st.sampled_from(STATES), st.sampled_from(ACTS))
def test_what_leaves_out_a_step_always_asks_why(track, state, act) -> None:
    docket = Docket("H", track, state, papers=ALL)
    problems = codes(check_step(docket, step(act, reason=""), DAY))
    if next_state(docket, act) is not None and act in REASONED:
        assert "decisions.reason-needed" in problems
    assert SHORT_CUTS <= REASONED


def test_a_history_out_of_order_is_named() -> None:
    assert codes(order_faults(COUNCIL, ("consult", "submit"))) == ["decisions.order-broken"]


def test_papers_are_asked_for_by_track() -> None:
    assert missing_papers(Docket("H", COUNCIL, "ready"), "submit") == NEEDED[(COUNCIL, "submit")]
    assert missing_papers(Docket("H", COMMITTEE, "ready"), "consult") == ()
