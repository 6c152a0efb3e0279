"""A file, opened, understood and staged, or the questions that stand in the way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from thongsuot.foundation.imports.columns import Reading, reader_of
from thongsuot.foundation.imports.engine import ImportKind, Session
from thongsuot.foundation.imports.readers import Sheet, Workbook, read_tables
from thongsuot.foundation.imports.sheetxml import column_letters
from thongsuot.foundation.imports.staging import Stager, Table, Tell
from thongsuot.foundation.imports.table import (
    Layout,
    Options,
    Remembered,
    choose_sheet,
    find_layout,
)
from thongsuot.rules.kernel.cells import declared_scale
from thongsuot.rules.kernel.problem import Problem, blocking

_LISTED = 20  # rows named in a remark; the others are only counted


@dataclass(slots=True)
class Preview:
    """What came of a file. Without a table, ``problems`` say what is wrong or what is asked.

    ``sheets`` are the names of all sheets, ``hidden`` of those a person does not see.
    """

    problems: list[Problem] = field(default_factory=list)
    table: Table | None = None
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)
    sample: tuple[tuple[str, ...], ...] = ()
    kind_of_file: str = ""


class Source(NamedTuple):
    """A file on disk and the name under which it was sent."""

    path: Path
    name: str


def prepare(
    source: Source,
    kind: ImportKind,
    session: Callable[[], Session],
    options: Options,
    remembered: Remembered = lambda _fingerprint: None,
    tell: Tell = lambda _done, _total: None,
) -> Preview:
    """Open a file, find its table, and stage every row of it.

    Shapes: ``session`` opens the rules of the kind, once the file is known to be readable.
    """
    book = read_tables(
        source.path,
        name=source.name,
        encoding=options.encoding,
        separator=options.separator,
        as_csv=options.as_csv,
    )
    preview = Preview(list(book.problems), kind_of_file=book.kind)
    preview.sheets = tuple(sheet.name for sheet in book.sheets)
    preview.hidden = tuple(sheet.name for sheet in book.sheets if sheet.hidden and sheet.size)
    if blocking(book.problems):
        return preview
    sheet, problems = choose_sheet(book, options)
    preview.problems += problems
    if sheet is None:
        return preview
    sheet.load()
    if blocking(sheet.problems):
        preview.problems += sheet.problems
        return preview
    preview.sheet = sheet.name
    preview.layout = layout = find_layout(sheet, kind, options, remembered)
    preview.problems += layout.problems
    preview.sample = _sample(sheet, layout)
    if not blocking(layout.problems):
        preview.problems += _scale_question(sheet, layout, kind, options)
    if blocking(preview.problems):
        return preview
    stager = Stager(book, sheet, layout, kind, session(), options)
    preview.table = stager.run(tell)
    preview.problems += _remarks(book, sheet, layout, stager)
    preview.problems += _totals(kind, stager.table, options)
    return preview


def _sample(sheet: Sheet, layout: Layout) -> tuple[tuple[str, ...], ...]:
    """The first three rows below the header, as texts: for the page that asks about columns."""
    below = (row for number, row in sheet.rows() if number > layout.last)
    return tuple(tuple(_text(cell) for cell in row[:80]) for row in islice(below, 3))


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)[:80]


def _scale_question(
    sheet: Sheet, layout: Layout, kind: ImportKind, options: Options
) -> list[Problem]:
    """Ask before multiplying money by a thousand because a title says so; show what it would do."""
    money = [c for c in kind.columns if str(c.type) == "money" and c.key in layout.places]
    said = [declared_scale(text) for text in (*layout.above, *layout.titles)]
    scale = next((found for found in said if found is not None and found > 1), 1)
    if scale == 1 or options.scale or not money:
        return []
    place = layout.places[money[0].key]
    read = reader_of(money[0], Reading(scale=scale))
    examples = []
    for _number, row in islice(((n, r) for n, r in sheet.rows() if n > layout.last), 3):
        cell = row[place] if place < len(row) else ""
        value = read(cell).value if cell != "" else None
        if isinstance(value, int):
            examples.append(f"{_text(cell)} → {value}")
    facts = {"scale": scale, "column": money[0].title, "examples": tuple(examples)}
    return [Problem("imports.scale-asked", "", facts)]


def _remarks(book: Workbook, sheet: Sheet, layout: Layout, stager: Stager) -> list[Problem]:
    """Everything about the file that a person should know before applying; none of it blocks."""
    marks, shapes = sheet.marks, stager.shapes
    others = tuple(s.name for s in book.sheets if s.hidden and s.size and s is not sheet)
    columns = {place + 1 for place in layout.places.values()} & marks.hidden_columns
    formulas = sum(1 for row, _column in marks.formula_at if row > layout.last)
    counted: tuple[tuple[str, int, dict[str, object]], ...] = (
        ("imports.hidden-sheets", len(others), {"sheets": others}),
        ("imports.sheet-was-hidden", int(sheet.hidden), {"sheet": sheet.name}),
        ("imports.hidden-columns", len(columns), {"columns": _letters(columns)}),
        ("imports.hidden-rows", len(shapes.hidden), {"rows": _numbers(shapes.hidden)}),
        ("imports.struck-rows", len(shapes.struck), {"rows": _numbers(shapes.struck)}),
        ("imports.blank-rows", _gaps(shapes.blank, stager), {"rows": _numbers(shapes.blank)}),
        ("imports.formulas", formulas, {}),
        ("imports.formulas-outside", marks.outside, {}),
        ("imports.links", book.links, {}),
        ("imports.comments", book.comments, {}),
        ("imports.objects", book.objects, {}),
        ("imports.from-1904", int(book.from_1904), {}),
        ("imports.places-unknown", int(marks.odd), {}),
        ("imports.filled-down", stager.overlays.filled, {}),
        ("imports.converted", stager.converted, {}),
        ("imports.mapping-remembered", int(layout.remembered), {}),
    )
    return [
        Problem(code, "", {"count": count, **facts}, blocks=False)
        for code, count, facts in counted
        if count
    ]


def _gaps(blank: Iterable[int], stager: Stager) -> int:
    """How many empty rows lie between rows; those below the table are nothing to speak of."""
    last = max((page.last for page in stager.table.pages if page.counts.rows), default=0)
    return sum(1 for number in blank if number < last)


def _letters(columns: Iterable[int]) -> tuple[str, ...]:
    return tuple(column_letters(column) for column in sorted(columns))


def _numbers(rows: list[int]) -> tuple[str, ...]:
    shown = tuple(str(row) for row in rows[:_LISTED])
    return (*shown, "…") if len(rows) > _LISTED else shown


def _totals(kind: ImportKind, table: Table, options: Options) -> list[Problem]:
    """Compare what the file and the paper state with what was counted."""
    found = []
    for total in table.totals:
        if total.stated not in (total.counted, total.since):
            facts = {
                "row": total.row,
                "column": kind.columns[kind.at[total.column]].title,
                "stated": total.stated,
                "counted": total.counted,
                "gap": abs(total.stated - total.counted),
            }
            found.append(Problem("imports.total-differs", "", facts, blocks=False))
    return found + paper_problems(kind, table.sums, options)


def paper_problems(
    kind: ImportKind, sums: Mapping[str, Decimal], options: Options
) -> list[Problem]:
    """Where the signed paper states another total than the file; explained ones only warn."""
    found = []
    for key, stated in options.paper.items():
        counted = sums.get(key)
        if counted is not None and counted != stated:
            facts = {
                "column": kind.columns[kind.at[key]].title,
                "stated": stated,
                "counted": counted,
                "gap": abs(counted - stated),
                "explained": options.explained,
            }
            blocks = not options.explained.strip()
            found.append(Problem("imports.paper-differs", key, facts, blocks=blocks))
    return found
