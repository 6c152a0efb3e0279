"""The record of a data copy, for signature: what was copied, its proof, what the check found."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from thongsuot.apps.continuity import words
from thongsuot.apps.continuity.models import Copy, CopyCheck, CopyProof
from thongsuot.apps.handover.papers import DOCX, PDF
from thongsuot.apps.handover.queries import body_names
from thongsuot.foundation.papers import to_docx, to_pdf
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.values import (
    Block,
    Column,
    Facts,
    Letterhead,
    Paper,
    Paragraph,
    Section,
    Signatory,
    Table,
    Verification,
)
from thongsuot.foundation.papers.wordings import moment, number

FORMS = ("pdf", "docx")
PRINTED = 100  # differences printed; the result that was handed in has all of them


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def copy_record(copy: Copy, form: str, at: datetime) -> tuple[bytes, str]:
    """The record as PDF or DOCX with its media type."""
    paper = _paper(copy, at)
    return (to_pdf(paper), PDF) if form == "pdf" else (to_docx(paper), DOCX)


def _paper(copy: Copy, at: datetime) -> Paper:
    names = body_names([copy.owner_id, copy.receiver_id])
    owner, receiver = names[copy.owner_id], names[copy.receiver_id]
    proof = copy.proofs.select_related("file").order_by("-number").first()
    check = copy.checks.select_related("proof").order_by("-number").first()
    frame = Frame(
        letterhead=Letterhead(issuer=owner, day=timezone.localtime(at).date()),
        demo=copy.demo,
        made_at=at,
        verification=Verification(
            code=proof.root[:32] if proof else "",
            url=f"{settings.SITE_URL}/sao-luu/{copy.pk}/",
        ),
    )
    sections = (
        Section("DỮ LIỆU ĐƯỢC SAO", (_what(copy, owner, receiver),)),
        Section("CHỨNG NHẬN CỦA BÊN GIAO", _proved(proof)),
        Section("ĐỐI CHIẾU CỦA BÊN NHẬN", _checked(check)),
    )
    signatories = (
        Signatory(name="", heading="ĐẠI DIỆN BÊN GIAO", hint="(Ký, ghi rõ họ tên)"),
        Signatory(name="", heading="ĐẠI DIỆN BÊN NHẬN", hint="(Ký, ghi rõ họ tên)"),
    )
    subject = f"Sao chép dữ liệu {copy.system}"
    return frame.paper("BIÊN BẢN", subject, sections, signatories)


def _grouped(code: str) -> str:
    """A long code in groups, so that a line may break inside it and an eye may compare it."""
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))


def _what(copy: Copy, owner: str, receiver: str) -> Facts:
    server = copy.server
    return Facts(
        (
            ("Hệ thống, phần mềm", copy.system),
            ("Loại", str(copy.get_kind_display())),
            ("Cơ quan có dữ liệu", owner),
            ("Cơ quan nhận bản sao", receiver),
            ("Máy chủ nhận", f"{server.name} ({server.get_fit_display()})" if server else ""),
            ("Nơi để bản sao", copy.place),
            ("Mục trong danh mục bàn giao", copy.item.code if copy.item else ""),
            ("Phải xong trước hết ngày", copy.due_on),
        )
    )


def _proved(proof: CopyProof | None) -> tuple[Block, ...]:
    if proof is None:
        return (Paragraph("Chưa có chứng nhận."),)
    return (
        Facts(
            (
                ("Lập lúc", f"{proof.made_at}, {proof.made_by}, {proof.tool}"),
                ("Nộp lúc", f"{moment(proof.at)}, {proof.name}"),
                ("Số tệp; bảng; dòng", "; ".join(number(n) for n in (proof.files, proof.tables, proof.rows))),
                ("Dung lượng (byte)", proof.octets),
                ("Mã gốc", _grouped(proof.root)),
                ("Mã tệp chứng nhận (SHA-256)", _grouped(proof.file.sha256)),
            )
        ),
    )  # fmt: skip


def _checked(check: CopyCheck | None) -> tuple[Block, ...]:
    if check is None:
        return (Paragraph("Chưa đối chiếu."),)
    said = (
        "Bản sao đúng với chứng nhận: không thiếu, không thừa, không khác."
        if check.equal
        else f"Bản sao KHÁC với chứng nhận ở {number(check.count)} chỗ; phải sao lại."
    )
    how = (
        "hệ thống so hai chứng nhận" if check.own_reading else "kết quả lệnh đối chiếu của bên nhận"
    )
    head = Facts(
        (
            ("Nộp lúc", f"{moment(check.at)}, {check.name}"),
            ("Đối chiếu với chứng nhận có mã gốc", _grouped(check.proof.root)),
            ("Cách đối chiếu", how),
            ("Đọc lại lần hai", f"{number(check.sampled)} tệp, dòng"),
        )
    )
    blocks: tuple[Block, ...] = (head, Paragraph(said, bold=True))
    rows = words.differences(check.differences[:PRINTED])
    if rows:
        columns = (
            Column("Khác thế nào", 2),
            Column("Loại"),
            Column("Tên", 5),
            Column("Số liệu", 2),
        )
        blocks = (*blocks, Table(columns, tuple(rows)))
    return blocks
