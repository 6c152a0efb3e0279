"""What lists have to say to a person."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "tables.unknown-parameter": _(
        "Địa chỉ có phần “{subject}” mà danh sách này không hiểu. Xóa phần đó, hoặc mở lại danh sách "
        "từ trang trước."
    ),
    "tables.bad-value": _(
        "Bộ lọc “{subject}” không hiểu giá trị “{value}”. Ngày viết như 01/07/2025, số viết như "
        "1.234.567; các bộ lọc khác chọn từ danh sách có sẵn."
    ),
    "tables.bad-order": _(
        "Danh sách này không xếp theo “{subject}” được. Bấm vào tiêu đề cột để xếp."
    ),
    "tables.bad-column": _(
        "Danh sách này không có cột “{subject}”. Chọn cột trong mục Cột phía trên bảng."
    ),
    "tables.bad-size": _(
        "Số dòng mỗi trang “{subject}” không phải là số. Chọn 25, 50, 100 hoặc 200."
    ),
    "tables.bad-place": _(
        "Địa chỉ này chỉ tới một chỗ mà danh sách không nhận ra, có thể do liên kết bị cắt. Mở lại "
        "danh sách từ đầu."
    ),
    "tables.no-page": _(
        "Danh sách không có trang “{subject}”. Với danh sách dài, hãy lọc bớt rồi tìm."
    ),
    "tables.too-long": _(
        "Bộ lọc dài quá {limit} ký tự. Bỏ bớt lựa chọn, hoặc chia thành hai bộ lọc."
    ),
    "tables.unknown-view": _(
        "Không có bộ lọc đã lưu “{subject}” dành cho bạn ở danh sách này. Người lưu có thể đã xóa hoặc "
        "chỉ dùng riêng; hãy hỏi lại người gửi liên kết."
    ),
    "tables.view-outdated": _(
        "Bộ lọc “{subject}” được lưu khi danh sách còn dạng cũ; phần không còn dùng đã được bỏ. Kiểm "
        "tra lại rồi lưu đè."
    ),
    "tables.name-missing": _(
        "Đặt tên cho bộ lọc, không quá 100 ký tự, để sau này nhận ra và gửi cho người khác."
    ),
    "tables.too-many-views": _(
        "Bạn đã lưu {limit} bộ lọc. Xóa bớt những bộ lọc không còn dùng rồi lưu lại."
    ),
    "tables.nothing-chosen": _(
        "Chưa chọn dòng nào. Đánh dấu các dòng cần làm, hoặc chọn tất cả các dòng khớp bộ lọc."
    ),
    "tables.too-many-ticked": _(
        "Chọn quá {limit} dòng bằng tay. Hãy lọc rồi chọn tất cả các dòng khớp bộ lọc."
    ),
    "tables.changed": _(
        "Danh sách vừa thay đổi: lúc chọn có {before} dòng, nay có {now} dòng hoặc không còn đúng "
        "những dòng đó. Chưa làm gì cả. Mở lại danh sách, xem lại rồi chọn lại."
    ),
    "tables.unknown-source": _(
        "Không xuất được danh sách “{subject}” thành việc chạy nền. Lọc bớt rồi tải trực tiếp."
    ),
    "tables.too-many-to-send": _(
        "Danh sách có hơn {limit} dòng nên tệp Excel được làm nền. Bấm “Excel” trong mục Tải về của "
        "danh sách, rồi tải tệp khi xong."
    ),
    "tables.unknown-format": _(
        "Không có cách xuất “{subject}”. Chọn CSV, Excel hoặc bản in trong mục Tải về."
    ),
}
