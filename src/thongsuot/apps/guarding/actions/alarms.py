"""Raising one alarm: one rung is told that something due was not done."""

from datetime import datetime

from thongsuot.apps.guarding import queries, telling
from thongsuot.apps.guarding.actions.steps import Result, chain_of
from thongsuot.apps.guarding.models import About, Alarm, Place, Rung
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.ref import Ref


@action("guarding.alarm-raised")
def raise_alarm(act: Act, *, place_id: int, about: str, due: datetime, rung: str) -> Result:
    """Tell one rung of the ladder; once for each thing due, whoever runs it.

    The machinery of the house does this, never a person: there is no right to it.

    Raises Refused: a person asks, the place is not guarded, or the rung was told already.
    """
    if act.by.user:
        raise Refused.because("guarding.not-for-people")
    act.lock(chain_of(place_id))
    place = Place.objects.filter(pk=place_id, until__isnull=True).first()
    known = Alarm.objects.filter(place=place_id, about=about, due=due, rung=rung)
    if place is None or known.exists():
        raise Refused.because("guarding.alarm-known")
    holder = queries.watch_of(place).holder
    told = telling.tell_rung(place, About(about), due, Rung(rung), act)
    entry = act.record(
        chain=chain_of(place_id),
        subject=Ref("place", place_id),
        after={"about": about, "due": due, "rung": rung, "told": told, "holder": holder},
    )
    Alarm.objects.create(
        place=place, about=about, due=due, rung=rung, at=act.at, told=told,
        guard_id=holder, entry=entry,
    )  # fmt: skip
    return {"told": told}
