"""The outcome of the check as text, as JSON and as a workbook. Knows no Django."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from thongsuot.cli.handover_words import SHAPE_WORDS, SORT_WORDS, amount, number
from thongsuot.rules.handover.check import FAILING, NOT_COUNTED, SCALE, Finding, Outcome, Place

LINE = "─" * 78


@dataclass(slots=True)
class Reading:
    """What was read of the files: tables with their lines, and what a person should know.

    ``unread`` are sheets a person sees that have rows but no header with a code column: while
    there is one, the piles are not proved equal.
    """

    inventories: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def proved(outcome: Outcome, reading: Reading) -> bool:
    """Whether the two piles are proved equal: no difference, and everything was read."""
    return outcome.proved and not reading.unread


def as_text(outcome: Outcome, reading: Reading, most: int) -> Iterator[str]:
    """The report line by line, at most ``most`` findings of each sort."""
    yield "ĐỐI CHIẾU BẢNG KÊ BÀN GIAO VỚI BIÊN NHẬN"
    yield LINE
    yield _pile("Bảng kê ", len(reading.inventories), outcome.listed_lines)
    yield _pile("Biên nhận", len(reading.receipts), outcome.received_lines)
    yield f"  {'Số mục (mã riêng)':34}{number(outcome.items):>14}"
    yield f"  {'Khớp':34}{number(outcome.matched):>14}"
    for sort, (name, _meaning) in SORT_WORDS.items():
        count = outcome.counts[sort]
        if count or sort in ("missing", "short", "over", "twice", "unknown"):
            yield f"  {name:34}{number(count):>14}{'' if sort in FAILING else '   (không phải lỗi)'}"
    yield LINE
    yield from _verdict(outcome, reading)
    yield from _details(outcome, most)
    yield from _likely(outcome, most)
    if reading.warnings:
        yield ""
        yield "LƯU Ý KHI ĐỌC TỆP"
        yield from (f"  - {warning}" for warning in reading.warnings)


def _pile(name: str, files: int, lines: int) -> str:
    return f"  {name}: {number(files)} tệp, {number(lines)} dòng"


def _verdict(outcome: Outcome, reading: Reading) -> Iterator[str]:
    if proved(outcome, reading):
        yield f"KẾT LUẬN: KHỚP. Cả {number(outcome.items)} mục đều có nơi nhận, đủ số lượng."
        return
    if not outcome.items:
        yield "KẾT LUẬN: CHƯA CHỨNG MINH ĐƯỢC. Không đọc được mục nào trong bảng kê."
    elif outcome.lost:
        yield f"KẾT LUẬN: CHƯA KHỚP. {number(outcome.lost)} mục có thể bị bỏ sót."
    else:
        yield "KẾT LUẬN: CHƯA KHỚP. Không thấy mục bị bỏ sót, nhưng hai bên còn khác nhau."
    for sheet in reading.unread:
        yield f"  Trang chưa đọc được vì không thấy cột mã: {sheet}"


def _details(outcome: Outcome, most: int) -> Iterator[str]:
    for sort, group in groupby(outcome.findings, key=lambda finding: finding.sort):
        name, meaning = SORT_WORDS[sort]
        yield ""
        yield f"{name.upper()} ({number(outcome.counts[sort])}): {meaning}"
        for at, finding in enumerate(group):
            if at >= most:
                left = outcome.counts[sort] - most
                yield f"  … và {number(left)} mục nữa (xem bằng --out hoặc --limit)"
                break
            yield from _finding(outcome, finding)


def _finding(outcome: Outcome, finding: Finding) -> Iterator[str]:
    yield f"  {finding.code or '(không mã)'}  {finding.title}".rstrip()
    if finding.listed != NOT_COUNTED or finding.received != NOT_COUNTED:
        unit = f" {finding.measure}" if finding.measure else ""
        parts = []
        if finding.held:
            parts.append(f"bảng kê {amount(finding.listed)}{unit}")
        if finding.claimed:
            parts.append(f"nhận {amount(finding.received)}{unit}")
        yield f"      {', '.join(parts)}"
    if finding.other:
        yield f"      bên kia ghi: {finding.other}"
    for place in finding.held:
        yield f"      bảng kê:   {where(outcome, place)}"
    for place in finding.claimed:
        yield f"      biên nhận: {where(outcome, place)}"


def where(outcome: Outcome, place: Place) -> str:
    """File, sheet and row in words."""
    source = outcome.sources[place.source]
    sheet = f" › trang {source.sheet}" if source.sheet != source.file else ""
    return f"{source.file}{sheet} › dòng {place.row}"


def _likely(outcome: Outcome, most: int) -> Iterator[str]:
    if not outcome.likely_sought:
        yield ""
        yield "Không tìm gợi ý khớp: quá nhiều mục thiếu hoặc lạ. Kiểm tra lại tệp đã chọn."
    if not outcome.likely:
        return
    yield ""
    yield "GỢI Ý KHỚP (người đọc quyết định, máy không tự nhận)"
    for pair in outcome.likely[:most]:
        lost, found = outcome.findings[pair.listed], outcome.findings[pair.received]
        reason = ", mã chỉ khác cách viết" if pair.same_code else ""
        yield f"  {pair.score}%  {lost.code}  {lost.title}"
        yield f"        ≈  {found.code}  {found.title}{reason}"
        yield f"           {where(outcome, lost.held[0])}  ↔  {where(outcome, found.claimed[0])}"


def as_json(outcome: Outcome, reading: Reading) -> dict[str, Any]:
    """The whole outcome for a program; quantities as decimal text, null where nobody counted."""
    return {
        "proved": proved(outcome, reading),
        "lost": outcome.lost,
        "items": outcome.items,
        "matched": outcome.matched,
        "listed_lines": outcome.listed_lines,
        "received_lines": outcome.received_lines,
        "counts": dict(outcome.counts),
        "tables": reading.tables,
        "unread": reading.unread,
        "warnings": reading.warnings,
        "findings": [_finding_json(outcome, finding) for finding in outcome.findings],
        "likely_sought": outcome.likely_sought,
        "likely": [
            {
                "score": pair.score,
                "same_code": pair.same_code,
                "missing": outcome.findings[pair.listed].code,
                "unknown": outcome.findings[pair.received].code,
                "missing_at": _places(outcome, outcome.findings[pair.listed].held),
                "unknown_at": _places(outcome, outcome.findings[pair.received].claimed),
            }
            for pair in outcome.likely
        ],
    }


def _finding_json(outcome: Outcome, finding: Finding) -> dict[str, Any]:
    return {
        "sort": finding.sort,
        "code": finding.code,
        "title": finding.title,
        "listed": _exact(finding.listed),
        "received": _exact(finding.received),
        "unit": finding.measure,
        "other": finding.other,
        "held_at": _places(outcome, finding.held),
        "claimed_at": _places(outcome, finding.claimed),
    }


def _exact(parts: int) -> str | None:
    if parts == NOT_COUNTED:
        return None
    whole, rest = divmod(parts, 10**SCALE)
    return f"{whole}.{rest:0{SCALE}d}".rstrip("0") if rest else str(whole)


def _places(outcome: Outcome, places: Sequence[Place]) -> list[dict[str, Any]]:
    return [
        {
            "file": outcome.sources[place.source].file,
            "sheet": outcome.sources[place.source].sheet,
            "row": place.row,
        }
        for place in places
    ]


_COLUMNS = (
    ("Loại", 24), ("Mã", 20), ("Tên", 50), ("Bảng kê", 14), ("Nhận", 14), ("Đơn vị tính", 12),
    ("Bên kia ghi", 30), ("Dòng bảng kê", 44), ("Dòng biên nhận", 60),
)  # fmt: skip
_LIKELY_COLUMNS = (
    ("Điểm (%)", 10), ("Mã thiếu", 20), ("Tên trong bảng kê", 50), ("Mã lạ", 20),
    ("Tên trong biên nhận", 50), ("Dòng bảng kê", 44), ("Dòng biên nhận", 44),
)  # fmt: skip
_MOST_ROWS = 1_048_000


def write_book(path: Path, outcome: Outcome, reading: Reading) -> None:
    """The report as a workbook: conclusion, every finding, every likely match."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with path.open("wb") as file, xlsxwriter.Workbook(file, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1})
        _write_summary(book, outcome, reading)
        sheet = _sheet(book, "Chi tiết", _COLUMNS, head)
        for row, finding in enumerate(outcome.findings[:_MOST_ROWS], 1):
            _write(sheet, row, _cells(outcome, finding))
        sheet = _sheet(book, "Gợi ý khớp", _LIKELY_COLUMNS, head)
        for row, pair in enumerate(outcome.likely[:_MOST_ROWS], 1):
            lost, found = outcome.findings[pair.listed], outcome.findings[pair.received]
            cells = (pair.score, lost.code, lost.title, found.code, found.title,
                     where(outcome, lost.held[0]), where(outcome, found.claimed[0]))  # fmt: skip
            _write(sheet, row, cells)


