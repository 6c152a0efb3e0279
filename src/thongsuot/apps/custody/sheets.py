"""Papers about boxes: sheets of labels, the sheet of a count."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone, translation

from thongsuot.apps.custody.models import Container, Count
from thongsuot.apps.custody.queries import found_and_missing, last_places, tally_of
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.glyphs import FONTS
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.qr import qr_svg
from thongsuot.foundation.papers.sheets import Sheet, workbook
from thongsuot.foundation.papers.values import (
    Cell,
    Column,
    Confirmation,
    Facts,
    Letterhead,
    Paper,
    Paragraph,
    Section,
    Signatory,
    Table,
)
from thongsuot.foundation.wording import number
from thongsuot.rules.custody.labels import by_eye

_TEMPLATE = Path(__file__).with_name("labels.typ").read_bytes()


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet of labels as sold: how many across and down, sizes in millimetres."""

    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    gap: float
    square: float
    letters: float

    @property
    def places(self) -> int:
        """How many labels a whole sheet holds."""
        return self.across * self.down


LAYOUTS: dict[str, Layout] = {
    "24": Layout(3, 8, 70, 37, 0, 0.5, 0, 26, 15),
    "14": Layout(2, 7, 99.1, 38.1, 4.65, 15.15, 2.5, 28, 20),
    "65": Layout(5, 13, 38.1, 21.2, 4.75, 10.7, 2.5, 14, 7),
}


def label_sheets(labels: Sequence[str], layout: str, start: int, at: datetime) -> bytes:
    """Labels on A4 as PDF, the first one on place ``start`` (1 is the first) of the first sheet.

    Raises KeyError for a layout that is not sold, ValueError for a place that is not on the sheet.
    """
    plan = LAYOUTS[layout]
    if not 1 <= start <= plan.places:
        raise ValueError(f"no place {start} on a sheet of {plan.places}")
    cells: list[dict[str, str] | None] = [None] * (start - 1)
    cells += [{"qr": qr_svg(label), "code": by_eye(label)} for label in labels]
    whole = {
        "title": "Nhãn niêm phong",
        "line": "" if layout == "65" else "Nhặt được, xin báo nơi giữ kho.",
        "sheets": [cells[n : n + plan.places] for n in range(0, len(cells), plan.places)],
        **{name: getattr(plan, name) for name in Layout.__slots__},
    }
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    made = typst.Compiler(_TEMPLATE, font_paths=fonts).compile(
        format="pdf",
        sys_inputs={"plan": json.dumps(whole, ensure_ascii=False)},
        timestamp=int(at.astimezone(UTC).timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("the PDF writer returned no document")
    return made


HEADINGS = {"found": "Có đủ", "short": "THIẾU", "over": "Thừa, thuộc nơi khác"}
COLUMNS = (
    Column("Tên", 3),
    Column("Mã nhãn", align="center", wide=False),
    Column("Nơi để theo sổ", 4),
    Column("Bên trong", align="right"),
)


def _rows(boxes: Iterable[Container], places: dict[int, str]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((c.name, by_eye(c.label), places.get(c.pk, ""), c.things) for c in boxes)


def _tables(count: Count) -> list[tuple[str, Table]]:
    found = tally_of(count)
    parts = found_and_missing(count, found)
    places = last_places(c.pk for boxes in parts.values() for c in boxes)
    made = [
        (HEADINGS[name], Table(COLUMNS, _rows(parts[name], places)))
        for name in ("short", "over", "found")
        if parts[name]
    ]
    if found.unknown:
        rows = tuple((text,) for text in sorted(found.unknown))
        made.append(("Mã lạ", Table((Column("Đã đọc được", 3),), rows)))
    return made


def _signatures(count: Count) -> tuple[Signatory, ...]:
    if count.closed_at is None:
        return (Signatory("", heading="NGƯỜI KIỂM ĐẾM"), Signatory("", heading="NGƯỜI CHỨNG KIẾN"))
    return tuple(
        Signatory(
            who.partition(", ")[0],
            heading=heading,
            post=who.partition(", ")[2],
            confirmation=Confirmation(count.closed_at, "mật khẩu", count.digest[:16]),
        )
        for who, heading in (
            (count.first_name, "NGƯỜI KIỂM ĐẾM"),
            (count.second_name, "NGƯỜI CHỨNG KIẾN"),
        )
    )


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def count_paper(count: Count, at: datetime) -> Paper:
    """The sheet of a count: what was expected, what was seen, the difference, who signs."""
    found, place = tally_of(count), count.place
    holder = body_names([place.holder_id])[place.holder_id]
    facts: tuple[tuple[str, Any], ...] = (
        ("Nơi kiểm đếm", place.name),
        ("Bắt đầu", timezone.localtime(count.opened_at).strftime("%H:%M %d/%m/%Y")),
        ("Phải có", number(len(found.found) + len(found.short))),
        ("Có đủ", number(len(found.found))),
        ("Thiếu", number(len(found.short))),
        ("Thừa", number(len(found.over))),
        ("Mã lạ", number(len(found.unknown))),
    )
    sections = [Section("", (Facts(facts),))]
    sections += [Section(title.upper(), (table,)) for title, table in _tables(count)]
    if count.reason:
        sections.append(Section("GIẢI TRÌNH", (Paragraph(count.reason),)))
    frame = Frame(
        letterhead=Letterhead(issuer=holder, day=timezone.localtime(at).date()),
        demo=place.transition.demo,
        made_at=at,
    )
    return frame.paper("PHIẾU KIỂM ĐẾM", place.name, tuple(sections), _signatures(count))


def count_pdf(count: Count, at: datetime) -> bytes:
    """The sheet of a count as PDF."""
    return to_pdf(count_paper(count, at))


@translation.override("vi")
def count_workbook(count: Count, at: datetime) -> bytes:
    """The sheet of a count as XLSX, one worksheet for each outcome."""
    made = [Sheet(title, table) for title, table in _tables(count)]
    title = f"Kiểm đếm {count.place.name}"
    return workbook(made or [Sheet("Kiểm đếm", Table(COLUMNS, ()))], title=title, made_at=at)
