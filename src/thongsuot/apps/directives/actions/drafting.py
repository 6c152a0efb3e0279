"""Drafts of duties: made by a person, a file or the reader of texts; nobody is bound by them."""

from collections.abc import Mapping, Sequence
from typing import Any

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.drafts import Draft, read
from thongsuot.apps.directives.models import (
    Document,
    Duty,
    DutyLine,
    DutyPart,
    DutyPlace,
    DutyState,
    LineKind,
    Milestone,
    Party,
    Point,
    Relation,
)
from thongsuot.apps.directives.reaching import Naming, judge, orders_of
from thongsuot.apps.directives.steps import (
    Result,
    begin,
    chain_above,
    chain_of,
    folded,
    record,
    write_line,
)
from thongsuot.apps.registry.models import Person
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.directives.duty import check_chain
from thongsuot.rules.directives.lifecycle import DRAFT, RETURNED, STEPS, check_step
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

MOST = 2_000
CHANGEABLE = (DRAFT, RETURNED)


@action("directives.duties-drafted")
def draft_duties(
    act: Act,
    *,
    assigner_id: int,
    drafts: Sequence[Mapping[str, Any]],
    document_id: int = 0,
    demo: bool = False,
) -> Result:
    """Draft duties of a body, of a document or of none; nothing is issued.

    Shapes: each draft as in ``drafts.read``; it may lack anything but its sentence must stand in
    the text of the document when it names a span. Returns ``duties``: their ids, in order.

    Raises Refused with everything wrong in all of them at once.
    """
    act.lock(chain_of(assigner_id))
    permit.allow(act.by, "duty.draft", Sides(assigner=assigner_id))
    if not 0 < len(drafts) <= MOST:
        raise Refused.because("directives.drafts-number", most=MOST)
    document = permit.document_in_sight(act.by, document_id) if document_id else None
    readings = _read(act, assigner_id, drafts, document)
    entry = act.record(
        chain=chain_of(assigner_id),
        subject=Ref("document", document_id) if document_id else Ref("body", assigner_id),
        after={"drafts": len(readings)},
    )
    made = [make_draft(act, assigner_id, document, draft, demo=demo) for draft in readings]
    write_first_lines(act, made, entry)
    return {"duties": [d.pk for d in made]}


def write_first_lines(act: Act, made: Sequence[Duty], entry: Entry) -> None:
    """The line with which the history of each begins."""
    DutyLine.objects.bulk_create(
        DutyLine(
            duty=duty,
            number=1,
            kind=LineKind.DRAFTED,
            state=DutyState.DRAFT,
            body_id=duty.assigner_id,
            user=act.by.user,
            by_name=act.by.name,
            post=act.by.hat.post if act.by.hat else "",
            at=act.at,
            entry=entry.pk,
        )
        for duty in made
    )


def _read(
    act: Act, assigner: int, drafts: Sequence[Mapping[str, Any]], document: Document | None
) -> list[Draft]:
    problems: list[Problem] = []
    readings = []
    for number, values in enumerate(drafts, 1):
        subject = str(values.get("task") or f"#{number}")[:80]
        draft, found = read(values, document.text if document else "", subject)
        readings.append(draft)
        problems += found or _links(act, assigner, draft)
    refuse_if([*problems, *_codes_taken(assigner, readings)])
    refuse_if(reached(act, assigner, readings, document))
    return readings


def reached(
    act: Act, assigner: int, readings: Sequence[Draft], document: Document | None
) -> list[Problem]:
    """One problem for each body that a draft names and its assigner may not address."""
    above = {
        d.pk: d
        for d in Duty.objects.filter(
            pk__in=[r.columns["above_id"] for r in readings if r.columns["above_id"]]
        )
    }
    return judge(
        [
            Naming(
                assigner=assigner,
                lead=one.columns["lead_id"] or 0,
                others=(one.columns["report_to_id"] or 0, *(body for body, _what in one.parts)),
                orders=orders_of(above.get(one.columns["above_id"] or 0), document),
                subject=str(one.columns["task"])[:80],
            )
            for one in readings
        ],
        act.on,
    )


