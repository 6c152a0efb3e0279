"""The units as they are: entered by their departments, taken from the registry, sent in."""

from collections.abc import Mapping, Sequence
from typing import Any

from thongsuot.apps.rearrangement import permit, telling
from thongsuot.apps.rearrangement.models import Funding, Owner, PresentUnit, Scheme, UnitSort
from thongsuot.apps.rearrangement.steps import (
    MOST_OWNERS,
    MOST_UNITS,
    Result,
    chain_of,
    known_bodies,
    refuse_out_of_reach,
    take,
    worded,
)
from thongsuot.apps.registry.models import Appointment, BodyKind, BodyVersion, Post, PostRole
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

MOST_PEOPLE = 100_000
SORT_OF = {
    BodyKind.SPECIALISED_OFFICE: UnitSort.OFFICE,
    BodyKind.JOINT_OFFICE: UnitSort.OFFICE,
    BodyKind.SERVICE_UNIT: UnitSort.SERVICE_UNIT,
    BodyKind.PROJECT_BOARD: UnitSort.SERVICE_UNIT,
    BodyKind.COMPENSATION_BOARD: UnitSort.SERVICE_UNIT,
}


@action("rearrangement.owners-added")
def add_owners(act: Act, *, scheme_id: int, bodies: Sequence[int]) -> Result:
    """Take further departments into a scheme that is still being drafted."""
    scheme = take(act, scheme_id, "scheme.write", "units")
    there = set(scheme.owners.values_list("body", flat=True))
    fresh = [b for b in dict.fromkeys(bodies) if b not in there]
    if not fresh or len(there) + len(fresh) > MOST_OWNERS:
        raise Refused.because("rearrangement.owners-number", most=MOST_OWNERS)
    known_bodies(fresh)
    refuse_out_of_reach(act, scheme.keeper_id, fresh, scheme.basis)
    Owner.objects.bulk_create(Owner(scheme=scheme, body_id=b) for b in fresh)
    act.record(chain=chain_of(scheme.pk), subject=Ref("scheme", scheme.pk), after={"owners": fresh})
    telling.called(act, scheme, fresh)
    return {"owners": len(fresh)}


def take_for(act: Act, scheme_id: int, owner_id: int) -> Scheme:
    """A scheme in which the units of one department may be written now, by this person."""
    found = permit.in_sight(act.by, scheme_id)
    scheme = take(act, scheme_id, "units.write", "units", permit.owned(found, owner_id))
    if not scheme.owners.filter(body=owner_id).exists():
        raise Refused.missing(Problem("rearrangement.owner-missing"))
    return scheme


