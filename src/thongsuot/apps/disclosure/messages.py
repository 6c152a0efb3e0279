"""Sentences of the public pages."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "disclosure.not-signed-in": _("Hãy đăng nhập để cập nhật thông tin cho người dân."),
    "disclosure.no-post-today": _(
        "{name} hôm nay không giữ chức vụ nào trong hệ thống. "
        "Hãy liên hệ người quản trị nếu quyết định bổ nhiệm chưa được ghi."
    ),
    "disclosure.not-your-office": _(
        "Chức vụ “{post}” không cập nhật địa chỉ, giờ làm việc của cơ quan này. "
        "Việc này của chính cơ quan đó hoặc Ban Chỉ đạo trong địa bàn."
    ),
    "disclosure.matters-not-yours": _(
        "Chức vụ “{post}” không sửa được bảng việc và nơi nhận. Hãy gửi đề nghị tới Ban Chỉ đạo."
    ),
    "disclosure.body-unknown": _(
        "Không thấy cơ quan tên “{name}” trong địa bàn. Hãy chép đúng tên ở danh sách."
    ),
    "disclosure.contact-empty": _("Hãy ghi ít nhất địa chỉ hoặc điện thoại."),
    "disclosure.checked-later": _("Ngày kiểm tra không thể sau hôm nay."),
    "disclosure.phone-odd": _("Điện thoại “{phone}” không giống số điện thoại. Hãy kiểm tra lại."),
    "disclosure.matter-missing": _("Không có việc mang mã “{subject}”."),
    "disclosure.matter-dates": _("Ngày hết hiệu lực phải sau ngày bắt đầu."),
    "disclosure.batch-moved-on": _(
        "{count} cơ quan của lần nhập này đã được sửa sau đó nên không hoàn tác cả lần nhập được."
    ),
    "disclosure.too-many": _(
        "Máy này vừa tra quá nhiều số không có. Hãy đợi mười lăm phút rồi tra lại, "
        "hoặc hỏi nơi đã cấp biên nhận."
    ),
}