def _codes_taken(assigner: int, readings: Sequence[Draft]) -> list[Problem]:
    """One problem for each number that stands twice, or is another duty's already."""
    codes = [d.columns["code"] for d in readings if d.columns["code"]]
    taken = set(Duty.objects.filter(ledger=assigner, code__in=codes).values_list("code", flat=True))
    twice = {c for c in codes if codes.count(c) > 1} if len(set(codes)) != len(codes) else set()
    return [Problem("directives.code-taken", c) for c in sorted(taken | twice)]


def _links(act: Act, assigner: int, draft: Draft) -> list[Problem]:
    """Everything it hangs on is in sight; the duty above is led by the assigner."""
    _in_sight(act, draft)
    if draft.columns["meeting_id"]:
        permit.meeting_in_sight(act.by, draft.columns["meeting_id"])
    if not draft.columns["above_id"]:
        return []
    nearest = permit.duty_in_sight(act.by, draft.columns["above_id"])
    chain = [nearest, *chain_above(nearest)]
    return list(check_chain(assigner, [(d.pk, d.lead_id or 0) for d in chain]))


def _in_sight(act: Act, draft: Draft) -> None:
    """A milestone or a point that one may not look at is not there, whoever knows its number."""
    named = (
        ("milestone_id", Milestone.objects.filter(plan__in=permit.visible_plans(act.by))),
        ("point_id", Point.objects.filter(board__in=permit.visible_boards(act.by))),
    )
    for column, seen in named:
        pk = draft.columns[column]
        if pk and not seen.filter(pk=pk).exists():
            raise Refused([Problem("directives.link-unknown", "", {"value": str(pk)})])


def make_draft(
    act: Act,
    assigner: int,
    document: Document | None,
    draft: Draft,
    *,
    demo: bool = False,
    batch: int | None = None,
) -> Duty:
    """Write one draft, inside an act that records it."""
    duty = Duty(
        ledger=assigner,
        assigner_id=assigner,
        document=document,
        state=DutyState.DRAFT,
        made_at=act.at,
        demo=demo,
        batch=batch,
        **draft.columns,
    )
    duty.folded = folded(duty)
    duty.save(force_insert=True)
    if not duty.code:
        duty.code = f"NV-{duty.pk}"
        duty.save(update_fields=["code"])
    _put(duty, draft)
    Party.objects.create(duty=duty, body_id=assigner, relation=Relation.ASSIGNER)
    return duty


def _put(duty: Duty, draft: Draft) -> None:
    DutyPlace.objects.bulk_create(DutyPlace(duty=duty, unit_id=unit) for unit in draft.places)
    DutyPart.objects.bulk_create(
        DutyPart(duty=duty, body_id=body, what=what) for body, what in draft.parts
    )


@action("directives.draft-changed")
def change_draft(act: Act, *, duty_id: int, draft: Mapping[str, Any], version: int = 0) -> Result:
    """Change a draft, or a duty that was returned, before it is issued (again).

    ``version`` is that of the page it was changed on; 0: whatever it is now. Raises Refused (409)
    when somebody else was first.
    """
    duty = begin(act, duty_id)
    permit.allow(act.by, "duty.change", permit.sides(duty))
    problem = check_step(duty.state, "change", duty.task[:80])
    if problem is not None:
        raise Refused([problem])
    if version and version != duty.version:
        raise Refused.conflict(Problem("directives.changed-meanwhile", duty.task[:80]))
    text = duty.document.text if duty.document else ""
    reading, problems = read(draft, text, str(draft.get("task") or duty.task)[:80])
    refuse_if(problems or _links(act, duty.assigner_id, reading))
    refuse_if(reached(act, duty.assigner_id, [reading], duty.document))
    before = {"task": duty.task, "lead": duty.lead_id, "day": duty.term_day}
    put_draft(duty, reading)
    after = {"task": duty.task, "lead": duty.lead_id, "day": duty.term_day}
    record(act, duty, before, after)
    write_line(act, duty, LineKind.CHANGED, body=duty.assigner_id)
    return {"duty": duty.pk, "version": duty.version}


