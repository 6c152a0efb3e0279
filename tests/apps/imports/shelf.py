"""A room of the tests that takes a table in: its things stand on a shelf of the database."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from thongsuot.foundation.bulk import bulk_insert
from thongsuot.foundation.imports.engine import (
    BatchView,
    ImportKind,
    Known,
    Ready,
    Scope,
    Values,
    register,
)
from thongsuot.foundation.imports.models import ColumnMapping
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.handover.kinds_columns import SECRECY, Column
from thongsuot.rules.handover.kinds_columns import ColumnType as T
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

COLUMNS = (
    Column("code", "Mã hồ sơ", T.CODE, required=True, most=60, aliases=("mã",)),
    Column("title", "Tên hồ sơ", required=True, most=200),
    Column("quantity", "Số lượng", T.INT),
    Column("area", "Diện tích (m²)", T.QUANTITY, unit="m²", aliases=("diện tích",)),
    Column("value", "Giá trị (đồng)", T.MONEY, aliases=("giá trị", "thành tiền")),
    Column("due", "Hạn", T.DATE, partial=False),
    Column("since", "Từ khi", T.DATE, partial=True),
    Column("measure", "Đơn vị tính", T.UNIT),
    Column("secrecy", "Độ mật", T.CHOICE, choices=SECRECY),
    Column("seal", "Số niêm phong", T.CODE),
    Column("parent", "Thuộc hồ sơ", T.CODE),
    Column("note", "Ghi chú", most=300),
)
HEADER = [column.title for column in COLUMNS]
SHORT = ["Mã hồ sơ", "Tên hồ sơ", "Số lượng", "Giá trị (đồng)", "Hạn", "Ghi chú"]


class ShelfSession:
    """The rules of the shelf: a secret thing needs a seal; what is signed for stays."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def fill(self, values: Values) -> None:
        if values["quantity"] is None:
            values["quantity"] = 1

    def judge(self, values: Values) -> Iterable[Problem]:
        if values["secrecy"] == "secret" and values["seal"] is None:
            yield Problem("imports.blank", "seal")

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        wanted = set(keys)
        there = ColumnMapping.objects.filter(kind=SHELF, body=self.scope["shelf"])
        return {
            thing.fingerprint: Known(thing.mapping, _signed(thing))
            for thing in there
            if thing.fingerprint in wanted
        }


def _signed(thing: ColumnMapping) -> Problem | None:
    return Problem("imports.no-undo", "code") if thing.mapping.get("note") == "đã ký" else None


SHELF = "test.shelf"


def write(act: Any, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> Mapping[str, object]:
    changed = 0
    for page in pages:
        new = [row for row in page if not row.changes]
        bulk_insert(
            ColumnMapping,
            ("kind", "body", "fingerprint", "mapping", "by", "at"),
            (
                (SHELF, batch.scope["shelf"], row.key, json.dumps(row.values), batch.id, act.at)
                for row in new
            ),
        )
        for row in page:
            if row.changes:
                if row.values["note"] == "hỏng khi ghi":
                    raise Refused.because("imports.batch-changed", row.key)
                thing = ColumnMapping.objects.get(fingerprint=row.key, kind=SHELF)
                thing.mapping |= {key: row.values[key] for key in row.changes}
                thing.save()
                changed += 1
        if any(row.values["note"] == "hỏng khi ghi" for row in new):
            raise Refused.because("imports.batch-changed", "hỏng")
    return {"entry_act": act.entry.act, "touched": changed}


def take_back(act: Any, batch: BatchView) -> Mapping[str, object]:
    things = ColumnMapping.objects.filter(kind=SHELF, by=batch.id)
    if any(thing.mapping.get("note") == "đã ký" for thing in things):
        raise Refused.because("imports.no-undo", "đã ký")
    gone, _ = things.delete()
    return {"gone": gone}


def may(actor: Actor, scope: Scope) -> None:
    if actor.name == "Bác Tư":
        raise Refused.missing(Problem("imports.batch-unknown", str(scope["shelf"])))


KIND = ImportKind(
    SHELF,
    "Hồ sơ trên giá",
    COLUMNS,
    "code",
    open=ShelfSession,
    write=write,
    chain=lambda scope: f"shelf:{scope['shelf']}",
    subject=lambda scope: Ref("shelf", int(scope["shelf"])),
    may=may,
    take_back=take_back,
    place=lambda scope: f"Giá số {scope['shelf']}",
    back=lambda _scope: "/",
    body=lambda scope: int(scope["shelf"]),
    summed=("quantity", "value"),
    unique=("seal",),
    parent="parent",
)
register(KIND)


def things(shelf: int = 1) -> dict[str, dict[str, Any]]:
    """What stands on the shelf: code → values."""
    return {
        thing.fingerprint: thing.mapping
        for thing in ColumnMapping.objects.filter(kind=SHELF, body=shelf).order_by("id")
    }
