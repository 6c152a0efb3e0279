"""The balance, from the running totals: per body and kind, and the three sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import BooleanField, Case, F, Q, QuerySet, Sum, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.calendar import standing_limit
from thongsuot.apps.handover.models import BalanceLine, Item, Transition, TransitionBody
from thongsuot.apps.handover.models.choices import Allocation, ItemState, Step, TransitionSide
from thongsuot.apps.handover.models.items import OPEN_STATES, UNFINISHED
from thongsuot.apps.handover.posting import FIGURES
from thongsuot.foundation.among import within
from thongsuot.rules.handover.access import scope_of
from thongsuot.rules.handover.balance import BalanceRow
from thongsuot.rules.handover.ledger import PLACES, Buckets
from thongsuot.rules.kernel.actor import Actor


def balance_rows(
    transition_id: int,
    *,
    giver: int | None = None,
    by_receiver: bool = False,
    scope: Q | None = None,
) -> tuple[BalanceRow, ...]:
    """The balance lines of a transition added up per body, kind and measure.

    Shapes: in the order of bodies and kinds; with ``by_receiver`` also per receiver (0: none).
    ``scope`` narrows the lines to those a person may see.
    """
    lines = BalanceLine.objects.filter(transition=transition_id, items_opened__gt=0)
    if giver is not None:
        lines = lines.filter(giver=giver)
    if scope is not None:
        lines = lines.filter(scope)
    keys = ["giver", "kind", "measure", *(["receiver"] if by_receiver else [])]
    summed = lines.order_by(*keys).values(*keys).annotate(**{f"sum_{f}": Sum(f) for f in FIGURES})
    return tuple(_row(line) for line in summed)


def _row(line: dict[str, int]) -> BalanceRow:
    def buckets(of: str) -> Buckets:
        return Buckets(**{p: int(line[f"sum_{of}_{p}"]) for p in PLACES})

    return BalanceRow(
        giver=line["giver"],
        kind=str(line["kind"]),
        opened_items=int(line["sum_items_opened"]),
        items=buckets("items"),
        measure=str(line["measure"]),
        opened_quantity=int(line["sum_q_opened"]),
        quantity=buckets("q"),
        opened_value=int(line["sum_value_opened"]),
        value=buckets("value"),
        receiver=line.get("receiver", 0),
    )


def line_scope(actor: Actor) -> Q:
    """The balance lines a person may see: of the area, own as giver, confirmed as receiver."""
    scope = scope_of(actor)
    if scope.area:
        return within("transition__unit_id", scope.area)
    if scope.bodies:
        mine = permit.gives_for(scope.bodies)
        return Q(giver__in=mine) | Q(receiver__in=scope.bodies, decided=True)
    return Q(pk__in=())


def balance(actor: Actor, transition_id: int, **by: bool) -> tuple[BalanceRow, ...]:
    """The balance of a transition as far as the person may see it."""
    return balance_rows(transition_id, scope=line_scope(actor), **by)


def bodies_in(transition_id: int) -> tuple[set[int], set[int]]:
    """The givers and the receivers that items of a transition have, from the running totals."""
    pairs = BalanceLine.objects.filter(transition=transition_id).values_list("giver", "receiver")
    found = list(pairs.distinct())
    return {g for g, _ in found}, {r for _, r in found if r}


def rows_by_kind(rows: Iterable[BalanceRow]) -> Iterator[tuple[int, list[BalanceRow]]]:
    """The rows grouped by body, in order."""
    group: list[BalanceRow] = []
    for row in rows:
        if group and group[0].giver != row.giver:
            yield group[0].giver, group
            group = []
        group.append(row)
    if group:
        yield group[0].giver, group


@dataclass(frozen=True, slots=True)
class Sentences:
    """The three sentences in figures; all 0 is what everybody works for.

    ``left_out``: without a receiver, or missing (không bỏ sót). ``stuck``: standing at one step
    longer than allowed (không ách tắc). ``gap``: due on or after the end of its holder without a
    receiver who has accepted or is confirmed (không khoảng trống).
    """

    left_out: int
    stuck: int
    gap: int
    unsigned: int


def left_out(items: "QuerySet[Item]") -> "QuerySet[Item]":
    """Items with nobody to receive them, and items that cannot be found."""
    nobody = Q(state=ItemState.HELD) & Q(
        allocation__in=(Allocation.NONE, Allocation.GAP, Allocation.CLASH, Allocation.SHARED)
    )
    return items.filter(nobody | Q(state=ItemState.MISSING))


def stuck(items: "QuerySet[Item]", today: date, working_days: int) -> "QuerySet[Item]":
    """Unfinished items that have been standing at their step more than so many working days."""
    first = datetime.combine(standing_limit(today, working_days), time.min)
    return items.filter(UNFINISHED, step_at__lt=timezone.make_aware(first))


# Held or on the way without a confirmed receiver, disputed, or missing; as its index knows it.
UNCERTAIN = RawSQL(
    "(handover_item.state IN ('disputed', 'missing') OR (handover_item.state IN "
    "('held', 'transit') AND NOT (handover_item.allocation = 'confirmed')))",
    (),
    output_field=BooleanField(),
)


def after_the_end(items: "QuerySet[Item]", end: date) -> "tuple[QuerySet[Item], QuerySet[Item]]":
    """Items due on or after the end of their holder that nobody is certain to receive.

    Two sets without overlap that each have an index of their own: by date, and by season alone.
    """
    both = (True, False)  # both named, so that the search enters the index column by column
    unsure = items.filter(UNCERTAIN)
    by_season = Q(next_due__isnull=True) | Q(next_due__lt=end)
    return (
        unsure.filter(citizen__in=both, next_due__gte=end),
        unsure.filter(by_season, season_due__isnull=False),
    )


def coming_due(items: "QuerySet[Item]", end: date) -> "QuerySet[Any]":
    """Items with ``due``: their first day on or after a day, by date or by season; others left out.

    What has been handed over and signed for is left out too: its receiver knows it.
    """
    sooner = Q(next_due__gte=end) & (Q(season_due__isnull=True) | Q(season_due__gte=F("next_due")))
    due = Case(
        When(sooner, then=F("next_due")),
        When(season_due__isnull=False, then=F("season_due")),
        default=None,
    )
    waiting = Q(state__in=(*OPEN_STATES, ItemState.MISSING))
    dated = Q(next_due__gte=end) | Q(season_due__isnull=False)
    return items.filter(waiting).filter(dated).annotate(due=due)


def radar(actor: Actor, transition: Transition) -> "QuerySet[Any]":
    """After-the-end radar of a transition, the nearest day first, each with its ``due``."""
    items = permit.visible_in(actor, transition).filter(UNCERTAIN)
    return coming_due(items, transition.effective_on).order_by("due", "kind", "code")


def radar_first(actor: Actor, transition: Transition, most: int) -> list[Item]:
    """The first of the radar, who is hurt before the nearest day: quick at any size."""
    end = transition.effective_on
    dated, by_season = after_the_end(permit.visible_in(actor, transition), end)
    found = list(coming_due(dated, end).order_by("-citizen", "next_due", "code")[:most])
    found += coming_due(by_season, end).order_by("-citizen", "season_due", "code")[:most]
    return sorted(found, key=_most_urgent)[:most]


def _most_urgent(item: Item) -> tuple[bool, date, str]:
    due: date = item.due  # type: ignore[attr-defined]  # beside every item of the radar
    return (not item.citizen, due, item.code)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody, from the running totals alone: quick at any size.

    ``nobody``: held without a receiver; ``undecided``: held with none confirmed.
    """

    nobody: int
    undecided: int
    disputed: int
    missing: int
    transit: int


