"""The steps of one return, and in which one of the five counts each expected unit stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thongsuot.rules.kernel.problem import Problem


class State(StrEnum):
    """Where the return of one unit for one period stands."""

    EXPECTED = "expected"  # chưa lập
    DRAFT = "draft"  # đang soạn
    SUBMITTED = "submitted"  # đã nộp
    NOTHING = "nothing"  # không có phát sinh
    RECALLED = "recalled"  # đã rút lại
    REOPENED = "reopened"  # được mở lại


class Step(StrEnum):
    """What may be done with a return."""

    SAVE = "save"
    SUBMIT = "submit"
    NOTHING = "nothing"
    RECALL = "recall"
    REOPEN = "reopen"


_OPEN = (State.EXPECTED, State.DRAFT, State.RECALLED, State.REOPENED)
STEPS: Mapping[Step, Mapping[State, State]] = {
    Step.SAVE: {
        State.EXPECTED: State.DRAFT,
        State.DRAFT: State.DRAFT,
        State.RECALLED: State.RECALLED,
        State.REOPENED: State.REOPENED,
    },
    Step.SUBMIT: dict.fromkeys(_OPEN, State.SUBMITTED),
    Step.NOTHING: dict.fromkeys(_OPEN, State.NOTHING),
    Step.RECALL: {State.SUBMITTED: State.RECALLED, State.NOTHING: State.RECALLED},
    Step.REOPEN: {State.SUBMITTED: State.REOPENED, State.NOTHING: State.REOPENED},
}
RECEIVED = frozenset({State.SUBMITTED, State.NOTHING})


def check_step(
    state: State, step: Step, *, locked: bool, subject: str = ""
) -> tuple[State | None, tuple[Problem, ...]]:
    """The state after a step, or why it may not be taken.

    A locked period takes nothing, except that reopening one unit unlocks that unit alone: who
    gathers does it, with a reason.
    """
    if locked and step is not Step.REOPEN:
        return None, (Problem("reporting.period-locked", subject),)
    after = STEPS[step].get(state)
    if after is None:
        facts = {"state": state.value, "step": step.value}
        return None, (Problem("reporting.step-unfit", subject, facts),)
    return after, ()


class Standing(StrEnum):
    """The one count in which an expected unit stands. Every unit is in exactly one."""

    ON_TIME = "on-time"
    NOTHING = "nothing"
    LATE = "late"
    WAITING = "waiting"  # not there, and not yet due
    SILENT = "silent"  # not there, and overdue


@dataclass(frozen=True, slots=True)
class Came:
    """What is known of one expected unit.

    ``received_at`` is when what stands now first came: a correction after a reopening does not
    make an early report late; a recall by the unit takes it away.
    """

    unit: str
    received_at: datetime | None = None
    nothing: bool = False


def standing_of(came: Came, due_at: datetime, now: datetime) -> Standing:
    """In which count a unit stands at a moment. What comes at the very moment due is on time."""
    if came.received_at is None or came.received_at > now:
        return Standing.WAITING if now <= due_at else Standing.SILENT
    if came.received_at > due_at:
        return Standing.LATE
    return Standing.NOTHING if came.nothing else Standing.ON_TIME


@dataclass(frozen=True, slots=True)
class Counts:
    """Who reported: the five counts with their denominator, and the missing by name."""

    expected: int
    on_time: int = 0
    nothing: int = 0
    late: int = 0
    waiting: int = 0
    silent: int = 0
    late_names: tuple[str, ...] = ()
    missing_names: tuple[str, ...] = ()

    @property
    def received(self) -> int:
        """How many are there, in time or not, with something to report or not."""
        return self.on_time + self.nothing + self.late

    @property
    def in_time(self) -> int:
        """How many came in time, those with nothing to report among them."""
        return self.on_time + self.nothing


def count(came: Iterable[Came], due_at: datetime, now: datetime) -> Counts:
    """The counts at a moment, in the order of the units given."""
    stand = [(one.unit, standing_of(one, due_at, now)) for one in came]
    tally = {kind: sum(1 for _, s in stand if s is kind) for kind in Standing}
    return Counts(
        expected=len(stand),
        on_time=tally[Standing.ON_TIME],
        nothing=tally[Standing.NOTHING],
        late=tally[Standing.LATE],
        waiting=tally[Standing.WAITING],
        silent=tally[Standing.SILENT],
        late_names=tuple(unit for unit, s in stand if s is Standing.LATE),
        missing_names=tuple(unit for unit, s in stand if s in (Standing.WAITING, Standing.SILENT)),
    )


def check_reason(step: Step, reason: str, subject: str = "") -> tuple[Problem, ...]:
    """Recalling and reopening need a reason."""
    if step in (Step.RECALL, Step.REOPEN) and not reason.strip():
        return (Problem("reporting.reason-needed", subject),)
    return ()


def check_lock(*, locked: bool, counts: Counts, reason: str, subject: str) -> tuple[Problem, ...]:
    """Why a period may not be locked: it is already; some are missing and no reason is given."""
    if locked:
        return (Problem("reporting.locked-already", subject),)
    missing = counts.waiting + counts.silent
    if missing and not reason.strip():
        facts = {"missing": missing, "expected": counts.expected, "names": counts.missing_names[:8]}
        return (Problem("reporting.lock-with-missing", subject, facts),)
    return ()
