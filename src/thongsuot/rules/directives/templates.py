"""Checklists to start from. They are proposals of this software, not what any text prescribes."""

from dataclasses import dataclass

from thongsuot.rules.directives.roadmap import Line


@dataclass(frozen=True, slots=True)
class Template:
    """A checklist: its code, its name, the kind of plan it makes, its lines."""

    code: str
    name: str
    kind: str
    lines: tuple[Line, ...]


TEMPLATES = (
    Template(
        "ward-congress",
        "Chuẩn bị đại hội đảng bộ phường, xã",
        "congress",
        (
            Line(60, "Ban hành kế hoạch tổ chức đại hội, phân công các tiểu ban"),
            Line(45, "Hoàn thành dự thảo báo cáo chính trị, báo cáo kiểm điểm"),
            Line(40, "Lấy ý kiến chi bộ vào dự thảo văn kiện"),
            Line(30, "Hoàn thành phương án nhân sự, báo cáo cấp ủy cấp trên"),
            Line(20, "Duyệt đại hội với cấp ủy cấp trên"),
            Line(15, "Xong chương trình, kịch bản, phân công phục vụ"),
            Line(10, "Gửi tài liệu và giấy triệu tập đại biểu"),
            Line(3, "Kiểm tra hội trường, đường truyền, y tế, an ninh"),
            Line(1, "Tổng duyệt"),
            Line(0, "Khai mạc đại hội"),
        ),
    ),
    Template(
        "cell-congress",
        "Đại hội chi bộ",
        "congress",
        (
            Line(15, "Chi ủy ra nghị quyết, phân công chuẩn bị"),
            Line(10, "Dự thảo báo cáo gửi đảng viên góp ý"),
            Line(7, "Phương án nhân sự được đảng ủy cho ý kiến"),
            Line(2, "Chuẩn bị phiếu bầu, địa điểm"),
            Line(0, "Đại hội chi bộ"),
        ),
    ),
    Template(
        "neighbourhood-election",
        "Bầu trưởng khu phố, thôn, tổ dân phố",
        "election",
        (
            Line(20, "Ban hành kế hoạch bầu cử, lập tổ bầu cử"),
            Line(15, "Lập và niêm yết danh sách cử tri đại diện hộ"),
            Line(10, "Hội nghị giới thiệu người ứng cử"),
            Line(5, "Công bố danh sách ứng cử, ngày và nơi bầu"),
            Line(1, "Chuẩn bị phiếu, hòm phiếu, địa điểm"),
            Line(0, "Ngày bầu cử"),
        ),
    ),
    Template(
        "review-conference",
        "Hội nghị sơ kết",
        "programme",
        (
            Line(20, "Gửi đề cương báo cáo cho các đơn vị"),
            Line(12, "Nhận báo cáo của các đơn vị"),
            Line(7, "Xong dự thảo báo cáo chung"),
            Line(3, "Gửi tài liệu, giấy mời"),
            Line(0, "Hội nghị"),
        ),
    ),
    Template(
        "portal",
        "Trang thông tin điện tử trước ngày vận hành",
        "programme",
        (
            Line(10, "Chốt tên miền, người quản trị, quy trình duyệt tin"),
            Line(6, "Nhập nội dung bắt buộc phải công khai"),
            Line(3, "Chạy thử, sửa lỗi"),
            Line(1, "Mở trang"),
            Line(0, "Phổ biến địa chỉ đến người dân"),
        ),
    ),
)
BY_CODE = {template.code: template for template in TEMPLATES}
