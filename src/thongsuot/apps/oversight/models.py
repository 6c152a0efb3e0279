"""The log of commendations, and the opinions about them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives.models import Duty, Plan
from thongsuot.apps.oversight.choices import FormWord, StateWord, View, WorkKind
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Person, Unit
from thongsuot.apps.reporting.models import Series
from thongsuot.rules.oversight.commendation import CONSULTED, PROPOSED

OPEN = Q(state__in=(PROPOSED, CONSULTED))
LIVE = ~Q(state__in=("declined", "withdrawn"))


class Commendation(models.Model):
    """A person or a collective commended for a work.

    ``body`` is the collective, or where the person works. ``honoree`` and ``work_key`` are what
    tells two commendations apart (``rules/oversight``). ``figures`` are what the system knew when
    it was proposed, each with label, value and address.
    """

    proposer = BodyField(
        when_closed="moves", open_rows=OPEN, what=_("đề nghị biểu dương đang chờ"), related_name="+"
    )
    decider = BodyField(
        when_closed="moves",
        open_rows=OPEN,
        what=_("đề nghị biểu dương chờ quyết định"),
        related_name="+",
    )
    body = BodyField(when_closed="stays", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    honoree = models.CharField(max_length=40)
    named = models.CharField(max_length=300)
    form = models.CharField(max_length=12, choices=FormWord.choices)
    work = models.CharField(max_length=8, choices=WorkKind.choices)
    work_key = models.CharField(max_length=200)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, blank=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=500)
    grounds = models.TextField()
    figures = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=StateWord.choices, default=StateWord.PROPOSED)
    number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    announced_at = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    proposed_on = models.DateField()
    folded = models.CharField(max_length=900)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=FormWord.values), name="oversight_commendation_form"
            ),
            models.CheckConstraint(
                condition=Q(state__in=StateWord.values), name="oversight_commendation_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("decided", "announced"))
                | Q(decided_on__isnull=False) & ~Q(decided_by=""),
                name="oversight_commendation_decided",
            ),
            models.UniqueConstraint(
                fields=["honoree", "work_key", "form"], condition=LIVE,
                name="oversight_commendation_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["proposer", "id"], name="oversight_comm_proposer"),
            models.Index(fields=["decider", "id"], name="oversight_comm_decider"),
            models.Index(fields=["body", "id"], name="oversight_comm_body"),
            models.Index(fields=["unit", "id"], name="oversight_comm_unit"),
        ]

    def __str__(self) -> str:
        return self.named


class CommendationView(models.Model):
    """What a body that was asked thinks of a commendation."""

    commendation = models.ForeignKey(
        Commendation, models.PROTECT, related_name="views", db_index=False
    )
    body = BodyField(
        when_closed="moves",
        open_rows=Q(given_at__isnull=True, commendation__state=CONSULTED),
        what=_("ý kiến về biểu dương chưa gửi"),
        related_name="+",
    )
    view = models.CharField(max_length=10, choices=View.choices, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commendation", "body"], name="oversight_view_once")
        ]

    def __str__(self) -> str:
        return f"{self.commendation_id}: {self.body_id}"
