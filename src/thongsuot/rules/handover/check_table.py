"""One table of an inventory or of receipts, read line by line for the check of the two piles."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from thongsuot.rules.handover.kinds import KINDS, kind_like
from thongsuot.rules.handover.kinds_columns import common_columns
from thongsuot.rules.kernel.cells import (
    Raw,
    Separators,
    read_code,
    read_number,
    read_unit,
    separators,
)
from thongsuot.rules.kernel.cells_row import HeaderNames, Headers, header_key, row_shape

Rows = Callable[[], Iterable[tuple[int, Sequence[Raw]]]]

SCALE = 4  # quantities are compared in ten-thousandths: the finest unit has four places
NOT_COUNTED = -1
_LARGEST = 9 * 10**17
_PLAIN_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9./_\-]*[A-Za-z0-9])?")
_SHEET_NUMBER = re.compile(r"\d[\d.,]*[eE][+-]?\d+")
_HEAD_ROWS = 40
_COMMON = HeaderNames({column.key: column.titles for column in common_columns()})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table stands: the file as the user named it, and the sheet."""

    file: str
    sheet: str


class Line(NamedTuple):
    """One row of a table as the check needs it.

    ``quantity`` is in ten-thousandths, ``NOT_COUNTED`` when blank or unreadable. ``measure`` is a
    code of a unit or the word that stood there, "" when blank. ``fault`` is the code of what makes
    the row impossible to check, "" when nothing does.
    """

    code: str
    title: str
    quantity: int
    measure: str
    fault: str = ""


@dataclass(slots=True)
class Table:
    """One sheet with its header recognised.

    ``rows`` may be called more than once and gives (row number, cells) from the top of the sheet.
    ``one_each``: a row without a quantity is one thing. ``skipped`` counts the rows that are no
    lines, by shape (blank, total, header, heading), as they are read.
    """

    source: Source
    rows: Rows
    headers: Headers
    titles: tuple[str, ...]
    first: int
    one_each: bool
    skipped: dict[str, int] = field(default_factory=dict)

    def lines(self) -> Iterator[tuple[int, Line]]:
        """The lines below the header, each with its row number."""
        reader = _LineReader(self)
        rows = iter(self.rows())
        for number, row in rows:
            if number > self.first:
                line = reader.first_rows(row)
                if line is not None:
                    yield number, line
                if number >= self.first + 3:
                    break
        read = reader.read
        for number, row in rows:
            line = read(row)
            if line is not None:
                yield number, line


def open_table(source: Source, rows: Rows) -> Table | None:
    """The table in a sheet; None when no row of its top is a header with a code column.

    Shapes: the header is looked for in the first 40 rows by the titles and aliases of the kinds.
    """
    top = list(islice(iter(rows()), _HEAD_ROWS))
    found = _COMMON.find(row for _, row in top)
    if found is None:
        return None
    number, titles = top[found.row]
    kinds = kind_like(titles)
    names = kinds[0].header if kinds else _COMMON
    headers = names.match(titles, found.row)
    if "code" not in headers.places:
        return None
    counted = any(kind.counted for kind in kinds or KINDS.values())
    one_each = "quantity" not in headers.places or not counted
    keys = tuple(header_key(title) for title in titles)
    return Table(source, rows, headers, keys, number, one_each)


class _LineReader:
    """Reads the rows of one table; what repeats is read once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        places = table.headers.places
        self._code = places["code"]
        self._title = places.get("title", -1)
        self._quantity = places.get("quantity", -1)
        self._measure = places.get("measure", -1)
        self._width = max(self._code, self._title, self._quantity, self._measure) + 1
        self._blank = 10**SCALE if table.one_each else NOT_COUNTED
        self._quantities: dict[tuple[type, Raw], tuple[int, str]] = {}
        self._measures: dict[Raw, str] = {"": "", None: ""}
        self._how: Separators | None = None

    def first_rows(self, row: Sequence[Raw]) -> Line | None:
        """As ``read``, for the rows under the header, where columns may be numbered."""
        shape = row_shape(row, self._table.titles)
        if shape == "row":
            return self.read(row)
        self._skip(shape)
        return None

    def read(self, row: Sequence[Raw]) -> Line | None:
        """The line; None for rows that are none (blank, totals, headings), which are counted."""
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        raw = row[self._code]
        code, fault = raw, ""
        if type(raw) is not str or not _PLAIN_CODE.fullmatch(raw):
            shape = row_shape(row, self._table.titles)
            if shape != "row":
                self._skip(shape)
                return None
            code, fault = _odd_code(raw)
        elif "0" <= raw[0] <= "9" and _SHEET_NUMBER.fullmatch(raw):
            code, fault = "", "code-shortened"
        title = row[self._title] if self._title >= 0 else ""
        measure, quantity = "", self._blank
        if self._measure >= 0:
            said = row[self._measure]
            known = self._measures.get(said)
            measure = self._unit(said) if known is None else known
        if self._quantity >= 0:
            quantity, wrong = self._counted(row[self._quantity])
            fault = fault or wrong
        title = title if type(title) is str else "" if title is None else str(title)
        return tuple.__new__(Line, (code, title, quantity, measure, fault))

    def _skip(self, shape: str) -> None:
        self._table.skipped[shape] = self._table.skipped.get(shape, 0) + 1

    def _unit(self, raw: Raw) -> str:
        cell = read_unit(raw)
        measure = str(cell.value) if cell.value is not None else header_key(raw)
        self._measures[raw] = measure
        return measure

    def _counted(self, raw: Raw) -> tuple[int, str]:
        key = (raw.__class__, raw)
        known = self._quantities.get(key)
        if known is None:
            known = self._quantities[key] = self._count(raw)
        return known

    def _count(self, raw: Raw) -> tuple[int, str]:
        cell = read_number(raw, self._how or Separators())
        if cell.problems and cell.problems[0].code == "cell.number-doubtful":
            cell = read_number(raw, self._evidence())
        value = cell.value
        if value is None:
            return (NOT_COUNTED, "quantity-unreadable") if cell.problems else (self._blank, "")
        parts = Decimal(str(value)).scaleb(SCALE)
        if parts != int(parts) or parts > _LARGEST:
            return NOT_COUNTED, "quantity-unreadable"
        return int(parts), ""

    def _evidence(self) -> Separators:
        """How the whole column writes its numbers; looked at once, when first in doubt."""
        if self._how is None:
            at = self._quantity
            below = (row for n, row in self._table.rows() if n > self._table.first)
            self._how = separators(row[at] for row in below if at < len(row))
        return self._how


def _odd_code(raw: Raw) -> tuple[str, str]:
    if type(raw) is float and raw.is_integer() and 0 <= raw < 1e15:
        return str(int(raw)), ""
    cell = read_code(raw, limit=200)
    if cell.value is None:
        spoilt = {"cell.code-shortened": "code-shortened", "cell.code-became-day": "code-is-day"}
        problem = cell.problems[0].code if cell.problems else ""
        return "", spoilt.get(problem, "code-unreadable") if problem else "no-code"
    return str(cell.value), ""
