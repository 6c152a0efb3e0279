"""What may be done to territories after the reform: legal texts, changes of one, rearrangements."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlparse

from django.db import IntegrityError, transaction

from thongsuot.apps.registry import find, records
from thongsuot.apps.registry.models import (
    Governance,
    GovernanceModel,
    LegalText,
    Share,
    Unit,
    UnitEdge,
    UnitEvent,
    UnitEventKind,
    UnitKind,
    UnitLevel,
    UnitVersion,
)
from thongsuot.apps.registry.steps import CHAIN, Result, allow, named, one_of
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy


@action("registry.law-recorded")
def record_law(  # noqa: PLR0913  # keyword-only: one per field of the form
    act: Act,
    *,
    key: str,
    number: str,
    title: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    in_force_on: date | None = None,
    url: str = "",
    checked: bool = False,
) -> Result:
    """Write down a legal text; ``checked`` only when its own words were read."""
    act.lock(CHAIN)
    if act.by.role is not Role.STEERING:
        allow(act, [])
    if url and urlparse(url).scheme not in {"http", "https"}:
        raise Refused.because("registry.bad-link", url)
    if LegalText.objects.filter(key=key).exists():
        raise Refused.conflict(Problem("registry.law-known", number))
    text = LegalText.objects.create(
        key=key, number=named(number), title=tidy(title), issuer=tidy(issuer),
        issued_on=issued_on, in_force_on=in_force_on, url=url, checked=checked,
        folded=fold(f"{number} {title}"),
    )  # fmt: skip
    act.record(chain=CHAIN, subject=Ref("law", text.pk), after={"number": number, "url": url})
    return {"law": text.pk}


@action("registry.unit-changed")
def change_unit(  # noqa: PLR0913  # keyword-only: one per field of the form
    act: Act,
    *,
    unit: int,
    on: date,
    name: str = "",
    kind: str = "",
    code: str = "",
    parent: int = 0,
    law: int = 0,
    clause: str = "",
) -> Result:
    """A unit gets another name, kind, code or parent from a day on; its territory stays.

    What is left empty stays as it was. Raises Refused when nothing changes, or the unit is not
    in force on that day.
    """
    act.lock(CHAIN)
    allow(act, [unit])
    old = find.unit_on(unit, on)
    before = {"name": old.name, "kind": old.kind, "code": old.code, "parent_id": old.parent_id}
    wanted = {"name": tidy(name), "kind": kind, "code": code, "parent_id": parent}
    changed = {k: v for k, v in wanted.items() if v and v != before[k]}
    if not changed:
        raise Refused.because("registry.nothing-changed", old.full_name)
    one_of(kind or old.kind, UnitKind.values)
    until = old.until
    records.end(old, old.full_name, on=on, at=act.at)
    after: dict[str, Any] = {**before, **changed}
    new = _version(act, unit, Period(on, until), after, law=law, clause=clause)
    event = UnitEvent.objects.create(
        kind=_kind_of_change(changed), on=on, basis_id=law or None, clause=clause,
        recorded_at=act.at,
    )  # fmt: skip
    UnitEdge.objects.create(
        event=event, src_id=unit, dst_id=unit, share=Share.WHOLE, recorded_at=act.at
    )
    act.record(
        chain=CHAIN, subject=Ref("unit", unit), before=before, after=after, authority=clause, on=on
    )
    return {"unit": unit, "version": new.pk, "event": event.pk}


def _kind_of_change(changed: Mapping[str, object]) -> str:
    """The event's kind: a change of kind says more than one of name, of parent more than of code."""
    for field, kind in (("kind", UnitEventKind.KIND), ("name", UnitEventKind.RENAME)):
        if field in changed:
            return kind
    return UnitEventKind.PARENT if "parent_id" in changed else UnitEventKind.RENAME


def _version(
    act: Act, unit: int, period: Period, values: Mapping[str, Any], *, law: int, clause: str
) -> UnitVersion:  # fmt: skip
    full = UnitVersion(name=values["name"], kind=values["kind"]).native_name
    return records.add(
        UnitVersion, {"unit_id": unit}, full, at=act.at, since=period.since,
        until=period.until, basis_id=law or None, clause=clause, folded=fold(full), **values,
    )  # fmt: skip


