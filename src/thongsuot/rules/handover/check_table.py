"""One table of an inventory or of receipts, read line by line for the check of the two piles."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from operator import itemgetter
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
from thongsuot.rules.kernel.cells_row import (
    HeaderNames,
    Headers,
    header_key,
    numbers_columns,
    row_shape,
)

Rows = Callable[[], Iterable[tuple[int, Sequence[Raw]]]]

SCALE = 4  # quantities are compared in ten-thousandths: the finest unit has four places
NOT_COUNTED = -1
_LARGEST = 9 * 10**17
_PLAIN_CODE = re.compile(r"[A-Za-z0-9Đđ](?:[A-Za-z0-9Đđ./_\-]*[A-Za-z0-9Đđ])?")
_DIGIT = re.compile("[0-9]")
_SHEET_NUMBER = re.compile(r"\d[\d.,]*[eE][+-]?\d+")
_HEAD_ROWS = 40
_BLOCK = 500  # few enough to stay in the processor's cache
_WITHIN_CODES = str.maketrans("", "", "./_-\n")
_EDGES = tuple(edge for sign in "./_-\n" for edge in (f"\n{sign}", f"{sign}\n"))
_SHEET_NUMBERS = re.compile(r"\n\d[\d.,]*[eE][+-]?\d+\n")
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
    ``head`` is the title of the code column. ``one_each``: a row without a quantity is one thing.
    ``skipped`` counts the rows that are no
    lines, by shape (blank, total, header, heading), as they are read.
    """

    source: Source
    rows: Rows
    headers: Headers
    titles: tuple[str, ...]
    first: int
    head: Raw
    one_each: bool
    skipped: dict[str, int] = field(default_factory=dict)

    def blocks(self) -> Iterator["Block"]:
        """The lines below the header, some thousand at a time."""
        reader = _LineReader(self)
        rows = iter(self.rows())
        for number, row in rows:
            if number > self.first:
                yield reader.slow([(number, row)], under_header=True)
                if number >= self.first + 3:
                    break
        while chunk := list(islice(rows, _BLOCK)):
            yield reader.quick(chunk) or reader.slow(chunk)

    def lines(self) -> Iterator[tuple[int, Line]]:
        """The lines below the header, each with its row number."""
        for block in self.blocks():
            yield from block.lines()


class Block(NamedTuple):
    """Some lines of a table, column by column; ``faults`` is empty when none has a fault."""

    rows: Sequence[int]
    codes: Sequence[str]
    titles: Sequence[str]
    quantities: Sequence[int]
    measures: Sequence[str]
    faults: Sequence[str] = ()

    def lines(self) -> Iterator[tuple[int, Line]]:
        """The same lines one by one."""
        faults = self.faults or [""] * len(self.rows)
        columns = (self.codes, self.titles, self.quantities, self.measures, faults)
        return zip(self.rows, map(Line._make, zip(*columns, strict=True)), strict=True)


def one_line(row: int, line: Line) -> Block:
    """A block of one line."""
    return Block((row,), (line.code,), (line.title,), (line.quantity,), (line.measure,))


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
    head = titles[headers.places["code"]]
    return Table(source, rows, headers, keys, number, head, one_each)


