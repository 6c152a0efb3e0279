"""A brief as paper: figures and words in fixed sections, in the layout of the recipient's bloc."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from thongsuot.apps.reporting.actions.papers import KINDS
from thongsuot.apps.reporting.filling import Unfit, fill
from thongsuot.apps.reporting.models import Bloc as LayoutBloc
from thongsuot.apps.reporting.models import Brief, BriefKind
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.snapshots import (
    Frozen,
    changed_lines,
    fresh_texts,
    frozen,
    previous,
    said_lines,
    works,
)
from thongsuot.apps.reporting.words import PARTS
from thongsuot.foundation.files.kinds import DOCX, PDF
from thongsuot.foundation.files.store import open_file
from thongsuot.foundation.papers import Paper, fit, to_docx, to_pdf
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.values import (
    Bloc,
    Block,
    Cell,
    Column,
    Confirmation,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Section,
    Signatory,
    Table,
    Verification,
)
from thongsuot.foundation.wording import day, moment, number
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.reporting import brief as rules

NAMED = 60  # names of missing units printed; the rest are counted
KIND_WORDS = {
    BriefKind.BRIEF: "Kết quả thực hiện",
    BriefKind.REVIEW: "Sơ kết",
    BriefKind.FINAL: "Tổng kết",
}
HEAD_PLACES = (
    "noi_nhan", "co_quan", "so", "ky_hieu", "dia_danh", "ngay", "ten_bao_cao", "ky", "da_bao_cao",
    "chuc_vu", "nguoi_ky",
)  # fmt: skip
PLACES = (*HEAD_PLACES, *PARTS)
Made = Callable[[Frozen, Frozen | None], tuple[Block, ...]]


def _changed(now: Frozen, before: Frozen | None) -> tuple[Block, ...]:
    """What differs from the last brief to the same recipient."""
    if before is None:
        return (Paragraph("Đây là báo cáo đầu tiên của chế độ báo cáo này gửi nơi nhận."),)
    lines = changed_lines(now, before)
    fresh = fresh_texts(now, before)
    blocks: list[Block] = [Paragraph(f"So với {before.period_words}:")]
    if lines:
        columns = (
            Column("Chỉ tiêu", 4),
            Column("Kỳ trước", align="right"),
            Column("Kỳ này", align="right"),
            Column("Tăng, giảm", align="right"),
        )
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (_titled(li.field), li.was or "–", li.now or "–", li.difference or "–") for li in lines
        )
        blocks.append(Table(columns, rows))
    else:
        blocks.append(Paragraph("Số liệu không thay đổi."))
    said = [line for texts in fresh.values() for line in said_lines(texts)]
    if said:
        blocks += [Paragraph("Nội dung mới đơn vị nêu kỳ này:"), Items(tuple(said))]
    return tuple(blocks)


def _titled(one: Any) -> str:
    return f"{one.title} ({one.unit})" if one.unit else one.title


def _figures(now: Frozen, before: Frozen | None) -> tuple[Block, ...]:
    """Every figure by field of work, with how many units said something."""
    columns = (
        Column("Chỉ tiêu", 4),
        Column("Kỳ trước", align="right"),
        Column("Kỳ này", align="right"),
        Column("Số đơn vị có số liệu", align="right"),
    )
    blocks: list[Block] = []
    for work in works(now, before):
        if not work.lines:
            continue
        if work.name:
            blocks.append(Heading(work.name, 2))
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (_titled(li.field), li.was or "–", li.now or "–", f"{number(li.said)}/{number(li.units)}")
            for li in work.lines
        )  # fmt: skip
        blocks.append(Table(columns, rows))
    return tuple(blocks) or (Paragraph("Mẫu báo cáo không có chỉ tiêu số."),)


def _reported(now: Frozen, _before: Frozen | None) -> tuple[Block, ...]:
    """X trên Y đơn vị đã báo cáo, with the late and the missing by name."""
    c = now.counts
    cut = moment(now.snapshot.cut_at)
    head = (
        f"Tính đến {cut}, {number(c.received)}/{number(c.expected)} đơn vị đã báo cáo: "
        f"đúng hạn {number(c.on_time)}, không có phát sinh {number(c.nothing)}, "
        f"nộp muộn {number(c.late)}; chưa báo cáo {number(c.waiting + c.silent)}."
    )
    blocks: list[Block] = [Paragraph(head)]
    if now.snapshot.content.get("early"):
        blocks.append(Paragraph("Số liệu chốt sớm, trước giờ chốt.", italic=True))
    for label, names in (("Nộp muộn", c.late_names), ("Chưa báo cáo", c.missing_names)):
        if names:
            more = f" và {number(len(names) - NAMED)} đơn vị khác" if len(names) > NAMED else ""
            blocks.append(Paragraph(f"{label}: {', '.join(names[:NAMED])}{more}."))
    return tuple(blocks)


MADE: Mapping[str, Made] = {"thay_doi": _changed, "so_lieu": _figures, "bao_cao": _reported}


def _words(text: str) -> tuple[Block, ...]:
    """A written part: lines that begin with a dash become a list, the others paragraphs."""
    blocks: list[Block] = []
    items: list[str] = []
    for line in [*text.split("\n"), ""]:
        plain = line.strip()
        if plain.startswith(("- ", "+ ", "• ")):
            items.append(plain[2:].strip())
            continue
        if items:
            blocks.append(Items(tuple(items)))
            items = []
        if plain:
            blocks.append(Paragraph(plain))
    return tuple(blocks) or (Paragraph("Chưa có nội dung."),)


@translation.override("vi")  # a paper of an office is in Vietnamese, whoever asks for it
def brief_paper(found: Brief, at: datetime) -> Paper:
    """The brief as it is printed: a draft says that it is one."""
    snapshot = found.snapshot
    recipient = snapshot.recipient
    now = frozen(snapshot)
    last = previous(snapshot)
    before = frozen(last) if last else None
    issuer = body_names([recipient.series.body_id], snapshot.since)[recipient.series.body_id]
    signed = timezone.localtime(found.signed_at).date() if found.signed_at else None
    party = recipient.bloc == LayoutBloc.PARTY
    sections = tuple(
        Section(
            str(PARTS[part.key]),
            MADE[part.key](now, before) if part.made else _words(found.words.get(part.key, "")),
        )
        for part in rules.PARTS[KINDS[found.kind]]
    )
    url = f"{settings.SITE_URL}/bao-cao/van-ban/{found.pk}/"
    frame = Frame(
        letterhead=Letterhead(
            issuer=issuer,
            number=found.number,
            symbol=found.symbol,
            place=found.place,
            day=signed,
            bloc=Bloc.PARTY if party else Bloc.STATE,
        ),
        recipients=(recipient.name, "Lưu: VT"),
        verification=Verification(found.digest[:16] if signed else "", url if signed else ""),
        demo=recipient.series.demo,
        made_at=found.signed_at or found.changed_at,
    )
    kind = BriefKind(found.kind)
    subject = f"{KIND_WORDS[kind]} {_lowered(recipient.series.name)}, {now.period_words}"
    return frame.paper("BÁO CÁO", subject, (*_draft(found), *sections), (_signatory(found),))


def _lowered(name: str) -> str:
    """A series in the middle of a sentence: without “Báo cáo” said twice."""
    bare = name.removeprefix("Báo cáo ").removeprefix("báo cáo ")
    return bare[:1].lower() + bare[1:] if bare[:2] != bare[:2].upper() else bare


def _draft(found: Brief) -> tuple[Section, ...]:
    if found.signed_at is not None:
        return ()
    said = "Bản dự thảo, chưa ký."
    if found.snapshot.recipient.bloc == LayoutBloc.PARTY:
        said += " Thể thức văn bản của Đảng trong bản in này cần xác nhận."
    return (Section("", (Paragraph(said, italic=True, align="center"),)),)


def _signatory(found: Brief) -> Signatory:
    if found.signed_at is None:
        return Signatory("", "Thủ trưởng cơ quan", hint="(Ký, ghi rõ họ tên)")
    how = "nhập lại mật khẩu ngay trước khi ký"
    return Signatory(
        found.signed_name,
        found.signed_post,
        confirmation=Confirmation(found.signed_at, how, found.digest[:16]),
    )


def plain(blocks: tuple[Block, ...]) -> str:
    """Blocks as lines of text, for a place in an office's own template."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                said = [str(cell) for cell in row if cell not in (None, "", "–")]
                lines.append(f"- {said[0]}: {'; '.join(said[1:])}" if len(said) > 1 else said[0])
        elif isinstance(block, Items):
            lines += [f"- {text}" for text in block.texts]
        elif isinstance(block, Heading | Paragraph):
            lines.append(block.text)
    return "\n".join(lines)


