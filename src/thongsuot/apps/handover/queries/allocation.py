"""Rules in force and heirs of places, as the rules take them; gaps, clashes, receivers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from thongsuot.apps.handover.models import AllocationRule, Item, Transition, TransitionBody
from thongsuot.apps.handover.models.choices import Allocation, ItemState, TransitionSide
from thongsuot.apps.registry.models import Coverage
from thongsuot.apps.registry.queries import successors_of
from thongsuot.rules.handover.allocation import Heir, Rule, Subject


def rules_in_force(transition_id: int) -> "QuerySet[AllocationRule]":
    """The rules of a transition that have not been retired, the strongest first."""
    return (
        AllocationRule.objects.filter(transition=transition_id, retired_at__isnull=True)
        .select_related("receiver", "giver", "place")
        .prefetch_related("shares")
        .order_by("-priority", "kind", "field", "id")
    )


def rule_value(row: AllocationRule) -> Rule:
    """A rule as the rules take it."""
    return Rule(
        id=row.pk,
        kind=row.kind,
        field=row.field,
        place=row.place_id or 0,
        giver=row.giver_id or 0,
        priority=row.priority,
        receiver=row.receiver_id or 0,
        to_successor=row.to_successor,
        heir_kind=row.heir_kind,
        shares=tuple((s.body_id, s.weight) for s in row.shares.all()),
        reason=row.reason,
        law=row.law,
    )


def heirs(transition: Transition, places: Iterable[int]) -> dict[int, tuple[Heir, ...]]:
    """For each place of origin the bodies of the transition that take over there.

    Shapes: lineage on the effective day; only bodies that begin in this transition or are named
    receivers. A divided place has the bodies of every part, land without people included.
    """
    day = transition.effective_on
    after = {place: _units_after(place, day) for place in set(places)}
    units = {unit for found in after.values() for unit in found}
    begins = TransitionBody.objects.filter(transition=transition, side=TransitionSide.BEGINS)
    covering: defaultdict[int, list[Heir]] = defaultdict(list)
    rows = Coverage.objects.on(day).filter(unit__in=units, body__in=begins.values("body"))
    for unit, body, kind in rows.order_by("body").values_list("unit", "body", "body__kind"):
        covering[unit].append(Heir(body, kind))
    return {
        place: tuple(dict.fromkeys(heir for unit in found for heir in covering[unit]))
        for place, found in after.items()
    }


def _units_after(place: int, day: date) -> tuple[int, ...]:
    """The territories that a place has gone into; the place itself when it goes on."""
    steps = successors_of(place, day)
    return tuple(dict.fromkeys(s.dst for s in steps if s.dst)) or (place,)


def subjects(items: "QuerySet[Item]") -> dict[Subject, int]:
    """The different things that rules can tell apart among the items, with how many of each."""
    rows = (
        items.order_by()
        .values_list("kind", "field", "unit", "giver", "giver__kind")
        .annotate(count=Count("pk"))
    )
    return {
        Subject(kind, field, unit or 0, giver, giver_kind): count
        for kind, field, unit, giver, giver_kind, count in rows
    }


def undecided(items: "QuerySet[Item]") -> "QuerySet[Item]":
    """Items still with their giver whose receiver nobody has confirmed."""
    return items.filter(state=ItemState.HELD).exclude(allocation=Allocation.CONFIRMED)


def gaps(items: "QuerySet[Item]") -> "QuerySet[Item]":
    """Items for which no rule names a receiver, or which were refused."""
    return items.filter(state=ItemState.HELD, allocation=Allocation.GAP)


def clashes(items: "QuerySet[Item]") -> "QuerySet[Item]":
    """Items for which rules of equal weight name different receivers."""
    return items.filter(state=ItemState.HELD, allocation=Allocation.CLASH)


def gap_counts(items: "QuerySet[Item]") -> dict[tuple[str, str], int]:
    """How many items lack a receiver: (kind, sort of gap or clash) → count."""
    rows = (
        items.filter(
            Q(allocation__in=(Allocation.GAP, Allocation.CLASH, Allocation.NONE)),
            state=ItemState.HELD,
        )
        .order_by()
        .values_list("kind", "allocation", "why")
        .annotate(count=Count("pk"))
    )
    found: dict[tuple[str, str], int] = {}
    for kind, allocation, why, count in rows:
        key = (kind, why or allocation)
        found[key] = found.get(key, 0) + count
    return found
