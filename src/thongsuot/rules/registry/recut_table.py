"""A table of figures as people send it: which unit, how much, and the shares where one was divided."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.registry.recut import Pair

Cells = Sequence[object]
Find = Callable[[str, str], tuple[int, ...]]  # code and name of a row → the units it may mean

HEADINGS = {
    "code": ("ma", "ma don vi", "ma dvhc", "ma xa", "ma phuong", "code", "unit code"),
    "name": ("don vi", "ten don vi", "ten", "xa phuong", "dia ban", "name", "unit"),
    "value": ("so lieu", "gia tri", "so luong", "dan so", "tong so", "value", "figure"),
    "to": ("ma nhan", "ma don vi nhan", "ma moi", "don vi nhan", "to", "target"),
    "share": ("ty le", "ti le", "ty le %", "phan tram", "share", "%"),
}
_GROUPED = re.compile(r"-?\d{1,3}([.,  ]\d{3})+")
_WHOLE = re.compile(r"-?\d{1,15}")
_DECIMAL = re.compile(r"\d{1,6}([.,]\d{1,9})?")
_RATIO = re.compile(r"(\d{1,9})/(\d{1,9})")
LONGEST = 200
MOST_PROBLEMS = 200


@dataclass(slots=True)
class FigureTable:
    """What a table says: figures by unit, shares by (unit, unit it goes to), what is wrong."""

    figures: dict[int, int] = field(default_factory=dict)
    shares: dict[Pair, Fraction] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


def read_figures(rows: Iterable[Cells], find: Find, find_target: Find) -> FigureTable:
    """Read a table; every row that cannot be read is named, none stops the others.

    Shapes: ``find`` looks a unit up on the day of the figures, ``find_target`` on the day of the
    new cut. Without a header: code and figure, or code, name and figure. A unit that is divided
    has one row for each unit it goes to, with its share; its figure stands in one of them or in all.
    """
    table = FigureTable()
    columns: dict[str, int] | None = None
    raw: dict[int, dict[int, Fraction]] = {}
    for number, row in enumerate(rows, 1):
        cells = [_text(c) for c in row]
        if not any(cells):
            continue
        if columns is None:
            columns, is_header = _columns(cells)
            if is_header:
                continue
        table.rows += 1
        problem = _row(cells, columns, find, find_target, table, raw)
        if problem is not None and len(table.problems) < MOST_PROBLEMS:
            facts = {**problem.facts, "row": number}
            table.problems.append(Problem(problem.code, problem.subject, facts, blocks=False))
    for unit, shares in raw.items():
        scale = 100 if sum(shares.values(), Fraction(0)) > Fraction(3, 2) else 1
        table.shares |= {(unit, to): share / scale for to, share in shares.items()}
    return table


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())[:LONGEST] if cell is not None else ""


def _columns(cells: Sequence[str]) -> tuple[dict[str, int], bool]:
    """Where each column stands, and whether this row is the header that says so."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        told = fold(cell).strip(" .:")
        for key, names in HEADINGS.items():
            if told in names:
                found.setdefault(key, at)
    if "value" in found and ("code" in found or "name" in found):
        return found, True
    if len(cells) >= 3 and not read_whole(cells[1]):
        return {"code": 0, "name": 1, "value": 2}, False
    return {"code": 0, "value": 1}, False


def _row(  # one row of the table
    cells: Sequence[str],
    columns: dict[str, int],
    find: Find,
    find_target: Find,
    table: FigureTable,
    raw: dict[int, dict[int, Fraction]],
) -> Problem | None:
    said = {key: cells[at] for key, at in columns.items() if at < len(cells)}
    code, name, value = said.get("code", ""), said.get("name", ""), said.get("value", "")
    units = find(code, name)
    if len(units) != 1:
        problem = "registry.recut-several-units" if units else "registry.recut-unknown-unit"
        return Problem(problem, code or name)
    (unit,) = units
    share = said.get("share", "")
    if share:
        wrong = _share(said.get("to", ""), share, unit, find_target, raw)
        if wrong is not None or not value:
            return wrong
    return _figure(unit, value, code or name, table)


def _figure(unit: int, value: str, called: str, table: FigureTable) -> Problem | None:
    """Take the figure of a unit; the same one may stand in several rows, another may not."""
    whole = read_whole(value)
    if whole is None:
        return Problem("registry.recut-not-a-number", called, {"text": value[:40]})
    if table.figures.setdefault(unit, whole) != whole:
        return Problem("registry.recut-two-figures", called)
    return None


def _share(
    to: str, text: str, unit: int, find_target: Find, raw: dict[int, dict[int, Fraction]]
) -> Problem | None:
    targets = find_target(to, to)
    if len(targets) != 1:
        return Problem("registry.recut-unknown-target", to)
    share = read_share(text)
    if share is None:
        return Problem("registry.recut-not-a-share", text[:40])
    raw.setdefault(unit, {})[targets[0]] = share
    return None


def read_whole(text: str) -> int | None:
    """A whole number as offices write it: 1234, 1.234, 1 234, 1,234; None for anything else."""
    clean = text.strip().replace("−", "-")
    if _GROUPED.fullmatch(clean):
        clean = re.sub(r"[.,  ]", "", clean)
    return int(clean) if _WHOLE.fullmatch(clean) else None


def read_share(text: str) -> Fraction | None:
    """A share as it is written: 25%, 25, 0,25, 1/3; hundredths are told by what they add up to."""
    clean = text.replace("%", "").strip()
    ratio = _RATIO.fullmatch(clean)
    if ratio and int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[2]))
    if _DECIMAL.fullmatch(clean):
        return Fraction(clean.replace(",", "."))
    return None
