"""Working regulations, co-ordination regulations and duty assignments, version by version."""

from django.db import models
from django.db.models import F, Q

from thongsuot.apps.decisions.models.choices import LineRole, Sort, VersionState
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Post, Unit
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.trail.models import Entry


class Version(models.Model):
    """One version of a regulation or assignment of a body; the one before ends when it begins.

    ``other`` is the second body of a co-ordination regulation.
    """

    sort = models.CharField(max_length=12, choices=Sort.choices)
    body = BodyField(when_closed="stays", related_name="+", db_index=False)
    other = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    number = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=VersionState.choices, default=VersionState.DRAFT)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=400)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="decisions_version_until_after_since",
            ),
            models.UniqueConstraint(
                fields=["sort", "body"],
                condition=Q(state=VersionState.IN_FORCE, until__isnull=True, other__isnull=True),
                name="decisions_version_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["sort", "body", "other"],
                condition=Q(state=VersionState.IN_FORCE, until__isnull=True, other__isnull=False),
                name="decisions_version_one_with_other",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT) | ~Q(number=""),
                name="decisions_version_issued_has_number",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "sort", "since"], name="decisions_version_of"),
            models.Index(fields=["since", "id"], name="decisions_version_since"),
        ]

    def __str__(self) -> str:
        return self.title


class VersionLine(models.Model):
    """One matter, or every matter of a field, given to one person by a duty assignment."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="lines")
    person = models.CharField(max_length=160)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=80)
    matter = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=6, choices=LineRole.choices, default=LineRole.LEAD)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["version", "id"], name="decisions_line_in_order")]

    def __str__(self) -> str:
        return f"{self.person}: {self.matter or self.field}"
