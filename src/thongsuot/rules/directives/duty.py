"""A duty (nhiệm vụ), and what it must have before anybody is bound by it."""

from collections.abc import Sequence
from dataclasses import dataclass

from thongsuot.rules.kernel.problem import Problem

LONGEST_TASK, LONGEST_TEXT = 1000, 500
MOST_PARTS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """What a co-ordinating body does (phối hợp): its own piece, never just a name on a list."""

    body: int
    what: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A duty as somebody wishes to issue it.

    Shapes: bodies and people by number, 0 for none; ``places`` are the units it is to be done in;
    ``has_day`` and ``has_rhythm`` say which kind of term is given. ``in_force`` are those of its
    bodies that exist on the day, ``in_post`` whether the person holds a post there today.
    """

    assigner: int
    lead: int
    person: int
    task: str
    places: tuple[int, ...]
    place_words: str
    has_day: bool
    has_rhythm: bool
    parts: tuple[Part, ...] = ()
    report_to: int = 0
    in_force: frozenset[int] = frozenset()
    in_post: bool = True
    past: bool = False


def check_may_be_issued(asked: Asked, subject: str = "") -> tuple[Problem, ...]:
    """Everything that keeps a duty from being issued, at once; empty: it binds.

    A draft may lack anything. An issued duty names a person, a task, a place and a day or a
    rhythm, has one lead, and gives each co-ordinating body a piece of its own.
    """
    found = [
        *_missing(asked, subject),
        *_parts(asked, subject),
        *_bodies(asked, subject),
    ]
    if asked.person and not asked.in_post:
        found.append(Problem("directives.person-elsewhere", subject))
    if asked.past:
        found.append(Problem("directives.day-past", subject))
    return tuple(found)


def _missing(asked: Asked, subject: str) -> list[Problem]:
    needed = (
        (bool(asked.lead), "directives.no-lead"),
        (bool(asked.person), "directives.no-person"),
        (bool(asked.task.strip()), "directives.no-task"),
        (bool(asked.places) or bool(asked.place_words.strip()), "directives.no-place"),
        (asked.has_day or asked.has_rhythm, "directives.no-day"),
    )
    found = [Problem(code, subject) for there, code in needed if not there]
    if asked.has_day and asked.has_rhythm:
        found.append(Problem("directives.day-and-rhythm", subject))
    return found


def _parts(asked: Asked, subject: str) -> list[Problem]:
    found = []
    bodies = [p.body for p in asked.parts]
    if asked.lead and asked.lead in bodies:
        found.append(Problem("directives.lead-helps-itself", subject))
    if len(set(bodies)) != len(bodies):
        found.append(Problem("directives.part-twice", subject))
    if any(not p.what.strip() for p in asked.parts):
        found.append(Problem("directives.part-without-work", subject))
    if len(bodies) > MOST_PARTS:
        found.append(Problem("directives.too-many-parts", subject, {"most": MOST_PARTS}))
    return found


def _bodies(asked: Asked, subject: str) -> list[Problem]:
    named = {asked.assigner, asked.lead, asked.report_to, *(p.body for p in asked.parts)} - {0}
    return [
        Problem("directives.body-not-in-force", subject, {"body": body})
        for body in sorted(named - asked.in_force)
    ]


def check_chain(own: int, above: Sequence[tuple[int, int]]) -> tuple[Problem, ...]:
    """Whether a duty may hang below others: no ring, and its assigner leads the one above.

    Shapes: ``above`` are (duty, lead) from the nearest to the first; ``own`` is the assigner.
    """
    if not above:
        return ()
    if len({duty for duty, _lead in above}) != len(above):
        return (Problem("directives.chain-in-ring"),)
    if above[0][1] != own:
        return (Problem("directives.not-the-lead-above", "", {"body": own}),)
    return ()
