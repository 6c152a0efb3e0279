"""A paper becomes lines: every text final, ready for a writer that only sets it.

Both writers, PDF and DOCX, set the same plan, so what is signed on screen and what is edited in
an office cannot differ in a word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from thongsuot.foundation.papers.glyphs import printable
from thongsuot.foundation.papers.tabling import (
    LINKS,
    TERRITORIES,
    Set,
    balanced,
    breakable,
    set_table,
)
from thongsuot.foundation.papers.values import (
    Annex,
    Bloc,
    Block,
    Confirmation,
    Facts,
    Heading,
    Items,
    Letterhead,
    Paper,
    Paragraph,
    Section,
    Signatory,
    Sum,
    Table,
    Verification,
)
from thongsuot.foundation.papers.wordings import cell, day_in_words, local, moment, number, roman
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.words import sentence_in_words

Plan = dict[str, Any]

# Decree 30/2020, Annex I: A4; top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm.
PAGE_MM = (210.0, 297.0)
MARGINS_MM = {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0}
BODY_SIZE = 13.0
HEAD_SIZE = 12.0
TITLE_SIZE = 14.0
HEAD_ROOM_MM = 64.0
SIGNATURE_ROOM_MM = 76.0
INDENT_MM = 10.5
FOOT_SIZE = 8.0
FOOT_ROOM_MM = 132.0
TABLE_SIZE = 12.0
ANNEX_TABLE_SIZE = 11.0
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
DEMO_MARK = "SỐ LIỆU MINH HỌA"
DEMO_LINE = "SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
_DOTS = "…………"


def compose(paper: Paper) -> Plan:
    """The paper as final texts in the order they are printed, with the digest of its content.

    Shapes: plain lists, texts and numbers; lengths in mm.
    """
    head = paper.letterhead
    content: Plan = {
        "bloc": head.bloc.value,
        "head": _head(head),
        "kind": printable(paper.kind),
        "subject": _lines(
            paper.subject, _room(landscape=paper.landscape), TITLE_SIZE, before=LINKS
        ),
        "secrecy": paper.secrecy,
        "urgency": paper.urgency,
        "demo": DEMO_LINE if paper.demo else "",
        "landscape": paper.landscape,
        "bases": _bases(paper.bases),
        "blocks": _sections(paper.sections, _room(landscape=paper.landscape)),
        "signatures": [_signature(one) for one in paper.signatories],
        "recipients": _recipients(paper.recipients),
        "annexes": _annexes(paper),
    }
    whole = content_digest(paper)
    return {
        **content,
        "title": printable(f"{paper.kind} {paper.subject}").replace("\n", " ").strip(),
        "author": " ".join(printable(head.issuer).upper().split())[:255],
        "made_on": (_made_on(paper)).isoformat(),
        "watermark": DEMO_MARK if paper.demo else "",
        "digest": whole,
        "footer": _footer(paper, whole),
        "url": printable(_square(paper.verification)),
    }


def content_digest(paper: Paper) -> str:
    """SHA-256 of what the paper says, as values: the same whatever the layout of the day.

    Shapes: everything except the verification line, which is made of it.
    """
    return digest(
        {f.name: _named(getattr(paper, f.name)) for f in fields(paper) if f.name != "verification"}
    )


def _named(value: object) -> object:
    """A value with the names of its parts, so that a paragraph never equals a heading."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _named(getattr(value, f.name)) for f in fields(value)}
        return {"is": type(value).__name__, **parts}
    if isinstance(value, tuple):
        return [_named(one) for one in value]
    return value


def _made_on(paper: Paper) -> date:
    made = local(paper.made_at).date() if paper.made_at else None
    return made or paper.letterhead.day or date(2025, 7, 1)  # PDF/A asks for some day


def _room(*, landscape: bool) -> float:
    """The width of the text between the margins, in mm."""
    return PAGE_MM[1 if landscape else 0] - MARGINS_MM["left"] - MARGINS_MM["right"]


def _head(head: Letterhead) -> Plan:
    party = head.bloc is Bloc.PARTY
    return {
        "superior": _lines(head.superior.upper(), HEAD_ROOM_MM, HEAD_SIZE),
        "issuer": _lines(head.issuer.upper(), HEAD_ROOM_MM, HEAD_SIZE),
        "nation": PARTY if party else NATION,
        "motto": "" if party else MOTTO,
        "number": _number(head),
        "place_day": _place_day(head),
    }


def _number(head: Letterhead) -> str:
    """ "Số: 05/BB-UBND" of the State, "Số 05-BB/QU" of the Party; dots where it is not known."""
    if not (head.number or head.symbol):
        return ""
    number_ = printable(head.number)
    number_ = number_.zfill(2) if number_.isdigit() else number_ or "……"
    if head.bloc is Bloc.PARTY:
        return f"Số {number_}-{printable(head.symbol)}"
    return f"Số: {number_}/{printable(head.symbol)}"


def _place_day(head: Letterhead) -> str:
    if head.day is not None:
        return f"{printable(head.place)}, {day_in_words(head.day)}".removeprefix(", ")
    return f"{printable(head.place)}, ngày …… tháng …… năm ……" if head.place else ""


def _bases(bases: Sequence[str]) -> list[Any]:
    """The căn cứ: a semicolon after each, a full stop after the last."""
    lines = [printable(base).rstrip(" ;.,") for base in bases]
    ends = [";"] * (len(lines) - 1) + ["."]
    room = _room(landscape=False)
    return [breakable(line + end, room, BODY_SIZE) for line, end in zip(lines, ends, strict=False)]


