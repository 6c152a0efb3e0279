"""What a commune says of a rule: applies, ready, blocked by something, or not ours."""

from thongsuot.apps.authority import permit
from thongsuot.apps.authority.actions.steps import Result, live_rule, texts
from thongsuot.apps.authority.models import Review
from thongsuot.apps.authority.queries.table import CHAIN
from thongsuot.apps.registry.models import Coverage, UnitLevel, UnitVersion
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.authority.access import may_review
from thongsuot.rules.authority.registering import check_review
from thongsuot.rules.kernel.ref import Ref


@action("authority.rule-reviewed")
def review(act: Act, *, unit_id: int, code: str, state: str, reason: str = "") -> Result:
    """A leader or clerk of the commune says how a rule stands there; the trail keeps what was said before.

    Raises Refused: 403 for anybody else; 422 when blocked without saying by what.
    """
    row = live_rule(act, code)
    covering = Coverage.objects.on(act.on).filter(unit=unit_id).values_list("body", flat=True)
    permit.refuse(may_review(act.by, frozenset(covering)))
    here = UnitVersion.objects.known().filter(unit=unit_id, unit__level=UnitLevel.COMMUNE)
    if not here.exists():
        raise Refused.because("authority.not-a-commune")
    clean = texts({"reason": reason})
    refuse_if(list(check_review(state, clean["reason"])))
    held = Review.objects.filter(unit=unit_id, rule_code=row.code).first()
    entry = act.record(
        chain=CHAIN,
        subject=Ref("unit", unit_id),
        before={"state": held.state, "reason": held.reason} if held else None,
        after={"code": row.code, "state": state},
        reason=clean["reason"],
    )
    made, _new = Review.objects.update_or_create(
        unit_id=unit_id,
        rule_code=row.code,
        defaults={
            "state": state, "reason": clean["reason"], "by_name": act.by.name[:120],
            "by_post": (act.by.hat.post if act.by.hat else "")[:200], "on": act.on, "entry": entry,
        },
    )  # fmt: skip
    return {"review": made.pk}
