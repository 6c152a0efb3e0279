"""The columns of the table of competence, as they stand in the template and in other files."""

from thongsuot.rules.authority.values import RuleKind, Tier
from thongsuot.rules.kernel.columns import Choice, Column, ColumnType

_T = ColumnType
TIERS = (
    Choice(Tier.CENTRE.value, "Trung ương", ("bộ", "chính phủ", "tw")),
    Choice(Tier.PROVINCE.value, "Cấp tỉnh", ("tỉnh", "thành phố", "tỉnh, thành phố")),
    Choice(Tier.DISTRICT.value, "Cấp huyện", ("huyện", "quận", "quận, huyện")),
    Choice(Tier.COMMUNE.value, "Cấp xã", ("xã", "phường", "xã, phường", "đặc khu")),
)
KINDS = (
    Choice(RuleKind.DIVISION.value, "Phân định thẩm quyền", ("phân định",)),
    Choice(RuleKind.DEVOLUTION.value, "Phân quyền"),
    Choice(RuleKind.DECENTRALISATION.value, "Phân cấp"),
    Choice(RuleKind.DELEGATION.value, "Ủy quyền"),
)
ORGANS = (
    Choice("peoples-committee", "Ủy ban nhân dân", ("ubnd",)),
    Choice("peoples-council", "Hội đồng nhân dân", ("hđnd",)),
    Choice("department", "Sở, ban, ngành", ("sở", "sở, ngành")),
    Choice("specialised-office", "Phòng chuyên môn", ("phòng",)),
    Choice("service-centre", "Trung tâm Phục vụ hành chính công", ("trung tâm hcc",)),
    Choice("joint-office", "Văn phòng", ("văn phòng hđnd và ubnd",)),
    Choice("party-committee", "Đảng ủy"),
    Choice("front", "Ủy ban MTTQ", ("mttq", "mặt trận")),
    Choice("police", "Công an"),
    Choice("handing-team", "Tổ bàn giao"),
    Choice("receiving-team", "Tổ tiếp nhận"),
)
RULE_COLUMNS: tuple[Column, ...] = (
    Column("code", "Mã quy định", _T.CODE, required=True, most=60, examples=("HN-001", "HN-002"),
           help="Mã riêng của từng quy định. Nhập lại đúng mã là sửa quy định đó.",
           aliases=("mã", "mã số", "số thứ tự")),
    Column("kind", "Hình thức", _T.CHOICE, required=True, choices=KINDS,
           examples=("Phân cấp", "Phân định thẩm quyền"), help="Chọn trong danh sách.",
           aliases=("loại", "hình thức giao")),
    Column("matter", "Việc", required=True, most=300,
           examples=("Cấp giấy phép xây dựng; địa điểm xây dựng", "Quyết định thu hồi đất"),
           help="Tên việc đúng như trong sổ việc, hoặc mã việc.", aliases=("nhiệm vụ", "nội dung", "thẩm quyền")),
    Column("to_tier", "Giao cho cấp", _T.CHOICE, required=True, choices=TIERS,
           examples=("Cấp xã", "Cấp xã"), help="Chọn trong danh sách.", aliases=("cấp nhận", "cấp")),
    Column("to_organ", "Cơ quan nhận", _T.CHOICE, choices=ORGANS, examples=("Ủy ban nhân dân", "Ủy ban nhân dân"),
           help="Để trống nếu văn bản chỉ nói cấp.", aliases=("cơ quan", "giao cho")),
    Column("to_title", "Chức vụ nhận", most=120, examples=("", "Chủ tịch UBND"),
           help="Để trống nếu giao cho cả cơ quan.", aliases=("chức vụ", "chức danh")),
    Column("to_name", "Tên cơ quan nhận", most=160, examples=("", ""),
           help="Chỉ ghi khi có nhiều cơ quan cùng loại, ví dụ tên sở.", aliases=("tên sở",)),
    Column("from_tier", "Trước đây thuộc cấp", _T.CHOICE, choices=TIERS, examples=("Cấp huyện", "Cấp huyện"),
           help="Cấp có thẩm quyền trước đó.", aliases=("cấp giao", "từ cấp")),
    Column("from_organ", "Cơ quan trước đây", _T.CHOICE, choices=ORGANS, examples=("", ""),
           help="Để trống nếu văn bản chỉ nói cấp.", aliases=("cơ quan giao",)),
    Column("from_title", "Chức vụ trước đây", most=120, examples=("", ""), help="Nếu có.",
           aliases=("chức vụ giao",)),
    Column("text", "Số văn bản", _T.CODE, required=True, most=80,
           examples=("140/2025/NĐ-CP", "151/2025/NĐ-CP"),
           help="Số, ký hiệu đúng như trong sổ văn bản.", aliases=("văn bản", "căn cứ", "số hiệu")),
    Column("article", "Điều", _T.CODE, most=20, examples=("", "5"), help="Chỉ ghi số điều."),
    Column("clause", "Khoản", _T.CODE, most=20, examples=("", ""), help="Chỉ ghi số khoản."),
    Column("replaced", "Quy định được thay", most=300, examples=("", ""),
           help="Điều, khoản của văn bản trước đó.", aliases=("thay thế",)),
    Column("since", "Từ ngày", _T.DATE, examples=("01/07/2025", "01/07/2025"),
           help="Ngày bắt đầu áp dụng.", aliases=("hiệu lực từ", "ngày hiệu lực")),
    Column("until", "Đến trước ngày", _T.DATE, examples=("", ""),
           help="Ngày đầu tiên không còn áp dụng; để trống thì theo văn bản.", aliases=("hết hiệu lực",)),
    Column("least", "Từ số tiền (đồng)", _T.MONEY, examples=("", ""), help="Nếu tùy số tiền."),
    Column("most", "Đến số tiền (đồng)", _T.MONEY, examples=("", ""), help="Nếu tùy số tiền."),
    Column("conditions", "Điều kiện", most=1000, examples=("", ""), help="Điều kiện khác, nếu có."),
    Column("procedures", "Mã thủ tục hành chính", most=500, examples=("", ""),
           help="Cách nhau bằng dấu chấm phẩy.", aliases=("tthc", "mã tthc")),
    Column("note", "Ghi chú", most=1000, examples=("(ví dụ minh họa)", "(ví dụ minh họa)"),
           help="Điều người đối chiếu cần biết.", aliases=("chú thích",)),
)  # fmt: skip
