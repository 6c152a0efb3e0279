"""Repairs that only the command line may do, on the trail like everything else."""

from thongsuot.apps.handover import verify
from thongsuot.apps.handover.actions.steps import Result, chain_of
from thongsuot.apps.handover.models import Transition
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


@action("handover.balance-rebuilt")
def rebuild_balance(act: Act, *, transition_id: int, reason: str) -> Result:
    """Write the running totals of a transition anew from its items.

    Raises Refused when the items themselves do not fit their movements: then the totals are not
    what is wrong, and writing them anew would hide it.
    """
    act.lock(chain_of(transition_id))
    if not Transition.objects.filter(pk=transition_id).exists():
        raise Refused.missing(Problem("handover.transition-missing"))
    wrong = [*verify.bucket_faults(transition_id), *verify.state_faults(transition_id)]
    if wrong:
        raise Refused(wrong)
    before = [dict(p.facts) | {"line": p.subject} for p in verify.balance_faults(transition_id)]
    lines = verify.rebuild_balance(transition_id)
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("transition", transition_id),
        before={"faults": before[:100], "count": len(before)},
        after={"lines_written": lines},
        reason=reason,
    )
    return {"repaired": len(before), "lines": lines}
