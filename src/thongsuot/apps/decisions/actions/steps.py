"""What every act on a docket does: lock, check, record, write the step."""

from datetime import date

from thongsuot.apps.authority.queries.competence import keep, line_of, rests_on, shown
from thongsuot.apps.decisions import permit, queries
from thongsuot.apps.decisions.models import Docket, DocketStep, Session
from thongsuot.apps.decisions.models.choices import Act as Doing
from thongsuot.apps.decisions.models.choices import PaperKind, State
from thongsuot.foundation.refusal import refuse_if
from thongsuot.foundation.trail.acts import Act, Result
from thongsuot.rules.authority.signing import Basis
from thongsuot.rules.decisions import docket as rules
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

__all__ = ["Result", "begin", "chain_of", "take", "worded"]


def chain_of(row: Docket) -> str:
    """The chain of the trail on which everything about a docket stands."""
    return f"docket:{row.pk}"


def begin(act: Act, docket_id: int, right: str) -> Docket:
    """The docket, locked and in sight, open to that right. Raises Refused (404, 403)."""
    row = permit.docket_in_sight(act.by, docket_id)
    permit.allow(act.by, right, permit.relation(row, with_asked=True))
    act.lock(chain_of(row))
    return Docket.objects.get(pk=row.pk)


def worded(problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems with states, acts and papers as an office calls them."""
    words: dict[str, dict[str, str]] = {
        "state": {str(v): str(label) for v, label in State.choices},
        "act": {str(v): str(label) for v, label in Doing.choices},
        "paper": {str(v): str(label) for v, label in PaperKind.choices},
    }
    return [
        Problem(
            p.code,
            p.subject,
            {
                key: words[key].get(str(value), value) if key in words else value
                for key, value in p.facts.items()
            },
            p.law,
            p.blocks,
        )
        for p in problems
    ]


DECIDING = ("pass", "decide")


def _ground(act: Act, row: Docket, step: rules.Step) -> Basis | None:
    """What the deciding signature rests on, of the committee or of the council; None for other steps.

    Raises Refused when the rules of authority give the matter to somebody else.
    """
    if step.act not in DECIDING:
        return None
    return rests_on(act.by, row.matter, row.unit_id, act.on)


def _rests_on(row: Docket, step: rules.Step, ground: Basis | None) -> str:
    """What the trail names as the authority of a step: a publication names that of the decision."""
    if ground is not None:
        return line_of(ground)
    if step.act != "publish":
        return ""
    return "; ".join(cited for _who, _state, cited in shown(Ref("docket", row.pk)) if cited)


def take(
    act: Act,
    row: Docket,
    step: rules.Step,
    *,
    session: Session | None = None,
    after: dict[str, object] | None = None,
    decided_on: date | None = None,
) -> Result:
    """One step of a docket: checked, recorded, written; the docket stands where the step leads."""
    value = queries.docket_value(row, act.on)
    refuse_if(worded(rules.check_step(value, step, act.on)))
    ground = _ground(act, row, step)
    state = rules.next_state(value, step.act) or row.state
    src = row.state
    entry = act.record(
        chain=chain_of(row),
        subject=Ref("docket", row.pk),
        before={"state": src},
        after={"act": step.act, "state": state, "on": step.on, **(after or {})},
        reason=step.reason.strip(),
        authority="; ".join(t for t in (step.number.strip(), _rests_on(row, step, ground)) if t)[
            :300
        ],
    )
    if ground is not None:
        keep(entry, Ref("docket", row.pk), ground, step.act)
    row.state, row.since = state, step.on
    if step.act == "schedule":
        row.session = session
    elif step.act == "postpone":
        row.session = None
    if state == rules.RESOLVED and step.act in ("pass", "decide"):
        row.number, row.decided_on = step.number.strip(), decided_on or step.on
    row.save(update_fields=["state", "since", "session", "number", "decided_on"])
    hat = act.by.hat
    DocketStep.objects.create(
        docket=row, act=step.act, src=src, dst=state, on=step.on, number=step.number.strip(),
        reason=step.reason.strip(), by_body_id=hat.body if hat and hat.body else None,
        session=session, entry=entry,
    )  # fmt: skip
    return {"docket": row.pk, "state": state}
