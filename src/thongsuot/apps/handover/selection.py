"""Which items a bulk act is about: ids ticked one by one, or "all that match" a filter.

A choice is plain values, so that it can be hashed, stored in a link and sent again:
``{"ids": [1, 2]}`` or ``{"filter": {"kind": "task", "state": "held"}, "expected": 214}``.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from thongsuot.apps.handover.guard import WORDS
from thongsuot.apps.handover.models import Item
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.words.search import having
from thongsuot.rules.kernel.text import fold

MOST_IDS = 5_000
Choice = Mapping[str, Any]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def _several(column: str) -> Callable[[Any], Q]:
    """The column has the value, or one of the values."""

    def clause(value: Any) -> Q:
        return Q(**{f"{column}__in": value if isinstance(value, list | tuple) else [value]})

    return clause


def _receiver(value: Any) -> Q:
    return Q(receiver__isnull=True) if value == 0 else _several("receiver")(value)


def _words(value: Any) -> Q:
    return having(WORDS, fold(str(value)).split())


# Name in a link → what it asks of an item. Lists, links, exports and bulk acts share it.
FILTERS: dict[str, Callable[[Any], Q]] = {
    "kind": _several("kind"),
    "state": _several("state"),
    "allocation": _several("allocation"),
    "why": _several("why"),
    "giver": _several("giver"),
    "receiver": _receiver,
    "unit": _several("unit"),
    "field": _several("field"),
    "step": _several("step"),
    "batch": _several("batch"),
    "rule": _several("rule"),
    "parent": _several("parent"),
    "secrecy": _several("secrecy"),
    "container": _several("container"),
    "citizen": lambda value: Q(citizen=bool(value)),
    "due_from": lambda value: Q(next_due__gte=_day(value)),
    "due_to": lambda value: Q(next_due__lte=_day(value)),
    "standing_since": lambda value: Q(step_at__lte=_moment(value)),
    "q": _words,
}


def narrowed(items: "QuerySet[Item]", wanted: Mapping[str, Any]) -> "QuerySet[Item]":
    """The items that match every filter given; a filter without a value does not count.

    Raises Refused for a filter that does not exist: a link from another version must not widen.
    """
    for name, value in wanted.items():
        if name not in FILTERS:
            raise Refused.because("handover.filter-unknown", name)
        if value not in (None, "", []):
            try:
                items = items.filter(FILTERS[name](value))
            except (TypeError, ValueError) as error:
                raise Refused.because("handover.filter-value", name, value=str(value)) from error
    return items


def chosen(items: "QuerySet[Item]", choice: Choice) -> "QuerySet[Item]":
    """The chosen ones of the items on which the person may act.

    Raises Refused when ticked items are not among them; when nothing matches; and (409) when the
    filter no longer matches as many as the person saw.
    """
    if "ids" in choice:
        ids = {int(i) for i in choice["ids"]}
        if len(ids) > MOST_IDS:
            raise Refused.because("handover.too-many-at-once", most=MOST_IDS)
        found = items.filter(pk__in=ids)
        lost = len(ids) - found.count()
        if lost:
            raise Refused.because("handover.items-missing", count=lost)
    else:
        found = narrowed(items, choice.get("filter", {}))
        _as_expected(found, choice.get("expected"))
    if not found.exists():
        raise Refused.because("handover.nothing-chosen")
    return found


def _as_expected(found: "QuerySet[Item]", expected: Any) -> None:
    if expected is None:
        return
    now = found.count()
    if now != int(expected):
        changed = Refused.because("handover.count-changed", expected=int(expected), now=now)
        raise Refused(changed.problems, 409)
