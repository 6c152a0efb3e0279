"""Handover minutes: lines that both sides count, signatures, corrections as new minutes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.models.choices import MinutesState, Side
from thongsuot.apps.handover.models.items import Item
from thongsuot.apps.handover.models.transitions import Transition
from thongsuot.apps.registry.fields import BodyField
from thongsuot.foundation.trail.models import Entry

LIVE = (MinutesState.COUNTING, MinutesState.GIVER_SIGNED)


class Minutes(models.Model):
    """Minutes between one giver and one receiver (biên bản bàn giao).

    ``content`` is the hash that the signatures stand under, set when the giver signs. ``round``
    counts up when minutes that the giver had signed are opened again: signatures of an earlier
    round stay on record and do not count. Once signed by both, nothing in them changes;
    ``corrects`` makes these minutes a correction of earlier ones.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="minutes")
    number = models.PositiveIntegerField()
    giver = BodyField(
        when_closed="blocks",
        open_rows=Q(state__in=LIVE),
        what=_("biên bản chưa ký đủ"),
        related_name="+",
    )
    receiver = BodyField(
        when_closed="blocks",
        open_rows=Q(state__in=LIVE),
        what=_("biên bản chưa ký đủ"),
        related_name="+",
    )
    state = models.CharField(
        max_length=12, choices=MinutesState.choices, default=MinutesState.COUNTING
    )
    round = models.PositiveSmallIntegerField(default=1)
    opened_on = models.DateField()
    signed_on = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    content = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=300, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "number"], name="handover_minutes_number"
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="handover_minutes_two_bodies"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MinutesState.values), name="handover_minutes_state"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=MinutesState.SIGNED) & Q(signed_at__isnull=False) & ~Q(content="")
                )
                | (~Q(state=MinutesState.SIGNED) & Q(signed_at__isnull=True)),
                name="handover_minutes_signed_is_sealed",
            ),
        ]
        indexes = [
            models.Index(fields=["transition", "state"], name="handover_minutes_state_i"),
        ]

    def __str__(self) -> str:
        return f"{self.transition_id}/{self.number}"


class MinutesLine(models.Model):
    """One item on minutes: what was sent, what each side counted, whether it was refused.

    ``live`` while the minutes are neither signed nor withdrawn: an item is on at most one live
    line. The versions count up with every count of that side: whoever counts says which one was
    seen. In a correction ``quantity`` is what ``corrects`` had brought the receiver.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="lines", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="lines")
    quantity = models.BigIntegerField()
    giver_count = models.BigIntegerField(null=True, blank=True)
    receiver_count = models.BigIntegerField(null=True, blank=True)
    giver_version = models.PositiveIntegerField(default=0)
    receiver_version = models.PositiveIntegerField(default=0)
    refused = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    live = models.BooleanField(default=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "item"], name="handover_line_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(live=True), name="handover_line_one_live"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) | Q(quantity=0, corrects__isnull=False),
                name="handover_line_quantity",
            ),
            models.CheckConstraint(
                condition=(Q(giver_count__isnull=True) | Q(giver_count__gte=0))
                & (Q(receiver_count__isnull=True) | Q(receiver_count__gte=0)),
                name="handover_line_counts",
            ),
            models.CheckConstraint(
                condition=Q(refused=False) | ~Q(reason=""), name="handover_line_refusal_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}/{self.item_id}"


class LineCount(models.Model):
    """Somebody counted a line: who, when, how many. Never changed; a new count is a new row."""

    line = models.ForeignKey(MinutesLine, models.PROTECT, related_name="counts", db_index=False)
    side = models.CharField(max_length=8, choices=Side.choices)
    version = models.PositiveIntegerField()
    count = models.BigIntegerField(null=True, blank=True)
    refused = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    user = models.BigIntegerField()
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "side", "version"], name="handover_linecount_once"
            ),
            models.CheckConstraint(
                condition=Q(count__gte=0) | Q(count__isnull=True, refused=True),
                name="handover_linecount_count",
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="handover_linecount_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.side}/{self.version}"


class Signature(models.Model):
    """Somebody signed minutes for one side, after proving again who they are. Never changed."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures", db_index=False)
    round = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    body = BodyField(when_closed="stays", related_name="+")
    user = models.BigIntegerField()
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    at = models.DateTimeField()
    content = models.CharField(max_length=64)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "round", "side"], name="handover_signature_once"
            ),
            # Four eyes: in one round neither the same person nor the same body signs twice.
            models.UniqueConstraint(
                fields=["minutes", "round", "user"], name="handover_signature_two_people"
            ),
            models.UniqueConstraint(
                fields=["minutes", "round", "body"], name="handover_signature_two_bodies"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="handover_signature_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}/{self.side}"
