"""Rows out: the file that is written is one that can be brought in again.

No cell is ever a formula: in XLSX texts are text cells, in CSV a text that a spreadsheet would
run gets an apostrophe in front, which reading takes away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, BinaryIO

import xlsxwriter

from thongsuot.foundation.imports.columns import NUMBERS, shown
from thongsuot.foundation.imports.engine import ColumnSpec, ImportKind, Value
from thongsuot.rules.kernel.quantity import UNITS

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ROWS_OF_SHEET = 1_048_576
_EXACT = 10**15  # a spreadsheet keeps fifteen digits
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")

Row = Mapping[str, Value]


class AsTyped(str):
    """A text that is written as it stood, though its column holds numbers or days."""

    __slots__ = ()


def write_rows(
    kind: ImportKind,
    rows: Iterable[Row],
    out: BinaryIO,
    *,
    form: str = "xlsx",
    more: Sequence[str] = (),
) -> int:
    """Write rows in the columns of a kind, in the order of its template; how many there were.

    Shapes: ``form`` is xlsx or csv; ``more`` are titles of columns beside those of the kind,
    whose texts stand in the rows under those titles.
    """
    if form == "csv":
        return _csv(kind, rows, out, more)
    return _xlsx(kind, rows, out, more)


def guarded(text: str) -> str:
    """A text that no spreadsheet runs when it opens the CSV it stands in."""
    return f"'{text}" if text.lstrip("'").startswith(STARTS_FORMULA) else text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(STARTS_FORMULA) else text


def _csv(kind: ImportKind, rows: Iterable[Row], out: BinaryIO, more: Sequence[str]) -> int:
    wrapper = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(wrapper)
    writer.writerow([*(guarded(c.title) for c in kind.columns), *map(guarded, more)])
    count = 0
    for row in rows:
        cells = []
        for column in kind.columns:
            text = shown(column, row.get(column.key))
            # The sign of a negative number starts no formula; a code that begins so does.
            cells.append(text if str(column.type) in NUMBERS else guarded(text))
        writer.writerow([*cells, *(guarded(str(row.get(title) or "")) for title in more)])
        count += 1
    wrapper.detach()
    return count


def _xlsx(kind: ImportKind, rows: Iterable[Row], out: BinaryIO, more: Sequence[str]) -> int:
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "number": book.add_format({"num_format": "#,##0.####"}),
        "text": book.add_format({"num_format": "@"}),
    }
    count = 0
    source = iter(rows)
    for part in range(1, 10_000):
        some = list(islice(source, 1))
        if part > 1 and not some:
            break
        title = sheet_name(kind.title if part == 1 else f"{kind.title} {part}")
        count += _sheet(
            book, title, kind, chain(some, islice(source, ROWS_OF_SHEET - 2)), more, looks
        )
    book.close()
    return count


def sheet_name(title: str) -> str:
    """The title as the name of a sheet: without the signs that may not stand in one, 31 long."""
    return _NOT_IN_NAMES.sub("-", title).strip()[:31] or "Bảng kê"


def _sheet(
    book: Any,
    name: str,
    kind: ImportKind,
    rows: Iterator[Row],
    more: Sequence[str],
    looks: Mapping[str, Any],
) -> int:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    titles = [*(column.title for column in kind.columns), *more]
    sheet.set_column(0, len(titles) - 1, 18)
    for at, title in enumerate(titles):
        sheet.write_string(0, at, title, looks["head"])
    number = 0
    for number, row in enumerate(rows, 1):
        for at, column in enumerate(kind.columns):
            value = row.get(column.key)
            if value is not None:
                _cell(sheet, number, at, column, value, looks)
        for at, title in enumerate(more, len(kind.columns)):
            sheet.write_string(number, at, str(row.get(title) or "")[:32_767], looks["text"])
    return number


def _cell(
    sheet: Any, row: int, at: int, column: ColumnSpec, value: Value, looks: Mapping[str, Any]
) -> None:
    kind = "text" if isinstance(value, AsTyped) else str(column.type)
    if kind == "date" and isinstance(value, str) and len(value) == 10:
        sheet.write_datetime(
            row, at, datetime.combine(date.fromisoformat(value), datetime.min.time()), looks["day"]
        )
    elif kind in NUMBERS:
        number = Decimal(str(value))
        if kind == "quantity" and column.unit in UNITS:
            number = number.scaleb(-UNITS[column.unit].scale)
        if abs(number) < _EXACT:
            sheet.write_number(row, at, float(number), looks["number"])
        else:
            sheet.write_string(row, at, f"{number:f}", looks["text"])
    elif kind == "year":
        sheet.write_number(row, at, int(str(value)))
    else:
        text = value if isinstance(value, AsTyped) else shown(column, value)
        sheet.write_string(row, at, text[:32_767], looks["text"])
