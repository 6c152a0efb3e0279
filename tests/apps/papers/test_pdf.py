"""The PDF says what it was given, in Decree 30's layout, and says it for ever."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.papers import reading, samples

from thongsuot.foundation.papers.compose import DEMO_LINE, compose
from thongsuot.foundation.papers.docx import to_docx
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.values import (
    Annex,
    Column,
    Paper,
    Paragraph,
    Section,
    Table,
    Verification,
)

SNAPSHOTS = Path(__file__).with_name("snapshots")
PLAIN = Paper(samples.HEAD, "THÔNG BÁO", "Về thử nghiệm", (Section("", (Paragraph("Một câu."),)),))

HOSTILE = (
    "#read(\"/etc/passwd\") $x^2$ @ref <label> *đậm* _nghiêng_ `mã` \\n \\u{41} //chú thích",
    '#set page(fill: red) ]#[ {{7*7}} ${jndi:ldap} %0d%0a <script>alert("1")</script>',
    "= Tiêu đề giả\n- gạch đầu dòng\n+ số\n/ thuật ngữ: nghĩa",
    "-- --- ... ~ 'ngoặc' \"kép\" &amp; &#x202e;",
    "x" * 400,
    "Thiếu chữ: 😀 漢 \u0600, đảo chiều \u202eabc\u202c, điều khiển \x07\x1b",
    "e\u0302\u0301 rời thành ế; Hoà và Hòa; ₫ § – … “ ”",
    "=HYPERLINK(\"http://example.org\")",
)  # fmt: skip


def with_text(text: str) -> Paper:
    """A paper that carries the text wherever somebody may have typed it."""
    table = Table((Column("Tên"), Column(text), Column("Số", align="right")), ((text, text, 1),))
    return replace(
        PLAIN,
        subject=text,
        bases=(text,),
        sections=(Section(text, (Paragraph(text), table)),),
        annexes=(Annex(text, (table,)),),
        recipients=(text,),
        verification=Verification("MÃ-1", "https://thongsuot.example/x"),
    )


@pytest.mark.parametrize("name", samples.PAPERS)
def test_every_text_given_is_found_again_in_the_pdf(name: str) -> None:
    plan = compose(samples.PAPERS[name]())
    text = reading.whole_text(to_pdf(samples.PAPERS[name]()))
    missing = [one for one in reading.plan_texts(plan) if reading.squeezed(one) not in text]
    assert missing == []


@pytest.mark.parametrize("name", samples.PAPERS)
def test_the_text_of_each_paper_is_as_it_was_last_looked_at(name: str) -> None:
    text = "\n\f\n".join(reading.pages(to_pdf(samples.PAPERS[name]())))
    assert text == (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_typed_is_printed_and_never_obeyed(text: str) -> None:
    found = reading.whole_text(to_pdf(with_text(text)))
    plan = compose(with_text(text))
    missing = [one for one in reading.plan_texts(plan) if reading.squeezed(one) not in found]
    assert missing == []


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_runs_over_the_right_margin(text: str) -> None:
    assert reading.rightmost(to_pdf(with_text(text))) < 0.1


def test_a_word_read_from_right_to_left_keeps_its_letters() -> None:
    found = reading.whole_text(to_pdf(with_text("Ghi chú \u05d0\u05d1\u05d2 hết")))
    assert "\u05d0\u05d1\u05d2" in found or "\u05d2\u05d1\u05d0" in found


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_no_text_whatever_stops_the_printing(text: str) -> None:
    assert to_pdf(with_text(text)).startswith(b"%PDF")
    assert to_docx(with_text(text)).startswith(b"PK")


def test_a_character_the_font_lacks_is_printed_as_its_number() -> None:
    found = reading.whole_text(to_pdf(with_text("Việc 😀 gấp \u202e")))
    assert "Việc[U+1F600]gấp[U+202E]" in found


def test_a_note_of_ten_thousand_characters_is_printed_whole() -> None:
    note = " ".join(f"câu{at}" for at in range(1_600))
    table = Table((Column("Mã", wide=False), Column("Ghi chú")), (("A-1", note), ("A-2", "x")))
    found = reading.whole_text(to_pdf(replace(PLAIN, annexes=(Annex("Danh mục", (table,)),))))
    for at in (0, 799, 1_599):
        assert f"câu{at}" in found


def test_all_fonts_are_tinos_and_embedded() -> None:
    fonts = reading.fonts(to_pdf(samples.minutes()))
    assert fonts
    assert all(fonts.values())
    assert all("Tinos" in name for name in fonts)


def test_the_pdf_is_tagged_and_declares_pdf_a_and_pdf_ua() -> None:
    content = to_pdf(samples.minutes())
    assert reading.is_tagged(content)
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_pages_are_a4_and_annexes_lie() -> None:
    assert reading.sizes(to_pdf(samples.minutes())) == [(210, 297)] * 3 + [(297, 210)] * 4


def test_pages_are_counted_from_the_second_and_anew_in_each_annex() -> None:
    tops = [
        top.replace(DEMO_LINE, "").strip() for top in reading.top_margins(to_pdf(samples.minutes()))
    ]
    assert tops == ["", "2", "3", "", "2", "", ""]


def test_every_page_carries_the_check_line_and_its_place_among_all() -> None:
    plan = compose(samples.minutes())
    found = reading.pages(to_pdf(samples.minutes()))
    for at, page in enumerate(found, 1):
        assert "Mã xác minh: BB-HD-2025-0005" in page
        assert plan["digest"] in page
        assert f"Tờ {at}/{len(found)}" in page


def test_a_demonstration_paper_says_so_on_every_page_and_a_real_one_nowhere() -> None:
    for page in reading.pages(to_pdf(samples.minutes())):
        assert "SỐ LIỆU MINH HỌA" in page
        assert DEMO_LINE in page
    assert "MINH HỌA" not in "".join(reading.pages(to_pdf(PLAIN)))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert to_pdf(samples.minutes()) == to_pdf(samples.minutes())


def test_table_headings_repeat_and_rows_are_numbered_to_the_end() -> None:
    rows = tuple((f"Mục {at}", at) for at in range(1, 121))
    table = Table((Column("Tên, nội dung"), Column("Số lượng", align="right", total=True)), rows)
    found = reading.pages(to_pdf(replace(PLAIN, annexes=(Annex("Danh mục", (table,)),))))[1:]
    assert len(found) > 2
    assert all("Tên, nội dung" in page for page in found)
    assert "120 Mục 120 120" in found[-1].replace("\n", " ")
    assert "7.260" in found[-1]


def test_the_paper_of_a_party_committee_has_the_partys_head() -> None:
    first = reading.pages(to_pdf(samples.party_minutes()))[0]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in first
    assert "CỘNG HÒA" not in first
    assert "Số 03-BB/QU" in first


def test_a_paper_without_number_leaves_room_to_write_it() -> None:
    blank = replace(PLAIN, letterhead=replace(samples.HEAD, number="", day=None))
    first = reading.pages(to_pdf(blank))[0]
    assert "Số: ……/BB-UBND" in first
    assert "Hà Đông, ngày …… tháng …… năm ……" in first