def put_draft(duty: Duty, draft: Draft) -> None:
    """Give a draft other content; its number stays when none is given."""
    for name, value in draft.columns.items():
        if name != "code" or value:
            setattr(duty, name, value)
    duty.version += 1
    duty.folded = folded(duty)
    duty.save()
    duty.places.all().delete()
    duty.parts.all().delete()
    _put(duty, draft)


@action("directives.draft-dropped")
def drop_draft(act: Act, *, duty_id: int, reason: str = "") -> Result:
    """Drop a draft; it stays to be read, with the reason."""
    duty = begin(act, duty_id)
    permit.allow(act.by, "duty.drop", permit.sides(duty))
    problem = check_step(duty.state, "drop", duty.task[:80])
    if problem is not None:
        raise Refused([problem])
    duty.state, duty.ended_at = STEPS[(duty.state, "drop")], act.at
    duty.version += 1
    duty.save(update_fields=["state", "ended_at", "version"])
    record(act, duty, {"state": DRAFT}, {"state": duty.state}, reason=reason[:500])
    write_line(act, duty, LineKind.DROPPED, words=reason[:500], body=duty.assigner_id)
    return {"duty": duty.pk}


@action("directives.drafts-named")
def name_drafts(act: Act, *, names: Sequence[Mapping[str, int]]) -> Result:
    """Say who leads and who answers for drafts of one body: what a text leaves out, for many at once.

    Shapes: each of ``names`` has duty, lead and person (ids; 0 leaves what stands). Raises Refused
    when one of them is no draft any more, and for ids that are not there.
    """
    ids = [int(n["duty"]) for n in names]
    if not 0 < len(ids) <= MOST or len(set(ids)) != len(ids):
        raise Refused.because("directives.drafts-number", most=MOST)
    first = permit.duty_in_sight(act.by, ids[0])
    act.lock(chain_of(first.ledger))
    found = {d.pk: d for d in permit.visible_duties(act.by).filter(pk__in=ids)}
    if len(found) != len(ids):
        raise Refused.missing(Problem("directives.duty-missing"))
    if {d.ledger for d in found.values()} != {first.ledger}:
        raise Refused.because("directives.one-body-at-a-time")
    problems = [p for n in names for p in _named(act, found[int(n["duty"])], n)]
    refuse_if(problems)
    entry = act.record(
        chain=chain_of(first.ledger),
        subject=Ref("duty", ids[0]),
        after={"names": [dict(n) for n in names]},
    )
    for duty in found.values():
        duty.version += 1
        duty.save(update_fields=["lead", "person", "version"])
        write_line(act, duty, LineKind.CHANGED, body=duty.assigner_id, entry=entry)
    return {"duties": ids}


def _named(act: Act, duty: Duty, given: Mapping[str, int]) -> list[Problem]:
    """Put the names into a draft; everything that stands against it."""
    permit.allow(act.by, "duty.change", permit.sides(duty))
    problem = check_step(duty.state, "change", duty.task[:80])
    lead, person = int(given.get("lead") or 0), int(given.get("person") or 0)
    problems = [problem] if problem else []
    problems += permit.bodies_known([lead] if lead else [])
    if person and not Person.objects.filter(pk=person).exists():
        facts = {"value": str(person)}
        problems.append(Problem("directives.link-unknown", duty.task[:80], facts))
    if not problems:
        duty.lead_id, duty.person_id = lead or duty.lead_id, person or duty.person_id
    return problems
