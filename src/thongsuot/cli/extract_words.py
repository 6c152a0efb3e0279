"""The answers of ``thongsuot extract`` as a person reads them, in Vietnamese."""

from collections.abc import Sequence
from datetime import date

from thongsuot.apps.directives.intake_reading import ReadText
from thongsuot.rules.directives.intake import Draft
from thongsuot.rules.kernel.problem import Problem

RHYTHMS = {
    "daily": "hằng ngày",
    "weekly": "hằng tuần",
    "biweekly": "2 tuần một lần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "semiannual": "6 tháng một lần",
    "annual": "hằng năm",
}
_SAID = {
    "intake.file-too-large": "tệp quá lớn / the file is too large",
    "intake.file-damaged": "tệp hỏng hoặc không phải DOCX, PDF / the file is damaged",
    "intake.file-locked": "tệp PDF có mật khẩu, hãy bỏ mật khẩu rồi thử lại / the PDF has a password",
    "intake.file-not-text": "không phải văn bản UTF-8, DOCX, PDF, EML hay ảnh quét / not a kind of file that is read",
    "intake.file-without-text": "tệp không có chữ / the file holds no text",
    "intake.too-many-pages": "quá nhiều trang, hãy tách tệp / too many pages, split the file",
    "intake.no-scanner": "đây là bản quét, máy này chưa có Tesseract với dữ liệu tiếng Việt (tesseract-ocr, tesseract-ocr-vie) / "
    "a scan, and this machine has no Tesseract with Vietnamese",
    "intake.scan-too-slow": "đọc bản quét quá lâu / reading the scan took too long",
    "intake.scan-failed": "không đọc được bản quét / the scan could not be read",
    "intake.reader-silent": "bộ đọc thêm không trả lời / the other reader gave no answer",
    "intake.answer-not-json": "bộ đọc thêm trả lời không phải JSON / the other reader's answer is no JSON",
    "intake.answer-not-a-list": "bộ đọc thêm không trả lời một danh sách / the other reader's answer is no list",
    "intake.claim-not-in-text": "bộ đọc thêm nêu câu không có trong văn bản / the other reader quotes what is not in the text",
    "intake.claim-overlaps": "bộ đọc thêm nêu hai lần một câu / the other reader quotes one sentence twice",
}


def problem(found: Problem) -> str:
    """What is wrong, in Vietnamese and English."""
    said = _SAID.get(
        found.code, "bộ đọc thêm nêu điều không kiểm được / the other reader's claim does not hold"
    )
    told = found.facts.get("value")
    return f"{found.subject or '-'}: {said}{f' ({told})' if told else ''} [{found.code}]"


def no_file(file: str, missing: OSError) -> str:
    """A file that cannot be opened."""
    return f"{file}: không mở được tệp / cannot open the file ({missing.strerror})"


def answer(read: ReadText, on: date, drafts: Sequence[Draft]) -> str:
    """All drafts, one after the other, each with its sentence."""
    day = f"{on:%d/%m/%Y}"
    scanned = ", đọc từ bản quét: cần soát lại chữ" if read.scanned else ""
    lines = [f"{len(drafts)} chỉ đạo, đọc theo ngày {day}{scanned}."]
    for number, one in enumerate(drafts, 1):
        lines += [
            "",
            f"{number}. {one.action}",
            *_facts(one),
            f"   Câu: «{' '.join(one.quote.split())}»",
        ]
    return "\n".join(lines)


def _facts(one: Draft) -> list[str]:
    due = one.deadline_text or ""
    if one.deadline:
        due = f"{one.deadline:%d/%m/%Y} («{due}»)"
    told = (
        ("Giao", one.issuer or ""),
        ("Chủ trì", "; ".join(one.responsible) or "chưa rõ"),
        ("Phối hợp", "; ".join(one.coordinating)),
        ("Nơi", "; ".join(one.scope)),
        ("Hạn", due),
        ("Lặp lại", RHYTHMS.get(one.recurrence or "", "")),
        ("Báo cáo", "; ".join(one.report_to)),
        ("Căn cứ", "; ".join(one.legal_refs)),
    )
    return [f"   {name}: {value}" for name, value in told if value]
