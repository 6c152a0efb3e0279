"""Issuing: from a draft to something that binds (giao nhiệm vụ)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from thongsuot.apps.directives import permit, telling
from thongsuot.apps.directives.models import Duty, LineKind
from thongsuot.apps.directives.reaching import judge, manners, naming_of
from thongsuot.apps.directives.steps import (
    Result,
    chain_of,
    due_of,
    in_force,
    keep_parties,
    set_due,
    write_line,
)
from thongsuot.apps.registry.models import Appointment, BodyVersion, Serves
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.directives.duty import Asked, Part, check_may_be_issued
from thongsuot.rules.directives.lifecycle import STEPS, check_step
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

MOST = 500


@action("directives.duties-issued")
def issue_duties(act: Act, *, duty_ids: Sequence[int]) -> Result:
    """Issue drafts of one body: from here on each binds its lead and its person.

    All or none: each is whole (person, task, place, a day or a rhythm, each co-ordinating body
    with its piece) or nothing is issued and every gap of every one is named.
    """
    ids = list(dict.fromkeys(duty_ids))
    if not 0 < len(ids) <= MOST:
        raise Refused.because("directives.issue-number", most=MOST)
    first = permit.duty_in_sight(act.by, ids[0])
    act.lock(chain_of(first.ledger))
    found = {d.pk: d for d in permit.visible_duties(act.by).filter(pk__in=ids)}
    duties = [found[pk] for pk in ids if pk in found]
    if len(duties) != len(ids):
        raise Refused.missing(Problem("directives.duty-missing"))
    if {d.ledger for d in duties} != {first.ledger}:
        raise Refused.because("directives.one-body-at-a-time")
    for duty in duties:
        permit.allow(act.by, "duty.issue", permit.sides(duty))
    refuse_if(p for duty in duties for p in _problems(act, duty))
    named = [naming_of(duty) for duty in duties]
    refuse_if(judge(named, act.on))
    for duty, manner in zip(duties, manners(named, act.on), strict=True):
        duty.manner = manner
    entry = act.record(
        chain=chain_of(first.ledger),
        subject=Ref("duty", ids[0]),
        after={"duties": ids, "due": [str(d.due_on) for d in duties]},
    )
    for duty in duties:
        _issue(act, duty, entry)
    telling.issued(act, duties)
    return {"duties": ids}


def _problems(act: Act, duty: Duty) -> list[Problem]:
    subject = duty.task[:80]
    problem = check_step(duty.state, "issue", subject)
    if problem is not None:
        return [problem]
    due = due_of(duty, act.at)
    if due is not None:
        set_due(duty, due)
    elif duty.every:
        return [Problem("directives.rhythm-over", subject)]
    return list(
        check_may_be_issued(asked_of(act, duty, past=due is not None and due <= act.at), subject)
    )


def asked_of(act: Act, duty: Duty, *, past: bool = False) -> Asked:
    """The duty as the rules judge it."""
    parts = tuple(Part(p.body_id, p.what) for p in duty.parts.order_by("pk"))
    bodies = {duty.assigner_id, duty.lead_id or 0, duty.report_to_id or 0, *(p.body for p in parts)}
    return Asked(
        assigner=duty.assigner_id,
        lead=duty.lead_id or 0,
        person=duty.person_id or 0,
        task=duty.task,
        places=tuple(duty.places.values_list("unit", flat=True)),
        place_words=duty.place_words,
        has_day=duty.term_day is not None,
        has_rhythm=bool(duty.every),
        parts=parts,
        report_to=duty.report_to_id or 0,
        in_force=in_force(bodies, act),
        in_post=works_at(duty.person_id or 0, duty.lead_id or 0, act.on),
        past=past,
    )


def works_at(person: int, body: int, on: date) -> bool:
    """Whether somebody holds a post that day in the body, an office of it, or one that serves it."""
    if not person or not body:
        return True
    offices = BodyVersion.objects.on(on).filter(parent=body).values("body")
    serving = Serves.objects.on(on).filter(served=body).values("body")
    return (
        Appointment.objects.on(on)
        .filter(person=person)
        .filter(Q(post__body=body) | Q(post__body__in=offices) | Q(post__body__in=serving))
        .exists()
    )


def _issue(act: Act, duty: Duty, entry: Entry) -> None:
    duty.state = STEPS[(duty.state, "issue")]
    duty.first_due_on = duty.first_due_on or duty.due_on
    duty.issued_at, duty.asked_on, duty.percent = act.at, None, 0
    duty.unit_id = permit.unit_of(duty.lead_id or 0) or permit.unit_of(duty.assigner_id)
    duty.version += 1
    duty.save()
    keep_parties(duty)
    write_line(
        act, duty, LineKind.ISSUED, body=duty.assigner_id, entry=entry, new_due_at=duty.due_at
    )
