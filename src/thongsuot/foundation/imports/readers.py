"""Tables out of files: XLSX and ODS by calamine, CSV by ourselves. Knows no Django.

``read_tables`` is all that others need: it passes the gate, never raises for what a user did,
and gives rows with the numbers that the spreadsheet shows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from thongsuot.foundation.imports import containers
from thongsuot.foundation.imports.csvtext import CsvText, read_csv
from thongsuot.foundation.imports.limits import USUAL, Limits
from thongsuot.foundation.imports.sheetxml import Place, SheetMarks
from thongsuot.foundation.imports.trimmed import trimmed_copy
from thongsuot.foundation.imports.watching import Watching
from thongsuot.rules.kernel.problem import Problem, blocking

Row = list[object]
Span = tuple[int, int, int, int]  # first row, first column, last row, last column; from 1


class SheetUnreadable(Exception):
    """The sheet is broken inside a sound package; ``problem`` says which. Nothing was read."""

    def __init__(self, name: str) -> None:
        self.problem = Problem("imports.sheet-unreadable", name)
        super().__init__(name)


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook, or the whole of a CSV file.

    ``size`` is the number of rows with something in them, as far as it is known before reading.
    ``problems`` say why this sheet cannot be read; other sheets may be.
    """

    name: str
    hidden: bool = False
    size: int = 0
    marks: SheetMarks = field(default_factory=SheetMarks)
    merged: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
    _source: "CsvText | _Book | None" = None
    _index: int = 0
    _limits: Limits = USUAL

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows from the top, each with its number; may be walked more than once.

        Shapes: blank is ``""`` (workbook) or ``""`` (CSV); numbers of a workbook are floats, days
        are dates. Stops after ``empty_run`` empty rows in a run. Rows of a workbook have equal
        length; those of a CSV file are as long as they were written. Raises SheetUnreadable when
        the sheet is broken inside; ``load`` tells that beforehand.
        """
        if isinstance(self._source, CsvText):
            yield from _until_empty(self._source.rows(), self._limits, self._source.first)
        elif self._source is not None:
            cells = self._source.sheet(self._index)
            rows = _until_empty(cells.iter_rows(), self._limits, 1)
            yield from _exact(rows, self.marks.exact) if self.marks.exact else rows

    def load(self) -> None:
        """Read the sheet into memory now and learn which cells are merged.

        A sheet that cannot be followed to its end gets a problem that says so.
        """
        if not isinstance(self._source, _Book) or blocking(self.problems):
            return
        try:
            spans = self._source.sheet(self._index).merged_cell_ranges or []
        except SheetUnreadable as fault:
            self.problems = (*self.problems, fault.problem)
            return
        self.merged = tuple((a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in spans)


@dataclass(slots=True)
class Workbook:
    """What was read from one file. With a problem that blocks there are no sheets.

    ``from_1904``: days are counted from 1904. ``comments`` and ``objects`` (pictures, text boxes,
    charts) are counted because nothing in them is read; ``links`` are connections to the outside,
    none of which is followed.
    """

    kind: str
    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    from_1904: bool = False
    comments: int = 0
    objects: int = 0
    links: int = 0
    encoding: str = ""
    separator: str = ""

    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that a person sees and that have rows."""
        return tuple(s for s in self.sheets if not s.hidden and s.size)


def read_tables(
    path: Path,
    *,
    name: str = "",
    limits: Limits = USUAL,
    encoding: str = "",
    separator: str = "",
    as_csv: bool = False,
) -> Workbook:
    """Open a file of rows: XLSX, ODS or CSV, by what it is and not by what it is called.

    Shapes: ``name`` is the name it was sent under; ``encoding`` and ``separator`` are a person's
    choice for CSV; ``as_csv``: a person said to read a wrongly named file as CSV.

    Returns a workbook; whatever is wrong with the file is in its ``problems``.
    """
    name = name or path.name
    watching = Watching()
    found = containers.gate(path, name, limits=limits, watch=watching.watch)
    problems = found.problems
    if found.kind == containers.CSV and (as_csv or encoding):
        problems = ()
    if blocking(problems):
        return Workbook(found.kind, problems=problems)
    if found.kind == containers.CSV:
        return _csv(path, name, limits, encoding, separator)
    return _package(path, name, limits, found, watching)


