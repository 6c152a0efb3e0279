"""What is written beside the ledger about who holds, who disputes and what is carried over.

Three tables that are only ever added to; the last line that fits a day counts on it.
"""

from django.db import models
from django.db.models import Q

from thongsuot.apps.handover.models.choices import CarrySort, DisputeSort, Stance
from thongsuot.apps.handover.models.items import Item
from thongsuot.apps.handover.models.transitions import Transition
from thongsuot.apps.registry.fields import BodyField
from thongsuot.foundation.trail.models import Entry


class Nomination(models.Model):
    """A body is to take over whatever a giver leaves without a receiver. Never changed.

    A later one for the same giver replaces it from its own day on.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="nominations")
    giver = BodyField(when_closed="stays", related_name="+", db_index=False)
    body = BodyField(when_closed="stays", related_name="+", db_index=False)
    on = models.DateField()
    reason = models.TextField(blank=True)
    authority = models.CharField(max_length=300)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=models.F("body")), name="handover_nomination_another_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.body_id}"


class DisputeLine(models.Model):
    """A step of a dispute: opened, what a side says, who holds meanwhile, decided. Never changed.

    ``body`` is the other claimant (opened), who speaks (position), who holds (provisional), who
    receives by the decision (settled).
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="dispute_lines")
    sort = models.CharField(max_length=12, choices=DisputeSort.choices)
    body = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    stance = models.CharField(max_length=8, choices=Stance.choices, blank=True)
    text = models.TextField(blank=True)
    authority = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sort__in=DisputeSort.values), name="handover_disputeline_sort"
            ),
            models.CheckConstraint(
                condition=~Q(sort__in=("position", "provisional")) | Q(body__isnull=False),
                name="handover_disputeline_whose",
            ),
            models.CheckConstraint(
                condition=~Q(sort="position") | Q(stance__in=Stance.values),
                name="handover_disputeline_stance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.sort}"


class CarryLine(models.Model):
    """Unfinished work: frozen on the changeover day, proposed upwards, finished. Never changed.

    ``body`` is who is asked to decide (proposed) or who finished it (done).
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="carry_lines")
    sort = models.CharField(max_length=8, choices=CarrySort.choices)
    body = BodyField(when_closed="stays", null=True, blank=True, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sort__in=CarrySort.values), name="handover_carryline_sort"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(sort="frozen"), name="handover_carryline_frozen_once"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(sort="done"), name="handover_carryline_done_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.sort}"
