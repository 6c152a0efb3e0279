"""Who receives what in the story: the rules that people wrote, and the cases that no rule decides.

The reasons follow the facts of the sources (district archives go to the province, certificates to correct go to the education
department, markets and irrigation go to the commune …); where a source is only a proposal the reason says so.
"""

from typing import TYPE_CHECKING, Any

from thongsuot.apps.demo.bodies import WARDS
from thongsuot.apps.demo.cast import Stage, slug_of
from thongsuot.apps.demo.items import GIVERS, plan
from thongsuot.apps.handover import actions
from thongsuot.apps.registry.models import BodyKind, Share, UnitEdge

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

UNDECIDED = ("Đồng Mai", "Dương Nội")  # divided wards for which nobody has written a rule yet
PLACED_ARCHIVES = ("Hộ tịch", "Đất đai", "Xây dựng", "Kinh tế", "Thanh tra", "Văn hóa và Thông tin")
PLACED_KINDS = ("case", "task", "office", "service_unit")
SUCCESSOR: dict[str, Any] = {"to_successor": True, "heir_kind": BodyKind.PEOPLES_COMMITTEE}


RuleRow = tuple[dict[str, Any], list[dict[str, int]]]


def rules(stage: Stage) -> list[RuleRow]:
    """Every rule of the story, with its shares where it divides."""
    return [*_by_place(stage), *_archives(stage), *_above(stage), *_things(stage), *_money(stage)]


def _rule(name: str, reason: str, **fields: Any) -> RuleRow:
    return {"name": name, "reason": reason, **fields}, []


def _by_place(stage: Stage) -> list[RuleRow]:
    why = "Việc và nơi gắn với phường cũ nào thì phường, xã mới của địa bàn đó nhận."
    found = [_rule("Theo địa bàn", why, kind=kind, **SUCCESSOR) for kind in PLACED_KINDS]
    for name, unit, ward, body in _rests(stage):
        if name not in UNDECIDED:
            reason = f"Phần còn lại của phường {name} nhập vào {ward}; hồ sơ của phần tách ra được chuyển riêng từng việc."
            title = f"Phường {name} cũ: phần chính về {ward}"
            found.append(_rule(title, reason, place=unit, priority=1, receiver=body))
    return found


def _archives(stage: Stage) -> list[RuleRow]:
    ids = stage.bodies
    found = [
        _rule(
            f"Hồ sơ {matter.lower()} theo địa bàn",
            "Hồ sơ đang cần tra cứu để giải quyết cho người dân theo địa bàn về phường, xã mới.",
            kind="archive",
            field=matter,
            **SUCCESSOR,
        )
        for matter in PLACED_ARCHIVES
    ]
    whole = "Tài liệu của cơ quan cấp huyện nộp về lưu trữ cấp tỉnh; của cấp xã cũ về xã mới."
    party = "Phông Quận ủy do cơ quan lưu trữ của Đảng quản lý."
    found.append(
        _rule(
            "Tài liệu cấp huyện về lưu trữ lịch sử", whole, kind="archive", receiver=ids["hn-ttlt"]
        )
    )
    found.append(
        _rule(
            "Tài liệu khối Đảng về Thành ủy",
            party,
            kind="archive",
            giver=ids["hd-vpqu"],
            priority=5,
            receiver=ids["hn-tu"],
        )
    )
    return found


def _above(stage: Stage) -> list[RuleRow]:
    """What goes above the wards, against first expectation."""
    ids = stage.bodies
    whole = "Việc toàn quận, không chia được theo phường."
    return [
        _rule(
            "Chỉnh sửa văn bằng về Sở Giáo dục và Đào tạo",
            "Văn bằng do phòng giáo dục cấp, cần chỉnh sửa sau 01/7 thì Sở thực hiện, không phải phường.",
            kind="case",
            field="Văn bằng",
            priority=5,
            receiver=ids["hn-sgd"],
        ),
        _rule("Việc nội vụ dở dang về sở", whole, kind="task", field="Nội vụ", priority=3, receiver=ids["hn-snv"]),
        _rule("Việc tài chính dở dang về sở", whole, kind="task", field="Tài chính - Kế hoạch", priority=3, receiver=ids["hn-stc"]),
        _rule("Dự án về ban quản lý thành phố", "Theo đề xuất chuyển toàn bộ dự án cấp huyện về ban quản lý cấp tỉnh.", kind="project", receiver=ids["hn-qlda"]),
        _rule("Thu hồi con dấu", "Con dấu của cơ quan kết thúc hoạt động nộp về cơ quan công an đã đăng ký.", kind="seal", receiver=ids["hn-ca"]),
    ]  # fmt: skip


