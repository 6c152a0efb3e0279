"""Sentences about commendations."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "oversight.missing": _("Không tìm thấy mục biểu dương này."),
    "oversight.no-post-today": _("Hôm nay đồng chí không giữ chức vụ nào để thực hiện việc này."),
    "oversight.not-allowed": _("Chức vụ “{post}” không được thực hiện việc này."),
    "oversight.not-in-this-state": _("“{subject}”: không làm được việc này ở bước hiện tại. Hãy tải lại trang."),
    "oversight.commended-already": _("{subject}: đã được hoặc đang được đề nghị biểu dương bằng chính hình thức này cho chính việc này. Hãy chọn hình thức khác hoặc xem mục đã có."),
    "oversight.needed": _("Cần điền ô còn trống: {subject}."),
    "oversight.too-long": _("{subject}: dài quá {most} chữ. Hãy viết ngắn lại."),
    "oversight.not-text": _("{subject}: có ký tự không phải chữ."),
    "oversight.choice-unknown": _("Không có lựa chọn này: {subject}."),
    "oversight.body-unknown": _("Không có cơ quan này: {subject}."),
    "oversight.person-elsewhere": _("{subject}: không có một người tên như vậy ở cơ quan được chọn."),
    "oversight.outside": _("{subject}: ở tỉnh, thành phố khác nên không ghi vào đây được."),
    "oversight.decider-not-above": _("{subject}: không phải cơ quan quản lý của tập thể, cá nhân này. Hãy chọn chính cơ quan đó hoặc cấp trên của cơ quan đó."),
    "oversight.work-needed": _("Hãy ghi việc được biểu dương, hoặc chọn một nhiệm vụ, phong trào, chế độ báo cáo trong hệ thống."),
    "oversight.number-needed": _("Hình thức này cần số quyết định."),
    "oversight.day-ahead": _("Ngày {on} chưa tới."),
    "oversight.day-early": _("Ngày {on} sớm hơn ngày quyết định."),
}  # fmt: skip
