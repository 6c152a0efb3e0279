"""What an address asks of a list: read once, by an allow-list, and written back the same way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import QueryDict

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.filters import Bad, Filter, Values
from thongsuot.foundation.tables.table import COLUMNS, ORDER, OWN, SIZE, SIZES, Table
from thongsuot.rules.kernel.problem import Problem

LONGEST = 4_000
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters, order, columns and page size that an address asks for.

    ``columns`` and ``size`` are None where the address leaves them to what is remembered;
    ``order`` is empty for the list's own order. ``extra`` are values of the page around the list.
    """

    table: Table
    wanted: Mapping[str, object] = field(default_factory=dict)  # by the name of the filter
    order: str = ""
    columns: tuple[str, ...] | None = None
    size: int | None = None
    extra: Pairs = ()

    def chosen(self) -> tuple[tuple[Filter, object], ...]:
        """The filters in use with what they want, in the order of the declaration."""
        return tuple((f, self.wanted[f.name]) for f in self.table.filters if f.name in self.wanted)

    def narrowed(self, rows: "QuerySet[Model]", today: date) -> "QuerySet[Model]":
        """The rows that fit every filter."""
        for one, wanted in self.chosen():
            rows = rows.filter(one.condition(wanted, today))
        return rows

    def ordering(self) -> tuple[str, bool]:
        """The database field to sort by, and whether descending."""
        key = self.order.removeprefix("-")
        column = self.table.column(key) if key else None
        if column is None:
            return self.table.order.removeprefix("-"), self.table.order[:1] == "-"
        return column.order, self.order[:1] == "-"

    def visible(self, remembered: Sequence[str] = ()) -> tuple[Column, ...]:
        """The columns to show: as asked, else as remembered, else the usual ones; never none."""
        keys = self.columns or tuple(remembered)
        if not any(self.table.column(k) for k in keys):
            keys = tuple(c.key for c in self.table.columns if c.default)
        first = self.table.columns[0]
        return tuple(c for c in self.table.columns if c is first or c.key in keys)

    def own(self) -> Pairs:
        """Filters, order and columns as names and values, in a fixed order: what is worth keeping."""
        found: list[tuple[str, str]] = [
            pair
            for one, wanted in self.chosen()
            for chip in one.chips(wanted)
            for pair in chip.makes
        ]
        if self.order:
            found.append((ORDER, self.order))
        if self.columns:
            found.append((COLUMNS, ",".join(self.columns)))
        return tuple(found)

    def query(self) -> str:
        """The same as the text of an address, without a question mark."""
        return urlencode(self.own())

    def pairs(self) -> Pairs:
        """Everything that the next address must carry to stay at the same list."""
        size = ((SIZE, str(self.size)),) if self.size else ()
        return (*self.own(), *size, *self.extra)

    def says(self) -> list[str]:
        """The filters in use, in words."""
        return [chip.text for one, wanted in self.chosen() for chip in one.chips(wanted)]

    def without(self, makes: Pairs) -> Pairs:
        """The address without some of the values."""
        return tuple(pair for pair in self.pairs() if pair not in makes)

    def narrows(self) -> bool:
        """Whether any filter is in use."""
        return bool(self.wanted)

    def sorted_by(self, order: str) -> "Asked":
        """The same in another order."""
        return replace(self, order=order)


def read(table: Table, values: Values, allow: Sequence[str] = ()) -> Asked:
    """Read what is asked. ``allow`` are further names that belong to the page around the list.

    Raises Refused (400) with every unknown name and every value that no filter knows, all at once.
    """
    problems = _unknown(table, values, allow)
    wanted: dict[str, object] = {}
    for one in table.filters:
        try:
            value = one.read(values)
        except Bad as bad:
            problems.append(bad.problem)
            continue
        if value is not None:
            wanted[one.name] = value
    order = _last(values, ORDER)
    column = table.column(order.removeprefix("-"))
    if order and (column is None or not column.order):
        problems.append(Problem("tables.bad-order", order[:60]))
    columns = _columns(table, values, problems)
    size = _size(values, problems)
    if problems:
        raise Refused(problems, 400)
    extra = tuple((name, _last(values, name)[:LONGEST]) for name in allow if name in values)
    return Asked(table, wanted, order, columns, size, extra)


def read_text(table: Table, query: str, allow: Sequence[str] = ()) -> Asked:
    """Read what is asked from the text of an address. Raises Refused (400) like ``read``."""
    if len(query) > LONGEST:
        raise Refused([Problem("tables.too-long", "", {"limit": LONGEST})], 400)
    values = dict(QueryDict(query).lists())
    return read(table, {k: v for k, v in values.items() if k not in OWN or k in KEPT}, allow)


KEPT = frozenset({ORDER, COLUMNS, SIZE})


def still_known(
    table: Table, query: str, allow: Sequence[str] = ()
) -> tuple[dict[str, Sequence[str]], bool]:
    """The values of a filter saved earlier, without what the list no longer knows.

    Returns the values, and whether something had to be left out.
    """
    given: dict[str, Sequence[str]] = dict(QueryDict(query).lists())
    groups = [f.names() for f in table.filters] + [(name,) for name in (*sorted(KEPT), *allow)]
    kept: dict[str, Sequence[str]] = {}
    for group in groups:
        part = {k: v for k, v in given.items() if k in group}
        try:
            read(table, part, allow)
        except Refused:
            continue
        kept |= part
    return kept, len(kept) < len(given)


def _unknown(table: Table, values: Values, allow: Sequence[str]) -> list[Problem]:
    known = OWN | {n for f in table.filters for n in f.names()} | set(allow)
    strangers = sorted(set(values) - known)
    return [Problem("tables.unknown-parameter", name[:60]) for name in strangers[:5]]


def _columns(table: Table, values: Values, problems: list[Problem]) -> tuple[str, ...] | None:
    keys = [k for text in values.get(COLUMNS) or () for k in text.split(",") if k]
    problems += [
        Problem("tables.bad-column", key[:60]) for key in keys[:50] if table.column(key) is None
    ]
    return tuple(dict.fromkeys(keys)) or None


def _size(values: Values, problems: list[Problem]) -> int | None:
    text = _last(values, SIZE)
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        problems.append(Problem("tables.bad-size", text[:60]))
        return None
    asked = int(text[:12])
    return max((s for s in SIZES if s <= asked), default=SIZES[0])


def _last(values: Values, name: str) -> str:
    given = values.get(name) or ("",)
    return given[-1].strip()
