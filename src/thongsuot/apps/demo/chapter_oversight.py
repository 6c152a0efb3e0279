"""The Party's organisation board is praised for its reports, a ward waits for its letter of praise."""

from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.demo.chapter_duties_cast import City, head_of
from thongsuot.apps.oversight import actions

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

ON = date(2025, 9, 24)


def commend(teller: "Teller", city: City) -> None:
    """One decided and announced, one waiting for an opinion (Số liệu minh họa)."""
    teller.on(ON, 9)
    top, board, ward = city.bodies["hcm-tu"], city.bodies["hcm-btc"], city.bodies[city.wards[0]]

    def made(body: int, form: str, about: str) -> int:
        done = actions.propose(
            teller.act("mai"), proposer_id=top, demo=True,
            commendation={"body": body, "decider": top, "form": form, "about": about,
                          "grounds": "Chủ động rà soát, tổng hợp, gửi đúng hạn (minh họa)."},
        )  # fmt: skip
        return int(str(done["commendation"]))

    praised = made(
        board, "praise", "Rà soát, tổng hợp báo cáo tình hình mô hình hai cấp (minh họa)"
    )
    actions.decide(teller.act("mai"), commendation_id=praised, form="praise", on=ON)
    actions.announce(
        teller.act("mai"), commendation_id=praised, on=ON, where="Hội nghị giao ban (minh họa)"
    )
    waiting = made(ward, "letter", "Bảo đảm đường truyền phục vụ hành chính công (minh họa)")
    actions.ask_views(teller.act("mai"), commendation_id=waiting, bodies=[board])
    actions.give_view(
        teller.act_as(head_of(city, "hcm-btc", ON)), commendation_id=waiting, body_id=board,
        view="agree",
    )  # fmt: skip
