"""Sessions of a council, and the numbers of the law that an office sets for itself."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.decisions.models.choices import SessionKind, SessionState
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.foundation.trail.models import Entry

TO_COME = Q(state__in=[SessionState.PLANNED, SessionState.CONVENED, SessionState.OPENED])


class Session(models.Model):
    """One session of a council: its day, who was there. ``members`` are all deputies in office."""

    council = BodyField(
        when_closed="blocks",
        open_rows=TO_COME,
        what=_("kỳ họp chưa bế mạc"),
        related_name="+",
        db_index=False,
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=13, choices=SessionKind.choices)
    name = models.CharField(max_length=200)
    on = models.DateField()
    starts_at = models.TimeField()
    place = models.CharField(max_length=300)
    members = models.PositiveIntegerField()
    state = models.CharField(
        max_length=9, choices=SessionState.choices, default=SessionState.PLANNED
    )
    convened_on = models.DateField(null=True, blank=True)
    convened_no = models.CharField(max_length=100, blank=True)
    late_reason = models.TextField(blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    absent = models.TextField(blank=True)
    cancelled_why = models.TextField(blank=True)
    folded = models.CharField(max_length=400)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SessionState.values), name="decisions_session_state"
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(present__lte=F("members")),
                name="decisions_session_present_are_members",
            ),
        ]
        indexes = [
            models.Index(fields=["council", "on"], name="decisions_session_council"),
            models.Index(fields=["on", "id"], name="decisions_session_day"),
        ]

    def __str__(self) -> str:
        return self.name


class ParameterValue(models.Model):
    """A number of the law as an office read or confirmed it, from a day on. The newest counts."""

    key = models.CharField(max_length=20)
    value = models.PositiveIntegerField()
    since = models.DateField()
    source = models.CharField(max_length=300)
    confirmed = models.BooleanField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["key", "since"], name="decisions_parameter_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.since:%Y-%m-%d}"
