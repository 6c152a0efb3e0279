"""Writes tables as XLSX: for statements that are worked on, and for annexes too long to print."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from thongsuot.foundation.papers.glyphs import printable
from thongsuot.foundation.papers.tabling import totals
from thongsuot.foundation.papers.values import Cell, Column, Table
from thongsuot.foundation.papers.wordings import cell, local, number

SHEET_ROWS = 1_000_000
_EXACT = 10**15  # Excel keeps fifteen digits; a longer number is written as text
_LONGEST_TEXT = 32_767
_CUT = " … [còn tiếp, xem bản gốc]"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = datetime(2025, 7, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as a worksheet: its name, the lines above it, the lines below it."""

    name: str
    table: Table
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def workbook(
    sheets: Sequence[Sheet],
    *,
    title: str,
    made_at: datetime | None = None,
    rows_per_sheet: int = SHEET_ROWS,
) -> bytes:
    """The sheets as one XLSX file. The same content gives the same bytes.

    Shapes: headings frozen and repeated on each printed page; A4 lying, one page wide; whole
    numbers and decimals as numbers (Excel groups them the way its language does), longer than
    fifteen digits as text; every text as text, so nothing in it is ever a formula or a link. A
    table of more than a million rows goes on in further sheets.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": title[:255], "created": made_at or _FIRST_DAY})
    formats = _Formats(book)
    for sheet, name in zip(*_parts(sheets, rows_per_sheet), strict=True):
        _write(book.add_worksheet(name), sheet, formats)
    book.close()
    return out.getvalue()


def sheet_name(text: str, taken: Iterable[str] = ()) -> str:
    """A name Excel accepts: no forbidden sign, at most 31 characters, unlike those taken."""
    plain = _FORBIDDEN.sub(" ", printable(text)).replace("\n", " ").strip().strip("'")
    plain = " ".join(plain.split()) or "Bảng"
    used = {name.lower() for name in taken}
    name, count = plain[:31].strip(), 1
    while name.lower() in used or name.lower() == "history":
        count += 1
        name = f"{plain[: 31 - len(str(count)) - 3].strip()} ({count})"
    return name


def _parts(sheets: Sequence[Sheet], limit: int) -> tuple[list[Sheet], list[str]]:
    """The sheets cut to what a worksheet holds, and a name for each."""
    parts: list[Sheet] = []
    for sheet in sheets:
        rows = sheet.table.rows
        if len(rows) <= limit:
            parts.append(sheet)
        else:
            parts += [_slice(sheet, start, limit) for start in range(0, len(rows), limit)]
    names: list[str] = []
    for part in parts:
        names.append(sheet_name(part.name, names))
    return parts, names


def _slice(sheet: Sheet, start: int, limit: int) -> Sheet:
    """One worksheet full of a longer table; its last row adds up this sheet only and says so."""
    table = sheet.table
    part = Table(
        columns=table.columns,
        rows=table.rows[start : start + limit],
        strong=frozenset(at - start for at in table.strong if start <= at < start + limit),
        numbered=table.numbered,
        total_label=f"{table.total_label} (trang tính này)",
        first_number=table.first_number + start - sum(at < start for at in table.strong),
    )
    note = f"Dòng {number(start + 1)} đến {number(start + len(part.rows))}"
    return Sheet(sheet.name, part, (*sheet.above, note), sheet.below)


class _Formats:
    """The few looks a cell can have."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Times New Roman", "font_size": 11}
        edge = {**base, "border": 1, "valign": "vcenter"}
        self.title = book.add_format({**base, "font_size": 13, "bold": True})
        self.line = book.add_format(base)
        self.head = book.add_format(
            {**edge, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#F2F2F2"}
        )
        self._made: dict[tuple[str, bool, str], Any] = {}
        self._edge = edge
        self._book = book

    def cell(self, kind: str, align: str, *, bold: bool) -> Any:
        """The look of a text, a whole number, a decimal or a day, plain or bold."""
        key = (kind, bold, align)
        if key not in self._made:
            shown = {"whole": "#,##0", "decimal": "#,##0.0##", "day": "dd/mm/yyyy"}
            look = {**self._edge, "bold": bold, "align": align, "text_wrap": kind == "text"}
            if kind in shown:
                look["num_format"] = shown[kind]
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _write(page: Any, sheet: Sheet, formats: _Formats) -> None:
    table = sheet.table
    stt = (Column("STT", align="center", wide=False),) if table.numbered else ()
    columns = (*stt, *table.columns)
    _set_up(page, columns, table)
    at = 0
    for line in sheet.above:
        page.write_string(at, 0, _text(line), formats.title if at == 0 else formats.line)
        at += 1
    at = _write_head(page, at + bool(sheet.above), columns, formats)
    page.freeze_panes(at, 0)
    at = _write_rows(page, at, table, formats)
    at = _write_totals(page, at, table, formats)
    for line in sheet.below:
        at += 1
        page.write_string(at, 0, _text(line), formats.line)


def _set_up(page: Any, columns: Sequence[Column], table: Table) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&C&P/&N")
    for at, width in enumerate(_widths(columns, table)):
        page.set_column(at, at, width)


def _widths(columns: Sequence[Column], table: Table) -> list[float]:
    """Wide enough for the longest heading word and the first few hundred rows, at most 48."""
    shift = len(columns) - len(table.columns)
    widths = [6.0] * shift
    for at, column in enumerate(table.columns):
        shown = [len(cell(row[at])) for row in table.rows[:300]]
        head = max((len(word) for word in column.title.split()), default=0)
        widths.append(float(min(max([head, *shown, 4]) + 2, 48)))
    return widths


def _write_head(page: Any, at: int, columns: Sequence[Column], formats: _Formats) -> int:
    """One or two rows of headings; the printed title rows are set to them."""
    start = at
    if any(column.group for column in columns):
        for first, last, title in _groups(columns):
            if title and last > first:
                page.merge_range(at, first, at, last, _text(title), formats.head)
            else:
                page.write_string(at, first, _text(title), formats.head)
        at += 1
    for place, column in enumerate(columns):
        page.write_string(at, place, _text(column.title), formats.head)
    page.repeat_rows(start, at)
    return at + 1


def _groups(columns: Sequence[Column]) -> list[tuple[int, int, str]]:
    """(first column, last column, common heading) from left to right."""
    found: list[tuple[int, int, str]] = []
    for at, column in enumerate(columns):
        if found and column.group and found[-1][2] == column.group:
            found[-1] = (found[-1][0], at, column.group)
        else:
            found.append((at, at, column.group))
    return found


def _write_rows(page: Any, at: int, table: Table, formats: _Formats) -> int:
    count = table.first_number - 1
    for place, row in enumerate(table.rows):
        bold = place in table.strong
        count += not bold
        cells: tuple[Cell, ...] = row
        if table.numbered:
            cells = (None if bold else count, *row)
        _write_row(page, at, cells, table, formats, bold=bold)
        at += 1
    return at


def _write_row(
    page: Any, at: int, cells: Sequence[Cell], table: Table, formats: _Formats, *, bold: bool
) -> None:
    shift = len(cells) - len(table.columns)
    for place, value in enumerate(cells):
        align = "center" if place < shift else table.columns[place - shift].align
        _write_cell(page, (at, place), value, formats, align=align, bold=bold)


def _write_cell(
    page: Any,
    place: tuple[int, int],
    value: Cell,
    formats: _Formats,
    *,
    align: str,
    bold: bool,
) -> None:
    if value is None:
        page.write_blank(*place, None, formats.cell("text", align, bold=bold))
    elif isinstance(value, int | Decimal) and -_EXACT < value < _EXACT:
        whole = value == int(value)
        look = formats.cell("whole" if whole else "decimal", align, bold=bold)
        page.write_number(*place, int(value) if whole else float(value), look)
    elif isinstance(value, date) and not isinstance(value, datetime):
        page.write_datetime(*place, value, formats.cell("day", align, bold=bold))
    else:
        look = formats.cell("text", align, bold=bold)
        page.write_string(*place, _text(value), look)


def _text(value: Cell) -> str:
    """What a cell can hold, letter for letter; a longer text says that it goes on."""
    text = value.encode("utf-8", "replace").decode() if isinstance(value, str) else cell(value)
    if len(text) <= _LONGEST_TEXT:
        return text
    return text[: _LONGEST_TEXT - len(_CUT)] + _CUT


def _write_totals(page: Any, at: int, table: Table, formats: _Formats) -> int:
    if not table.rows or not any(column.total for column in table.columns):
        return at
    sums: tuple[Cell, ...] = totals(table)
    if table.numbered:
        sums = (None, *sums)
    label_at = next((place for place, value in enumerate(sums) if value is None), None)
    if label_at is not None:
        at_label = 1 if table.numbered and len(sums) > 1 and sums[1] is None else label_at
        sums = (*sums[:at_label], table.total_label, *sums[at_label + 1 :])
    _write_row(page, at, sums, table, formats, bold=True)
    return at + 1


def made_line(at: datetime) -> str:
    """ "Số liệu tính đến 15 giờ 30 phút ngày 30/06/2025": the line under a statement's title."""
    moment = local(at)
    return f"Số liệu tính đến {moment:%H} giờ {moment:%M} phút ngày {moment:%d/%m/%Y}"
