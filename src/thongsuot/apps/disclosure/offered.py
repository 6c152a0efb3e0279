"""The offices that a person may tell the public about, and what each has told so far."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from thongsuot.apps.disclosure.contacts import contacts_of
from thongsuot.apps.disclosure.reach import units_to_come
from thongsuot.apps.disclosure.values import ContactCard
from thongsuot.apps.registry.models import BodyKind, BodyVersion, Coverage, UnitVersion
from thongsuot.rules.kernel.actor import Actor, Role

PUBLIC_KINDS = (
    BodyKind.SERVICE_CENTRE,
    BodyKind.PEOPLES_COMMITTEE,
    BodyKind.DEPARTMENT,
    BodyKind.SERVICE_UNIT,
    BodyKind.POLICE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One office with what it has told; None is nothing yet."""

    body: int
    name: str
    kind_name: str
    unit: str
    contact: ContactCard | None


def offices_in(actor: Actor, on: date) -> "QuerySet[BodyVersion, int]":
    """The numbers of the offices that people visit and that the person answers for, to come too."""
    hat = actor.hat
    rows = BodyVersion.objects.known().filter(body__kind__in=PUBLIC_KINDS).exclude(until__lte=on)
    if hat is None:
        return rows.none().values_list("body", flat=True)
    if hat.role is Role.STEERING:
        area = {*hat.area, *units_to_come(hat.area, on)}
        covered = Coverage.objects.known().filter(unit__in=area).values("body")
        rows = rows.filter(body__in=covered)
    else:
        rows = rows.filter(body__in=hat.bodies | {hat.body})
    return rows.values_list("body", flat=True).distinct()


def lines_for(actor: Actor, on: date) -> list[Line]:
    """The offices, those that have told nothing first. Four queries."""
    bodies = set(offices_in(actor, on))
    cards = contacts_of(bodies, max(on, date(2025, 7, 1)))
    places: dict[int, str] = {}
    covered = list(
        Coverage.objects.known()
        .filter(body__in=bodies)
        .exclude(until__lte=on)
        .values_list("body", "unit")
    )
    names: dict[int, str] = {}
    units = {unit for _body, unit in covered}
    for version in UnitVersion.objects.known().filter(unit__in=units).order_by("since"):
        names[version.unit_id] = version.full_name
    for body, unit in covered:
        places.setdefault(body, names.get(unit, ""))
    named: dict[int, BodyVersion] = {}
    for row in (
        BodyVersion.objects.known().filter(body__in=bodies).select_related("body").order_by("since")
    ):
        named[row.body_id] = row
    found = [
        Line(b, v.name, str(BodyKind(v.body.kind).label), places.get(b, ""), cards.get(b))
        for b, v in named.items()
    ]
    return sorted(found, key=lambda x: (x.contact is not None, x.unit, x.name))
