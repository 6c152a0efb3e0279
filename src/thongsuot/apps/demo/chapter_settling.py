"""Finance, seals and bundles in the story: sheets that tie, one that no longer does, seals half recalled.

Every amount, number and name is invented (minh họa); only that revenue stood close to 92 % of the
year's plan follows the source text.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.handover.models import Item
from thongsuot.apps.settling import actions
from thongsuot.apps.settling.models import Seal

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

GIVERS = ("hd-tckh", "hd-vhttth", "hd-qlda", "hd-ptqd", "hd-ttr")
KEPT = ("balance", "estimate", "held")  # what the kho bạc confirms
DIFFERS, LESS = "hd-ttr", 1_250_000  # one body's later confirmation is this much lower
REPORTED, RETURNED, CERTIFIED = 40, 28, 18
PLAN, COLLECTED = 4_200_000_000_000, 3_861_900_000_000  # 91,95 %


def close_books(teller: "Teller", stage: Stage, transition: int) -> None:
    """Before anything is signed: each body with money makes its sheet, has it confirmed, settles it."""
    for giver in GIVERS:
        body = stage.bodies[giver]
        items = Item.objects.filter(transition=transition, giver=body, kind="finance")
        lines = [_line(item) for item in items.order_by("code")]
        said = [
            {"account": line["account"], "amount": line["amount"]}
            for line in lines
            if line["section"] in KEPT
        ]
        if giver == "hd-tckh":
            lines.append(_revenue())
        where: dict[str, Any] = {"transition_id": transition, "body_id": body}
        actions.write_lines(teller.act("lan"), lines=lines, **where)
        if said:
            actions.record_confirmation(
                teller.act("lan"), number=f"{body}/XN-KB (minh họa)", on=date(2025, 6, 9),
                amounts=said, **where,
            )  # fmt: skip
        actions.freeze_sheet(teller.act("lan"), **where)


def _line(item: Item) -> dict[str, Any]:
    """The line of a sheet for one item of the list."""
    section, amount = str(item.annex["finance_type"]), item.value or 0
    line: dict[str, Any] = {
        "section": section,
        "code": item.code,
        "title": f"{item.title} (minh họa)",
        "amount": amount,
        "account": item.annex["account"],
        "source": item.annex["source"],
        "year": 2025,
        "paper": item.annex["paper"],
        "counterparty": "Đối tượng minh họa",
    }
    if section == "estimate":
        line |= {"granted": 3 * amount, "spent": 2 * amount}
    return line


def _revenue() -> dict[str, Any]:
    return {
        "section": "revenue",
        "code": "THU-2025",
        "title": "Thu ngân sách trên địa bàn (minh họa)",
        "amount": COLLECTED,
        "granted": PLAN,
        "year": 2025,
    }


def settle(teller: "Teller", stage: Stage, transition: int) -> None:
    """After the week of counting: a confirmation that differs, seals on their way, two bundles."""
    _differ(teller, stage, transition)
    _recall(teller, stage, transition)
    _issue(teller, stage, transition)
    _bundle_of_school(teller, stage, transition)
    _bundle_of_board(teller, stage, transition)


def _differ(teller: "Teller", stage: Stage, transition: int) -> None:
    """A second paper of the kho bạc says less on one account: from now on nothing more is signed."""
    body = stage.bodies[DIFFERS]
    items = Item.objects.filter(transition=transition, giver=body, kind="finance")
    rows = [
        {"account": i.annex["account"], "amount": i.value or 0}
        for i in items.order_by("code")
        if i.annex["finance_type"] in KEPT and i.parent_id is None
    ]
    rows[0]["amount"] -= LESS
    actions.record_confirmation(
        teller.act("lan"), transition_id=transition, body_id=body,
        number=f"{body}/XN-KB lần 2 (minh họa)", on=date(2025, 6, 20), amounts=rows,
    )  # fmt: skip


def _recall(teller: "Teller", stage: Stage, transition: int) -> None:
    actions.register_seals(teller.act("lan"), transition_id=transition)
    ids = list(
        Seal.objects.filter(transition=transition, old=True)
        .order_by("code")
        .values_list("pk", flat=True)
    )
    on, police = date(2025, 6, 20), stage.bodies["hn-ca"]
    steps: tuple[tuple[str, int, dict[str, Any]], ...] = (
        ("report", REPORTED, {}),
        ("return", RETURNED, {"receiver_id": police, "number": "15/BB-GN (minh họa)"}),
        ("certify", CERTIFIED, {"number": "221/GCN-TH (minh họa)"}),
    )
    for doing, count, more in steps:
        actions.move_seals(
            teller.act("lan"), transition_id=transition, seals=ids[:count], doing=doing, on=on,
            **more,
        )  # fmt: skip
    actions.move_seals(
        teller.act("lan"), transition_id=transition, seals=ids[-1:], doing="lose", on=on,
        reason="Không tìm thấy khi kiểm kê (minh họa).",
    )  # fmt: skip


def _issue(teller: "Teller", stage: Stage, transition: int) -> None:
    """Three of the new seals of phường Hà Đông."""
    for number, (key, title) in enumerate(
        (("ha-dong-du", "Đảng ủy"), ("ha-dong-hdnd", "HĐND"), ("ha-dong-ubnd", "UBND")), 1
    ):
        actions.issue_seal(
            teller.act("khanh"), transition_id=transition, body_id=stage.bodies[key],
            code=f"MOI-{number:02d}", title=f"Con dấu {title} phường Hà Đông (minh họa)",
            seal_type="round", certificate_no=f"{900 + number}/CNMD (minh họa)",
            issuer_id=stage.bodies["hn-ca"], on=date(2025, 6, 20), keeper="Văn thư (minh họa)",
        )  # fmt: skip


def _first(transition: int, **wanted: Any) -> Item | None:
    live = Item.objects.filter(transition=transition, allocation="confirmed", **wanted)
    return (
        live.exclude(state__in=("undone", "replaced", "closed", "destroyed")).order_by("pk").first()
    )


def _bundle_of_school(teller: "Teller", stage: Stage, transition: int) -> None:
    """A school moves whole; only its old records go to the archives of the city, and that is named."""
    ward = stage.bodies["ha-dong-ubnd"]
    lead = _first(transition, kind="service_unit", receiver=ward)
    wanted: tuple[dict[str, Any], ...] = (
        {"kind": "person", "receiver": ward},
        {"kind": "finance", "receiver": ward, "giver": stage.bodies["hd-vhttth"]},
        {"kind": "dataset", "receiver": ward, "annex__dataset_type": "contract"},
    )
    found = [_first(transition, **one) for one in wanted]
    record = _first(transition, kind="archive", giver=stage.bodies["hd-gddt"])
    if lead is None or record is None:
        return
    made = actions.make_bundle(
        teller.act("lan"), transition_id=transition, sort="service-unit", lead_id=lead.pk
    )
    where: dict[str, Any] = {"transition_id": transition, "bundle_id": int(str(made["bundle"]))}
    parts = [{"item": i.pk, "why": "chosen"} for i in (*found, record) if i is not None]
    actions.add_parts(teller.act("lan"), parts=parts, **where)
    actions.except_from_bundle(
        teller.act("khanh"), item_id=record.pk, decided_by="Ban Chỉ đạo thành phố (minh họa)",
        reason="Sổ gốc cấp bằng nộp lưu trữ lịch sử, trường giữ bản sao (minh họa).", **where,
    )  # fmt: skip
    actions.confirm_bundle(teller.act("lan"), **where)


def _bundle_of_board(teller: "Teller", stage: Stage, transition: int) -> None:
    """The project board goes to the city; its people are placed in wards: not yet one bundle."""
    board = stage.bodies["hd-qlda"]
    lead = _first(transition, kind="project", giver=board)
    found = [
        _first(transition, kind=kind, giver=board) for kind in ("finance", "person", "dataset")
    ]
    if lead is None:
        return
    made = actions.make_bundle(
        teller.act("lan"), transition_id=transition, sort="project-board", lead_id=lead.pk
    )
    actions.add_parts(
        teller.act("lan"), transition_id=transition, bundle_id=int(str(made["bundle"])),
        parts=[{"item": i.pk, "why": "chosen"} for i in found if i is not None],
    )  # fmt: skip
