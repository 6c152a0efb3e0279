"""Duties pass to a successor: holder and day are computed anew, and the line says so."""

from collections.abc import Sequence
from datetime import date

from thongsuot.apps.directives import permit, telling
from thongsuot.apps.directives.models import (
    Board,
    Duty,
    DutyPart,
    LineKind,
    Place,
    Plan,
    Question,
)
from thongsuot.apps.directives.steps import (
    Result,
    chain_of,
    keep_parties,
    set_due,
    write_line,
)
from thongsuot.apps.registry.find import body_on
from thongsuot.apps.registry.models import Appointment, Body, BodyEdge, Coverage, UnitEdge
from thongsuot.foundation import workdays
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.directives.lifecycle import OPEN, TO_DO, Event, Held, after
from thongsuot.rules.directives.moving import plan_move
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

HEADS = (Role.LEADER, Role.TEAM_HEAD)


@action("directives.duties-moved")
def move_duties(
    act: Act,
    *,
    from_body: int,
    to_body: int,
    reason: str,
    duty_ids: Sequence[int] = (),
    authority: str = "",
) -> Result:
    """Pass open duties of a body to its successor: all of them, or those named.

    As lead, as assigner, as the one told and as co-ordinating body alike. A lead gets at least
    the working days that a successor needs; the day first given stays known. With all of them go
    the boards, plans and answers owed. Raises Refused when nothing is there to move, and when a
    body would hand its duties to one that the registry does not call its successor: that is for
    the steering committee to decide.
    """
    if from_body == to_body:
        raise Refused.because("directives.no-successor")
    if not reason.strip():
        raise Refused.because("directives.needed", "reason", field="reason")
    heir = body_on(to_body, act.on)
    permit.allow(
        act.by,
        "duty.move",
        Sides(
            assigner=from_body,
            lead=from_body,
            places=frozenset({u} if (u := permit.unit_of(from_body)) else ()),
        ),
    )
    _refuse_other_than_heir(act, from_body, to_body, heir.name)
    duties = _held_still(act, from_body, duty_ids)
    whole = {} if duty_ids else _whole(from_body, to_body)
    if not duties and not any(whole.values()):
        raise Refused.because("directives.nothing-to-move")
    entry = act.record(
        chain=chain_of(from_body),
        subject=Ref("body", from_body),
        after={"to": to_body, "duties": [d.pk for d in duties], **whole},
        reason=reason,
        authority=authority[:300],
    )
    person = _head_of(to_body, act.on)
    later = 0
    for duty in duties:
        was = duty.due_at
        _move(act, duty, from_body, to_body, person)
        later += duty.due_at != was
        write_line(
            act, duty, LineKind.MOVED, words=f"{reason} → {heir.name}"[:5000], body=from_body,
            entry=entry, due_at=was, new_due_at=duty.due_at,
        )  # fmt: skip
    telling.to_lead(act, [d for d in duties if d.lead_id == to_body], telling.MOVED)
    return {"duties": [d.pk for d in duties], "later": later}


def _refuse_other_than_heir(act: Act, old: int, new: int, name: str) -> None:
    """A head may pass on to the successor alone; nobody unloads his duties on a neighbour."""
    city = act.by.role is Role.STEERING
    if not city and new not in successors_of(old):
        raise Refused.because("directives.not-the-successor", name)


def _held_still(act: Act, body: int, ids: Sequence[int]) -> list[Duty]:
    """The open duties of a body as they are once every chain they stand on is held.

    Looked for again after each wait: what ended meanwhile is not written over.
    """
    held: set[int] = set()
    more = {body}
    while more:
        for ledger in sorted(more):
            act.lock(chain_of(ledger))
        held |= more
        duties = _open_duties(body, ids)
        more = {d.ledger for d in duties} - held
    return duties


