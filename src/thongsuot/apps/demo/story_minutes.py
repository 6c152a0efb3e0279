"""The week of counting: minutes for every giver and receiver, most signed, some waiting, two files not found."""

from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.demo.cast import Stage, slug_of, team
from thongsuot.apps.demo.items import SPLIT_IN_TWO
from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import Item, Minutes, MinutesLine
from thongsuot.apps.handover.queries.minutes import content_of
from thongsuot.apps.registry.models import Appointment
from thongsuot.rules.kernel.actor import Actor, Hat, Role

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

# How many minutes of each new unit are signed by 24/06; the others wait for a count or a signature.
SIGNED = {
    "ha-dong": 9,
    "duong-noi": 99,
    "yen-nghia": 6,
    "kien-hung": 7,
    "phu-luong": 5,
    "chuong-my": 1,
}
NOT_SENT = {"kinds": ("project",)}


def count_and_sign(teller: "Teller", stage: Stage, transition: int) -> None:
    """Advance the steps, confirm the receivers, send, count on both sides, sign."""
    _early(teller, stage, transition)
    for step, day in ((2, date(2025, 6, 17)), (3, date(2025, 6, 18)), (4, date(2025, 6, 19))):
        teller.on(day)
        standing = {"filter": {"step": [step - 1]}}
        actions.advance_step(teller.act("lan"), transition_id=transition, to=step, choice=standing)
    shared = {"filter": {"allocation": "shared"}}
    actions.divide_shared(
        teller.act("lan"),
        transition_id=transition,
        choice=shared,
        reason="Chia theo phương án bố trí người.",
    )
    actions.confirm_allocation(
        teller.act("lan"), transition_id=transition, choice={"filter": {"allocation": "proposed"}}
    )
    _finish_some(teller, stage, transition)
    teller.on(date(2025, 6, 20))
    ready = {"filter": {"state": "held", "kind": [k for k in KINDS if k not in NOT_SENT["kinds"]]}}
    actions.dispatch(
        teller.act("lan"), transition_id=transition, choice=ready, place="Trụ sở UBND quận Hà Đông"
    )
    _sign_most(teller, stage, transition)
    _dispute(teller, stage, transition)


KINDS = (
    "task",
    "case",
    "archive",
    "asset",
    "office",
    "finance",
    "project",
    "person",
    "service_unit",
    "seal",
    "dataset",
)


def _early(teller: "Teller", stage: Stage, transition: int) -> None:
    """Land applications sent to Phú Lương on 11/06 as a rehearsal: still not counted on 24/06."""
    early: dict[str, object] = {
        "filter": {
            "kind": ["case"],
            "field": ["Đất đai"],
            "receiver": [stage.bodies["phu-luong-ubnd"]],
        }
    }
    teller.on(date(2025, 6, 10))
    for step in (2, 3, 4):
        actions.advance_step(teller.act("lan"), transition_id=transition, to=step, choice=early)
    actions.confirm_allocation(teller.act("lan"), transition_id=transition, choice=early)
    teller.on(date(2025, 6, 11))
    actions.dispatch(
        teller.act("lan"), transition_id=transition, choice=early, place="Trụ sở UBND quận Hà Đông"
    )


def _finish_some(teller: "Teller", stage: Stage, transition: int) -> None:
    """Work done before the end, people who retire, and assets written off by decision."""
    done = list(
        Item.objects.filter(transition=transition, kind="task", state="held", annex__state="nearly")
        .order_by("code")
        .values_list("pk", flat=True)[:18]
    )
    actions.close_items(
        teller.act("lan"),
        transition_id=transition,
        choice={"ids": done},
        reason="Đã hoàn thành trước ngày 20/6.",
    )
    leaving = list(
        Item.objects.filter(
            transition=transition, kind="person", annex__status="retiring"
        ).values_list("pk", flat=True)
    )
    actions.close_items(
        teller.act("lan"),
        transition_id=transition,
        choice={"ids": leaving},
        reason="Nghỉ hưu theo nguyện vọng từ 01/7/2025.",
    )
    broken = list(
        Item.objects.filter(
            transition=transition, kind="asset", annex__condition="written-off"
        ).values_list("pk", flat=True)
    )
    actions.destroy_items(
        teller.act("lan"), transition_id=transition, choice={"ids": broken},
        reason="Hỏng, không sửa được, đã thanh lý.", authority="Quyết định số 1180/QĐ-UBND (minh họa)",
    )  # fmt: skip


