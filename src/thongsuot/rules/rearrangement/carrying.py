"""How each fate is carried out: steps in their order, each with its day; who is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.rearrangement.option import Fate


class Step(StrEnum):
    """What is done with a unit once an option was approved."""

    DECISION = "decision"  # ban hành quyết định
    PEOPLE = "people"  # bố trí người
    HANDOVER = "handover"  # bàn giao hồ sơ, tài sản, tài chính
    SEAL = "seal"  # nộp lại, khắc con dấu
    ANNOUNCE = "announce"  # công bố, hoạt động theo mô hình mới


ORDER = tuple(Step)
STEPS_OF: Mapping[Fate, tuple[Step, ...]] = {
    Fate.KEEP: (),
    Fate.RENAME: (Step.DECISION, Step.SEAL, Step.ANNOUNCE),
    Fate.MOVE: (Step.DECISION, Step.HANDOVER, Step.ANNOUNCE),
    Fate.CONVERT: (Step.DECISION, Step.ANNOUNCE),
    Fate.MERGE: ORDER,
    Fate.DISSOLVE: (Step.DECISION, Step.PEOPLE, Step.HANDOVER, Step.SEAL),
}


@dataclass(frozen=True, slots=True)
class Carried:
    """One step for one unit: by when, and since when it is done."""

    step: Step
    due_on: date
    done_on: date | None = None


def check_days(days: Mapping[Step, date], begun_on: date) -> tuple[Problem, ...]:
    """Whether every step has a day, none before the decision or before the step it follows."""
    missing = [Problem("rearrangement.day-needed", s.value) for s in ORDER if s not in days]
    if missing:
        return tuple(missing)
    found = []
    before = begun_on
    for step in ORDER:
        if days[step] < before:
            facts = {"on": days[step], "before": before}
            found.append(Problem("rearrangement.days-crossed", step.value, facts))
        before = max(before, days[step])
    return tuple(found)


def check_carry(steps: Iterable[Carried], doing: Step, subject: str = "") -> Problem | None:
    """Whether a step may be said to be done now: it is one of the unit's, open, and next."""
    rows = sorted(steps, key=lambda c: ORDER.index(c.step))
    mine = next((c for c in rows if c.step is doing), None)
    if mine is None:
        return Problem("rearrangement.no-such-step", subject)
    if mine.done_on is not None:
        return Problem("rearrangement.step-done-already", subject, {"on": mine.done_on})
    before = next((c for c in rows if c.done_on is None), mine)
    if before.step is not doing:
        return Problem("rearrangement.step-skipped", subject, {"first": before.step.value})
    return None


def late(steps: Iterable[Carried], today: date) -> tuple[Carried, ...]:
    """The steps whose day has passed and that are not done, in order."""
    rows = sorted(steps, key=lambda c: ORDER.index(c.step))
    return tuple(c for c in rows if c.done_on is None and c.due_on < today)
