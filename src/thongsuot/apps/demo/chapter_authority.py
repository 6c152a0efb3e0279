"""Who may decide: the decision that lets the head of the handing team sign, and the delegations of the new wards."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from thongsuot.apps.authority import actions, load
from thongsuot.apps.demo.cast import HANDING, Stage
from thongsuot.apps.disclosure.actions import PUBLISHING
from thongsuot.apps.handover import competence
from thongsuot.apps.handover.models.choices import Side
from thongsuot.apps.registry.models import Appointment, BodyKind, BodyVersion, LegalText, Post
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.text import fold

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

CITY = "hn-ubnd"
CHAIR, DEPUTY, SECRETARY = "Chủ tịch UBND", "Phó Chủ tịch UBND", "Bí thư Đảng ủy"
LIVE, HALF = date(2025, 7, 1), date(2026, 1, 1)
RULE = "HN-KY-BIEN-BAN"
RECEIVING = "HN-KY-TIEP-NHAN"
DISTRICT_RULE = "HD-PHAN-CONG"
DISTRICT_TEXT, CITY_TEXT = "minh-hoa-quy-che-quan", "minh-hoa-ke-hoach-ban-chi-dao"
TELLING = "HN-CONG-KHAI"
ON_DUTY = "phan-cong-truc-mot-cua"
NOTE = "Quy định minh họa, dựa vào quyết định lập Tổ bàn giao, Tổ tiếp nhận."
PARTY_RECEIVING, PARTY_TEXT = "HN-TU-KY-TIEP-NHAN", "minh-hoa-quy-dinh-thanh-uy"
CITY_RECEIVERS = ("hn-snv", "hn-stc", "hn-sgd", "hn-sxd", "hn-snnmt", "hn-ttlt", "hn-qlda", "hn-ca")
FIRST_NUMBER = 16  # of the delegations to those who receive; 15/UQ-UBND is the giver's


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
    """The chairman of the city lets the heads of the teams sign minutes, by rules and delegations."""
    teller.on(date(2025, 6, 6))
    load.load(teller.at)
    chair = leader_of(stage, CITY)
    matter = competence.MATTERS[Side.GIVER]
    giving = {"matter": matter, "to_tier": "province", "to_title": CHAIR, "places": [stage.city]}
    _matter(
        teller, matter, "Ký biên bản bàn giao cho bên giao", "ký biên bản bàn giao", "ký bàn giao"
    )
    _rule(teller, chair, RULE, giving)
    lan = Post.objects.get(body_id=stage.bodies[HANDING], role=Role.TEAM_HEAD)
    _give(
        teller, chair, "15/UQ-UBND", lan.pk, since=date(2025, 6, 6), until=date(2025, 9, 1),
        matters=[matter], conditions="Ký biên bản bàn giao của các cơ quan thuộc quận Hà Đông.",
    )  # fmt: skip
    _empower_receivers(teller, stage)


def _empower_receivers(teller: "Teller", stage: Stage) -> None:
    """The same decision founded the receiving teams: each head, and each department, signs by delegation."""
    teller.on(date(2025, 6, 7))
    chair = leader_of(stage, CITY)
    matter = competence.MATTERS[Side.RECEIVER]
    _matter(
        teller,
        matter,
        "Ký biên bản tiếp nhận cho bên nhận",
        "ký biên bản tiếp nhận",
        "ký nhận bàn giao",
    )
    receiving = {"matter": matter, "to_tier": "province", "to_title": CHAIR, "places": [stage.city]}
    _rule(teller, chair, RECEIVING, receiving)
    _text(PARTY_TEXT, "Quy định của Thành ủy", "Thành ủy Hà Nội")
    party = f"{matter}{competence.PARTY}"
    _matter(teller, party, "Ký biên bản tiếp nhận cho cơ quan Đảng", "ký nhận hồ sơ của Đảng")
    by_party = {
        "matter": party,
        "to_organ": "party-committee",
        "to_title": SECRETARY,
        "text": PARTY_TEXT,
    }
    _rule(teller, chair, PARTY_RECEIVING, receiving | by_party)
    heads = Post.objects.known().filter(
        Q(role=Role.TEAM_HEAD, body__kind=BodyKind.RECEIVING_TEAM)
        | Q(role=Role.LEADER, body__in=[stage.bodies[key] for key in CITY_RECEIVERS]),
        body__in=stage.bodies.values(),
    )
    for number, post in enumerate(heads.order_by("pk").values_list("pk", flat=True), FIRST_NUMBER):
        _give(
            teller, chair, f"{number}/UQ-UBND", post, since=date(2025, 6, 7),
            until=date(2025, 9, 1), matters=[matter],
            conditions="Ký biên bản tiếp nhận từ các cơ quan thuộc quận Hà Đông.",
        )  # fmt: skip


def empower_offices(teller: "Teller", stage: Stage) -> None:
    """Who assigns duties in the district and who tells the public: rules of the demonstration."""
    teller.on(date(2025, 6, 10), 16)
    _text(DISTRICT_TEXT, "Quy chế làm việc của UBND quận", "UBND quận Hà Đông")
    chair = leader_of(stage, CITY)
    _matter(
        teller, ON_DUTY, "Phân công trực giải quyết hồ sơ một cửa", "phân công trực", "lịch trực"
    )
    duty = {
        "matter": ON_DUTY,
        "to_tier": "district",
        "text": DISTRICT_TEXT,
        "places": [stage.district],
    }
    _rule(teller, chair, DISTRICT_RULE, duty | {"to_title": CHAIR, "until": LIVE})
    _text(CITY_TEXT, "Kế hoạch của Ban Chỉ đạo thành phố", "Ban Chỉ đạo thành phố Hà Nội")
    _matter(teller, PUBLISHING, "Công khai thông tin về bộ máy, trụ sở", "công khai địa chỉ trụ sở")
    telling = {"matter": PUBLISHING, "to_tier": "province", "places": [stage.city]}
    _rule(
        teller,
        chair,
        TELLING,
        telling | {"to_organ": "steering-committee", "to_title": "", "text": CITY_TEXT},
    )


def _text(key: str, name: str, issuer: str) -> None:
    """A text of the demonstration, called so wherever it is cited."""
    number = f"{name} (minh họa)"
    LegalText.objects.get_or_create(
        key=key,
        defaults={"number": number, "title": number, "issuer": issuer, "folded": fold(number)},
    )


def _matter(teller: "Teller", code: str, name: str, *words: str) -> None:
    """A matter of the offices themselves, which no citizen asks for."""
    actions.write_matter(
        teller.act("khanh"), code=code, name=name, field="to-chuc", words=list(words), public=False
    )


def _rule(teller: "Teller", chair: Actor, code: str, rule: dict[str, Any]) -> None:
    """A rule of the demonstration: written, compared by two people, published."""
    plain = {
        "kind": "division", "to_organ": "peoples-committee", "text": "2902-QD-UBND-HN",
        "note": NOTE, "reading": "part", "conditions": "Số liệu minh họa.",
    }  # fmt: skip
    actions.write_rule(teller.act("khanh"), code=code, rule=plain | rule)
    for checker in (teller.act("hoa"), teller.act_as(chair)):
        actions.check(checker, code=code, verdict="same", against="Bản minh họa của văn bản")
    actions.publish(teller.act("khanh"), code=code)


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
