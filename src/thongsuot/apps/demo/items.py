"""What quận Hà Đông holds in the story: about 62,000 items of the eleven kinds, invented, the same each time.

Numbers that the source texts give are kept: 504 accounts (129/100/90/99/86), 55 positions in 10 fields, 4 fields of
service units. The wards are the real fifteen old ones; everything else is made up by a fixed seed.
"""

import dataclasses
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from thongsuot.apps.demo import names
from thongsuot.apps.demo.bodies import WARDS

COUNTED = date(2025, 6, 6)
SEED = 20250617
BOX = 40  # files in a box


@dataclasses.dataclass(slots=True)
class Row:
    """One line of an inventory, with keys of the story in place of ids. Quantities in smallest parts."""

    kind: str
    code: str
    title: str
    giver: str
    unit: str = ""
    field: str = ""
    quantity: int = 1
    measure: str = "hồ sơ"
    value: int | None = None
    place: str = ""
    container: str = ""
    secrecy: str = "normal"
    citizen: bool = False
    next_due: date | None = None
    annex: dict[str, object] = dataclasses.field(default_factory=dict)


def rows(old_wards: Sequence[str]) -> Iterator[Row]:
    """Every item of the story, kind by kind. ``old_wards`` are the names of the fifteen old wards."""
    draw = random.Random(SEED)
    wards = sorted(old_wards)
    for make in (
        tasks,
        cases,
        archives,
        assets,
        offices,
        finance,
        projects,
        persons,
        units,
        seals,
        datasets,
    ):
        yield from make(draw, wards)


# --- archives -------------------------------------------------------------------------------------------------

# giver, tag, field, series, from year, to year, how many, by place, retention
SERIES = (
    ("hd-tp", "TP", "Hộ tịch", "Sổ đăng ký khai sinh", 2008, 2025, 5_400, True, "Vĩnh viễn"),
    ("hd-tp", "TP", "Hộ tịch", "Hồ sơ đăng ký kết hôn có yếu tố nước ngoài", 2016, 2025, 1_900, True, "70 năm"),
    ("hd-tp", "TP", "Tư pháp", "Hồ sơ chứng thực hợp đồng, giao dịch", 2012, 2025, 4_300, False, "20 năm"),
    ("hd-nnmt", "DD", "Đất đai", "Hồ sơ cấp giấy chứng nhận quyền sử dụng đất", 2009, 2025, 13_600, True, "Vĩnh viễn"),
    ("hd-ptqd", "GP", "Đất đai", "Hồ sơ bồi thường, hỗ trợ, tái định cư", 2010, 2025, 3_700, True, "Vĩnh viễn"),
    ("hd-kthtdt", "XD", "Xây dựng", "Hồ sơ cấp giấy phép xây dựng nhà ở riêng lẻ", 2010, 2025, 6_800, True, "Vĩnh viễn"),
    ("hd-kthtdt", "KD", "Kinh tế", "Hồ sơ đăng ký hộ kinh doanh", 2015, 2025, 4_900, True, "10 năm"),
    ("hd-tckh", "TC", "Tài chính - Kế hoạch", "Chứng từ kế toán ngân sách", 2014, 2025, 2_300, False, "20 năm"),
    ("hd-nv", "NV", "Nội vụ", "Hồ sơ công chức, viên chức đã nghỉ, chuyển công tác", 2008, 2025, 1_400, False, "70 năm"),
    ("hd-ttr", "TT", "Thanh tra", "Hồ sơ giải quyết đơn thư", 2013, 2025, 820, True, "20 năm"),
    ("hd-gddt", "GD", "Giáo dục và Đào tạo", "Sổ gốc cấp bằng tốt nghiệp THCS", 2009, 2025, 680, False, "Vĩnh viễn"),
    ("hd-vp", "VP", "Văn phòng", "Tập lưu quyết định của UBND quận", 2008, 2025, 1_100, False, "Vĩnh viễn"),
    ("hd-vpqu", "QU", "Văn phòng", "Tập lưu văn bản Quận ủy", 2008, 2025, 760, False, "Vĩnh viễn"),
    ("hd-mttq", "MT", "Mặt trận, đoàn thể", "Hồ sơ giám sát, phản biện xã hội", 2014, 2025, 330, False, "20 năm"),
    ("hd-vhkhtt", "VH", "Văn hóa và Thông tin", "Hồ sơ di tích và lễ hội", 2009, 2025, 320, True, "Vĩnh viễn"),
)  # fmt: skip
SPLIT_IN_TWO = "HD-00377"  # the box in which two land files were not found at the second count


