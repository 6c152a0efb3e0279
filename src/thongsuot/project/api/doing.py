"""Acts through the API: the same actions as the pages, with the sender's key."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from thongsuot.apps.registry.models import BodyVersion, Unit
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import refuse_if
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.project.api.bearer import caller
from thongsuot.rules.kernel.problem import Problem

M = TypeVar("M", bound=Model)


def act(request: HttpRequest, key: str) -> Act:
    """The act of a call. Keys of one person never meet the keys of another."""
    by = caller(request)
    return Act(by=by, key=f"api-{by.user}-{key}", at=clock.now())


def do(
    request: HttpRequest, key: str, action: Callable[..., dict[str, object]], **given: Any
) -> dict[str, object]:
    """Do it; the answer with the receipt from the trail."""
    done = act(request, key)
    result = action(done, **given)
    entry = Entry.objects.get(key=done.key)
    return {
        "act": entry.act,
        "at": entry.at,
        "entry": entry.pk,
        "receipt": entry.hash,
        "result": result,
    }


def page(rows: "QuerySet[M]", after: int, limit: int, shape: Callable[[M], Any]) -> dict[str, Any]:
    """One page of a list in the order of ids: rows written meanwhile neither repeat nor vanish."""
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    more = len(found) > limit
    kept = found[:limit]
    return {"rows": [shape(r) for r in kept], "next": kept[-1].pk if more else None}


def part(
    rows: Iterable[Any], after: int, limit: int, shape: Callable[[Any], Any]
) -> dict[str, Any]:
    """One page of what was read as a whole; ``after`` counts the rows before it."""
    found = list(rows)[after : after + limit + 1]
    more = len(found) > limit
    return {"rows": [shape(r) for r in found[:limit]], "next": after + limit if more else None}


def know_bodies(*bodies: int | None) -> None:
    """Refuse bodies that the registry does not have."""
    wanted = {b for b in bodies if b}
    known = set(BodyVersion.objects.known().filter(body__in=wanted).values_list("body", flat=True))
    refuse_if(Problem("api.body-unknown", str(b)) for b in sorted(wanted - known))


def know_units(units: Iterable[int | None]) -> None:
    """Refuse units that the registry does not have."""
    wanted = {u for u in units if u}
    known = set(Unit.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    refuse_if(Problem("api.unit-unknown", str(u)) for u in sorted(wanted - known))
