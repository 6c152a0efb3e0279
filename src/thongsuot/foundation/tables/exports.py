"""A list as a file: exactly the rows and columns that its filter shows, in its order."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from thongsuot.foundation import wording
from thongsuot.foundation.tables.columns import NUMERIC, Column, Exported, Kind, exported
from thongsuot.foundation.tables.guarded import guarded

BOM: Final = "\ufeff"
SHEET_ROWS: Final = 1_048_576  # of a sheet, the heading included
LONGEST_CELL: Final = 32_767
EXACT: Final = 10**15  # from here on a spreadsheet would round the number
BATCH: Final = 500
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Extract:
    """What goes into a file: the rows, and the words that say where they come from."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    says: Sequence[str]
    at: datetime
    by: str


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_text(extract: Extract, *, bom: bool = True) -> Iterator[bytes]:
    """The file piece by piece: UTF-8, comma, CRLF, text in quotes, numbers bare.

    With a byte-order mark unless told otherwise: without it Excel garbles Vietnamese letters.
    """
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_NONNUMERIC)
    yield (BOM if bom else "").encode()
    pieces = [writer.writerow([guarded(str(c.label)) for c in extract.columns])]
    for row in extract.rows:
        pieces.append(writer.writerow([_for_csv(exported(c, row)) for c in extract.columns]))
        if len(pieces) >= BATCH:
            yield "".join(pieces).encode()
            pieces = []
    yield "".join(pieces).encode()


def _for_csv(value: Exported) -> str | int:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return "" if value is None else guarded(str(value))


class _Writer:
    """Fills one workbook, a row at a time, beginning a new sheet when one is full."""

    def __init__(self, book: Workbook, extract: Extract, most: int) -> None:
        self.book, self.extract, self.most = book, extract, most
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self.grouped = book.add_format({"num_format": "#,##0"})
        self.fraction = book.add_format({"num_format": "#,##0.######"})
        self.sheets: list[Worksheet] = []
        self.at = most
        self.cut = 0

    def add(self, row: Any) -> None:
        """Write one row."""
        if self.at >= self.most:
            self._begin_sheet()
        sheet = self.sheets[-1]
        for number, column in enumerate(self.extract.columns):
            self._write(sheet, number, exported(column, row))
        self.at += 1

    def _begin_sheet(self) -> None:
        number = len(self.sheets) + 1
        sheet = self.book.add_worksheet(sheet_name(self.extract.title, number))
        for at, column in enumerate(self.extract.columns):
            sheet.set_column(at, at, _width(column))
            sheet.write_string(0, at, str(column.label), self.heading)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        self.sheets.append(sheet)
        self.at = 1

    def _write(self, sheet: Worksheet, column: int, value: Exported) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            sheet.write_datetime(self.at, column, value.replace(tzinfo=None), self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(self.at, column, value, self.day)
        elif isinstance(value, int) and abs(value) < EXACT:
            sheet.write_number(self.at, column, value, self.grouped)
        elif isinstance(value, Decimal) and abs(value) < EXACT:
            sheet.write_number(self.at, column, float(value), self.fraction)
        else:
            sheet.write_string(self.at, column, self._fitting(str(value)))

    def _fitting(self, text: str) -> str:
        if len(text) <= LONGEST_CELL:
            return text
        self.cut += 1
        return text[: LONGEST_CELL - 1] + "…"

    def close(self, count: int) -> None:
        """Add the heading of an empty list, the notes, and close."""
        if not self.sheets:
            self._begin_sheet()
        notes = self.book.add_worksheet(_("Ghi chú"))
        notes.set_column(0, 0, 100)
        for at, line in enumerate(self._notes(count)):
            notes.write_string(at, 0, line)
        self.book.close()

    def _notes(self, count: int) -> list[str]:
        lines = [
            self.extract.title,
            _("{n} dòng, xuất lúc {at}").format(
                n=wording.number(count), at=wording.moment(self.extract.at)
            ),
        ]
        if self.extract.by:
            lines.append(_("Người xuất: {name}").format(name=self.extract.by))
        lines += [_("Bộ lọc: {text}").format(text=text) for text in self.extract.says]
        if len(self.sheets) > 1:
            text = _(
                "Danh sách dài hơn một trang tính nên được tách thành {n} trang tính liền nhau."
            )
            lines.append(text.format(n=len(self.sheets)))
        if self.cut:
            text = _("{n} ô dài quá {limit} ký tự được cắt bớt và kết thúc bằng dấu ….")
            lines.append(
                text.format(n=wording.number(self.cut), limit=wording.number(LONGEST_CELL))
            )
        return lines


def write_workbook(
    target: IO[bytes],
    extract: Extract,
    step: Callable[[int], None] = lambda done: None,
    *,
    most: int = SHEET_ROWS,
) -> int:
    """Write an XLSX file in constant memory; returns the number of rows.

    Text is always written as text, never as a formula or a link. ``step`` is told now and then
    how many rows are done. ``most`` rows, the heading included, go on one sheet.
    """
    book = Workbook(
        target,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"title": extract.title, "author": "", "comments": ""})
    writer, count = _Writer(book, extract, most), 0
    for count, row in enumerate(extract.rows, 1):  # the number of rows is returned
        writer.add(row)
        if count % BATCH == 0:
            step(count)
    writer.close(count)
    return count


def sheet_name(title: str, number: int) -> str:
    """A name that spreadsheets take: at most 31 characters, none of [ ] : * ? / \\."""
    ending = f" ({number})" if number > 1 else ""
    plain = _NOT_IN_SHEET_NAMES.sub(" ", title).strip(" '")
    return (" ".join(plain.split())[: 31 - len(ending)].strip(" '") or "1") + ending


def _width(column: Column) -> int:
    if column.kind in NUMERIC or column.kind in (Kind.DATE, Kind.MOMENT):
        return 16
    return 40 if column.kind is Kind.TEXT and len(str(column.label)) < 40 else 24
