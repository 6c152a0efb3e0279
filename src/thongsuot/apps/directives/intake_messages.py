"""The sentences of the intake: what a file, a scan or a decision was refused for."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "intake.file-too-large": _("“{subject}” lớn quá mức nhận. Hãy tách tệp."),
    "intake.file-damaged": _("“{subject}” hỏng hoặc không phải DOCX, PDF. Hãy mở bằng phần mềm soạn thảo, lưu lại rồi tải lên."),
    "intake.file-locked": _("“{subject}” có mật khẩu. Hãy bỏ mật khẩu rồi tải lên."),
    "intake.file-not-text": _("“{subject}” không phải tệp văn bản (TXT, DOCX, PDF, EML) hay ảnh quét."),
    "intake.file-without-text": _("“{subject}” không có chữ nào."),
    "intake.too-many-pages": _("“{subject}” có quá {most} trang. Hãy tách tệp."),
    "intake.no-scanner": _("“{subject}” là bản quét, máy chủ chưa cài bộ đọc chữ (Tesseract, tiếng Việt). Hãy dán toàn văn, hoặc nhờ quản trị cài."),
    "intake.scan-too-slow": _("Đọc bản quét “{subject}” quá lâu. Hãy quét lại rõ hơn hoặc dán toàn văn."),
    "intake.scan-failed": _("Không đọc được chữ trong bản quét “{subject}”."),
    "intake.nothing-given": _("Hãy dán toàn văn hoặc chọn một tệp."),
    "intake.proposal-gone": _("Đề xuất này đã được người khác xử lý. Hãy xem lại danh sách."),
    "intake.cut-unknown": _("“{subject}”: không tách được ở chỗ đó."),
    "intake.nothing-to-join": _("Không có đề xuất nào phía sau để gộp."),
    "intake.quote-not-in-text": _("Câu này không có nguyên văn trong văn bản. Hãy chép đúng từ toàn văn."),
    "intake.quote-taken": _("Câu này đã nằm trong một đề xuất khác hoặc đã lập nhiệm vụ."),
    "intake.kind-unknown": _("Không có thao tác “{value}”."),
    "intake.reader-silent": _("Bộ đọc thêm không trả lời; chỉ dùng kết quả của hệ thống."),
}  # fmt: skip
