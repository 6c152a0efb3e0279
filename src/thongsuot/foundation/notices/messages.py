"""What the notices themselves have to say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "notices.unknown": _(
        "Không có thông báo này trong danh sách của bạn. Mở lại danh sách thông báo để chọn."
    ),
}