def _csv(path: Path, name: str, limits: Limits, encoding: str, separator: str) -> Workbook:
    text = read_csv(path, name, limits, encoding, separator)
    if blocking(text.problems):
        return Workbook(containers.CSV, problems=text.problems)
    sheet = Sheet(name, size=1 if text.text.strip() else 0, _source=text, _limits=limits)
    return Workbook(
        containers.CSV,
        (sheet,),
        text.problems,
        encoding=text.encoding,
        separator=text.separator,
    )


def _package(
    path: Path, name: str, limits: Limits, found: containers.Container, watching: Watching
) -> Workbook:
    book = _Book.open(path)
    if book is None:
        return Workbook(found.kind, problems=(Problem("imports.file-damaged", name),))
    marks = watching.marks()
    sheets = [
        _sheet(book, index, title, hidden, marks.get(title), limits)
        for index, title, hidden in book.titles()
    ]
    return Workbook(
        found.kind,
        tuple(sheets),
        from_1904=watching.from_1904,
        comments=watching.comments,
        objects=watching.objects,
        links=watching.links,
    )


def _sheet(
    book: "_Book", index: int, title: str, hidden: bool, marks: SheetMarks | None, limits: Limits
) -> Sheet:
    if marks is None:  # nobody saw it while it was counted, so nobody opens it
        unread = (Problem("imports.sheet-unreadable", title),)
        return Sheet(title, hidden, 1, problems=unread)
    sheet = Sheet(title, hidden, marks.valued, marks, _source=book, _index=index, _limits=limits)
    if marks.valued > limits.rows + 100:  # title rows and totals come on top
        facts = {"limit": limits.rows, "rows": marks.valued}
        sheet.problems = (Problem("imports.too-many-rows", title, facts),)
    elif marks.last_row * marks.last_column > limits.cells:
        part = marks.part
        trimmed = _Book.trimmed(book.path, part, limits) if part and not marks.odd else None
        if trimmed is None:
            sheet.problems = (Problem("imports.too-many-cells", title, {"limit": limits.cells}),)
        else:
            sheet._source, left_out = trimmed
            if left_out:
                facts = {"count": left_out}
                sheet.problems = (Problem("imports.cells-outside", title, facts, blocks=False),)
    return sheet


def _until_empty(
    rows: Iterator[list[Any]], limits: Limits, first: int
) -> Iterator[tuple[int, Row]]:
    """Number the rows; stop when too many in a run are empty."""
    empty = 0
    for number, row in enumerate(rows, first):
        if any(row) or 0 in row:
            empty = 0
        else:
            empty += 1
            if empty > limits.empty_run:
                return
        yield number, row


def _exact(
    rows: Iterator[tuple[int, Row]], exact: Mapping[Place, int]
) -> Iterator[tuple[int, Row]]:
    """Put long whole numbers back as they stand in the file: a float does not hold them."""
    by_row: dict[int, list[tuple[int, int]]] = {}
    for (number, column), value in exact.items():
        by_row.setdefault(number, []).append((column - 1, value))
    for number, row in rows:
        for at, value in by_row.get(number, ()):
            if at < len(row):
                row[at] = value
        yield number, row


class _Book:
    """A workbook opened by calamine; holds the one sheet that was asked for last."""

    def __init__(self, workbook: CalamineWorkbook, path: Path) -> None:
        self.path = path
        self._workbook = workbook
        self._loaded: tuple[int, CalamineSheet] | None = None

    @classmethod
    def open(cls, path: Path) -> "_Book | None":
        """The workbook in the file; None when calamine cannot follow it."""
        try:
            return cls(CalamineWorkbook.from_path(path), path)
        except CalamineError:
            return None

    @classmethod
    def trimmed(cls, path: Path, part: str, limits: Limits) -> "tuple[_Book, int] | None":
        """The workbook with one sheet cut to its table, and how many cells were cut off."""
        copy, left_out = trimmed_copy(path, part, limits)
        try:
            return cls(CalamineWorkbook.from_filelike(copy), path), left_out
        except CalamineError:
            return None

    def titles(self) -> Iterator[tuple[int, str, bool]]:
        """Index, name and whether it is hidden, of every sheet of cells."""
        for index, sheet in enumerate(self._workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                yield index, sheet.name, sheet.visible != SheetVisibleEnum.Visible

    def sheet(self, index: int) -> CalamineSheet:
        """The sheet, read into memory once."""
        if self._loaded is None or self._loaded[0] != index:
            self._loaded = None  # let the other sheet go before this one comes
            try:
                self._loaded = (index, self._workbook.get_sheet_by_index(index))
            except CalamineError as fault:
                raise SheetUnreadable(self._workbook.sheet_names[index]) from fault
        return self._loaded[1]
