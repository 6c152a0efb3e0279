"""An item: anything a body holds, with the eight buckets that say where every part of it is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.models.allocation import AllocationRule
from thongsuot.apps.handover.models.choices import Allocation, ItemState, Kind, Step
from thongsuot.apps.handover.models.transitions import Transition
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.rules.handover.ledger import PLACES

OPEN_STATES = (ItemState.HELD, ItemState.TRANSIT, ItemState.DISPUTED)
UNFINISHED = Q(state__in=OPEN_STATES)
UNCERTAIN = Q(state__in=(ItemState.DISPUTED, ItemState.MISSING)) | (
    Q(state__in=(ItemState.HELD, ItemState.TRANSIT)) & ~Q(allocation=Allocation.CONFIRMED)
)
WITH_RECEIVER = (Allocation.PROPOSED, Allocation.CONFIRMED)
FOLDED_LENGTH = 240


def bucket(place: str) -> str:
    """The column of an item that holds the quantity in a place."""
    return f"q_{place}"


def _sum_of_buckets() -> F:
    first, *rest = PLACES
    total = F(bucket(first))
    for place in rest:
        total = total + F(bucket(place))  # type: ignore[assignment]  # a combined expression
    return total


class Item(models.Model):
    """One line of an inventory (mục trong danh mục bàn giao).

    Quantities are whole numbers of the smallest part of ``measure``; ``value`` is whole đồng.
    ``opened`` and the ``q_`` columns are changed only together with movements, by posting.py, and
    always equal them. ``unit`` is the place of origin (the old ward), ``next_due`` the next day on
    which something must be done with it, ``season`` the time of the year as it was written; its
    next days on or after the effective day are kept beside it. ``step_at`` is when it came to its step.

    ``receiver`` may be a proposal: ``allocation`` says how far it is decided, ``why`` names the
    sort of gap or clash, ``candidates`` who could receive.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="items", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=500)
    folded = models.CharField(max_length=FOLDED_LENGTH)
    giver = BodyField(
        when_closed="moves",
        open_rows=UNFINISHED,
        what=_("mục bàn giao chưa xong"),
        related_name="+",
        db_index=False,
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    field = models.CharField(max_length=120, blank=True)
    opened = models.BigIntegerField()
    measure = models.CharField(max_length=16)
    value = models.BigIntegerField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    container = models.CharField(max_length=80, blank=True)
    secrecy = models.CharField(max_length=16, default="normal")
    citizen = models.BooleanField(default=False)
    next_due = models.DateField(null=True, blank=True)
    season = models.CharField(max_length=120, blank=True)
    season_due = models.DateField(null=True, blank=True)
    season_until = models.DateField(null=True, blank=True)
    annex = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    step = models.PositiveSmallIntegerField(choices=Step.choices, default=Step.REVIEW)
    step_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=ItemState.choices, default=ItemState.HELD)
    allocation = models.CharField(max_length=9, choices=Allocation.choices, default=Allocation.NONE)
    receiver = BodyField(
        when_closed="blocks",
        open_rows=Q(state__in=(ItemState.HELD, ItemState.TRANSIT)),
        what=_("mục bàn giao đang chờ nhận"),
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    reason = models.TextField(blank=True)
    why = models.CharField(max_length=16, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    rule = models.ForeignKey(
        AllocationRule, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    batch = models.BigIntegerField(null=True, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False
    )
    changed_at = models.DateTimeField()
    q_held = models.BigIntegerField(default=0)
    q_transit = models.BigIntegerField(default=0)
    q_accepted = models.BigIntegerField(default=0)
    q_kept = models.BigIntegerField(default=0)
    q_closed = models.BigIntegerField(default=0)
    q_destroyed = models.BigIntegerField(default=0)
    q_disputed = models.BigIntegerField(default=0)
    q_missing = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opened=_sum_of_buckets()), name="handover_item_conservation"
            ),
            models.CheckConstraint(
                condition=Q(opened__gte=0) & Q(*((f"{bucket(p)}__gte", 0) for p in PLACES)),
                name="handover_item_nothing_below_zero",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="handover_item_kind"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="handover_item_step"),
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values), name="handover_item_state"
            ),
            models.CheckConstraint(
                condition=Q(allocation__in=Allocation.values), name="handover_item_allocation"
            ),
            models.CheckConstraint(
                condition=Q(receiver__isnull=True) | ~Q(receiver=F("giver")),
                name="handover_item_not_to_itself",
            ),
            models.CheckConstraint(
                condition=Q(allocation__in=WITH_RECEIVER, receiver__isnull=False)
                | (~Q(allocation__in=WITH_RECEIVER) & Q(receiver__isnull=True)),
                name="handover_item_receiver_as_decided",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="handover_item_value"
            ),
            # A code is free again when its item was taken off the list with its import.
            models.UniqueConstraint(
                fields=["transition", "kind", "code"],
                condition=~Q(state=ItemState.UNDONE),
                name="handover_item_code_once",
            ),
        ]
        indexes = [
            models.Index(fields=["transition", "kind", "state"], name="handover_item_kind_state"),
            models.Index(fields=["giver", "kind", "state"], name="handover_item_giver"),
            models.Index(
                fields=["receiver", "state", "kind"],
                condition=Q(receiver__isnull=False),
                name="handover_item_receiver",
            ),
            models.Index(
                fields=["transition", "allocation", "kind"],
                condition=Q(state=ItemState.HELD),
                name="handover_item_undecided",
            ),
            models.Index(
                fields=["transition", "next_due"],
                condition=Q(next_due__isnull=False),
                name="handover_item_due",
            ),
            models.Index(
                fields=["transition", "season_due"],
                condition=Q(season_due__isnull=False),
                name="handover_item_season",
            ),
            models.Index(
                fields=["transition", "step", "step_at"],
                condition=UNFINISHED,
                name="handover_item_standing",
            ),
            models.Index(
                fields=["transition", "citizen", "next_due"],
                condition=UNCERTAIN & Q(next_due__isnull=False),
                name="handover_item_radar",
            ),
            models.Index(
                fields=["giver", "transition", "step", "step_at"],
                condition=UNFINISHED,
                name="handover_item_giver_stands",
            ),
            models.Index(
                fields=["receiver", "transition", "step", "step_at", "giver"],
                condition=UNFINISHED & Q(allocation=Allocation.CONFIRMED),
                name="handover_item_comes_stands",
            ),
            models.Index(fields=["transition", "folded"], name="handover_item_folded"),
            models.Index(fields=["transition", "id"], name="handover_item_in_order"),
            models.Index(fields=["transition", "field"], name="handover_item_field"),
            models.Index(
                fields=["transition", "unit"],
                condition=Q(unit__isnull=False),
                name="handover_item_unit",
            ),
            models.Index(
                fields=["batch"], condition=Q(batch__isnull=False), name="handover_item_batch"
            ),
            models.Index(
                fields=["parent"], condition=Q(parent__isnull=False), name="handover_item_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
