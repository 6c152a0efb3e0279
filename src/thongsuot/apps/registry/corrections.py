"""Putting a wrong record right: a new record that names the old one, which stays as then known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thongsuot.apps.registry import find, records
from thongsuot.apps.registry.models import (
    Appointment,
    AppointmentStatus,
    BodyVersion,
    Fact,
    Neighbourhood,
    Post,
    UnitVersion,
)
from thongsuot.apps.registry.steps import CHAIN, Result, allow, named, one_of
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Correctable:
    """Which fields of a kind of record may be corrected, and what makes two records the same."""

    fields: tuple[str, ...]
    same: tuple[str, ...] = ()


CORRECTABLE: dict[type[Fact], Correctable] = {
    UnitVersion: Correctable(("name", "kind", "code", "since", "until", "clause"), ("unit_id",)),
    BodyVersion: Correctable(("name", "short_name", "since", "until", "authority"), ("body_id",)),
    Post: Correctable(("title", "rank", "signature_critical", "since", "until")),
    Appointment: Correctable(("status", "since", "until", "authority"), ("person_id", "post_id")),
    Neighbourhood: Correctable(
        ("name", "kind", "since", "until", "head_id", "households"), ("unit_id", "name")
    ),
}


def _put_right(
    act: Act, old: Fact, changes: Mapping[str, Any], *, reason: str, kind: str
) -> Result:
    """Write the corrected record and the entry that shows both."""
    records.refuse_corrected(old)
    table = CORRECTABLE[type(old)]
    unknown = sorted(set(changes) - set(table.fields))
    if unknown:
        raise Refused(
            Problem("registry.unknown-kind", name, {"allowed": table.fields}) for name in unknown
        )
    before = {name: getattr(old, name) for name in table.fields}
    wanted: dict[str, Any] = {n: v for n, v in changes.items() if v != before[n]}
    if not wanted:
        raise Refused.because("registry.nothing-changed", str(old.pk))
    if "name" in wanted:
        wanted["name"] = named(wanted["name"])
    after = {**before, **wanted}
    period = records.period_of(after["since"], after["until"])
    if table.same:
        same = {column: after.get(column, getattr(old, column)) for column in table.same}
        records.refuse_overlap(type(old), same, period, str(old), skip=old.pk)
    new = records.supersede(old, at=act.at, **wanted, **_refolded(old, after))
    act.record(chain=CHAIN, subject=Ref(kind, new.pk), before=before, after=after, reason=reason)
    return {"record": new.pk, "corrects": old.pk}


def _refolded(old: Fact, after: Mapping[str, Any]) -> dict[str, str]:
    """The text that search reads, made again from the corrected name."""
    if isinstance(old, UnitVersion):
        return {"folded": fold(UnitVersion(name=after["name"], kind=after["kind"]).native_name)}
    if isinstance(old, BodyVersion):
        return {"folded": fold(f"{after['name']} {after['short_name']}")}
    return {"folded": fold(after["name"])} if isinstance(old, Neighbourhood) else {}


@action("registry.unit-corrected")
def correct_unit(act: Act, *, version: int, changes: dict[str, Any], reason: str) -> Result:
    """Correct the name, kind, code, days or clause of a unit's version (đính chính)."""
    act.lock(CHAIN)
    old = find.record(UnitVersion, version)
    allow(act, [old.unit_id])
    return _put_right(act, old, changes, reason=reason, kind="unit-version")


@action("registry.body-corrected")
def correct_body(act: Act, *, version: int, changes: dict[str, Any], reason: str) -> Result:
    """Correct the name, days or authority of a body's version (đính chính)."""
    act.lock(CHAIN)
    old = find.record(BodyVersion, version)
    allow(act, find.places_of(old.body_id))
    return _put_right(act, old, changes, reason=reason, kind="body-version")


@action("registry.post-corrected")
def correct_post(act: Act, *, post: int, changes: dict[str, Any], reason: str) -> Result:
    """Correct a post's title, rank or days; holders of the post follow to the new record."""
    act.lock(CHAIN)
    old = find.post(post)
    allow(act, find.places_of(old.body_id))
    result = _put_right(act, old, changes, reason=reason, kind="post")
    for held in Appointment.objects.known().filter(post=post):
        records.supersede(held, at=act.at, post_id=result["record"])
    return result


@action("registry.appointment-corrected")
def correct_appointment(
    act: Act, *, appointment: int, changes: dict[str, Any], reason: str
) -> Result:
    """Correct the days, status or authority of an appointment (đính chính)."""
    act.lock(CHAIN)
    old = find.appointment(appointment)
    allow(act, find.places_of(old.post.body_id))
    one_of(changes.get("status", old.status), AppointmentStatus.values)
    return _put_right(act, old, changes, reason=reason, kind="appointment")


@action("registry.neighbourhood-corrected")
def correct_neighbourhood(
    act: Act, *, neighbourhood: int, changes: dict[str, Any], reason: str
) -> Result:
    """Correct the name, kind, head, days or households of a neighbourhood (đính chính)."""
    act.lock(CHAIN)
    old = find.record(Neighbourhood, neighbourhood)
    allow(act, [old.unit_id])
    return _put_right(act, old, changes, reason=reason, kind="neighbourhood")
