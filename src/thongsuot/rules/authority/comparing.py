"""Before and after: what of the whole table changes hands between two days, or by a draft."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.rules.authority.table import State, Table
from thongsuot.rules.authority.values import Office, Rule
from thongsuot.rules.authority.world import World


class Change(StrEnum):
    """What happened to a matter between two sides."""

    GAINED = "gained"  # nobody had it, somebody has
    LOST = "lost"  # of one body or tier: it went to somebody else
    MOVED = "moved"
    GAP = "gap"  # somebody had it, nobody has
    CLASH = "clash"  # texts clash that did not
    SETTLED = "settled"  # texts clashed, now one answer


@dataclass(frozen=True, slots=True)
class Side:
    """One table as of one day."""

    table: Table
    on: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one side says of a matter: whom, by which rules, or why nobody."""

    state: str
    offices: tuple[Office, ...] = ()
    rules: tuple[Rule, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One matter that differs between two sides.

    ``unit`` None: in the whole country but for units that have a line of their own; else in that
    unit. ``least`` and ``most``: only for that much money; both None for any.
    """

    matter: str
    field: str
    unit: int | None
    least: int | None
    most: int | None
    before: Outcome
    after: Outcome
    change: str


Holds = Callable[[Office], bool]


def compare(
    before: Side, after: Side, world: World, *, place: int | None = None, field: str = ""
) -> tuple[Line, ...]:
    """Every matter whose holder differs between two sides, by field, then matter.

    Shapes: with ``place`` only as it is in that unit; with ``field`` only of that field.
    """
    matters = sorted({*before.table.by_matter, *after.table.by_matter})
    lines: list[Line] = []
    for matter in matters:
        rules = (
            *before.table.by_matter.get(matter, ()),
            *after.table.by_matter.get(matter, ()),
        )
        of = next((r.field for r in rules if r.field), "")
        if field and of != field:
            continue
        for unit in _atoms(rules) if place is None else (place,):
            lines += _lines_of(before, after, world, matter, of, unit, rules, own=place is not None)
    return tuple(sorted(lines, key=lambda x: (x.field, x.matter, x.unit or 0, x.least or 0)))


def _atoms(rules: Iterable[Rule]) -> list[int | None]:
    """Where a matter may be held otherwise than elsewhere: each unit a rule names, and the rest."""
    return [None, *sorted({unit for r in rules for unit in r.place})]


def _bands(rules: Iterable[Rule]) -> Iterator[tuple[int | None, int | None]]:
    """The stretches of money within which every rule says the same."""
    edges = {r.least for r in rules if r.least is not None}
    edges |= {r.most + 1 for r in rules if r.most is not None}
    if not edges:
        yield None, None
        return
    marks = sorted(edges | {0})
    for at, mark in enumerate(marks):
        yield mark, marks[at + 1] - 1 if at + 1 < len(marks) else None


def _lines_of(  # noqa: PLR0913  # one matter, one place, two sides
    before: Side,
    after: Side,
    world: World,
    matter: str,
    field: str,
    unit: int | None,
    rules: tuple[Rule, ...],
    *,
    own: bool,
) -> Iterator[Line]:
    whole = None
    for least, most in _bands(rules):
        old = _outcome(before, world, matter, unit, least)
        new = _outcome(after, world, matter, unit, least)
        change = change_of(old, new)
        if not change:
            continue
        if unit is not None and not own:  # the line of the whole country says it already
            whole = whole or _same_as_everywhere(before, after, world, matter)
            if whole(old, new, least):
                continue
        yield Line(matter, field, unit, least, most, old, new, change)


def _same_as_everywhere(
    before: Side, after: Side, world: World, matter: str
) -> Callable[[Outcome, Outcome, int | None], bool]:
    def same(old: Outcome, new: Outcome, amount: int | None) -> bool:
        return _outcome(before, world, matter, None, amount) == old and (
            _outcome(after, world, matter, None, amount) == new
        )

    return same


def _outcome(
    side: Side, world: World, matter: str, unit: int | None, amount: int | None
) -> Outcome:
    units = () if unit is None else tuple(world.chain(unit, side.on).values())
    found = side.table.find(matter, units, side.on, amount)
    if found.state == State.ONE:
        office = found.ends[0].to
        if not world.has_tier(office.tier, side.on):
            return Outcome(State.GAP, (office,), found.ends, "no-unit")
        return Outcome(State.ONE, (office,), found.ends)
    offices = tuple(sorted({r.to for r in found.ends}))
    return Outcome(found.state, offices, found.ends, found.reason)


def change_of(before: Outcome, after: Outcome) -> str:
    """What happened between two outcomes; empty when the same office has it."""
    if before.state == after.state:
        if before.state == State.GAP or before.offices == after.offices:
            return ""
        return Change.MOVED if before.state == State.ONE else Change.CLASH
    if after.state == State.GAP:
        return Change.GAP
    if after.state == State.ONE:
        return Change.GAINED if before.state == State.GAP else Change.SETTLED
    return Change.CLASH


def seen_by(lines: Iterable[Line], holds: Holds) -> tuple[tuple[str, Line], ...]:
    """The lines as one body or tier sees them: what it gained, lost, or what is left to nobody.

    Shapes: ``holds`` tells whether an office is that body or of that tier.
    """
    found = []
    for line in lines:
        had = any(holds(o) for o in line.before.offices) and line.before.state != State.GAP
        has = any(holds(o) for o in line.after.offices) and line.after.state != State.GAP
        if not had and not has:
            continue
        if had and has:
            found.append((str(line.change), line))
        elif has:
            mixed = line.after.state == State.DOUBTFUL
            found.append((str(Change.CLASH if mixed else Change.GAINED), line))
        else:
            gone = {State.GAP: Change.GAP, State.DOUBTFUL: Change.CLASH}
            found.append((str(gone.get(State(line.after.state), Change.LOST)), line))
    return tuple(found)


def without_successor(
    table: Table, world: World, office: Holds, place: int, last: date, then: date
) -> tuple[Line, ...]:
    """The matters that an office decided on its last day and that nobody decides the day after.

    What keeps a body from closing: each power it exercised needs a rule that gives it on.
    """
    lines = compare(Side(table, last), Side(table, then), world, place=place)
    return tuple(
        line
        for line in lines
        if line.before.state == State.ONE
        and any(office(o) for o in line.before.offices)
        and line.after.state == State.GAP
    )


def without_body(
    table: Table, world: World, office: Holds, place: int, last: date, then: date
) -> tuple[Line, ...]:
    """The matters that an office decided on its last day and that its rules still give it after.

    What is left when the only body of its kind in a place ends: the rules go on, and nobody is
    there to follow them.
    """
    lines = []
    for matter, rules in sorted(table.by_matter.items()):
        field = next((r.field for r in rules if r.field), "")
        for least, most in _bands(rules):
            old = _outcome(Side(table, last), world, matter, place, least)
            new = _outcome(Side(table, then), world, matter, place, least)
            if old.state != State.ONE or new.state != State.ONE:
                continue
            if any(office(o) for o in old.offices) and any(office(o) for o in new.offices):
                nobody = Outcome(State.GAP, new.offices, new.rules, "no-body")
                lines.append(Line(matter, field, place, least, most, old, nobody, Change.GAP))
    return tuple(lines)
