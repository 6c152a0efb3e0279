"""The life of a difficulty as a table: who holds it, what an answer must say, when it is due.

A difficulty (vướng mắc) or a proposal (kiến nghị) has exactly one holder from the moment it is
raised. An answer ends it; passing it on gives it to the body that is named as competent, never to
nobody, and never back to a body that has already said it is not competent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.problem import Problem

WAITING, ANSWERED, WITHDRAWN = "waiting", "answered", "withdrawn"
STATES = (WAITING, ANSWERED, WITHDRAWN)
ACCEPTED, PARTLY, REFUSED, PASSED = "accepted", "partly", "refused", "passed"
ANSWERS = (ACCEPTED, PARTLY, REFUSED, PASSED)
ASK_AGAIN, WITHDRAW, REMIND, MOVE = "ask-again", "withdraw", "remind", "move"
RAISE = "raise"
ACTS = (*ANSWERS, ASK_AGAIN, WITHDRAW, REMIND, MOVE)

# (state, act) → state. What is not in the table cannot be done.
TABLE: Mapping[tuple[str, str], str] = {
    (WAITING, ACCEPTED): ANSWERED,
    (WAITING, PARTLY): ANSWERED,
    (WAITING, REFUSED): ANSWERED,
    (WAITING, PASSED): WAITING,
    (WAITING, REMIND): WAITING,
    (WAITING, MOVE): WAITING,  # the holder ends: its successor goes on
    (WAITING, WITHDRAW): WITHDRAWN,
    (ANSWERED, ASK_AGAIN): WAITING,  # the answer does not help: the superior of who answered
}
OPEN = frozenset({WAITING})
USUAL_DAYS, URGENT_DAYS = 10, 3  # working days; no source was read: an office sets its own
SHORTEST_REASON = 10  # characters: "không được" is no reason


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a difficulty stands: its state, who holds it, who raised it, who let it go by.

    Shapes: bodies are ids. ``passed_by`` are the bodies that have passed it on so far.
    """

    state: str
    holder: int
    raiser: int
    due_on: date
    passed_by: frozenset[int] = frozenset()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step asked for. ``to`` is the body it goes to, 0 where the step names none."""

    act: str
    on: date
    text: str = ""
    basis: str = ""
    to: int = 0


def check_step(standing: Standing, step: Step, subject: str = "") -> tuple[Problem, ...]:
    """Why a step may not be taken; empty when it may."""
    if (standing.state, step.act) not in TABLE:
        facts: dict[str, object] = {"state": standing.state, "act": step.act}
        return (Problem("difficulties.not-in-this-state", subject, facts),)
    found = []
    if step.act in (*ANSWERS, ASK_AGAIN) and len(step.text.strip()) < SHORTEST_REASON:
        found.append(Problem("difficulties.answer-needed", subject, {"least": SHORTEST_REASON}))
    if step.act in (REFUSED, PASSED) and not step.basis.strip():
        found.append(Problem("difficulties.basis-needed", subject))
    if step.act in (PASSED, MOVE, ASK_AGAIN):
        found += _check_receiver(standing, step, subject)
    return tuple(found)


def _check_receiver(standing: Standing, step: Step, subject: str) -> list[Problem]:
    if not step.to:
        return [Problem("difficulties.competent-needed", subject)]
    if step.act == PASSED and step.to == standing.holder:
        return [Problem("difficulties.passed-to-itself", subject)]
    if step.act == PASSED and step.to in standing.passed_by:
        return [Problem("difficulties.passed-back", subject, {"body": step.to})]
    return []


def after(standing: Standing, step: Step, due_on: date) -> Standing:
    """Where the difficulty stands once the step is taken.

    Raises KeyError for a step that is not in the table: ``check_step`` comes first.
    """
    state = TABLE[(standing.state, step.act)]
    passed = standing.passed_by | {standing.holder} if step.act == PASSED else standing.passed_by
    return replace(
        standing,
        state=state,
        holder=step.to if step.act in (PASSED, MOVE, ASK_AGAIN) else standing.holder,
        due_on=due_on if step.act in (PASSED, ASK_AGAIN) else standing.due_on,
        passed_by=frozenset() if step.act == ASK_AGAIN else passed,
        answer=step.act if state == ANSWERED else "",
    )


def due_on(raised: date, calendar: WorkingCalendar, *, urgent: bool = False) -> date:
    """The working day by which an answer is due; the day it came is not counted."""
    return calendar.add(raised, URGENT_DAYS if urgent else USUAL_DAYS)


def days_late(standing: Standing, today: date, calendar: WorkingCalendar) -> int:
    """How many working days an answer is late; 0 when it is not, or was given."""
    return calendar.between(standing.due_on, today) if standing.state in OPEN else 0


def check_raised(title: str, text: str, field: str, article: str) -> tuple[Problem, ...]:
    """What a difficulty must say to be answered: what it is, about which field, on which article.

    An article that is missing is a warning: who is stuck often does not know it yet.
    """
    found = []
    if len(title.strip()) < SHORTEST_REASON:
        found.append(Problem("difficulties.title-needed", "", {"least": SHORTEST_REASON}))
    if len(text.strip()) < SHORTEST_REASON:
        found.append(Problem("difficulties.text-needed", "", {"least": SHORTEST_REASON}))
    if not field.strip():
        found.append(Problem("difficulties.field-needed"))
    if not article.strip():
        found.append(Problem("difficulties.article-missing", blocks=False))
    return tuple(found)


def check_same(state: str, same_as: int, one: int) -> tuple[Problem, ...]:
    """Whether one difficulty may be joined to another: chains end, nothing joins itself."""
    if same_as == one:
        return (Problem("difficulties.same-as-itself", str(one)),)
    if state == WITHDRAWN:
        return (Problem("difficulties.same-as-withdrawn", str(same_as)),)
    return ()


def holders_at_fault(standings: Iterable[tuple[str, Standing]]) -> tuple[Problem, ...]:
    """The difficulties that wait and that nobody holds: must be empty on every day."""
    return tuple(
        Problem("difficulties.nobody-holds", code)
        for code, standing in standings
        if standing.state in OPEN and not standing.holder
    )
