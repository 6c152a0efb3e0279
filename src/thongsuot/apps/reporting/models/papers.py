"""What recipients got: frozen snapshots, briefs, the office's own templates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.reporting.models.choices import BriefKind
from thongsuot.apps.reporting.models.forms import Recipient
from thongsuot.foundation.files.models import StoredFile


class Snapshot(models.Model):
    """The figures for one recipient as they stood at its cut-off; only ever added (bản chốt).

    ``content`` names every filing that it rests on. A later version has its reason; the earlier
    one stays as it was sent.
    """

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="snapshots")
    since = models.DateField()
    until = models.DateField()
    version = models.PositiveIntegerField()
    cut_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "since", "version"], name="reporting_snapshot_once"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="reporting_snapshot_until_after_since"
            ),
        ]
        indexes = [models.Index(fields=["recipient", "-since"], name="reporting_snapshot_last")]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.since:%Y-%m-%d} v{self.version}"


class OfficeTemplate(models.Model):
    """A DOCX template of an office with places to fill in (mẫu văn bản của cơ quan)."""

    body = BodyField(
        when_closed="moves",
        what=_("mẫu văn bản của cơ quan"),
        open_rows=Q(retired_at__isnull=True),
        related_name="+",
    )
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    places = models.JSONField(default=list)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name"],
                condition=Q(retired_at__isnull=True),
                name="reporting_officetemplate_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Brief(models.Model):
    """A report written on a snapshot: a draft until it is signed, unchangeable afterwards."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="briefs")
    kind = models.CharField(max_length=6, choices=BriefKind.choices, default=BriefKind.BRIEF)
    words = models.JSONField(default=dict)
    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=80, blank=True)
    template = models.ForeignKey(
        OfficeTemplate, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.BigIntegerField(null=True, blank=True)
    signed_name = models.CharField(max_length=200, blank=True)
    signed_post = models.CharField(max_length=300, blank=True)
    signed_place = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    entry = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "kind"], name="reporting_brief_once"),
            models.CheckConstraint(
                condition=Q(kind__in=BriefKind.values)
                & (Q(signed_at__isnull=True) | ~Q(digest="")),
                name="reporting_brief_signed_whole",
            ),
        ]
        indexes = [models.Index(fields=["signed_at"], name="reporting_brief_signed")]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.kind}"
