"""Writes a paper as DOCX, for an office that must still edit it before it is issued."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from thongsuot.foundation.papers.compose import (
    BODY_SIZE,
    HEAD_SIZE,
    MARGINS_MM,
    PAGE_MM,
    Plan,
    compose,
)
from thongsuot.foundation.papers.docx_table import empty_grid, table_xml
from thongsuot.foundation.papers.glyphs import width_mm
from thongsuot.foundation.papers.qr import qr_png
from thongsuot.foundation.papers.tabling import joined
from thongsuot.foundation.papers.values import Paper

_FONT = "Times New Roman"
_ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
}
_HEAD_SHARES = (0.41, 0.59)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
# The kinds python-docx builds; it ships no types.
Container = Any


def to_docx(paper: Paper) -> bytes:
    """The paper as DOCX. The same paper gives the same bytes."""
    plan = compose(paper)
    document = Document()
    _name(document, plan)
    _letters(document)
    _page(document.sections[0], landscape=plan["landscape"])
    _top_and_foot(document.sections[0], plan)
    _letterhead(document, plan)
    _title(document, plan)
    for base in plan["bases"]:
        _paragraph(document, [(joined(base), False, True)])
    _blocks(document, plan["blocks"], with_signatures=bool(plan["signatures"]))
    _signatures(document, plan)
    for annex in plan["annexes"]:
        _annex(document, annex)
    out = io.BytesIO()
    document.save(out)
    return _same_every_time(out.getvalue())


def _same_every_time(content: bytes) -> bytes:
    """The archive with one fixed day in it instead of the clock's."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in made.namelist():
            part = zipfile.ZipInfo(name, date_time=_FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            kept.writestr(part, made.read(name))
    return out.getvalue()


def _name(document: Container, plan: Plan) -> None:
    """The properties of the file: title, issuer, day; no trace of the tool."""
    about = document.core_properties
    about.title = plan["title"][:255]
    about.author = about.last_modified_by = plan["author"]
    about.comments = f"SHA-256: {plan['digest']}"
    about.language = "vi-VN"
    about.created = about.modified = datetime.fromisoformat(plan["made_on"])
    about.revision = 1


def _letters(document: Container) -> None:
    """Times New Roman 13 for everything; where it is missing, Tinos or Liberation Serif."""
    normal = document.styles["Normal"]
    normal.font.name = _FONT
    normal.font.size = Pt(BODY_SIZE)
    fonts = normal.element.rPr.rFonts
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), _FONT)
    normal.element.rPr.append(
        parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN"/>')
    )
    shape = normal.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1.0
    for level in (1, 2):
        heading = document.styles[f"Heading {level}"]
        heading.font.name = _FONT
        heading.font.size = Pt(BODY_SIZE)
        heading.font.bold = True
        heading.font.color.rgb = None
        heading.element.rPr.rFonts.attrib.clear()
        for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            heading.element.rPr.rFonts.set(qn(name), _FONT)
        for colour in heading.element.rPr.findall(qn("w:color")):
            heading.element.rPr.remove(colour)
        heading.paragraph_format.space_before = Pt(8)
        heading.paragraph_format.space_after = Pt(4)


