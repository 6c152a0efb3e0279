"""What becomes of texts, numbers and tables before anything is written."""

import hashlib
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.papers import samples

from thongsuot.foundation.papers.compose import compose, content_digest
from thongsuot.foundation.papers.glyphs import FONTS, face, printable, width_mm
from thongsuot.foundation.papers.tabling import balanced, breakable, joined, set_table, totals
from thongsuot.foundation.papers.values import Column, Table, Verification
from thongsuot.foundation.papers.wordings import cell, day_in_words, number, roman

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VIETNAMESE = {
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in TONES
} | {"đ", "Đ"}


def test_the_fonts_are_those_that_were_checked() -> None:
    for line in (FONTS / "CHECKSUMS.sha256").read_text().splitlines():
        expected, name = line.split()
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == expected, name


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_every_vietnamese_letter_is_in_every_face(bold: bool, italic: bool) -> None:
    marked = {letter for letter in VIETNAMESE if not letter.isascii()}
    assert len(marked) == 134
    assert {ord(letter) for letter in VIETNAMESE | set("₫§“”…–")} <= set(
        face(bold=bold, italic=italic).glyphs
    )


@settings(deadline=None)
@given(st.text())
def test_printable_text_stays_as_it_is_and_has_only_letters_of_the_font(text: str) -> None:
    once = printable(text)
    assert printable(once) == once
    assert all(ord(char) in face().glyphs for char in once if char != "\n")


@settings(deadline=None)
@given(st.text(alphabet="aWi \n-/ệ", max_size=200), st.floats(min_value=3, max_value=80))
def test_breaking_a_text_loses_nothing_and_leaves_no_piece_too_wide(text: str, room: float) -> None:
    pieces = breakable(text, room, 12)
    assert joined(pieces) == text
    if isinstance(pieces, list):
        parts = [part for piece in pieces for part in re.split(r"\s+|(?<=[/-])(?=[aWiệ])", piece)]
        assert all(width_mm(part, 12) <= room + 0.001 or len(part) == 1 for part in parts)


ROWS = st.lists(
    st.tuples(st.text(max_size=80), st.text(max_size=12), st.integers(-(10**18), 10**18)),
    max_size=8,
)


@settings(deadline=None)
@given(ROWS, st.sampled_from([165.0, 252.0]))
def test_a_table_fills_its_room_exactly_whatever_is_in_it(
    rows: list[tuple[str, str, int]], room: float
) -> None:
    columns = (Column("Tên", 3), Column("Mã", wide=False), Column("Số", align="right", total=True))
    plan = set_table(Table(columns, tuple(rows)), room, 12)
    assert sum(plan["widths"]) == pytest.approx(room, abs=0.1)
    assert min(plan["widths"]) > 5
    assert [[joined(text) for text in row][1:] for row in plan["rows"]] == [
        [cell(value) for value in row] for row in rows
    ]


def test_sums_are_exact_and_leave_subtotals_out() -> None:
    table = Table(
        (Column("a"), Column("b", total=True), Column("c", total=True)),
        (("Cả hai", 5, None), ("x", 2, Decimal("0.1")), ("y", 3, Decimal("0.2"))),
        strong=frozenset({0}),
    )
    assert totals(table) == (None, 5, Decimal("0.3"))


def test_a_row_of_another_length_than_the_headings_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="row 0 has 2 cells for 1 columns"):
        Table((Column("a"),), (("x", "y"),))


def test_numbers_and_days_are_written_as_an_office_writes_them() -> None:
    assert number(1_234_567) == "1.234.567"
    assert number(Decimal("1234.50")) == "1.234,5"
    assert number(Decimal("3.000")) == "3"
    assert number(-2) == "-2"
    assert cell(date(2025, 7, 1)) == "01/07/2025"
    assert day_in_words(date(2025, 2, 5)) == "ngày 05 tháng 02 năm 2025"
    assert day_in_words(date(2025, 7, 1)) == "ngày 01 tháng 7 năm 2025"


def test_annexes_are_numbered_in_roman_numbers() -> None:
    assert [roman(at) for at in (1, 4, 9, 14, 40, 90, 399)] == [
        "I", "IV", "IX", "XIV", "XL", "XC", "CCCXCIX",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no Roman number"):
        roman(0)


def test_a_long_name_of_a_body_breaks_before_its_territory() -> None:
    assert balanced("ỦY BAN NHÂN DÂN QUẬN HÀ ĐÔNG", 64, 12) == "ỦY BAN NHÂN DÂN\nQUẬN HÀ ĐÔNG"
    assert balanced("UBND QUẬN HÀ ĐÔNG", 64, 12) == "UBND QUẬN HÀ ĐÔNG"


def test_the_digest_changes_with_any_word_and_not_with_the_check_line() -> None:
    paper = samples.minutes()
    whole = content_digest(paper)
    assert whole == content_digest(replace(paper, verification=Verification("KHÁC")))
    for other in (
        replace(paper, subject=paper.subject + "."),
        replace(paper, demo=False),
        replace(paper, sections=paper.sections[:-1]),
        replace(paper, signatories=paper.signatories[::-1]),
        replace(paper, annexes=paper.annexes[::-1]),
    ):
        assert content_digest(other) != whole
    assert compose(paper)["footer"][1] == f"SHA-256 nội dung: {whole}"


def test_the_day_of_the_file_is_the_local_day() -> None:
    late = datetime(2025, 6, 30, 18, 0, tzinfo=UTC)  # one in the morning in Hà Nội
    assert compose(replace(samples.minutes(), made_at=late))["made_on"] == "2025-07-01"