def _sign_most(teller: "Teller", stage: Stage, transition: int) -> None:
    slugs = {stage.bodies[f"{s}-ubnd"]: s for s in map(slug_of, stage.new_units)}
    seen: dict[str, int] = {}
    box = MinutesLine.objects.filter(
        minutes__transition=transition, item__container=SPLIT_IN_TWO, item__kind="archive"
    ).order_by("item__code")
    first = box.first()
    lost = (
        list(box.filter(minutes=first.minutes_id).values_list("pk", flat=True)[:2]) if first else []
    )
    for minutes in Minutes.objects.filter(transition=transition).order_by("number"):
        slug = slugs.get(minutes.receiver_id, "")
        seen[slug] = seen.get(slug, 0) + 1
        beyond = seen[slug] - SIGNED.get(slug, 99) if slug else 0
        if minutes.opened_on < date(2025, 6, 20):
            beyond = 3  # the early ones: nobody on the other side has counted
        here = first is not None and first.minutes_id == minutes.pk
        _one(teller, stage, minutes, slug, 0 if here else beyond, lost if here else [])


def _one(
    teller: "Teller", stage: Stage, minutes: Minutes, slug: str, beyond: int, lost: list[int]
) -> None:
    """Count and sign one set of minutes; ``beyond`` 1 waits for the receiver's signature, 2 for the count, more for both."""
    where = {"transition_id": minutes.transition_id, "minutes_id": minutes.pk}
    actions.count_rest_as_sent(teller.act("lan"), side="giver", **where)
    if beyond > 1:
        return
    receiver = head_of(stage, slug, minutes.receiver_id)
    if lost:
        counts = [{"line": pk, "count": 0, "version": 0} for pk in lost]
        actions.count_lines(teller.act_as(receiver), side="receiver", counts=counts, **where)
        again = [{"line": pk, "count": 0, "version": 1} for pk in lost]
        actions.count_lines(teller.act("lan"), side="giver", counts=again, **where)
    if MinutesLine.objects.filter(minutes=minutes, receiver_count=None).exists():
        actions.count_rest_as_sent(teller.act_as(receiver), side="receiver", **where)
    content = content_of(minutes)
    actions.sign(teller.act("lan"), side="giver", content=content, fresh=True, **where)
    if beyond < 1:
        actions.sign(teller.act_as(receiver), side="receiver", content=content, fresh=True, **where)


def head_of(stage: Stage, slug: str, body: int) -> Actor:
    """Who signs for the receiver: the head of its team, or of the body itself above the wards."""
    key = team(slug) if slug else next(k for k, v in stage.bodies.items() if v == body)
    own = stage.bodies[key]
    held = (
        Appointment.objects.known()
        .filter(post__body=own, post__role__in=(Role.TEAM_HEAD, Role.LEADER))
        .select_related("post", "person")
        .order_by("post__rank", "pk")
        .first()
    )
    title = "Tổ trưởng Tổ tiếp nhận" if slug else "Lãnh đạo đơn vị tiếp nhận"
    number, who, account = 0, f"{title} (minh họa)", 1_000_000 + own
    if held is not None:
        number, title, who = held.pk, held.post.title, held.person.full_name
        account = held.person.account_id or account
    hat = Hat(number, Role.TEAM_HEAD, title, own, key, frozenset({own, body}))
    return Actor(user=account, name=who, hats=(hat,), hat=hat)


def _dispute(teller: "Teller", stage: Stage, transition: int) -> None:
    """Two wards claim the transformer on their boundary."""
    item = Item.objects.get(transition=transition, kind="asset", code="TS-09874")
    if item.q_transit:
        minutes = item.lines.get(live=True).minutes
        actions.withdraw_minutes(
            teller.act("lan"),
            transition_id=transition,
            minutes_id=minutes.pk,
            reason="Rút để tách tài sản đang tranh chấp.",
        )
    actions.open_dispute(
        teller.act("lan"), transition_id=transition, item_id=item.pk, of="accepted" if item.q_accepted else "held",
        against_id=stage.bodies["phu-luong-ubnd"],
        reason="Trạm nằm trên ranh giới, phường Kiến Hưng và phường Phú Lương cùng nhận quản lý.",
    )  # fmt: skip