def _things(stage: Stage) -> list[RuleRow]:
    ids = stage.bodies
    found = [
        _rule(
            "Chợ, trạm bơm, đường theo địa bàn",
            "Công trình thủy lợi và chợ giao cấp xã; hạ tầng khác chờ thành phố quyết định, tạm theo địa bàn.",
            kind="asset",
            field="Hạ tầng",
            **SUCCESSOR,
        )
    ]
    for n, giver in enumerate(GIVERS):
        ward = WARDS[n % len(WARDS)][0]
        why = "Theo phương án bố trí trang thiết bị cho trụ sở mới."
        to = ids[f"{slug_of(ward)}-ubnd"]
        found.append(
            _rule(
                f"Máy móc về phường {ward}",
                why,
                kind="asset",
                field="Tài sản công",
                giver=ids[giver],
                receiver=to,
            )
        )
    for ward, _, _ in WARDS:
        for kind in ("person", "dataset"):
            to = ids[f"{slug_of(ward)}-ubnd"]
            found.append(
                _rule(
                    f"Về phường {ward} theo phương án",
                    "Phương án bố trí nhân sự và tài khoản.",
                    kind=kind,
                    field=plan(ward),
                    receiver=to,
                )
            )
    for matter in ("Dữ liệu", "Hợp đồng"):
        why = "Phường nơi đặt máy chủ và trụ sở cũ."
        found.append(
            _rule(
                f"{matter} dùng chung về phường Hà Đông",
                why,
                kind="dataset",
                field=matter,
                receiver=ids["ha-dong-ubnd"],
            )
        )
    return found


def _money(stage: Stage) -> list[RuleRow]:
    ids = stage.bodies
    shared: RuleRow = (
        {
            "name": "Số dư ngân sách chia năm phường",
            "reason": "Chia theo số người được bố trí: 129, 100, 90, 99, 86; đúng tới từng đồng.",
            "kind": "finance",
            "giver": ids["hd-tckh"],
        },
        [{"body": ids[f"{slug_of(ward)}-ubnd"], "weight": count} for ward, _, count in WARDS],
    )
    rows = (
        (
            "hd-ttr",
            "hn-stc",
            "Tiền tạm giữ về Sở Tài chính",
            "Tiền tạm giữ chờ xử lý chuyển về Sở Tài chính.",
        ),
        ("hd-qlda", "hn-qlda", "Công nợ dự án về ban quản lý thành phố", "Đi theo dự án."),
        (
            "hd-ptqd",
            "ha-dong-ubnd",
            "Công nợ bồi thường về phường Hà Đông",
            "Phường nơi đặt trụ sở cũ theo dõi tiếp.",
        ),
        (
            "hd-vhttth",
            "ha-dong-ubnd",
            "Công nợ sự nghiệp về phường Hà Đông",
            "Phường nơi đặt trụ sở cũ theo dõi tiếp.",
        ),
    )
    return [shared] + [
        _rule(name, why, kind="finance", giver=ids[giver], receiver=ids[to])
        for giver, to, name, why in rows
    ]


def _rests(stage: Stage) -> list[tuple[str, int, str, int]]:
    """Old wards that were divided, with the new unit that took the rest and its People's Committee."""
    names = {unit: name for name, unit in stage.old_wards.items()}
    new = {unit: name for name, unit in stage.new_units.items()}
    edges = UnitEdge.objects.known().filter(src__in=names, dst__in=new, share=Share.REST)
    return [
        (names[src], src, new[dst], stage.bodies[f"{slug_of(new[dst])}-ubnd"])
        for src, dst in edges.order_by("src").values_list("src", "dst")
    ]


def decide(teller: "Teller", stage: Stage, transition: int) -> None:
    """Write the rules, run them, and let people confirm what they propose."""
    for rule, shares in rules(stage):
        actions.write_rule(teller.act("khanh"), transition_id=transition, rule=rule, shares=shares)
    actions.propose_receivers(teller.act("lan"), transition_id=transition)
