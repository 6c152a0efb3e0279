"""Schemes, the departments in them, the units as they are, opinions, and the steps afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives.models import Document, Plan
from thongsuot.apps.rearrangement.models.choices import (
    Funding,
    SchemeKind,
    SchemeState,
    Stance,
    StepWord,
    UnitSort,
)
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.rules.rearrangement import lifecycle

OPEN = ~Q(state__in=lifecycle.ENDED)


class Scheme(models.Model):
    """A scheme of rearrangement (phương án sắp xếp).

    ``keeper`` leads it, ``gatherer`` pulls the reports together, ``approver`` is competent.
    ``document`` is the upper text that it carries out, ``plan`` the overall plan it is part of.
    ``chosen`` and ``chosen_version`` say which version of which option was approved.
    """

    keeper = BodyField(
        when_closed="moves",
        open_rows=OPEN,
        what=_("phương án sắp xếp đang chủ trì"),
        related_name="+",
    )
    gatherer = BodyField(
        when_closed="moves",
        open_rows=OPEN,
        what=_("phương án sắp xếp đang tổng hợp"),
        related_name="+",
    )
    approver = BodyField(
        when_closed="moves",
        open_rows=OPEN,
        what=_("phương án sắp xếp chờ phê duyệt"),
        related_name="+",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=16, choices=SchemeKind.choices)
    title = models.CharField(max_length=300)
    basis = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)  # when departments have sent in their units
    state = models.CharField(max_length=12, choices=SchemeState.choices, default=SchemeState.DRAFT)
    chosen = models.ForeignKey(
        "rearrangement.Option", models.PROTECT, null=True, blank=True, related_name="+"
    )
    chosen_version = models.PositiveSmallIntegerField(null=True, blank=True)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_on = models.DateField(null=True, blank=True)
    decision_basis = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    folded = models.CharField(max_length=700)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SchemeKind.values), name="rearrangement_scheme_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SchemeState.values), name="rearrangement_scheme_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "carrying", "done"))
                | Q(chosen__isnull=False, chosen_version__isnull=False, decision_on__isnull=False)
                & ~Q(decision_number=""),
                name="rearrangement_scheme_approved_by_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["keeper", "id"], name="rearrangement_scheme_keeper"),
            models.Index(fields=["unit", "id"], name="rearrangement_scheme_unit"),
            models.Index(fields=["state", "id"], name="rearrangement_scheme_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Owner(models.Model):
    """A department or other body whose units are rearranged, and when it had sent them in."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="owners", db_index=False)
    body = BodyField(
        when_closed="moves",
        open_rows=~Q(scheme__state__in=lifecycle.ENDED),
        what=_("đầu mối trong phương án sắp xếp"),
        related_name="+",
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "body"], name="rearrangement_owner_once")
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id}: {self.body_id}"


class PresentUnit(models.Model):
    """A unit as it is when the scheme is made. ``body`` where the registry knows it."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="units", db_index=False)
    owner = BodyField(when_closed="stays", related_name="+")
    body = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=300)
    sort = models.CharField(max_length=12, choices=UnitSort.choices)
    people = models.PositiveIntegerField()
    leaders = models.PositiveIntegerField()
    funding = models.CharField(max_length=8, choices=Funding.choices, default=Funding.STATE)
    basis = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    batch = models.BigIntegerField(null=True, blank=True)
    folded = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="rearrangement_unit_once"),
            models.CheckConstraint(
                condition=Q(sort__in=UnitSort.values), name="rearrangement_unit_sort"
            ),
            models.CheckConstraint(
                condition=Q(funding__in=Funding.values), name="rearrangement_unit_funding"
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "owner", "code"], name="rearrangement_unit_owner")
        ]

    def __str__(self) -> str:
        return self.name


class Opinion(models.Model):
    """An opinion that was asked for, and what it says once it is there."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="opinions", db_index=False)
    body = BodyField(
        when_closed="moves",
        open_rows=Q(given_at__isnull=True, scheme__state="consulted"),
        what=_("ý kiến về phương án sắp xếp chưa gửi"),
        related_name="+",
    )
    due_on = models.DateField()
    stance = models.CharField(max_length=10, choices=Stance.choices, blank=True)
    words = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "body"], name="rearrangement_opinion_once"),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(stance__in=Stance.values),
                name="rearrangement_opinion_stance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id}: {self.body_id}"


class CarriedStep(models.Model):
    """One step by which the fate of a unit is carried out: by when, and since when it is done."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="steps", db_index=False)
    present = models.ForeignKey(PresentUnit, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=StepWord.choices)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=120, blank=True)  # số quyết định, biên bản
    note = models.CharField(max_length=500, blank=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "present", "step"], name="rearrangement_step_once"
            ),
            models.CheckConstraint(
                condition=Q(step__in=StepWord.values), name="rearrangement_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.present_id} {self.step}"
