"""People, the posts they hold, and the communities below a commune with their heads."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models.choices import (
    AppointmentStatus,
    NeighbourhoodKind,
    OfficerRole,
    PostRole,
)
from thongsuot.apps.registry.models.facts import Fact, FactQuerySet
from thongsuot.apps.registry.models.units import LegalText, Unit


class Person(models.Model):
    """A person who holds or held posts. One person has at most one account."""

    full_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=160)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person"
    )
    demo = models.BooleanField(default=False)  # invented for the demonstration, shown as such

    class Meta:
        indexes = [
            models.Index(
                fields=["folded"], name="registry_person_folded", opclasses=["varchar_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.full_name


class Post(Fact):
    """A position in an organisation. ``signature_critical``: papers wait while it is empty."""

    body = BodyField(when_closed="stays", what=_("vị trí"), related_name="posts")
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=PostRole.choices)
    rank = models.PositiveSmallIntegerField(default=100)  # order on the page, head first
    signature_critical = models.BooleanField(default=False)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=PostRole.values), name="registry_post_role_known"
            ),
        ]
        indexes = [models.Index(fields=["body", "rank"], name="registry_post_body")]

    def __str__(self) -> str:
        return self.title


class Appointment(Fact):
    """A person in a post from a day to a day; the only source of rights in the system."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    status = models.CharField(max_length=12, choices=AppointmentStatus.choices)
    basis = models.ForeignKey(LegalText, models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.CharField(max_length=300, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=AppointmentStatus.values),
                name="registry_appointment_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "since"], name="registry_appt_person"),
            models.Index(fields=["post", "since"], name="registry_appt_post"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.post_id}"


class Neighbourhood(Fact):
    """A khu phố, tổ dân phố, thôn or ấp of a commune, with the person who heads it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="neighbourhoods")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=NeighbourhoodKind.choices)
    head = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="neighbourhoods"
    )
    households = models.PositiveIntegerField(null=True, blank=True)
    folded = models.CharField(max_length=200)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["unit", "since"], name="registry_neigh_unit"),
            models.Index(
                fields=["folded"], name="registry_neigh_folded", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NeighbourhoodOfficer(Fact):
    """A person who works for a neighbourhood beside its head, and how to reach that person.

    The neighbourhood is named, not pointed at: its record changes with every new head.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="officers")
    neighbourhood = models.CharField(max_length=160)
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    role = models.CharField(max_length=16, choices=OfficerRole.choices)
    phone = models.CharField(max_length=20, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=OfficerRole.values), name="registry_officer_role_known"
            ),
        ]
        indexes = [models.Index(fields=["unit", "neighbourhood"], name="registry_officer_unit")]

    def __str__(self) -> str:
        return f"{self.role} {self.neighbourhood}"
