"""What the look itself has to say to a person."""

from django.utils.translation import gettext_lazy as _

from thongsuot.foundation import wording

wording.register(
    {
        "ui.sample-repeated": _("Mã này trùng với dòng {row}. Sửa mã hoặc xóa một trong hai dòng."),
        "ui.sample-late": _("Đứng yên {days} ngày làm việc. Nhắc bên nhận hoặc ghi lý do."),
        "ui.post-not-held": _(
            "Hôm nay không giữ vị trí này. Tải lại trang để thấy các vị trí đang giữ."
        ),
    }
)
