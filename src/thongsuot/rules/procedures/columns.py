"""The columns of the two tables that come from Excel: the catalogue and the desk log."""

from thongsuot.rules.kernel.columns import Choice, Column, ColumnType

_T = ColumnType
OUTCOMES = (
    Choice("open", "Đang giải quyết", ("đang xử lý", "chờ")),
    Choice("done", "Đã trả kết quả", ("xong", "đã trả", "hoàn thành")),
    Choice("returned", "Trả lại", ("không đủ điều kiện", "từ chối")),
)
CATALOGUE: tuple[Column, ...] = (
    Column("code", "Mã thủ tục", _T.CODE, required=True, most=60, examples=("1.000001", "1.000002"),
           help="Mã trong quyết định công bố. Nhập lại đúng mã là sửa thủ tục đó.",
           aliases=("mã", "mã tthc", "mã số")),
    Column("name", "Tên thủ tục", required=True, most=400,
           examples=("Chứng thực bản sao (minh họa)", "Đăng ký khai sinh (minh họa)"),
           help="Đúng tên trong quyết định công bố.", aliases=("tên", "thủ tục hành chính")),
    Column("field", "Lĩnh vực", required=True, most=80, examples=("tu-phap", "tu-phap"),
           help="Mã lĩnh vực trong sổ thẩm quyền; không có thì ghi khac.", aliases=("lĩnh vực tthc",)),
    Column("province", "Nhận ở cấp tỉnh", _T.BOOL, examples=("không", "không"),
           help="Có hoặc không.", aliases=("cấp tỉnh",)),
    Column("commune", "Nhận ở cấp xã", _T.BOOL, examples=("có", "có"),
           help="Có hoặc không.", aliases=("cấp xã",)),
    Column("days", "Thời hạn (ngày làm việc)", _T.INT, required=True, examples=(1, 1),
           help="Số ngày làm việc; 0 là trả trong ngày.", aliases=("thời hạn", "số ngày")),
    Column("fee", "Phí, lệ phí", most=200, examples=("2.000 đồng/trang (minh họa)", "Không"),
           help="Ghi như trong quyết định công bố.", aliases=("lệ phí", "phí")),
    Column("papers", "Thành phần hồ sơ", most=2_000, examples=("Bản chính", "Giấy chứng sinh"),
           help="Các giấy tờ phải nộp, cách nhau bằng dấu chấm phẩy.", aliases=("hồ sơ", "giấy tờ")),
    Column("workflow", "Quy trình nội bộ", most=2_000,
           examples=("Tiếp nhận; Thẩm định; Ký; Trả kết quả", "Tiếp nhận; Ký; Trả kết quả"),
           help="Các bước theo thứ tự, cách nhau bằng dấu chấm phẩy.", aliases=("quy trình",)),
    Column("decision", "Quyết định công bố", most=100, examples=("12/QĐ-UBND", "12/QĐ-UBND"),
           help="Số quyết định công bố bộ thủ tục.", aliases=("quyết định", "số quyết định")),
    Column("boundary_free", "Không phụ thuộc địa giới", _T.BOOL, examples=("có", "có"),
           help="Có: nộp ở bất kỳ nơi nào trong tỉnh.", aliases=("phi địa giới",)),
    Column("portal", "Trang trên Cổng Dịch vụ công quốc gia", most=300, examples=("", ""),
           help="Địa chỉ https của thủ tục.", aliases=("đường dẫn",)),
)  # fmt: skip
LOG: tuple[Column, ...] = (
    Column("outside", "Mã hồ sơ", _T.CODE, required=True, most=60,
           examples=("H26.0001-250701-0001", "H26.0001-250701-0002"),
           help="Mã trên hệ thống một cửa. Không ghi tên, số giấy tờ của người dân.",
           aliases=("mã", "số hồ sơ")),
    Column("procedure", "Mã thủ tục", _T.CODE, required=True, most=60,
           examples=("1.000001", "1.000002"), help="Mã thủ tục trong danh mục.",
           aliases=("thủ tục", "mã tthc")),
    Column("received", "Ngày nhận", _T.DATE, required=True, examples=("01/07/2025", "01/07/2025"),
           help="Ngày tiếp nhận hồ sơ hợp lệ.", aliases=("ngày tiếp nhận",)),
    Column("finished", "Ngày trả", _T.DATE, examples=("01/07/2025", ""),
           help="Để trống khi chưa trả.", aliases=("ngày trả kết quả",)),
    Column("state", "Tình trạng", _T.CHOICE, choices=OUTCOMES,
           examples=("Đã trả kết quả", "Đang giải quyết"),
           help="Để trống thì theo ngày trả.", aliases=("trạng thái", "kết quả")),
)  # fmt: skip
