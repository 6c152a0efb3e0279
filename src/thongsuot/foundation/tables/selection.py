"""The rows chosen for a bulk act: ticked one by one, or all that fit the filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.http import QueryDict

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.asked import read_text
from thongsuot.foundation.tables.table import Table
from thongsuot.rules.kernel.problem import Problem

TICKED, ALL, QUERY, SEEN = "chon", "tat-ca", "loc", "thay"
LARGEST = 2**63 - 1
MOST_TICKED = 1_000


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows chosen. ``rows`` stays narrowed to what the person may see, whatever was sent.

    ``hidden`` are the fields that a confirming form sends again: the choice, and the rows as they
    were counted when it was drawn, so that a change in between is noticed.
    """

    rows: "QuerySet[Any]"
    count: int
    everything: bool
    says: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]


def read_selection(
    table: Table,
    rows: "QuerySet[Any]",
    sent: QueryDict | Mapping[str, str],
    *,
    today: date,
    allow: Sequence[str] = (),
) -> Selection:
    """Read a choice that a list, or a form confirming it, has sent.

    ``rows`` is the room's own query of what this person may see: ticked rows outside of it are
    not chosen. Call it again in the transaction of the act, with the fields of ``hidden``.

    Raises Refused: 400 for a forged choice, 422 for an empty one, 409 when the rows that fit are
    no longer those that were seen (the facts say how many then and now).
    """
    values = sent if isinstance(sent, QueryDict) else _as_query(sent)
    if values.get(ALL) == "1":
        asked = read_text(table.settled(), values.get(QUERY, ""), allow)
        chosen = asked.narrowed(rows, today)
        says = tuple(asked.says())
        hidden = [(ALL, "1"), (QUERY, asked.query())]
    else:
        keys = _keys(values.getlist(TICKED))
        chosen, says = rows.filter(pk__in=keys), ()
        hidden = [(TICKED, str(key)) for key in keys]
    mark = _mark(chosen)
    count = int(mark.split(".")[0])
    if not count:
        raise Refused.because("tables.nothing-chosen")
    everything, seen = values.get(ALL) == "1", values.get(SEEN, "")
    if everything or "." in seen:  # the list's own count says nothing about rows ticked by hand
        _check_seen(seen, mark, count)
    return Selection(chosen, count, everything, says, (*hidden, (SEEN, mark)))


def _as_query(sent: Mapping[str, str]) -> QueryDict:
    values = QueryDict(mutable=True)
    values.update(dict(sent))
    return values


def _keys(texts: Sequence[str]) -> list[int]:
    if len(texts) > MOST_TICKED:
        raise Refused([Problem("tables.too-many-ticked", "", {"limit": MOST_TICKED})], 400)
    if not all(t.isascii() and t.isdigit() and int(t[:20]) <= LARGEST for t in texts):
        raise Refused([Problem("tables.bad-value", TICKED, {"value": ""})], 400)
    return sorted({int(text) for text in texts})


def _mark(rows: "QuerySet[Any]") -> str:
    """Count, largest key and sum of keys: equal marks mean the same rows, short of a conspiracy."""
    found = rows.order_by().aggregate(n=Count("pk"), most=Max("pk"), sum=Sum("pk"))
    return f"{found['n']}.{found['most'] or 0}.{int(found['sum'] or 0)}"


def _check_seen(seen: str, mark: str, count: int) -> None:
    """``seen`` is a whole mark from a confirming form, or just the count that the list showed."""
    now = mark if "." in seen else str(count)
    if seen and seen != now:
        before = seen.split(".")[0]
        facts = {"before": int(before) if before.isdigit() else 0, "now": count}
        raise Refused.conflict(Problem("tables.changed", "", facts))
