"""Sentences of the trail."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "trail.key-reused": _(
        "Yêu cầu này đã được dùng cho một thao tác khác. Hãy mở lại trang rồi thực hiện lại."
    ),
    "trail.form-without-key": _("Trang này đã cũ. Hãy tải lại trang rồi làm lại."),
    "trail.gap": _("Nhật ký {subject} thiếu dòng số {seq}."),
    "trail.broken-link": _("Nhật ký {subject}: dòng {seq} không nối với dòng trước."),
    "trail.changed": _("Nhật ký {subject}: nội dung dòng {seq} đã bị sửa."),
    "trail.time-went-back": _("Nhật ký {subject}: thời điểm dòng {seq} không sau dòng trước."),
    "trail.wrong-head": _("Nhật ký {subject}: dòng cuối không khớp (đang ghi {seq})."),
    "trail.no-head": _("Nhật ký {subject} có dòng nhưng không có sổ."),
}
