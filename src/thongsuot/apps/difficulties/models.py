"""Difficulties and proposals, every step of each, the library of situations, and the index."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.difficulties.choices import Answer, Sort, State, Step, Why
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.foundation.trail.models import Entry

WAITS = Q(state=State.WAITING)


class Difficulty(models.Model):
    """One thing that stops somebody, or one thing asked for (vướng mắc; kiến nghị, đề xuất).

    ``holder`` must answer; it is never empty, and a body that ends hands on what waits with it.
    ``same_as`` is the one that had the same before: one answer serves all, and state, holder and
    due day always equal its. ``about_…`` points at the page it was raised from. ``matter`` is the
    matter of the rules of authority by which the holder was found. ``reserved``: shown only to
    those it concerns. ``state``, ``holder``, ``due_on`` always equal the last step.
    """

    sort = models.CharField(max_length=10, choices=Sort.choices)
    title = models.CharField(max_length=300)
    text = models.TextField()
    field = models.CharField(max_length=80)
    article = models.CharField(max_length=200, blank=True)
    matter = models.CharField(max_length=120, blank=True)
    raiser = BodyField(when_closed="stays", related_name="+", db_index=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    holder = BodyField(
        when_closed="moves",
        open_rows=WAITS,
        what=_("vướng mắc chờ trả lời"),
        related_name="+",
        db_index=False,
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    urgent = models.BooleanField(default=False)
    reserved = models.BooleanField(default=False)
    raised_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    occasion = models.CharField(max_length=200, blank=True)
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    about_kind = models.CharField(max_length=80, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    about_path = models.CharField(max_length=300, blank=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined"
    )
    folded = models.CharField(max_length=700)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="difficulties_difficulty_state"
            ),
            models.CheckConstraint(
                condition=Q(sort__in=Sort.values), name="difficulties_difficulty_sort"
            ),
            models.CheckConstraint(
                condition=Q(state=State.ANSWERED, answered_on__isnull=False)
                & Q(answer__in=Answer.values)
                | ~Q(state=State.ANSWERED) & Q(answer="", answered_on__isnull=True),
                name="difficulties_difficulty_answered_has_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "state", "due_on"], name="difficulties_of_holder"),
            models.Index(fields=["raiser", "state"], name="difficulties_of_raiser"),
            models.Index(fields=["unit", "state"], name="difficulties_of_unit"),
            models.Index(fields=["due_on", "id"], name="difficulties_by_due"),
            models.Index(fields=["raised_on", "id"], name="difficulties_by_day"),
            models.Index(fields=["field", "id"], name="difficulties_by_field"),
            models.Index(fields=["occasion", "ordinal"], name="difficulties_by_occasion"),
            models.Index(fields=["about_kind", "about_id"], name="difficulties_about"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What people call it: VM-12."""
        return f"VM-{self.pk}"


class DifficultyStep(models.Model):
    """One step of a difficulty: what, who sent it on, to whom, why, with which words and basis."""

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10, choices=Step.choices)
    by_body = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    to_body = BodyField(when_closed="stays", related_name="+")
    why = models.CharField(max_length=16, choices=Why.choices, blank=True)
    text = models.TextField(blank=True)
    basis = models.CharField(max_length=500, blank=True)
    due_on = models.DateField()
    on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["difficulty", "id"], name="difficulties_step_in_order")]

    def __str__(self) -> str:
        return f"{self.difficulty_id} {self.act}"


class Situation(models.Model):
    """A situation with its answer in the library: for whoever meets the same (tình huống)."""

    title = models.CharField(max_length=300)
    question = models.TextField()
    answer = models.TextField()
    field = models.CharField(max_length=80)
    article = models.CharField(max_length=200, blank=True)
    source = models.OneToOneField(
        Difficulty, models.PROTECT, null=True, blank=True, related_name="situation"
    )
    body = BodyField(when_closed="stays", related_name="+")
    on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    retired_why = models.CharField(max_length=500, blank=True)
    folded = models.CharField(max_length=700)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["on", "id"], name="difficulties_situation_day"),
            models.Index(fields=["field", "id"], name="difficulties_situation_field"),
        ]

    def __str__(self) -> str:
        return self.title


class SituationUse(models.Model):
    """That an answer of the library helped a body: it did not have to ask again."""

    situation = models.ForeignKey(Situation, models.PROTECT, related_name="uses", db_index=False)
    body = BodyField(when_closed="stays", related_name="+")
    on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["situation", "body"], name="difficulties_use_once")
        ]

    def __str__(self) -> str:
        return f"{self.situation_id} {self.body_id}"


class Token(models.Model):
    """One token of one text, for finding what is like it (rules/difficulties/similar.py)."""

    difficulty = models.ForeignKey(
        Difficulty, models.CASCADE, null=True, blank=True, related_name="tokens"
    )
    situation = models.ForeignKey(
        Situation, models.CASCADE, null=True, blank=True, related_name="tokens"
    )
    token = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(difficulty__isnull=True) ^ Q(situation__isnull=True),
                name="difficulties_token_of_one",
            )
        ]
        indexes = [models.Index(fields=["token"], name="difficulties_token_of")]

    def __str__(self) -> str:
        return self.token
