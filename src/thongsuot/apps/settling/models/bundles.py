"""Bundles: a lead item, the parts that move with it, and what was excepted by name."""

from django.db import models
from django.db.models import Q

from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.settling.models.choices import BundleState, Group, Sort, Why
from thongsuot.foundation.trail.models import Entry


class Bundle(models.Model):
    """A service unit, project board or scheme that moves as one (gói bàn giao)."""

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="+", db_index=False)
    sort = models.CharField(max_length=13, choices=Sort.choices)
    lead = models.ForeignKey(Item, models.PROTECT, related_name="+")
    title = models.CharField(max_length=500)
    folded = models.CharField(max_length=240)
    state = models.CharField(max_length=9, choices=BundleState.choices, default=BundleState.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead"],
                condition=~Q(state=BundleState.DISSOLVED),
                name="settling_bundle_lead_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BundleState.values), name="settling_bundle_state"
            ),
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="settling_bundle_sort"),
        ]
        indexes = [
            models.Index(fields=["transition", "id"], name="settling_bundle_in_order"),
            models.Index(fields=["transition", "folded", "id"], name="settling_bundle_by_name"),
        ]

    def __str__(self) -> str:
        return self.title


class BundlePart(models.Model):
    """An item that moves with the lead of a bundle; an item is in one bundle at most."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="parts")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(live=True), name="settling_part_in_one_bundle"
            ),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="settling_part_why"),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id}/{self.item_id}"


class BundleException(models.Model):
    """A part that does not move with its bundle, or a group it has nothing of: why, and who said so."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="exceptions")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=9, choices=Group.choices, blank=True)
    reason = models.TextField()
    decided_by = models.CharField(max_length=300)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(item__isnull=False) & Q(group=""))
                | (Q(item__isnull=True) & Q(group__in=Group.values)),
                name="settling_exception_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id}/{self.item_id or self.group}"