def _write_summary(book: Any, outcome: Outcome, reading: Reading) -> None:
    sheet = book.add_worksheet("Kết luận")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 90)
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, "Đối chiếu bảng kê bàn giao với biên nhận", title)
    rows: list[tuple[str | int, ...]] = [
        (line,) for line in _verdict(outcome, reading)
    ]  # the first is the conclusion
    rows += [
        (),
        ("Số tệp bảng kê", len(reading.inventories), "; ".join(reading.inventories)[:30_000]),
        ("Số tệp biên nhận", len(reading.receipts), "; ".join(reading.receipts)[:30_000]),
        ("Số dòng bảng kê", outcome.listed_lines),
        ("Số dòng biên nhận", outcome.received_lines),
        ("Số mục (mã riêng)", outcome.items),
        ("Khớp", outcome.matched),
    ]
    rows += [(name, outcome.counts[sort], text) for sort, (name, text) in SORT_WORDS.items()]
    rows += [(), *((warning,) for warning in reading.warnings)]
    for row, cells in enumerate(rows, 2):
        _write(sheet, row, cells)


def _sheet(book: Any, name: str, columns: Sequence[tuple[str, int]], head: Any) -> Any:
    sheet = book.add_worksheet(name)
    for at, (title, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, head)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, _MOST_ROWS, len(columns) - 1)
    return sheet


def _write(sheet: Any, row: int, cells: Sequence[str | int]) -> None:
    """Text is written as text whatever it begins with: a code that looks like a formula is none."""
    for at, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, at, cell)
        elif cell:
            sheet.write_string(row, at, cell[:32_000])


def _cells(outcome: Outcome, finding: Finding) -> tuple[str, ...]:
    return (
        SORT_WORDS[finding.sort][0],
        finding.code,
        finding.title,
        amount(finding.listed) if finding.held else "",
        amount(finding.received) if finding.claimed else "",
        finding.measure,
        finding.other,
        "; ".join(where(outcome, place) for place in finding.held),
        "; ".join(where(outcome, place) for place in finding.claimed),
    )


def skipped_words(skipped: dict[str, int]) -> str:
    """The rows that were no lines, in words: "2 dòng trống, 1 dòng cộng"."""
    return ", ".join(f"{number(n)} {SHAPE_WORDS[shape]}" for shape, n in sorted(skipped.items()))