def _recipients(recipients: Sequence[str]) -> list[Set]:
    lines = [f"- {printable(one).strip().lstrip('- ').rstrip(' ;.')}" for one in recipients]
    ends = [";"] * (len(lines) - 1) + ["."]
    return [
        breakable(line + end, SIGNATURE_ROOM_MM, BODY_SIZE)
        for line, end in zip(lines, ends, strict=False)
    ]


def _sections(sections: Sequence[Section], room: float) -> list[Plan]:
    blocks: list[Plan] = []
    count = 0
    for section in sections:
        if section.title:
            count += 1
            blocks.append(_heading(f"{roman(count)}. {section.title}", 1, room))
        for block in section.blocks:
            blocks += _block(block, room, TABLE_SIZE)
    return _from_level_one(blocks)


def _from_level_one(blocks: list[Plan]) -> list[Plan]:
    """An outline begins at level 1: what comes before the first such heading is lifted to it."""
    for block in blocks:
        if block["is"] == "heading":
            if block["level"] == 1:
                break
            block["level"] = 1
    return blocks


def _heading(text: str, level: int, room: float) -> Plan:
    shown = breakable(printable(text), room - INDENT_MM, BODY_SIZE, bold=True)
    return {"is": "heading", "level": level, "text": shown}


def _block(block: Block, room: float, table_size: float) -> list[Plan]:
    """One block as headings, paragraphs and tables: writers know no other kinds."""
    if isinstance(block, Table):
        return [set_table(block, room, table_size)]
    if isinstance(block, Heading):
        return [_heading(block.text, block.level, room)]
    if isinstance(block, Paragraph):
        return [_paragraph([(block.text, block.bold, block.italic)], room, block.align)]
    if isinstance(block, Items):
        return [_paragraph([(f"- {text}", False, False)], room) for text in block.texts]
    if isinstance(block, Sum):
        return [_sum(block, room)]
    return _facts(block, room)


def _facts(facts: Facts, room: float) -> list[Plan]:
    return [
        _paragraph([(f"{label}: ", False, False), (cell(value) or _DOTS, True, False)], room)
        for label, value in facts.rows
    ]


def _sum(total: Sum, room: float) -> Plan:
    words = sentence_in_words(total.amount, total.unit)
    return _paragraph(
        [
            (f"{total.label}: ", False, False),
            (f"{number(total.amount)} {total.unit}", True, False),
            (f" (Bằng chữ: {words}).", False, True),
        ],
        room,
    )


def _paragraph(runs: Iterable[tuple[str, bool, bool]], room: float, align: str = "justify") -> Plan:
    return {
        "is": "paragraph",
        "align": align,
        "runs": [
            {
                "text": breakable(printable(text), room - INDENT_MM, BODY_SIZE, bold=bold),
                "bold": bold,
                "italic": italic,
            }
            for text, bold, italic in runs
        ],
    }


def _signature(one: Signatory) -> Plan:
    return {
        "heading": _signing(one.heading),
        "capacity": _signing(one.capacity),
        "post": _signing(one.post),
        "hint": printable(one.hint),
        "name": breakable(printable(one.name), SIGNATURE_ROOM_MM, BODY_SIZE, bold=True),
        "confirmation": _confirmation(one.confirmation) if one.confirmation else [],
    }


def _signing(text: str) -> Set:
    return _lines(text.upper(), SIGNATURE_ROOM_MM, BODY_SIZE)


def _lines(text: str, room: float, size: float, *, before: tuple[str, ...] = TERRITORIES) -> Set:
    """A centred heading on as many lines as it needs, broken where the eye expects it."""
    return breakable(balanced(printable(text), room, size, before=before), room, size, bold=True)


def _confirmation(given: Confirmation) -> list[str]:
    lines = ["Đã xác nhận trên hệ thống", f"lúc {moment(given.at)}", printable(given.method)]
    return [*lines, f"Dấu vết: {printable(given.mark)}"] if given.mark else lines


def _annexes(paper: Paper) -> list[Plan]:
    alone = len(paper.annexes) == 1
    return [
        _annex(annex, "PHỤ LỤC" if alone else f"PHỤ LỤC {roman(at)}", _belongs_to(paper))
        for at, annex in enumerate(paper.annexes, 1)
    ]


def _annex(annex: Annex, label: str, belongs_to: str) -> Plan:
    room = _room(landscape=annex.landscape)
    blocks = [one for block in annex.blocks for one in _block(block, room, ANNEX_TABLE_SIZE)]
    return {
        "label": label,
        "title": _lines(annex.title.upper(), room, BODY_SIZE, before=()),
        "belongs_to": breakable(belongs_to, room, BODY_SIZE),
        "landscape": annex.landscape,
        "blocks": blocks,
    }


def _belongs_to(paper: Paper) -> str:
    """ "(Kèm theo Biên bản số 05/BB-UBND ngày … của …)": what Decree 30 asks under the title."""
    head = paper.letterhead
    number_ = _number(head).removeprefix("Số: ").removeprefix("Số ")
    parts = [
        f"Kèm theo {paper.kind.capitalize()}",
        f"số {number_}" if number_ else "",
        day_in_words(head.day) if head.day else "ngày …… tháng …… năm ……",
        f"của {head.issuer}",
    ]
    return printable(f"({' '.join(part for part in parts if part)})")


def _square(check: Verification) -> str:
    """What the square code holds."""
    return check.square or check.url or check.code


def _footer(paper: Paper, whole: str) -> list[Set]:
    check = paper.verification
    lines = [f"Mã xác minh: {printable(check.code)}"] if check.code else []
    if check.url:
        lines.append(f"Tra cứu: {printable(check.url)}")
    shown = [" · ".join(lines), f"SHA-256 nội dung: {whole}"]
    return [breakable(line, FOOT_ROOM_MM, FOOT_SIZE) for line in shown]
