"""Who holds what on any day: one item by the rules, a whole transition in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual
from django.utils import timezone

from thongsuot.apps.handover.models import (
    DisputeLine,
    Item,
    Movement,
    Nomination,
    ReceiverLine,
    Transition,
    TransitionBody,
)
from thongsuot.apps.handover.models.choices import Allocation, DisputeSort, TransitionSide
from thongsuot.apps.handover.models.items import bucket
from thongsuot.rules.handover import holder, ledger
from thongsuot.rules.handover.holder import Event, Holder, Named, Provisional, Setting
from thongsuot.rules.handover.ledger import ACCEPTED, DISPUTED, HELD, KEPT, MISSING, TRANSIT

NUMBER = BigIntegerField()
NOBODY = Value(0, output_field=NUMBER)


def _first(rows: "QuerySet[Any]", name: str) -> Subquery:
    """A number of the first of some rows; null without any."""
    return Subquery(rows.values(name)[:1], output_field=NUMBER)


def _or(first: Combinable, other: Combinable) -> Coalesce:
    return Coalesce(first, other, output_field=NUMBER)


def events_of(item: Item) -> tuple[Event, ...]:
    """What decides who holds an item, in the order in which it was recorded."""
    found: list[tuple[int, int, int, Event]] = []
    for m in Movement.objects.filter(item=item).select_related("entry"):
        move = ledger.Movement(
            item.code, m.kind, m.src, m.dst, m.quantity, m.body_id or 0, m.on,
            m.note, m.entry.authority, m.minutes_id or 0,
        )  # fmt: skip
        found.append((m.entry_id, 0, m.pk, move))
    for r in ReceiverLine.objects.filter(item=item):
        named = Named(r.receiver_id, timezone.localtime(r.at).date())
        found.append((r.entry_id, 1, r.pk, named))
    said = DisputeLine.objects.filter(item=item, sort=DisputeSort.PROVISIONAL)
    found += [(d.entry_id, 2, d.pk, Provisional(d.body_id or 0, d.on)) for d in said]
    return tuple(event for _, _, _, event in sorted(found, key=lambda row: row[:3]))


def setting_of(transition: Transition, giver: int) -> Setting:
    """What the ladder needs to know of a giver of a transition."""
    ends = TransitionBody.objects.filter(
        transition=transition, body=giver, side=TransitionSide.ENDS
    ).exists()
    nominations = Nomination.objects.filter(transition=transition, giver=giver).order_by("id")
    return Setting(
        giver,
        transition.effective_on if ends else None,
        transition.residual_id or 0,
        tuple(holder.Nomination(n.body_id, n.on) for n in nominations),
    )


def holders_on(item: Item, on: date) -> tuple[Holder, ...]:
    """Who holds an item at the end of a day, the whole answer first; empty when nothing is left."""
    return holder.tonight(events_of(item), setting_of(item.transition, item.giver_id), on)


def nominated_on(transition_id: int, on: date) -> dict[int, int]:
    """For each giver of a transition the body nominated for what it leaves, as of a day."""
    rows = Nomination.objects.filter(transition=transition_id, on__lte=on).order_by("id")
    return dict(rows.values_list("giver", "body"))


def held_on(
    items: "QuerySet[Item]", transition: Transition, on: date, today: date
) -> "QuerySet[Any]":
    """The live items of a transition, each with who holds it at the end of a day.

    Shapes: ``hold_place``, ``hold_body`` and ``hold_code`` stand beside each item, as the rules
    give them for the first of its holders. For today and later the buckets are read, which equal
    the movements; for a day that is past, the movements up to it.
    """
    past = on < today
    named = items.annotate(
        hold_place=_place_then(on) if past else _place_now(),
        named_body=_named_then(on) if past else _named_now(),
    )
    body, code = _answering(transition, on)
    return (
        named.exclude(hold_place="")
        .annotate(left_body=body, left_code=code)
        .annotate(hold_body=_body(on), hold_code=_code())
    )


def _place_now() -> Case:
    whens = [When(**{f"{bucket(p)}__gt": 0, "then": Value(p)}) for p in holder.LIVE]
    return Case(*whens, default=Value(""), output_field=CharField())


def _moved_until(on: date) -> "QuerySet[Movement]":
    return Movement.objects.filter(item=OuterRef("pk"), on__lte=on).order_by()


def _net(place: str) -> Sum:
    came = Case(When(dst=place, then=F("quantity")), default=NOBODY)
    went = Case(When(src=place, then=F("quantity")), default=NOBODY)
    return Sum(came - went)


def _place_then(on: date) -> Coalesce:
    nets = {f"n_{p}": _net(p) for p in holder.LIVE}
    whens = [When(**{f"n_{p}__gt": 0, "then": Value(p)}) for p in holder.LIVE]
    place = Case(*whens, default=Value(""), output_field=CharField())
    rows = _moved_until(on).values("item").annotate(**nets).annotate(there=place)
    return Coalesce(Subquery(rows.values("there")), Value(""))


def _named_now() -> Case:
    confirmed = When(allocation=Allocation.CONFIRMED, then=F("receiver_id"))
    return Case(confirmed, default=NOBODY, output_field=NUMBER)


def _named_then(on: date) -> Case:
    """The receiver confirmed last, unless the item came back refused since."""
    until = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    chosen = ReceiverLine.objects.filter(item=OuterRef("pk"), at__lt=until).order_by("-id")
    back = _moved_until(on).filter(kind="refused").order_by("-id")
    entry = _or(_first(chosen, "entry"), NOBODY)
    refused = _or(_first(back, "entry"), NOBODY)
    later = When(GreaterThan(entry, refused), then=_first(chosen, "receiver"))
    return Case(later, default=NOBODY, output_field=NUMBER)


def _answering(transition: Transition, on: date) -> tuple[Combinable, Combinable]:
    """Who answers for what each giver leaves, and by which rung, as expressions of an item."""
    giver: Combinable = F("giver_id")
    if on < transition.effective_on:
        return giver, Value(holder.WITH_GIVER)
    ends = TransitionBody.objects.filter(transition=transition, side=TransitionSide.ENDS)
    ended = list(ends.values_list("body", flat=True))
    nominated = nominated_on(transition.pk, on)
    desk = transition.residual_id
    last: Combinable = Value(desk) if desk else F("giver_id")
    bodies = [When(giver=g, then=Value(b)) for g, b in nominated.items() if g in ended]
    body = Case(
        *bodies,
        When(giver__in=ended, then=last),
        default=giver,
        output_field=NUMBER,
    )
    code = Case(
        When(giver__in=[g for g in nominated if g in ended], then=Value(holder.NOMINATED)),
        When(giver__in=ended, then=Value(holder.CARETAKER if desk else holder.OVERDUE)),
        default=Value(holder.WITH_GIVER),
        output_field=CharField(),
    )
    return body, code


def _body(on: date) -> Case:
    return Case(
        *(When(hold_place=p, then=_most_in(p, on)) for p in (ACCEPTED, KEPT)),
        When(hold_place=DISPUTED, then=_provisional(on)),
        When(_by_name(), then=F("named_body")),
        default=F("left_body"),
        output_field=NUMBER,
    )


def _code() -> Case:
    fixed = {
        ACCEPTED: holder.SIGNED,
        KEPT: holder.BY_DECISION,
        DISPUTED: holder.PROVISIONAL,
        MISSING: holder.SEARCHING,
    }
    return Case(
        *(When(hold_place=place, then=Value(code)) for place, code in fixed.items()),
        When(_by_name(), then=Value(holder.NAMED)),
        default=F("left_code"),
        output_field=CharField(),
    )


def _by_name() -> Q:
    """The giver has ended and a receiver is confirmed for what it still had."""
    return Q(hold_place__in=(HELD, TRANSIT), named_body__gt=0) & ~Q(left_code=holder.WITH_GIVER)


def _most_in(place: str, on: date) -> Case:
    """The body that has most of an item in a place; of equals always the same.

    Where nobody but the receiver ever came by any of it, nothing has to be added up.
    """
    here = _moved_until(on).filter(Q(src=place) | Q(dst=place), body__isnull=False)
    rows = here.values("body").annotate(net=_net(place)).filter(net__gt=0).order_by("-net", "body")
    others = here.filter(dst=place).exclude(body=OuterRef("receiver"))
    alone = When(Q(receiver__isnull=False) & ~Exists(others), then=F("receiver_id"))
    most = _or(_first(rows, "body"), F("left_body"))
    return Case(alone, default=most, output_field=NUMBER)


def _provisional(on: date) -> Coalesce:
    """Who was named to hold a disputed item, else whose hands it was in, else who answers."""
    begun = _moved_until(on).filter(dst=DISPUTED).order_by("-id")
    said = DisputeLine.objects.filter(
        item=OuterRef("pk"), sort=DisputeSort.PROVISIONAL, on__lte=on
    ).order_by("-id")
    named = _or(_first(said, "entry"), NOBODY)
    since = _or(_first(begun, "entry"), NOBODY)
    after = When(GreaterThanOrEqual(named, since), then=_first(said, "body"))
    hands = _first(begun.annotate(hands=Case(When(src=ACCEPTED, then=F("body")))), "hands")
    chosen = Case(after, default=hands, output_field=NUMBER)
    return _or(chosen, F("left_body"))


@dataclass(frozen=True, slots=True)
class Share:
    """How many items a body holds by one rung of the ladder."""

    body: int
    code: str
    items: int
    citizens: int


def shares(held: "QuerySet[Any]") -> tuple[Share, ...]:
    """The items that ``held_on`` gives, counted by body and disposition in one statement."""
    rows = (
        held.order_by()
        .values_list("hold_body", "hold_code")
        .annotate(n=Count("pk"), people=Count("pk", filter=Q(citizen=True)))
    )
    found = (Share(int(b or 0), code, n, people) for b, code, n, people in rows)
    return tuple(sorted(found, key=lambda s: (-s.items, s.body, s.code)))


def without_holder(transition: Transition, on: date) -> Iterator[Item]:
    """Live items that nobody, or a body that has ended, would hold on a day; none when all is well.

    Without a caretaker the giver answers on: that is said on the page, and is no fault of the sums.
    """
    items = Item.objects.filter(transition=transition)
    held = held_on(items, transition, on, on)
    ended = TransitionBody.objects.filter(transition=transition, side=TransitionSide.ENDS)
    wrong = Q(hold_body__isnull=True) | Q(hold_body=0)
    if on >= transition.effective_on:
        gone = ended.values_list("body", flat=True)
        wrong |= Q(hold_body__in=list(gone)) & ~Q(hold_code=holder.OVERDUE)
    yield from held.filter(wrong).order_by("pk")
