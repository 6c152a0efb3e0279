"""Looking at disputes: who opened each one, what each side says, who may decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.models import DisputeLine, Item, Movement, Transition
from thongsuot.apps.handover.models.choices import DisputeSort, ItemState
from thongsuot.apps.registry.models import Coverage, UnitVersion
from thongsuot.rules.handover.superior import Places
from thongsuot.rules.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Opening:
    """How an item came into dispute, the last time it did."""

    at: datetime
    who: str
    reason: str


def openings(items: Iterable[int]) -> dict[int, Opening]:
    """The last opening of a dispute for each of the items, read at once however many they are."""
    moves = (
        Movement.objects.filter(item__in=list(items), kind__in=("disputed", "differing"))
        .select_related("entry")
        .order_by("id")
    )
    return {m.item_id: Opening(m.at, m.entry.actor_name, m.note or m.entry.reason) for m in moves}


def disputed_in_sight(actor: Actor, transition: Transition) -> "QuerySet[Item]":
    """The disputed items of a transition in sight, and those to which an own body is a party."""
    disputed = Item.objects.filter(transition=transition, state=ItemState.DISPUTED)
    mine = Q(pk__in=permit.disputed_by(actor).values("item"))
    seen = Q(pk__in=permit.visible_in(actor, transition).values("pk"))
    return disputed.filter(seen | mine)


def lines_of_dispute(item: Item) -> tuple[DisputeLine, ...]:
    """The steps of the dispute that is open, or of the last one, the oldest first."""
    lines = list(DisputeLine.objects.filter(item=item).select_related("entry").order_by("id"))
    settled = [n for n, line in enumerate(lines[:-1]) if line.sort == DisputeSort.SETTLED]
    return tuple(lines[settled[-1] + 1 :] if settled else lines)


def positions(items: Iterable[int]) -> dict[int, dict[int, DisputeLine]]:
    """For each item what each side said last, by body; read at once however many items."""
    said: dict[int, dict[int, DisputeLine]] = {}
    lines = DisputeLine.objects.filter(
        item__in=list(items), sort__in=(DisputeSort.POSITION, DisputeSort.SETTLED)
    )
    for line in lines.order_by("id"):
        if line.sort == DisputeSort.SETTLED:  # what was said before belongs to an older dispute
            said.pop(line.item_id, None)
        else:
            said.setdefault(line.item_id, {})[line.body_id or 0] = line
    return said


def parties(transition: Transition, item: Item) -> frozenset[int]:
    """The bodies that a dispute is between: giver, receiver, and whoever else was named in it."""
    named = {
        line.body_id
        for line in lines_of_dispute(item)
        if line.sort in (DisputeSort.OPENED, DisputeSort.POSITION)
    }
    sides = {permit.answering(transition, item.giver_id), item.receiver_id, *named}
    return frozenset(body for body in sides if body)


def places_of(bodies: Iterable[int], on: date) -> dict[int, Places]:
    """For each body the units it acts in, on a day or from later on, each with all above it."""
    found: dict[int, set[int]] = {body: set() for body in bodies}
    rows = Coverage.objects.known().filter(
        Q(until__isnull=True) | Q(until__gt=on), body__in=list(found)
    )
    for body, unit in rows.values_list("body", "unit"):
        found[body].add(unit)
    above = _above({unit for units in found.values() for unit in units})
    return {
        body: tuple(frozenset({unit, *above[unit]}) for unit in sorted(units))
        for body, units in found.items()
    }


def _above(units: set[int]) -> dict[int, set[int]]:
    """For each unit all that it belongs, has belonged or will belong to; a statement for a level."""
    parents: dict[int, set[int]] = {}
    level = units
    while level:
        rows = UnitVersion.objects.known().filter(unit__in=level, parent__isnull=False)
        for unit, parent in rows.values_list("unit", "parent"):
            parents.setdefault(unit, set()).add(parent)
        level = {p for unit in level for p in parents.get(unit, ())} - set(parents)
    return {unit: _climbed(unit, parents) for unit in units}


def _climbed(unit: int, parents: dict[int, set[int]]) -> set[int]:
    seen: set[int] = set()
    waiting = [unit]
    while waiting:
        for parent in parents.get(waiting.pop(), set()) - seen:
            seen.add(parent)
            waiting.append(parent)
    return seen
