"""The forms of the demonstration: the preparation week of Hà Đông, the weekly report of TP.HCM."""

from typing import Any

PLAIN: dict[str, Any] = {
    "type": "int", "unit": "", "required": False, "work": "", "help": "", "places": 0,
    "across": "sum", "over_time": "sum", "weight": "", "least": 0, "most": None, "figure": "",
    "part": "",
}  # fmt: skip
STOCK = {"over_time": "last"}
SHARE = {"type": "share", "across": "share", "over_time": "last", "least": None}
TEXT = {"type": "text", "across": "gather", "least": None}


def _field(key: str, title: str, work: str, *more: dict[str, Any], **plain: Any) -> dict[str, Any]:
    found = {**PLAIN, "key": key, "title": title, "work": work}
    for one in more:
        found |= one
    return found | plain


DOSSIERS, STAFF, DIGITAL, OFFICES, WORDS = (
    "Thủ tục hành chính", "Tổ chức bộ máy", "Chuyển đổi số", "Trụ sở, trang thiết bị", "Nhận xét, kiến nghị",
)  # fmt: skip
PREPARATION = {
    "fields": [
        _field("muc", "Mục bàn giao đã nhận trên mục được giao", "Bàn giao", SHARE, figure="ban-giao.muc"),
        _field("tai_khoan", "Tài khoản đã lập cho đơn vị", DIGITAL, STOCK, unit="tài khoản", figure="ban-giao.tai-khoan"),
        _field("tai_khoan_dung", "Tài khoản đã đăng nhập thử", DIGITAL, STOCK, unit="tài khoản"),
        _field("tru_so", "Trụ sở đã nhận trên trụ sở được giao", OFFICES, SHARE, figure="ban-giao.tru-so"),
        _field("vi_tri", "Vị trí lãnh đạo đã có người", STAFF, SHARE, figure="danh-ba.vi-tri"),
        _field("ho_so_thu", "Hồ sơ chạy thử", DOSSIERS, unit="hồ sơ", required=True),
        _field("ho_so_loi", "Hồ sơ chạy thử gặp lỗi", DOSSIERS, unit="hồ sơ"),
        _field("tinh_hinh", "Tình hình, kết quả", WORDS, TEXT, part="tinh_hinh"),
        _field("kho_khan", "Khó khăn, vướng mắc", WORDS, TEXT, part="kho_khan"),
        _field("kien_nghi", "Kiến nghị", WORDS, TEXT, part="kien_nghi"),
        _field("ky_toi", "Việc tuần tới", WORDS, TEXT, part="ky_toi"),
    ],
    "rules": [
        {"check": "at-most", "fields": ["ho_so_loi", "ho_so_thu"], "bound": 0, "blocks": True},
        {"check": "at-most", "fields": ["tai_khoan_dung", "tai_khoan"], "bound": 0, "blocks": True},
        {"check": "needs", "fields": ["ho_so_loi", "kho_khan"], "bound": 0, "blocks": True},
        {"check": "jump", "fields": ["ho_so_thu"], "bound": 200, "blocks": False},
    ],
}  # fmt: skip
WEEKLY = {
    "fields": [
        _field("tiep_nhan", "Hồ sơ tiếp nhận", DOSSIERS, unit="hồ sơ", required=True),
        _field("dung_han", "Giải quyết đúng hạn", DOSSIERS, unit="hồ sơ", required=True),
        _field("qua_han", "Giải quyết quá hạn", DOSSIERS, unit="hồ sơ"),
        _field("dang_xu_ly", "Đang giải quyết, trong hạn", DOSSIERS, unit="hồ sơ"),
        _field("hai_long", "Mức độ hài lòng", DOSSIERS, STOCK, type="number", places=1, unit="%", across="average", weight="tiep_nhan", most=1_000),
        _field("lanh_dao", "Chức danh lãnh đạo đã kiện toàn", STAFF, SHARE),
        _field("cong_chuc", "Công chức có mặt", STAFF, STOCK, unit="người"),
        _field("tai_khoan", "Tài khoản đã cấp", DIGITAL, STOCK, unit="tài khoản"),
        _field("thiet_bi", "Bộ phận một cửa đủ trang thiết bị", OFFICES, SHARE),
        _field("du_thua", "Trụ sở dôi dư đã có phương án", OFFICES, SHARE),
        _field("giai_ngan", "Giải ngân trong tuần", "Tài chính, đầu tư", type="money", unit="đồng"),
        _field("tinh_hinh", "Tình hình, kết quả", WORDS, TEXT, part="tinh_hinh"),
        _field("kho_khan", "Khó khăn, vướng mắc", WORDS, TEXT, part="kho_khan"),
        _field("kien_nghi", "Kiến nghị, đề xuất", WORDS, TEXT, part="kien_nghi"),
        _field("ky_toi", "Nhiệm vụ tuần tới", WORDS, TEXT, part="ky_toi"),
    ],
    "rules": [
        {"check": "sum", "fields": ["tiep_nhan", "dung_han", "qua_han", "dang_xu_ly"], "bound": 0, "blocks": True},
        {"check": "needs", "fields": ["qua_han", "kho_khan"], "bound": 0, "blocks": True},
        {"check": "jump", "fields": ["tiep_nhan"], "bound": 100, "blocks": False},
    ],
}  # fmt: skip
TROUBLES = (
    "Máy quét hồ sơ hỏng, phải mượn của phường bên",
    "Đường truyền chậm vào đầu giờ sáng",
    "Chưa có chữ ký số của phó chủ tịch",
    "Phần mềm một cửa chưa có hai thủ tục đất đai",
    "Phòng tiếp dân chật, người dân đứng chờ ngoài hành lang",
)
NEWS = (
    "Hoạt động thông suốt, không có hồ sơ bị gián đoạn",
    "Đã bố trí người hướng dẫn nộp hồ sơ trực tuyến",
    "Đã tiếp nhận đủ tài liệu chuyển về",
)
NEXT = (
    "Hoàn thành cấp chữ ký số cho lãnh đạo",
    "Rà soát hồ sơ đất đai chuyển tiếp",
    "Bố trí lại phòng tiếp dân",
)
WISHES = ("Bổ sung hai máy quét", "Mở thêm quyền tra cứu dữ liệu đất đai")
