"""Options A, B, …: their versions, the fate of each unit, and units that are to be founded."""

from django.db import models
from django.db.models import Q

from thongsuot.apps.rearrangement.models.choices import FateWord, Funding, UnitSort
from thongsuot.apps.rearrangement.models.schemes import PresentUnit, Scheme
from thongsuot.apps.registry.fields import BodyField


class Option(models.Model):
    """One option of a scheme; ``version`` is the one in use."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="options", db_index=False)
    letter = models.CharField(max_length=1)
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "letter"], name="rearrangement_option_once")
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.title}"


class OptionVersion(models.Model):
    """When a version of an option was begun, by whom, and why. Only ever added to."""

    option = models.ForeignKey(Option, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["option", "number"], name="rearrangement_optionversion_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.option_id}/{self.number}"


class FoundedUnit(models.Model):
    """A unit that is to be founded in one version of an option; others merge into it."""

    option = models.ForeignKey(Option, models.PROTECT, related_name="founded", db_index=False)
    version = models.PositiveSmallIntegerField()
    owner = BodyField(when_closed="stays", related_name="+")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=300)
    sort = models.CharField(max_length=12, choices=UnitSort.choices)
    leaders = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["option", "version", "code"], name="rearrangement_founded_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FateLine(models.Model):
    """The fate of one unit in one version of an option. ``into`` and takers are codes of units."""

    option = models.ForeignKey(Option, models.PROTECT, related_name="fates", db_index=False)
    version = models.PositiveSmallIntegerField()
    present = models.ForeignKey(PresentUnit, models.PROTECT, related_name="fates")
    fate = models.CharField(max_length=10, choices=FateWord.choices)
    name = models.CharField(max_length=300, blank=True)
    owner = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    funding = models.CharField(max_length=8, choices=Funding.choices, blank=True)
    into = models.CharField(max_length=30, blank=True)
    tasks_to = models.CharField(max_length=30, blank=True)
    assets_to = models.CharField(max_length=30, blank=True)
    people_to = models.CharField(max_length=30, blank=True)
    released = models.PositiveIntegerField(default=0)
    leaders = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["option", "version", "present"], name="rearrangement_fate_once"
            ),
            models.CheckConstraint(
                condition=Q(fate__in=FateWord.values), name="rearrangement_fate_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.present_id}: {self.fate}"
