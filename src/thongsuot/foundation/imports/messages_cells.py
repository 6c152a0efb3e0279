"""What is said of a single cell: what is wrong and how to put it right."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cell.broken-signs": _("ô có ký tự hỏng, không đọc được; gõ lại"),
    "cell.code-became-day": _(
        "mã đã bị Excel đổi thành ngày hoặc giờ ({value}); gõ lại mã, trong Excel để ô dạng Văn bản"
    ),
    "cell.code-shortened": _(
        "mã bị Excel viết gọn thành {value}, đã mất chữ số; gõ lại đủ mã, để ô dạng Văn bản"
    ),
    "cell.code-unreadable": _("“{value}” không phải mã; gõ lại"),
    "cell.code-was-number": _("mã nằm ở ô kiểu số: số 0 ở đầu, nếu có, đã mất; xem lại"),
    "cell.control-signs": _("ô có ký tự điều khiển, không lưu được; gõ lại"),
    "cell.date-clock": _("“{value}” có giờ không đúng; gõ lại, dạng ngày/tháng/năm"),
    "cell.date-impossible": _("không có ngày {day}/{month}/{year}; sửa lại ngày"),
    "cell.date-in-words": _("“{value}” không phải một ngày; gõ dạng ngày/tháng/năm hoặc để trống"),
    "cell.date-lunar": _("“{value}” là ngày âm lịch hoặc Phật lịch; gõ ngày dương lịch"),
    "cell.date-month-first": _("tháng đứng trước ngày? có phải {proposal}; gõ lại ngày/tháng/năm"),
    "cell.date-order-doubtful": _(
        "đọc là ngày {day} tháng {month}, nhưng cột này có ô viết tháng trước; xem lại"
    ),
    "cell.date-partial": _("“{value}” thiếu ngày; gõ đủ ngày/tháng/năm"),
    "cell.date-serial": _("“{value}” không phải số thứ tự ngày của Excel; gõ ngày/tháng/năm"),
    "cell.date-unreadable": _("“{value}” không phải một ngày; gõ dạng ngày/tháng/năm"),
    "cell.date-year": _("năm {year} nằm ngoài khoảng {earliest} đến {latest}; sửa lại năm"),
    "cell.digits-lost": _(
        "số {value} dài hơn 15 chữ số nên Excel đã làm mất chữ số cuối; gõ lại đủ số dạng Văn bản"
    ),
    "cell.finer-than-unit": _("“{value}” lẻ hơn mức đơn vị {unit} cho phép; sửa số hoặc đơn vị"),
    "cell.heaped-marks": _("chữ có quá nhiều dấu chồng lên nhau; gõ lại"),
    "cell.look-alike": _("ký tự lạ “{sign}” ở vị trí {position}, trông như chữ {latin}; xem lại"),
    "cell.not-allowed": _("“{value}” không có trong danh sách; chọn một trong: {allowed}"),
    "cell.not-whole": _("“{value}” phải là số nguyên"),
    "cell.not-yes-no": _("“{value}” phải là Có hoặc Không"),
    "cell.number-became-day": _("số đã bị Excel đổi thành ngày hoặc giờ ({value}); gõ lại số"),
    "cell.number-doubtful": _("“{value}” là {whole} hay {fraction}? gõ lại cho rõ"),
    "cell.number-grouping": _("“{value}” chia nhóm chữ số không đều; gõ lại, ví dụ 1.500.000"),
    "cell.number-in-words": _("“{value}” có phải {proposal}? gõ lại bằng chữ số"),
    "cell.number-negative": _("số âm ({value}) không dùng được ở cột này; sửa lại"),
    "cell.number-scientific": _("“{value}” viết kiểu khoa học; gõ lại đủ chữ số"),
    "cell.number-too-large": _("số {value} lớn quá mức lưu được; kiểm tra lại số và đơn vị"),
    "cell.number-unreadable": _("“{value}” không phải số; gõ lại bằng chữ số"),
    "cell.old-encoding": _("chữ mã cũ ({encoding}); có phải “{proposal}”?"),
    "cell.sheet-error": _("ô có lỗi {value} của Excel; sửa công thức hoặc gõ giá trị"),
    "cell.too-long": _("dài {length} ký tự, quá mức {limit}; viết gọn lại"),
    "cell.unit-unknown": _("đơn vị tính “{value}” không có trong bảng; gần nhất: {nearest}"),
    "cell.unseen-signs": _("có ký tự không nhìn thấy, đã bỏ; xem lại"),
}

# What was done to a value while it was read: shown beside the original.
NOTES = {
    "tidied": _("đã bỏ dấu cách thừa, ghép dấu"),
    "unseen": _("đã bỏ ký tự không nhìn thấy"),
    "dashes": _("đã đổi gạch nối, ngoặc kép kiểu chữ"),
    "wide": _("đã đổi chữ rộng thành chữ thường dùng"),
    "grouped": _("đã đọc theo cách chia nhóm của cột"),
    "currency": _("đã bỏ chữ chỉ tiền tệ"),
    "sign": _("đã đọc là số âm"),
    "from-number": _("lấy từ ô kiểu số"),
    "serial": _("đổi từ số thứ tự ngày của Excel"),
    "short-year": _("năm hai chữ số"),
    "rewritten": _("viết lại cho thống nhất"),
    "time-dropped": _("đã bỏ phần giờ"),
    "zone": _("đổi sang giờ Việt Nam"),
    "month-only": _("chỉ biết tháng"),
    "year-only": _("chỉ biết năm"),
    "alias": _("đổi về tên trong danh mục"),
    "scaled": _("đã nhân theo đơn vị tính của bảng"),
    "formula": _("giá trị của công thức"),
    "filled": _("điền theo ô gộp phía trên"),
    "converted": _("đã chuyển từ mã chữ cũ"),
    "typed": _("đã sửa tại chỗ"),
}
SHAPES = {
    "total": _("dòng tổng"),
    "header": _("dòng tiêu đề lặp"),
    "heading": _("dòng đầu nhóm"),
    "twin": _("trùng hoàn toàn"),
    "hidden": _("dòng ẩn"),
}
