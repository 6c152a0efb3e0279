"""Territories: identity, versions, events and what went where by which clause."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, override

from thongsuot.apps.registry.models.choices import (
    GovernanceModel,
    Share,
    UnitEventKind,
    UnitKind,
    UnitLevel,
)
from thongsuot.apps.registry.models.facts import Fact, FactQuerySet, Recorded, RecordedQuerySet
from thongsuot.foundation.files.models import StoredFile


class LegalText(models.Model):
    """A legal document that a fact rests on. ``checked``: the text itself was read."""

    key = models.SlugField(max_length=60, unique=True)
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=500, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    checked = models.BooleanField(default=False)
    folded = models.CharField(max_length=600, blank=True)

    def __str__(self) -> str:
        return self.number


class Unit(models.Model):
    """A territory through all its names, codes and parents. The key is ours and never changes."""

    key = models.SlugField(max_length=80, unique=True)
    level = models.CharField(max_length=10, choices=UnitLevel.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=UnitLevel.values), name="registry_unit_level_known"
            )
        ]
        indexes = [models.Index(fields=["level"], name="registry_unit_level")]

    def __str__(self) -> str:
        return self.key


class UnitVersion(Fact):
    """What a territory was called, its official code and its parent, from a day to a day.

    ``name`` stands without its kind (``Hà Đông``); ``folded`` is the folded full name.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    code = models.CharField(max_length=10, blank=True)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="child_versions"
    )
    basis = models.ForeignKey(LegalText, models.PROTECT, null=True, blank=True, related_name="+")
    clause = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=160)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["unit", "since"], name="registry_unitver_unit"),
            models.Index(fields=["parent", "since"], name="registry_unitver_parent"),
            models.Index(fields=["code", "since"], name="registry_unitver_code"),
            models.Index(
                fields=["folded"], name="registry_unitver_folded", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its kind, in the language of the reader: Phường Hà Đông, Hà Đông Ward."""
        label = str(UnitKind(self.kind).label)
        kind = f"{label[:1].upper()}{label[1:]}"
        return gettext("{kind} {name}").format(kind=kind, name=self.name)

    @property
    def native_name(self) -> str:
        """The full name in Vietnamese, for what is kept: search must not depend on the writer."""
        with override("vi"):
            return self.full_name


class UnitAlias(models.Model):
    """Another way a territory is or was written; found by search, never printed as its name."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=160)
    folded = models.CharField(max_length=160)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "folded"], name="registry_unitalias_once")
        ]
        indexes = [
            models.Index(
                fields=["folded"],
                name="registry_unitalias_folded",
                opclasses=["varchar_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.text


class Governance(Fact):
    """By which model a territory is governed, from a day to a day (mô hình tổ chức chính quyền)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="governance")
    model = models.CharField(max_length=12, choices=GovernanceModel.choices)
    basis = models.ForeignKey(LegalText, models.PROTECT, null=True, blank=True, related_name="+")
    clause = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(model__in=GovernanceModel.values),
                name="registry_governance_model_known",
            ),
        ]
        indexes = [models.Index(fields=["unit", "since"], name="registry_governance_unit")]

    def __str__(self) -> str:
        return self.model


class UnitEvent(Recorded):
    """One clause of one document that changed territories on one day."""

    kind = models.CharField(max_length=12, choices=UnitEventKind.choices)
    on = models.DateField()
    basis = models.ForeignKey(LegalText, models.PROTECT, null=True, blank=True, related_name="+")
    clause = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["on"], name="registry_unitevent_on")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%Y-%m-%d}"


class UnitEdge(Recorded):
    """What of one territory went to another in an event.

    ``src`` empty: from land that belonged to no unit. ``dst`` empty: to no unit of its own tier
    (a district that ended); ``detail`` says why.
    """

    event = models.ForeignKey(UnitEvent, models.PROTECT, related_name="edges")
    src = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="edges_out")
    dst = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="edges_in")
    share = models.CharField(max_length=8, choices=Share.choices)
    clause = models.CharField(max_length=60, blank=True)
    detail = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(src__isnull=False) | Q(dst__isnull=False),
                name="registry_unitedge_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(share__in=Share.values), name="registry_unitedge_share_known"
            ),
            models.UniqueConstraint(
                fields=["event", "src", "dst"],
                condition=Q(superseded_at__isnull=True),
                name="registry_unitedge_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.src_id or '-'} → {self.dst_id or '-'}"


class BoundarySet(models.Model):
    """Outlines of units as one file brought them, drawn as they are from a day on (ranh giới).

    The file is kept by its hash; ``source`` says whose it is and ``demo`` that it is a drawing and
    no survey. Taken back, a set is no longer drawn and stays on record.
    """

    since = models.DateField()
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    units = models.PositiveIntegerField()
    unknown = models.JSONField(default=list)
    points_before = models.PositiveIntegerField()
    points_after = models.PositiveIntegerField()
    demo = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    entry = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_entry = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["since", "id"], name="registry_boundaryset_since")]

    def __str__(self) -> str:
        return f"{self.source} {self.since:%Y-%m-%d}"


class Boundary(models.Model):
    """The outline of one unit in a set, thinned out once, with its box and who lies beside it.

    ``outline`` is the coordinates of a GeoJSON MultiPolygon; ``beside`` the units it shares a
    stretch with in the same file.
    """

    set = models.ForeignKey(BoundarySet, models.PROTECT, related_name="boundaries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="boundaries")
    code = models.CharField(max_length=10)
    outline = models.JSONField()
    beside = models.JSONField(default=list)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set", "unit"], name="registry_boundary_once")
        ]
        indexes = [models.Index(fields=["unit", "set"], name="registry_boundary_unit")]

    def __str__(self) -> str:
        return f"{self.code} {self.set_id}"


class Disagreement(models.Model):
    """Where a source reads a fact about a territory otherwise than the registry holds it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="disagreements")
    topic = models.CharField(max_length=40, default="successors")
    source = models.CharField(max_length=200)
    reading = models.TextField()
    held = models.TextField(blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "topic", "source"], name="registry_disagreement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.reading}"
