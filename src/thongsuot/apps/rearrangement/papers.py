"""The scheme as a paper to submit: what is there, the options side by side, the fate of each unit."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from thongsuot.apps.rearrangement.lists import FATES, fates_for
from thongsuot.apps.rearrangement.models import Option, Scheme
from thongsuot.apps.rearrangement.queries import CompareRow, OptionView, compare, options_of
from thongsuot.apps.rearrangement.steps import chain_of
from thongsuot.apps.registry.naming import body_names, superior_name
from thongsuot.foundation.papers import Paper, fit, to_docx, to_pdf
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.values import (
    Block,
    Cell,
    Column,
    Heading,
    Letterhead,
    Paragraph,
    Section,
    Signatory,
    Table,
    Verification,
)
from thongsuot.foundation.trail.queries import head_of
from thongsuot.foundation.wording import day
from thongsuot.rules.kernel.actor import Actor

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def scheme_paper(actor: Actor, scheme: Scheme, at: datetime) -> Paper:
    """The scheme with its options; after approval with the option that was approved alone."""
    views = options_of(scheme)
    if scheme.chosen_id:
        views = [v for v in views if v.option.pk == scheme.chosen_id]
    names = body_names(
        {o for v in views for o in v.totals if o} | {scheme.keeper_id, scheme.approver_id}
    )
    rows = compare(views, names, "Tổng cộng")
    blocks: list[Block] = [
        Paragraph(_intro(scheme, rows)),
        Heading("1. Tổng hợp đầu mối, người, lãnh đạo", 2),
    ]
    blocks.append(_compared(views, rows))
    for number, view in enumerate(views, 2):
        blocks.append(Heading(f"{number}. Phương án {view.option.letter}: {view.option.title}", 2))
        version = scheme.chosen_version if view.option.pk == scheme.chosen_id else None
        blocks += _fates(actor, scheme, view.option, version or view.option.version)
    size, head = head_of(chain_of(scheme.pk))
    today = timezone.localtime(at).date()
    frame = Frame(
        letterhead=Letterhead(
            issuer=names[scheme.keeper_id], superior=superior_name(scheme.keeper_id, today), day=today
        ),
        bases=(f"Căn cứ {scheme.basis}",) if scheme.basis else (),
        recipients=(names[scheme.approver_id], "Lưu: VT"),
        verification=Verification(f"{size}-{head[:16]}", f"{settings.SITE_URL}/sap-xep/{scheme.pk}/"),
        demo=scheme.demo,
        made_at=at,
    )  # fmt: skip
    return frame.paper(
        "PHƯƠNG ÁN", scheme.title, (Section("", tuple(blocks)),),
        (Signatory("", "Thủ trưởng cơ quan", hint="(Ký, đóng dấu)"),), landscape=True,
    )  # fmt: skip


def _intro(scheme: Scheme, rows: Sequence[CompareRow]) -> str:
    now = rows[-1].now.before if rows else None
    there = (
        f"Hiện có {now.units} đơn vị, {now.people} người, {now.leaders} vị trí lãnh đạo."
        if now
        else ""
    )
    if not scheme.chosen_id or scheme.decision_on is None:
        return f"{there} Phương án đang ở bước: {scheme.get_state_display()}."
    return f"{there} Đã phê duyệt theo Quyết định số {scheme.decision_number} ngày {day(scheme.decision_on)}."


def _compared(views: Sequence[OptionView], rows: Sequence[CompareRow]) -> Block:
    columns = [
        Column("Cơ quan", 4),
        *(Column(t, align="right", group="Hiện nay") for t in ("Đơn vị", "Người", "Lãnh đạo")),
    ]
    for view in views:
        group = f"Phương án {view.option.letter}"
        columns += [
            Column(t, align="right", group=group)
            for t in ("Đơn vị", "Giảm, %", "Người", "Lãnh đạo")
        ]
    lines: list[tuple[Cell, ...]] = []
    for row in rows:
        cells: list[Cell] = [
            row.name,
            row.now.before.units,
            row.now.before.people,
            row.now.before.leaders,
        ]
        for total, percent in row.cells:
            cells += [
                total.after.units,
                "" if percent is None else f"{percent}%",
                total.after.people,
                total.after.leaders,
            ]
        lines.append(tuple(cells))
    return Table(tuple(columns), tuple(lines), strong=frozenset({len(lines) - 1}))


def _fates(actor: Actor, scheme: Scheme, option: Option, version: int) -> list[Block]:
    shown = {c.key: c for c in FATES.columns}
    rows: list[tuple[Cell, ...]] = [
        tuple(
            _text(shown[k].read(f))
            for k in ("owner", "name", "fate", "after", "people", "released")
        )
        for f in fates_for(actor, scheme, option, version).order_by(
            "present__owner", "present__code"
        )
    ]
    if not rows:
        return [Paragraph("Chưa có hướng sắp xếp nào.")]
    columns = (
        Column("Cơ quan", 3), Column("Đơn vị hiện nay", 4), Column("Hướng sắp xếp", 2), Column("Sau sắp xếp", 4),
        Column("Số người", align="right", total=True), Column("Nghỉ, tinh giản", align="right", total=True),
    )  # fmt: skip
    return [Table(columns, tuple(rows))]


def _text(value: object) -> Cell:
    return value if isinstance(value, int) else str(value or "")


def _pdf(actor: Actor, scheme: Scheme, at: datetime) -> tuple[bytes, str, str]:
    return to_pdf(fit(scheme_paper(actor, scheme, at)).paper), PDF, "phuong-an-sap-xep.pdf"


def _docx(actor: Actor, scheme: Scheme, at: datetime) -> tuple[bytes, str, str]:
    return to_docx(fit(scheme_paper(actor, scheme, at)).paper), DOCX, "phuong-an-sap-xep.docx"


FORMS: dict[str, Callable[[Actor, Scheme, datetime], tuple[bytes, str, str]]] = {
    "pdf": _pdf,
    "docx": _docx,
}
