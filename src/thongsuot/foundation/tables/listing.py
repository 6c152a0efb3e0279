"""One list as one request sees it: rows, headings, chips, pages, files. Made in a view."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from thongsuot.foundation import clock, wording
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables import asked as asking
from thongsuot.foundation.tables import paging, queries
from thongsuot.foundation.tables.asked import Pairs
from thongsuot.foundation.tables.columns import Cell, Column, cell, key_of
from thongsuot.foundation.tables.filters import Box, Filter, Preset
from thongsuot.foundation.tables.models import Memory, SavedView
from thongsuot.foundation.tables.pager import Pager, numbered, walked
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.tables.table import (
    AFTER,
    BEFORE,
    BOM,
    COLUMNS,
    EXPORT,
    NTH,
    PAGE,
    SIZE,
    SIZES,
    VIEW,
    Bulk,
    Table,
)
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

DIRECT = 20_000  # rows of a workbook made while the person waits
SALT = "tables.export"
PLACE = (PAGE, AFTER, BEFORE, NTH)


@dataclass(frozen=True, slots=True)
class Header:
    """The heading of a column. ``url`` sorts by it; ``sort`` is for ``aria-sort``."""

    key: str
    label: str
    url: str
    sort: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its key, the cell that names it, the others."""

    key: int
    name: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Something to press, and whether it is on already."""

    text: str
    url: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A filter as the panel shows it."""

    name: str
    label: str
    widget: str
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved filter in the menu."""

    view: SavedView
    url: str
    on: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands.

    ``scope`` tells lists of the same table apart (``transition:5``). ``source`` lets long files
    be made by a job. ``allow`` are names in the address that belong to the page around.
    ``all_count`` is a cheap exact count of all rows, used while no filter narrows them.
    """

    scope: str = ""
    source: Source | None = None
    allow: tuple[str, ...] = ()
    all_count: Callable[[], int] | None = None


