"""What makes a duty fit to be issued, who may do what with it, and that it is always held."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from thongsuot.rules.directives import access, lifecycle
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.directives.duty import Asked, Part, check_chain, check_may_be_issued
from thongsuot.rules.directives.lifecycle import Event, Held, after
from thongsuot.rules.directives.moving import plan_move
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.deadline import VIETNAM
from thongsuot.rules.kernel.problem import Problem

WHOLE = Asked(
    assigner=1, lead=2, person=3, task="Rà soát trụ sở", places=(9,), place_words="",
    has_day=True, has_rhythm=False, in_force=frozenset({1, 2, 4, 5}),
)  # fmt: skip


def codes(asked: Asked) -> list[str]:
    return [p.code.removeprefix("directives.") for p in check_may_be_issued(asked)]


def test_a_whole_duty_may_be_issued() -> None:
    assert codes(WHOLE) == []
    assert codes(replace(WHOLE, places=(), place_words="toàn phường")) == []
    assert codes(replace(WHOLE, has_day=False, has_rhythm=True)) == []


def test_without_person_task_place_and_day_everything_missing_is_named_at_once() -> None:
    empty = replace(WHOLE, lead=0, person=0, task="  ", places=(), has_day=False)
    assert codes(empty) == ["no-lead", "no-person", "no-task", "no-place", "no-day"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"has_rhythm": True}, "day-and-rhythm"),
        ({"in_post": False}, "person-elsewhere"),
        ({"past": True}, "day-past"),
        ({"report_to": 8}, "body-not-in-force"),
        ({"parts": (Part(2, "góp ý"),)}, "lead-helps-itself"),
        ({"parts": (Part(4, "góp ý"), Part(4, "số liệu"))}, "part-twice"),
        ({"parts": (Part(4, " "),)}, "part-without-work"),
        ({"parts": tuple(Part(4 + n % 2, "x") for n in range(41))}, "part-twice"),
    ],
)
def test_each_thing_that_is_wrong_has_its_name(change, code) -> None:
    assert code in codes(replace(WHOLE, **change))


def test_a_chain_hangs_below_the_one_its_assigner_leads() -> None:
    assert check_chain(2, [(10, 2), (9, 1)]) == ()
    assert check_chain(5, []) == ()
    assert [p.code for p in check_chain(5, [(10, 2)])] == ["directives.not-the-lead-above"]
    assert [p.code for p in check_chain(2, [(10, 2), (10, 2)])] == ["directives.chain-in-ring"]


def actor(role: Role, body: int, area: frozenset[int] = frozenset()) -> Actor:
    hat = Hat(1, role, "chức vụ", body, "cơ quan", frozenset(), area)
    return Actor(7, "Lan", (hat,), hat)


SIDES = Sides(assigner=1, lead=2, helps=frozenset({3}), told=4, places=frozenset({50}))


@pytest.mark.parametrize(
    ("who", "act", "allowed"),
    [
        (actor(Role.LEADER, 1), "duty.complete", True),
        (actor(Role.CLERK, 1), "duty.complete", False),
        (actor(Role.CLERK, 1), "duty.draft", True),
        (actor(Role.LEADER, 2), "duty.complete", False),
        (actor(Role.CLERK, 2), "duty.progress", True),
        (actor(Role.CLERK, 2), "duty.return", False),
        (actor(Role.CLERK, 3), "duty.part-done", True),
        (actor(Role.CLERK, 4), "duty.progress", False),
        (actor(Role.STEERING, 8, frozenset({50})), "duty.move", True),
        (actor(Role.INSPECTOR, 8, frozenset({50})), "duty.move", False),
        (actor(Role.OPERATOR, 1), "duty.draft", False),
        (Actor(7, "Lan"), "duty.draft", False),
    ],
)
def test_who_may_do_what(who, act, allowed) -> None:
    assert access.may(who, act, SIDES) is allowed
    assert (access.check_may(who, act, SIDES) is None) is allowed


def test_an_operator_sees_nothing_and_who_has_no_post_sees_nothing() -> None:
    assert access.scope_of(actor(Role.OPERATOR, 1)).nothing
    assert access.scope_of(Actor(7, "Lan")).nothing
    assert access.scope_of(actor(Role.CLERK, 2)).bodies == {2}


CALENDAR = WorkingCalendar()
START = datetime(2025, 6, 2, 17, tzinfo=VIETNAM)
BODIES = st.integers(1, 4)
ACTS = st.sampled_from(sorted({act for _state, act in lifecycle.STEPS}))


class Life(RuleBasedStateMachine):
    """Any acts by anybody in any order, the closing of bodies among them."""

    def __init__(self) -> None:
        super().__init__()
        self.held = Held(lifecycle.DRAFT, assigner=1)
        self.done: list[Event] = []
        self.next_body = 10

    @rule(act=ACTS, by=BODIES, lead=BODIES, person=st.integers(0, 2), days=st.integers(-3, 40))
    def somebody_acts(self, act, by, lead, person, days) -> None:
        due = START + timedelta(days=days) if days else None
        self._do(Event(act, by, lead, person, due, old=by))

    @rule(closing_lead=st.booleans(), on=st.dates(date(2025, 6, 1), date(2025, 12, 31)))
    def a_body_closes(self, closing_lead, on) -> None:
        old = self.held.lead if closing_lead else self.held.assigner
        if self.held.state not in lifecycle.OPEN or not old or self.held.due is None:
            return
        before = self.held.due
        self.next_body += 1
        due = plan_move(before, on, CALENDAR).due
        self._do(Event("move", old, self.next_body, 0, due, old=old))
        assert self.held.due >= before
        assert old not in (self.held.lead, self.held.assigner)

    def _do(self, event: Event) -> None:
        found = after(self.held, event)
        if isinstance(found, Problem):
            return
        if event.act == "complete":
            assert event.by == self.held.assigner
            assert self.held.state == lifecycle.REPORTED
        self.done.append(event)
        self.held = found

    @invariant()
    def every_open_duty_has_one_holder_and_a_day(self) -> None:
        if self.held.state in lifecycle.OPEN:
            assert self.held.holder in (self.held.lead, self.held.assigner)
            assert self.held.holder > 0
            assert self.held.lead > 0
            assert self.held.due is not None

    @invariant()
    def nothing_is_completed_but_by_its_assigner(self) -> None:
        completed = self.held.state == lifecycle.COMPLETED
        assert completed == any(e.act == "complete" for e in self.done)
        assert (self.held.holder == 0) == (self.held.state in lifecycle.ENDED)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


def test_ended_is_ended() -> None:
    for state in lifecycle.ENDED:
        assert not [act for s, act in lifecycle.STEPS if s == state]
    assert set(lifecycle.STATES) == {s for s, _a in lifecycle.STEPS} | set(lifecycle.ENDED)


def test_what_an_act_lacks_is_named() -> None:
    held = Held(lifecycle.ISSUED, 1, 2, 3, START)
    wrong = [
        (Event("extend", 1, due=START), "directives.not-later"),
        (Event("ask-extension", 2), "directives.not-later"),
        (Event("refuse-extension", 1), "directives.nothing-asked"),
        (Event("reassign", 2), "directives.no-person"),
        (Event("move", 2, lead=5), "directives.no-successor"),
        (Event("accept", 1), "directives.other-side"),
        (Event("complete", 1), "directives.not-in-this-state"),
    ]
    assert [(after(held, e).code, code) for e, code in wrong] == [(c, c) for _e, c in wrong]
    drafted = Held(lifecycle.DRAFT, 1)
    assert after(drafted, Event("issue", 1, 2, 3)).code == "directives.no-day"
    assert after(drafted, Event("issue", 1, 2, 0, START)).code == "directives.no-person"
