"""Looking at seals: the register, the steps of one, what is not yet in the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import ItemState, Kind
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.registry.models import Body, BodyKind, BodyVersion
from thongsuot.apps.settling.models import Seal, SealStep
from thongsuot.rules.settling import seals

GONE = (ItemState.UNDONE, ItemState.REPLACED)


def seal_items(transition_id: int) -> "QuerySet[Item]":
    """The seals on the inventory of a transition."""
    return Item.objects.filter(transition=transition_id, kind=Kind.SEAL).exclude(state__in=GONE)


def unregistered(transition: Transition) -> "QuerySet[Item]":
    """The seals on the inventory that are not in the register yet."""
    return seal_items(transition.pk).filter(seal__isnull=True)


def seal_value(seal: Seal) -> seals.Seal:
    """A seal as the rules take it."""
    return seals.Seal(seal.code, seal.state, seal.seal_type, seal.since, seal.old)


def seals_of(transition_id: int, body_id: int) -> tuple[seals.Seal, ...]:
    """Every old seal of a body: from the register, and from the inventory what is not in it."""
    there = Seal.objects.filter(transition=transition_id, body=body_id, old=True)
    gone = there.filter(item__state__in=GONE).values("pk")
    found = [seal_value(seal) for seal in there.exclude(pk__in=gone)]
    items = seal_items(transition_id).filter(giver=body_id, seal__isnull=True)
    found += [seals.Seal(code, seals.IN_USE) for code in items.values_list("code", flat=True)]
    return tuple(found)


def named(rows: "QuerySet[Seal]") -> "QuerySet[Seal]":
    """The seals with the names of body and receiver beside them, in the same query."""
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    return rows.annotate(
        body_name=Subquery(newest.filter(body=OuterRef("body")).values("name")[:1]),
        receiver_name=Subquery(newest.filter(body=OuterRef("receiver")).values("name")[:1]),
    )


@dataclass(frozen=True, slots=True)
class Done:
    """One step of a seal, as its page shows it."""

    act: str
    on: date
    number: str
    receiver: str
    reason: str
    who: str
    at: datetime


def steps_of(seal: Seal) -> tuple[Done, ...]:
    """What happened to a seal, the first step first."""
    rows = list(SealStep.objects.filter(seal=seal).select_related("entry").order_by("pk"))
    names = body_names(r.receiver_id or 0 for r in rows)
    return tuple(
        Done(
            str(r.get_act_display()), r.on, r.number, names.get(r.receiver_id or 0, ""), r.reason,
            r.entry.actor_name, r.entry.at,
        )
        for r in rows
    )  # fmt: skip


def police_bodies() -> list[tuple[int, str]]:
    """The police bodies of the registry, by name."""
    return _by_name(Body.objects.filter(kind=BodyKind.POLICE).values_list("pk", flat=True))


def named_bodies(ids: Iterable[int]) -> list[tuple[int, str]]:
    """Bodies with their names, by name."""
    return _by_name(ids)


def _by_name(ids: Iterable[int]) -> list[tuple[int, str]]:
    return sorted(body_names(ids).items(), key=lambda pair: pair[1])
