"""An option: the fate of every unit that is there, and what comes out of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from thongsuot.rules.kernel.problem import Problem


class Fate(StrEnum):
    """What becomes of a unit. Every one that is there has exactly one."""

    KEEP = "keep"  # giữ nguyên
    RENAME = "rename"  # đổi tên
    MOVE = "move"  # chuyển về cơ quan khác
    CONVERT = "convert"  # chuyển cơ chế tự chủ, chuyển đổi loại hình
    MERGE = "merge"  # sáp nhập, hợp nhất vào
    DISSOLVE = "dissolve"  # giải thể


STAYS = frozenset({Fate.KEEP, Fate.RENAME, Fate.MOVE, Fate.CONVERT})


@dataclass(frozen=True, slots=True)
class Present:
    """A unit as it is now: ``people`` are all of them, ``leaders`` the posts of its head and deputies."""

    code: str
    name: str
    owner: int
    people: int
    leaders: int
    funding: str = ""


@dataclass(frozen=True, slots=True)
class Founded:
    """A unit that others merge into and that is not there yet."""

    code: str
    name: str
    owner: int
    leaders: int


@dataclass(frozen=True, slots=True)
class Line:
    """The fate of one unit.

    Shapes: ``into`` and the three takers are codes of units that are there afterwards; ``released``
    are the people who leave (nghỉ, tinh giản); ``leaders`` None: as many as now. ``owner`` 0, ``name``
    and ``funding`` empty: as now.
    """

    unit: str
    fate: Fate
    name: str = ""
    owner: int = 0
    funding: str = ""
    into: str = ""
    tasks_to: str = ""
    assets_to: str = ""
    people_to: str = ""
    released: int = 0
    leaders: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A unit as it is afterwards, with who went into it."""

    code: str
    name: str
    owner: int
    people: int
    leaders: int
    out_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """Units, people and posts of leaders together."""

    units: int = 0
    people: int = 0
    leaders: int = 0

    def plus(self, people: int, leaders: int) -> "Sum":
        """With one unit more."""
        return Sum(self.units + 1, self.people + people, self.leaders + leaders)