@translation.override("vi")
def place_values(found: Brief, at: datetime) -> dict[str, str]:
    """What stands in each place of an office's own template."""
    snapshot = found.snapshot
    recipient = snapshot.recipient
    now = frozen(snapshot)
    last = previous(snapshot)
    before = frozen(last) if last else None
    counts = now.counts
    issuer = body_names([recipient.series.body_id], snapshot.since)[recipient.series.body_id]
    values = {
        "noi_nhan": recipient.name,
        "co_quan": issuer,
        "so": found.number,
        "ky_hieu": found.symbol,
        "dia_danh": found.place,
        "ngay": day(found.signed_at) if found.signed_at else "",
        "ten_bao_cao": recipient.series.name,
        "ky": now.period_words,
        "da_bao_cao": f"{number(counts.received)}/{number(counts.expected)}",
        "chuc_vu": found.signed_post,
        "nguoi_ky": found.signed_name,
    }
    for key in PARTS:
        values[key] = plain(MADE[key](now, before)) if key in MADE else found.words.get(key, "")
    return {key: value for key, value in values.items() if value}


def shown_blocks(paper: Paper, key: str) -> list[dict[str, Any]]:
    """A made part as the page shows it: what will be printed and nothing else."""
    with translation.override("vi"):
        title = str(PARTS[key])
    section = next((s for s in paper.sections if s.title == title), None)
    shown: list[dict[str, Any]] = []
    for block in section.blocks if section else ():
        if isinstance(block, Table):
            columns = [(c.title, c.align == "right") for c in block.columns]
            rows = [
                [(cell, right, title) for cell, (title, right) in zip(row, columns, strict=True)]
                for row in block.rows
            ]
            shown.append({"is": "table", "columns": columns, "rows": rows})
        elif isinstance(block, Items):
            shown.append({"is": "items", "texts": block.texts})
        elif isinstance(block, Heading):
            shown.append({"is": "heading", "text": block.text})
        elif isinstance(block, Paragraph):
            shown.append({"is": "paragraph", "text": block.text})
    return shown


def _pdf(found: Brief, at: datetime) -> tuple[bytes, str]:
    return to_pdf(fit(brief_paper(found, at)).paper), PDF


def _docx(found: Brief, at: datetime) -> tuple[bytes, str]:
    return to_docx(fit(brief_paper(found, at)).paper), DOCX


def _own(found: Brief, at: datetime) -> tuple[bytes, str]:
    if found.template is None:
        raise ValueError("the brief has no template")
    try:
        content = open_file(found.template.file)
    except FileNotFoundError as lost:
        raise Unfit(Problem("reporting.template-gone", found.template.name)) from lost
    with content:
        return fill(content.read(), place_values(found, at), found.template.name), DOCX


FORMS: Mapping[str, Callable[[Brief, datetime], tuple[bytes, str]]] = {
    "pdf": _pdf,
    "docx": _docx,
    "mau.docx": _own,
}
