"""Naming the body that takes over whatever an ending body leaves without a receiver."""

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.actions.steps import Result, begin, chain_of, name_of
from thongsuot.apps.handover.models import Nomination
from thongsuot.apps.handover.models.choices import TransitionSide
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


@action("handover.body-nominated")
def nominate_body(
    act: Act, *, transition_id: int, giver_id: int, body_id: int, authority: str, reason: str = ""
) -> Result:
    """Name the body that holds what a giver leaves undecided, from its end on (chỉ định tiếp nhận).

    A later nomination replaces an earlier one from its own day; nothing is overwritten.

    Raises Refused: a giver that does not end here, a body that ends itself, no decision named.
    """
    transition = begin(act, transition_id)
    permit.allow(act.by, "body.nominate", Relation(giver=giver_id, place=transition.unit_id))
    ends = set(transition.bodies.filter(side=TransitionSide.ENDS).values_list("body", flat=True))
    if giver_id not in ends:
        raise Refused.because("handover.body-not-in-transition", name_of(giver_id))
    wrong = body_id in ends or not Body.objects.filter(pk=body_id).exists()
    refuse_if(
        [
            *([Problem("handover.receiver-unknown", name_of(body_id))] if wrong else ()),
            *(
                []
                if authority.strip()
                else [Problem("handover.authority-needed", name_of(giver_id))]
            ),
        ]
    )
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("body", giver_id),
        after={"giver": giver_id, "nominated": body_id},
        reason=reason,
        authority=authority,
    )
    Nomination.objects.create(
        transition=transition,
        giver_id=giver_id,
        body_id=body_id,
        on=entry.on,
        reason=reason,
        authority=authority,
        entry=entry,
    )
    return {"giver": giver_id, "body": body_id}