def archives(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """Files on shelves, forty to a box; secret ones sealed."""
    box = filled = 0
    for giver, tag, matter, series, first, last, count, by_place, retention in SERIES:
        for n in range(1, count + 1):
            if filled % BOX == 0:
                box += 1
            filled += 1
            year = first + (n * (last - first + 1) // (count + 1))
            ward = wards[draw.randrange(len(wards))] if by_place else ""
            secret = tag in {"TT", "QU"} and n % 40 == 0
            label = f"HD-{box:05d}"
            yield Row(
                "archive",
                f"{tag}-{year}-{n:05d}",
                f"{series} năm {year}, số {n}" + (f", phường {ward}" if ward else ""),
                giver,
                ward,
                matter,
                place=f"Kho {1 + box % 3}, giá {1 + box // 60}, tầng {1 + box % 5}",
                container=label,
                secrecy="secret" if secret else "normal",
                citizen=matter in {"Hộ tịch", "Đất đai", "Xây dựng", "Tư pháp"},
                annex={
                    "fonds": "Phông Quận ủy Hà Đông" if tag == "QU" else "Phông UBND quận Hà Đông",
                    "boxes": 1,
                    "linear_metres": 12 + 6 * (n % 9),
                    "year_from": year,
                    "year_to": year,
                    "retention": retention,
                    "condition": "damaged" if n % 211 == 0 else "usable" if n % 7 == 0 else "good",
                    "digitised": 100 if year >= 2021 else 0,
                    **({"seal_no": f"NP-{box:05d}"} if secret else {}),
                },
            )  # fmt: skip


# --- work that goes on ----------------------------------------------------------------------------------------

WORK = (
    ("hd-nv", "Nội vụ", "Hoàn thiện hồ sơ tinh giản biên chế đợt {n}"),
    ("hd-nv", "Nội vụ", "Chi trả chế độ người nghỉ hưu trước tuổi, danh sách số {n}"),
    ("hd-tckh", "Tài chính - Kế hoạch", "Quyết toán dự án hoàn thành số {n}"),
    ("hd-tckh", "Tài chính - Kế hoạch", "Đối chiếu công nợ với đơn vị dự toán số {n}"),
    ("hd-nnmt", "Đất đai", "Đính chính giấy chứng nhận theo đơn số {n}"),
    ("hd-nnmt", "Tài nguyên và Môi trường", "Kiểm tra sau cấp phép môi trường cơ sở số {n}"),
    ("hd-kthtdt", "Xây dựng", "Xử lý vi phạm trật tự xây dựng, hồ sơ số {n}"),
    ("hd-kthtdt", "Quản lý đô thị", "Duy tu tuyến phố theo kế hoạch, gói số {n}"),
    ("hd-gddt", "Giáo dục và Đào tạo", "Thẩm định điều kiện hoạt động cơ sở mầm non số {n}"),
    ("hd-ptqd", "Đất đai", "Chi trả tiền bồi thường đợt {n}"),
    ("hd-ttr", "Thanh tra", "Theo dõi thực hiện kết luận thanh tra số {n}"),
    ("hd-vp", "Văn phòng", "Trả lời kiến nghị cử tri số {n}"),
    ("hd-yt", "Y tế", "Hậu kiểm cơ sở hành nghề y, dược số {n}"),
    ("hd-vhkhtt", "Văn hóa và Thông tin", "Tu bổ di tích theo dự án số {n}"),
)
STATES = ("going-on", "waiting", "nearly", "not-started")


def tasks(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """412 pieces of work in progress, and among them the one that nobody would hold in July."""
    people = names.people(SEED)
    for n in range(1, 411):
        giver, matter, title = WORK[n % len(WORK)]
        ward = wards[draw.randrange(len(wards))] if n % 3 else ""
        yield Row(
            "task",
            f"NV-{n:04d}",
            title.format(n=n) + (f", phường {ward}" if ward else ""),
            giver,
            ward,
            matter,
            measure="mục",
            citizen=matter in {"Đất đai", "Xây dựng", "Văn phòng"},
            next_due=date(2025, 6, 25) + timedelta(days=draw.randrange(0, 150)),
            annex={
                "assignee": next(people),
                "legal_basis": f"Kế hoạch số {100 + n}/KH-UBND (minh họa)",
                "state": STATES[n % 4],
                "next_step": "Trình ký" if n % 4 == 2 else "Làm việc với đơn vị liên quan",
            },
        )
    yield Row(
        "task", "NV-0411", "Phúc khảo bài thi vào lớp 10, đầu tháng 7 hằng năm", "hd-gddt", "",
        "Thi và tuyển sinh", measure="mục", citizen=True,  # its season is all that is known of it
        annex={
            "assignee": "Kiều Thị Hồng Loan",
            "legal_basis": "Kế hoạch tuyển sinh năm học 2025-2026 (minh họa)",
            "state": "not-started",
            "next_step": "Nhận đơn phúc khảo sau khi công bố điểm",
        },
    )  # fmt: skip
    yield Row(
        "task", "NV-0412", "Chi trả trợ cấp ba hộ di dời khỏi nhà nguy hiểm, phường Phú La", "hd-ptqd", "Phú La",
        "Đất đai", measure="mục", citizen=True, next_due=date(2025, 7, 15),
        annex={
            "assignee": "Phan Văn Cường",
            "legal_basis": "Quyết định số 2025/QĐ-UBND (minh họa)",
            "state": "nearly",
            "next_step": "Chuyển tiền",
        },
    )  # fmt: skip


CASES = (
    ("hd-nnmt", "Đất đai", "Đăng ký biến động đất đai", 30, 700),
    ("hd-nnmt", "Đất đai", "Cấp đổi giấy chứng nhận quyền sử dụng đất", 20, 320),
    ("hd-kthtdt", "Xây dựng", "Cấp giấy phép xây dựng nhà ở riêng lẻ", 15, 290),
    ("hd-kthtdt", "Kinh tế", "Đăng ký thành lập hộ kinh doanh", 3, 260),
    ("hd-tp", "Hộ tịch", "Đăng ký kết hôn có yếu tố nước ngoài", 10, 130),
    ("hd-tp", "Hộ tịch", "Thay đổi, cải chính hộ tịch", 6, 120),
    ("hd-gddt", "Văn bằng", "Chỉnh sửa nội dung văn bằng, chứng chỉ", 5, 46),
    ("hd-yt", "Y tế", "Cấp giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm", 15, 40),
)


def cases(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """1,906 applications on the way, with the day on which each is owed."""
    people = names.people(SEED + 2)
    number = 0
    for giver, matter, procedure, days, count in CASES:
        for _ in range(count):
            number += 1
            received = COUNTED - timedelta(days=draw.randrange(0, days + 6))
            ward = wards[draw.randrange(len(wards))]
            yield Row(
                "case",
                f"H26.{giver[3:].upper()}-{250000 + number}",
                f"{procedure}, phường {ward}",
                giver,
                ward if matter != "Văn bằng" else "",
                matter,
                citizen=True,
                next_due=received + timedelta(days=days + 2 * (days // 5)),
                annex={
                    "procedure": procedure,
                    "applicant": next(people),
                    "received_on": received.isoformat(),
                    "channel": ("counter", "online", "online", "post")[number % 4],
                    "state": STATES[number % 4],
                    "next_step": "Thẩm định thực địa" if matter in {"Đất đai", "Xây dựng"} else "Trình ký",
                },
            )  # fmt: skip


# --- things ---------------------------------------------------------------------------------------------------

THINGS = (
    ("machine", "Máy tính để bàn", 15_900_000, 2_300),
    ("machine", "Máy in laser", 6_800_000, 700),
    ("machine", "Máy quét tài liệu", 24_500_000, 160),
    ("machine", "Điều hòa nhiệt độ", 12_400_000, 900),
    ("machine", "Máy photocopy", 79_000_000, 90),
    ("furniture", "Bàn làm việc", 3_200_000, 2_200),
    ("furniture", "Ghế xoay", 1_450_000, 2_000),
    ("furniture", "Tủ hồ sơ sắt", 4_100_000, 1_350),
    ("machine", "Máy chủ", 215_000_000, 14),
    ("vehicle", "Xe ô tô con", 720_000_000, 18),
    ("infrastructure", "Trạm bơm tiêu", 5_600_000_000, 22),
    ("infrastructure", "Chợ dân sinh", 14_000_000_000, 19),
    ("infrastructure", "Tuyến đường nội bộ", 8_300_000_000, 100),
)
GIVERS = ("hd-vp", "hd-nv", "hd-tp", "hd-tckh", "hd-nnmt", "hd-kthtdt", "hd-gddt", "hd-vhkhtt", "hd-yt", "hd-ttr",
          "hd-vpqu", "hd-btc", "hd-mttq", "hd-ptqd", "hd-qlda", "hd-vhttth")  # fmt: skip


def assets(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """9,874 assets with cost and remaining value; one bus stop that two wards claim."""
    number = 0
    for sort, title, cost, count in THINGS:
        for n in range(1, count + 1):
            number += 1
            year = 2012 + draw.randrange(0, 13)
            left = (
                cost * max(0, 100 - (2025 - year) * (4 if sort == "infrastructure" else 12)) // 100
            )
            ward = wards[draw.randrange(len(wards))] if sort == "infrastructure" else ""
            giver = "hd-kthtdt" if ward else GIVERS[number % len(GIVERS)]
            yield Row(
                "asset",
                f"TS-{number:05d}",
                f"{title} số {n}" + (f", phường {ward}" if ward else ""),
                giver,
                ward,
                "Hạ tầng" if ward else "Tài sản công",
                measure="cái",
                value=left,
                place=f"phường {ward}" if ward else "Trụ sở quận",
                annex={
                    "asset_type": sort,
                    "serial": f"HD{number:06d}" if sort == "machine" else "",
                    "year": year,
                    "condition": "written-off" if number % 163 == 0 else "usable" if number % 3 else "good",
                    "original_cost": cost,
                },
            )  # fmt: skip
    yield Row(
        "asset", "TS-09874", "Trạm biến áp 400 kVA trên ranh giới Kiến Hưng và Phú Lương", "hd-kthtdt", "Kiến Hưng",
        "Hạ tầng", measure="cái", value=1_150_000_000, place="đường gom, ranh giới hai phường",
        annex={"asset_type": "infrastructure", "year": 2019, "condition": "good", "original_cost": 1_900_000_000},
    )  # fmt: skip


def offices(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """31 offices: the district's two sites, the old wards' houses, and houses of service units."""
    sites = [
        ("Trụ sở Quận ủy, HĐND, UBND quận, khu A", "Hà Cầu"),
        ("Trụ sở UBND quận, khu B", "Quang Trung"),
    ]
    sites += [(f"Trụ sở UBND phường {ward} (cũ)", ward) for ward in wards]
    sites += [
        (f"Nhà làm việc đơn vị sự nghiệp số {n}", wards[n % len(wards)]) for n in range(1, 15)
    ]
    for n, (title, ward) in enumerate(sites, 1):
        cost = 6_000_000_000 + draw.randrange(0, 60) * 500_000_000
        floor = 40_000 + draw.randrange(0, 300) * 1_000
        yield Row(
            "office", f"TRS-{n:02d}", title, "hd-vp", ward if ward in wards else "", "Trụ sở",
            measure="tài sản", value=cost * 6 // 10, place=f"phường {ward}",
            annex={
                "address": f"phường {ward} (địa chỉ minh họa)",
                "land_area": floor * 2,
                "floor_area": floor,
                "capacity": floor // 1_000,
                "year": 1995 + draw.randrange(0, 28),
                "use": "surplus" if n % 9 == 0 else "used",
                "original_cost": cost,
            },
        )  # fmt: skip


def finance(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """118 lines of money, of findings not yet carried out among them; revenue close to 92 % of the year's plan."""
    sorts = (
        ("balance", "Số dư tài khoản tiền gửi", "hd-tckh"),
        ("estimate", "Dự toán chi thường xuyên còn lại", "hd-tckh"),
        ("receivable", "Phải thu tiền thuê mặt bằng", "hd-vhttth"),
        ("payable", "Phải trả nhà thầu", "hd-qlda"),
        ("advance", "Tạm ứng bồi thường giải phóng mặt bằng", "hd-ptqd"),
        ("held", "Tiền tạm giữ chờ xử lý", "hd-ttr"),
        ("finding", "Kiến nghị kiểm toán chưa thực hiện", "hd-tckh"),
    )
    for n in range(1, 119):
        sort, title, giver = sorts[n % len(sorts)]
        amount = draw.randrange(12, 9_000) * 1_000_000 + draw.randrange(0, 1_000_000)
        yield Row(
            "finance", f"TCH-{n:03d}", f"{title} số {n}", giver, "", "Tài chính - Kế hoạch", quantity=amount,
            measure="đồng", value=amount,
            annex={
                "finance_type": sort,
                "account": f"3714.0.10{n:05d}",
                "source": "Ngân sách quận",
                "year": 2025,
                "paper": f"Đối chiếu Kho bạc số {n} (minh họa)",
            },
        )  # fmt: skip


def projects(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """86 projects in three stages, with what was paid out."""
    for n in range(1, 87):
        total = draw.randrange(8, 420) * 1_000_000_000
        ward = wards[n % len(wards)]
        yield Row(
            "project", f"DA-{n:03d}", f"{('Xây dựng trường', 'Cải tạo tuyến phố', 'Kè hồ điều hòa')[n % 3]} phường {ward}, dự án {n}",
            "hd-qlda", ward, "Đầu tư công", measure="dự án", value=total,
            annex={
                "stage": ("before", "during", "after")[n % 3],
                "decision": f"Quyết định số {300 + n}/QĐ-UBND (minh họa)",
                "investor": "UBND quận Hà Đông",
                "total": total,
                "disbursed": total * (n % 3) * 45 // 100,
            },
        )  # fmt: skip


# --- people and organisations ---------------------------------------------------------------------------------

POSITIONS = (
    ("Văn phòng", 7), ("Nội vụ", 6), ("Tư pháp - Hộ tịch", 5), ("Tài chính - Kế toán", 6), ("Đất đai - Môi trường", 6),
    ("Xây dựng - Đô thị", 6), ("Kinh tế", 5), ("Văn hóa - Thông tin", 5), ("Giáo dục - Y tế", 5), ("Lao động - Xã hội", 4),
)  # fmt: skip


def _posts() -> list[tuple[str, str]]:
    """The 55 positions in ten fields."""
    return [
        (matter, f"Chuyên viên {matter.lower()}, vị trí {n}")
        for matter, count in POSITIONS
        for n in range(1, count + 1)
    ]


def plan(ward: str) -> str:
    """The field under which people and accounts are classified: the ward where they are placed."""
    return f"Phương án: phường {ward}"


def persons(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """504 people, each placed in one of the five wards by the plan."""
    people = islice(names.people(SEED + 3), 504)
    posts, number = _posts(), 0
    for ward, _, count in WARDS:
        for _ in range(count):
            number += 1
            _, position = posts[number % len(posts)]
            yield Row(
                "person", f"CB-{number:04d}", next(people), GIVERS[number % len(GIVERS)], "", plan(ward), measure="người",
                annex={
                    "position": position,
                    "payroll": ("civil-servant", "civil-servant", "public-employee", "contract")[number % 4],
                    "status": "retiring" if number % 97 == 0 else "working",
                    "file_no": f"HSCB-{number:04d}",
                },
            )  # fmt: skip


def units(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """96 public service units in four fields."""
    fields = ("Giáo dục và Đào tạo", "Y tế", "Văn hóa và Thông tin", "Sự nghiệp kinh tế")
    sorts = ("Trường Mầm non", "Trường Tiểu học", "Trường THCS")
    for n in range(1, 97):
        ward = wards[n % len(wards)]
        matter = fields[0] if n <= 84 else fields[1 + n % 3]
        title = (
            f"{sorts[n % 3]} {ward} {1 + n // 45}"
            if n <= 84
            else f"Đơn vị sự nghiệp {matter.lower()} số {n - 84}"
        )
        yield Row(
            "service_unit", f"DVSN-{n:03d}", title, "hd-gddt" if n <= 84 else "hd-vhkhtt", ward, matter, measure="đơn vị",
            annex={"unit_type": sorts[n % 3] if n <= 84 else "Trung tâm", "quota": 40 + n % 30, "headcount": 38 + n % 30, "autonomy": "4"},
        )  # fmt: skip


def seals(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """64 seals to be given back."""
    for n in range(1, 65):
        giver = GIVERS[n % len(GIVERS)]
        yield Row(
            "seal", f"CD-{n:03d}", f"Con dấu số {n}", giver, "", "Con dấu", measure="con dấu",
            annex={"seal_type": ("round", "title", "small", "embossed")[n % 4], "certificate_no": f"{10_000 + n}/CNMD (minh họa)", "keeper": "Văn thư"},
        )  # fmt: skip


def datasets(draw: random.Random, wards: Sequence[str]) -> Iterator[Row]:
    """504 accounts by ward (129/100/90/99/86), and 41 data sets and contracts."""
    number = 0
    for ward, _, count in WARDS:
        for _ in range(count):
            number += 1
            yield Row(
                "dataset", f"TK-{number:04d}", f"Tài khoản văn bản điều hành và thư điện tử số {number}", "hd-vp", "", plan(ward),
                measure="tài khoản", annex={"dataset_type": "account", "system": "Hệ thống quản lý văn bản, thư điện tử thành phố"},
            )  # fmt: skip
    for n in range(1, 42):
        contract = n % 3 == 0
        yield Row(
            "dataset", f"DL-{n:03d}", f"Hợp đồng dịch vụ số {n}" if contract else f"Cơ sở dữ liệu chuyên ngành số {n}",
            GIVERS[n % len(GIVERS)], "", "Hợp đồng" if contract else "Dữ liệu", measure="hợp đồng" if contract else "bộ dữ liệu",
            next_due=date(2025, 9, 30) if contract else None,
            annex={"dataset_type": "contract" if contract else "dataset", "system": "Phần mềm quản lý của quận", "records": 1_000 + 977 * n},
        )  # fmt: skip