class Listing:
    """A table, the rows a person may see, and what the address of the request asks of them.

    ``bulk`` are the acts offered for chosen rows.

    Raises Refused 400 for an address that the list does not understand, 404 for a saved filter
    that is not there for this person.
    """

    def __init__(
        self,
        table: Table,
        rows: "QuerySet[Any]",
        request: HttpRequest,
        place: Place = Place(),  # frozen
        *,
        bulk: Sequence[Bulk] = (),
        today: date | None = None,
    ) -> None:
        if len(request.META.get("QUERY_STRING", "")) > asking.LONGEST:
            raise Refused([Problem("tables.too-long", "", {"limit": asking.LONGEST})], 400)
        self.table, self.request, self.bulk = table.settled(), request, tuple(bulk)
        self.scope, self.source, self.allow = place.scope, place.source, place.allow
        self.all_count = place.all_count
        self.today = today or clock.today()
        self.problems: list[Problem] = []
        self.values: dict[str, Sequence[str]] = dict(request.GET.lists())
        self.asked = asking.read(self.table, self._with_view(), self.allow)
        self.narrowed = self.asked.narrowed(rows, self.today)
        self.order = paging.order_of(self.narrowed, *self.asked.ordering())

    # What is remembered

    @cached_property
    def person(self) -> int:
        """The account that asks; 0 for the public."""
        return int(self.request.user.pk or 0)

    @cached_property
    def memory(self) -> Memory:
        """How the person likes this list."""
        return queries.memory_of(self.person, self.table.code) if self.person else Memory()

    @cached_property
    def _views(self) -> list[SavedView]:
        return queries.views_of(self.person, self.table.code, self.scope) if self.person else []

    @cached_property
    def view(self) -> SavedView | None:
        """The saved filter that the address names."""
        slug = (self.values.get(VIEW) or [""])[-1]
        return queries.chosen_view(self._views, slug) if slug else None

    def _with_view(self) -> dict[str, Sequence[str]]:
        """The values of the address over those of the saved filter it names."""
        if self.view is None:
            return self.values
        kept, lost = asking.still_known(self.table, self.view.query, self.allow)
        if lost:
            self.problems.append(Problem("tables.view-outdated", self.view.name, blocks=False))
        return {**kept, **self.values}

    # Rows

    @cached_property
    def size(self) -> int:
        """Rows on a page."""
        return self.asked.size or self.memory.size or self.table.size

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return self.asked.visible(self.memory.columns)

    @cached_property
    def total(self) -> int:
        """How many rows fit; ``paging.CAP`` + 1 stands for more."""
        if self.all_count is not None and not self.asked.narrows():
            return self.all_count()
        return paging.capped_count(self.narrowed)

    @property
    def exact(self) -> bool:
        """Whether ``total`` is the whole truth."""
        return self.total <= paging.CAP or (self.all_count is not None and not self.asked.narrows())

    @property
    def total_text(self) -> str:
        """How many rows, in words: “1.284 mục”, “hơn 10.000 mục”."""
        if self.exact:
            return f"{wording.number(self.total)} {self.table.noun}"
        text = _("hơn {n} {noun}")
        return text.format(n=wording.number(paging.CAP), noun=self.table.noun)

    @cached_property
    def page(self) -> Pager:
        """The rows of this page and the way to the others."""
        rows = self.table.joined(self.narrowed)
        place = {name: (self.values.get(name) or [""])[-1] for name in PLACE}
        walking = self.total > paging.CAP and not place[PAGE]
        if walking or place[AFTER] or place[BEFORE]:
            return walked(rows, self.order, self.size, place, self._at)
        return numbered(rows, self.order, self.size, place[PAGE], self.total, self._at)

    @cached_property
    def lines(self) -> list[Line]:
        """The rows, cell by cell."""
        return self.lines_of(self.page.rows)

    def lines_of(self, rows: Iterable[Any]) -> list[Line]:
        """Some rows, cell by cell."""
        found = []
        for row in rows:
            name, *cells = (cell(column, row) for column in self.columns)
            found.append(Line(key_of(row), name, tuple(cells)))
        return found

    @property
    def everything(self) -> "QuerySet[Any]":
        """All rows that fit, in order: for files and print."""
        return paging.sorted_rows(self.table.joined(self.narrowed), self.order)

    # Links

    def _to(self, pairs: Pairs) -> str:
        return f"{self.request.path}?{urlencode(pairs)}"

    def _at(self, *more: tuple[str, str]) -> str:
        """The same list at another place."""
        if self.view is None:
            return self._to((*self.asked.pairs(), *more))
        own = [
            (name, value)
            for name, values in self.values.items()
            if name not in (*PLACE, EXPORT, BOM)
            for value in values
        ]
        return self._to((*own, *more))

    @cached_property
    def html_id(self) -> str:
        """The id of the part that is swapped."""
        return "list-" + self.table.code.replace(".", "-")

    @cached_property
    def headers(self) -> list[Header]:
        """The headings of the columns shown."""
        return [self._header(column) for column in self.columns]

    def _header(self, column: Column) -> Header:
        if not column.order:
            return Header(column.key, str(column.label), "", "", column.numeric)
        field, descending = self.asked.ordering()
        here = column.order == field
        sort = ("descending" if descending else "ascending") if here else "none"
        key = f"-{column.key}" if here and not descending else column.key
        url = self._to(self.asked.sorted_by(key).pairs())
        return Header(column.key, str(column.label), url, sort, column.numeric)

    @cached_property
    def chips(self) -> list[Link]:
        """The filters in use, but for the presets, which show themselves; pressing takes one away."""
        return [
            Link(chip.text, self._to(self.asked.without(chip.makes)), on=True)
            for one, wanted in self.asked.chosen()
            if not isinstance(one, Preset)
            for chip in one.chips(wanted)
        ]

    @property
    def says(self) -> str:
        """Every filter in use, in words."""
        return "; ".join(self.asked.says())

    @cached_property
    def presets(self) -> list[Link]:
        """The questions asked with one press."""
        found = []
        for one in self.table.presets:
            on = one.name in self.asked.wanted
            pair = (one.name, "1")
            pairs = self.asked.without((pair,)) if on else (*self.asked.pairs(), pair)
            found.append(Link(str(one.label), self._to(pairs), on))
        return found

    @property
    def clear_url(self) -> str:
        """The list without any filter."""
        own = {
            pair
            for one, wanted in self.asked.chosen()
            for c in one.chips(wanted)
            for pair in c.makes
        }
        return self._to(tuple(pair for pair in self.asked.pairs() if pair not in own))

    # Panels and menus

    def _panel(self, one: Filter) -> Panel:
        boxes = one.boxes(self.asked.wanted.get(one.name))
        return Panel(one.name, str(one.label), one.widget, boxes)

    @cached_property
    def search(self) -> Panel | None:
        """The search box."""
        return self._panel(self.table.search) if self.table.search else None

    @cached_property
    def panel(self) -> list[Panel]:
        """The filters of the panel."""
        return [self._panel(one) for one in self.table.panel]

    @property
    def beside_search(self) -> Pairs:
        """What the search form must carry along."""
        return self._without_names(self.table.search.names() if self.table.search else ())

    @property
    def beside_panel(self) -> Pairs:
        """What the filter panel must carry along."""
        return self._without_names([n for one in self.table.panel for n in one.names()])

    def _without_names(self, names: Sequence[str]) -> Pairs:
        return tuple(pair for pair in self.asked.pairs() if pair[0] not in names)

    @cached_property
    def column_boxes(self) -> list[Box]:
        """The columns to choose from; the first one is always there."""
        shown = {column.key for column in self.columns}
        return [Box(COLUMNS, str(c.label), c.key, c.key in shown) for c in self.table.columns[1:]]

    @cached_property
    def size_boxes(self) -> list[Box]:
        """The page sizes to choose from."""
        return [Box(SIZE, wording.number(n), str(n), n == self.size) for n in SIZES]

    @cached_property
    def saved(self) -> list[Saved]:
        """The saved filters of this list that the person may use."""
        return [
            Saved(
                view,
                self._to((*self.asked.extra, (VIEW, view.slug))),
                self.view is not None and view.pk == self.view.pk,
                view.owner_id == self.person,
            )
            for view in self._views
        ]

    @property
    def query(self) -> str:
        """Filters, order and columns as text: what a saved filter or a bulk act keeps."""
        return self.asked.query()

    @property
    def address(self) -> str:
        """Where this list is now, to come back to."""
        return self._at()

    @property
    def back(self) -> str:
        """Where to come back to after columns or page size were chosen anew."""
        own = tuple(pair for pair in self.asked.pairs() if pair[0] not in (COLUMNS, SIZE))
        return self._to(own)

    # Files

    @property
    def csv_url(self) -> str:
        """The list as CSV."""
        return self._at((EXPORT, "csv"))

    @property
    def bare_csv_url(self) -> str:
        """The list as CSV without byte-order mark, for programs."""
        return self._at((EXPORT, "csv"), (BOM, "0"))

    @property
    def xlsx_url(self) -> str:
        """The list as XLSX, when it is short enough to wait for; else empty."""
        return "" if self.needs_job else self._at((EXPORT, "xlsx"))

    @property
    def print_url(self) -> str:
        """The list as a page to print."""
        return self._at((EXPORT, "in"))

    @property
    def needs_job(self) -> bool:
        """Whether a workbook of this list is made by a job.

        So are those of a list not counted to its end: to find out whether it is a little longer
        than that, or much, costs more than the page.
        """
        if self.source is None or not self.person:
            return False
        return self.total > DIRECT or not self.exact

    @property
    def job_ticket(self) -> str:
        """Everything that the job needs, signed: source, arguments, filter, columns, post."""
        actor = getattr(self.request, "actor", None)
        hat = actor.hat if isinstance(actor, Actor) else None
        keys = tuple(column.key for column in self.columns)
        return signing.dumps(
            {
                "source": self.source.code if self.source else "",
                "args": self.source.args if self.source else {},
                "query": replace(self.asked, columns=keys).query(),
                "appointment": hat.appointment if hat else None,
                "heading": str(self.table.title),
                "by": actor.name if isinstance(actor, Actor) else "",
                "user": self.person,
            },
            salt=SALT,
            compress=True,
        )
