"""The eleven kinds of things a body holds, and the columns in which each is inventoried.

Read in a source (``Column.source == "read"``): boxes, files, linear metres and condition of
archives (the minutes of handing records over state them); type, quantity, condition, original
cost and remaining value of assets (the list used when assets return to the State); receivables,
payables and unimplemented inspection or audit conclusions of finance; the three stages of
projects. All other columns are inferred from what offices need and were not read in any form that
a law prescribes: they are to be confirmed by the province's own guidance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from thongsuot.rules.handover.kinds_annex import ANNEXES
from thongsuot.rules.handover.kinds_columns import (
    Choice,
    Column,
    ColumnType,
    common_columns,
    placed,
)
from thongsuot.rules.kernel.cells_row import HeaderNames
from thongsuot.rules.kernel.quantity import UNITS, Unit

__all__ = ["KINDS", "Choice", "Column", "ColumnType", "Kind", "kind_like"]


@dataclass(frozen=True)
class Kind:
    """One kind of item.

    ``measure`` is the unit used when a row states none. ``counted`` True: the quantity must be
    stated; False: each row is one thing, and a blank quantity means 1.
    """

    code: str
    name: str
    measure: str
    columns: tuple[Column, ...]
    counted: bool = False

    @property
    def unit(self) -> Unit:
        """The unit used when a row states none."""
        return UNITS[self.measure]

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by key."""
        return {column.key: column for column in self.columns}

    @cached_property
    def header(self) -> HeaderNames:
        """The titles by which the columns of this kind are known in other people's files."""
        # The kind's own columns first: "vị trí" of a person is a position, not a place.
        own_first = sorted(self.columns, key=lambda column: not column.annex)
        return HeaderNames({column.key: column.titles for column in own_first})

    @property
    def required(self) -> tuple[str, ...]:
        """The keys of the columns a file must have."""
        return tuple(column.key for column in self.columns if column.required)

    @property
    def annex(self) -> tuple[Column, ...]:
        """The columns kept in the item's annex."""
        return tuple(column for column in self.columns if column.annex)


def _kind(code: str, name: str, measure: str, counted: bool = False) -> Kind:
    changes, annex = ANNEXES[code]
    change = {key: dict(fields) for key, fields in changes.items()}
    quantity = change.setdefault("quantity", {})
    quantity["required"] = counted
    if not counted:
        quantity.setdefault("help", "Mỗi dòng là một; để trống nghĩa là 1.")
    change.setdefault("measure", {})["examples"] = (measure, measure)
    return Kind(code, name, measure, placed(common_columns(**change), annex), counted)


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        _kind("task", "Nhiệm vụ dở dang", "mục"),
        _kind("case", "Hồ sơ thủ tục đang giải quyết", "hồ sơ"),
        _kind("archive", "Tài liệu lưu trữ", "hồ sơ", counted=True),
        _kind("asset", "Tài sản công", "cái", counted=True),
        _kind("office", "Trụ sở", "tài sản"),
        _kind("finance", "Tài chính", "mục"),
        _kind("project", "Dự án, đề án", "dự án"),
        _kind("person", "Cán bộ, công chức, viên chức, người lao động", "người"),
        _kind("service_unit", "Đơn vị sự nghiệp", "đơn vị"),
        _kind("seal", "Con dấu", "con dấu"),
        _kind("dataset", "Dữ liệu, tài khoản, hợp đồng", "mục"),
    )
}


def kind_like(titles: Iterable[object]) -> tuple[Kind, ...]:
    """The kinds whose columns these titles name best; several when they name equally many.

    Empty when the titles name no column that tells kinds apart.
    """
    row = list(titles)
    scores = {
        kind.code: sum(kind.by_key[key].annex for key in kind.header.match(row).places)
        for kind in KINDS.values()
    }
    best = max(scores.values())
    return tuple(KINDS[code] for code, score in scores.items() if score == best and best > 0)
