"""Lists and slips: who is to receive what, what a body holds, what one desk took over."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.quantities import amount
from thongsuot.foundation.papers.values import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Section,
    Signatory,
    Sum,
    Table,
)
from thongsuot.foundation.papers.wordings import moment, number

NOBODY = "CHƯA CÓ NƠI NHẬN"


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """One item and who is to receive it, with the reason; no receiver prints first and loud."""

    code: str
    title: str
    kind: str
    giver: str
    receiver: str
    reason: str
    measure: str = ""
    quantity: int = 1
    state: str = ""


@dataclass(frozen=True, slots=True)
class AllocationValues:
    """A list of proposed or confirmed receivers."""

    frame: Frame
    rows: tuple[AllocationRow, ...]
    signatories: tuple[Signatory, ...] = ()


def allocation_list(values: AllocationValues) -> Paper:
    """Who receives what, receiver by receiver; what nobody receives stands first."""
    rows = sorted(values.rows, key=lambda row: (row.receiver != "", row.receiver))
    cells: list[tuple[Cell, ...]] = []
    strong: set[int] = set()
    for receiver, group in groupby(rows, key=lambda row: row.receiver):
        members = list(group)
        strong.add(len(cells))
        head = f"{receiver or NOBODY} ({number(len(members))} mục)"
        cells.append((None, head, None, None, None, None, None, None))
        cells += [_allocation_row(row) for row in members]
    columns = (
        Column("Mã", wide=False),
        Column("Tên, nội dung", 5),
        Column("Loại", 2),
        Column("Cơ quan giao", 3),
        Column("ĐVT", align="center", wide=False),
        Column("Số lượng", align="right"),
        Column("Lý do đề xuất", 4),
        Column("Trạng thái", align="center", wide=False),
    )
    gaps = sum(not row.receiver for row in rows)
    summary = (
        f"Danh sách có {number(len(rows))} mục, trong đó {number(len(rows) - gaps)} mục đã có nơi "
        f"nhận, {number(gaps)} mục chưa có nơi nhận."
    )
    blocks: tuple[Block, ...] = (
        Paragraph(summary),
        Table(columns, tuple(cells), strong=frozenset(strong)),
    )
    return values.frame.paper(
        "DANH SÁCH",
        "Phân bổ nơi tiếp nhận",
        (Section("", blocks),),
        values.signatories,
        landscape=True,
    )


def _allocation_row(row: AllocationRow) -> tuple[Cell, ...]:
    quantity = amount(row.quantity, row.measure)
    return (row.code, row.title, row.kind, row.giver, row.measure, quantity, row.reason, row.state)


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One item a body holds. ``quantity`` in smallest parts of ``measure``; value in đồng."""

    code: str
    title: str
    measure: str
    quantity: int
    value: int | None = None
    place: str = ""
    condition: str = ""
    note: str = ""
    extra: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class InventoryKind:
    """The items of one kind, with the extra columns of that kind."""

    label: str
    rows: tuple[InventoryRow, ...]
    extra: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class InventoryValues:
    """What one body holds, kind by kind."""

    frame: Frame
    holder: str
    kinds: tuple[InventoryKind, ...]
    signatories: tuple[Signatory, ...] = ()


def inventory_list(values: InventoryValues) -> Paper:
    """The list of what a body holds (danh mục), one table per kind, lying."""
    sections = [Section(kind.label.upper(), _inventory(kind)) for kind in values.kinds]
    count = sum(len(kind.rows) for kind in values.kinds)
    total = sum(row.value or 0 for kind in values.kinds for row in kind.rows)
    closing: tuple[Block, ...] = (Paragraph(f"Danh mục có {number(count)} mục./."),)
    if total:
        closing = (Sum("Tổng giá trị theo sổ", total), *closing)
    return values.frame.paper(
        "DANH MỤC",
        f"Hồ sơ, tài sản, tài chính và công việc do {values.holder} quản lý, bàn giao",
        (*sections, Section("", closing)),
        values.signatories,
        landscape=True,
    )


def _inventory(kind: InventoryKind) -> tuple[Block, ...]:
    one_measure = len({row.measure for row in kind.rows}) == 1
    columns = (
        Column("Mã", wide=False),
        Column("Tên, nội dung", 4),
        *kind.extra,
        Column("ĐVT", align="center", wide=False),
        Column("Số lượng", align="right", total=one_measure),
        Column("Giá trị theo sổ (đồng)", align="right", total=True),
        Column("Nơi để", 2),
        Column("Tình trạng", 2),
        Column("Ghi chú", 2),
    )
    rows = tuple(
        (
            row.code,
            row.title,
            *row.extra,
            row.measure,
            amount(row.quantity, row.measure),
            row.value,
            row.place,
            row.condition,
            row.note,
        )
        for row in kind.rows
    )
    return (Table(columns, rows),) if rows else (Paragraph("Không có."),)


@dataclass(frozen=True, slots=True)
class ReceiptValues:
    """One thing or parcel taken over at a desk. ``facts`` are printed in the order given."""

    frame: Frame
    giver: str
    receiver: str
    at: datetime
    facts: tuple[tuple[str, Cell], ...]
    signatories: tuple[Signatory, ...]
    note: str = ""


def receipt_slip(values: ReceiptValues) -> Paper:
    """The slip a giver takes home: what was taken over, when, by whom (phiếu tiếp nhận)."""
    head = Facts(
        (
            ("Bên giao", values.giver),
            ("Bên nhận", values.receiver),
            ("Thời điểm tiếp nhận", moment(values.at)),
        )
    )
    blocks: tuple[Block, ...] = (head, Heading("Nội dung tiếp nhận", 2), Facts(values.facts))
    if values.note:
        blocks = (*blocks, Paragraph(values.note))
    return values.frame.paper("PHIẾU TIẾP NHẬN", "", (Section("", blocks),), values.signatories)
