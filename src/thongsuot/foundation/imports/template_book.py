"""The XLSX template of an inventory: header, two examples, lists to choose from, how to fill it.

Knows no Django and no kind: it is told the columns. Written so that zeros in front of codes, days
and whole amounts survive the spreadsheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter

from thongsuot.rules.kernel.cells import read_date

LAST_ROW = 1_048_575
SHEET, VALUES_SHEET, GUIDE_SHEET = "Bảng kê", "Giá trị cho phép", "Hướng dẫn"
REQUIRED_MARK = " (*)"
_MADE = datetime(2025, 1, 1, tzinfo=UTC)  # the same template is the same file


class TemplateColumn(Protocol):
    """What a template needs to know about a column."""

    @property
    def title(self) -> str:
        """The printed title."""

    @property
    def type(self) -> str:
        """text, code, int, quantity, money, date, year, choice, bool or unit."""

    @property
    def required(self) -> bool:
        """Whether every row must fill it."""

    @property
    def choices(self) -> Sequence[Any]:
        """The allowed values, each with a ``label``."""

    @property
    def suggestions(self) -> Sequence[str]:
        """Values offered; others are allowed."""

    @property
    def examples(self) -> Sequence[object]:
        """What the two example rows hold."""

    @property
    def help(self) -> str:
        """One sentence on how to fill it."""


@dataclass(frozen=True, slots=True)
class TypeLook:
    """How cells of one type are shown: number format, width, and the words for the guide."""

    number: str
    width: int
    words: str


_LOOKS: Mapping[str, TypeLook] = {
    "text": TypeLook("@", 30, "Chữ"),
    "code": TypeLook("@", 16, "Mã (giữ nguyên như chữ)"),
    "int": TypeLook("0", 12, "Số nguyên"),
    "quantity": TypeLook("General", 12, "Số lượng"),
    "money": TypeLook("#,##0", 18, "Số tiền, đồng"),
    "date": TypeLook("dd/mm/yyyy", 13, "Ngày dd/mm/yyyy"),
    "year": TypeLook("0", 10, "Năm, bốn chữ số"),
    "choice": TypeLook("@", 18, "Chọn trong danh sách"),
    "bool": TypeLook("@", 12, "Có hoặc Không"),
    "unit": TypeLook("@", 12, "Chọn trong danh sách"),
}
_YES_NO = ("Có", "Không")


def write_template(path: Path, name: str, columns: Sequence[TemplateColumn]) -> None:
    """Write the template of one kind to ``path``, replacing what is there.

    Shapes: sheet 1 has the header in row 1 and the examples in rows 2 and 3; required columns
    carry (*). The file read back is a valid inventory of the two examples.
    """
    options = {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    with path.open("wb") as file, xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": f"Mẫu bảng kê: {name}", "created": _MADE})
        rows = book.add_worksheet(SHEET)
        values = book.add_worksheet(VALUES_SHEET)
        guide = book.add_worksheet(GUIDE_SHEET)
        lists = _write_values(book, values, columns)
        _write_rows(book, rows, columns, lists)
        _write_guide(book, guide, name, columns)


def _title(column: TemplateColumn) -> str:
    return column.title + (REQUIRED_MARK if column.required else "")


def _allowed(column: TemplateColumn) -> tuple[str, ...]:
    if column.type == "bool":
        return _YES_NO
    return tuple(choice.label for choice in column.choices) or tuple(column.suggestions)


def _write_values(book: Any, sheet: Any, columns: Sequence[TemplateColumn]) -> dict[int, str]:
    """Write the lists; returns for each column with one the range that holds it."""
    head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True})
    ranges: dict[int, str] = {}
    for index, column in enumerate(columns):
        allowed = _allowed(column)
        if not allowed:
            continue
        at = len(ranges)
        sheet.write_string(0, at, column.title, head)
        sheet.set_column(at, at, 26)
        for row, label in enumerate(allowed, 1):
            sheet.write_string(row, at, label)
        letter = xlsxwriter.utility.xl_col_to_name(at, True)
        ranges[index] = f"='{VALUES_SHEET}'!{letter}$2:{letter}${len(allowed) + 1}"
    sheet.freeze_panes(1, 0)
    return ranges


def _write_rows(
    book: Any, sheet: Any, columns: Sequence[TemplateColumn], lists: Mapping[int, str]
) -> None:
    head = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
    required = book.add_format({**head, "bg_color": "#FDE7C8"})
    free = book.add_format({**head, "bg_color": "#E8EEF5"})
    for at, column in enumerate(columns):
        look = _LOOKS[column.type]
        shown = book.add_format({"num_format": look.number})
        sheet.set_column(at, at, look.width, shown)
        sheet.write_string(0, at, _title(column), required if column.required else free)
        for row in (0, 1):
            _write_example(sheet, row + 1, at, column.examples[row], column.type)
        sheet.data_validation(1, at, LAST_ROW, at, _validation(column, lists.get(at, "")))
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, 2, len(columns) - 1)


def _write_example(sheet: Any, row: int, at: int, example: object, kind: str) -> None:
    if example in ("", None):
        return
    if kind == "date":
        day = read_date(example).value
        if isinstance(day, date):
            sheet.write_datetime(row, at, datetime(day.year, day.month, day.day, tzinfo=None))  # noqa: DTZ001 - a spreadsheet day has no zone
    elif isinstance(example, (int, float)):
        sheet.write_number(row, at, example)
    else:
        sheet.write_string(row, at, str(example))


_BOUNDS: Mapping[str, dict[str, Any]] = {
    "int": {"validate": "integer", "criteria": ">=", "value": 0},
    "quantity": {"validate": "decimal", "criteria": ">=", "value": 0},
    "money": {"validate": "integer", "criteria": ">=", "value": 0},
    "year": {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100},
    "date": {
        "validate": "date",
        "criteria": "between",
        "minimum": date(1900, 3, 1),
        "maximum": date(2100, 12, 31),
    },
}


def _validation(column: TemplateColumn, values: str) -> dict[str, Any]:
    told = {"input_title": _cut(column.title, 32), "input_message": _cut(column.help, 255)}
    if values:
        open_list = column.type == "text"
        return {
            **told,
            "validate": "list",
            "source": values,
            "error_type": "information" if open_list else "stop",
            "error_title": _cut(column.title, 32),
            "error_message": "Hãy chọn một giá trị trong danh sách.",
        }
    bound = _BOUNDS.get(column.type)
    if bound is None:
        return {**told, "validate": "any"}
    message = f"Ô này nhận: {_LOOKS[column.type].words.lower()}."
    return {**told, **bound, "error_title": _cut(column.title, 32), "error_message": message}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _write_guide(book: Any, sheet: Any, name: str, columns: Sequence[TemplateColumn]) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet.write_string(0, 0, f"Hướng dẫn điền bảng kê: {name}", title)
    for row, line in enumerate(_GUIDE, 2):
        sheet.write_string(row, 0, line)
    top = len(_GUIDE) + 3
    for at, (words, width) in enumerate(_GUIDE_COLUMNS):
        sheet.write_string(top, at, words, head)
        sheet.set_column(at, at, width)
    for row, column in enumerate(columns, top + 1):
        example = next((str(e) for e in column.examples if e not in ("", None)), "")
        parts = (
            column.title,
            "Có" if column.required else "",
            _LOOKS[column.type].words,
            column.help,
            example,
        )
        for at, part in enumerate(parts):
            sheet.write_string(row, at, part, cell)


_GUIDE_COLUMNS = (
    ("Cột", 28),
    ("Bắt buộc", 10),
    ("Kiểu", 24),
    ("Cách điền", 70),
    ("Ví dụ", 34),
)
_GUIDE = (
    f"1. Điền từ dòng 2 của trang “{SHEET}”. Xóa hai dòng ví dụ trước khi gửi.",
    "2. Không đổi tên cột, không gộp ô, không thêm dòng tổng cộng. Cột có dấu (*) là bắt buộc.",
    "3. Mỗi dòng là một mục, mã không trùng. Số 0 ở đầu mã được giữ vì cột mã là cột chữ.",
    "4. Ngày viết dd/mm/yyyy. Số tiền bằng đồng, không viết tắt “tr”, “tỷ”.",
    "5. Ô để trống nghĩa là chưa biết; không viết 0 thay cho chưa biết.",
    "6. Không ghi mật khẩu, không ghi nội dung mật vào bảng kê.",
)
