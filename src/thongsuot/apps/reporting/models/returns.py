"""Periods, the return of each unit, and everything that was ever filed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.apps.reporting.models.choices import State
from thongsuot.apps.reporting.models.forms import FormVersion, Series
from thongsuot.rules.kernel.period import Period


class Round(models.Model):
    """One period of a series, with the version of the form that holds for it (kỳ báo cáo)."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="rounds")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.CharField(max_length=200, blank=True)
    lock_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "since"], name="reporting_round_once"),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="reporting_round_until_after_since"
            ),
        ]
        indexes = [models.Index(fields=["locked_at", "due_at"], name="reporting_round_due")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.since:%Y-%m-%d}"

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.since, self.until)


class Return(models.Model):
    """What one body owes for one period. Its content is its newest filing (báo cáo của đơn vị).

    ``received_at`` is since when it has been there without a break; empty: it is not there.
    ``unlocked``: the period is locked but this one was opened again, with a reason.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="returns")
    body = BodyField(when_closed="stays", what=_("báo cáo đã lập"), related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.EXPECTED)
    received_at = models.DateTimeField(null=True, blank=True)
    nothing = models.BooleanField(default=False)
    filings_count = models.PositiveIntegerField(default=0)
    unlocked = models.BooleanField(default=False)
    reopen_reason = models.CharField(max_length=500, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="reporting_return_once"),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="reporting_return_state"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "round"], name="reporting_return_body"),
            models.Index(fields=["round", "state"], name="reporting_return_state_of"),
            models.Index(fields=["unit"], name="reporting_return_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.body_id}"


class FilingKind(models.TextChoices):
    """What one filing was."""

    DRAFT = "draft", _("lưu nháp")
    SUBMITTED = "submitted", _("nộp")
    NOTHING = "nothing", _("báo không có phát sinh")
    RECALLED = "recalled", _("rút lại")
    REOPENED = "reopened", _("mở lại")


class Filing(models.Model):
    """One writing of a return; only ever added. What was said when stays, drafts too.

    ``values`` are whole numbers of smallest parts, texts, yes or no, or [n, N]. ``sources`` say
    which of them the system knew by itself, from where, and that a person confirmed it.
    """

    owner = models.ForeignKey(Return, models.PROTECT, related_name="filings")
    round = models.ForeignKey(Round, models.PROTECT, related_name="filings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=FilingKind.choices)
    values = models.JSONField()
    sources = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    batch = models.BigIntegerField(null=True, blank=True)
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="reporting_filing_once"),
            models.CheckConstraint(
                condition=Q(kind__in=FilingKind.values), name="reporting_filing_kind"
            ),
        ]
        indexes = [models.Index(fields=["round", "kind", "at"], name="reporting_filing_round")]

    def __str__(self) -> str:
        return f"{self.owner_id}#{self.number}"
