"""Figures of one day cut to the units of another, out of the registry of this office."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.apps.registry.models import UnitVersion
from thongsuot.apps.registry.queries import edges_of, names_of
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.registry.history import History
from thongsuot.rules.registry.recut import Recut, problems_of, recut
from thongsuot.rules.registry.recut_table import Cells, FigureTable, Find, read_figures

CODE_LENGTH = 5  # of a commune; a spreadsheet loses the zeros in front


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the new cut: its figure, how it came about, out of what."""

    key: str
    code: str
    name: str
    value: int
    method: str
    origin: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The answer: the lines, what is left over, what was wrong in the table; all adds up."""

    lines: tuple[Line, ...]
    left: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    rows: int
    given: int
    arrived: int
    kept_back: int


class Names:
    """Looking units up as they were on a day: by code, by name with its kind, by bare name."""

    def __init__(self, versions: Iterable[UnitVersion]) -> None:
        self.codes: dict[str, int] = {}
        self.names: defaultdict[str, list[int]] = defaultdict(list)
        for version in versions:
            if version.code:
                self.codes[version.code] = version.unit_id
            self.names[version.folded].append(version.unit_id)
            self.names[fold(version.name)].append(version.unit_id)

    def find(self, code: str, name: str) -> tuple[int, ...]:
        """The units that a code or else a name may mean."""
        if code:
            for form in (code, code.zfill(CODE_LENGTH)):
                if form in self.codes:
                    return (self.codes[form],)
        return tuple(dict.fromkeys(self.names.get(fold(name), ()))) if name else ()


def names_on(on: date) -> Names:
    """Everything called anything on that day. One query."""
    rows = UnitVersion.objects.on(on).only("unit_id", "code", "name", "folded")
    return Names(rows.iterator(2_000))


def cut(rows: Iterable[Cells], asked_on: date, on: date, counts: str) -> Cut:
    """Read a table of figures of one day and cut it to the units of another."""
    there, here = names_on(asked_on), names_on(on)
    return cut_with(rows, there.find, here.find, asked_on, on, counts)


def cut_with(  # what a table needs to be read and cut
    rows: Iterable[Cells], find: Find, find_target: Find, asked_on: date, on: date, counts: str
) -> Cut:
    """The same with the look-ups given."""
    return cut_table(read_figures(rows, find, find_target), asked_on, on, counts)


def cut_table(table: FigureTable, asked_on: date, on: date, counts: str) -> Cut:
    """Figures that are read already, by unit, cut to the units of another day."""
    edges = edges_of(sorted(table.figures)) if table.figures else ()
    ends = {u for e in edges for u in (e.src, e.dst) if u is not None} | set(table.figures)
    versions = names_of(ends)
    periods = {u: tuple(Period(v.since, v.until) for v in vs) for u, vs in versions.items()}
    history = History(edges, periods)
    result = recut(
        table.figures, lambda unit: history.whereabouts(unit, asked_on, on), table.shares, counts
    )
    return _told(table, result, versions, asked_on, on)


def _told(
    table: FigureTable,
    result: Recut,
    versions: dict[int, list[UnitVersion]],
    asked_on: date,
    on: date,
) -> Cut:
    def name(unit: int, day: date) -> str:
        version = _at(versions.get(unit, []), day)
        return f"{version.full_name} ({version.code})" if version else str(unit)

    origins: defaultdict[int, list[str]] = defaultdict(list)
    for part in result.parts:
        origins[part.dst].append(name(part.src, asked_on))
    lines = [
        Line(
            version.unit.key,
            version.code,
            version.full_name,
            value,
            result.method(unit),
            "; ".join(origins[unit]),
        )
        for unit, value in result.totals.items()
        if (version := _at(versions.get(unit, []), on)) is not None
    ]
    lines.sort(key=lambda line: line.code)
    days = {line.src for line in result.left}
    left = problems_of(result, lambda unit: name(unit, asked_on if unit in days else on))
    return Cut(
        tuple(lines), left, tuple(table.problems), table.rows, result.given, result.arrived,
        result.kept_back,
    )  # fmt: skip


def _at(versions: Sequence[UnitVersion], day: date) -> UnitVersion | None:
    return next(
        (v for v in versions if day in Period(v.since, v.until)), versions[-1] if versions else None
    )
