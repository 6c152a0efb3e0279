"""What the pages about boxes show, in few questions each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from thongsuot.apps.custody import permit
from thongsuot.apps.custody.models import (
    Alarm,
    Container,
    ContainerKind,
    Count,
    Expected,
    Holding,
    LabelPrint,
    Placing,
    Scan,
    Seal,
    Stay,
)
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.rules.custody.counting import Tally, tally
from thongsuot.rules.custody.places import SHELF, STORE
from thongsuot.rules.kernel.actor import Actor

DEEPEST = 4  # kho, giá, hộp, cặp: nothing stands deeper


def chain_above(container: Container, at: datetime | None = None) -> list[Container]:
    """What a container stands in, from the nearest to the store, now or at an instant."""
    found: list[Container] = []
    here = container
    for _step in range(DEEPEST):
        stays = Stay.objects.filter(container=here).select_related("place")
        if at is None:
            stays = stays.filter(until__isnull=True)
        else:
            stays = stays.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)
        stay = stays.first()
        if stay is None:
            return found
        here = stay.place
        found.append(here)
    return found


def room_of(container: Container, at: datetime | None = None) -> Container | None:
    """The store in which a container stands, now or at an instant; a store is its own room."""
    if container.kind == STORE:
        return container
    return next((c for c in chain_above(container, at) if c.kind == STORE), None)


class Whereabouts:
    """In which store each of many containers stood at any instant, read in a handful of questions."""

    def __init__(self, containers: Iterable[Container]) -> None:
        self.known = {c.pk: c for c in containers}
        self.stays: dict[int, list[Stay]] = {}
        wanted = set(self.known)
        while wanted:
            self.stays.update({pk: [] for pk in wanted})
            rows = Stay.objects.filter(container__in=wanted).select_related("place")
            for stay in rows.order_by("since"):
                self.stays[stay.container_id].append(stay)
                self.known.setdefault(stay.place_id, stay.place)
            wanted = set(self.known) - set(self.stays)

    def room(self, container_id: int, at: datetime) -> Container | None:
        """The store at that instant; None before the container was put anywhere."""
        here = self.known[container_id]
        while here.kind != STORE:
            stay = next(
                (s for s in self.stays[here.pk] if s.since <= at and (not s.until or at < s.until)),
                None,
            )
            if stay is None:
                return None
            here = self.known[stay.place_id]
        return here


def standing_in(place: Container) -> list[int]:
    """The boxes, and folders outside boxes, that stand in a store or on a shelf now."""
    direct = Stay.objects.filter(place=place, until__isnull=True)
    shelves = direct.filter(container__kind=SHELF).values("container")
    inside = Stay.objects.filter(Q(place=place) | Q(place__in=shelves), until__isnull=True)
    wanted = inside.exclude(container__kind=SHELF)
    return sorted(wanted.values_list("container", flat=True))


def tally_of(count: Count) -> Tally:
    """What a count has found so far, or in the end."""
    expected = count.expected.values_list("container", flat=True)
    scans = count.scans.exclude(container__kind__in=(STORE, SHELF))
    seen = scans.filter(container__isnull=False).values_list("container", flat=True).distinct()
    unknown = count.scans.filter(container__isnull=True).values_list("text", flat=True).distinct()
    return tally(set(expected), set(seen), set(unknown))


def found_and_missing(count: Count, found: Tally) -> dict[str, list[Container]]:
    """The containers of a count by what became of them, in order of name."""
    ids = found.found | found.short | found.over
    rows = {c.pk: c for c in Container.objects.filter(pk__in=ids).order_by("folded", "pk")}
    return {
        "found": [c for pk, c in rows.items() if pk in found.found],
        "short": [c for pk, c in rows.items() if pk in found.short],
        "over": [c for pk, c in rows.items() if pk in found.over],
    }


def last_places(containers: Iterable[int]) -> dict[int, str]:
    """Where each container stands on record: *kho, giá*."""
    stays = Stay.objects.filter(container__in=list(containers), until__isnull=True)
    rows = stays.select_related("place")
    found = {s.container_id: s.place for s in rows}
    above = {
        s.container_id: s.place.name
        for s in Stay.objects.filter(
            container__in=[p.pk for p in found.values()], until__isnull=True
        ).select_related("place")
    }
    return {
        pk: ", ".join(filter(None, (above.get(place.pk, ""), place.name)))
        for pk, place in found.items()
    }


def with_state(rows: "QuerySet[Container]") -> "QuerySet[Any]":
    """Containers with what a list says of them: seal, place, room above it, holder, open alarms."""
    stay = Stay.objects.filter(container=OuterRef("pk"), until__isnull=True)
    above = Stay.objects.filter(container=OuterRef("at_place"), until__isnull=True)
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    seals = Seal.objects.filter(box=OuterRef("pk"))
    return rows.annotate(
        at_place=Subquery(stay.values("place")[:1]),
        place_name=Subquery(stay.values("place__name")[:1]),
        seal=Subquery(seals.filter(opened__isnull=True).values("number")[:1]),
        was_sealed=Exists(seals),
        rings=Exists(Alarm.objects.filter(container=OuterRef("pk"), resolved_at__isnull=True)),
        holder_name=Subquery(newest.filter(body=OuterRef("holder")).values("name")[:1]),
    ).annotate(above_name=Subquery(above.values("place__name")[:1]))


@dataclass(frozen=True, slots=True)
class Figures:
    """How the boxes in sight stand."""

    boxes: int
    sealed: int
    empty: int
    opened: int
    alarms: int
    handed: int


def figures(actor: Actor) -> Figures:
    """The figures above the list of boxes, for what the person may see."""
    rows = permit.visible_containers(actor).filter(kind=ContainerKind.BOX)
    live = Seal.objects.filter(box=OuterRef("pk"), opened__isnull=True)
    once = Seal.objects.filter(box=OuterRef("pk"), opened__isnull=False)
    found = rows.aggregate(
        boxes=CountOf("pk"),
        sealed=CountOf("pk", filter=Exists(live)),
        empty=CountOf("pk", filter=Q(things=0)),
        opened=CountOf("pk", filter=Exists(once)),
        handed=CountOf("pk", filter=~Q(holder=F("owner"))),
    )
    alarms = permit.visible_alarms(actor).filter(resolved_at__isnull=True).count()
    return Figures(alarms=alarms, **found)


@dataclass(frozen=True, slots=True)
class Passport:
    """Everything about one container, for its page."""

    container: Container
    above: list[Container]
    inside: list[Container]
    items: list[Placing]
    items_hidden: int
    seals: list[Seal]
    stays: list[Stay]
    holdings: list[Holding]
    prints: list[LabelPrint]
    counted: list[Scan]
    alarms: list[Alarm]
    names: dict[int, str] = field(default_factory=dict)

    @property
    def seal(self) -> Seal | None:
        """The seal that is on it."""
        return next((s for s in self.seals if s.opened is None), None)


def passport(actor: Actor, container: Container) -> Passport:
    """The passport of a container: history for everybody who sees it, contents by right."""
    inside = list(
        Container.objects.filter(stays__place=container, stays__until__isnull=True).order_by(
            "kind", "folded", "pk"
        )
    )
    ids = [container.pk, *(c.pk for c in inside if c.kind == ContainerKind.FOLDER)]
    seen = permit.contents_in_sight(actor, ids).select_related("item", "container")
    items = list(seen.order_by("item__code", "pk")[:500])
    everything = Placing.objects.filter(container__in=ids, until__isnull=True).count()
    holdings = list(Holding.objects.filter(container=container).order_by("at"))
    counted = Scan.objects.filter(container=container).select_related("count__place")
    return Passport(
        container,
        chain_above(container),
        inside,
        items,
        everything - seen.count(),
        list(container.seals.select_related("photo").order_by("-since")),
        list(container.stays.select_related("place").order_by("since")),
        holdings,
        list(container.prints.order_by("number")),
        list(counted.order_by("-at")[:20]),
        list(container.alarms.select_related("seen_in", "other").order_by("-raised_at")),
        body_names({container.owner_id, container.holder_id, *(h.body_id for h in holdings)}),
    )


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf or the floor of a store, with what stands there."""

    place: Container
    boxes: int
    sealed: int


