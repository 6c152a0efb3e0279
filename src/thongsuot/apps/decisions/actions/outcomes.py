"""A decision in session: on the agenda, voted on, carried out as duties, task by task."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from thongsuot.apps.decisions import handing, permit, queries
from thongsuot.apps.decisions.actions.sessions import sessions_chain
from thongsuot.apps.decisions.actions.steps import begin, chain_of, take, worded
from thongsuot.apps.decisions.models import Session, Task, Vote
from thongsuot.apps.decisions.models.choices import SessionState
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.decisions import docket as rules
from thongsuot.rules.decisions import session as sittings
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import tidy

OVER = (SessionState.CLOSED, SessionState.CANCELLED)


class TaskLine(TypedDict):
    """One thing to do: what, which body leads, by which day."""

    text: str
    lead: int
    due_on: date


@action("decisions.scheduled")
def schedule(act: Act, *, docket_id: int, session_id: int) -> Result:
    """Put a docket on the agenda of a session of its council; its papers must lie there."""
    row = begin(act, docket_id, "docket.schedule")
    act.lock(sessions_chain(row.council_id or 0))
    session = permit.session_in_sight(act.by, session_id)
    if session.council_id != row.council_id:
        raise Refused.missing(Problem("decisions.session-missing"))
    if session.state in OVER:
        raise Refused.because("decisions.session-over", session.name)
    return take(act, row, rules.Step("schedule", act.on), session=session,
                after={"session": session.pk})  # fmt: skip


@action("decisions.voted")
def record_vote(  # noqa: PLR0913  # what such a paper says
    act: Act,
    *,
    docket_id: int,
    votes_for: int,
    against: int,
    abstained: int,
    number: str = "",
    reason: str = "",
    fresh: bool = False,
) -> Result:
    """Record how the council voted; the count decides whether it is carried (biểu quyết).

    Raises Refused: not in an open session, no quorum, more votes than deputies present.
    """
    row = begin(act, docket_id, "docket.pass")
    act.lock(sessions_chain(row.council_id or 0))
    session = Session.objects.filter(pk=row.session_id or 0).first()
    if session is None or session.state != SessionState.OPENED:
        raise Refused.because("decisions.session-not-open", session.name if session else "")
    tally = sittings.Tally(session.members, session.present or 0, votes_for, against, abstained)
    given = queries.parameters()
    refuse_if(sittings.check_tally(tally, session.on, given))
    carried = sittings.passes(tally, session.on, given)
    said = reason.strip() or f"Tán thành {votes_for} trên {session.members} đại biểu."
    step = rules.Step("pass" if carried else "reject", act.on, tidy(number), said, fresh)
    done = take(act, row, step, session=session, decided_on=session.on,
                after={"for": votes_for, "against": against, "abstained": abstained,
                       "present": tally.present, "members": tally.members})  # fmt: skip
    Vote.objects.create(
        docket=row, session=session, members=tally.members, present=tally.present,
        votes_for=votes_for, against=against, abstained=abstained, carried=carried,
        entry=act.entry,
    )  # fmt: skip
    return {**done, "carried": carried}


@action("decisions.implemented")
def implement(act: Act, *, docket_id: int, tasks: Sequence[TaskLine]) -> Result:
    """Say what is to be done to carry a decision out: each with a lead and a day.

    A room that keeps duties takes them over and each keeps its Ref; without one they stay here.
    """
    row = begin(act, docket_id, "docket.implement")
    leads = {int(t["lead"]) for t in tasks}
    known = set(
        BodyVersion.objects.on(act.on).filter(body__in=leads).values_list("body", flat=True)
    )
    refuse_if(
        [
            *([] if tasks else [Problem("decisions.task-needed", row.code)]),
            *(
                Problem("decisions.task-unfit", t["text"][:80])
                for t in tasks
                if not t["text"].strip() or int(t["lead"]) not in known or t["due_on"] <= act.on
            ),
        ]
    )
    done = take(act, row, rules.Step("implement", act.on), after={"tasks": len(tasks)})
    made = [
        Task.objects.create(docket=row, text=tidy(t["text"])[:500], lead_id=int(t["lead"]),
                            due_on=t["due_on"], entry=act.entry)
        for t in tasks
    ]  # fmt: skip
    todos = [handing.ToDo(t.pk, t.text, t.lead_id, t.due_on, row.number) for t in made]
    duties = handing.hand_over(act, Ref("docket", row.pk), todos)
    for task in made:
        if task.pk in duties:
            Task.objects.filter(pk=task.pk).update(duty=str(duties[task.pk]))
    return {**done, "tasks": [t.pk for t in made], "handed": len(duties)}


@action("decisions.task-finished")
def finish_task(act: Act, *, docket_id: int, task_id: int, how: str) -> Result:
    """One thing was done; with how."""
    row = begin(act, docket_id, "docket.implement")
    task = row.tasks.filter(pk=task_id).first()
    if task is None:
        raise Refused.missing(Problem("decisions.task-missing"))
    if task.done_on:
        raise Refused.conflict(Problem("decisions.task-done", task.text[:80]))
    if row.state != rules.IMPLEMENTING:
        facts: dict[str, object] = {"state": row.state, "act": "implement"}
        refuse_if(worded((Problem("decisions.not-in-this-state", row.code, facts),)))
    if not how.strip():
        raise Refused.because("decisions.reason-needed", row.code, least=1)
    act.record(chain=chain_of(row), subject=Ref("task", task.pk), reason=how.strip(),
               after={"done": act.on})  # fmt: skip
    Task.objects.filter(pk=task.pk).update(done_on=act.on, done_how=how.strip()[:500])
    return {"task": task.pk}
