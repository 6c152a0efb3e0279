"""Allocation rules: which items go to whom, and why."""

from django.db import models
from django.db.models import Q

from thongsuot.apps.handover.models.choices import Kind
from thongsuot.apps.handover.models.transitions import Transition
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit


class AllocationRule(models.Model):
    """Items like these go to that receiver (quy tắc phân bổ). An empty criterion means *any*.

    A rule is never rewritten: a change retires it and writes another that ``replaces`` it, so that
    an item can always say which rule proposed its receiver.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="rules")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=Kind.choices, blank=True)
    field = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    giver = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    priority = models.SmallIntegerField(default=0)
    receiver = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    to_successor = models.BooleanField(default=False)
    heir_kind = models.CharField(max_length=24, blank=True)
    reason = models.TextField()
    law = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=Kind.values), name="handover_rule_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(receiver__isnull=True) | Q(to_successor=False),
                name="handover_rule_one_receiver",
            ),
        ]
        indexes = [
            models.Index(
                fields=["transition"],
                condition=Q(retired_at__isnull=True),
                name="handover_rule_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RuleShare(models.Model):
    """One receiver of a rule that divides, with its weight."""

    rule = models.ForeignKey(AllocationRule, models.PROTECT, related_name="shares")
    body = BodyField(when_closed="stays", related_name="+")
    weight = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "body"], name="handover_ruleshare_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="handover_ruleshare_weight"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.body_id} × {self.weight}"
