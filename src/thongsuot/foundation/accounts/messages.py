"""Sentences of the accounts."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "accounts.wrong": _(
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt."
    ),
    "accounts.too-many": _(
        "Đã thử sai nhiều lần. Hãy chờ 15 phút, hoặc đăng nhập từ máy bạn vẫn dùng."
    ),
    "accounts.old-password": _("Mật khẩu hiện tại chưa đúng."),
    "accounts.weak-password": _("Mật khẩu mới chưa đạt: {why}"),
    "accounts.not-your-post": _("Hôm nay bạn không giữ chức vụ này."),
    "accounts.token-days": _("Thời hạn của mã truy cập từ 1 đến {most} ngày."),
    "accounts.token-name": _("Hãy đặt tên cho mã truy cập, để sau này biết nó dùng vào việc gì."),
    "accounts.no-token": _("Không có mã truy cập này, hoặc nó đã bị thu hồi."),
    "accounts.not-same": _("Hai lần gõ mật khẩu mới chưa giống nhau."),
    "accounts.confirm": _("Mật khẩu xác nhận chưa đúng."),
    "accounts.directory-unknown": _(
        "Chưa vào được bằng tài khoản cơ quan: chưa có tài khoản nào ở đây mang địa chỉ thư điện tử "
        "của bạn, hoặc việc xác nhận đã bị hủy. Hãy hỏi người quản trị của cơ quan."
    ),
    "accounts.confirm-directory": _(
        "Tài khoản cơ quan chưa xác nhận lại được đúng người đang đăng nhập. "
        "Hãy thử lại và nhập mật khẩu khi được hỏi."
    ),
}