def rooms(actor: Actor) -> list[tuple[Container, list[Shelf], str]]:
    """Every store in sight with its shelves and how many boxes stand on each, in four questions."""
    places = list(
        permit.visible_containers(actor)
        .filter(kind__in=(ContainerKind.STORE, ContainerKind.SHELF))
        .order_by("folded", "pk")
    )
    stores = [p for p in places if p.kind == ContainerKind.STORE]
    at = dict(
        Stay.objects.filter(container__in=places, until__isnull=True).values_list(
            "container", "place"
        )
    )
    live = Seal.objects.filter(box=OuterRef("container"), opened__isnull=True)
    counts = {
        place: (boxes, sealed)
        for place, boxes, sealed in Stay.objects.filter(place__in=places, until__isnull=True)
        .exclude(container__kind=ContainerKind.SHELF)
        .values_list("place")
        .annotate(boxes=CountOf("pk"), sealed=CountOf("pk", filter=Exists(live)))
    }
    names = body_names(s.holder_id for s in stores)
    return [
        (
            store,
            [
                Shelf(p, *counts.get(p.pk, (0, 0)))
                for p in (store, *(q for q in places if at.get(q.pk) == store.pk))
                if p is not store or p.pk in counts
            ],
            names[store.holder_id],
        )
        for store in stores
    ]


def counts(actor: Actor) -> "QuerySet[Count]":
    """The counts in sight, newest first, with how much each expects."""
    return (
        permit.visible_counts(actor)
        .select_related("place")
        .annotate(expecting=CountOf("expected", distinct=True))
        .order_by("-opened_at", "-pk")
    )


def alarms(actor: Actor) -> "QuerySet[Alarm]":
    """The alarms in sight: open ones first, then newest first."""
    rows = permit.visible_alarms(actor).select_related("container", "seen_in", "other")
    return rows.order_by(F("resolved_at").desc(nulls_first=True), "-raised_at", "-pk")


def expected_of(count: Count) -> int:
    """How many boxes a count expects."""
    return Expected.objects.filter(count=count).count()


def contiguous(stays: Iterable[Stay]) -> bool:
    """Whether stays follow each other without a gap, the last one open."""
    told = sorted(stays, key=lambda s: s.since)
    joined = all(a.until == b.since for a, b in pairwise(told))
    return joined and (not told or told[-1].until is None)
