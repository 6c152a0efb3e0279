"""What long work has to say to a person."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "jobs.unknown": _(
        "Không có việc số {subject} trong các việc bạn đã yêu cầu. Mở danh sách việc của bạn để chọn."
    ),
    "jobs.no-file": _(
        "Việc số {subject} không có tệp để tải, hoặc tệp chưa làm xong. Mở lại trang của việc đó."
    ),
}
