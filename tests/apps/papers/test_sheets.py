"""The workbook: figures as figures, text as text, printed as an office prints it."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from tests.apps.papers import samples

from thongsuot.foundation.papers.balance import balance_workbook
from thongsuot.foundation.papers.sheets import Sheet, sheet_name, workbook
from thongsuot.foundation.papers.values import Column, Table

FORMULAS = (
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=1+1",
    "＝1",
    "http://example.org",
    "{=1}",
    "Việc 😀 gấp",
)


def book_of(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def page_of(*rows: tuple[object, ...], columns: tuple[Column, ...]) -> openpyxl.worksheet:
    return book_of(workbook([Sheet("A", Table(columns, rows, numbered=False))], title="T")).active


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    page = page_of((text,), columns=(Column(text),))
    for row in (1, 2):
        assert page.cell(row, 1).data_type == "s"
        assert page.cell(row, 1).hyperlink is None
        assert page.cell(row, 1).value.replace("_x000D_", "\r") == text  # as Excel reads it


def test_figures_are_figures_that_excel_groups_in_its_own_language() -> None:
    columns = tuple(Column(name) for name in "abcd")
    page = page_of((1_234_567, Decimal("2.50"), date(2025, 6, 30), None), columns=columns)
    whole, decimal, day, blank = page[2]
    assert (whole.value, whole.number_format) == (1_234_567, "#,##0")
    assert (decimal.value, decimal.number_format) == (2.5, "#,##0.0##")
    assert (day.value.date(), day.number_format) == (date(2025, 6, 30), "dd/mm/yyyy")
    assert blank.value is None


def test_a_number_longer_than_fifteen_digits_stays_exact_as_text() -> None:
    page = page_of((1_234_567_890_123_456,), columns=(Column("a"),))
    assert page["A2"].value == "1.234.567.890.123.456"


def test_the_balance_is_printed_lying_one_page_wide_with_its_headings_again() -> None:
    book = book_of(balance_workbook(samples.balance_values()))
    assert book.sheetnames == ["Tổng hợp", "Chi tiết", "Giá trị (đồng)"]
    for page in book:
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.paperSize == 9
        assert page.page_setup.fitToWidth in (None, 1)  # 1 is what is meant when nothing is written
        assert page.page_setup.fitToHeight == 0
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.freeze_panes == "A8"
        assert page.print_title_rows == "$6:$7"


def test_the_balance_adds_up_and_says_where_nothing_is_left() -> None:
    page = book_of(balance_workbook(samples.balance_values()))["Chi tiết"]
    last = [cell.value for cell in page[page.max_row]]
    assert last[1] == "Tổng cộng"
    assert last[3] == 45_326
    assert sum(last[4:8]) + last[12] == last[3]


def test_the_same_content_gives_the_same_bytes() -> None:
    assert balance_workbook(samples.balance_values()) == balance_workbook(samples.balance_values())


def test_sheet_names_are_made_acceptable_and_stay_apart() -> None:
    assert sheet_name("Tài sản: a/b\\c*?[x]") == "Tài sản a b c x"
    assert sheet_name("") == "Bảng"
    assert sheet_name("x" * 40) == "x" * 31
    assert sheet_name("a", ["A"]) == "a (2)"
    assert sheet_name("'a'") == "a"


def test_a_table_longer_than_a_sheet_goes_on_in_the_next_and_keeps_counting() -> None:
    table = Table((Column("n", align="right", total=True),), tuple((at,) for at in range(1, 8)))
    book = book_of(workbook([Sheet("Dài", table)], title="T", rows_per_sheet=3))
    assert book.sheetnames == ["Dài", "Dài (2)", "Dài (3)"]
    assert book["Dài (2)"]["A1"].value == "Dòng 4 đến 6"
    third = [[cell.value for cell in row] for row in book["Dài (3)"].iter_rows(min_row=3)]
    assert third == [["STT", "n"], [7, 7], ["Tổng cộng (trang tính này)", 7]]


def test_a_text_longer_than_a_cell_says_that_it_goes_on() -> None:
    made = workbook(
        [Sheet("A", Table((Column("a"),), (("x" * 40_000,),), numbered=False))],
        title="T",
        made_at=datetime(2025, 7, 1, tzinfo=UTC),
    )
    value = book_of(made).active["A2"].value
    assert len(value) == 32_767
    assert value.endswith("[còn tiếp, xem bản gốc]")