def _open_duties(body: int, ids: Sequence[int]) -> list[Duty]:
    """The open duties in which a body still has a part; Refused (404) for one named that is none."""
    mine = (
        Duty.objects.filter(state__in=OPEN, lead=body)
        | Duty.objects.filter(state__in=OPEN, assigner=body)
        | Duty.objects.filter(state__in=OPEN, report_to=body)
        | Duty.objects.filter(
            state__in=OPEN,
            pk__in=DutyPart.objects.filter(body=body, done_at__isnull=True).values("duty"),
        )
    )
    found = list((mine.filter(pk__in=ids) if ids else mine).order_by("pk"))
    if ids and len(found) != len(set(ids)):
        raise Refused.missing(Problem("directives.duty-missing"))
    return found


def _whole(from_body: int, to_body: int) -> dict[str, int]:
    """Everything beside duties that goes to the successor; returns how much of each."""
    there = Place.objects.filter(body=to_body).values("board")
    return {
        "boards": Board.objects.filter(owner=from_body, closed_on__isnull=True).update(
            owner=to_body
        ),
        "rows": Place.objects.filter(body=from_body, board__closed_on__isnull=True)
        .exclude(board__in=there)
        .update(body=to_body),
        "doubled": Place.objects.filter(
            body=from_body, board__closed_on__isnull=True, board__in=there
        ).delete()[0],
        "plans": Plan.objects.filter(owner=from_body, closed_on__isnull=True).update(owner=to_body),
        "questions": Question.objects.filter(owed_by=from_body, closed_at__isnull=True).update(
            owed_by=to_body
        ),
    }


def _move(act: Act, duty: Duty, old: int, new: int, person: int | None) -> None:
    if duty.due_at is None:
        raise ValueError(f"duty {duty.pk} is open without a due moment")
    due = duty.due_at
    if duty.lead_id == old and duty.state in TO_DO:
        due = plan_move(duty.due_at, act.on, workdays.calendar()).due
    held = Held(duty.state, duty.assigner_id, duty.lead_id or 0, duty.person_id or 0, duty.due_at)
    moved = after(held, Event("move", old, new, person or 0, due, old=old))
    if isinstance(moved, Problem):
        raise Refused([moved])
    duty.assigner_id, duty.lead_id = moved.assigner, moved.lead
    duty.person_id = moved.person or None
    duty.report_to_id = new if duty.report_to_id == old else duty.report_to_id
    if moved.due != duty.due_at:
        set_due(duty, moved.due)
    duty.unit_id = permit.unit_of(duty.lead_id) or duty.unit_id
    duty.version += 1
    duty.save()
    _move_part(duty, old, new)
    keep_parties(duty)


def _move_part(duty: Duty, old: int, new: int) -> None:
    """The piece of the old body goes to the new one; where that has one or leads, it keeps both."""
    part = duty.parts.filter(body=old, done_at__isnull=True).first()
    if part is None:
        return
    there = duty.parts.filter(body=new).first()
    if there is not None:
        there.what = f"{there.what}; {part.what}"[:500]
        there.done_at = None
        there.save(update_fields=["what", "done_at"])
        part.delete()
    else:
        part.body_id = new
        part.save(update_fields=["body"])


def _head_of(body: int, on: date) -> int | None:
    """The head of a body that day: who holds what passes to it until somebody else is named."""
    held = Appointment.objects.on(on).filter(post__body=body, post__role__in=HEADS)
    return held.order_by("post__rank", "pk").values_list("person", flat=True).first()


def successors_of(body: int) -> tuple[int, ...]:
    """The bodies to which its duties may go, the likeliest first.

    What the registry says became of it; else the bodies of the same kind in the units that
    succeeded its own.
    """
    edges = BodyEdge.objects.known().filter(src=body, dst__isnull=False)
    said = list(edges.order_by("pk").values_list("dst", flat=True))
    if said:
        return tuple(dict.fromkeys(said))
    units = Coverage.objects.known().filter(body=body).values("unit")
    heirs = UnitEdge.objects.known().filter(src__in=units, dst__isnull=False).values("dst")
    kin = Coverage.objects.known().filter(
        unit__in=heirs, body__kind__in=Body.objects.filter(pk=body).values("kind")
    )
    return tuple(
        dict.fromkeys(kin.exclude(body=body).order_by("body").values_list("body", flat=True))
    )
