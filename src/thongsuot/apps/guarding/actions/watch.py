"""Codes given at the place: the watch is handed over by two, rounds pass their points."""

from thongsuot.apps.guarding import queries
from thongsuot.apps.guarding.actions.steps import Result, begin, chain_of, guard_of, worded
from thongsuot.apps.guarding.codes import cleaned
from thongsuot.apps.guarding.models import (
    CheckPoint,
    Guard,
    Place,
    Scan,
    ScanKind,
    Taking,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.guarding.spans import Span
from thongsuot.rules.guarding.watch import Watch, heard_code, ordered
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


@action("guarding.badge-scanned")
def scan_badge(act: Act, *, place_id: int, badge: str) -> Result:
    """A guard gives the own code at the place: the holder to leave, the next one to take over.

    Shapes: ``badge`` is the keyed hash of the code. Answers whether the watch has passed, and who
    holds it. One code alone changes nothing: the holder stays responsible.

    Raises Refused: an unknown code, nobody's shift, a guard who holds the watch of another place.
    """
    place = begin(act, place_id, "watch.scan")
    guard = _guard_with(badge)
    watch = queries.watch_of(place)
    shift = queries.shift_for(place, guard.pk, act.at)
    if guard.pk != watch.holder:
        _refuse_elsewhere(place, guard)
    heard = heard_code(watch, guard.pk, act.at, Span(shift.since, shift.until) if shift else None)
    if isinstance(heard, Problem):
        raise Refused([Problem(heard.code, guard.person.full_name, heard.facts)])
    passed = heard.holder != watch.holder
    entry = act.record(
        chain=chain_of(place.pk),
        subject=Ref("place", place.pk),
        before={"holder": watch.holder},
        after={"heard": guard.pk, "holder": heard.holder},
    )
    Scan.objects.create(place=place, kind=ScanKind.WATCH, guard=guard, at=act.at, entry=entry)
    if passed:
        taken = queries.shift_for(place, heard.holder, act.at)
        Taking.objects.create(
            place=place,
            guard_id=heard.holder,
            left_id=watch.holder,
            shift=taken,
            how=heard.how,
            at=act.at,
            entry=entry,
        )
    return {
        "passed": passed,
        "holder": queries.names_of([heard.holder])[heard.holder],
        "heard": guard.person.full_name,
    }


def _guard_with(badge: str) -> Guard:
    rows = Guard.objects.filter(badge=badge, retired_at__isnull=True).select_related("person")
    guard = rows.first()
    if guard is None:
        raise Refused.because("guarding.code-unknown")
    return guard


def _refuse_elsewhere(place: Place, guard: Guard) -> None:
    """One person does not hold the watch of two places."""
    others = Place.objects.filter(until__isnull=True, takings__guard=guard).exclude(pk=place.pk)
    for other in others.distinct():
        if queries.watch_of(other).holder == guard.pk:
            raise Refused.because(
                "guarding.holds-elsewhere", guard.person.full_name, place=other.name
            )


@action("guarding.watch-ordered")
def order_watch(act: Act, *, place_id: int, guard_id: int, reason: str) -> Result:
    """A head orders who holds the watch from now on, with the reason."""
    place = begin(act, place_id, "watch.order")
    guard = guard_of(place.body_id, guard_id)
    why = worded(reason, 500, "guarding.reason-missing")
    _refuse_elsewhere(place, guard)
    watch = queries.watch_of(place)
    after = ordered(watch, guard.pk, act.at)
    if not isinstance(after, Watch):
        raise Refused([Problem(after.code, guard.person.full_name, after.facts)])
    entry = act.record(
        chain=chain_of(place.pk),
        subject=Ref("place", place.pk),
        before={"holder": watch.holder},
        after={"holder": guard.pk},
        reason=why,
    )
    Taking.objects.create(
        place=place,
        guard=guard,
        left_id=watch.holder,
        shift=queries.shift_for(place, guard.pk, act.at),
        how=after.how,
        at=act.at,
        reason=why,
        entry=entry,
    )
    return {"holder": guard.person.full_name}


@action("guarding.point-scanned")
def scan_point(act: Act, *, place_id: int, code: str) -> Result:
    """Whoever holds the watch passes a check point on a round."""
    place = begin(act, place_id, "watch.scan")
    rows = CheckPoint.objects.filter(place=place, code=cleaned(code)[:12], until__isnull=True)
    point = rows.first()
    if point is None:
        raise Refused.because("guarding.point-unknown")
    watch = queries.watch_of(place)
    entry = act.record(
        chain=chain_of(place.pk), subject=Ref("place", place.pk), after={"point": point.name}
    )
    Scan.objects.create(
        place=place,
        kind=ScanKind.ROUND,
        guard_id=watch.holder,
        point=point,
        at=act.at,
        entry=entry,
    )
    return {"point": point.name}
