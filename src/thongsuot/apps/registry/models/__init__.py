"""The tables of the registry: legal texts, units, bodies, people, each fact with two clocks."""

from thongsuot.apps.registry.models.bodies import (
    Body,
    BodyEdge,
    BodyEvent,
    BodyVersion,
    Coverage,
    Serves,
)
from thongsuot.apps.registry.models.choices import (
    BLOC_OF,
    AppointmentStatus,
    Bloc,
    BodyEventKind,
    BodyKind,
    NeighbourhoodKind,
    PostRole,
    Share,
    UnitEventKind,
    UnitKind,
    UnitLevel,
)
from thongsuot.apps.registry.models.facts import Fact, FactQuerySet, Recorded, RecordedQuerySet
from thongsuot.apps.registry.models.people import Appointment, Neighbourhood, Person, Post
from thongsuot.apps.registry.models.units import (
    Disagreement,
    LegalText,
    Unit,
    UnitAlias,
    UnitEdge,
    UnitEvent,
    UnitVersion,
)

__all__ = [
    "BLOC_OF",
    "Appointment",
    "AppointmentStatus",
    "Bloc",
    "Body",
    "BodyEdge",
    "BodyEvent",
    "BodyEventKind",
    "BodyKind",
    "BodyVersion",
    "Coverage",
    "Disagreement",
    "Fact",
    "FactQuerySet",
    "LegalText",
    "Neighbourhood",
    "NeighbourhoodKind",
    "Person",
    "Post",
    "PostRole",
    "Recorded",
    "RecordedQuerySet",
    "Serves",
    "Share",
    "Unit",
    "UnitAlias",
    "UnitEdge",
    "UnitEvent",
    "UnitEventKind",
    "UnitKind",
    "UnitLevel",
    "UnitVersion",
]
