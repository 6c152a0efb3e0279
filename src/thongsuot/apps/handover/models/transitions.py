"""A transition: which bodies end, which begin, by which days, and who works on it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.models.choices import TeamSide, TransitionSide, TransitionState
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit


class Transition(models.Model):
    """One reform carried out in one place (cuộc chuyển giao): the days and the desk for what is left.

    ``residual`` is the body that receives what is found after a body has ended, and goes on
    looking for what is missing. ``stuck_after``: so many working days at one step are too many.
    """

    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)
    freeze_on = models.DateField(null=True, blank=True)
    trial_from = models.DateField(null=True, blank=True)
    trial_to = models.DateField(null=True, blank=True)
    lessons_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField()
    deadline_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=TransitionState.choices, default=TransitionState.DRAFT
    )
    residual = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    stuck_after = models.PositiveSmallIntegerField(default=5)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TransitionState.values), name="handover_transition_state"
            ),
            models.CheckConstraint(
                condition=Q(trial_from__isnull=True)
                | Q(trial_to__isnull=True)
                | Q(trial_to__gte=F("trial_from")),
                name="handover_transition_trial_in_order",
            ),
            models.CheckConstraint(
                condition=Q(deadline_on__isnull=True) | Q(deadline_on__gte=F("effective_on")),
                name="handover_transition_deadline_after_start",
            ),
            models.UniqueConstraint(fields=["unit", "name"], name="handover_transition_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TransitionBody(models.Model):
    """A body that ends or begins in a transition.

    ``payroll`` is its number of posts paid from the budget (biên chế), where known. ``ended_on``
    is set once, when everything it held has an outcome.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="bodies")
    body = BodyField(
        when_closed="blocks",
        what=_("việc bàn giao chưa khóa"),
        open_rows=Q(side=TransitionSide.ENDS, ended_on__isnull=True),
        related_name="+",
    )
    side = models.CharField(max_length=6, choices=TransitionSide.choices)
    payroll = models.PositiveIntegerField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "body"], name="handover_transitionbody_once"
            ),
            models.CheckConstraint(
                condition=Q(side__in=TransitionSide.values), name="handover_transitionbody_side"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(side=TransitionSide.ENDS),
                name="handover_transitionbody_only_ending_ends",
            ),
            # A body ends in one transition: its balance is in one place.
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(side=TransitionSide.ENDS),
                name="handover_transitionbody_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transition_id}/{self.side}/{self.body_id}"


class TransitionTeam(models.Model):
    """A team that hands over or receives for a body in a transition."""

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="teams")
    team = BodyField(when_closed="stays", related_name="+")
    side = models.CharField(max_length=9, choices=TeamSide.choices)
    for_body = BodyField(when_closed="stays", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "team", "for_body"], name="handover_transitionteam_once"
            ),
            models.CheckConstraint(
                condition=Q(side__in=TeamSide.values), name="handover_transitionteam_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transition_id}/{self.team_id}"
