"""Sentences for programs and those who write them: the API, and calls to other systems."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "api.no-token": _(
        "Cần mã truy cập còn hiệu lực trong tiêu đề Authorization: Bearer ts_…. "
        "Tạo mã ở trang Mã truy cập."
    ),
    "api.reading-token": _("Mã truy cập này chỉ được đọc, không được ghi."),
    "api.post-ended": _(
        "Chức vụ gắn với mã truy cập này không còn hiệu lực hôm nay, nên mã cũng hết quyền."
    ),
    "api.too-many-calls": _("Gọi quá nhiều lần. Hãy chờ {wait} giây rồi gọi lại."),
    "api.token-in-address": _(
        "Không được để mã truy cập trong địa chỉ, vì địa chỉ bị ghi lại ở nhiều nơi. Hãy để trong "
        "tiêu đề Authorization, và thu hồi mã đã lộ."
    ),
    "api.address-too-long": _("Địa chỉ dài quá mức nhận: {most} byte."),
    "api.headers-too-large": _("Các tiêu đề dài quá mức nhận: {most} byte."),
    "api.control-characters": _("Có ký tự điều khiển hoặc ký tự hỏng: {subject}"),
    "api.field-unknown": _("Không có trường {subject}."),
    "api.field-missing": _("Thiếu trường {subject}."),
    "api.field-form": _("Trường {subject} chưa đúng dạng: {why}"),
    "api.field-twice": _("Một trường được ghi hai lần."),
    "api.not-json": _("Nội dung phải là application/json, không nén; nhận được: {subject}"),
    "api.body-unreadable": _("Không đọc được nội dung: không phải JSON đúng chuẩn, mã UTF-8."),
    "api.body-too-large": _("Nội dung lớn quá mức nhận: {most} byte. Hãy chia thành nhiều lần."),
    "api.number-not-whole": _(
        "Số phải là số nguyên của phần nhỏ nhất (đồng, phần của đơn vị tính); nhận được: {subject}"
    ),
    "api.number-too-large": _("Số quá lớn: {subject}"),
    "api.too-deep": _("Nội dung lồng nhau quá {most} tầng."),
    "api.body-unknown": _("Không có cơ quan số {subject}."),
    "api.unit-unknown": _("Không có đơn vị hành chính số {subject}."),
    "api.sign-in-person": _(
        "Chữ ký là việc của con người vừa xác nhận lại mật khẩu, nên không ký được bằng mã truy "
        "cập. Hãy ký trên trang biên bản."
    ),
    "hooks.name": _("Hãy đặt tên cho nơi nhận, để sau này biết nó dùng vào việc gì."),
    "hooks.url": _("Địa chỉ nhận phải là https://…, không kèm tài khoản, không quá 500 ký tự."),
    "hooks.private": _(
        "Địa chỉ {subject} nằm trong mạng nội bộ. Người quản trị có thể cho phép bằng "
        "THONGSUOT_HOOKS_PRIVATE."
    ),
    "hooks.kinds": _("Hãy chọn ít nhất một loại việc, dạng handover. hoặc handover.items-added."),
    "hooks.too-many": _("Mỗi người có không quá {most} nơi nhận đang dùng."),
    "hooks.no-endpoint": _("Không có nơi nhận này, hoặc nó đã ngừng."),
    "hooks.no-post": _("Hôm nay bạn không giữ chức vụ nào, nên không đặt được nơi nhận."),
}
