"""Bảng cân đối bàn giao: for each closing body and kind, where everything it held went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby

from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.sheets import Sheet, made_line, workbook
from thongsuot.foundation.papers.values import (
    Block,
    Cell,
    Column,
    Heading,
    Items,
    Paper,
    Paragraph,
    Section,
    Signatory,
    Table,
)
from thongsuot.foundation.papers.wordings import number


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was there at the start and where it is now; whole numbers of one unit."""

    opened: int = 0
    accepted: int = 0
    kept: int = 0
    closed: int = 0
    destroyed: int = 0
    held: int = 0
    transit: int = 0
    disputed: int = 0
    missing: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def open(self) -> int:
        """What still needs somebody: held, on its way, disputed or missing."""
        return self.held + self.transit + self.disputed + self.missing

    @property
    def gap(self) -> int:
        """Opened less everything accounted for: 0 unless the books are broken."""
        settled = self.accepted + self.kept + self.closed + self.destroyed
        return self.opened - settled - self.open


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One giver and one kind: numbers of items and, where it has any, their value in đồng."""

    giver: str
    kind: str
    items: Tally
    value: Tally | None = None


@dataclass(frozen=True, slots=True)
class BalanceValues:
    """A balance statement as of a moment. Shapes: rows of one giver stand together."""

    frame: Frame
    rows: tuple[BalanceRow, ...]
    as_of: datetime
    signatories: tuple[Signatory, ...] = ()
    notes: tuple[str, ...] = ()


_SETTLED = "Đã có nơi nhận hoặc đã xử lý"
_OPEN = "Còn phải xử lý"


def _columns(first: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a tally in the order of ``_cells``."""
    amounts = (
        ("Đầu kỳ", ""),
        ("Đã nhận", _SETTLED),
        ("Giữ lại", _SETTLED),
        ("Kết thúc", _SETTLED),
        ("Hủy theo quyết định", _SETTLED),
        ("Chưa giao", _OPEN),
        ("Đang chuyển", _OPEN),
        ("Tranh chấp", _OPEN),
        ("Thiếu", _OPEN),
        ("Cộng còn", _OPEN),
    )
    figures = (Column(title, align="right", group=group, total=True) for title, group in amounts)
    return (*first, *figures, Column("Kiểm tra", align="center", wide=False))


