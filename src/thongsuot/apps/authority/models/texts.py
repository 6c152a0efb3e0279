"""The register of texts: when each is in force, its parts with days of their own, what changes it."""

from django.db import models
from django.db.models import F, Q

from thongsuot.apps.authority.models.choices import Effect, Reading, TextKind
from thongsuot.apps.registry.models import LegalText


class FieldGroup(models.Model):
    """One of the twelve groups of fields (nhóm lĩnh vực). ``named``: the name was read somewhere."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=160)
    named = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Field(models.Model):
    """A field of State management, in one of the groups."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    group = models.ForeignKey(FieldGroup, models.PROTECT, related_name="fields")

    def __str__(self) -> str:
        return self.name


class TextDays(models.Model):
    """A legal text in the register of competence: what sort it is and when it is in force.

    ``reading`` says how its values were read; ``of_set``: one of the 28 decrees of 2025.
    """

    text = models.OneToOneField(LegalText, models.PROTECT, related_name="days")
    kind = models.CharField(max_length=12, choices=TextKind.choices, default=TextKind.OTHER)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    reading = models.CharField(max_length=8, choices=Reading.choices, default=Reading.UNREAD)
    of_set = models.BooleanField(default=False)
    field = models.ForeignKey(Field, models.PROTECT, null=True, blank=True, related_name="texts")
    sources = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
                name="authority_text_until_after_since",
            ),
            models.CheckConstraint(
                condition=Q(reading__in=Reading.values), name="authority_text_reading_known"
            ),
        ]
        indexes = [
            models.Index(fields=["of_set", "until"], name="authority_text_set"),
            models.Index(fields=["until"], name="authority_text_until"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}"


class TextPart(models.Model):
    """An article or clause with days of its own."""

    text = models.ForeignKey(LegalText, models.PROTECT, related_name="parts")
    article = models.CharField(max_length=20)
    clause = models.CharField(max_length=20, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["text", "article", "clause"], name="authority_textpart_once"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
                name="authority_part_until_after_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.article}"


class TextChange(models.Model):
    """What one text does to another, from a day: amends, replaces, repeals, suspends, extends."""

    text = models.ForeignKey(LegalText, models.PROTECT, related_name="changed_by")
    by = models.ForeignKey(LegalText, models.PROTECT, related_name="changes")
    on = models.DateField()
    effect = models.CharField(max_length=10, choices=Effect.choices)
    article = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["text", "by", "effect", "article", "clause"],
                name="authority_textchange_once",
            ),
            models.CheckConstraint(
                condition=Q(effect__in=Effect.values), name="authority_change_effect_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} → {self.text_id}"