class _LineReader:
    """Reads the rows of one table; what repeats is read once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        places = table.headers.places
        self._code = places["code"]
        self._title = places.get("title", -1)
        self._quantity = places.get("quantity", -1)
        self._measure = places.get("measure", -1)
        # A column that is not there is picked from the codes, and not looked at.
        wanted = (self._title, self._quantity, self._measure)
        self._pick = itemgetter(self._code, *(at if at >= 0 else self._code for at in wanted))
        self._width = max(self._code, self._title, self._quantity, self._measure) + 1
        self._blank = 10**SCALE if table.one_each else NOT_COUNTED
        self._quantities: dict[tuple[type, Raw], tuple[int, str]] = {}
        self._wholes: dict[float, int] = {}  # the ordinary ones, at hand
        self._measures: dict[Raw, str] = {"": "", None: ""}
        self._how: Separators | None = None

    def quick(self, chunk: Sequence[tuple[int, Sequence[Raw]]]) -> Block | None:
        """The block of these rows when every one of them is clean, else None.

        Clean: a plain code, a text as title, a number that is no surprise, a known unit.
        """
        numbers, rows = zip(*chunk, strict=True)
        try:
            codes, titles, said, units = zip(*map(self._pick, rows), strict=True)
        except IndexError:  # a row shorter than the table
            return None
        if self._title < 0:
            titles = ("",) * len(rows)
        if not self._plain(codes) or not set(map(type, titles)) <= {str}:
            return None
        quantities, measures = self._known_quantities(said), self._known_measures(units)
        if None in quantities or None in measures:
            return None
        return Block(numbers, codes, titles, quantities, measures)  # type: ignore[arg-type]  # no None

    def _known_quantities(self, said: Sequence[Raw]) -> Sequence[int | None]:
        """The quantities that are plain numbers, None for the others."""
        if self._quantity < 0:
            return [self._blank] * len(said)
        if set(map(type, said)) != {float}:
            return (None,)
        for value in set(said) - self._wholes.keys():
            self._counted(value)
        return list(map(self._wholes.get, said))  # type: ignore[arg-type]  # floats, see above

    def _known_measures(self, said: Sequence[Raw]) -> Sequence[str | None]:
        """The units of the rows."""
        if self._measure < 0:
            return [""] * len(said)
        for unit in set(said) - self._measures.keys():
            self._unit(unit)
        return list(map(self._measures.get, said))

    def _plain(self, codes: Sequence[Raw]) -> bool:
        """Whether these are all plain codes, as ``read`` takes them; looked at in one go."""
        if set(map(type, codes)) != {str} or self._table.head in codes:
            return False
        framed = "\n" + "\n".join(codes) + "\n"  # type: ignore[arg-type]  # texts, see above
        return (
            framed.replace("Đ", "D").replace("đ", "d").isascii()
            and framed.count("\n") == len(codes) + 1
            and framed.translate(_WITHIN_CODES).isalnum()
            and not any(edge in framed for edge in _EDGES)
            and _SHEET_NUMBERS.search(framed) is None
        )

    def slow(
        self, chunk: Sequence[tuple[int, Sequence[Raw]]], *, under_header: bool = False
    ) -> Block:
        """The block of these rows, each looked at closely; rows that are no lines are left out."""
        lines: list[tuple[int, Line]] = []
        for number, row in chunk:
            # Under a header columns may be numbered: (1) (2) (3).
            numbering = under_header and numbers_columns(row)
            line = self._skip("heading") if numbering else self.read(row)
            if line is not None:
                lines.append((number, line))
        columns: list[tuple[object, ...]] = list(zip(*(line for _, line in lines), strict=True))
        return Block([number for number, _ in lines], *(columns or [()] * 5))  # type: ignore[arg-type]  # the fields of Line

    def read(self, row: Sequence[Raw]) -> Line | None:
        """The line; None for rows that are none (blank, totals, headings), which are counted."""
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        raw = row[self._code]
        code, fault = raw, ""
        if type(raw) is not str or not _PLAIN_CODE.fullmatch(raw) or raw == self._table.head:
            shape = row_shape(row, self._table.titles) if _may_be_no_line(raw) else "row"
            if shape != "row":
                return self._skip(shape)
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
            said = row[self._quantity]
            whole = self._wholes.get(said) if type(said) is float else None
            if whole is None:
                quantity, wrong = self._counted(said)
                fault = fault or wrong
            else:
                quantity = whole
        title = title if type(title) is str else "" if title is None else str(title)
        return tuple.__new__(Line, (code, title, quantity, measure, fault))

    def _skip(self, shape: str) -> Line | None:
        """Count a row that is no line."""
        self._table.skipped[shape] = self._table.skipped.get(shape, 0) + 1
        return None

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
            if type(raw) is float and not known[1]:
                self._wholes[raw] = known[0]
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


def _may_be_no_line(raw: Raw) -> bool:
    """Whether a row with this in its code column may be a total, a heading or a header."""
    if isinstance(raw, str):
        return len(raw) < 4 or _DIGIT.search(raw) is None
    return not isinstance(raw, float) or raw < 100


def _odd_code(raw: Raw) -> tuple[str, str]:
    if type(raw) is float and raw.is_integer() and 0 <= raw < 1e15:
        return str(int(raw)), ""
    cell = read_code(raw, limit=200)
    if cell.value is None:
        spoilt = {"cell.code-shortened": "code-shortened", "cell.code-became-day": "code-is-day"}
        problem = cell.problems[0].code if cell.problems else ""
        return "", spoilt.get(problem, "code-unreadable") if problem else "no-code"
    return str(cell.value), ""