def _page(section: Container, *, landscape: bool) -> None:
    width, height = PAGE_MM[::-1] if landscape else PAGE_MM
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(MARGINS_MM["top"]), Mm(MARGINS_MM["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS_MM["left"]), Mm(MARGINS_MM["right"])
    section.header_distance, section.footer_distance = Mm(6), Mm(4)
    section.different_first_page_header_footer = True


def _top_and_foot(section: Container, plan: Plan) -> None:
    """Page number in the middle of the top margin from page 2; the check line on every page."""
    for head, numbered in ((section.header, True), (section.first_page_header, False)):
        first = head.paragraphs[0]
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if plan["demo"]:
            _run(first, plan["demo"], bold=True, size=9)
            first._p.append(_watermark(plan["watermark"]))
        if numbered:
            line = head.add_paragraph() if plan["demo"] else first
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line._p.append(
                parse_xml(
                    f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
                )
            )
    for foot in (section.footer, section.first_page_footer):
        _foot(foot, plan)


def _foot(foot: Container, plan: Plan) -> None:
    lines = [joined(line) for line in plan["footer"] if line]
    place = foot.paragraphs[0]
    if plan["url"]:
        grid = empty_grid(foot, (15.0, 145.0), before=place._p)
        left, place = (cell.paragraphs[0] for cell in grid.rows[0].cells)
        code = left.add_run().add_picture(io.BytesIO(qr_png(plan["url"])), width=Mm(13))
        code._inline.docPr.set("descr", plan["url"])
        for side in ("distT", "distB", "distL", "distR"):
            code._inline.set(side, "0")
        foot.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    for at, line in enumerate(lines):
        if at:
            place.add_run().add_break()
        _run(place, line, size=8)


def _watermark(text: str) -> Any:
    """Grey letters across the page, behind the text."""
    return parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="mark" type="#_x0000_t136" style="position:absolute;width:440pt;height:58pt;'
        "rotation:325;z-index:-251;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" fillcolor="#e4e4e4" stroked="f">'
        f'<v:textpath style="font-family:&quot;{_FONT}&quot;;font-weight:bold" '
        f'string="{text}"/></v:shape></w:pict></w:r>'
    )


def _run(
    paragraph: Container,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float | None = None,
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size is not None:
        run.font.size = Pt(size)


def _paragraph(
    place: Container,
    runs: Sequence[tuple[str, bool, bool]],
    *,
    align: str = "justify",
    keep: bool = False,
) -> None:
    """A paragraph of the text: six points after it, the first line set in when justified."""
    paragraph = place.add_paragraph()
    paragraph.alignment = _ALIGN[align]
    shape = paragraph.paragraph_format
    shape.space_after, shape.line_spacing = Pt(6), 1.08
    shape.widow_control, shape.keep_with_next = True, keep
    if align == "justify":
        shape.first_line_indent = Mm(10)
    for text, bold, italic in runs:
        _run(paragraph, text, bold=bold, italic=italic)


def _line(
    place: Container,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    first: bool = False,
) -> Any:
    """A centred line without space around it; ``first`` fills the paragraph a cell begins with."""
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, bold=bold, italic=italic, size=size)
    return paragraph


def _rule(paragraph: Container, length: float, room: float) -> None:
    """A thin line of that length in mm, centred under the paragraph."""
    side = max((room - length) / 2, 0)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
    _border(paragraph, '<w:bottom w:val="single" w:sz="5" w:space="1" w:color="000000"/>')


def _short_rule(place: Container, length: float, room: float) -> None:
    """A rule under a heading of any length: an almost empty line that carries it."""
    line = _line(place, "", 3)
    line.paragraph_format.line_spacing = Pt(4)
    _rule(line, length, room)


def _letterhead(document: Container, plan: Plan) -> None:
    head = plan["head"]
    room = PAGE_MM[plan["landscape"]] - MARGINS_MM["left"] - MARGINS_MM["right"]
    columns = tuple(room * share for share in _HEAD_SHARES)
    marks = [mark for mark in (plan["secrecy"], plan["urgency"]) if mark]
    grid = empty_grid(document._body, columns, rows=2 + len(marks))
    left, right = grid.rows[0].cells
    _issuer(left, plan, columns[0])
    _nation(right, plan, columns[1])
    _line(grid.rows[1].cells[0], head["number"], BODY_SIZE, first=True)
    _line(grid.rows[1].cells[1], head["place_day"], BODY_SIZE, italic=True, first=True)
    for cell in grid.rows[1].cells:
        cell.paragraphs[0].paragraph_format.space_before = Pt(5)
    for row, mark in zip(list(grid.rows)[2:], marks, strict=True):
        line = _line(row.cells[0], mark, BODY_SIZE, bold=True, first=True)
        _frame(line, columns[0], width_mm(mark, BODY_SIZE, bold=True) + 8)


def _issuer(cell: Container, plan: Plan, room: float) -> None:
    head = plan["head"]
    if head["superior"]:
        _line(cell, joined(head["superior"]), HEAD_SIZE, first=True)
    _line(cell, joined(head["issuer"]), HEAD_SIZE, bold=True, first=not head["superior"])
    if plan["bloc"] == "party":
        _line(cell, "*", BODY_SIZE)
    else:
        _short_rule(cell, 24, room)


def _nation(cell: Container, plan: Plan, room: float) -> None:
    """The State's name and motto, or the Party's name, over a line of the same length."""
    head = plan["head"]
    party = plan["bloc"] == "party"
    size = BODY_SIZE + 1 if party else HEAD_SIZE
    last = _line(cell, head["nation"], size, bold=True, first=True)
    if not party:
        last, size = _line(cell, head["motto"], BODY_SIZE, bold=True), BODY_SIZE
    _rule(last, width_mm(head["motto"] or head["nation"], size, bold=True) + 3, room)


def _frame(paragraph: Container, room: float, width: float) -> None:
    side = Mm(max((room - width) / 2, 0))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    _border(paragraph, edges)


def _border(paragraph: Container, edges: str) -> None:
    """The edges go where the format wants them: before spacing, indents and alignment."""
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>"), *_AFTER_BORDERS
    )


