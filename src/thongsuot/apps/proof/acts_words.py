"""The acts on the trail in the words of an office."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORDS = {
    "handover.allocation-confirmed": gettext_noop("Chốt nơi nhận"),
    "handover.body-closed": gettext_noop("Kết thúc cơ quan"),
    "handover.body-nominated": gettext_noop("Cử cơ quan giữ"),
    "handover.correction-opened": gettext_noop("Lập biên bản đính chính"),
    "handover.dispatched": gettext_noop("Lập biên bản"),
    "handover.dispute-opened": gettext_noop("Nêu tranh chấp"),
    "handover.dispute-settled": gettext_noop("Giải quyết tranh chấp"),
    "handover.import-undone": gettext_noop("Rút lần nhập"),
    "handover.item-split": gettext_noop("Tách mục"),
    "handover.items-added": gettext_noop("Đưa vào danh mục"),
    "handover.items-advanced": gettext_noop("Chuyển bước"),
    "handover.items-closed": gettext_noop("Kết thúc mục"),
    "handover.items-destroyed": gettext_noop("Tiêu hủy theo quyết định"),
    "handover.items-divided": gettext_noop("Chia cho nhiều nơi"),
    "handover.items-found": gettext_noop("Tìm thấy"),
    "handover.items-kept": gettext_noop("Giữ lại"),
    "handover.items-missing": gettext_noop("Ghi thiếu"),
    "handover.items-reopened": gettext_noop("Mở lại mục"),
    "handover.late-found": gettext_noop("Phát hiện sau"),
    "handover.line-refused": gettext_noop("Từ chối nhận một dòng"),
    "handover.lines-counted": gettext_noop("Kiểm đếm"),
    "handover.lines-counted-as-sent": gettext_noop("Kiểm đếm: đúng như ghi"),
    "handover.minutes-reopened": gettext_noop("Đếm lại biên bản"),
    "handover.minutes-signed": gettext_noop("Ký biên bản"),
    "handover.minutes-withdrawn": gettext_noop("Rút biên bản"),
    "handover.receiver-chosen": gettext_noop("Chọn nơi nhận"),
    "handover.receivers-proposed": gettext_noop("Đề xuất nơi nhận"),
    "handover.rule-changed": gettext_noop("Sửa quy tắc phân bổ"),
    "handover.rule-retired": gettext_noop("Bỏ quy tắc phân bổ"),
    "handover.rule-written": gettext_noop("Lập quy tắc phân bổ"),
    "handover.transition-closed": gettext_noop("Khóa cuộc chuyển giao"),
    "handover.transition-created": gettext_noop("Mở cuộc chuyển giao"),
    "proof.witness-addressed": gettext_noop("Đặt địa chỉ gửi của người làm chứng"),
    "proof.pdf-signed": gettext_noop("Ký số bản PDF của biên bản"),
    "demo.items-listed": gettext_noop("Đưa vào danh mục (minh họa)"),
}


def act_name(code: str) -> str:
    """What an act is called; its code when it has no name here."""
    word = WORDS.get(code)
    return _(word) if word else code
