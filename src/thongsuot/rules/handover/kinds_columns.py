"""Columns of the inventories: what a column is, and the ones that every kind of item has."""

from collections.abc import Iterable
from dataclasses import replace

from thongsuot.rules.kernel.columns import Choice, Column, ColumnType
from thongsuot.rules.kernel.quantity import UNITS

__all__ = ["Choice", "Column", "ColumnType"]

SECRECY = (
    Choice("normal", "Thường", ("không", "bình thường", "không mật")),
    Choice("secret", "Mật", ("M",)),
    Choice("top-secret", "Tối mật", ("TM",)),
    Choice("utmost-secret", "Tuyệt mật", ("TuM",)),
)
CONDITION = (
    Choice("good", "Tốt", ("mới", "sử dụng tốt", "đang sử dụng tốt", "hoạt động tốt")),
    Choice("usable", "Dùng được", ("trung bình", "bình thường", "khá", "còn sử dụng được")),
    Choice("damaged", "Hư hỏng", ("hỏng", "hư", "hỏng một phần", "xuống cấp")),
    Choice("written-off", "Chờ thanh lý", ("thanh lý", "không sử dụng được", "hỏng hoàn toàn")),
)
FIELDS = (
    "Văn phòng",
    "Nội vụ",
    "Tư pháp",
    "Tài chính - Kế hoạch",
    "Quản lý đô thị",
    "Tài nguyên và Môi trường",
    "Kinh tế",
    "Văn hóa và Thông tin",
    "Giáo dục và Đào tạo",
    "Y tế",
    "Lao động, xã hội",
    "Thanh tra",
    "Đất đai",
    "Xây dựng",
    "Hộ tịch",
)

