"""Milestones of a plan: counted back from its day, each after those it waits for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: its number in the plan (or its id), its day, what it waits for, when it was done."""

    number: int
    due_on: date
    waits_for: tuple[int, ...] = ()
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a checklist: so many working days before the day, what, under whose eye."""

    before: int
    title: str


def count_back(
    lines: Sequence[Line], day: date, calendar: WorkingCalendar
) -> tuple[tuple[date, Line], ...]:
    """The lines of a checklist with their days, counted back in working days from a day.

    Shapes: 0 days before is the day itself when worked, else the last working day before it; in
    the order of days, lines of one day in the order given.
    """
    last = calendar.on_or_before(day)
    dated = [(calendar.add(last, -x.before) if x.before else last, x) for x in lines]
    return tuple(sorted(dated, key=lambda pair: pair[0]))


def check_roadmap(steps: Iterable[Step], last: date | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a roadmap: a ring, a step before what it waits for, one after the end.

    Shapes: numbers waited for that are not among the steps are left alone.
    """
    known = {s.number: s for s in steps}
    found = []
    for step in known.values():
        found += [
            Problem(
                "directives.step-too-early",
                str(step.number),
                {"on": step.due_on, "after": known[w].due_on, "other": w},
            )
            for w in step.waits_for
            if w in known and known[w].due_on > step.due_on
        ]
        if last is not None and step.due_on > last:
            found.append(
                Problem("directives.step-after-end", str(step.number), {"on": step.due_on})
            )
    if _ring(known):
        found.append(Problem("directives.steps-in-ring"))
    return tuple(found)


def _ring(known: dict[int, Step]) -> bool:
    """Whether following what steps wait for ever comes back: those never free of it are a ring."""
    left = dict(known)
    while left:
        free = [n for n, s in left.items() if not any(w in left for w in s.waits_for)]
        if not free:
            return True
        for number in free:
            del left[number]
    return False


def pushed(steps: Iterable[Step], today: date) -> tuple[int, ...]:
    """The steps that cannot keep their day because one they wait for is overdue, in order.

    Shapes: overdue means due before ``today`` and not done; what waits for a pushed step is
    pushed as well.
    """
    known = {s.number: s for s in steps}
    late = {n for n, s in known.items() if s.done_on is None and s.due_on < today}
    found: set[int] = set()
    grown = True
    while grown:
        more = {
            n
            for n, s in known.items()
            if s.done_on is None and n not in late | found and set(s.waits_for) & (late | found)
        }
        found |= more
        grown = bool(more)
    return tuple(sorted(found))
