"""Papers of the proof: a checkpoint to print every week and keep, a witness that nobody can rewrite."""

from django.conf import settings
from django.utils import timezone, translation

from thongsuot.apps.proof import queries
from thongsuot.apps.proof.models import Checkpoint
from thongsuot.foundation.papers.fitting import fit
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.values import (
    Facts,
    Letterhead,
    Paragraph,
    Section,
    Signatory,
    Verification,
)
from thongsuot.foundation.wording import moment, number
from thongsuot.rules.proof.checkpoint import base64_of


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def checkpoint_paper(row: Checkpoint) -> bytes:
    """The checkpoint as PDF; its square code holds the whole signed note."""
    seen = row.cosignatures.select_related("witness").order_by("seen_at")
    facts = (
        ("Nhật ký", row.origin),
        ("Số dòng", number(row.size)),
        ("Gốc (SHA-256)", base64_of(bytes.fromhex(row.root))),
        ("Lập lúc", moment(row.at)),
        *((f"Xác nhận bởi {c.witness.name}", moment(c.seen_at)) for c in seen),
    )
    paper = Frame(
        letterhead=Letterhead(issuer=settings.SITE_NAME, day=timezone.localtime(row.at).date()),
        subject="Điểm kiểm tra nhật ký bàn giao",
        demo=queries.is_demo(row.chain),
        made_at=row.at,
        verification=Verification(code=f"{row.size}-{row.root[:16]}", square=row.note),
    ).paper(
        "ĐIỂM KIỂM TRA",
        "Nhật ký bàn giao",
        (
            Section(
                "",
                (
                    Paragraph(
                        "Tờ này ghi lại toàn bộ nhật ký ở một thời điểm. Giữ tờ này thì về sau không "
                        "ai sửa, bớt được dòng nào đã ghi mà không bị phát hiện: quét mã vuông, dán "
                        "vào trang Sổ điểm kiểm tra hoặc kèm khi kiểm tra một biên nhận."
                    ),
                    Facts(facts),
                    Paragraph(f"Khóa cơ quan: {row.key.key}", align="left"),
                ),
            ),
        ),
        (Signatory(name="", post="", heading="NGƯỜI IN, LƯU", hint="(Ký, ghi rõ họ tên, ngày)"),),
    )
    return to_pdf(fit(paper).paper)
