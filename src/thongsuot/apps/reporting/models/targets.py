"""Indicators with their formula, targets with their trajectory, what was measured, scores."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.reporting.models.choices import Direction
from thongsuot.apps.reporting.models.forms import Series
from thongsuot.apps.reporting.models.papers import Snapshot


class Indicator(models.Model):
    """Something measured from the figures of a series by a formula (chỉ tiêu)."""

    body = BodyField(
        when_closed="moves",
        what=_("chỉ tiêu đang theo dõi"),
        open_rows=Q(ended_at__isnull=True),
        related_name="+",
    )
    series = models.ForeignKey(Series, models.PROTECT, related_name="indicators")
    title = models.CharField(max_length=300)
    work = models.CharField(max_length=120, blank=True)
    formula = models.CharField(max_length=300)
    unit = models.CharField(max_length=40, blank=True)
    places = models.PositiveSmallIntegerField(default=0)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.UP)
    points = models.JSONField(default=list)
    basis = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values) & Q(places__lte=6),
                name="reporting_indicator_known",
            ),
        ]
        indexes = [models.Index(fields=["body", "ended_at"], name="reporting_indicator_body")]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """What an indicator was on a day, from which snapshot; only ever added.

    ``key`` empty: the whole; else the name of a group or unit of that time. ``top`` over
    ``bottom`` is the exact value; both empty: it could not be reckoned.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measures")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="measures")
    on = models.DateField()
    key = models.CharField(max_length=300, blank=True)
    top = models.DecimalField(max_digits=40, decimal_places=0, null=True, blank=True)
    bottom = models.DecimalField(max_digits=40, decimal_places=0, null=True, blank=True)
    said = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "snapshot", "key"], name="reporting_measure_once"
            ),
            models.CheckConstraint(
                condition=Q(top__isnull=True, bottom__isnull=True) | Q(bottom__gt=0),
                name="reporting_measure_fraction",
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "key", "-on"], name="reporting_measure_last"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.on:%Y-%m-%d}"


class Scores(models.Model):
    """What a body scored itself along an index; only ever added (tự đánh giá).

    ``version_since`` says which version of the index; scores are hundredths of a point.
    """

    body = BodyField(when_closed="stays", what=_("bảng tự đánh giá"), related_name="+")
    scheme = models.CharField(max_length=12)
    version_since = models.DateField()
    since = models.DateField()
    until = models.DateField()
    number = models.PositiveIntegerField()
    scores = models.JSONField()
    notes = models.JSONField(default=dict)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    entry = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "scores"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "scheme", "since", "until", "number"], name="reporting_scores_once"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="reporting_scores_until_after_since"
            ),
        ]
        indexes = [models.Index(fields=["body", "scheme", "-since"], name="reporting_scores_last")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.scheme} {self.since:%Y-%m-%d}"
