"""The annex columns of each kind, and what differs for it in the common columns."""

from collections.abc import Mapping

from thongsuot.rules.handover.kinds_columns import CONDITION, Choice, Column, ColumnType

_T = ColumnType

_STATE = (
    Choice("not-started", "Chưa bắt đầu", ("chưa làm", "chưa thực hiện", "mới giao")),
    Choice("going-on", "Đang làm", ("đang thực hiện", "dở dang", "đang xử lý", "đang giải quyết")),
    Choice("waiting", "Đang chờ", ("chờ", "tạm dừng", "chờ ý kiến", "chờ bổ sung", "vướng mắc")),
    Choice("nearly", "Sắp xong", ("chờ ký", "chờ ban hành", "chờ trả kết quả", "cơ bản xong")),
)
_LEGAL_BASIS = Column(
    "legal_basis", "Căn cứ pháp lý", most=500, examples=("Kế hoạch số 12/KH-UBND", ""),
    help="Văn bản giao việc hoặc văn bản làm căn cứ: số, ký hiệu, ngày.",
    aliases=("căn cứ", "văn bản giao", "văn bản giao nhiệm vụ", "cơ sở pháp lý"),
)  # fmt: skip
_CONDITION = Column(
    "condition", "Tình trạng", _T.CHOICE, choices=CONDITION, examples=("Tốt", "Dùng được"),
    help="Chọn trong danh sách.", source="read",
    aliases=("hiện trạng", "tình trạng tài sản", "tình trạng sử dụng", "tình trạng tài liệu"),
)  # fmt: skip
_ORIGINAL_COST = Column(
    "original_cost", "Nguyên giá (đồng)", _T.MONEY, examples=(15_900_000, 230_000_000),
    help="Nguyên giá theo sổ kế toán, bằng đồng.", source="read",
    aliases=("nguyên giá", "nguyên giá theo sổ kế toán", "giá mua"),
)  # fmt: skip
_PAPERS = Column(
    "papers", "Giấy tờ kèm theo", most=500, examples=("Hóa đơn, sổ bảo hành", ""),
    help="Giấy chứng nhận, đăng ký, kiểm định, hồ sơ kèm theo.",
    aliases=("hồ sơ kèm theo", "giấy tờ", "hồ sơ pháp lý", "giấy tờ pháp lý"),
)  # fmt: skip
_REMAINING = {
    "title": "Giá trị còn lại (đồng)", "aliases": ("giá trị còn lại", "gtcl"), "source": "read",
    "help": "Giá trị còn lại theo sổ kế toán, bằng đồng; không lớn hơn nguyên giá.",
}  # fmt: skip

_TASK = (
    Column("assignee", "Người đang theo dõi", most=120, examples=("Trần Thị Lan", ""),
           help="Người đang làm hoặc theo dõi việc này.",
           aliases=("người phụ trách", "cán bộ phụ trách", "người thực hiện", "chuyên viên")),
    _LEGAL_BASIS,
    Column("origin", "Nơi giao việc", most=200, examples=("UBND thành phố", "Quận ủy"),
           help="Cơ quan đã giao việc này.", aliases=("cơ quan giao việc", "nguồn giao")),
    Column("files", "Hồ sơ liên quan", most=500, examples=("HS-12, HS-13", ""),
           help="Mã các hồ sơ đi kèm.", aliases=("hồ sơ kèm", "tài liệu liên quan")),
    Column("state", "Tình trạng việc", _T.CHOICE, choices=_STATE, examples=("Đang làm", "Đang chờ"),
           help="Chọn trong danh sách.", aliases=("trạng thái", "tiến độ", "tình trạng",
                                                  "tình trạng thực hiện", "kết quả đến nay")),
    Column("next_step", "Việc tiếp theo", most=500, examples=("Trình ký báo cáo", ""),
           help="Bước kế tiếp người nhận phải làm.", aliases=("bước tiếp theo", "việc còn lại")),
)  # fmt: skip

