"""Pages of a list that stay quick at a million rows, on both databases.

A list of at most ``CAP`` rows has numbered pages. A longer one is walked from row to row: the
address carries the sort value and the key of the last row seen, and the database starts there in
its index instead of counting up to it. Rows without a sort value come last, on both engines and in
both directions, as a second stretch of the same walk.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Q, QuerySet
from django.db.models.expressions import OrderBy

from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.problem import Problem

CAP = 10_000  # rows counted exactly
LARGEST = 2**63 - 1
LONGEST = 600
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by. ``path`` is a field or an annotation; the key breaks ties."""

    path: str
    descending: bool
    field: "Field[Any, Any] | None"
    nullable: bool

    @property
    def by_key(self) -> bool:
        """Whether the key alone is the order."""
        return self.path == "pk"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a list: the sort value and the key of a row there."""

    value: Any
    key: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows of a list in order, and whether there are more on either side."""

    rows: Sequence[Any]
    before: bool
    after: bool


def capped_count(rows: Rows) -> int:
    """How many rows, counted no further than ``CAP`` + 1."""
    return rows.order_by().values("pk")[: CAP + 1].count()


def order_of(rows: Rows, path: str, descending: bool) -> Order:
    """The order along a path, with what is known of the field there."""
    model = rows.model
    if path in ("pk", model._meta.pk.name):
        return Order("pk", descending, model._meta.pk, False)
    field, nullable = _field(rows, path)
    return Order(path, descending, field, nullable)


def _field(rows: Rows, path: str) -> "tuple[Field[Any, Any] | None, bool]":
    annotation = rows.query.annotations.get(path)
    if annotation is not None:
        return annotation.output_field, True
    model: Any = rows.model
    nullable, field = False, None
    for step in path.split("__"):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return None, True
        nullable = nullable or bool(getattr(field, "null", True))
        model = field.related_model or model
    return field, nullable


def sorted_rows(rows: Rows, order: Order) -> Rows:
    """All rows in that order: for numbered pages, files and print."""
    key = "-pk" if order.descending else "pk"
    if order.by_key:
        return rows.order_by(key)
    by: str | OrderBy = f"-{order.path}" if order.descending else order.path
    if order.nullable:
        value = F(order.path)
        by = value.desc(nulls_last=True) if order.descending else value.asc(nulls_last=True)
    return rows.order_by(by, key)


def stretch(rows: Rows, order: Order, size: int, mark: Mark | None, *, back: bool) -> Stretch:
    """``size`` rows after the mark, or before it when ``back``; from an end without a mark."""
    if not order.by_key:
        rows = rows.annotate(sort_value=F(order.path))
    found: list[Any] = []
    for empty in _parts(order, mark, back=back):
        part = _part(rows, order, empty=empty, mark=mark, back=back)
        found += part[: size + 1 - len(found)]
        if len(found) > size:
            break
    more = len(found) > size
    found = found[:size]
    if back:
        found.reverse()
        return Stretch(found, before=more, after=mark is not None)
    return Stretch(found, before=mark is not None, after=more)


def _parts(order: Order, mark: Mark | None, *, back: bool) -> list[bool]:
    """Which stretches to walk, in which order: rows with a value (False), rows without (True)."""
    both = [False, True] if order.nullable else [False]
    if mark is not None and mark.value is None:
        both = [True] if not back else [True, False]
    elif mark is not None and back:
        both = [False]
    elif back:
        both.reverse()
    return both


def _part(rows: Rows, order: Order, *, empty: bool, mark: Mark | None, back: bool) -> Rows:
    down = order.descending is not back
    key = "-pk" if down else "pk"
    if order.nullable:
        rows = rows.filter(**{f"{order.path}__isnull": empty})
    if mark is not None and empty == (mark.value is None):
        rows = rows.filter(_beyond(order, mark, "lt" if down else "gt"))
    if empty or order.by_key:
        return rows.order_by(key)
    return rows.order_by(f"-{order.path}" if down else order.path, key)


def _beyond(order: Order, mark: Mark, side: str) -> Q:
    """Rows past the mark. The first condition is implied by the second; it finds the index."""
    key = Q(**{f"pk__{side}": mark.key})
    if order.by_key or mark.value is None:
        return key
    same = Q(**{order.path: mark.value}) & key
    return Q(**{f"{order.path}__{side}e": mark.value}) & (
        Q(**{f"{order.path}__{side}": mark.value}) | same
    )


def written(order: Order, row: Any) -> str:
    """The place of a row, for an address."""
    value = None if order.by_key else row.sort_value
    plain = value.isoformat() if isinstance(value, date | datetime) else value
    text = json.dumps([str(plain) if isinstance(plain, Decimal) else plain, row.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_mark(order: Order, text: str) -> Mark:
    """The place an address names. Raises Refused (400) for one that this list never wrote."""
    wrong = Refused([Problem("tables.bad-place", text[:20])], 400)
    if len(text) > LONGEST or not text.isascii():
        raise wrong
    try:
        value, key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if value is not None and not order.by_key and order.field is not None:
            value = order.field.to_python(value)
    except (ValueError, TypeError, ValidationError, binascii.Error, RecursionError) as error:
        raise wrong from error
    if type(key) is not int or abs(key) > LARGEST or not _storable(order, value):
        raise wrong
    return Mark(value, key)


def _storable(order: Order, value: object) -> bool:
    """Whether a database can compare with the value at all."""
    if value is None:
        return order.by_key or order.nullable
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, int):
        return abs(value) <= LARGEST
    return isinstance(value, date | datetime | Decimal)
