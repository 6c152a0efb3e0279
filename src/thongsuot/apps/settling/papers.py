"""Papers of settling: the table against the kho bạc to sign, and the sheet as a workbook."""

import io
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.papers import DOCX, PDF, XLSX
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.settling.imports import CODE, as_row
from thongsuot.apps.settling.models import ClosingSheet, Confirmation, SheetLine
from thongsuot.apps.settling.models.choices import Section as Part
from thongsuot.apps.settling.models.choices import SheetState
from thongsuot.apps.settling.queries.finance import statement_of
from thongsuot.foundation.imports.engine import kind_of
from thongsuot.foundation.imports.writing import write_rows
from thongsuot.foundation.papers import Paper, fit, to_docx, to_pdf
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.values import (
    Block,
    Cell,
    Column,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Section,
    Signatory,
    Sum,
    Table,
    Verification,
)
from thongsuot.foundation.trail.queries import head_of
from thongsuot.foundation.wording import day, say
from thongsuot.rules.settling.finance import Statement, closing_problems, totals

__all__ = ["FORMS", "XLSX", "confirmation_paper", "sheet_workbook"]
MOST_NAMED = 20


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def confirmation_paper(transition: Transition, sheet: ClosingSheet, at: datetime) -> Paper:
    """The table that body and kho bạc sign: account by account, the sheet beside the confirmation."""
    body = body_names([sheet.body_id])[sheet.body_id]
    statement = statement_of(sheet)
    size, head = head_of(f"transition:{transition.pk}")
    url = f"{settings.SITE_URL}/ban-giao/{transition.pk}/khoa-so/{sheet.body_id}/"
    frame = Frame(
        letterhead=Letterhead(issuer=body, place="", day=timezone.localtime(at).date()),
        bases=(f"Căn cứ {transition.basis}",) if transition.basis else (),
        recipients=("Kho bạc Nhà nước nơi giao dịch", "Bên nhận bàn giao", "Lưu: VT, KT"),
        verification=Verification(f"{size}-{head[:16]}", url),
        demo=transition.demo,
        made_at=at,
    )
    signatories = (
        Signatory("", "Kế toán trưởng", hint="(Ký, ghi rõ họ tên)"),
        Signatory("", "Thủ trưởng đơn vị", hint="(Ký, đóng dấu)"),
        Signatory("", "Xác nhận của Kho bạc Nhà nước", hint="(Ký, đóng dấu)"),
    )
    return frame.paper(
        "BẢNG ĐỐI CHIẾU",
        f"Số liệu tài chính khi kết thúc hoạt động với xác nhận của Kho bạc Nhà nước, đến hết ngày {day(sheet.as_of)}",
        (Section("", _blocks(sheet, statement, body)),),
        signatories,
        landscape=True,
    )


def _blocks(sheet: ClosingSheet, statement: Statement, body: str) -> tuple[Block, ...]:
    newest = Confirmation.objects.filter(sheet=sheet).order_by("-pk").first()
    said = (
        f"Theo xác nhận số dư số {newest.number} ngày {day(newest.on)}."
        if newest
        else "Chưa có xác nhận số dư của Kho bạc Nhà nước."
    )
    problems = closing_problems(body, statement)
    verdict: Block = Paragraph("Số liệu khớp, không có chênh lệch.")
    if problems:
        verdict = Items(tuple(say(p) for p in problems[:MOST_NAMED]))
    state = "Số liệu đã chốt." if sheet.state == SheetState.FROZEN else "Số liệu chưa chốt."
    return (
        Paragraph(f"{said} {state}"),
        Heading("1. Đối chiếu theo tài khoản (đồng)", 2),
        _accounts(statement),
        Heading("2. Tổng hợp bảng khóa sổ (đồng)", 2),
        _summary(statement),
        Sum("Tổng số do Kho bạc Nhà nước quản lý theo bảng khóa sổ",
            sum(account.sheet for account in statement.accounts)),
        Heading("3. Kết quả đối chiếu", 2),
        verdict,
    )  # fmt: skip


def _accounts(statement: Statement) -> Block:
    columns = (
        Column("Số tài khoản", 2),
        Column("Dòng", 3),
        Column("Bảng khóa sổ", align="right", total=True),
        Column("Kho bạc xác nhận", align="right", total=True),
        Column("Chênh lệch", align="right", total=True),
        Column("Kết quả", align="center", wide=False),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            a.number, ", ".join(a.lines), a.sheet, a.confirmed, a.difference,
            "Khớp" if a.ties else "Lệch" if a.confirmed is not None else "Chưa xác nhận",
        )
        for a in statement.accounts
    )  # fmt: skip
    return Table(columns, rows) if rows else Paragraph("Không có số liệu ở kho bạc.")


def _summary(statement: Statement) -> Block:
    columns = (
        Column("Phần", 4),
        Column("Số dòng", align="right"),
        Column("Số tiền (đồng)", align="right"),
    )
    counts: dict[str, int] = {}
    for line in statement.lines:
        counts[line.section] = counts.get(line.section, 0) + 1
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(Part(section).label), counts[section], amount)
        for section, amount in totals(statement.lines).items()
    )
    return Table(columns, rows) if rows else Paragraph("Bảng khóa sổ chưa có dòng nào.")


def sheet_workbook(sheet: ClosingSheet) -> bytes:
    """The sheet in the columns of its template: the file can be brought in again."""
    out = io.BytesIO()
    rows = SheetLine.objects.filter(sheet=sheet, live=True).order_by("pk")
    write_rows(kind_of(CODE), (as_row(row) for row in rows), out)
    return out.getvalue()


def _as(form: str) -> Callable[[Transition, ClosingSheet, datetime], tuple[bytes, str, str]]:
    def make(transition: Transition, sheet: ClosingSheet, at: datetime) -> tuple[bytes, str, str]:
        paper = fit(confirmation_paper(transition, sheet, at)).paper
        if form == "pdf":
            return to_pdf(paper), PDF, "doi-chieu-kho-bac.pdf"
        return to_docx(paper), DOCX, "doi-chieu-kho-bac.docx"

    return make


FORMS: dict[str, Callable[[Transition, ClosingSheet, datetime], tuple[bytes, str, str]]] = {
    "pdf": _as("pdf"),
    "docx": _as("docx"),
    "xlsx": lambda transition, sheet, at: (sheet_workbook(sheet), XLSX, "bang-khoa-so.xlsx"),
}
