"""The export of a province that has only lists: Excel, ODS and CSV files of givers and receivers.

The files are read exactly as ``handover check`` reads them. What is received becomes accepted,
what is not becomes missing; what cannot be read stops the export, so that nothing is passed over.
"""

import argparse
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from thongsuot.cli import handover
from thongsuot.cli.handover_report import Reading
from thongsuot.cli.handover_words import SORT_WORDS
from thongsuot.rules.handover.check_table import NOT_COUNTED, SCALE, Line, Table
from thongsuot.rules.handover.kinds import kind_like
from thongsuot.rules.kernel.quantity import UNITS

TRANSITION = 1  # lists know of no transition: all of them are one


class Listed(NamedTuple):
    """A line of an inventory: its item's number, who gives it, and how much there is."""

    item: int
    giver: int
    kind: str
    parts: int
    measure: str


class Claimed(NamedTuple):
    """A line of a receipt."""

    receiver: int
    kind: str
    code: str
    parts: int
    measure: str


class Lists:
    """Takes the tables of both sides, in the place of the check of two piles."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.listed: dict[str, Listed] = {}
        self.claimed: list[Claimed] = []
        self.received: dict[str, int] = {}
        self.files: dict[str, int] = {}
        self.listed_lines = self.received_lines = 0

    def hold(self, table: Table) -> None:
        """Take one table of the inventories."""
        kind, giver = self._kind(table), self._number(table)
        for row, line in table.lines():
            self.listed_lines += 1
            parts = _parts(table, row, line)
            earlier = self.listed.get(line.code)
            if earlier and (earlier.kind, earlier.parts) == (kind, parts):
                continue  # the same line again: counted once
            if earlier:
                raise _stop(table, row, "listed-twice")
            if not parts:
                raise _stop(table, row, "uncounted")
            item = len(self.listed) + 1
            self.listed[line.code] = Listed(item, giver, kind, parts, line.measure)

    def claim(self, table: Table) -> None:
        """Take one table of the receipts."""
        receiver = self._number(table)
        for row, line in table.lines():
            self.received_lines += 1
            held = self.listed.get(line.code)
            kind = held.kind if held else self._kind(table)
            parts = _parts(table, row, line, held.measure if held else "")
            self.claimed.append(Claimed(receiver, kind, line.code, parts, line.measure))
            self.received[line.code] = self.received.get(line.code, 0) + parts

    def _number(self, table: Table) -> int:
        return self.files.setdefault(table.source.file, len(self.files) + 1)

    def _kind(self, table: Table) -> str:
        found = kind_like(table.titles)
        if len(found) == 1:
            return found[0].code
        if self.kind:
            return self.kind
        raise handover.BadFile(
            f"{table.source.file} › {table.source.sheet}: các cột không cho biết là loại nào; thêm --kind"
        )

    def relations(self) -> Mapping[str, Iterator[tuple[object, ...]]]:
        """What was taken, in the shape of the portable relations."""
        return {"inventory": self._inventory(), "movements": self._movements(),
                "receipts": self._receipts()}  # fmt: skip

    def _inventory(self) -> Iterator[tuple[object, ...]]:
        for code, held in self.listed.items():
            yield (
                held.item,
                TRANSITION,
                held.giver,
                held.kind,
                code,
                0,
                held.parts,
                held.measure,
                0,
            )

    def _movements(self) -> Iterator[tuple[object, ...]]:
        for code, held in self.listed.items():
            came = min(self.received.get(code, 0), held.parts)
            yield (held.item, "opened", "", "held", held.parts)
            if came:
                yield (held.item, "dispatched", "held", "transit", held.parts)
                yield (held.item, "received", "transit", "accepted", came)
            if came < held.parts:
                way = ("short", "transit", "missing") if came else ("missed", "held", "missing")
                yield (held.item, *way, held.parts - came)

    def _receipts(self) -> Iterator[tuple[object, ...]]:
        for claim in self.claimed:
            yield (TRANSITION, claim.receiver, claim.kind, claim.code, claim.parts, claim.measure)


def _parts(table: Table, row: int, line: Line, measure: str = "") -> int:
    """The quantity in smallest parts of its unit. Raises BadFile for what cannot be counted."""
    if line.fault:
        raise _stop(table, row, line.fault)
    if line.quantity == NOT_COUNTED:
        raise _stop(table, row, "uncounted")
    unit = UNITS.get(line.measure or measure)
    scale: int = 10 ** (SCALE - (unit.scale if unit else 0))
    parts, finer = divmod(line.quantity, scale)
    if finer:
        raise _stop(table, row, "quantity-unreadable")
    return parts


def _stop(table: Table, row: int, sort: str) -> handover.BadFile:
    name, advice = SORT_WORDS[sort]
    return handover.BadFile(
        f"{table.source.file} › {table.source.sheet}, dòng {row}: {name}. {advice}"
    )


def read_lists(chosen: argparse.Namespace) -> Lists:
    """Read the files of both sides. Raises BadFile at the first line that cannot be counted."""
    inventories = handover._files(chosen.inventory)
    receipts = handover._files(chosen.receipts)
    lists = Lists(chosen.kind or "")
    names = handover._names((*inventories, *receipts))
    reading = Reading()
    for side, paths in (("inventory", inventories), ("receipts", receipts)):
        for path in paths:
            handover._read_file(path, names[path], "", reading, lists, side)  # type: ignore[arg-type]  # takes as Check does
    if reading.unread:
        raise handover.BadFile(f"{reading.unread[0]}: có dữ liệu nhưng không thấy cột mã")
    return lists


def write_lists(chosen: argparse.Namespace) -> int:
    """Write the export of a province from its files."""
    from thongsuot.cli.national_office import counted, stamped
    from thongsuot.national.exports import make_export
    from thongsuot.national.portable import Province

    province = Province(chosen.province, chosen.name)
    key = chosen.key.read_bytes() if chosen.key else None
    made = make_export(chosen.out, province, read_lists(chosen).relations(), stamped(), key)
    print(counted(chosen.out, made))
    return 0
