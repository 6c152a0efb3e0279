"""Standing points × units, and plans with their roadmaps."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives.models.choices import EveryWord, MarkWord, PlanKind
from thongsuot.apps.directives.models.documents import Document
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit


class Board(models.Model):
    """A set of standing points (nội dung trọng tâm) on which units report again and again."""

    owner = BodyField(
        when_closed="moves",
        open_rows=Q(closed_on__isnull=True),
        what=_("bảng nội dung trọng tâm đang theo dõi"),
        related_name="+",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="boards"
    )
    title = models.CharField(max_length=300)
    every = models.CharField(max_length=12, choices=EveryWord.choices)
    anchor_on = models.DateField()
    at_time = models.TimeField()
    closed_on = models.DateField(null=True, blank=True)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Point(models.Model):
    """One numbered point. ``stated`` False: the source counts it but does not say what it is."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="points", db_index=False)
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=1000, blank=True)
    stated = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="directives_point_once"),
            models.CheckConstraint(
                condition=Q(stated=False) | ~Q(words=""), name="directives_point_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"


class Place(models.Model):
    """A body that reports on the points of a board, for its territory."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="places", db_index=False)
    body = BodyField(
        when_closed="moves",
        open_rows=Q(board__closed_on__isnull=True),
        what=_("dòng trong bảng nội dung trọng tâm"),
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "body"], name="directives_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.board_id}: {self.body_id}"


class PointNote(models.Model):
    """What a body said about a point for a round. Only ever added to; the last one counts."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="notes")
    body = BodyField(when_closed="stays", related_name="+")
    round_on = models.DateField()
    mark = models.CharField(max_length=12, choices=MarkWord.choices)
    words = models.CharField(max_length=1000, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mark__in=MarkWord.values), name="directives_pointnote_mark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.body_id} {self.round_on:%Y-%m-%d}"


class Plan(models.Model):
    """A programme, scheme, campaign or congress, with its roadmap in versions.

    ``above`` is the plan it is linked to: the upper level's congress, the overall plan. ``day``
    is the day that its milestones are counted back from. ``theme`` is the year's theme.
    """

    owner = BodyField(
        when_closed="moves",
        open_rows=Q(closed_on__isnull=True),
        what=_("chương trình, đề án, kế hoạch đang thực hiện"),
        related_name="+",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="plans"
    )
    kind = models.CharField(max_length=12, choices=PlanKind.choices)
    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    theme = models.CharField(max_length=300, blank=True)
    day = models.DateField(null=True, blank=True)
    template = models.CharField(max_length=40, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    closed_on = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=700)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PlanKind.values), name="directives_plan_kind"
            ),
            models.CheckConstraint(condition=~Q(above=F("id")), name="directives_plan_not_itself"),
        ]
        indexes = [models.Index(fields=["owner", "id"], name="directives_plan_owner")]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """Why a roadmap was written again (điều chỉnh lộ trình). Only ever added to."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="directives_planversion_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class Milestone(models.Model):
    """A milestone of one version of a roadmap; ``waits_for`` may belong to another plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="milestones", db_index=False)
    version = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    due_on = models.DateField()
    body = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    waits_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="awaited_by"
    )
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "version", "number"], name="directives_milestone_once"
            ),
            models.CheckConstraint(
                condition=~Q(waits_for=F("id")), name="directives_milestone_not_itself"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="directives_milestone_due")]

    def __str__(self) -> str:
        return self.title