def _cells(tally: Tally) -> tuple[Cell, ...]:
    return (
        tally.opened,
        tally.accepted,
        tally.kept,
        tally.closed,
        tally.destroyed,
        tally.held,
        tally.transit,
        tally.disputed,
        tally.missing,
        tally.open,
        f"Lệch {number(tally.gap)}" if tally.gap else "Khớp",
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _by_giver(rows: Sequence[BalanceRow]) -> list[tuple[str, list[BalanceRow]]]:
    return [(giver, list(group)) for giver, group in groupby(rows, key=lambda row: row.giver)]


def _items_table(rows: Sequence[BalanceRow]) -> Table:
    """Each giver as a bold subtotal, its kinds below it."""
    cells: list[tuple[Cell, ...]] = []
    strong: set[int] = set()
    for giver, group in _by_giver(rows):
        strong.add(len(cells))
        cells.append((giver, *_cells(_sum(row.items for row in group))))
        cells += [(row.kind, *_cells(row.items)) for row in group]
    first = Column("Cơ quan giao / loại", 1)
    return Table(_columns((first,)), tuple(cells), strong=frozenset(strong))


def _flat_table(rows: Sequence[BalanceRow], *, value: bool) -> Table:
    """One line per giver and kind without subtotals: for filters and pivot tables."""
    tallies = [(row, row.value if value else row.items) for row in rows]
    first = (Column("Cơ quan giao", 2), Column("Loại", 2))
    cells = tuple((row.giver, row.kind, *_cells(tally)) for row, tally in tallies if tally)
    return Table(_columns(first), cells)


def balance_statement(values: BalanceValues) -> Paper:
    """The balance of a handover as a paper, lying: items per body and kind, value per kind."""
    blocks: list[Block] = [
        Paragraph(made_line(values.as_of) + ".", italic=True, align="center"),
        Heading("1. Số mục theo cơ quan giao và theo loại", 2),
        _items_table(values.rows),
    ]
    if any(row.value for row in values.rows):
        blocks += [Heading("2. Giá trị theo loại (đồng)", 2), _value_table(values.rows)]
    blocks += [Heading("Nhận xét", 2), *_findings(values)]
    return values.frame.paper(
        "BẢNG CÂN ĐỐI",
        "Kết quả bàn giao, tiếp nhận",
        (Section("", tuple(blocks)),),
        values.signatories,
        landscape=True,
    )


def _value_table(rows: Sequence[BalanceRow]) -> Table:
    """Value per kind over all givers: long numbers need the room that a short list leaves."""
    kinds = dict.fromkeys(row.kind for row in rows if row.value)
    cells: list[tuple[Cell, ...]] = []
    for kind in kinds:
        tally = _sum(row.value for row in rows if row.value and row.kind == kind)
        settled = tally.accepted + tally.kept + tally.closed + tally.destroyed
        gap = f"Lệch {number(tally.gap)}" if tally.gap else "Khớp"
        cells.append((kind, tally.opened, tally.accepted, settled, tally.open, gap))
    columns = (
        Column("Loại", 2),
        Column("Đầu kỳ", align="right", total=True),
        Column("Đã nhận", align="right", total=True),
        Column("Cộng đã xử lý", align="right", total=True),
        Column("Còn phải xử lý", align="right", total=True),
        Column("Kiểm tra", align="center", wide=False),
    )
    return Table(columns, tuple(cells))


def _findings(values: BalanceValues) -> Iterable[Block]:
    """What the figures say, in sentences; a broken sum is said first."""
    whole = _sum(row.items for row in values.rows)
    broken = [row for row in values.rows if row.items.gap or (row.value and row.value.gap)]
    lines = [
        f"Sổ không cân tại {row.giver}, loại {row.kind}: chênh {number(row.items.gap)} mục;"
        for row in broken
    ]
    lines.append(
        f"Đầu kỳ có {number(whole.opened)} mục; đã có nơi nhận hoặc đã xử lý "
        f"{number(whole.opened - whole.open)} mục; còn phải xử lý {number(whole.open)} mục;"
    )
    if whole.open:
        lines.append(
            f"Trong số còn phải xử lý: {number(whole.held)} mục chưa giao, {number(whole.transit)} mục đang "
            f"chuyển, {number(whole.disputed)} mục tranh chấp, {number(whole.missing)} mục thiếu;"
        )
    else:
        lines.append("Không còn mục nào chưa có nơi nhận hoặc chưa được xử lý;")
    lines += [f"{note.rstrip(' ;.')};" for note in values.notes]
    yield Items((*lines[:-1], lines[-1].rstrip(";") + "."))


def balance_workbook(values: BalanceValues) -> bytes:
    """The same balance as XLSX: subtotals, then flat lines of items and of value."""
    frame = values.frame
    title = f"Bảng cân đối: {frame.subject or 'kết quả bàn giao, tiếp nhận'}"
    above = [title, frame.letterhead.issuer, made_line(values.as_of)]
    if frame.demo:
        above.append("SỐ LIỆU MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ")
    lines = tuple(above)
    sheets = [
        Sheet("Tổng hợp", _items_table(values.rows), lines),
        Sheet("Chi tiết", _flat_table(values.rows, value=False), lines),
    ]
    if any(row.value for row in values.rows):
        sheets.append(Sheet("Giá trị (đồng)", _flat_table(values.rows, value=True), lines))
    return workbook(sheets, title=title, made_at=frame.made_at or values.as_of)
