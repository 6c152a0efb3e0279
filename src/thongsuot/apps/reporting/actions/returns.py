"""Filling in, submitting, recalling, reopening."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.urls import reverse

from thongsuot.apps.reporting import telling
from thongsuot.apps.reporting.actions.steps import (
    Result,
    begin_return,
    round_chain,
    signed_name,
    worded,
)
from thongsuot.apps.reporting.models import Filing, FilingKind, Return
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.returns import before_of, last_filing
from thongsuot.apps.reporting.values import form_of, from_kept, kept
from thongsuot.foundation.refusal import refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.reporting.forms import Form, check_values
from thongsuot.rules.reporting.returns import State, Step, check_reason, check_step

Plain = Mapping[str, Any]


def _name(owner: Return) -> str:
    return body_names([owner.body_id], owner.round.since)[owner.body_id]


def _step(owner: Return, step: Step) -> State:
    locked = owner.round.locked_at is not None and not owner.unlocked
    after, problems = check_step(State(owner.state), step, locked=locked, subject=_name(owner))
    refuse_if(problems)
    if after is None:  # check_step says why whenever it gives no state
        raise RuntimeError("a step without a state and without a problem")
    return after


def file(
    act: Act,
    owner: Return,
    kind: FilingKind,
    after: State,
    content: tuple[Plain, Plain] = ({}, {}),
    reason: str = "",
) -> Filing:
    """Add one filing to a return and bring the return to where it now stands.

    The one place where filings are made; ``content`` are the values and their sources as kept.
    """
    values, sources = content
    number = (owner.filings.aggregate(n=Max("number"))["n"] or 0) + 1
    entry = act.record(
        chain=round_chain(owner.round_id),
        subject=Ref("return", owner.pk),
        before={"state": owner.state},
        after={"state": after.value, "number": number, "values": digest(values)},
        reason=reason,
    )
    made = Filing.objects.create(
        owner=owner,
        round_id=owner.round_id,
        number=number,
        kind=kind,
        values=values,
        sources=sources,
        at=entry.at,
        by=act.by.user,
        by_name=signed_name(act),
        reason=reason,
        entry=entry.pk,
    )
    fields: dict[str, Any] = {"state": after.value, "filings_count": number}
    if kind in (FilingKind.SUBMITTED, FilingKind.NOTHING):
        fields["received_at"] = owner.received_at or entry.at
        fields["nothing"] = kind == FilingKind.NOTHING
        fields["unlocked"] = False
    elif kind == FilingKind.RECALLED:
        fields |= {"received_at": None, "nothing": False}
    elif kind == FilingKind.REOPENED:
        fields |= {"reopen_reason": reason, "unlocked": owner.round.locked_at is not None}
    Return.objects.filter(pk=owner.pk).update(**fields)
    return made


def _cleaned(form: Form, values: Plain) -> dict[str, Any]:
    """Only what the form asks; anything else that was sent is left out."""
    asked = {one.key for one in form.fields}
    return kept(from_kept({key: v for key, v in values.items() if key in asked}))


@action("reporting.return-saved")
def save_draft(act: Act, *, return_id: int, values: Plain, sources: Plain) -> Result:
    """Keep what was typed so far; a draft may be incomplete and wrong.

    Raises Refused: a period that is locked, a return that was submitted.
    """
    owner = begin_return(act, return_id, "return.write")
    after = _step(owner, Step.SAVE)
    form = form_of(owner.round.version)
    made = file(act, owner, FilingKind.DRAFT, after, (_cleaned(form, values), dict(sources)))
    return {"filing": made.pk}


@action("reporting.return-submitted")
def submit(act: Act, *, return_id: int, values: Plain, sources: Plain) -> Result:
    """Submit a return (nộp báo cáo). Warnings are allowed, everything else must agree.

    Raises Refused, all reasons at once: what is missing, what does not agree, figures of the
    system that nobody confirmed, a locked period, a return that was submitted already.
    """
    owner = begin_return(act, return_id, "return.submit")
    after = _step(owner, Step.SUBMIT)
    form = form_of(owner.round.version)
    clean = _cleaned(form, values)
    before = before_of(owner)
    problems = check_values(form, from_kept(clean), before.values if before else None)
    refuse_if([*problems, *_unconfirmed(form, clean, sources)])
    made = file(act, owner, FilingKind.SUBMITTED, after, (clean, dict(sources)))
    return {"filing": made.pk, "number": made.number}


def _unconfirmed(form: Form, values: Plain, sources: Plain) -> list[Problem]:
    """Figures that the system filled in and no person has looked at."""
    return [
        Problem("reporting.figure-unconfirmed", one.title, {"field": one.key})
        for one in form.fields
        if one.key in sources and one.key in values and not sources[one.key].get("confirmed")
    ]


@action("reporting.nothing-reported")
def report_nothing(act: Act, *, return_id: int) -> Result:
    """Say that there is nothing to report for the period (không có phát sinh): an answer too."""
    owner = begin_return(act, return_id, "return.submit")
    after = _step(owner, Step.NOTHING)
    made = file(act, owner, FilingKind.NOTHING, after)
    return {"filing": made.pk}


@action("reporting.return-recalled")
def recall(act: Act, *, return_id: int, reason: str) -> Result:
    """Take a submitted return back while the period is open (rút lại).

    It is not there any more until it is submitted again; whoever gathers is told.
    """
    owner = begin_return(act, return_id, "return.submit")
    why = worded(reason)
    refuse_if(check_reason(Step.RECALL, why, _name(owner)))
    after = _step(owner, Step.RECALL)
    made = file(act, owner, FilingKind.RECALLED, after, _content(owner), why)
    url = reverse("reporting:round", args=[owner.round_id])
    title = f"{_name(owner)} rút lại báo cáo: {owner.round.series.name}"
    telling.tell_bodies(act, telling.RECEIVED, {owner.round.series.body_id: (title, url)})
    return {"filing": made.pk}


@action("reporting.return-reopened")
def reopen(act: Act, *, return_id: int, reason: str) -> Result:
    """Open the return of one unit again so that it can be corrected, also after the lock.

    What was submitted stands until the correction comes. The people of the unit are told.
    """
    owner = begin_return(act, return_id, "return.reopen")
    why = worded(reason)
    refuse_if(check_reason(Step.REOPEN, why, _name(owner)))
    after = _step(owner, Step.REOPEN)
    if owner.round.locked_at is not None:
        Return.objects.filter(pk=owner.pk).update(unlocked=True)
        owner.unlocked = True
    made = file(act, owner, FilingKind.REOPENED, after, _content(owner), why)
    url = reverse("reporting:return", args=[owner.pk])
    title = f"Báo cáo được mở lại để sửa: {owner.round.series.name}. Lý do: {why}"
    telling.tell_bodies(act, telling.REOPENED, {owner.body_id: (title, url)})
    return {"filing": made.pk}


def _content(owner: Return) -> tuple[Plain, Plain]:
    last = last_filing(owner)
    return (last.values, last.sources) if last else ({}, {})
