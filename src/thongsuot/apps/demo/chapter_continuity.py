"""Data sets of Hà Đông copied to their receivers: most checked, one that differs, one late, one drill."""

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.continuity import actions
from thongsuot.apps.continuity.queries import DATASET
from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.handover.models import Item
from thongsuot.foundation.files.store import keep
from thongsuot.rules.continuity.proof import Entry, Kind, Maker, Proof, Sort, Table, as_text
from thongsuot.rules.kernel.actor import Actor, Hat, Role

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

CHECKED, DIFFERENT, MADE = 4, 5, 6  # of seven copies; the last one is late
COPIES = 7


def copy_data(teller: "Teller", stage: Stage, transition: int) -> None:
    """Seven data sets on the way to their receivers, two servers, one restore that was tried."""
    teller.on(date(2025, 6, 19))
    rows = Item.objects.filter(DATASET, transition=transition, receiver__isnull=False)
    items = list(rows.order_by("code")[:COPIES])
    servers = {receiver: _server(teller, receiver) for receiver in {i.receiver_id for i in items}}
    copies = [_plan(teller, item, servers[item.receiver_id], n) for n, item in enumerate(items, 1)]
    teller.on(date(2025, 6, 23))
    for number, (item, copy) in enumerate(zip(items, copies, strict=True), 1):
        if number <= MADE:
            _prove(teller, copy, _proof(item, number))
        if number <= DIFFERENT:
            found = _proof(item, number, lost=number > CHECKED)
            receiver = _speaker(item.receiver_id or 0)
            file = keep(as_text(found).encode(), f"ban-sao-{copy}.json", by=receiver)
            actions.record_check(teller.act_as(receiver), copy_id=copy, file_id=file.pk)
    if copies:
        _drill(teller, items[0], copies[0])


def _speaker(body: int) -> Actor:
    hat = Hat(0, Role.TEAM_HEAD, "Cán bộ công nghệ thông tin", body, "", frozenset({body}))
    name = "Cán bộ công nghệ thông tin bên nhận (minh họa)"
    return Actor(user=2_000_000 + body, name=name, hats=(hat,), hat=hat)


def _server(teller: "Teller", receiver: int | None) -> int:
    body = receiver or 0
    small = body % 2 == 0
    done = actions.register_server(
        teller.act_as(_speaker(body)),
        body_id=body,
        server={
            "name": "Máy chủ dữ liệu (minh họa)",
            "place": "Phòng máy, tầng 1",
            "system": "Linux, PostgreSQL 15",
            "purpose": "Dữ liệu nhận từ quận Hà Đông",
            "cores": 4 if small else 8,
            "memory_gb": 16 if small else 32,
            "disk_gb": 1_000 if small else 2_000,
        },
    )
    server = int(str(done["server"]))
    actions.assess_server(
        teller.act_as(_speaker(body)), server_id=server, fit="fit",
        reason="Đủ chỗ cho dữ liệu nhận và bản sao hằng tuần trong ba năm.",
    )  # fmt: skip
    return server


def _plan(teller: "Teller", item: Item, server: int, number: int) -> int:
    done = actions.plan_copy(
        teller.act("lan"),
        owner_id=item.giver_id,
        receiver_id=item.receiver_id or 0,
        plan={
            "system": item.title,
            "kind": _kind(number).value,
            "item": item.pk,
            "server": server,
            "place": f"/du-lieu/quan-ha-dong/{item.code.lower()}",
            "due_on": date(2025, 6, 22) if number == COPIES else date(2025, 6, 26),
            "every_days": 7 if number == 2 else 0,
            "demo": True,
        },
    )
    return int(str(done["copy"]))


def _kind(number: int) -> Kind:
    return Kind.FOLDER if number % 3 == 0 else Kind.SQLITE


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _proof(item: Item, number: int, *, lost: bool = False) -> Proof:
    """A proof as the command would write it; ``lost``: of a copy from which something is gone."""
    maker = Maker("thongsuot 0.1.0", "2025-06-23T09:00:00+07:00", "Trần Thị Lan", "minh-hoa")
    if _kind(number) is Kind.FOLDER:
        names = [f"{item.code}/{n:03d}.pdf" for n in range(1, 9 - lost)]
        entries = tuple(Entry(n, Sort.FILE, 40_000, _digest(n)) for n in names)
        return Proof(Kind.FOLDER, item.code, maker, entries)
    rows = int(item.annex.get("records", 1_000))
    tables = (
        Table("ho_so", ("id", "ten"), ("INTEGER", "TEXT"), rows - 3 * lost, _digest(f"{item.code}{lost}")),
        Table("danh_muc", ("ma", "ten"), ("TEXT", "TEXT"), 40, _digest(f"danh mục {item.code}")),
    )  # fmt: skip
    return Proof(
        Kind.SQLITE, item.code, maker, tables=tables, schema=_digest(item.code), size=rows * 300
    )


def _prove(teller: "Teller", copy: int, proof: Proof) -> None:
    act = teller.act("lan")
    file = keep(as_text(proof).encode(), f"chung-nhan-{copy}.json", by=act.by)
    actions.record_proof(act, copy_id=copy, file_id=file.pk)


def _drill(teller: "Teller", item: Item, copy: int) -> None:
    actions.record_drill(
        teller.act_as(_speaker(item.receiver_id or 0)),
        body_id=item.receiver_id or 0,
        drill={
            "on": date(2025, 6, 23),
            "what": f"{item.title} (minh họa)",
            "result": "whole",
            "minutes": 35,
            "compared": "Số dòng từng bảng và mã gốc bằng chứng nhận của bên giao.",
            "copy": copy,
        },
    )
