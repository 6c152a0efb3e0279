"""Forms as data, and the reports asked on them: by whom, of whom, in which rhythm, for whom."""

from datetime import date, time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.apps.reporting.models.choices import Bloc, PeriodKind
from thongsuot.rules.reporting.periods import MONDAY, CutOff, Rhythm
from thongsuot.rules.reporting.periods import PeriodKind as Kind

NOON = time(12)


class Form(models.Model):
    """A form through all its versions (mẫu báo cáo)."""

    body = BodyField(
        when_closed="moves",
        what=_("mẫu báo cáo"),
        open_rows=Q(retired_at__isnull=True),
        related_name="+",
    )
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "key"], name="reporting_form_once"),
        ]

    def __str__(self) -> str:
        return self.title


class FormVersion(models.Model):
    """A form as it holds for periods that begin on ``since`` or later; only ever added.

    ``content`` holds the fields and the rules between them; of two versions from the same day the
    later number counts.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    since = models.DateField()
    title = models.CharField(max_length=300)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="reporting_formversion_once"),
        ]
        indexes = [models.Index(fields=["form", "since"], name="reporting_formversion_since")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Timed(models.Model):
    """A rhythm and the moment until which each of its periods is due."""

    kind = models.CharField(max_length=12, choices=PeriodKind.choices)
    anchor = models.DateField(default=MONDAY)
    cut_day = models.PositiveSmallIntegerField(default=1)
    due_after = models.SmallIntegerField(default=0)
    due_at = models.TimeField(default=NOON)
    due_earlier = models.BooleanField(default=True)

    class Meta:
        abstract = True

    @property
    def rhythm(self) -> Rhythm:
        """The rhythm as the rules take it."""
        return Rhythm(Kind(self.kind), self.anchor, self.cut_day)

    @property
    def cut_off(self) -> CutOff:
        """The cut-off as the rules take it."""
        return CutOff(self.due_after, self.due_at, self.due_earlier)


class Series(Timed):
    """One report asked again and again: a form, who gathers, in which rhythm (chế độ báo cáo)."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="series")
    body = BodyField(
        when_closed="moves",
        what=_("chế độ báo cáo đang chạy"),
        open_rows=Q(closed_at__isnull=True),
        related_name="+",
    )
    name = models.CharField(max_length=300)
    basis = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PeriodKind.values)
                & Q(cut_day__gte=1, cut_day__lte=28)
                & Q(due_after__gte=-400, due_after__lte=400),
                name="reporting_series_rhythm",
            ),
        ]
        indexes = [models.Index(fields=["body", "closed_at"], name="reporting_series_body")]

    def __str__(self) -> str:
        return self.name


class Expected(models.Model):
    """A body that owes a series its reports, from a day up to a day (đơn vị phải báo cáo)."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="expected")
    body = BodyField(
        when_closed="moves",
        what=_("báo cáo định kỳ phải nộp"),
        open_rows=Q(until__isnull=True),
        related_name="+",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "expected"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="reporting_expected_until_after_since",
            ),
            models.UniqueConstraint(
                fields=["series", "body"],
                condition=Q(until__isnull=True),
                name="reporting_expected_once",
            ),
        ]
        indexes = [models.Index(fields=["body", "until"], name="reporting_expected_body")]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.body_id}"

    def on(self, day: date) -> bool:
        """Whether it is owed on that day."""
        return self.since <= day and (self.until is None or day < self.until)


class Recipient(Timed):
    """Who gets what is gathered, in its own rhythm and with its own cut-off (nơi nhận).

    ``bloc`` decides the layout of the paper. The figures are those of the series, never typed again.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="recipients")
    name = models.CharField(max_length=200)
    bloc = models.CharField(max_length=5, choices=Bloc.choices, default=Bloc.STATE)
    place = models.PositiveSmallIntegerField(default=1)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "name", "kind"],
                condition=Q(ended_at__isnull=True),
                name="reporting_recipient_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PeriodKind.values) & Q(bloc__in=Bloc.values),
                name="reporting_recipient_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
