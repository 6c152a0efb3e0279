"""Bringing outlines of units, and taking a set back."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from thongsuot.apps.registry.models import Boundary, BoundarySet, UnitVersion
from thongsuot.apps.registry.steps import CHAIN, Result
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.store import open_file
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import tidy
from thongsuot.rules.registry.access import may_edit
from thongsuot.rules.registry.boundaries import (
    Brought,
    Shape,
    box_of,
    neighbours,
    read_geojson,
    simplify,
)

LARGEST = 24 * 1024 * 1024  # bytes of a file: read into memory whole
BATCH = 200


def read_file(stored: StoredFile) -> Brought:
    """What a kept file holds. Raises Refused for a file that is no JSON at all."""
    if stored.size > LARGEST:
        raise Refused.because("files.too-big", stored.first_name, limit=LARGEST // 1_048_576)
    with open_file(stored) as content:
        try:
            given = json.loads(content.read())
        except (ValueError, RecursionError):
            raise Refused.because("registry.geojson-not-json", stored.first_name) from None
    return read_geojson(given)


def units_by_code(codes: Sequence[str], on: date) -> dict[str, UnitVersion]:
    """The units that bear those codes on the day. One query."""
    rows = UnitVersion.objects.on(on).filter(code__in=set(codes)).select_related("unit")
    return {row.code: row for row in rows}


def place_problem(actor: Actor, found: Sequence[UnitVersion], on: date) -> Problem | None:
    """Why the actor may not bring outlines of these units; None when it may.

    Units that are still to begin are asked after by what they will stand under.
    """
    units = {v.unit_id for v in found if v.since is None or v.since <= on}
    units |= {v.parent_id for v in found if v.parent_id and v.since is not None and v.since > on}
    return may_edit(actor, units)


@action("registry.boundaries-brought")
def bring_boundaries(
    act: Act, *, file: int, since: date, source: str, licence: str = "", demo: bool = False
) -> Result:
    """Draw units as a kept file outlines them, from a day on (nạp ranh giới).

    Codes that no unit bears on the day are left out and listed. Raises Refused: nothing in the file
    that can be used, a single thing in it that is wrong, no source named, not the person's area.
    """
    act.lock(CHAIN)
    stored = StoredFile.objects.filter(pk=file, by=act.by.user).first()
    if stored is None:
        raise Refused.missing(Problem("registry.unknown-record", str(file)))
    if not tidy(source):
        raise Refused.because("registry.geojson-no-source")
    brought = read_file(stored)
    refuse_if(brought.problems)
    known = units_by_code([s.code for s in brought.shapes], since)
    if not known:
        raise Refused.because("registry.geojson-nothing-known", "", on=since)
    problem = place_problem(act.by, list(known.values()), act.on)
    if problem is not None:
        raise Refused.forbidden(problem)
    unknown = sorted(s.code for s in brought.shapes if s.code not in known)
    thin = {s.code: simplify(s.outline) for s in brought.shapes if s.code in known}
    entry = act.record(
        chain=CHAIN, subject=Ref("boundaries", stored.pk), on=since, authority=tidy(source),
        after={"units": len(thin), "unknown": len(unknown), "sha256": stored.sha256},
    )  # fmt: skip
    made = BoundarySet.objects.create(
        since=since, source=tidy(source), licence=tidy(licence), file=stored, units=len(thin),
        unknown=unknown[:500], points_before=brought.points, points_after=_points(thin),
        demo=demo, recorded_at=act.at, entry=entry.pk,
    )  # fmt: skip
    _write(made, brought.shapes, thin, known)
    return {"set": made.pk, "units": len(thin)}


def _points(outlines: dict[str, Any]) -> int:
    return sum(len(r) for outline in outlines.values() for polygon in outline for r in polygon)


def _write(
    made: BoundarySet, shapes: Sequence[Shape], thin: dict[str, Any], known: dict[str, UnitVersion]
) -> None:
    beside = neighbours(s for s in shapes if s.code in thin)
    rows = []
    for code, outline in thin.items():
        box = box_of(outline)
        rows.append(
            Boundary(
                set=made,
                unit_id=known[code].unit_id,
                code=code,
                outline=outline,
                beside=[known[other].unit_id for other in beside[code]],
                west=box.west,
                south=box.south,
                east=box.east,
                north=box.north,
            )
        )
    with transaction.atomic():
        Boundary.objects.bulk_create(rows, batch_size=BATCH)


@action("registry.boundaries-taken-back")
def take_back_boundaries(act: Act, *, set_id: int, reason: str = "") -> Result:
    """Stop drawing a set of outlines; it stays on record (rút lại ranh giới)."""
    act.lock(CHAIN)
    made = BoundarySet.objects.filter(pk=set_id, withdrawn_at__isnull=True).first()
    if made is None:
        raise Refused.missing(Problem("registry.unknown-record", str(set_id)))
    codes = list(made.boundaries.values_list("code", flat=True))
    known = list(units_by_code(codes, made.since).values())
    problem = place_problem(act.by, known, act.on)
    if problem is not None:
        raise Refused.forbidden(problem)
    entry = act.record(
        chain=CHAIN, subject=Ref("boundaries", made.pk), before={"units": made.units}, reason=reason
    )
    made.withdrawn_at, made.withdrawn_entry = act.at, entry.pk
    made.save(update_fields=["withdrawn_at", "withdrawn_entry"])
    return {"set": made.pk}
