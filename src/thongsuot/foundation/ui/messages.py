"""What the look itself has to say to a person."""

from django.utils.translation import gettext_lazy as _

from thongsuot.foundation import wording

wording.register(
    {
        "ui.post-not-held": _(
            "Hôm nay không giữ vị trí này. Tải lại trang để thấy các vị trí đang giữ."
        ),
    }
)
