"""The DOCX has the same words as the PDF and the margins of Decree 30."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from tests.apps.papers import reading, samples
from tests.apps.papers.test_pdf import HOSTILE, with_text

from thongsuot.foundation.papers.compose import compose
from thongsuot.foundation.papers.docx import to_docx


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def all_text(content: bytes) -> str:
    """Every word of the body, the headers and the footers, without white space."""
    document = opened(content)
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    words = [t.text or "" for root in roots for t in root.iter(qn("w:t"))]
    return reading.squeezed("".join(words))


@pytest.mark.parametrize("name", samples.PAPERS)
def test_every_text_of_the_plan_is_in_the_docx(name: str) -> None:
    paper = samples.PAPERS[name]()
    text = all_text(to_docx(paper))
    missing = [t for t in reading.plan_texts(compose(paper)) if reading.squeezed(t) not in text]
    assert missing == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_typed_is_text_in_the_docx_too(text: str) -> None:
    paper = with_text(text)
    found = all_text(to_docx(paper))
    missing = [t for t in reading.plan_texts(compose(paper)) if reading.squeezed(t) not in found]
    assert missing == []


def test_margins_and_pages_are_those_of_decree_30() -> None:
    portrait, *annexes = opened(to_docx(samples.minutes())).sections
    assert (round(portrait.page_width.mm), round(portrait.page_height.mm)) == (210, 297)
    assert len(annexes) == 3
    for section in (portrait, *annexes):
        margins = (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    for annex in annexes:
        assert (round(annex.page_width.mm), round(annex.page_height.mm)) == (297, 210)
        assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_letters_are_times_new_roman_13() -> None:
    normal = opened(to_docx(samples.minutes())).styles["Normal"]
    assert normal.font.name == "Times New Roman"
    assert normal.font.size.pt == 13
    assert normal.element.rPr.rFonts.get(qn("w:cs")) == "Times New Roman"


def test_the_page_number_is_in_the_top_margin_but_not_on_the_first_page() -> None:
    for section in opened(to_docx(samples.minutes())).sections:
        assert section.different_first_page_header_footer
        later = [f.get(qn("w:instr")) for f in section.header._element.iter(qn("w:fldSimple"))]
        first = list(section.first_page_header._element.iter(qn("w:fldSimple")))
        assert later == ["PAGE"]
        assert first == []


def test_table_headings_repeat_and_rows_do_not_split() -> None:
    body = opened(to_docx(samples.minutes())).element.body
    heads = list(body.iter(qn("w:tblHeader")))
    rows = [
        row
        for row in body.iter(qn("w:tr"))
        if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None
    ]
    assert len(heads) == 2 + 1 + 1 + 3 * 2  # summary, differences, refusals, three annexes
    assert rows == []


def test_the_same_paper_gives_the_same_bytes_without_a_clock() -> None:
    content = to_docx(samples.minutes())
    assert content == to_docx(samples.minutes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_is_named_after_the_paper_and_keeps_its_digest() -> None:
    about = opened(to_docx(samples.minutes())).core_properties
    assert about.title.startswith("BIÊN BẢN Bàn giao")
    assert about.author == "ỦY BAN NHÂN DÂN QUẬN HÀ ĐÔNG"
    assert compose(samples.minutes())["digest"] in about.comments


def test_marks_of_secrecy_and_urgency_stand_under_the_number() -> None:
    paper = replace(samples.receipt(), secrecy="MẬT", urgency="HỎA TỐC")
    grid = opened(to_docx(paper)).tables[0]
    assert [row.cells[0].text for row in grid.rows][1:] == ["Số: 27/PTN-TN", "MẬT", "HỎA TỐC"]