_T = ColumnType
_COMMON: tuple[Column, ...] = (
    Column(
        "code", "Mã", _T.CODE, required=True, most=60, examples=("HD-0001", "HD-0002"),
        help="Mã riêng của từng mục, không trùng trong toàn bộ bảng kê. Giữ nguyên số 0 ở đầu.",
        aliases=("mã số", "mã mục", "ký hiệu", "mã hồ sơ", "mã tài sản", "số hiệu", "code"),
    ),
    Column(
        "title", "Tên", required=True, most=500,
        help="Tên gọi đủ để người nhận biết đây là gì.",
        aliases=("tên gọi", "nội dung", "tên mục", "diễn giải", "trích yếu", "mô tả", "title"),
    ),
    Column(
        "giver", "Cơ quan đang giữ", required=True, most=200,
        examples=("Văn phòng HĐND và UBND quận", "Phòng Nội vụ"),
        help="Tên cơ quan, đơn vị đang giữ mục này theo đúng tên trong quyết định thành lập.",
        aliases=("cơ quan giữ", "đơn vị giữ", "bên giao", "đơn vị giao", "cơ quan giao",
                 "đơn vị đang quản lý", "cơ quan quản lý", "bộ phận quản lý"),
    ),
    Column(
        "unit", "Phường, xã cũ", most=120, examples=("Phường Hà Cầu", ""),
        help="Phường, xã (trước sắp xếp) mà mục này gắn với; để trống nếu của cả quận, huyện.",
        aliases=("đơn vị hành chính gốc", "đơn vị hành chính cũ", "phường cũ", "xã cũ",
                 "phường xã cũ", "địa bàn", "địa bàn gốc", "phường", "xã"),
    ),
    Column(
        "field", "Lĩnh vực", most=120, suggestions=FIELDS, examples=("Văn phòng", "Nội vụ"),
        help="Lĩnh vực quản lý; dùng để đề xuất nơi nhận.",
        aliases=("ngành", "lĩnh vực quản lý", "mảng việc"),
    ),
    Column(
        "quantity", "Số lượng", _T.QUANTITY, examples=(1, 1),
        help="Số đếm được thực tế, theo đơn vị tính bên cạnh. Để trống nghĩa là chưa đếm.",
        aliases=("sl", "số lượng bàn giao", "số lượng thực tế", "khối lượng"),
    ),
    Column(
        "measure", "Đơn vị tính", _T.UNIT,
        choices=tuple(Choice(u.code, u.code, u.aliases) for u in UNITS.values()),
        help="Chọn trong danh sách; để trống thì dùng đơn vị tính mặc định của loại.",
        aliases=("đvt", "đơn vị", "đv tính"),
    ),
    Column(
        "value", "Giá trị (đồng)", _T.MONEY,
        help="Số tiền bằng đồng, không làm tròn. Để trống nghĩa là chưa xác định, không phải 0.",
        aliases=("giá trị", "số tiền", "thành tiền", "số tiền đồng", "trị giá"),
    ),
    Column(
        "place", "Nơi để", most=200, examples=("Kho lưu trữ tầng 2, Hà Đông", "Phòng 305"),
        help="Nơi đang để: kho, phòng, tủ, địa chỉ.",
        aliases=("nơi lưu", "vị trí", "địa điểm", "nơi lưu giữ", "kho", "nơi để tài sản"),
    ),
    Column(
        "container", "Hộp, cặp", _T.CODE, most=60, examples=("H-012", ""),
        help="Số hộp, cặp, thùng chứa mục này.",
        aliases=("hộp", "cặp", "hộp cặp", "hộp số", "số hộp", "cặp số", "thùng", "hộp/cặp"),
    ),
    Column(
        "secrecy", "Độ mật", _T.CHOICE, choices=SECRECY, examples=("Thường", "Thường"),
        help="Để trống nghĩa là Thường. Mật trở lên phải niêm phong và ghi số niêm phong.",
        aliases=("mức độ mật", "mật", "độ mật tài liệu"),
    ),
    Column(
        "seal_no", "Số niêm phong", _T.CODE, most=60,
        help="Bắt buộc với mục từ Mật trở lên.", annex=True,
        aliases=("niêm phong", "số niêm", "mã niêm phong"),
    ),
    Column(
        "citizen", "Liên quan người dân", _T.BOOL, examples=("Không", "Có"),
        help="Có, nếu người dân hoặc doanh nghiệp đang chờ kết quả hoặc quyền lợi ở mục này.",
        aliases=("liên quan người dân, doanh nghiệp", "ảnh hưởng người dân", "tác động đến dân",
                 "người dân"),
    ),
    Column(
        "next_due", "Mốc tới hạn", _T.DATE, examples=("31/07/2025", ""),
        help="Ngày gần nhất phải làm tiếp với mục này, dd/mm/yyyy.",
        aliases=("hạn", "thời hạn", "hạn xử lý", "thời hạn hoàn thành", "hạn hoàn thành",
                 "ngày đến hạn", "ngày tới hạn"),
    ),
    Column(
        "season", "Mùa vụ", most=120, examples=("đầu tháng 7 hằng năm", ""),
        help="Việc không có ngày nhưng có mùa: đầu tháng 7 hằng năm, quý III, trong tháng 9.",
        aliases=("mùa", "thời vụ", "thời gian hằng năm", "định kỳ", "kỳ hạn", "tần suất"),
    ),
    Column(
        "counted_on", "Ngày kiểm kê", _T.DATE, examples=("15/06/2025", "15/06/2025"),
        help="Ngày đếm thực tế, dd/mm/yyyy.", annex=True,
        aliases=("ngày đếm", "ngày thống kê", "ngày rà soát", "thời điểm kiểm kê"),
    ),
    Column(
        "proposed", "Đề nghị bên nhận", most=200, annex=True,
        help="Cơ quan nên nhận theo ý kiến bên giao; chỉ là đề nghị, người có thẩm quyền quyết.",
        aliases=("bên nhận", "đơn vị nhận", "cơ quan nhận", "nơi nhận", "cơ quan tiếp nhận",
                 "đơn vị tiếp nhận"),
    ),
    Column(
        "note", "Ghi chú", most=1000, examples=("(ví dụ minh họa)", "(ví dụ minh họa)"),
        help="Điều người nhận cần biết thêm.", aliases=("chú thích", "ghi chú thêm"),
    ),
)  # fmt: skip
_IN_ANNEX = frozenset({"seal_no", "counted_on", "proposed"})


def common_columns(**changes: dict[str, object]) -> tuple[Column, ...]:
    """The columns every kind has, in the order of a template, some changed for one kind.

    Shapes: ``changes`` maps the key of a column to the fields that differ; the printed title it
    had is kept among its aliases.
    """
    made: list[Column] = []
    for column in _COMMON:
        change = dict(changes.pop(column.key, {}))
        if "title" in change:
            more = change.get("aliases", ())
            extra = more if isinstance(more, tuple) else ()
            change["aliases"] = (*extra, column.title, *column.aliases)
        annex = column.key in _IN_ANNEX
        made.append(replace(column, annex=annex, **change))  # type: ignore[arg-type]  # by name
    if changes:
        raise KeyError(f"no such common columns: {sorted(changes)}")
    return tuple(made)


def placed(common: Iterable[Column], annex: Iterable[Column]) -> tuple[Column, ...]:
    """The columns of a template in the order people fill them: the note always last."""
    first = [column for column in common if column.key != "note"]
    last = [column for column in common if column.key == "note"]
    return (*first, *annex, *last)
