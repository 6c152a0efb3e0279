"""The numbered proposals of an occasion as a paper to send up (Decree 30/2020 layout)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from thongsuot.foundation.papers import Paper, fit, to_docx, to_pdf
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.values import (
    Block,
    Facts,
    Heading,
    Letterhead,
    Paragraph,
    Section,
    Signatory,
)
from thongsuot.foundation.wording import day

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def proposals_paper(occasion: str, rows: Sequence[Any], at: datetime) -> Paper:
    """The proposals of one body in their numbers: each with its text, who must answer, the answer."""
    blocks: list[Block] = [
        Paragraph(f"Tại {occasion}, cơ quan kiến nghị {len(rows)} nội dung sau đây:")
    ]
    for number, row in enumerate(rows, 1):
        blocks += [
            Heading(f"{row.ordinal or number}. {row.title}", 2),
            Paragraph(row.text),
            Facts(
                (
                    ("Lĩnh vực", row.field_name),
                    ("Văn bản, điều, khoản", row.article or "chưa nêu"),
                    ("Nơi có thẩm quyền trả lời", row.holder_name),
                    ("Hạn trả lời", day(row.due_on)),
                    ("Kết quả", str(row.get_answer_display() or row.get_state_display())),
                )
            ),
        ]
    holders = tuple(dict.fromkeys(row.holder_name for row in rows))
    return Frame(
        letterhead=Letterhead(
            issuer=rows[0].raiser_name, place="", day=timezone.localtime(at).date()
        ),
        recipients=(*holders, "Lưu: VT"),
        demo=any(row.demo for row in rows),
        made_at=at,
    ).paper(
        "BÁO CÁO",
        "Khó khăn, vướng mắc và kiến nghị, đề xuất",
        (Section("", tuple(blocks)),),
        (Signatory("", "Thủ trưởng cơ quan", hint="(Ký, đóng dấu)"),),
    )


def _pdf(occasion: str, rows: Sequence[Any], at: datetime) -> tuple[bytes, str, str]:
    return to_pdf(fit(proposals_paper(occasion, rows, at)).paper), PDF, "kien-nghi.pdf"


def _docx(occasion: str, rows: Sequence[Any], at: datetime) -> tuple[bytes, str, str]:
    return to_docx(fit(proposals_paper(occasion, rows, at)).paper), DOCX, "kien-nghi.docx"


FORMS: dict[str, Callable[[str, Sequence[Any], datetime], tuple[bytes, str, str]]] = {
    "pdf": _pdf,
    "docx": _docx,
}