@action("registry.units-rearranged")
def rearrange_units(  # noqa: PLR0913  # keyword-only: one per field of the event
    act: Act,
    *,
    kind: str,
    on: date,
    units: Sequence[dict[str, Any]],
    edges: Sequence[dict[str, Any]],
    law: int = 0,
    clause: str = "",
    note: str = "",
) -> Result:
    """Merge, split or move parts of territories on a day (sắp xếp đơn vị hành chính).

    Shapes: ``units`` are the new ones (key, level, kind, name, code, parent id). Each edge has
    ``src`` (id; 0 for land of no unit), ``dst`` (id, or the key of a new unit), ``share`` and
    maybe ``detail``. A source with a whole, rest or people edge to another unit ends that day.

    Raises Refused: unknown share or kind, a source not in force, a part without its rest.
    """
    act.lock(CHAIN)
    one_of(kind, UnitEventKind.values)
    sources = list(dict.fromkeys(int(e["src"]) for e in edges if e["src"]))
    parents = [int(u["parent"]) for u in units if u.get("parent")]
    allow(act, [*sources, *parents])
    refuse_if(_edge_problems(edges))
    olds = {unit: find.unit_on(unit, on) for unit in sources}
    made = {u["key"]: _new_unit(act, u, on=on, law=law, clause=clause) for u in units}
    event = UnitEvent.objects.create(
        kind=kind, on=on, basis_id=law or None, clause=clause, note=note, recorded_at=act.at
    )
    for edge in edges:
        UnitEdge.objects.create(
            event=event, src_id=edge["src"] or None, dst_id=made.get(edge["dst"], edge["dst"]),
            share=edge["share"], detail=edge.get("detail", ""), recorded_at=act.at,
        )  # fmt: skip
    ended = [u for u in sources if _ends(u, edges)]
    for unit in ended:
        records.end(olds[unit], olds[unit].full_name, on=on, at=act.at)
    act.record(
        chain=CHAIN,
        subject=Ref("unit-event", event.pk),
        before={"ended": ended},
        after={"units": made, "edges": len(edges)},
        authority=clause,
        on=on,
    )
    return {"event": event.pk, "units": dict(made)}


ENDING = frozenset({Share.WHOLE.value, Share.REST.value, Share.PEOPLE.value})


def _ends(unit: int, edges: Sequence[Mapping[str, Any]]) -> bool:
    own = [e for e in edges if e["src"] == unit]
    stays = any(e["dst"] == unit for e in own)
    return not stays and any(e["share"] in ENDING for e in own)


def _edge_problems(edges: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Unknown shares, and a unit said to go whole to one place while another takes part of it."""
    problems = [
        Problem("registry.unknown-kind", str(e["share"]), {"allowed": tuple(Share.values)})
        for e in edges
        if e["share"] not in Share.values
    ]
    for source in {e["src"] for e in edges if e["src"]}:
        shares = [e["share"] for e in edges if e["src"] == source]
        if Share.WHOLE in shares and len(shares) > 1:
            problems.append(Problem("registry.whole-and-part", str(source)))
    return problems


def _new_unit(act: Act, wanted: Mapping[str, Any], *, on: date, law: int, clause: str) -> int:
    one_of(wanted["level"], UnitLevel.values)
    one_of(wanted["kind"], UnitKind.values)
    try:
        with transaction.atomic():
            unit = Unit.objects.create(key=wanted["key"], level=wanted["level"])
    except IntegrityError:
        raise Refused.conflict(Problem("registry.key-taken", wanted["key"])) from None
    values = {
        "name": named(wanted["name"]),
        "kind": wanted["kind"],
        "code": wanted.get("code", ""),
        "parent_id": wanted.get("parent") or None,
    }
    _version(act, unit.pk, Period(on), values, law=law, clause=clause)
    return unit.pk


@action("registry.governance-set")
def set_governance(  # noqa: PLR0913  # keyword-only: one per field of the form
    act: Act,
    *,
    unit: int,
    model: str,
    since: date,
    law: int = 0,
    clause: str = "",
    note: str = "",
) -> Result:
    """Say by which model a territory is governed from a day on, and on which basis.

    The model before it ends on that day.
    """
    act.lock(CHAIN)
    allow(act, [unit])
    version = find.unit_on(unit, since)
    one_of(model, GovernanceModel.values)
    before = Governance.objects.on(since).filter(unit=unit).first()
    if before is not None and before.model == model:
        raise Refused.because("registry.nothing-changed", version.full_name)
    if before is not None:
        records.end(before, version.full_name, on=since, at=act.at)
    row = records.add(
        Governance, {"unit_id": unit}, version.full_name, at=act.at, since=since, model=model,
        basis_id=law or None, clause=clause, note=note,
    )  # fmt: skip
    act.record(
        chain=CHAIN,
        subject=Ref("unit", unit),
        before={"model": before.model if before else ""},
        after={"model": model, "law": law, "clause": clause},
        authority=clause,
        on=since,
    )
    return {"governance": row.pk}
