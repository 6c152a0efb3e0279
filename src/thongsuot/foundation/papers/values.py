"""What a printed paper is made of, as values: the rooms fill them in, the writers set them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Cell = str | int | Decimal | date | datetime | None
Align = Literal["left", "center", "right"]


class Bloc(StrEnum):
    """Whose layout a paper follows: Decree 30/2020 of the State, or the Party's own."""

    STATE = "state"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The top of the first page: who issues, under whom, which number, where and when.

    Shapes: ``number`` empty leaves room to write it in by hand; numbers below 10 are printed
    with a leading zero. ``day`` None leaves the day out (a minutes says its hour in the text).
    """

    issuer: str
    superior: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    day: date | None = None
    bloc: Bloc = Bloc.STATE


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text: level 1 (I. THÀNH PHẦN) or 2 (1. Tổng hợp)."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One justified paragraph with the first line set in."""

    text: str
    bold: bool = False
    italic: bool = False
    align: Literal["justify", "center", "left"] = "justify"


@dataclass(frozen=True, slots=True)
class Items:
    """A list with dashes, one short sentence each."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled lines: "Mã hồ sơ: HS-001"; an empty value prints a dotted line to fill in."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in digits and in words: "Tổng cộng: 1.000 đồng (Bằng chữ: …)"."""

    label: str
    amount: int | Decimal
    unit: str = "đồng"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``weight`` is the share of the room left once numbers have theirs. ``group`` joins
    neighbouring columns under one heading. ``total`` adds the column up in the last row.
    ``wide`` False keeps the column as narrow as its longest entry (codes, units, days).
    """

    title: str
    weight: int = 1
    align: Align = "left"
    group: str = ""
    total: bool = False
    wide: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the heading repeats on each page and rows are numbered.

    Shapes: each row has one cell per column. Whole numbers and decimals are printed as
    1.234.567,5, so years, codes and phone numbers must be given as text. ``strong`` are the
    indexes of subtotal rows: bold, unnumbered and not added up again; one that has a single
    filled cell is a heading over the whole width.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: frozenset[int] = frozenset()
    numbered: bool = True
    total_label: str = "Tổng cộng"
    first_number: int = 1

    def __post_init__(self) -> None:
        width = len(self.columns)
        for at, row in enumerate(self.rows):
            if len(row) != width:
                raise ValueError(f"row {at} has {len(row)} cells for {width} columns")


Block = Heading | Paragraph | Items | Facts | Sum | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text under one heading; an empty title continues what stands above."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That somebody signed inside the system: when, and how the person was checked.

    It is not a digital signature in the sense of the law and is never printed as one.
    """

    at: datetime
    method: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One place to sign: in whose name, in which post, who; with the confirmation if given."""

    name: str
    post: str = ""
    heading: str = ""
    capacity: str = ""
    hint: str = ""
    confirmation: Confirmation | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: starts its own page, lying by default, with its own page numbers."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class Verification:
    """What lets a reader check a print against the record: a code and where to look it up.

    ``square`` is what the square code holds when that is more than the address.
    """

    code: str = ""
    url: str = ""
    square: str = ""


NOT_VERIFIED = Verification()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, whole. ``subject`` is the trích yếu; ``bases`` are the căn cứ in order."""

    letterhead: Letterhead
    kind: str
    subject: str
    sections: tuple[Section, ...]
    bases: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    verification: Verification = NOT_VERIFIED
    secrecy: Literal["", "MẬT", "TỐI MẬT", "TUYỆT MẬT"] = ""
    urgency: Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"] = ""
    demo: bool = False
    landscape: bool = False
    made_at: datetime | None = None


__all__ = [
    "NOT_VERIFIED",
    "Align",
    "Annex",
    "Bloc",
    "Block",
    "Cell",
    "Column",
    "Confirmation",
    "Facts",
    "Heading",
    "Items",
    "Letterhead",
    "Paper",
    "Paragraph",
    "Section",
    "Signatory",
    "Sum",
    "Table",
    "Verification",
]
