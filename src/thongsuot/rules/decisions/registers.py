"""Working regulations, co-ordination regulations and duty assignments, checked against the rules.

A matter that the rules give to a ward and that its duty assignment (phân công) gives to nobody is
a gap: on the day it comes up, nobody opens the file.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem

WORKING, COORDINATION, ASSIGNMENT = "working", "coordination", "assignment"
SORTS = (WORKING, COORDINATION, ASSIGNMENT)
DRAFT, IN_FORCE, REPLACED = "draft", "in-force", "replaced"
LEAD, DEPUTY = "lead", "deputy"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a register: of which sort and body, from when until when."""

    id: int
    sort: str
    body: int
    since: date
    until: date | None = None

    @property
    def period(self) -> Period:
        """The days on which it is in force."""
        return Period(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Line:
    """One matter given to one person: as lead, or as deputy for when the lead is away.

    ``field`` alone gives every matter of the field; ``matter`` gives just that one and wins.
    ``in_post`` False: the post of the person has ended.
    """

    person: str
    field: str
    matter: str = ""
    role: str = LEAD
    in_post: bool = True


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter that the rules give to the body on the day: its code, name and field."""

    code: str
    name: str
    field: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who has a matter: the leads; nobody is a gap, two are a clash."""

    matter: Matter
    leads: tuple[str, ...]
    left: tuple[str, ...] = ()

    @property
    def gap(self) -> bool:
        """Whether nobody in a post has it."""
        return not self.leads

    @property
    def clash(self) -> bool:
        """Whether two people lead on it."""
        return len(self.leads) > 1


def coverage(matters: Iterable[Matter], lines: Iterable[Line]) -> tuple[Coverage, ...]:
    """For each matter who leads on it: gaps first, then clashes, then by field and name.

    Shapes: people whose post has ended do not count; they stand in ``left``.
    """
    by_matter: defaultdict[str, list[Line]] = defaultdict(list)
    by_field: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.role == LEAD:
            (by_matter[line.matter] if line.matter else by_field[line.field]).append(line)
    found = []
    for matter in matters:
        given = by_matter.get(matter.code) or by_field.get(matter.field, [])
        leads = tuple(dict.fromkeys(x.person for x in given if x.in_post))
        left = tuple(dict.fromkeys(x.person for x in given if not x.in_post))
        found.append(Coverage(matter, leads, left))
    order = {True: 0, False: 1}
    return tuple(
        sorted(found, key=lambda c: (order[c.gap], order[c.clash], c.matter.field, c.matter.name))
    )


def coverage_problems(found: Iterable[Coverage]) -> tuple[Problem, ...]:
    """The gaps and clashes as problems; both are shown and neither forbids signing."""
    problems = []
    for one in found:
        facts: dict[str, object] = {"matter": one.matter.name, "people": one.leads or one.left}
        if one.gap and one.left:
            problems.append(
                Problem("decisions.lead-left-post", one.matter.code, facts, blocks=False)
            )
        elif one.gap:
            problems.append(
                Problem("decisions.matter-unassigned", one.matter.code, facts, blocks=False)
            )
        elif one.clash:
            problems.append(Problem("decisions.matter-twice", one.matter.code, facts, blocks=False))
    return tuple(problems)


def check_issue(
    new: Version, known: Iterable[Version], lines: Sequence[Line]
) -> tuple[Problem, ...]:
    """Why a version cannot be issued: it begins before the one in force, or says nothing."""
    found = []
    newest = max(
        (v.since for v in known if (v.sort, v.body) == (new.sort, new.body) and v.id != new.id),
        default=None,
    )
    if newest is not None and new.since <= newest:
        facts: dict[str, object] = {"since": new.since, "newest": newest}
        found.append(Problem("decisions.version-not-later", "", facts))
    if new.sort == ASSIGNMENT and not lines:
        found.append(Problem("decisions.assignment-empty"))
    return tuple(found)


def in_force_on(versions: Iterable[Version], sort: str, body: int, on: date) -> Version | None:
    """The version of a register in force on a day; None when there is none."""
    fitting = [v for v in versions if (v.sort, v.body) == (sort, body) and on in v.period]
    return max(fitting, key=lambda v: v.since, default=None)
