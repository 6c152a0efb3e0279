"""A list as a room declares it: columns, filters, order, and what an empty one says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.filters import Choice, Filter, Preset, Text

Words = str | Promise
ROW = _("dòng")
SIZES = (25, 50, 100, 200)
# What a list itself says in an address; no filter may have one of these names.
ORDER, PAGE, SIZE, COLUMNS, VIEW, EXPORT, BOM, AFTER, BEFORE, NTH = (
    "xep", "trang", "so-dong", "cot", "xem", "xuat", "bom", "sau", "truoc", "thu",
)  # fmt: skip
OWN = frozenset({ORDER, PAGE, SIZE, COLUMNS, VIEW, EXPORT, BOM, AFTER, BEFORE, NTH})


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list says when nothing is in it, and the step to take."""

    heading: Words
    next_step: Words = ""
    url: str = ""
    action: Words = ""


@dataclass(frozen=True, slots=True)
class Bulk:
    """Something that can be done with many rows: a button that sends the choice to ``url``."""

    label: Words
    url: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One list of the product, declared once.

    ``code`` (``room.list``) is what page size, columns and saved filters are remembered under.
    The first column names the row and is always shown. ``order`` is a database field, with - in
    front for descending; the primary key breaks ties. ``related`` goes to ``select_related``.
    ``noun`` is what a row is called: “1.284 mục”.
    """

    code: str
    title: Words
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    order: str = "-pk"
    noun: Words = ROW
    related: tuple[str, ...] = ()
    size: int = 50
    empty: Empty = Empty(_("Chưa có gì trong danh sách này"))

    def __post_init__(self) -> None:
        """Raises ValueError for a declaration that cannot work: a mistake of ours."""
        names = [name for one in self.filters for name in one.names()]
        if len(names) != len(set(names)) or OWN & set(names):
            raise ValueError(
                f"{self.code}: two filters share a name, or take one of the list's own"
            )
        keys = [column.key for column in self.columns]
        if not keys or len(keys) != len(set(keys)):
            raise ValueError(f"{self.code}: no columns, or two with the same key")
        if self.size not in SIZES:
            raise ValueError(f"{self.code}: size must be one of {SIZES}")

    def varied(
        self, columns: Iterable[Column] | None = None, filters: Iterable[Filter] | None = None
    ) -> "Table":
        """The same list with other columns or filters: annex columns, choices of this person."""
        return replace(
            self,
            columns=self.columns if columns is None else tuple(columns),
            filters=self.filters if filters is None else tuple(filters),
        )

    def settled(self) -> "Table":
        """The same list with the choices of its filters asked, once for all that follows."""
        return self.varied(
            filters=[f.settled() if isinstance(f, Choice) else f for f in self.filters]
        )

    def column(self, key: str) -> Column | None:
        """The column with that key; None when there is none."""
        return next((c for c in self.columns if c.key == key), None)

    def joined(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows with what their cells need fetched in the same query."""
        return rows.select_related(*self.related) if self.related else rows

    @property
    def search(self) -> Text | None:
        """The filter behind the search box, if the list has one."""
        return next((f for f in self.filters if isinstance(f, Text)), None)

    @property
    def presets(self) -> tuple[Preset, ...]:
        """The questions asked with one press."""
        return tuple(f for f in self.filters if isinstance(f, Preset))

    @property
    def panel(self) -> tuple[Filter, ...]:
        """The filters of the panel: all but the search box and the presets."""
        return tuple(f for f in self.filters if f.widget and f is not self.search)
