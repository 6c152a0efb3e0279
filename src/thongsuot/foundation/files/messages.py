"""What the store of files has to say to a person."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "files.empty": _("Tệp “{subject}” không có nội dung. Mở tệp xem lại rồi chọn đúng tệp."),
    "files.too-big": _(
        "Tệp “{subject}” lớn hơn mức nhận {limit} MB. Chia tệp thành nhiều phần rồi gửi lần lượt."
    ),
    "files.executable": _(
        "Tệp “{subject}” là chương trình, không phải tài liệu, nên không được nhận. Hãy xóa tệp này "
        "nếu không rõ từ đâu tới."
    ),
    "files.markup": _(
        "Tệp “{subject}” là trang web (HTML, SVG), có thể chứa mã chạy ngầm nên không được nhận. "
        "In trang đó ra PDF rồi gửi tệp PDF."
    ),
    "files.macros": _(
        "Tệp “{subject}” có macro. Lưu lại thành .xlsx hoặc .docx (không macro) rồi gửi lại."
    ),
    "files.old-or-locked": _(
        "Tệp “{subject}” đặt mật khẩu hoặc thuộc dạng cũ (.xls, .doc). Mở tệp, bỏ mật khẩu, lưu lại "
        "thành .xlsx hoặc .docx rồi gửi lại."
    ),
    "files.broken": _(
        "Tệp “{subject}” bị hỏng hoặc chưa tải lên hết ({media}). Mở thử trên máy; nếu mở được, lưu "
        "lại thành tệp mới rồi gửi."
    ),
    "files.too-many-pixels": _(
        "Ảnh “{subject}” có {width} × {height} điểm ảnh, quá lớn để mở an toàn. Quét lại ở 300 dpi."
    ),
    "files.not-accepted": _(
        "Hệ thống nhận PDF, Excel (.xlsx), ODS, CSV, Word (.docx), ảnh PNG và JPEG; “{subject}” không "
        "phải loại nào trong số đó. Chuyển sang một trong các loại ấy rồi gửi lại."
    ),
    "files.wrong-ending": _(
        "Tên “{subject}” không khớp với nội dung: nội dung là .{right}. Đổi đuôi tên tệp thành "
        ".{right}, hoặc chọn đúng tệp."
    ),
    "files.changed": _(
        "Tệp “{subject}” ({hash}…) trên đĩa không còn đúng như khi lưu. Lấy lại tệp từ bản sao lưu."
    ),
    "files.missing": _("Tệp “{subject}” ({hash}…) không còn trên đĩa. Lấy lại tệp từ bản sao lưu."),
    "files.untracked": _(
        "Nội dung {subject}… nằm trên đĩa nhưng không hồ sơ nào trỏ tới; thường do lần gửi bị hủy."
    ),
}
