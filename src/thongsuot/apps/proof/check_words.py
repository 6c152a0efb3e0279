"""What the check in the browser says: short, without the server's facts."""

import json

from django.utils.translation import gettext as _


def check_words() -> str:
    """The words by code, as JSON for the script of the page."""
    return json.dumps(
        {
            "right": _("Đúng: biên nhận còn nguyên."),
            "wrong": _("SAI: không được tin tệp này."),
            "pick": _("Hãy chọn tệp biên nhận."),
            "cannot": _("Trình duyệt này chưa kiểm tra được chữ ký Ed25519."),
            "instead": _("Dùng trình duyệt mới hơn, hoặc chương trình kiem_bien_nhan.py."),
            "unreadable": _("Khóa hoặc điểm kiểm tra bạn dán không đọc được."),
            "proof.malformed": _("Không phải biên nhận, hoặc đã bị sửa"),
            "proof.seal-wrong": _("Dấu niêm không đúng: tệp đã bị sửa"),
            "proof.key-not-introduced": _("Khóa mới không được khóa cũ giới thiệu"),
            "proof.key-of-another": _("Khóa không phải của cơ quan giữ nhật ký"),
            "proof.key-unknown": _("Hãy so khóa này với khóa cơ quan đã công bố"),
            "proof.key-foreign": _("Ký bằng khóa khác khóa bạn có"),
            "proof.checkpoint-wrong": _("Điểm kiểm tra không do cơ quan ký"),
            "proof.entry-elsewhere": _("Dòng nhật ký không ở chỗ ấy"),
            "proof.not-in-log": _("Dòng nhật ký không nằm trong nhật ký"),
            "proof.code-differs": _("Mã biên nhận không khớp"),
            "proof.content-differs": _("Nội dung khác nội dung hai bên đã ký"),
            "proof.signature-missing": _("Thiếu chữ ký của một bên"),
            "proof.signers-differ": _("Hai chữ ký không phải của hai người trên một biên bản"),
            "proof.two-histories": _("NHẬT KÝ CÓ HAI LỊCH SỬ, kể từ điểm kiểm tra"),
            "proof.leaves-differ": _("Mã băm kèm theo không ra gốc"),
            "proof.held-other-log": _("Điểm kiểm tra bạn giữ là của nhật ký khác"),
            "proof.held-newer": _("Điểm kiểm tra bạn giữ mới hơn biên nhận; hãy tải lại biên nhận"),
            "proof.held-unproved": _("Không đủ mã băm để so với điểm kiểm tra bạn giữ"),
        },
        ensure_ascii=False,
    )