_CASE = (
    Column("procedure", "Thủ tục", required=True, most=300,
           examples=("Đăng ký hộ kinh doanh", "Cấp giấy phép xây dựng nhà ở riêng lẻ"),
           help="Tên thủ tục hành chính.",
           aliases=("tên thủ tục", "thủ tục hành chính", "tên tthc", "tthc", "loại hồ sơ")),
    Column("procedure_code", "Mã thủ tục", _T.CODE, most=40, examples=("", ""),
           help="Mã trên Cơ sở dữ liệu quốc gia về thủ tục hành chính, nếu có.",
           aliases=("mã tthc",)),
    Column("applicant", "Người nộp", most=200, examples=("(ví dụ) Nguyễn Văn Bình", ""),
           help="Người hoặc tổ chức nộp hồ sơ. Là dữ liệu cá nhân: chỉ ghi khi cần.",
           aliases=("chủ hồ sơ", "tên người nộp", "tổ chức, cá nhân", "người nộp hồ sơ")),
    Column("received_on", "Ngày tiếp nhận", _T.DATE, required=True,
           examples=("02/06/2025", "10/06/2025"), help="Ngày ghi trên giấy tiếp nhận hồ sơ.",
           aliases=("ngày nhận", "ngày nộp", "ngày nhận hồ sơ", "ngày tiếp nhận hồ sơ")),
    Column("channel", "Cách nộp", _T.CHOICE,
           choices=(Choice("counter", "Trực tiếp", ("một cửa", "tại bộ phận một cửa")),
                    Choice("online", "Trực tuyến", ("dịch vụ công", "online", "qua mạng")),
                    Choice("post", "Bưu chính", ("bưu điện", "bcci"))),
           examples=("Trực tiếp", "Trực tuyến"), help="Chọn trong danh sách.",
           aliases=("hình thức nộp", "kênh nộp")),
    Column("state", "Tình trạng hồ sơ", _T.CHOICE, choices=_STATE, examples=("Đang làm", "Sắp xong"),
           help="Chọn trong danh sách.",
           aliases=("trạng thái", "tình trạng", "tình trạng giải quyết", "trạng thái hồ sơ")),
    Column("next_step", "Bước tiếp theo", most=300, examples=("Thẩm định thực địa", ""),
           help="Bước kế tiếp của quy trình, để người dân không phải nộp lại.",
           aliases=("việc tiếp theo", "bước xử lý", "bước hiện tại")),
)  # fmt: skip

_ARCHIVE = (
    Column("fonds", "Phông lưu trữ", most=200, examples=("Phông UBND quận Hà Đông", ""),
           help="Tên phông; phông phải được đóng khi cơ quan kết thúc hoạt động.",
           aliases=("phông", "tên phông")),
    Column("boxes", "Số hộp", _T.INT, examples=(12, 3), help="Tổng số hộp.", source="read",
           aliases=("số lượng hộp", "tổng số hộp")),
    Column("folders", "Số cặp", _T.INT, examples=(24, ""), help="Tổng số cặp, ba bìa.",
           aliases=("số lượng cặp", "số bìa")),
    Column("linear_metres", "Mét giá", _T.QUANTITY, unit="m giá", examples=(1.5, 0.4),
           help="Số mét giá tài liệu, tới 3 số lẻ.", source="read",
           aliases=("số mét giá", "số mét", "mét giá tài liệu", "mét")),
    Column("year_from", "Từ năm", _T.YEAR, examples=(2011, 2021), help="Năm của tài liệu sớm nhất.",
           aliases=("năm bắt đầu", "năm sớm nhất")),
    Column("year_to", "Đến năm", _T.YEAR, examples=(2024, 2025), help="Năm của tài liệu muộn nhất.",
           aliases=("năm kết thúc", "năm muộn nhất")),
    Column("retention", "Thời hạn bảo quản", most=60, examples=("Vĩnh viễn", "20 năm"),
           suggestions=("Vĩnh viễn", "70 năm", "50 năm", "20 năm", "10 năm", "5 năm"),
           help="Vĩnh viễn hoặc số năm.", aliases=("thbq", "thời gian bảo quản")),
    _CONDITION,
    Column("finding_aid", "Công cụ tra cứu", most=200, examples=("Mục lục hồ sơ", ""),
           help="Mục lục, cơ sở dữ liệu, thẻ.", aliases=("mục lục", "công cụ tra tìm")),
    Column("digitised", "Đã số hóa (%)", _T.INT, examples=(40, 0),
           help="Phần trăm đã số hóa, từ 0 đến 100.",
           aliases=("số hóa", "tỷ lệ số hóa", "% số hóa")),
)  # fmt: skip

