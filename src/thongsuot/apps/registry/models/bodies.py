"""Organisations: identity, versions, where they act, whom they serve, what became of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models.choices import Bloc, BodyEventKind, BodyKind, Share
from thongsuot.apps.registry.models.facts import Fact, FactQuerySet, Recorded, RecordedQuerySet
from thongsuot.apps.registry.models.units import LegalText, Unit


class Body(models.Model):
    """An organisation (cơ quan) through all its names and places."""

    key = models.SlugField(max_length=80, unique=True)
    bloc = models.CharField(max_length=8, choices=Bloc.choices)
    kind = models.CharField(max_length=24, choices=BodyKind.choices)
    demo = models.BooleanField(default=False)  # invented for the demonstration, shown as such

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bloc__in=Bloc.values), name="registry_body_bloc_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values), name="registry_body_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["bloc", "kind"], name="registry_body_kind")]

    def __str__(self) -> str:
        return self.key


class BodyVersion(Fact):
    """What an organisation was called and under whom it stood, from a day to a day."""

    body = BodyField(when_closed="stays", what=_("tên gọi"), related_name="versions")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=80, blank=True)
    parent = BodyField(
        when_closed="blocks",
        what=_("cơ quan trực thuộc"),
        null=True,
        blank=True,
        related_name="child_versions",
    )
    basis = models.ForeignKey(LegalText, models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=400)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["body", "since"], name="registry_bodyver_body"),
            models.Index(fields=["parent", "since"], name="registry_bodyver_parent"),
            models.Index(
                fields=["folded"], name="registry_bodyver_folded", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Coverage(Fact):
    """In which territory an organisation acts; ended with the organisation."""

    body = BodyField(when_closed="stays", what=_("địa bàn"), related_name="coverages")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="coverages")

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["unit", "since"], name="registry_coverage_unit"),
            models.Index(fields=["body", "since"], name="registry_coverage_body"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} @ {self.unit_id}"


class Serves(Fact):
    """Whom an organisation serves or represents.

    One office may serve the Party committee and the People's Committee; a handing team speaks
    for the body that ends, also after its last day.
    """

    body = BodyField(when_closed="stays", what=_("tổ chức được phục vụ"), related_name="serving")
    served = BodyField(
        when_closed="stays", what=_("cơ quan phục vụ, tổ đại diện"), related_name="served_by"
    )

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(body=F("served")), name="registry_serves_not_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "since"], name="registry_serves_body"),
            models.Index(fields=["served", "since"], name="registry_serves_served"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} → {self.served_id}"


class BodyEvent(Recorded):
    """One decision that changed organisations on one day."""

    kind = models.CharField(max_length=12, choices=BodyEventKind.choices)
    on = models.DateField()
    basis = models.ForeignKey(LegalText, models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["on"], name="registry_bodyevent_on")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%Y-%m-%d}"


class BodyEdge(Recorded):
    """What of one organisation went to another in an event; an empty end is creation or an end."""

    event = models.ForeignKey(BodyEvent, models.PROTECT, related_name="edges")
    src = BodyField(
        when_closed="stays", what=_("sự kiện"), null=True, blank=True, related_name="edges_out"
    )
    dst = BodyField(
        when_closed="stays", what=_("sự kiện"), null=True, blank=True, related_name="edges_in"
    )
    share = models.CharField(max_length=8, choices=Share.choices, default=Share.WHOLE)
    detail = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(src__isnull=False) | Q(dst__isnull=False),
                name="registry_bodyedge_has_an_end",
            ),
            models.UniqueConstraint(
                fields=["event", "src", "dst"],
                condition=Q(superseded_at__isnull=True),
                name="registry_bodyedge_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.src_id or '-'} → {self.dst_id or '-'}"
