"""The columns of a closing sheet, as they stand in the template and are known in other files."""

from collections.abc import Mapping

from thongsuot.rules.handover.kinds_columns import Choice, Column, ColumnType
from thongsuot.rules.settling.finance import Line, Section

_T = ColumnType

SECTIONS = (
    Choice(Section.BALANCE, "Số dư tài khoản", ("số dư", "tiền gửi", "số dư tiền gửi")),
    Choice(Section.CASH, "Tồn quỹ tiền mặt", ("tiền mặt", "tồn quỹ")),
    Choice(Section.ESTIMATE, "Dự toán", ("dự toán còn lại", "dự toán được giao")),
    Choice(Section.HELD, "Tiền tạm giữ", ("tạm giữ", "tạm thu, tạm giữ")),
    Choice(Section.ADVANCE, "Tạm ứng", ("tạm ứng chưa thu hồi",)),
    Choice(Section.RECEIVABLE, "Nợ phải thu", ("phải thu", "công nợ phải thu")),
    Choice(Section.PAYABLE, "Nợ phải trả", ("phải trả", "công nợ phải trả")),
    Choice(
        Section.FINDING,
        "Kết luận thanh tra, kiểm toán chưa thực hiện",
        ("kết luận", "kiến nghị kiểm toán", "kết luận thanh tra"),
    ),
    Choice(Section.REVENUE, "Thu ngân sách so với kế hoạch", ("thu ngân sách", "thu")),
)

SHEET_COLUMNS: tuple[Column, ...] = (
    Column("code", "Mã dòng", _T.CODE, required=True, most=60, examples=("KS-01", "KS-02"),
           help="Mã riêng của từng dòng. Trùng mã với mục tài chính trong danh mục thì máy tự khớp.",
           aliases=("mã", "mã số", "số thứ tự dòng")),
    Column("section", "Phần", _T.CHOICE, required=True, choices=SECTIONS,
           examples=("Số dư tài khoản", "Dự toán"), help="Chọn trong danh sách.",
           aliases=("loại khoản", "loại", "nhóm")),
    Column("title", "Nội dung", required=True, most=300,
           examples=("Tiền gửi kinh phí (minh họa)", "Chi thường xuyên (minh họa)"),
           help="Tên khoản, đủ để người nhận biết đây là gì.", aliases=("tên", "diễn giải", "khoản")),
    Column("account", "Số tài khoản", _T.CODE, most=40,
           examples=("(minh họa) 0000.0.0000001", "(minh họa) 0000.0.0000002"),
           help="Bắt buộc với tiền và dự toán ở kho bạc; đúng như xác nhận số dư.",
           aliases=("tài khoản", "số tk", "tk")),
    Column("source", "Nguồn kinh phí", most=200, examples=("Ngân sách quận", "Ngân sách quận"),
           help="Nguồn vốn, nguồn kinh phí.", aliases=("nguồn", "nguồn vốn")),
    Column("year", "Năm ngân sách", _T.YEAR, examples=(2025, 2025), help="Năm, bốn chữ số.",
           aliases=("niên độ", "năm")),
    Column("granted", "Dự toán giao, kế hoạch (đồng)", _T.MONEY, examples=("", 500_000_000),
           help="Của dự toán: số được giao. Của thu ngân sách: kế hoạch năm.",
           aliases=("dự toán giao", "dự toán được giao", "kế hoạch", "kế hoạch năm")),
    Column("spent", "Đã chi (đồng)", _T.MONEY, examples=("", 320_000_000),
           help="Chỉ ghi cho dự toán.", aliases=("đã chi", "đã sử dụng")),
    Column("amount", "Số tiền (đồng)", _T.MONEY, required=True, examples=(180_000_000, 180_000_000),
           help="Số dư, số còn lại, số nợ hoặc số đã thu đến ngày khóa sổ, bằng đồng, không làm tròn.",
           aliases=("số tiền", "số dư", "còn lại", "giá trị")),
    Column("counterparty", "Đối tượng", most=200, examples=("", ""),
           help="Bắt buộc với tạm ứng, phải thu, phải trả: ai nợ, nợ ai.",
           aliases=("đối tượng nợ", "chủ nợ", "khách nợ")),
    Column("paper", "Chứng từ, kết luận số", most=200, examples=("", ""),
           help="Bắt buộc với kết luận thanh tra, kiểm toán: số, ngày.",
           aliases=("chứng từ", "số kết luận", "văn bản")),
    Column("items", "Mã mục trong danh mục", most=500, examples=("", ""),
           help="Mã các mục tài chính cộng lại thành dòng này, cách nhau bằng dấu chấm phẩy. Để trống thì máy tự khớp.",
           aliases=("mã mục", "các mục")),
    Column("note", "Ghi chú", most=1000, examples=("(ví dụ minh họa)", "(ví dụ minh họa)"),
           help="Điều người nhận cần biết thêm.", aliases=("chú thích",)),
)  # fmt: skip


def codes_in(text: object) -> tuple[str, ...]:
    """The codes of items that a cell names: "TCH-001; TCH-002"."""
    parts = str(text or "").replace("\n", ";").replace(",", ";").split(";")
    return tuple(dict.fromkeys(p.strip() for p in parts if p.strip()))


def line_of(values: Mapping[str, object]) -> Line:
    """A row that was read, as the rules take it. Raises ValueError for a section unknown."""
    return Line(
        section=Section(str(values["section"])),
        code=str(values.get("code") or ""),
        title=str(values.get("title") or ""),
        amount=_whole(values.get("amount")) or 0,
        account=str(values.get("account") or ""),
        granted=_whole(values.get("granted")),
        spent=_whole(values.get("spent")),
        counterparty=str(values.get("counterparty") or ""),
        paper=str(values.get("paper") or ""),
        items=codes_in(values.get("items")),
    )


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