def read_unit(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was handed in of a unit, as columns. Raises Refused for what is missing or unfit."""
    name = worded(values.get("name"), "name", needed=True)
    columns: dict[str, Any] = {
        "code": worded(values.get("code"), "code", 30, needed=True),
        "name": name,
        "sort": str(values.get("sort") or UnitSort.OFFICE),
        "funding": str(values.get("funding") or Funding.STATE),
        "basis": worded(values.get("basis"), "basis"),
        "note": worded(values.get("note"), "note", 500),
        "folded": fold(name)[:400],
    }
    for key, allowed in (("sort", UnitSort.values), ("funding", Funding.values)):
        if columns[key] not in allowed:
            raise Refused.because("rearrangement.choice-unknown", columns[key][:40])
    for key in ("people", "leaders"):
        number = int(values.get(key) or 0)
        if not 0 <= number <= MOST_PEOPLE:
            raise Refused.because("rearrangement.number-unfit", name)
        columns[key] = number
    if columns["leaders"] > columns["people"]:
        raise Refused.because("rearrangement.leaders-too-many", name)
    return columns


@action("rearrangement.unit-written")
def put_unit(
    act: Act, *, scheme_id: int, owner_id: int, unit: Mapping[str, Any], unit_id: int = 0
) -> Result:
    """Write down a unit of a department as it is, or correct it (hiện trạng).

    Shapes: ``unit`` has code, name, people, leaders; any of sort, funding, basis, note.
    """
    scheme = take_for(act, scheme_id, owner_id)
    columns = read_unit(unit)
    rows = PresentUnit.objects.filter(scheme=scheme)
    old = rows.filter(pk=unit_id, owner=owner_id).first() if unit_id else None
    if unit_id and old is None:
        raise Refused.missing(Problem("rearrangement.unit-missing"))
    if rows.filter(code=columns["code"]).exclude(pk=unit_id).exists():
        raise Refused.because("rearrangement.code-taken", columns["code"])
    if old is None and rows.count() >= MOST_UNITS:
        raise Refused.because("rearrangement.units-number", most=MOST_UNITS)
    before = {n: getattr(old, n) for n in ("code", "name", "people", "leaders")} if old else {}
    made = old or PresentUnit(scheme=scheme, owner_id=owner_id)
    for key, value in columns.items():
        setattr(made, key, value)
    made.save()
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme-unit", made.pk),
        before=before,
        after={n: columns[n] for n in ("code", "name", "people", "leaders")},
    )
    return {"unit": made.pk}


@action("rearrangement.unit-dropped")
def drop_unit(act: Act, *, scheme_id: int, unit_id: int) -> Result:
    """Take a unit out again that was written down by mistake; its fates go with it."""
    found = PresentUnit.objects.filter(pk=unit_id, scheme=scheme_id).first()
    if found is None:
        raise Refused.missing(Problem("rearrangement.unit-missing"))
    scheme = take_for(act, scheme_id, found.owner_id)
    found.fates.all().delete()
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme-unit", found.pk),
        before={"code": found.code, "name": found.name, "people": found.people},
    )
    found.delete()
    return {"scheme": scheme.pk}


@action("rearrangement.units-brought")
def bring_known_units(act: Act, *, scheme_id: int, owner_id: int) -> Result:
    """Take the units that the registry knows below a department, with posts and people counted."""
    scheme = take_for(act, scheme_id, owner_id)
    rows = BodyVersion.objects.on(act.on).filter(parent=owner_id, body__kind__in=list(SORT_OF))
    there = set(scheme.units.exclude(body=None).values_list("body", flat=True))
    fresh = [
        v for v in rows.select_related("body").order_by("name", "pk") if v.body_id not in there
    ]
    if not fresh:
        raise Refused.because("rearrangement.nothing-known")
    ids = [v.body_id for v in fresh]
    held = Appointment.objects.on(act.on).filter(post__body__in=ids)
    people: dict[int, set[int]] = {}
    for body, person in held.values_list("post__body", "person"):
        people.setdefault(body, set()).add(person)
    heads: dict[int, int] = {}
    leads = Post.objects.on(act.on).filter(body__in=ids, role=PostRole.LEADER)
    for body in leads.values_list("body", flat=True):
        heads[body] = heads.get(body, 0) + 1
    number = scheme.units.count()
    made = [
        PresentUnit(
            scheme=scheme, owner_id=owner_id, body_id=v.body_id, code=f"DV-{number + n:03d}",
            name=v.name, sort=SORT_OF[BodyKind(v.body.kind)],
            people=max(len(people.get(v.body_id, ())), heads.get(v.body_id, 0)),
            leaders=heads.get(v.body_id, 0), folded=fold(v.name)[:400],
        )
        for n, v in enumerate(fresh, 1)
    ]  # fmt: skip
    taken = set(scheme.units.values_list("code", flat=True)) & {u.code for u in made}
    for unit in made:
        if unit.code in taken:
            unit.code = f"DV-{unit.body_id}"
    PresentUnit.objects.bulk_create(made)
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"owner": owner_id, "brought": len(made)},
    )
    return {"units": len(made)}


@action("rearrangement.units-sent")
def send_units(act: Act, *, scheme_id: int, owner_id: int) -> Result:
    """A department says that its list is whole and right; who pulls it together counts it in."""
    found = permit.in_sight(act.by, scheme_id)
    scheme = take(act, scheme_id, "units.send", "send", permit.owned(found, owner_id))
    row = scheme.owners.filter(body=owner_id).first()
    if row is None:
        raise Refused.missing(Problem("rearrangement.owner-missing"))
    count = scheme.units.filter(owner=owner_id).count()
    row.sent_at, row.sent_by = act.at, act.by.name[:200]
    row.save(update_fields=["sent_at", "sent_by"])
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"owner": owner_id, "units": count},
    )
    return {"units": count}
