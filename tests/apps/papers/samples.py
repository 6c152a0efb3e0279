"""Invented papers of every kind, as the tests set them and people look at them.

    THONGSUOT_TESTING=1 python tests/apps/papers/samples.py FOLDER

writes each as PDF, DOCX and (the statement) XLSX. Names, items and money are made up.
After a wanted change, and after looking at the pages, write the texts to compare with anew:

    THONGSUOT_TESTING=1 python tests/apps/papers/samples.py --snapshots
"""

import os
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.project.settings")
    sys.path[:0] = ["src", "."]

from tests.apps.papers import reading

from thongsuot.foundation.papers import to_docx, to_pdf
from thongsuot.foundation.papers.balance import (
    BalanceRow,
    BalanceValues,
    Tally,
    balance_statement,
    balance_workbook,
)
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.lists import (
    AllocationRow,
    AllocationValues,
    InventoryKind,
    InventoryRow,
    InventoryValues,
    ReceiptValues,
    allocation_list,
    inventory_list,
    receipt_slip,
)
from thongsuot.foundation.papers.minutes import (
    CountLine,
    Delegate,
    KindCount,
    MinutesValues,
    Side,
    minutes_paper,
)
from thongsuot.foundation.papers.values import (
    Bloc,
    Column,
    Confirmation,
    Letterhead,
    Paper,
    Signatory,
    Verification,
)

HEAD = Letterhead(
    issuer="Ủy ban nhân dân quận Hà Đông",
    superior="Ủy ban nhân dân thành phố Hà Nội",
    number="5",
    symbol="BB-UBND",
    place="Hà Đông",
    day=date(2025, 6, 30),
)
CHECK = Verification("BB-HD-2025-0005", "https://thongsuot.example/xac-minh/BB-HD-2025-0005")
FRAME = Frame(
    letterhead=HEAD,
    bases=(
        "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025",
        "Căn cứ Nghị quyết số 1656/NQ-UBTVQH15 ngày 16 tháng 6 năm 2025 của Ủy ban Thường vụ Quốc "
        "hội về việc sắp xếp các đơn vị hành chính cấp xã của thành phố Hà Nội năm 2025",
    ),
    recipients=("UBND thành phố Hà Nội (để báo cáo)", "Các bên ký Biên bản", "Lưu: VT"),
    verification=CHECK,
    demo=True,
)
LAN = Delegate("Trần Thị Lan", "Tổ trưởng Tổ bàn giao quận Hà Đông", "Bà")
MINH = Delegate("Nguyễn Văn Minh", "Tổ trưởng Tổ tiếp nhận phường Dương Nội", "Ông")
HANOI = timezone(timedelta(hours=7))


def at_hour(hour: int, minute: int) -> datetime:
    """An hour of the day before the districts ended, local time."""
    return datetime(2025, 6, 30, hour, minute, tzinfo=HANOI)


SIGNED = Confirmation(at_hour(16, 25), "Phương thức: nhập lại mật khẩu", "e91a 22c4 7d03 b86f")


def asset_lines(count: int = 34) -> tuple[CountLine, ...]:
    """Public assets, most of them equal on both sides."""
    names = ("Máy vi tính để bàn", "Tủ hồ sơ sắt 2 cánh", "Bàn làm việc 1,2 m", "Máy in hai mặt")
    lines = [
        CountLine(
            code=f"TS-{at:05d}",
            title=f"{names[at % 4]}, phòng Tài chính - Kế hoạch",
            measure="cái",
            given=1 + at % 3,
            received=1 + at % 3,
            value=4_350_000 + 1_250_000 * (at % 7),
            condition="Còn dùng tốt" if at % 5 else "Hỏng, chờ thanh lý",
        )
        for at in range(1, count + 1)
    ]
    lines[4] = replace(lines[4], received=1, given=3, note="Thiếu 02 cái, đang tìm tại kho số 2")
    lines[9] = replace(
        lines[9],
        refusal="Chưa có quyết định điều chuyển tài sản",
        answer="Sẽ bổ sung quyết định trước ngày 05/7/2025",
        received=None,
    )
    return tuple(lines)


def archive_lines() -> tuple[CountLine, ...]:
    """Archive records in linear metres, divided to the millimetre."""
    return tuple(
        CountLine(
            code=f"LT-{at:04d}",
            title=f"Hồ sơ cấp giấy chứng nhận quyền sử dụng đất, quyển {at}",
            measure="m giá",
            given=1250 + at * 5,
            received=1250 + at * 5,
            extra=(f"Hộp {at}", f"{2010 + at}-{2012 + at}"),
            note="Niêm phong" if at % 2 else "",
        )
        for at in range(1, 9)
    )


