"""Four of the five new wards and the education department say where they are; one ward has not yet."""

from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.demo.chapter_authority import empower_offices
from thongsuot.apps.disclosure import actions

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

LIVE = date(2025, 7, 1)
HOURS = "7:30-11:30, 13:30-17:00, thứ Hai đến thứ Sáu"
SOURCE = "Thông báo của phường (số liệu minh họa)"
# body, address, telephone, equipment; phú lương is left out: its page shows what is missing
TOLD = (
    ("ha-dong-hcc", "Nhà A, số 1 phố Minh Họa, phường Hà Đông", "(024) 0000 1101",
     "Máy lấy số, 8 quầy, ki ốt tra cứu, lối cho xe lăn"),
    ("duong-noi-hcc", "Số 2 phố Minh Họa, phường Dương Nội", "(024) 0000 1102", "Máy lấy số, 5 quầy"),
    ("yen-nghia-hcc", "Số 3 phố Minh Họa, phường Yên Nghĩa", "(024) 0000 1103", "4 quầy"),
    ("kien-hung-hcc", "Số 4 phố Minh Họa, phường Kiến Hưng", "(024) 0000 1104",
     "Máy lấy số, 6 quầy, lối cho xe lăn"),
    ("hn-sgd", "Số 5 phố Minh Họa, Hà Nội", "(024) 0000 1105", "Bộ phận một cửa tầng 1"),
)  # fmt: skip


def tell_the_public(teller: "Teller", stage: Stage) -> None:
    """The steering committee enters what the wards have sent, each from the first of July."""
    empower_offices(teller, stage)
    teller.on(date(2025, 6, 23), 15)
    for body, address, phone, equipment in TOLD:
        actions.tell_contact(
            teller.act("khanh"),
            body=stage.bodies[body],
            since=LIVE,
            address=address,
            phone=phone,
            hours=HOURS,
            equipment=equipment,
            source=SOURCE,
            checked_on=date(2025, 6, 23),
        )
