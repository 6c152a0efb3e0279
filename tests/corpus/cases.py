"""The bad inputs of the catalogue: each is built here, with the outcome that was declared for it.

Outcomes: R the file is refused, Q the row is set apart until it is repaired, W accepted with a
warning, N changed visibly, A accepted, ? a question is asked first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.corpus.workbooks import SheetOf, book

HEADER = (
    "Mã hồ sơ",
    "Tên hồ sơ",
    "Số lượng",
    "Diện tích (m²)",
    "Giá trị (đồng)",
    "Hạn",
    "Từ khi",
    "Đơn vị tính",
    "Độ mật",
    "Số niêm phong",
    "Thuộc hồ sơ",
    "Ghi chú",
)
KEYS = (
    "code", "title", "quantity", "area", "value", "due", "since", "measure", "secrecy", "seal",
    "parent", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One bad input.

    ``says`` are codes that must be said of the file or table, ``cells`` codes that must be said of
    rows; ``silent`` codes that must not be said at all. ``kept`` is what a row must be kept as (by
    key of the row), ``notes`` which column must carry which note. ``counts`` are counts of rows.
    ``before`` rows are applied first.
    """

    id: str
    outcome: str
    what: str
    build: Callable[[], bytes]
    name: str = "bang-ke.xlsx"
    options: Mapping[str, Any] = field(default_factory=dict)
    says: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    kept: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    before: Callable[[], bytes] | None = None


def row(**cells: object) -> list[object]:
    """A row of the full header; what is not given is blank, the code and name are filled."""
    given = {"code": "HS-001", "title": "Sổ đăng ký khai sinh", **cells}
    return [given.get(key, "") for key in KEYS]


def rows(*many: list[object] | None, **odd: Any) -> Callable[[], bytes]:
    """A workbook of these rows under the full header."""
    return lambda: book(SheetOf([HEADER, *many], **odd))


def one(**cells: object) -> Callable[[], bytes]:
    """A workbook of one row."""
    return rows(row(**cells))


def said(*codes: str) -> frozenset[str]:
    """Codes, those of imports without their room."""
    return frozenset(code if "." in code else f"imports.{code}" for code in codes)


def text_csv(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    """The text as a file."""
    return lambda: text.encode(encoding)


def cell(
    number: str, outcome: str, what: str, *codes: str, key: str, value: object, **more: Any
) -> Case:
    """A case of one cell: what stands in it, and what must be said (codes of ``cell.`` short)."""
    full = frozenset(code if "." in code else f"cell.{code}" for code in codes)
    return Case(number, outcome, what, one(**{key: value}), cells=full, **more)