def minutes_values() -> MinutesValues:
    """Quận Hà Đông hands over to phường Dương Nội; one side has signed."""
    case = CountLine(
        code="HS-2025-004417",
        title="Cấp giấy phép xây dựng nhà ở riêng lẻ, tổ dân phố số 7, phường Dương Nội",
        measure="hồ sơ",
        given=1,
        received=1,
        note="Hẹn trả 04/7/2025",
    )
    return MinutesValues(
        frame=FRAME,
        giver=Side("Ủy ban nhân dân quận Hà Đông", (LAN,), confirmation=SIGNED),
        receiver=Side(
            "Ủy ban nhân dân phường Dương Nội",
            (MINH, Delegate("Đỗ Thị Hạnh", "Công chức tài chính - kế toán", "Bà")),
        ),
        witnesses=(
            Side(
                "Sở Nội vụ thành phố Hà Nội",
                (Delegate("Lê Văn Chứng", "Chuyên viên phòng Chính quyền địa phương", "Ông"),),
            ),
        ),
        kinds=(
            KindCount("Tài sản công", asset_lines()),
            KindCount(
                "Tài liệu lưu trữ",
                archive_lines(),
                (Column("Hộp", wide=False), Column("Năm", align="center", wide=False)),
            ),
            KindCount("Hồ sơ thủ tục hành chính đang giải quyết", (case,)),
        ),
        held_from=at_hour(14, 0),
        held_until=at_hour(16, 30),
        place="trụ sở Ủy ban nhân dân quận Hà Đông",
        matters=("Hai bên thống nhất kiểm đếm lại kho số 2 trước ngày 03/7/2025.",),
        copies=6,
    )


def minutes() -> Paper:
    """A minutes with everything in it."""
    return minutes_paper(minutes_values())


def balance_values() -> BalanceValues:
    """Two closing bodies, one of them with something left."""
    rows = (
        BalanceRow(
            "UBND quận Hà Đông",
            "Tài sản công",
            Tally(12_480, 11_900, 310, 0, 42, 120, 60, 28, 20),
            Tally(
                1_284_600_000_000,
                1_201_000_000_000,
                60_000_000_000,
                0,
                1_600_000_000,
                20_000_000_000,
                0,
                1_000_000_000,
                1_000_000_000,
            ),
        ),
        BalanceRow(
            "UBND quận Hà Đông",
            "Tài liệu lưu trữ",
            Tally(31_220, 31_220),
        ),
        BalanceRow("UBND quận Hà Đông", "Nhiệm vụ dở dang", Tally(418, 402, 0, 12, 0, 3, 1, 0, 0)),
        BalanceRow("UBND phường Yết Kiêu", "Tài sản công", Tally(1_204, 1_204)),
        BalanceRow("UBND phường Yết Kiêu", "Con dấu", Tally(4, 0, 0, 0, 0, 4)),
    )
    head = replace(HEAD, symbol="BCĐ-UBND", number="11")
    return BalanceValues(
        frame=replace(FRAME, letterhead=head, bases=()),
        rows=rows,
        as_of=at_hour(17, 0),
        signatories=(
            Signatory("Trần Thị Lan", "Tổ trưởng", "", "TM. TỔ BÀN GIAO", "(Ký, ghi rõ họ tên)"),
        ),
        notes=("Con dấu của UBND phường Yết Kiêu thu hồi trước 24 giờ ngày 30/6/2025",),
    )


def balance() -> Paper:
    """A balance that is not closed yet."""
    return balance_statement(balance_values())


def allocation() -> Paper:
    """Items with a receiver, and one without."""
    rows = (
        AllocationRow("NV-0007", "Phúc khảo kỳ thi tuyển sinh vào lớp 10", "Nhiệm vụ dở dang",
                      "Phòng Giáo dục và Đào tạo", "", "Chưa có quy tắc phù hợp", "mục", 1, "Chờ"),
        AllocationRow("TS-00012", "Ô tô 7 chỗ 29A-001.23", "Tài sản công", "UBND quận Hà Đông",
                      "UBND phường Hà Đông", "Tài sản phục vụ công tác chung, nơi để tại phường",
                      "cái", 1, "Đề xuất"),
        AllocationRow("TL-0301", "Hồ sơ địa chính phường Biên Giang", "Tài liệu lưu trữ",
                      "UBND quận Hà Đông", "UBND phường Yên Nghĩa",
                      "Địa bàn gốc thuộc phường mới", "m giá", 2_450, "Xác nhận"),
    )  # fmt: skip
    head = replace(HEAD, symbol="DS-TBG", number="")
    return allocation_list(
        AllocationValues(
            replace(FRAME, letterhead=head, bases=()),
            rows,
            (Signatory("Trần Thị Lan", "Tổ trưởng", hint="(Ký, ghi rõ họ tên)"),),
        )
    )