@dataclass(frozen=True, slots=True)
class Total:
    """Before and after, of one owner or of all."""

    before: Sum = Sum()
    after: Sum = Sum()
    released: int = 0

    @property
    def fewer(self) -> Sum:
        """By how much it is less; negative where it is more."""
        b, a = self.before, self.after
        return Sum(b.units - a.units, b.people - a.people, b.leaders - a.leaders)

    @property
    def fewer_percent(self) -> Fraction | None:
        """By how many percent there are fewer units; None where there were none."""
        if not self.before.units:
            return None
        return Fraction(100 * self.fewer.units, self.before.units)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many units have a fate (n/N), and those that have none."""

    done: int
    of: int
    missing: tuple[Present, ...]


def coverage(present: Sequence[Present], lines: Iterable[Line]) -> Coverage:
    """How many of the units have their fate; the others named, in order."""
    said = {line.unit for line in lines}
    missing = tuple(p for p in present if p.code not in said)
    return Coverage(len(present) - len(missing), len(present), missing)


def outcomes(
    present: Sequence[Present], lines: Sequence[Line], founded: Sequence[Founded] = ()
) -> tuple[Outcome, ...]:
    """The units afterwards, in the order of those they are made of, then those founded.

    People go with their unit: whoever is not released is in exactly one of them, as long as
    ``check_option`` finds nothing. Units without a fate are in none.
    """
    fates = {line.unit: line for line in lines}
    people: Counter[str] = Counter()
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for unit in present:
        line = fates.get(unit.code)
        if line is not None:
            to = goes_to(line)
            people[to] += unit.people - line.released
            sources[to].append(unit.code)
    stay = [
        _stayed(unit, fates[unit.code], people, sources)
        for unit in present
        if unit.code in fates and fates[unit.code].fate in STAYS
    ]
    fresh = [
        Outcome(f.code, f.name, f.owner, people[f.code], f.leaders, tuple(sources[f.code]))
        for f in founded
    ]
    return (*stay, *fresh)


def goes_to(line: Line) -> str:
    """The code of the unit in which the people of a unit are afterwards."""
    if line.fate in STAYS:
        return line.unit
    return line.into if line.fate is Fate.MERGE else line.people_to


def _stayed(
    unit: Present, line: Line, people: Mapping[str, int], sources: Mapping[str, list[str]]
) -> Outcome:
    return Outcome(
        unit.code,
        line.name or unit.name,
        line.owner or unit.owner,
        people[unit.code],
        unit.leaders if line.leaders is None else line.leaders,
        tuple(sources[unit.code]),
    )


def totals(
    present: Sequence[Present], lines: Sequence[Line], founded: Sequence[Founded] = ()
) -> dict[int, Total]:
    """Before and after by owner; 0 is all of them together."""
    before: defaultdict[int, Sum] = defaultdict(Sum)
    after: defaultdict[int, Sum] = defaultdict(Sum)
    released: Counter[int] = Counter()
    fates = {line.unit: line for line in lines}
    for unit in present:
        for owner in (unit.owner, 0):
            before[owner] = before[owner].plus(unit.people, unit.leaders)
            released[owner] += fates[unit.code].released if unit.code in fates else 0
    for one in outcomes(present, lines, founded):
        for owner in (one.owner, 0):
            after[owner] = after[owner].plus(one.people, one.leaders)
    return {o: Total(before[o], after[o], released[o]) for o in {0, *before, *after}}


def check_option(
    present: Sequence[Present], lines: Sequence[Line], founded: Sequence[Founded] = ()
) -> tuple[Problem, ...]:
    """Everything that keeps an option from being submitted; empty: nothing is left out or twice."""
    units = {p.code: p for p in present}
    found = [
        Problem("rearrangement.without-fate", p.name, {"code": p.code})
        for p in coverage(present, lines).missing
    ]
    times = Counter(line.unit for line in lines)
    found += [
        Problem("rearrangement.two-fates", _name(units, c)) for c, n in times.items() if n > 1
    ]
    found += [Problem("rearrangement.unit-unknown", c) for c in times if c not in units]
    there = {line.unit for line in lines if line.fate in STAYS and line.unit in units}
    there |= {f.code for f in founded}
    for line in lines:
        if line.unit in units:
            found += _check_line(line, units[line.unit], there)
    used = {goes_to(line) for line in lines if line.fate not in STAYS}
    found += [
        Problem("rearrangement.founded-of-nothing", f.name) for f in founded if f.code not in used
    ]
    clash = sorted({f.code for f in founded} & units.keys())
    return (*found, *(Problem("rearrangement.code-taken", code) for code in clash))


def _name(units: Mapping[str, Present], code: str) -> str:
    return units[code].name if code in units else code


def _check_line(line: Line, unit: Present, there: set[str]) -> list[Problem]:
    found = []
    if not 0 <= line.released <= unit.people:
        facts = {"released": line.released, "people": unit.people}
        found.append(Problem("rearrangement.released-too-many", unit.name, facts))
    if line.leaders is not None and line.leaders < 0:
        found.append(Problem("rearrangement.number-unfit", unit.name))
    if line.fate is Fate.RENAME and line.name.strip() in ("", unit.name):
        found.append(Problem("rearrangement.name-needed", unit.name))
    if line.fate is Fate.MOVE and line.owner in (0, unit.owner):
        found.append(Problem("rearrangement.owner-needed", unit.name))
    if line.fate is Fate.CONVERT and line.funding in ("", unit.funding):
        found.append(Problem("rearrangement.funding-needed", unit.name))
    return [*found, *_takers(line, unit, there)]


def _takers(line: Line, unit: Present, there: set[str]) -> list[Problem]:
    """A merged unit names one that is there afterwards; a dissolved one names who takes what it had."""
    if line.fate is Fate.MERGE:
        if line.into in there and line.into != line.unit:
            return []
        return [Problem("rearrangement.target-missing", unit.name, {"into": line.into})]
    if line.fate is not Fate.DISSOLVE:
        return []
    takers = {"tasks": line.tasks_to, "assets": line.assets_to}
    if unit.people > line.released:
        takers["people"] = line.people_to
    return [
        Problem("rearrangement.taker-missing", unit.name, {"what": what, "to": to})
        for what, to in takers.items()
        if to not in there or to == line.unit
    ]
