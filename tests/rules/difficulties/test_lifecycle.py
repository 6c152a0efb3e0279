"""A difficulty always has exactly one holder, and an answer always says enough."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from thongsuot.rules.difficulties.lifecycle import (
    ACTS,
    ANSWERED,
    OPEN,
    STATES,
    TABLE,
    USUAL_DAYS,
    WAITING,
    Standing,
    Step,
    after,
    check_raised,
    check_same,
    check_step,
    days_late,
    due_on,
    holders_at_fault,
)
from thongsuot.rules.kernel.calendar import WorkingCalendar

DAY = date(2025, 6, 24)
CALENDAR = WorkingCalendar()
REASON = "Vì luật quy định như vậy."


def standing(**more) -> Standing:
    return Standing(**({"state": WAITING, "holder": 2, "raiser": 1, "due_on": DAY} | more))


def step(act: str, **more) -> Step:
    return Step(**({"act": act, "on": DAY, "text": REASON, "basis": "Điều 5", "to": 3} | more))


def codes(problems) -> list[str]:
    return [p.code for p in problems]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (step("refused", text="không được"[:5]), "difficulties.answer-needed"),
        (step("refused", basis=" "), "difficulties.basis-needed"),
        (step("passed", to=0), "difficulties.competent-needed"),
        (step("passed", to=2), "difficulties.passed-to-itself"),
        (step("passed", to=9), "difficulties.passed-back"),
        (step("ask-again"), "difficulties.not-in-this-state"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(asked, code) -> None:
    assert codes(check_step(standing(passed_by=frozenset({9})), asked)) == [code]


def test_an_answer_ends_it_and_asking_again_brings_it_to_the_superior() -> None:
    done = after(standing(), step("accepted"), DAY)
    assert (done.state, done.answer, done.holder) == (ANSWERED, "accepted", 2)
    again = after(done, step("ask-again", to=7), DAY + timedelta(14))
    assert (again.state, again.holder, again.due_on) == (WAITING, 7, DAY + timedelta(14))


def test_ten_working_days_skip_weekends_and_are_counted_late_in_working_days() -> None:
    due = due_on(DAY, CALENDAR)
    assert CALENDAR.between(DAY, due) == USUAL_DAYS
    assert days_late(standing(due_on=due), due, CALENDAR) == 0
    assert days_late(standing(due_on=date(2025, 6, 27)), date(2025, 6, 30), CALENDAR) == 1
    assert days_late(standing(state=ANSWERED), date(2026, 1, 1), CALENDAR) == 0


def test_what_is_raised_names_its_field_and_is_only_warned_about_a_missing_article() -> None:
    assert check_raised("Chưa rõ ai ký", "Chưa rõ ai ký giấy phép.", "xay-dung", "Điều 5") == ()
    assert codes(check_raised("", "", "", "")) == [
        "difficulties.title-needed", "difficulties.text-needed", "difficulties.field-needed",
        "difficulties.article-missing",
    ]  # fmt: skip


def test_nothing_joins_itself_or_what_was_withdrawn() -> None:
    assert codes(check_same("waiting", 4, 4)) == ["difficulties.same-as-itself"]
    assert codes(check_same("withdrawn", 5, 4)) == ["difficulties.same-as-withdrawn"]
    assert check_same("answered", 5, 4) == ()


@given(st.sampled_from(STATES), st.sampled_from(ACTS), st.integers(0, 4))
def test_what_is_not_in_the_table_is_always_refused(state, act, to) -> None:
    problems = check_step(standing(state=state), step(act, to=to))
    if (state, act) not in TABLE:
        assert codes(problems) == ["difficulties.not-in-this-state"]


class NeverNobody(RuleBasedStateMachine):
    """Whatever people try, in any order: one holder, and no body gets back what it passed on."""

    def __init__(self) -> None:
        super().__init__()
        self.now = standing()
        self.steps = 0

    @rule(
        act=st.sampled_from(ACTS), to=st.integers(0, 5), text=st.sampled_from(["", REASON]),
        basis=st.sampled_from(["", "Điều 5"]),
    )  # fmt: skip
    def try_something(self, act, to, text, basis) -> None:
        asked = Step(act, DAY, text, basis, to)
        before = self.now
        if check_step(before, asked):
            return
        self.now = after(before, asked, DAY + timedelta(self.steps))
        self.steps += 1
        if act == "passed":
            assert self.now.holder not in before.passed_by | {before.holder}

    @invariant()
    def somebody_holds_it(self) -> None:
        assert self.now.holder
        assert holders_at_fault([("VM-1", self.now)]) == ()

    @precondition(lambda self: self.now.state not in OPEN)
    @rule()
    def what_is_over_carries_its_answer(self) -> None:
        assert self.now.answer or self.now.state == "withdrawn"


TestNeverNobody = NeverNobody.TestCase


def test_a_waiting_one_that_nobody_holds_is_named() -> None:
    assert codes(holders_at_fault([("VM-1", standing(holder=0))])) == ["difficulties.nobody-holds"]