def waiting(actor: Actor, transition: Transition) -> Waiting:
    """The counters of a transition for what the person may see."""
    lines = BalanceLine.objects.filter(line_scope(actor), transition=transition)
    held = lines.filter(items_held__gt=0)
    found = lines.aggregate(
        disputed=Sum("items_disputed"), missing=Sum("items_missing"), transit=Sum("items_transit")
    ) | {
        "nobody": held.filter(receiver=0).aggregate(n=Sum("items_held"))["n"],
        "undecided": held.filter(decided=False).aggregate(n=Sum("items_held"))["n"],
    }
    return Waiting(**{name: int(count or 0) for name, count in found.items()})


# The states as the index knows them: SQLite uses a partial index only for what is written out.
STANDING = RawSQL(
    "handover_item.state IN ('held', 'transit', 'disputed')", (), output_field=BooleanField()
)


CONFIRMED = RawSQL(
    f"handover_item.allocation = '{Allocation.CONFIRMED}'", (), output_field=BooleanField()
)


def standing_in(actor: Actor, transition: Transition) -> "tuple[QuerySet[Item], ...]":
    """The unfinished items in sight, in sets without overlap that each have an index of their own.

    What a body gives and what comes to it are two sets: as one condition with *or*, every
    unfinished item of the transition would have to be looked at.
    """
    scope = scope_of(actor)
    if scope.area or not scope.bodies:
        return (permit.visible_in(actor, transition).filter(STANDING, step__in=Step.values),)
    items = Item.objects.filter(STANDING, transition=transition, step__in=Step.values)
    coming = items.filter(CONFIRMED, receiver__in=scope.bodies)
    return items.filter(giver__in=scope.bodies), coming.exclude(giver__in=scope.bodies)


def too_long_before(transition: Transition, today: date) -> datetime:
    """What came to its step before this moment has been standing there too long."""
    limit = standing_limit(today, transition.stuck_after)
    return timezone.make_aware(datetime.combine(limit, time.min))


def sentences(actor: Actor, transition: Transition, today: date) -> Sentences:
    """The three sentences for what the person may see of a transition, on a day."""
    items = permit.visible_in(actor, transition)
    counters = waiting(actor, transition)
    return Sentences(
        left_out=counters.nobody + counters.missing,
        stuck=sum(
            part.filter(step_at__lt=too_long_before(transition, today)).count()
            for part in standing_in(actor, transition)
        ),
        gap=sum(part.count() for part in after_the_end(items, transition.effective_on)),
        unsigned=permit.visible_minutes(actor)
        .filter(transition=transition, state__in=("counting", "giver-signed"))
        .count(),
    )


@dataclass(frozen=True, slots=True)
class Receiver:
    """What comes to one body: items by state over all kinds, and whether it begins here."""

    body: int
    items: Buckets
    opened: int
    begins: bool


def receivers(actor: Actor, transition_id: int) -> tuple[Receiver, ...]:
    """Every body that something comes to, and every body that begins, the most items first."""
    begins = set(
        TransitionBody.objects.filter(
            transition=transition_id, side=TransitionSide.BEGINS
        ).values_list("body", flat=True)
    )
    found: dict[int, Buckets] = {body: Buckets() for body in begins}
    lines = BalanceLine.objects.filter(line_scope(actor), transition=transition_id, receiver__gt=0)
    sums = {p: Sum(f"items_{p}") for p in PLACES}
    summed = lines.order_by().values("receiver").annotate(**sums)
    for receiver, *counts in summed.values_list("receiver", *sums):
        found[receiver] = Buckets(*map(int, counts))
    rows = [Receiver(b, items, items.opened, b in begins) for b, items in found.items()]
    return tuple(sorted(rows, key=lambda r: (-r.opened, r.body)))
