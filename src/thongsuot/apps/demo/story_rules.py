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


def rules(stage: Stage) -> list[tuple[dict[str, Any], list[dict[str, int]]]]:
    """Every rule of the story, with its shares where it divides."""
    ids = stage.bodies

    def to(key: str) -> dict[str, Any]:
        return {"receiver": ids[key]}

    found: list[tuple[dict[str, Any], list[dict[str, int]]]] = []

    def rule(name: str, reason: str, **fields: Any) -> None:
        found.append(({"name": name, "reason": reason, **fields}, []))

    for kind in PLACED_KINDS:
        rule(
            "Theo địa bàn",
            "Việc và nơi gắn với phường cũ nào thì phường, xã mới của địa bàn đó nhận.",
            kind=kind,
            **SUCCESSOR,
        )
    for matter in PLACED_ARCHIVES:
        rule(
            f"Hồ sơ {matter.lower()} theo địa bàn",
            "Hồ sơ đang cần tra cứu để giải quyết cho người dân theo địa bàn về phường, xã mới.",
            kind="archive",
            field=matter,
            **SUCCESSOR,
        )
    rule(
        "Tài liệu cấp huyện về lưu trữ lịch sử",
        "Tài liệu của cơ quan cấp huyện nộp về lưu trữ cấp tỉnh; của cấp xã cũ về xã mới.",
        kind="archive",
        **to("hn-ttlt"),
    )
    rule(
        "Tài liệu khối Đảng về Thành ủy",
        "Phông Quận ủy do cơ quan lưu trữ của Đảng quản lý.",
        kind="archive",
        giver=ids["hd-vpqu"],
        priority=5,
        **to("hn-tu"),
    )
    rule(
        "Chỉnh sửa văn bằng về Sở Giáo dục và Đào tạo",
        "Văn bằng do phòng giáo dục cấp, cần chỉnh sửa sau 01/7 thì Sở thực hiện, không phải phường.",
        kind="case",
        field="Văn bằng",
        priority=5,
        **to("hn-sgd"),
    )
    for matter, key in (("Nội vụ", "hn-snv"), ("Tài chính - Kế hoạch", "hn-stc")):
        rule(
            f"Việc {matter.lower()} dở dang về sở",
            "Việc toàn quận, không chia được theo phường.",
            kind="task",
            field=matter,
            priority=3,
            **to(key),
        )
    rule(
        "Chợ, trạm bơm, đường theo địa bàn",
        "Công trình thủy lợi và chợ giao cấp xã; hạ tầng khác chờ thành phố quyết định, tạm theo địa bàn.",
        kind="asset",
        field="Hạ tầng",
        **SUCCESSOR,
    )
    for n, giver in enumerate(GIVERS):
        ward = WARDS[n % len(WARDS)][0]
        rule(
            f"Máy móc về phường {ward}",
            "Theo phương án bố trí trang thiết bị cho trụ sở mới.",
            kind="asset",
            field="Tài sản công",
            giver=ids[giver],
            **to(f"{slug_of(ward)}-ubnd"),
        )
    rule(
        "Tiền tạm giữ về Sở Tài chính",
        "Tiền tạm giữ chờ xử lý chuyển về Sở Tài chính.",
        kind="finance",
        giver=ids["hd-ttr"],
        **to("hn-stc"),
    )
    rule(
        "Công nợ dự án về ban quản lý thành phố",
        "Đi theo dự án.",
        kind="finance",
        giver=ids["hd-qlda"],
        **to("hn-qlda"),
    )
    for giver in ("hd-ptqd", "hd-vhttth"):
        rule(
            "Công nợ về phường Hà Đông",
            "Phường nơi đặt trụ sở cũ theo dõi tiếp.",
            kind="finance",
            giver=ids[giver],
            **to("ha-dong-ubnd"),
        )
    found.append((
        {"name": "Số dư ngân sách chia năm phường", "reason": "Chia theo số người được bố trí: 129, 100, 90, 99, 86; đúng tới từng đồng.", "kind": "finance", "giver": ids["hd-tckh"]},
        [{"body": ids[f"{slug_of(ward)}-ubnd"], "weight": count} for ward, _, count in WARDS],
    ))  # fmt: skip
    rule(
        "Dự án về ban quản lý thành phố",
        "Theo đề xuất chuyển toàn bộ dự án cấp huyện về ban quản lý cấp tỉnh.",
        kind="project",
        **to("hn-qlda"),
    )
    for ward, _, _ in WARDS:
        for kind in ("person", "dataset"):
            rule(
                f"Về phường {ward} theo phương án",
                "Phương án bố trí nhân sự và tài khoản.",
                kind=kind,
                field=plan(ward),
                **to(f"{slug_of(ward)}-ubnd"),
            )
    for matter in ("Dữ liệu", "Hợp đồng"):
        rule(
            f"{matter} dùng chung về phường Hà Đông",
            "Phường nơi đặt máy chủ và trụ sở cũ.",
            kind="dataset",
            field=matter,
            **to("ha-dong-ubnd"),
        )
    rule(
        "Thu hồi con dấu",
        "Con dấu của cơ quan kết thúc hoạt động nộp về cơ quan công an đã đăng ký.",
        kind="seal",
        **to("hn-ca"),
    )
    for name, unit, ward, body in _rests(stage):
        if name not in UNDECIDED:
            rule(
                f"Phường {name} cũ: phần chính về {ward}",
                f"Phần còn lại của phường {name} nhập vào {ward}; hồ sơ của phần tách ra được chuyển riêng từng việc.",
                place=unit,
                priority=1,
                receiver=body,
            )
    return found


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