_ASSET = (
    Column("asset_type", "Loại tài sản", _T.CHOICE, required=True, source="read",
           choices=(Choice("vehicle", "Xe ô tô", ("ô tô", "xe", "phương tiện", "xe oto")),
                    Choice("machine", "Máy móc, thiết bị", ("máy móc", "thiết bị", "máy tính")),
                    Choice("furniture", "Bàn ghế, tủ", ("nội thất", "bàn ghế", "đồ gỗ", "tủ")),
                    Choice("facility", "Cơ sở hoạt động sự nghiệp", ("cơ sở sự nghiệp",)),
                    Choice("infrastructure", "Tài sản kết cấu hạ tầng", ("hạ tầng", "chợ",
                                                                         "thủy lợi")),
                    Choice("other", "Tài sản khác", ("khác",))),
           examples=("Máy móc, thiết bị", "Xe ô tô"), help="Chọn trong danh sách.",
           aliases=("loại", "nhóm tài sản", "chủng loại")),
    Column("serial", "Số máy, biển số", _T.CODE, most=80, examples=("SN-88120", "29A-000.00"),
           help="Số sê-ri, biển số, số khung.",
           aliases=("biển số", "số sê-ri", "serial", "số khung", "model", "ký hiệu máy")),
    Column("year", "Năm đưa vào sử dụng", _T.YEAR, examples=(2021, 2019), help="Năm, bốn chữ số.",
           aliases=("năm sử dụng", "năm sd", "năm", "năm mua")),
    _CONDITION,
    _ORIGINAL_COST,
    _PAPERS,
)  # fmt: skip

_OFFICE = (
    Column("address", "Địa chỉ", required=True, most=300, examples=("Số 4 (minh họa)", "Số 9 (minh họa)"),
           help="Số nhà, đường, phường.", aliases=("địa chỉ trụ sở", "địa điểm trụ sở")),
    Column("land_area", "Diện tích đất (m²)", _T.QUANTITY, unit="m²", examples=(1250.5, 800),
           help="Theo giấy chứng nhận.", aliases=("diện tích đất", "dt đất", "diện tích khuôn viên")),
    Column("floor_area", "Diện tích sàn (m²)", _T.QUANTITY, unit="m²", examples=(2400, 1100),
           help="Tổng diện tích sàn.",
           aliases=("diện tích sàn", "diện tích nhà", "diện tích xây dựng", "diện tích sử dụng")),
    Column("capacity", "Số chỗ làm việc", _T.INT, examples=(85, 40), help="Số chỗ ngồi làm việc.",
           aliases=("sức chứa", "số chỗ")),
    Column("year", "Năm xây dựng", _T.YEAR, examples=(2008, 2015), help="Năm, bốn chữ số.",
           aliases=("năm đưa vào sử dụng", "năm hoàn thành", "năm xd")),
    Column("use", "Đang dùng", _T.CHOICE,
           choices=(Choice("used", "Đang dùng", ("đang sử dụng", "sử dụng")),
                    Choice("partly", "Dùng một phần", ("sử dụng một phần",)),
                    Choice("surplus", "Dôi dư", ("dư", "bỏ trống", "không sử dụng")),
                    Choice("let", "Cho thuê, liên kết", ("cho thuê", "liên doanh", "liên kết"))),
           examples=("Đang dùng", "Dôi dư"), help="Chọn trong danh sách.",
           aliases=("tình trạng sử dụng", "hiện trạng sử dụng", "công năng")),
    _ORIGINAL_COST,
    Column("land_papers", "Giấy tờ nhà, đất", most=300, examples=("GCN số (minh họa)", ""),
           help="Giấy chứng nhận, quyết định giao đất, hồ sơ biến động.",
           aliases=("giấy chứng nhận", "giấy tờ", "hồ sơ pháp lý", "giấy tờ pháp lý")),
)  # fmt: skip

