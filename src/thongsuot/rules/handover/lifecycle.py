"""The five ordered steps of an item, and the states of minutes and of a transition, as tables."""

from collections.abc import Mapping
from datetime import date

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.problem import Problem

REVIEW, COUNT, CONSOLIDATE, CLASSIFY, HAND_OVER = 1, 2, 3, 4, 5
# rà soát → thống kê → tổng hợp → phân loại → bàn giao
STEPS: dict[int, str] = {
    REVIEW: "review",
    COUNT: "count",
    CONSOLIDATE: "consolidate",
    CLASSIFY: "classify",
    HAND_OVER: "hand-over",
}

States = Mapping[tuple[str, str], str]

DRAFT, OPEN, FINISHED = "draft", "open", "closed"
# (state, act) → state. What is not in the table cannot be done.
TRANSITION: States = {
    (DRAFT, "open"): OPEN,
    (DRAFT, "change"): DRAFT,
    (OPEN, "change"): OPEN,
    (OPEN, "work"): OPEN,
    (OPEN, "close"): FINISHED,
}

COUNTING, GIVER_SIGNED, SIGNED, WITHDRAWN = "counting", "giver-signed", "signed", "withdrawn"
MINUTES: States = {
    (COUNTING, "count"): COUNTING,
    (COUNTING, "sign-giver"): GIVER_SIGNED,
    (COUNTING, "withdraw"): WITHDRAWN,
    (GIVER_SIGNED, "sign-receiver"): SIGNED,
    (GIVER_SIGNED, "reopen"): COUNTING,
    (GIVER_SIGNED, "withdraw"): WITHDRAWN,
    (SIGNED, "correct"): SIGNED,
}


def check_step(item: str, at: int, to: int) -> Problem | None:
    """Whether an item at step ``at`` may go to step ``to``: only to the next one."""
    if to not in STEPS:
        return Problem("handover.step-unknown", item, {"to": to})
    if to == at + 1:
        return None
    code = "handover.step-skipped" if to > at else "handover.step-back"
    return Problem(code, item, {"at": at, "to": to})


def check_state(table: States, state: str, act: str, subject: str = "") -> Problem | None:
    """Whether the act is possible in that state; the facts name the state."""
    if (state, act) in table:
        return None
    return Problem("handover.not-in-this-state", subject, {"state": state, "act": act})


def days_standing(since: date, today: date, calendar: WorkingCalendar) -> int:
    """How many working days an item has been standing at its step."""
    return calendar.between(since, today)
