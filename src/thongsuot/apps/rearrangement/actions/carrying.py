"""Carrying an approved option out: each unit by the steps of its fate, each step by its day."""

from collections.abc import Mapping
from datetime import date

from thongsuot.apps.rearrangement import permit
from thongsuot.apps.rearrangement.actions.schemes import move
from thongsuot.apps.rearrangement.models import CarriedStep, FateLine, PresentUnit
from thongsuot.apps.rearrangement.steps import Result, chain_of, take, worded
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.rearrangement.carrying import (
    STEPS_OF,
    Carried,
    Step,
    check_carry,
    check_days,
)
from thongsuot.rules.rearrangement.option import Fate


@action("rearrangement.carrying-begun")
def begin_carrying(act: Act, *, scheme_id: int, days: Mapping[str, date]) -> Result:
    """Begin to carry the approved option out: a day for each step, the same for every unit."""
    scheme = take(act, scheme_id, "scheme.begin", "begin")
    wanted = {Step(name): on for name, on in days.items() if name in {s.value for s in Step}}
    refuse_if(check_days(wanted, scheme.decision_on or act.on))
    fates = FateLine.objects.filter(option=scheme.chosen, version=scheme.chosen_version or 0)
    rows = [
        CarriedStep(scheme=scheme, present_id=line.present_id, step=step.value, due_on=wanted[step])
        for line in fates.order_by("present")
        for step in STEPS_OF[Fate(line.fate)]
    ]
    CarriedStep.objects.bulk_create(rows, batch_size=500)
    move(scheme, "begin")
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"steps": len(rows), **{step.value: on for step, on in wanted.items()}},
    )
    return {"scheme": scheme.pk, "steps": len(rows)}


@action("rearrangement.step-carried")
def carry_step(  # noqa: PLR0913  # an act names all it needs
    act: Act,
    *,
    scheme_id: int,
    unit_id: int,
    step: str,
    done_on: date,
    paper: str = "",
    note: str = "",
) -> Result:
    """Say that a step was taken for a unit, on a day, by which paper; no step is skipped."""
    found = permit.in_sight(act.by, scheme_id)
    unit = PresentUnit.objects.filter(pk=unit_id, scheme=found).first()
    if unit is None:
        raise Refused.missing(Problem("rearrangement.unit-missing"))
    scheme = take(act, scheme_id, "step.carry", "carry", permit.owned(found, unit.owner_id))
    if step not in {s.value for s in Step}:
        raise Refused.because("rearrangement.choice-unknown", step[:40])
    rows = {r.step: r for r in CarriedStep.objects.filter(scheme=scheme, present=unit)}
    values = [Carried(Step(r.step), r.due_on, r.done_on) for r in rows.values()]
    problem = check_carry(values, Step(step), unit.name)
    if problem is not None:
        raise Refused([problem])
    if done_on > act.on or (scheme.decision_on and done_on < scheme.decision_on):
        raise Refused.because("rearrangement.done-day-unfit", unit.name, on=done_on)
    row = rows[step]
    row.done_on, row.by_name = done_on, act.by.name[:200]
    row.paper, row.note = worded(paper, "paper", 120), worded(note, "note", 500)
    row.save()
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme-unit", unit.pk),
        after={"step": step, "done_on": done_on, "paper": row.paper},
        reason=row.note,
    )
    return {"scheme": scheme.pk}


@action("rearrangement.scheme-closed")
def close_scheme(act: Act, *, scheme_id: int, words: str = "") -> Result:
    """Close a scheme: every step of every unit is done, or the first open ones are named."""
    scheme = take(act, scheme_id, "scheme.close", "close")
    said = worded(words, "words", 500)
    waiting = CarriedStep.objects.filter(scheme=scheme, done_on__isnull=True)
    names = list(
        waiting.order_by("present", "pk").values_list("present__name", flat=True).distinct()[:10]
    )
    refuse_if(Problem("rearrangement.not-carried-out", name) for name in dict.fromkeys(names))
    move(scheme, "close")
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"state": scheme.state},
        reason=said,
    )
    return {"scheme": scheme.pk}