_FINANCE = (
    Column("finance_type", "Loại khoản", _T.CHOICE, required=True, source="read",
           choices=(Choice("balance", "Số dư", ("số dư tài khoản", "tồn quỹ", "dư")),
                    Choice("receivable", "Phải thu", ("nợ phải thu", "công nợ phải thu")),
                    Choice("payable", "Phải trả", ("nợ phải trả", "công nợ phải trả", "nợ")),
                    Choice("advance", "Tạm ứng", ("tạm ứng chưa thu hồi",)),
                    Choice("held", "Tạm giữ", ("tiền tạm giữ", "tạm thu, tạm giữ")),
                    Choice("estimate", "Dự toán còn lại", ("dự toán", "dự toán chưa sử dụng")),
                    Choice("finding", "Kết luận thanh tra, kiểm toán chưa thực hiện",
                           ("kết luận", "kiến nghị kiểm toán", "kết luận thanh tra",
                            "kết luận kiểm toán"))),
           examples=("Số dư", "Kết luận thanh tra, kiểm toán chưa thực hiện"),
           help="Chọn trong danh sách.", aliases=("loại", "nội dung khoản", "tính chất")),
    Column("account", "Số tài khoản", _T.CODE, most=40, examples=("(minh họa) 0000.0.0000000", ""),
           help="Tài khoản kho bạc hoặc ngân hàng.", aliases=("tài khoản", "tk", "số tk")),
    Column("source", "Nguồn kinh phí", most=200, examples=("Ngân sách quận", ""),
           help="Nguồn vốn, nguồn kinh phí.", aliases=("nguồn", "nguồn vốn")),
    Column("year", "Năm ngân sách", _T.YEAR, examples=(2025, 2024), help="Năm, bốn chữ số.",
           aliases=("niên độ", "năm", "niên độ ngân sách")),
    Column("counterparty", "Đối tượng", most=200, examples=("", ""),
           help="Người nợ hoặc được nợ; cơ quan đã ra kết luận.",
           aliases=("đối tượng nợ", "chủ nợ", "khách nợ", "đơn vị nợ", "cơ quan kết luận")),
    Column("estimate", "Dự toán (đồng)", _T.MONEY, examples=(500_000_000, ""),
           help="Dự toán được giao, bằng đồng.", aliases=("dự toán được giao", "dự toán giao")),
    Column("spent", "Đã chi (đồng)", _T.MONEY, examples=(320_000_000, ""),
           help="Đã chi, bằng đồng.", aliases=("đã chi", "đã thực hiện", "đã quyết toán")),
    Column("paper", "Chứng từ, kết luận số", most=200, examples=("", "KL số (minh họa)"),
           help="Số, ngày của chứng từ, biên bản đối chiếu hoặc kết luận.",
           aliases=("chứng từ", "số kết luận", "văn bản", "số chứng từ")),
)  # fmt: skip

_PROJECT = (
    Column("stage", "Giai đoạn", _T.CHOICE, required=True, source="read",
           choices=(Choice("before", "Chuẩn bị đầu tư", ("trước", "chuẩn bị", "trước đầu tư")),
                    Choice("during", "Đang thực hiện", ("trong", "thực hiện", "thi công")),
                    Choice("after", "Kết thúc, quyết toán", ("sau", "kết thúc", "quyết toán",
                                                             "hoàn thành", "bảo hành"))),
           examples=("Đang thực hiện", "Chuẩn bị đầu tư"), help="Chọn trong danh sách.",
           aliases=("giai đoạn đầu tư", "tiến độ", "tình trạng")),
    Column("decision", "Quyết định phê duyệt", most=200, examples=("QĐ số (minh họa)", ""),
           help="Số, ngày quyết định chủ trương hoặc phê duyệt dự án.",
           aliases=("quyết định", "số quyết định", "qđ phê duyệt")),
    Column("decision_level", "Cấp quyết định", most=120, examples=("UBND quận", "HĐND quận"),
           help="Cấp có thẩm quyền đã quyết định đầu tư.", aliases=("cấp quyết định đầu tư",)),
    Column("investor", "Chủ đầu tư", most=200, examples=("Ban QLDA ĐTXD quận", ""),
           help="Chủ đầu tư hiện nay.", aliases=("chủ đầu tư cũ", "chủ đầu tư hiện nay")),
    Column("investor_next", "Chủ đầu tư dự kiến", most=200,
           help="Chủ đầu tư sau sắp xếp theo đề nghị của bên giao.",
           aliases=("chủ đầu tư mới",)),
    Column("total", "Tổng mức đầu tư (đồng)", _T.MONEY, examples=(45_000_000_000, 8_000_000_000),
           help="Bằng đồng.", aliases=("tổng mức đầu tư", "tmđt", "tổng vốn")),
    Column("disbursed", "Đã giải ngân (đồng)", _T.MONEY, examples=(20_000_000_000, 0),
           help="Lũy kế đến ngày kiểm kê, bằng đồng.",
           aliases=("đã giải ngân", "giải ngân", "lũy kế giải ngân", "lũy kế vốn đã giải ngân")),
    Column("contracts", "Hợp đồng đang thực hiện", most=500, help="Số hợp đồng, nhà thầu.",
           aliases=("hợp đồng", "các hợp đồng")),
    Column("clearance", "Giải phóng mặt bằng", most=300, examples=("Xong 80%", ""),
           help="Tình trạng giải phóng mặt bằng.", aliases=("gpmb", "tình trạng gpmb")),
)  # fmt: skip