def _title(document: Container, plan: Plan) -> None:
    room = PAGE_MM[plan["landscape"]] - MARGINS_MM["left"] - MARGINS_MM["right"]
    kind = _line(document, plan["kind"], BODY_SIZE + 1, bold=True)
    kind.paragraph_format.space_before = Pt(22)
    if plan["subject"]:
        _line(document, joined(plan["subject"]), BODY_SIZE + 1, bold=True)
        _short_rule(document, 40, room)
    document.add_paragraph().paragraph_format.line_spacing = Pt(10)


def _blocks(document: Container, blocks: Sequence[Plan], *, with_signatures: bool = False) -> None:
    """Headings, paragraphs and tables in order; the last one stays with the signatures."""
    for at, block in enumerate(blocks):
        last = with_signatures and at == len(blocks) - 1
        if block["is"] == "table":
            body = document.element.body
            body.insert_element_before(parse_xml(table_xml(block)), "w:sectPr")
            document.add_paragraph().paragraph_format.line_spacing = Pt(8)
        elif block["is"] == "heading":
            heading = document.add_heading(joined(block["text"]), block["level"])
            heading.paragraph_format.first_line_indent = Mm(10)
        else:
            runs = [(joined(r["text"]), r["bold"], r["italic"]) for r in block["runs"]]
            _paragraph(document, runs, align=block["align"], keep=last)


def _signatures(document: Container, plan: Plan) -> None:
    """Two columns for a minutes; for one signatory the recipients stand on the left."""
    many = plan["signatures"]
    room = PAGE_MM[plan["landscape"]] - MARGINS_MM["left"] - MARGINS_MM["right"]
    if len(many) == 1:
        grid = empty_grid(document._body, (room * 0.45, room * 0.55))
        _recipients(grid.rows[0].cells[0], plan, first=True)
        _signature(grid.rows[0].cells[1], many[0])
        return
    for at in range(0, len(many), 2):
        pair = many[at : at + 2]
        grid = empty_grid(document._body, (room / len(pair),) * len(pair))
        for cell, one in zip(grid.rows[0].cells, pair, strict=True):
            _signature(cell, one)
        gap = document.add_paragraph()
        gap.paragraph_format.keep_with_next = True
    _recipients(document, plan, first=False)


def _signature(cell: Container, one: Plan) -> None:
    lines = [joined(one[part]) for part in ("heading", "capacity", "post") if one[part]]
    for at, text in enumerate(lines):
        _line(cell, text, BODY_SIZE, bold=True, first=at == 0)
    if one["hint"]:
        _line(cell, one["hint"], 12, italic=True, first=not lines)
    if one["confirmation"]:
        gap = _line(cell, "", 6)
        for text in one["confirmation"]:
            _frame(_line(cell, text, 9), 82.0, 62.0)
        gap = _line(cell, "", 6)
    else:
        gap = _line(cell, "", 12)
        gap.paragraph_format.space_after = Mm(18)
    _line(cell, joined(one["name"]), BODY_SIZE, bold=True)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _recipients(place: Container, plan: Plan, *, first: bool) -> None:
    if not plan["recipients"]:
        return
    head = place.paragraphs[0] if first else place.add_paragraph()
    _run(head, "Nơi nhận:", bold=True, italic=True, size=12)
    head.runs[0].underline = plan["bloc"] == "party" or None
    for line in plan["recipients"]:
        _run(place.add_paragraph(), joined(line), size=11)


def _annex(document: Container, annex: Plan) -> None:
    """An annex is a section of its own: its own orientation, its pages counted from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _page(section, landscape=annex["landscape"])
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.insert_element_before(
        parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'), "w:cols", "w:titlePg", "w:docGrid"
    )
    label = document.add_heading(annex["label"], 1)
    label.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(document, joined(annex["title"]), BODY_SIZE, bold=True)
    under = _line(document, joined(annex["belongs_to"]), BODY_SIZE, italic=True)
    under.paragraph_format.space_after = Pt(10)
    _blocks(document, annex["blocks"])
