"""Who stands in the story: the bodies of quận Hà Đông, its successors, and the city above.

The units, and what became of each, are real (registry). Which offices a district and a new ward have
follows the facts of the source texts and common structure; names of people are invented.
"""

from dataclasses import dataclass, field

from thongsuot.apps.registry.models import BodyKind as K

CITY = "Thành phố Hà Nội"
DISTRICT = "quận Hà Đông"


@dataclass(frozen=True, slots=True)
class Office:
    """A body of the story. ``short`` is its tag in codes of items; ``parent`` its parent's key."""

    key: str
    name: str
    kind: str
    short: str
    parent: str = ""
    posts: tuple[tuple[str, str], ...] = field(default=())


DISTRICT_OFFICES = (
    Office("hd-qu", "Quận ủy Hà Đông", K.PARTY_COMMITTEE, "QU"),
    Office("hd-vpqu", "Văn phòng Quận ủy Hà Đông", K.PARTY_OFFICE, "VPQU", "hd-qu"),
    Office("hd-btc", "Ban Tổ chức Quận ủy Hà Đông", K.PARTY_OFFICE, "BTC", "hd-qu"),
    Office("hd-btg", "Ban Tuyên giáo và Dân vận Quận ủy Hà Đông", K.PARTY_OFFICE, "BTG", "hd-qu"),
    Office("hd-ubkt", "Ủy ban Kiểm tra Quận ủy Hà Đông", K.INSPECTION_COMMISSION, "UBKT", "hd-qu"),
    Office("hd-hdnd", "HĐND quận Hà Đông", K.PEOPLES_COUNCIL, "HDND"),
    Office("hd-ubnd", "UBND quận Hà Đông", K.PEOPLES_COMMITTEE, "UBND"),
    Office("hd-vp", "Văn phòng HĐND và UBND quận Hà Đông", K.JOINT_OFFICE, "VP", "hd-ubnd"),
    Office("hd-nv", "Phòng Nội vụ quận Hà Đông", K.SPECIALISED_OFFICE, "NV", "hd-ubnd"),
    Office("hd-tp", "Phòng Tư pháp quận Hà Đông", K.SPECIALISED_OFFICE, "TP", "hd-ubnd"),
    Office(
        "hd-tckh",
        "Phòng Tài chính - Kế hoạch quận Hà Đông",
        K.SPECIALISED_OFFICE,
        "TCKH",
        "hd-ubnd",
    ),
    Office(
        "hd-nnmt",
        "Phòng Nông nghiệp và Môi trường quận Hà Đông",
        K.SPECIALISED_OFFICE,
        "NNMT",
        "hd-ubnd",
    ),
    Office(
        "hd-kthtdt",
        "Phòng Kinh tế, Hạ tầng và Đô thị quận Hà Đông",
        K.SPECIALISED_OFFICE,
        "KTHT",
        "hd-ubnd",
    ),
    Office(
        "hd-gddt", "Phòng Giáo dục và Đào tạo quận Hà Đông", K.SPECIALISED_OFFICE, "GDDT", "hd-ubnd"
    ),
    Office(
        "hd-vhkhtt",
        "Phòng Văn hóa, Khoa học và Thông tin quận Hà Đông",
        K.SPECIALISED_OFFICE,
        "VHTT",
        "hd-ubnd",
    ),
    Office("hd-yt", "Phòng Y tế quận Hà Đông", K.SPECIALISED_OFFICE, "YT", "hd-ubnd"),
    Office("hd-ttr", "Thanh tra quận Hà Đông", K.SPECIALISED_OFFICE, "TTR", "hd-ubnd"),
    Office(
        "hd-qlda",
        "Ban Quản lý dự án đầu tư xây dựng quận Hà Đông",
        K.PROJECT_BOARD,
        "QLDA",
        "hd-ubnd",
    ),
    Office(
        "hd-ptqd",
        "Trung tâm Phát triển quỹ đất quận Hà Đông",
        K.COMPENSATION_BOARD,
        "PTQD",
        "hd-ubnd",
    ),
    Office(
        "hd-vhttth",
        "Trung tâm Văn hóa - Thông tin và Thể thao quận Hà Đông",
        K.SERVICE_UNIT,
        "VHTTT",
        "hd-ubnd",
    ),
    Office("hd-mttq", "Ủy ban MTTQ Việt Nam quận Hà Đông", K.FRONT, "MTTQ"),
    Office("hd-ldld", "Liên đoàn Lao động quận Hà Đông", K.MASS_ORGANISATION, "LDLD", "hd-mttq"),
    Office("hd-phunu", "Hội Liên hiệp Phụ nữ quận Hà Đông", K.MASS_ORGANISATION, "PN", "hd-mttq"),
    Office("hd-doan", "Đoàn TNCS Hồ Chí Minh quận Hà Đông", K.MASS_ORGANISATION, "DTN", "hd-mttq"),
    Office("hd-nongdan", "Hội Nông dân quận Hà Đông", K.MASS_ORGANISATION, "ND", "hd-mttq"),
    Office("hd-ccb", "Hội Cựu chiến binh quận Hà Đông", K.MASS_ORGANISATION, "CCB", "hd-mttq"),
)

