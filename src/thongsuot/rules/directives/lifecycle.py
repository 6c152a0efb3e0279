"""The states of a duty and the steps between them, as a table; and who holds it in each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from thongsuot.rules.kernel.problem import Problem

DRAFT, ISSUED, ACCEPTED, RETURNED = "draft", "issued", "accepted", "returned"
IN_PROGRESS, REPORTED, COMPLETED = "in-progress", "reported", "completed"
RECALLED, DROPPED = "recalled", "dropped"
STATES = (
    DRAFT, ISSUED, ACCEPTED, RETURNED, IN_PROGRESS, REPORTED, COMPLETED, RECALLED, DROPPED,
)  # fmt: skip
# Somebody is bound by it, and somebody waits for it.
OPEN = (ISSUED, ACCEPTED, RETURNED, IN_PROGRESS, REPORTED)
# It is the lead's to do.
TO_DO = (ISSUED, ACCEPTED, IN_PROGRESS)
ENDED = (COMPLETED, RECALLED, DROPPED)

# (state, act) → state. What is not in the table cannot be done.
STEPS: Mapping[tuple[str, str], str] = {
    (DRAFT, "change"): DRAFT,
    (DRAFT, "issue"): ISSUED,
    (DRAFT, "drop"): DROPPED,
    (ISSUED, "accept"): ACCEPTED,
    (ISSUED, "return"): RETURNED,
    (ACCEPTED, "return"): RETURNED,
    (RETURNED, "change"): RETURNED,
    (RETURNED, "issue"): ISSUED,
    (ISSUED, "progress"): IN_PROGRESS,
    (ACCEPTED, "progress"): IN_PROGRESS,
    (IN_PROGRESS, "progress"): IN_PROGRESS,
    (ISSUED, "answer"): IN_PROGRESS,
    (ACCEPTED, "answer"): IN_PROGRESS,
    (IN_PROGRESS, "answer"): IN_PROGRESS,
    (ISSUED, "report-done"): REPORTED,
    (ACCEPTED, "report-done"): REPORTED,
    (IN_PROGRESS, "report-done"): REPORTED,
    (REPORTED, "send-back"): IN_PROGRESS,
    (REPORTED, "complete"): COMPLETED,
    **{(state, "recall"): RECALLED for state in OPEN},
    **{(state, "move"): state for state in OPEN},
    **{(state, "reassign"): state for state in TO_DO},
    **{(state, act): state for state in TO_DO for act in ("ask-extension", "extend", "refuse-extension", "part-done")},
}  # fmt: skip


def check_step(state: str, act: str, subject: str = "") -> Problem | None:
    """Whether the act is possible in that state; the facts name both."""
    if (state, act) in STEPS:
        return None
    return Problem("directives.not-in-this-state", subject, {"state": state, "act": act})


@dataclass(frozen=True, slots=True)
class Held:
    """A duty as far as it must never fall between two chairs.

    ``due`` is None only in a draft; ``asked`` is the moment until which more time was asked for.
    """

    state: str
    assigner: int
    lead: int = 0
    person: int = 0
    due: datetime | None = None
    asked: datetime | None = None

    @property
    def holder(self) -> int:
        """The one body in whose hands it is tonight.

        The lead while it is to be done; the assigner while it is a draft, was returned, or waits
        to be accepted; nobody (0) once it has ended.
        """
        if self.state in ENDED:
            return 0
        return self.lead if self.state in TO_DO else self.assigner


@dataclass(frozen=True, slots=True)
class Event:
    """One act on a duty, with what it brings. ``by`` is the body that the person speaks for."""

    act: str
    by: int
    lead: int = 0
    person: int = 0
    due: datetime | None = None
    old: int = 0  # move: the body that ends


OF_ASSIGNER = frozenset(
    {"change", "issue", "drop", "complete", "send-back", "recall", "extend", "refuse-extension"}
)
OF_LEAD = frozenset(
    {"accept", "return", "progress", "answer", "report-done", "ask-extension", "reassign"}
)


def after(held: Held, event: Event) -> Held | Problem:
    """The duty after an act, or why the act is refused.

    The same table as the pages and the API: whatever the order of acts, an issued duty has a
    holder and a due moment, and only its assigner completes it.
    """
    problem = check_step(held.state, event.act) or _wrong_side(held, event) or _lacks(held, event)
    if problem is not None:
        return problem
    moved = replace(held, state=STEPS[held.state, event.act])
    change = _CHANGES.get(event.act)
    return change(moved, event) if change else moved


def _wrong_side(held: Held, event: Event) -> Problem | None:
    side = (
        held.assigner
        if event.act in OF_ASSIGNER
        else held.lead
        if event.act in OF_LEAD
        else event.by
    )
    return None if event.by == side else Problem("directives.other-side", "", {"act": event.act})


def _lacks(held: Held, event: Event) -> Problem | None:
    if event.act == "issue" and not (event.lead and event.person and event.due):
        return Problem("directives.no-day" if not event.due else "directives.no-person")
    if event.act == "move" and not (event.lead and event.due and event.old):
        return Problem("directives.no-successor")
    if event.act == "reassign" and not event.person:
        return Problem("directives.no-person")
    if event.act in ("extend", "ask-extension") and (
        event.due is None or held.due is None or event.due <= held.due
    ):
        return Problem("directives.not-later")
    if event.act == "refuse-extension" and held.asked is None:
        return Problem("directives.nothing-asked")
    return None


def _issued(held: Held, event: Event) -> Held:
    return replace(held, lead=event.lead, person=event.person, due=event.due, asked=None)


def _moved(held: Held, event: Event) -> Held:
    return replace(
        held,
        assigner=event.lead if held.assigner == event.old else held.assigner,
        lead=event.lead if held.lead == event.old else held.lead,
        person=event.person if held.lead == event.old else held.person,
        due=event.due if held.lead == event.old else held.due,
    )


_CHANGES: Mapping[str, Callable[[Held, Event], Held]] = {
    "issue": _issued,
    "move": _moved,
    "reassign": lambda held, event: replace(held, person=event.person),
    "ask-extension": lambda held, event: replace(held, asked=event.due),
    "extend": lambda held, event: replace(held, due=event.due, asked=None),
    "refuse-extension": lambda held, _event: replace(held, asked=None),
    "recall": lambda held, _event: replace(held, asked=None),
}
