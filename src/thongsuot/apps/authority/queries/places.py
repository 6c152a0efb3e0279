"""Finding the place a question is about: by key, or by name as somebody types it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from thongsuot.apps.registry.models import Coverage, Unit, UnitLevel, UnitVersion
from thongsuot.apps.registry.successors import became
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.text import fold

MANY = 12


def place_named(text: str, on: date) -> tuple[UnitVersion, ...]:
    """The units that may be meant, as they are called that day; one when it is certain.

    A key is exact; a name may stand with or without its kind, marks or capitals.
    """
    exact = UnitVersion.objects.on(on).filter(unit__key=text[:80]).select_related("unit", "parent")
    found = tuple(exact[:1])
    if found:
        return found
    name = fold(text[:120])
    if not name:
        return ()
    rows = UnitVersion.objects.on(on).select_related("unit").order_by("unit__level", "folded", "pk")
    whole = tuple(rows.filter(folded=name)[:MANY])
    if whole:
        return whole
    return tuple(rows.filter(Q(folded__endswith=f" {name}") | Q(folded__startswith=name))[:MANY])


def own_place(actor: Actor | None, on: date, *, coming: bool = False) -> UnitVersion | None:
    """The commune (else the unit) in which the person's own body acts; None without a post.

    Shapes: ``coming``: also a unit that is about to begin, for whoever prepares it.
    """
    if actor is None or actor.hat is None:
        return None
    covered = Coverage.objects.on(on).filter(body=actor.hat.body).values("unit")
    held = UnitVersion.objects.known() if coming else UnitVersion.objects.on(on)
    rows = held.filter(unit__in=covered).select_related("unit")
    communes = rows.filter(unit__level=UnitLevel.COMMUNE)
    return communes.first() or rows.first()


def names_above(versions: tuple[UnitVersion, ...]) -> dict[int, str]:
    """For each unit the name of the one above it, to tell two of one name apart. One query."""
    parents = {v.parent_id for v in versions if v.parent_id}
    rows = UnitVersion.objects.known().filter(unit__in=parents).order_by("since")
    named = {v.unit_id: v.full_name for v in rows}
    return {v.unit_id: named.get(v.parent_id or 0, "") for v in versions}


def unit_names(units: "set[int]", on: date) -> dict[int, UnitVersion]:
    """Those units as they are called that day, else as they were last. One query."""
    rows = UnitVersion.objects.known().filter(unit__in=units).select_related("unit")
    found: dict[int, UnitVersion] = {}
    for version in rows.order_by("since"):
        if version.unit_id not in found or version.since is None or version.since <= on:
            found[version.unit_id] = version
    return found


def unit_with_key(key: str) -> int:
    """The id of the unit of that key; 0 when there is none."""
    return Unit.objects.filter(key=key[:80]).values_list("pk", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Elsewhen:
    """A place of that name on another day: what it was, and where its things lie on the day asked."""

    was: UnitVersion
    now: tuple[UnitVersion, ...]


def elsewhen(text: str, on: date) -> tuple[Elsewhen, ...]:
    """Places of that name that are not there on that day, with what they became; empty for none.

    For whoever names an old ward after its end, or a new one before its first day.
    """
    name = fold(text[:120])
    if not name:
        return ()
    called = Q(folded=name) | Q(folded__endswith=f" {name}")
    there = UnitVersion.objects.on(on).values("unit")
    rows = UnitVersion.objects.known().filter(called).exclude(unit__in=there)
    held = list(rows.select_related("unit").order_by("unit__level", "folded", "pk")[:MANY])
    heirs = {v.pk: became([v.unit_id]) for v in held}
    wanted = {unit for units in heirs.values() for unit in units}
    standing = {
        v.unit_id: v
        for v in UnitVersion.objects.on(on).filter(unit__in=wanted).select_related("unit")
    }
    return tuple(
        Elsewhen(v, tuple(standing[u] for u in sorted(heirs[v.pk]) if u in standing)) for v in held
    )