def inventory() -> Paper:
    """What one office holds, two kinds."""
    assets = tuple(
        InventoryRow(
            f"TS-{at:05d}", f"Máy vi tính để bàn số {at}", "bộ", 1, 12_500_000, "Phòng 204", "Tốt"
        )
        for at in range(1, 8)
    )
    offices = (
        InventoryRow("TRS-01", "Trụ sở số 2 phố Hà Cầu", "m²", 184_050, 98_700_000_000, "Hà Cầu"),
        InventoryRow("TRS-02", "Nhà kho lưu trữ", "m²", 32_000, None, "Văn Quán", "Ẩm, dột"),
    )
    head = replace(HEAD, symbol="DM-UBND", number="")
    return inventory_list(
        InventoryValues(
            replace(FRAME, letterhead=head, bases=()),
            "Văn phòng HĐND và UBND quận Hà Đông",
            (InventoryKind("Tài sản công", assets), InventoryKind("Trụ sở", offices)),
            (Signatory("Trần Thị Lan", "Chánh Văn phòng", hint="(Ký, ghi rõ họ tên)"),),
        )
    )


def receipt() -> Paper:
    """One parcel over the counter."""
    return receipt_slip(
        ReceiptValues(
            frame=replace(
                FRAME,
                bases=(),
                recipients=(),
                letterhead=replace(HEAD, symbol="PTN-TN", number="27", day=None, place=""),
            ),
            giver="Bà Trần Thị Lan, Tổ bàn giao quận Hà Đông",
            receiver="Ông Nguyễn Văn Minh, Tổ tiếp nhận phường Dương Nội",
            at=at_hour(9, 5),
            facts=(
                ("Mã", "HOP-0147"),
                ("Nội dung", "Hộp tài liệu đất đai số 147, niêm phong 000581"),
                ("Số lượng", "01 hộp"),
                ("Tình trạng niêm phong", "Nguyên vẹn"),
                ("Nơi để", None),
            ),
            signatories=(
                Signatory("Trần Thị Lan", "", "NGƯỜI GIAO", hint="(Ký, ghi rõ họ tên)"),
                Signatory("Nguyễn Văn Minh", "", "NGƯỜI NHẬN", hint="(Ký, ghi rõ họ tên)"),
            ),
            note="Người giao giữ phiếu này để đối chiếu.",
        )
    )


def party_minutes() -> Paper:
    """The same minutes between two Party committees, in the Party's layout."""
    values = minutes_values()
    head = Letterhead(
        "Quận ủy Hà Đông",
        "Thành ủy Hà Nội",
        "3",
        "BB/QU",
        "Hà Đông",
        date(2025, 6, 30),
        Bloc.PARTY,
    )
    lines = (CountLine("TLD-01", "Phông lưu trữ Quận ủy giai đoạn 2020-2025", "hộp", 41, 41),)
    return minutes_paper(
        replace(
            values,
            frame=replace(values.frame, letterhead=head, bases=()),
            giver=replace(values.giver, body="Quận ủy Hà Đông"),
            receiver=replace(values.receiver, body="Đảng ủy phường Hà Đông"),
            witnesses=(),
            kinds=(KindCount("Tài liệu lưu trữ", lines),),
            matters=(),
            copies=4,
        )
    )


PAPERS = {
    "minutes": minutes,
    "party-minutes": party_minutes,
    "balance": balance,
    "allocation": allocation,
    "inventory": inventory,
    "receipt": receipt,
}


def main(folder: str) -> None:
    """Write all samples into a folder."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for name, make in PAPERS.items():
        (out / f"{name}.pdf").write_bytes(to_pdf(make()))
        (out / f"{name}.docx").write_bytes(to_docx(make()))
    (out / "balance.xlsx").write_bytes(balance_workbook(balance_values()))


def write_snapshots() -> None:
    """Write the extracted text of every sample beside the tests."""
    folder = Path(__file__).with_name("snapshots")
    for name, make in PAPERS.items():
        text = "\n\f\n".join(reading.pages(to_pdf(make())))
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "--snapshots":
        write_snapshots()
    else:
        main(sys.argv[1])
