"""The ledger: movements that are only ever added, and running totals kept with them."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q

from thongsuot.apps.handover.models.allocation import AllocationRule
from thongsuot.apps.handover.models.choices import Kind
from thongsuot.apps.handover.models.items import Item
from thongsuot.apps.handover.models.minutes import Minutes
from thongsuot.apps.handover.models.transitions import Transition
from thongsuot.apps.registry.fields import BodyField
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover.ledger import KINDS, PLACES

LAWFUL = reduce(or_, (Q(kind=k.code, src=s, dst=d) for k in KINDS.values() for s, d in k.pairs))


class Movement(models.Model):
    """A part of an item that moved from one place to another. Never changed, never deleted.

    ``body`` is the counterparty: who receives, who keeps. ``entry`` is the act that moved it.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12)
    src = models.CharField(max_length=9, blank=True)
    dst = models.CharField(max_length=9, blank=True)
    quantity = models.BigIntegerField()
    body = BodyField(when_closed="stays", null=True, blank=True, related_name="+", db_index=False)
    minutes = models.ForeignKey(
        Minutes, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="handover_movement_quantity"),
            models.CheckConstraint(condition=LAWFUL, name="handover_movement_lawful"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.kind} {self.quantity}"


class StepLine(models.Model):
    """An item that went from one of the five steps to the next. Never changed."""

    # The constraint below is the index.
    item = models.ForeignKey(Item, models.PROTECT, related_name="steps", db_index=False)
    at_step = models.PositiveSmallIntegerField()
    to_step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_step=F("at_step") + 1, at_step__gte=1, to_step__lte=5),
                name="handover_stepline_next",
            ),
            models.UniqueConstraint(fields=["item", "to_step"], name="handover_stepline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.at_step} → {self.to_step}"


class ReceiverLine(models.Model):
    """People confirmed or chose the receiver of an item: which, why, by which act. Never changed.

    ``rule`` is the rule whose proposal was confirmed; empty when a person chose otherwise.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="decisions")
    receiver = BodyField(when_closed="stays", related_name="+", db_index=False)
    rule = models.ForeignKey(
        AllocationRule, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.item_id} → {self.receiver_id}"


def _sum_of(prefix: str) -> F:
    first, *rest = PLACES
    total = F(f"{prefix}_{first}")
    for place in rest:
        total = total + F(f"{prefix}_{place}")  # type: ignore[assignment]  # combined expression
    return total


class BalanceLine(models.Model):
    """Running totals of the items of one giver, kind, receiver and measure.

    Kept in the transaction of every posting, compared with the movements by ``handover_verify``.
    ``items_`` counts items by state, ``value_`` adds their đồng in the same way, ``q_`` adds the
    quantities by place. ``receiver`` 0: none yet; ``decided``: people have confirmed it.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="+", db_index=False)
    giver = BodyField(when_closed="stays", related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    receiver = models.BigIntegerField(default=0)
    decided = models.BooleanField(default=False)
    measure = models.CharField(max_length=16)
    items_opened = models.BigIntegerField(default=0)
    items_held = models.BigIntegerField(default=0)
    items_transit = models.BigIntegerField(default=0)
    items_accepted = models.BigIntegerField(default=0)
    items_kept = models.BigIntegerField(default=0)
    items_closed = models.BigIntegerField(default=0)
    items_destroyed = models.BigIntegerField(default=0)
    items_disputed = models.BigIntegerField(default=0)
    items_missing = models.BigIntegerField(default=0)
    q_opened = models.BigIntegerField(default=0)
    q_held = models.BigIntegerField(default=0)
    q_transit = models.BigIntegerField(default=0)
    q_accepted = models.BigIntegerField(default=0)
    q_kept = models.BigIntegerField(default=0)
    q_closed = models.BigIntegerField(default=0)
    q_destroyed = models.BigIntegerField(default=0)
    q_disputed = models.BigIntegerField(default=0)
    q_missing = models.BigIntegerField(default=0)
    value_opened = models.BigIntegerField(default=0)
    value_held = models.BigIntegerField(default=0)
    value_transit = models.BigIntegerField(default=0)
    value_accepted = models.BigIntegerField(default=0)
    value_kept = models.BigIntegerField(default=0)
    value_closed = models.BigIntegerField(default=0)
    value_destroyed = models.BigIntegerField(default=0)
    value_disputed = models.BigIntegerField(default=0)
    value_missing = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "giver", "kind", "receiver", "decided", "measure"],
                name="handover_balance_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    items_opened=_sum_of("items"),
                    q_opened=_sum_of("q"),
                    value_opened=_sum_of("value"),
                ),
                name="handover_balance_conservation",
            ),
            models.CheckConstraint(
                condition=Q(
                    *((f"{n}_{p}__gte", 0) for n in ("items", "q", "value") for p in PLACES)
                ),
                name="handover_balance_nothing_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id}/{self.kind}/{self.receiver}/{self.measure}"