# New units by official code, with the number of accounts made for each by the source text (504).
WARDS = (
    ("Hà Đông", "HĐ", 129),
    ("Dương Nội", "DN", 100),
    ("Yên Nghĩa", "YN", 90),
    ("Kiến Hưng", "KH", 99),
    ("Phú Lương", "PL", 86),
)
# Parts of Hà Đông went to these too (Nghị quyết 1656/NQ-UBTVQH15); forgetting them is the classic mistake.
OTHERS = ("Đại Mỗ", "Thanh Liệt", "Tây Mỗ", "Chương Mỹ", "An Khánh", "Đại Thanh", "Bình Minh")

CITY_OFFICES = (
    Office("hn-tu", "Thành ủy Hà Nội", K.PARTY_COMMITTEE, "TU"),
    Office("hn-ubnd", "UBND thành phố Hà Nội", K.PEOPLES_COMMITTEE, "UBTP"),
    Office(
        "hn-bcd",
        "Ban Chỉ đạo sắp xếp đơn vị hành chính thành phố Hà Nội",
        K.STEERING_COMMITTEE,
        "BCD",
    ),
    Office("hn-to1", "Tổ công tác số 1", K.TASK_FORCE, "T1", "hn-bcd"),
    Office("hn-snv", "Sở Nội vụ Hà Nội", K.DEPARTMENT, "SNV", "hn-ubnd"),
    Office("hn-stc", "Sở Tài chính Hà Nội", K.DEPARTMENT, "STC", "hn-ubnd"),
    Office("hn-sgd", "Sở Giáo dục và Đào tạo Hà Nội", K.DEPARTMENT, "SGD", "hn-ubnd"),
    Office("hn-sxd", "Sở Xây dựng Hà Nội", K.DEPARTMENT, "SXD", "hn-ubnd"),
    Office("hn-snnmt", "Sở Nông nghiệp và Môi trường Hà Nội", K.DEPARTMENT, "SNNMT", "hn-ubnd"),
    Office(
        "hn-ttlt", "Trung tâm Lưu trữ lịch sử thành phố Hà Nội", K.SERVICE_UNIT, "TTLT", "hn-snv"
    ),
    Office(
        "hn-qlda",
        "Ban Quản lý dự án đầu tư xây dựng hạ tầng đô thị thành phố Hà Nội",
        K.PROJECT_BOARD,
        "QLDATP",
        "hn-ubnd",
    ),
    Office("hn-ca", "Công an thành phố Hà Nội", K.POLICE, "CATP"),
    Office(
        "hn-ubkt", "Ủy ban Kiểm tra Thành ủy Hà Nội", K.INSPECTION_COMMISSION, "UBKTTU", "hn-tu"
    ),
)


def ward_offices(slug: str, name: str, called: str) -> tuple[Office, ...]:
    """The bodies of one new ward: committee, council, front, three offices, the service centre."""
    of = f"{called} {name}"
    ubnd = f"{slug}-ubnd"
    return (
        Office(f"{slug}-du", f"Đảng ủy {of}", K.PARTY_COMMITTEE, "ĐU"),
        Office(f"{slug}-hdnd", f"HĐND {of}", K.PEOPLES_COUNCIL, "HĐND"),
        Office(ubnd, f"UBND {of}", K.PEOPLES_COMMITTEE, "UBND"),
        Office(f"{slug}-vp", f"Văn phòng HĐND và UBND {of}", K.JOINT_OFFICE, "VP", ubnd),
        Office(
            f"{slug}-kt", f"Phòng Kinh tế, Hạ tầng và Đô thị {of}", K.SPECIALISED_OFFICE, "KT", ubnd
        ),
        Office(f"{slug}-vhxh", f"Phòng Văn hóa - Xã hội {of}", K.SPECIALISED_OFFICE, "VHXH", ubnd),
        Office(
            f"{slug}-hcc", f"Trung tâm Phục vụ hành chính công {of}", K.SERVICE_CENTRE, "HCC", ubnd
        ),
        Office(f"{slug}-mttq", f"Ủy ban MTTQ Việt Nam {of}", K.FRONT, "MTTQ"),
    )