_PERSON = (
    Column("position", "Chức vụ, vị trí việc làm", required=True, most=200,
           examples=("Chuyên viên", "Phó Trưởng phòng"), help="Chức vụ hoặc vị trí việc làm hiện tại.",
           aliases=("chức vụ", "vị trí việc làm", "chức danh", "vị trí")),
    Column("payroll", "Nguồn biên chế", _T.CHOICE, required=True,
           choices=(Choice("cadre", "Cán bộ"), Choice("civil-servant", "Công chức", ("cc",)),
                    Choice("public-employee", "Viên chức", ("vc",)),
                    Choice("contract", "Hợp đồng lao động", ("hợp đồng", "hđlđ", "hợp đồng 111")),
                    Choice("part-time", "Không chuyên trách", ("người hoạt động không chuyên trách",
                                                              "kct"))),
           examples=("Công chức", "Viên chức"), help="Chọn trong danh sách.",
           aliases=("biên chế", "đối tượng", "loại biên chế", "diện")),
    Column("status", "Tình trạng công tác", _T.CHOICE,
           choices=(Choice("working", "Đang công tác", ("đang làm việc", "đi làm")),
                    Choice("leave", "Nghỉ dài ngày", ("nghỉ thai sản", "thai sản", "nghỉ ốm",
                                                      "nghỉ không lương")),
                    Choice("seconded", "Biệt phái, đi học", ("biệt phái", "đi học", "tăng cường")),
                    Choice("retiring", "Xin nghỉ", ("nghỉ hưu", "nghỉ hưu trước tuổi", "thôi việc",
                                                    "nghỉ theo chế độ"))),
           examples=("Đang công tác", "Biệt phái, đi học"), help="Chọn trong danh sách.",
           aliases=("tình trạng", "trạng thái")),
    Column("file_no", "Số hồ sơ cán bộ", _T.CODE, most=60, examples=("CB-0112", "CB-0113"),
           help="Số hồ sơ gốc của cán bộ, công chức, viên chức.",
           aliases=("số hồ sơ", "hồ sơ cán bộ", "số hiệu công chức")),
    Column("expertise", "Chuyên môn", most=200, examples=("Cử nhân Luật", ""),
           help="Trình độ, chuyên ngành.", aliases=("trình độ", "trình độ chuyên môn", "chuyên ngành")),
)  # fmt: skip

