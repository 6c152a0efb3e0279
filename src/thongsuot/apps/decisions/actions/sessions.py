"""Sessions of a council: planned, convened in time, opened with a quorum, closed when all is decided."""

from datetime import date, time

from thongsuot.apps.decisions import permit, queries
from thongsuot.apps.decisions.models import Session
from thongsuot.apps.decisions.models.choices import SessionKind, SessionState, State
from thongsuot.apps.registry.models import BodyKind
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.decisions import session as rules
from thongsuot.rules.decisions.access import Relation
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

COUNCILS = (BodyKind.PEOPLES_COUNCIL.value,)


def sessions_chain(council: int) -> str:
    """The chain of the trail for the sessions of a council: an agenda waits for who closes it."""
    return f"sessions:{council}"


def _begin(act: Act, session_id: int, doing: str) -> Session:
    row = permit.session_in_sight(act.by, session_id)
    permit.allow(act.by, f"session.{doing}", Relation(council=row.council_id))
    act.lock(sessions_chain(row.council_id))
    row = Session.objects.get(pk=row.pk)
    if (row.state, doing) not in rules.TABLE:
        state = str(SessionState(row.state).label)
        raise Refused.because("decisions.session-not-in-this-state", row.name, state=state)
    return row


@action("decisions.session-planned")
def plan_session(  # noqa: PLR0913  # what such a paper says
    act: Act,
    *,
    name: str,
    kind: str,
    on: date,
    starts_at: str,
    place: str,
    members: int,
    demo: bool = False,
) -> Result:
    """Plan a session of the council that the post speaks for; the days before it are counted back."""
    council = permit.own_body(act.by, COUNCILS, act.on)
    permit.allow(act.by, "session.plan", Relation(council=council))
    least: dict[str, object] = {"least": 1}
    wrong = (
        (not name.strip() or not place.strip() or kind not in SessionKind.values,
         Problem("decisions.title-needed", "", least)),
        (on < act.on, Problem("decisions.due-before-today", name, {"due": on})),
        (members < 1, Problem("decisions.attendance-wrong", "", {"present": 0, "members": members})),
    )  # fmt: skip
    refuse_if(problem for bad, problem in wrong if bad)
    entry = act.record(chain=sessions_chain(council), subject=Ref("body", council),
                       after={"name": name, "kind": kind, "on": on})  # fmt: skip
    row = Session.objects.create(
        council_id=council, unit_id=permit.unit_of(council), kind=kind, name=tidy(name)[:200],
        on=on, starts_at=time.fromisoformat(starts_at), place=tidy(place)[:300], members=members,
        folded=fold(name)[:400], demo=demo, entry=entry,
    )  # fmt: skip
    return {"session": row.pk}


@action("decisions.session-convened")
def convene_session(act: Act, *, session_id: int, number: str, reason: str = "") -> Result:
    """Convene: the invitations go out in time, or late with a reason that is kept."""
    row = _begin(act, session_id, "convene")
    problems = rules.check_convene(
        row.on, row.kind, act.on, calendar_around(row.on.year), reason, queries.parameters()
    )
    if not number.strip():
        problems = (*problems, Problem("decisions.number-needed", row.name))
    refuse_if(problems)
    act.record(chain=sessions_chain(row.council_id), subject=Ref("session", row.pk), reason=reason.strip(),
               authority=number, after={"convened": act.on, "late": bool(problems)})  # fmt: skip
    Session.objects.filter(pk=row.pk).update(
        state=SessionState.CONVENED, convened_on=act.on, convened_no=tidy(number)[:100],
        late_reason=reason.strip(),
    )  # fmt: skip
    return {"session": row.pk}


@action("decisions.session-opened")
def open_session(act: Act, *, session_id: int, present: int, absent: str = "") -> Result:
    """Open with so many deputies there; without a quorum it is refused."""
    row = _begin(act, session_id, "open")
    refuse_if(rules.check_quorum(row.members, present, row.on, queries.parameters()))
    if act.on < row.on:
        raise Refused.because("decisions.day-to-come", row.name, on=row.on)
    act.record(chain=sessions_chain(row.council_id), subject=Ref("session", row.pk),
               after={"present": present, "members": row.members})  # fmt: skip
    Session.objects.filter(pk=row.pk).update(
        state=SessionState.OPENED, present=present, absent=absent.strip()
    )
    return {"session": row.pk}


@action("decisions.session-closed")
def close_session(act: Act, *, session_id: int) -> Result:
    """Close: everything on the agenda was voted on or put off."""
    row = _begin(act, session_id, "close")
    left = list(row.dockets.filter(state=State.SCHEDULED).order_by("pk")[:20])
    if left:
        names = tuple(d.code for d in left)
        raise Refused.because("decisions.session-undecided", row.name, dockets=names)
    act.record(
        chain=sessions_chain(row.council_id),
        subject=Ref("session", row.pk),
        after={"closed": act.on},
    )
    Session.objects.filter(pk=row.pk).update(state=SessionState.CLOSED)
    return {"session": row.pk}


@action("decisions.session-cancelled")
def cancel_session(act: Act, *, session_id: int, reason: str) -> Result:
    """Cancel: nothing may stand on its agenda any more."""
    row = _begin(act, session_id, "cancel")
    left = list(row.dockets.filter(state=State.SCHEDULED)[:20])
    if left:
        names = tuple(d.code for d in left)
        raise Refused.because("decisions.session-undecided", row.name, dockets=names)
    if not reason.strip():
        raise Refused.because("decisions.reason-needed", row.name, least=1)
    act.record(
        chain=sessions_chain(row.council_id), subject=Ref("session", row.pk), reason=reason.strip()
    )
    Session.objects.filter(pk=row.pk).update(
        state=SessionState.CANCELLED, cancelled_why=reason.strip()
    )
    return {"session": row.pk}
