"""Looking at items: lists within sight, the life of one, who holds it on a day, how old it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.calendar import calendar_around
from thongsuot.apps.handover.models import (
    Item,
    Movement,
    ReceiverLine,
    StepLine,
    Transition,
    TransitionBody,
)
from thongsuot.apps.handover.models.choices import Step
from thongsuot.apps.handover.queries.balance import standing_in, too_long_before
from thongsuot.apps.handover.queries.holders import events_of, holders_on, setting_of
from thongsuot.apps.handover.selection import narrowed
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover import ledger
from thongsuot.rules.handover.holder import Holder, tonight
from thongsuot.rules.handover.ledger import Buckets
from thongsuot.rules.handover.lifecycle import days_standing
from thongsuot.rules.kernel.actor import Actor

visible_items = permit.visible_items
item_in_sight = permit.item_in_sight


# As the index of codes knows it: SQLite uses a partial index only for what is written out.
LISTED = RawSQL("NOT (handover_item.state = 'undone')", (), output_field=BooleanField())


def items_of(
    actor: Actor, transition_id: int, wanted: Mapping[str, Any] | None = None
) -> "QuerySet[Item]":
    """The items of a transition within sight that match every filter, in the order of codes.

    What was taken off the list with its import is left out, unless asked for by its state.

    Shapes: the names of ``wanted`` are those of ``selection.FILTERS``; a bulk act takes the same.
    """
    transition = Transition.objects.filter(pk=transition_id).first()
    if transition is None:
        return Item.objects.none()
    items = narrowed(permit.visible_in(actor, transition), wanted or {})
    if not (wanted or {}).get("state"):
        items = items.filter(LISTED)
    return items.order_by("kind", "code")


def buckets_of(item: Item) -> Buckets:
    """The eight buckets of an item, as the rules take them."""
    return Buckets(**{p: getattr(item, f"q_{p}") for p in ledger.PLACES})


def movements_of(item_id: int) -> tuple[ledger.Movement, ...]:
    """The movements of an item in order, as the rules take them."""
    rows = Movement.objects.filter(item=item_id).select_related("item", "entry").order_by("id")
    return tuple(
        ledger.Movement(
            item=m.item.code,
            kind=m.kind,
            src=m.src,
            dst=m.dst,
            quantity=m.quantity,
            body=m.body_id or 0,
            on=m.on,
            reason=m.note,
            authority=m.entry.authority,
            minutes=m.minutes_id or 0,
        )
        for m in rows
    )


def holders_of(item: Item, on: date | None = None) -> tuple[Holder, ...]:
    """Who answers for which part of an item, at the end of a day or now.

    Without a day, a giver has ended when its end is written down.
    """
    if on is not None:
        return holders_on(item, on)
    row = TransitionBody.objects.filter(
        transition=item.transition_id, body=item.giver_id, ended_on__isnull=False
    ).first()
    setting = setting_of(item.transition, item.giver_id)
    now = replace(setting, ends_on=row.ended_on if row else None)
    return tonight(events_of(item), now, date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line in the life of an item, with the act behind it.

    ``what`` is the kind of a movement, *step*, or *receiver*: people decided who receives it.
    """

    at: datetime
    what: str
    who: str
    post: str
    authority: str
    entry: int
    receipt: str
    src: str = ""
    dst: str = ""
    quantity: int | None = None
    body: int | None = None
    reason: str = ""
    minutes: int | None = None


def _behind(entry: Entry) -> dict[str, Any]:
    """Who did it, in which post, on which authority, and the receipt."""
    return {
        "who": entry.actor_name,
        "post": entry.actor_post,
        "authority": entry.authority,
        "entry": entry.pk,
        "receipt": entry.hash,
    }


def history_of(item: Item) -> tuple[Happening, ...]:
    """Everything that happened to an item, the oldest first: movements, steps, receivers decided."""
    lines = [
        Happening(
            at=m.at,
            what=m.kind,
            src=m.src,
            dst=m.dst,
            quantity=m.quantity,
            body=m.body_id,
            reason=m.note or m.entry.reason,
            minutes=m.minutes_id,
            **_behind(m.entry),
        )
        for m in Movement.objects.filter(item=item).select_related("entry")
    ]
    lines += [
        Happening(at=s.at, what="step", src=str(s.at_step), dst=str(s.to_step), **_behind(s.entry))
        for s in StepLine.objects.filter(item=item).select_related("entry")
    ]
    lines += [
        Happening(at=r.at, what="receiver", body=r.receiver_id, reason=r.reason, **_behind(r.entry))
        for r in ReceiverLine.objects.filter(item=item).select_related("entry")
    ]
    return tuple(sorted(lines, key=lambda h: (h.at, h.entry)))


def standing(item: Item, today: date) -> int:
    """How many working days an item has been standing at its step."""
    since = timezone.localtime(item.step_at).date()
    return days_standing(since, today, calendar_around(today.year))


@dataclass(frozen=True, slots=True)
class StepRow:
    """How many unfinished items stand at a step, and how many of them too long."""

    step: int
    items: int
    stuck: int


def ageing(actor: Actor, transition: Transition, today: date) -> tuple[StepRow, ...]:
    """The five steps with what stands at each, for what the person may see."""
    late = Count("step_at", filter=Q(step_at__lt=too_long_before(transition, today)))
    every: Counter[int] = Counter()
    stuck: Counter[int] = Counter()
    for part in standing_in(actor, transition):
        found = part.order_by().values_list("step").annotate(n=Count("*"), late=late)
        for step, count, old in found:
            every[step] += count
            stuck[step] += old
    return tuple(StepRow(s.value, every[s.value], stuck[s.value]) for s in Step)