_SERVICE_UNIT = (
    Column("unit_type", "Loại đơn vị", most=120, examples=("Trường mầm non", "Trạm y tế"),
           suggestions=("Trường mầm non", "Trường tiểu học", "Trường trung học cơ sở", "Trạm y tế",
                        "Trung tâm văn hóa", "Ban quản lý chợ", "Ban quản lý dự án"),
           help="Trường, trạm, trung tâm, ban quản lý.", aliases=("loại hình", "loại")),
    Column("address", "Địa chỉ", most=300, help="Số nhà, đường, phường.", aliases=("địa chỉ đơn vị",)),
    Column("head", "Người đứng đầu", most=120, help="Họ tên người đứng đầu.",
           aliases=("thủ trưởng", "hiệu trưởng", "giám đốc", "người đứng đầu đơn vị")),
    Column("quota", "Biên chế được giao", _T.INT, examples=(30, 8), help="Số người được giao.",
           aliases=("biên chế giao", "chỉ tiêu biên chế", "số lượng người làm việc được giao")),
    Column("headcount", "Có mặt", _T.INT, examples=(28, 8), help="Số người có mặt.",
           aliases=("số người có mặt", "hiện có", "số người làm việc", "biên chế có mặt")),
    Column("autonomy", "Mức tự chủ", _T.CHOICE,
           choices=(Choice("1", "Nhóm 1", ("tự bảo đảm chi thường xuyên và chi đầu tư",)),
                    Choice("2", "Nhóm 2", ("tự bảo đảm chi thường xuyên",)),
                    Choice("3", "Nhóm 3", ("tự bảo đảm một phần chi thường xuyên",)),
                    Choice("4", "Nhóm 4", ("nhà nước bảo đảm chi thường xuyên",))),
           examples=("Nhóm 4", "Nhóm 3"), help="Chọn trong danh sách.",
           aliases=("mức độ tự chủ", "nhóm tự chủ", "tự chủ tài chính")),
    Column("account", "Số tài khoản", _T.CODE, most=40, help="Tài khoản kho bạc.",
           aliases=("tài khoản", "tài khoản kho bạc")),
)  # fmt: skip

_SEAL = (
    Column("seal_type", "Loại dấu", _T.CHOICE, required=True,
           choices=(Choice("round", "Dấu tròn", ("dấu quốc huy", "dấu ướt", "dấu cơ quan")),
                    Choice("small", "Dấu thu nhỏ", ("dấu nhỏ",)),
                    Choice("embossed", "Dấu nổi", ("dấu chìm", "dấu giáp lai nổi")),
                    Choice("title", "Dấu chức danh, dấu tên", ("dấu tên", "dấu chức danh",
                                                               "dấu họ tên")),
                    Choice("digital", "Chữ ký số", ("usb ký số", "token", "chứng thư số")),
                    Choice("other", "Dấu khác", ("khác", "dấu đến", "dấu công văn đến"))),
           examples=("Dấu tròn", "Chữ ký số"), help="Chọn trong danh sách.",
           aliases=("loại con dấu", "loại")),
    Column("certificate_no", "Giấy chứng nhận mẫu dấu số", _T.CODE, most=60,
           examples=("(minh họa) 0001/ĐKMD", ""), help="Số giấy chứng nhận đăng ký mẫu con dấu.",
           aliases=("số giấy chứng nhận", "giấy chứng nhận", "đăng ký mẫu dấu", "số đăng ký")),
    Column("keeper", "Người giữ dấu", most=120, examples=("Trần Thị Lan", ""),
           help="Họ tên người đang giữ.", aliases=("người quản lý", "văn thư", "người giữ")),
    Column("returned_on", "Ngày nộp lại", _T.DATE, help="Ngày nộp cho cơ quan công an.",
           aliases=("ngày thu hồi", "ngày giao nộp", "ngày trả")),
    Column("returned_to", "Nơi nhận lại", most=200, help="Cơ quan đã nhận lại con dấu.",
           aliases=("nộp cho", "cơ quan thu hồi", "nơi thu hồi")),
)  # fmt: skip

_DATASET = (
    Column("dataset_type", "Loại", _T.CHOICE, required=True,
           choices=(Choice("dataset", "Dữ liệu", ("cơ sở dữ liệu", "csdl", "bộ dữ liệu")),
                    Choice("account", "Tài khoản", ("tài khoản phần mềm", "tk")),
                    Choice("contract", "Hợp đồng", ("hđ", "hợp đồng dịch vụ", "thuê bao")),
                    Choice("domain", "Tên miền, trang tin", ("tên miền", "website", "cổng tttđt"))),
           examples=("Tài khoản", "Hợp đồng"), help="Chọn trong danh sách.",
           aliases=("loại dữ liệu", "phân loại")),
    Column("system", "Hệ thống", most=200, examples=("Quản lý văn bản", ""),
           help="Tên phần mềm, hệ thống.", aliases=("phần mềm", "tên hệ thống", "ứng dụng")),
    Column("holder", "Người quản trị", most=120, help="Người đang giữ quyền quản trị. Không ghi mật khẩu.",
           aliases=("người giữ", "quản trị viên", "chủ tài khoản", "người sử dụng")),
    Column("records", "Số bản ghi", _T.INT, examples=("", ""), help="Số bản ghi hoặc số tài khoản con.",
           aliases=("số lượng bản ghi", "bản ghi")),
    Column("format", "Định dạng", most=80, help="Kiểu tệp, hệ quản trị cơ sở dữ liệu.",
           aliases=("kiểu dữ liệu", "định dạng dữ liệu")),
    Column("provider", "Nhà cung cấp", most=200, help="Đơn vị cung cấp, vận hành.",
           aliases=("đơn vị cung cấp", "nhà thầu", "đối tác")),
    Column("contract_no", "Số hợp đồng", _T.CODE, most=80, help="Số, ký hiệu hợp đồng.",
           aliases=("hợp đồng số",)),
    Column("expires_on", "Ngày hết hạn", _T.DATE, examples=("", "31/12/2025"),
           help="Ngày hết hiệu lực.", aliases=("hết hạn", "ngày kết thúc", "hiệu lực đến")),
)  # fmt: skip


