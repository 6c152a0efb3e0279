"""A set of procedures is announced, five wards prepare their desks, and the district's last dossiers are counted."""

from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.demo.bodies import WARDS
from thongsuot.apps.demo.cast import BEGINS, Stage, slug_of
from thongsuot.apps.demo.stand_in import head_of
from thongsuot.apps.procedures import actions
from thongsuot.rules.kernel.actor import Actor

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

DECISION = "MH-01/QĐ-UBND (minh họa)"
# Name, field, working days, received at the district's desk now as well.
PROCEDURES = (
    ("Chứng thực bản sao từ bản chính", "tu-phap", 1),
    ("Đăng ký khai sinh", "tu-phap", 1),
    ("Đăng ký kết hôn có yếu tố nước ngoài", "tu-phap", 7),
    ("Cấp giấy phép xây dựng nhà ở riêng lẻ", "xay-dung", 15),
    ("Đăng ký thành lập hộ kinh doanh", "tai-chinh", 3),
    ("Cấp giấy phép bán lẻ sản phẩm thuốc lá", "cong-thuong", 10),
    ("Cho phép thành lập trường mầm non", "giao-duc", 20),
    ("Xác nhận tình trạng hôn nhân", "tu-phap", 3),
    ("Hỗ trợ chi phí mai táng", "noi-vu", 10),
    ("Đăng ký biến động đất đai", "dat-dai", 10),
)
OFFERED = {"Hà Đông": 10, "Dương Nội": 8, "Yên Nghĩa": 7, "Kiến Hưng": 9, "Phú Lương": 4}


def prepare_desks(teller: "Teller", stage: Stage) -> None:
    """The set, the desks of the five wards with what each receives, the log of the district."""
    teller.on(date(2025, 6, 18), 14)
    actions.announce_set(
        teller.act("khanh"), number=DECISION, day=date(2025, 6, 18),
        issuer="UBND thành phố Hà Nội", title="Công bố bộ thủ tục hành chính (minh họa)",
    )  # fmt: skip
    for number, (name, field, days) in enumerate(PROCEDURES, 1):
        actions.write_procedure(
            teller.act("khanh"),
            values={"code": code_of(number), "name": f"{name} (minh họa)", "field": field,
                    "days": days, "commune": True, "decision": DECISION, "demo": True,
                    "since": date(2025, 6, 18), "papers": "Tờ khai; Giấy tờ chứng minh",
                    "workflow": "Tiếp nhận; Thẩm định; Ký; Trả kết quả",
                    "boundary_free": number % 2 == 0},
        )  # fmt: skip
    for at, (ward, _short, _accounts) in enumerate(WARDS):
        _desk(teller, stage, ward, modern=at < 3)
    _district(teller, stage)


def code_of(number: int) -> str:
    """The invented code of a procedure of the demonstration."""
    return f"MH.{number:06}"


def _desk(teller: "Teller", stage: Stage, ward: str, *, modern: bool) -> None:
    body = stage.bodies[f"{slug_of(ward)}-hcc"]
    head = head_of(body, BEGINS)
    done = actions.open_shop(
        teller.act_as(head), body_id=body,
        name=f"Trung tâm Phục vụ hành chính công phường {ward}",
        address=f"Trụ sở dự kiến phường {ward} (minh họa)",
        hours="Thứ Hai đến thứ Sáu, 8:00–12:00, 13:30–17:30", since=BEGINS, modern=modern,
        equipment="Máy lấy số\nMáy quét\nMàn hình công khai" if modern else "Máy quét", demo=True,
    )  # fmt: skip
    actions.offer(
        teller.act_as(head), shop_id=int(str(done["shop"])), receives=True, decides=True,
        codes=[code_of(n) for n in range(1, OFFERED[ward] + 1)],
    )  # fmt: skip


def _district(teller: "Teller", stage: Stage) -> None:
    """The desk of the district: early, on time, late, and some that the wards will take over."""
    body = stage.bodies["hd-ubnd"]
    chair = head_of(body, date(2025, 6, 18))
    done = actions.open_shop(
        teller.act_as(chair), body_id=body, name="Bộ phận một cửa quận Hà Đông (minh họa)",
        address="Trụ sở UBND quận (minh họa)", hours="Thứ Hai đến thứ Sáu, 8:00–17:00",
        since=date(2025, 1, 2), modern=True, demo=True,
    )  # fmt: skip
    shop = int(str(done["shop"]))
    actions.offer(
        teller.act_as(chair), shop_id=shop, receives=True, decides=True,
        codes=[code_of(n) for n in range(1, len(PROCEDURES) + 1)],
    )  # fmt: skip
    numbers = []
    for number in range(1, 13):
        code = code_of((number - 1) % len(PROCEDURES) + 1)
        received = date(2025, 6, 9 + number % 5)
        dossier = actions.receive(
            teller.act_as(chair), shop_id=shop, code=code, received=received, demo=True,
            outside=f"MH-{number:04}",
        )  # fmt: skip
        numbers.append(int(str(dossier["dossier"])))
    _finish(teller, chair, numbers)


def _finish(teller: "Teller", chair: Actor, dossiers: list[int]) -> None:
    for at, pk in enumerate(dossiers[:7]):
        actions.take_step(
            teller.act_as(chair), dossier_id=pk, doing="finish", on=date(2025, 6, 16 + at % 3)
        )
    actions.take_step(
        teller.act_as(chair), dossier_id=dossiers[7], doing="pause", on=date(2025, 6, 16),
        reason="Thiếu bản vẽ hoàn công (minh họa).",
    )  # fmt: skip
