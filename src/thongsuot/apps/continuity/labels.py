"""What the boxes of the forms are called, in forms and in refusals alike."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "name": _("Tên máy chủ"),
    "place": _("Nơi đặt"),
    "system": _("Hệ thống, phần mềm"),
    "purpose": _("Dùng để giữ"),
    "cores": _("Số nhân xử lý"),
    "memory_gb": _("Bộ nhớ (GB)"),
    "disk_gb": _("Ổ đĩa (GB)"),
    "fit": _("Đánh giá"),
    "reason": _("Lý do"),
    "owner": _("Cơ quan có dữ liệu"),
    "receiver": _("Cơ quan nhận bản sao"),
    "body": _("Cơ quan"),
    "kind": _("Loại"),
    "due_on": _("Phải xong trước hết ngày"),
    "every_days": _("Sao lại sau mỗi (ngày)"),
    "item": _("Mục trong danh mục bàn giao"),
    "server": _("Máy chủ nhận"),
    "on": _("Ngày thực hiện"),
    "what": _("Đã phục hồi gì"),
    "result": _("Kết quả"),
    "minutes": _("Thời gian (phút)"),
    "compared": _("Đã so với gì, thấy gì"),
    "copy": _("Từ bản sao"),
}


def label(name: str) -> str:
    """What a box is called, in the language of the reader."""
    return str(LABELS[name])
