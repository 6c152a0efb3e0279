"""Who may decide: the decision that lets the head of the handing team sign, and the delegations of the new wards."""

from datetime import date
from typing import TYPE_CHECKING, Any

from thongsuot.apps.authority import actions, load
from thongsuot.apps.demo.cast import HANDING, Stage
from thongsuot.apps.handover import competence
from thongsuot.apps.handover.models.choices import Side
from thongsuot.apps.registry.models import Appointment, BodyVersion, Post
from thongsuot.rules.kernel.actor import Actor, Hat, Role

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

CITY = "hn-ubnd"
CHAIR, DEPUTY = "Chủ tịch UBND", "Phó Chủ tịch UBND"
LIVE, HALF = date(2025, 7, 1), date(2026, 1, 1)
RULE = "HN-KY-BIEN-BAN"
NOTE = "Quy định minh họa, dựa vào quyết định lập Tổ bàn giao."


def leader_of(stage: Stage, key: str, title: str = CHAIR) -> Actor:
    """Whoever holds that post of a body in the story, acting in it; they have no account."""
    held = Appointment.objects.select_related("person", "post").get(
        post__body=stage.bodies[key], post__title=title, superseded_at__isnull=True
    )
    body = held.post.body_id
    name = BodyVersion.objects.known().filter(body=body).values_list("name", flat=True).first()
    hat = Hat(held.pk, Role.LEADER, title, body, name or key, frozenset({body}))
    return Actor(1_000_000 + held.pk, held.person.full_name, (hat,), hat)


def empower(teller: "Teller", stage: Stage) -> None:
    """The chairman of the city lets the head of the handing team sign minutes, by a rule and a delegation."""
    teller.on(date(2025, 6, 6))
    load.load(teller.at)
    matter = competence.MATTERS[Side.GIVER]
    actions.write_matter(
        teller.act("khanh"),
        code=matter,
        name="Ký biên bản bàn giao cho bên giao",
        field="to-chuc",
        words=["ký biên bản bàn giao", "ký bàn giao"],
        public=False,
    )
    actions.write_rule(
        teller.act("khanh"),
        code=RULE,
        rule={
            "matter": matter, "kind": "division", "to_tier": "province",
            "to_organ": "peoples-committee", "to_title": CHAIR, "text": "2902-QD-UBND-HN",
            "places": [stage.city], "note": NOTE, "reading": "part",
            "conditions": "Số liệu minh họa.",
        },
    )  # fmt: skip
    chair = leader_of(stage, CITY)
    for checker in (teller.act("hoa"), teller.act_as(chair)):
        actions.check(checker, code=RULE, verdict="same", against="Bản minh họa của quyết định")
    actions.publish(teller.act("khanh"), code=RULE)
    lan = Post.objects.get(body_id=stage.bodies[HANDING], role=Role.TEAM_HEAD)
    _give(
        teller, chair, "15/UQ-UBND", lan.pk, since=date(2025, 6, 6), until=date(2025, 9, 1),
        matters=[matter], conditions="Ký biên bản bàn giao của các cơ quan thuộc quận Hà Đông.",
    )  # fmt: skip


def delegate(teller: "Teller", stage: Stage) -> None:
    """The new wards prepare their first day: what the chairman gives to whom, and who signs in absence."""
    teller.on(date(2025, 6, 23), 15)
    chair = leader_of(stage, "ha-dong-ubnd")
    deputy = _post(stage, "ha-dong-ubnd", DEPUTY)
    office = _post(stage, "ha-dong-kt", "Trưởng phòng")
    first = _give(
        teller, chair, "01/UQ-UBND", deputy, since=LIVE, until=HALF, passable=True,
        fields=["xay-dung", "nha-o"], conditions="Báo cáo Chủ tịch kết quả hằng tuần.",
    )  # fmt: skip
    second = leader_of(stage, "ha-dong-ubnd", DEPUTY)
    _give(
        teller, second, "02/UQ-UBND", office, since=LIVE, until=date(2025, 10, 1),
        matters=["nha-o-xa-hoi-xac-nhan"], parent_id=first,
    )  # fmt: skip
    actions.propose(
        teller.act_as(chair), number="03/UQ-UBND", giver_id=_seat(chair),
        post_id=_post(stage, "ha-dong-hcc", "Giám đốc Trung tâm"), since=LIVE, until=HALF,
        matters=["ho-kinh-doanh"], demo=True,
    )  # fmt: skip
    away = leader_of(stage, "kien-hung-ubnd")
    _give(
        teller, away, "01/KT-UBND", _post(stage, "kien-hung-ubnd", DEPUTY), since=date(2025, 7, 7),
        until=date(2025, 7, 14), absence=True, form="KT.",
        conditions="Chủ tịch đi tập huấn.",
    )  # fmt: skip
    _review(teller, stage)


def _post(stage: Stage, key: str, title: str) -> int:
    return Post.objects.values_list("pk", flat=True).get(body_id=stage.bodies[key], title=title)


def _seat(actor: Actor) -> int:
    return actor.hat.appointment if actor.hat else 0


def _give(teller: "Teller", giver: Actor, number: str, post: int, **more: Any) -> int:
    """Propose a delegation and sign it; its number."""
    done = actions.propose(
        teller.act_as(giver), number=number, giver_id=_seat(giver), post_id=post, demo=True, **more,
    )  # fmt: skip
    pk = int(str(done["delegation"]))
    actions.sign(teller.act_as(giver), delegation_id=pk, fresh=True)
    return pk


def _review(teller: "Teller", stage: Stage) -> None:
    """The receiving team of Hà Đông looked at the first rules; one of them is stuck."""
    unit = stage.new_units["Hà Đông"]
    said = (
        ("R01", "ready", ""), ("R05", "ready", ""), ("R18", "applies", ""), ("R21", "not-ours", "Chưa có hồ sơ nào ở quận trong hai năm (minh họa)."),
        ("R07", "blocked", "Nguồn chỉ nói cấp xã, chưa rõ Chủ tịch hay UBND quyết định giá đất cụ thể."),
        ("R20", "ready", ""),
    )  # fmt: skip
    for code, state, reason in said:
        actions.review(teller.act("minh"), unit_id=unit, code=code, state=state, reason=reason)
    other = stage.new_units["Kiến Hưng"]
    for code, state, reason in (
        (
            "R18",
            "blocked",
            "Chưa được bàn giao hồ sơ giấy phép xây dựng đang giải quyết (minh họa).",
        ),
        ("R01", "ready", ""),
    ):
        actions.review(teller.act("thao"), unit_id=other, code=code, state=state, reason=reason)