def _titled(one: str, two: str, **more: dict[str, object]) -> dict[str, dict[str, object]]:
    more["title"] = {"examples": (one, two)} | more.get("title", {})
    return more


ANNEXES: Mapping[str, tuple[Mapping[str, Mapping[str, object]], tuple[Column, ...]]] = {
    "task": (
        _titled("Rà soát quy hoạch chợ (minh họa)", "Báo cáo chuyển đổi số (minh họa)"),
        _TASK,
    ),
    "case": (
        _titled(
            "Hồ sơ hộ kinh doanh số 1 (minh họa)", "Hồ sơ xây dựng số 2 (minh họa)",
            next_due={"title": "Ngày hẹn trả", "aliases": ("hẹn trả", "ngày trả kết quả"),
                      "examples": ("20/06/2025", "15/07/2025"), "required": True},
        ),
        _CASE,
    ),
    "archive": (
        _titled(
            "Hồ sơ đất đai phường Hà Cầu (minh họa)", "Công văn đi 2021-2025 (minh họa)",
            quantity={"examples": (340, 52), "title": "Số hồ sơ", "source": "read",
                      "aliases": ("số lượng hồ sơ", "số đơn vị bảo quản")},
        ),
        _ARCHIVE,
    ),
    "asset": (
        _titled(
            "Máy tính để bàn (minh họa)", "Xe ô tô 7 chỗ (minh họa)",
            quantity={"examples": (10, 1), "source": "read"},
            value={**_REMAINING, "examples": (6_360_000, 92_000_000)},
        ),
        _ASSET,
    ),
    "office": (
        _titled(
            "Trụ sở UBND quận (minh họa)", "Nhà làm việc số 2 (minh họa)",
            value={**_REMAINING, "examples": (12_000_000, "")},
        ),
        _OFFICE,
    ),
    "finance": (
        _titled(
            "Số dư kinh phí thường xuyên (minh họa)", "Kết luận chưa thực hiện (minh họa)",
            value={"title": "Số tiền (đồng)", "required": True, "examples": (180_000_000, 0)},
        ),
        _FINANCE,
    ),
    "project": (
        _titled(
            "Cải tạo trường tiểu học (minh họa)", "Đề án vỉa hè (minh họa)",
            value={"title": "Vốn còn phải bố trí (đồng)",
                   "examples": (25_000_000_000, 8_000_000_000)},
        ),
        _PROJECT,
    ),
    "person": (
        _titled(
            "Nguyễn Văn Minh (minh họa)", "Lê Thị Hoa (minh họa)",
            title={"title": "Họ và tên", "aliases": ("họ tên",)},
        ),
        _PERSON,
    ),
    "service_unit": (
        _titled("Trường Mầm non Hà Cầu (minh họa)", "Trạm y tế phường (minh họa)"),
        _SERVICE_UNIT,
    ),
    "seal": (
        _titled("Con dấu UBND quận (minh họa)", "Chữ ký số Chủ tịch (minh họa)"),
        _SEAL,
    ),
    "dataset": (
        _titled("Tài khoản quản lý văn bản (minh họa)", "Thuê đường truyền (minh họa)"),
        _DATASET,
    ),
}  # fmt: skip
