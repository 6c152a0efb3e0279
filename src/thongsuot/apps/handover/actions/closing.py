"""Ending a body when everything it held has an outcome, and locking a transition."""

from thongsuot.apps.handover import beside, permit
from thongsuot.apps.handover.actions.steps import FIRST, Result, begin, chain_of, name_of
from thongsuot.apps.handover.models import Item, Minutes, Transition, TransitionBody
from thongsuot.apps.handover.models.choices import TransitionSide, TransitionState
from thongsuot.apps.handover.models.items import UNFINISHED
from thongsuot.apps.handover.models.minutes import LIVE
from thongsuot.apps.handover.queries.balance import balance_rows
from thongsuot.apps.registry.actions import close_body as end_in_registry
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.handover.balance import closing_problems
from thongsuot.rules.kernel.problem import Problem, blocking
from thongsuot.rules.kernel.ref import Ref


def what_is_left(transition: Transition, body_id: int) -> list[Problem]:
    """Why a body may not end yet: kind by kind how many, then the first items by name."""
    rows = balance_rows(transition.pk, giver=body_id)
    problems = list(closing_problems(rows, residual_desk=bool(transition.residual_id)))
    problems += [
        Problem("handover.unsigned-minutes", str(m.number), {"state": m.get_state_display()})
        for m in Minutes.objects.filter(
            transition=transition, giver=body_id, state__in=LIVE
        ).order_by("number")[:FIRST]
    ]
    problems += beside.closing_problems(transition.pk, body_id)
    if blocking(problems):
        left = Item.objects.filter(UNFINISHED, transition=transition, giver=body_id)
        problems += [
            Problem(
                "handover.item-left",
                item.code,
                {"title": item.title, "state": item.get_state_display(), "item": item.pk},
            )
            for item in left.order_by("kind", "code")[:FIRST]
        ]
    return problems


@action("handover.body-closed")
def close_body(
    act: Act, *, transition_id: int, body_id: int, authority: str = "", in_registry: bool = True
) -> Result:
    """End a body: everything it held has an outcome (kết thúc hoạt động).

    It ends on the effective day of the transition, here and in the registry, with the bodies that
    received from it as successors.

    Raises Refused with the list of what is left, by kind, count and first items.
    """
    transition = begin(act, transition_id)
    permit.allow(act.by, "body.close", Relation(giver=body_id, place=transition.unit_id))
    row = TransitionBody.objects.filter(
        transition=transition, body=body_id, side=TransitionSide.ENDS
    ).first()
    if row is None:
        raise Refused.because("handover.body-not-in-transition", name_of(body_id))
    if row.ended_on is not None:
        raise Refused.because("handover.body-ended", name_of(body_id), on=row.ended_on, desk="–")
    problems = what_is_left(transition, body_id)
    refuse_if(problems)
    on = transition.effective_on
    TransitionBody.objects.filter(pk=row.pk).update(ended_on=on)
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("body", body_id),
        after={"ended_on": on, "missing": [dict(p.facts) for p in problems]},
        authority=authority,
        on=on,
    )
    if in_registry:
        end_in_registry(
            act.sub("registry"),
            body=body_id,
            on=on,
            successors=receivers_of(transition_id, body_id, begins_only=True),
            authority=authority,
        )
    return {"body": body_id, "ended_on": on.isoformat(), "receipt": entry.hash}


def receivers_of(transition_id: int, body_id: int, *, begins_only: bool) -> list[int]:
    """The bodies that have received from a body, those of the transition only if asked."""
    found = {
        row.receiver
        for row in balance_rows(transition_id, giver=body_id, by_receiver=True)
        if row.receiver and row.items.accepted
    }
    if begins_only:
        found &= set(
            TransitionBody.objects.filter(
                transition=transition_id, side=TransitionSide.BEGINS
            ).values_list("body", flat=True)
        )
    return sorted(found)


@action("handover.transition-closed")
def close_transition(act: Act, *, transition_id: int, reason: str = "") -> Result:
    """Lock a transition: every body has ended, nothing is left anywhere (khóa cuộc chuyển giao).

    Nothing is written in it afterwards. Raises Refused naming what is still open.
    """
    transition = begin(act, transition_id, "close")
    permit.allow(act.by, "transition.close", Relation(place=transition.unit_id))
    still = TransitionBody.objects.filter(
        transition=transition, side=TransitionSide.ENDS, ended_on__isnull=True
    )
    refuse_if(Problem("handover.body-still-open", name_of(r.body_id)) for r in still)
    # Late finds at the residual desk, and disputes that began after a body had ended.
    refuse_if(closing_problems(balance_rows(transition_id), residual_desk=True))
    open_minutes = Minutes.objects.filter(transition=transition, state__in=LIVE).order_by("number")
    refuse_if(
        Problem("handover.unsigned-minutes", str(m.number), {"state": m.get_state_display()})
        for m in open_minutes[:FIRST]
    )
    Transition.objects.filter(pk=transition_id).update(state=TransitionState.CLOSED)
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("transition", transition_id),
        after={"state": TransitionState.CLOSED.value},
        reason=reason,
    )
    return {"transition": transition_id}
