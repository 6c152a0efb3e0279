"""Looking at bundles: the lead and its parts as the rules take them, and what may belong."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from thongsuot.apps.handover.models import Item, MinutesLine
from thongsuot.apps.handover.models.choices import Allocation, ItemState, Kind, MinutesState
from thongsuot.apps.settling.models import Bundle, BundleException, BundlePart
from thongsuot.apps.settling.models.choices import BundleState
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.settling.bundles import Group, Thing, confirm_problems, group_of, missing

GONE = (ItemState.UNDONE, ItemState.REPLACED)
MOST = 400  # candidates looked through for each way in which something may belong


def things_of(items: Iterable[Item]) -> dict[int, Thing]:
    """The items as the rules take them, by id; two queries beside their own."""
    rows = list(items)
    coming: dict[int, int] = {}
    received: dict[int, date | None] = {}
    lines = MinutesLine.objects.filter(
        Q(live=True, refused=False) | Q(minutes__state=MinutesState.SIGNED, refused=False),
        item__in=[item.pk for item in rows],
        minutes__corrects__isnull=True,
    )
    for item, live, receiver, signed in lines.order_by("pk").values_list(
        "item", "live", "minutes__receiver", "minutes__signed_on"
    ):
        if live:
            coming[item] = receiver
        else:
            received[item] = signed
    parents = dict(
        Item.objects.filter(pk__in={i.parent_id for i in rows if i.parent_id}).values_list(
            "pk", "code"
        )
    )
    return {item.pk: _thing(item, coming, received, parents) for item in rows}


def _thing(
    item: Item, coming: dict[int, int], received: dict[int, date | None], parents: dict[int, str]
) -> Thing:
    confirmed = item.receiver_id if item.allocation == Allocation.CONFIRMED else 0
    return Thing(
        code=item.code,
        kind=item.kind,
        title=item.title,
        giver=item.giver_id,
        unit=item.unit_id or 0,
        field=item.field,
        parent=parents.get(item.parent_id or 0, ""),
        state=item.state,
        receiver=confirmed or 0,
        accepted_on=received.get(item.pk) if item.state == ItemState.ACCEPTED else None,
        on_minutes=coming.get(item.pk, 0),
        annex={**item.annex, "note": item.note},
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bundle: the item, why it is there, and what was excepted of it."""

    item: Item
    thing: Thing
    why: str
    exception: BundleException | None


@dataclass(frozen=True, slots=True)
class Whole:
    """A bundle with everything in it."""

    bundle: Bundle
    lead: Thing
    parts: tuple[Part, ...]
    exceptions: tuple[BundleException, ...]

    @property
    def things(self) -> tuple[Thing, ...]:
        """The parts as the rules take them."""
        return tuple(part.thing for part in self.parts)

    @property
    def excepted(self) -> frozenset[str]:
        """Keys of parts and names of groups that somebody excepted."""
        keys = {part.thing.key for part in self.parts if part.exception is not None}
        return frozenset(keys | {e.group for e in self.exceptions if e.group})

    @property
    def missing(self) -> tuple[Group, ...]:
        """The groups of which there is nothing and nobody said why."""
        return missing(self.lead, self.things, self.excepted)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the bundle may not be confirmed; empty when it may."""
        return confirm_problems(self.lead, self.things, self.excepted)

    def of(self, group: Group) -> tuple[Part, ...]:
        """The parts of one group, by code."""
        return tuple(p for p in self.parts if group_of(p.thing.kind, p.thing.annex) is group)


def wholes(bundles: Iterable[Bundle]) -> dict[int, Whole]:
    """Bundles with everything in them, by id; the same few queries however many."""
    rows = list(bundles)
    parts = list(
        BundlePart.objects.filter(bundle__in=rows, live=True)
        .select_related("item")
        .order_by("item__kind", "item__code", "pk")
    )
    exceptions: dict[int, list[BundleException]] = defaultdict(list)
    for one in (
        BundleException.objects.filter(bundle__in=rows).select_related("item").order_by("pk")
    ):
        exceptions[one.bundle_id].append(one)
    leads = Item.objects.in_bulk([b.lead_id for b in rows])
    things = things_of([*leads.values(), *(p.item for p in parts)])
    return {
        bundle.pk: Whole(
            bundle,
            things[bundle.lead_id],
            tuple(
                Part(p.item, things[p.item_id], p.why, _of(exceptions[bundle.pk], p.item_id))
                for p in parts
                if p.bundle_id == bundle.pk
            ),
            tuple(exceptions[bundle.pk]),
        )
        for bundle in rows
    }


def _of(exceptions: Iterable[BundleException], item: int) -> BundleException | None:
    return next((e for e in exceptions if e.item_id == item), None)


def whole(bundle: Bundle) -> Whole:
    """One bundle with everything in it."""
    return wholes([bundle])[bundle.pk]


def candidates(lead: Item, items: "QuerySet[Item]") -> list[Item]:
    """What of these items could belong to the lead, before the rule has its say.

    Shapes: at most ``MOST`` for each way; nothing that is in a bundle or leads one already.
    """
    taken = BundlePart.objects.filter(live=True, item__transition=lead.transition_id)
    leads = Bundle.objects.filter(transition=lead.transition_id).exclude(
        state=BundleState.DISSOLVED
    )
    free = (
        items.annotate(said=Cast("annex", TextField()))
        .exclude(pk=lead.pk)
        .exclude(state__in=GONE)
        .exclude(pk__in=taken.values("item"))
        .exclude(pk__in=leads.values("lead"))
    )
    found: dict[int, Item] = {}
    for where in _ways(lead):
        for item in free.filter(where).order_by("pk")[:MOST]:
            found.setdefault(item.pk, item)
    return list(found.values())


def _ways(lead: Item) -> list[Q]:
    """The conditions under which something may belong, each answered by an index or one kind."""
    ways = [Q(parent=lead.pk)]
    account = str(lead.annex.get("account") or "")
    if account:
        ways.append(Q(kind=Kind.FINANCE, annex__account=account))
    if lead.annex.get("contracts"):
        ways.append(Q(kind=Kind.DATASET, annex__dataset_type="contract"))
    title = fold(lead.title)
    if len(title.split()) >= 3:
        ways.append(Q(folded__contains=title[:120]))
    if lead.unit_id:
        near = Q(giver=lead.giver_id, field=lead.field, unit=lead.unit_id)
        ways.append(near & ~Q(kind=lead.kind))
    mentions = Q(note__contains=lead.code) | Q(said__contains=lead.code)
    ways.append(Q(giver=lead.giver_id) & mentions)
    return ways
