"""Who holds what until it is settled: two wards heard, one body nominated, the exam proposed upwards."""

from typing import TYPE_CHECKING, Any

from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.demo.story_minutes import head_of
from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import Item

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

DISPUTED = "TS-09874"  # the transformer on the boundary of two wards
EXAM = "NV-0411"  # found by its season: nothing on it says a day


def hold(teller: "Teller", stage: Stage, transition: int) -> None:
    """Both wards say why they want the transformer; until the decision one of them holds it."""
    item = Item.objects.get(transition=transition, kind="asset", code=DISPUTED)
    where: dict[str, Any] = {"transition_id": transition, "item_id": item.pk}
    for slug, why in (
        ("kien-hung", "Trạm cấp điện cho tổ dân phố số 5, phường Kiến Hưng (minh họa)."),
        ("phu-luong", "Trạm đặt trên đất do phường Phú Lương quản lý (minh họa)."),
    ):
        body = stage.bodies[f"{slug}-ubnd"]
        if body in _sides(item, stage):
            actions.give_position(
                teller.act_as(head_of(stage, slug, body)),
                body_id=body,
                stance="claims",
                text=why,
                authority="Công văn minh họa",
                **where,
            )
    actions.name_provisional(
        teller.act("khanh"),
        body_id=stage.bodies["kien-hung-ubnd"],
        reason="Đang có chìa khóa và người trực; giữ nguyên trạng chờ quyết định.",
        **where,
    )
    actions.nominate_body(
        teller.act("khanh"),
        transition_id=transition,
        giver_id=stage.bodies["hd-ptqd"],
        body_id=stage.bodies["hn-snnmt"],
        authority="Thông báo số 31-TB/BCĐ (minh họa)",
        reason="Việc bồi thường, hỗ trợ chưa có nơi nhận.",
    )
    exam = Item.objects.get(transition=transition, kind="task", code=EXAM)
    actions.propose_carried(
        teller.act("lan"),
        transition_id=transition,
        choice={"ids": [exam.pk]},
        text="Đề nghị giao Sở Giáo dục và Đào tạo chủ trì phúc khảo, phường tiếp nhận đơn.",
        asked_id=stage.bodies["hn-sgd"],
    )


def _sides(item: Item, stage: Stage) -> set[int]:
    """The two bodies that claim it: the one it was to go to, and the one named against it."""
    return {item.receiver_id or 0, stage.bodies["phu-luong-ubnd"]}
