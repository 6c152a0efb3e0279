"""Counting a room by scanning, labels that ring, and how an alarm ends."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

from thongsuot.apps.custody import permit, telling
from thongsuot.apps.custody.models import (
    Alarm,
    AlarmOutcome,
    Container,
    ContainerKind,
    Count,
    Expected,
    Scan,
    Via,
)
from thongsuot.apps.custody.queries import Whereabouts, room_of, standing_in, tally_of
from thongsuot.apps.custody.steps import (
    LONGEST_TEXT,
    Result,
    chain_of,
    signed_name,
    witness_of,
    worded,
)
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.custody import counting
from thongsuot.rules.custody.labels import read_label
from thongsuot.rules.kernel.canonical import canonical
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

LONGEST_KEY = 64
COUNTED_KINDS = (ContainerKind.STORE, ContainerKind.SHELF)


@action("custody.count-opened")
def open_count(act: Act, *, place_id: int) -> Result:
    """Begin to count a store or a shelf: what stands there now is what is expected.

    Raises Refused for a place that is already being counted, and for anything but store and shelf.
    """
    place = permit.container_in_sight(act.by, place_id)
    act.lock(chain_of(place.transition_id))
    permit.allow(act.by, "count", permit.relation(place))
    if place.kind not in COUNTED_KINDS:
        raise Refused.because("custody.counts-rooms-only", place.name)
    if Count.objects.filter(place=place, closed_at__isnull=True).exists():
        raise Refused.because("custody.count-open-already", place.name)
    expected = standing_in(place)
    entry = act.record(
        chain=chain_of(place.transition_id),
        subject=Ref("container", place.pk),
        after={"expected": len(expected), "digest": _digest(expected)},
    )
    made = Count.objects.create(
        place=place, opened_at=entry.at, opened_by=signed_name(act), entry=entry.pk
    )
    Expected.objects.bulk_create(
        (Expected(count=made, container_id=pk) for pk in expected), batch_size=500
    )
    return {"count": made.pk, "expected": len(expected)}


def _digest(values: object) -> str:
    return hashlib.sha256(canonical(values)).hexdigest()


def _count_for(act: Act, count_id: int) -> Count:
    count = permit.count_in_sight(act.by, count_id)
    act.lock(chain_of(count.place.transition_id))
    permit.allow(act.by, "count", permit.relation(count.place))
    return Count.objects.select_related("place__transition").get(pk=count.pk)


def _moment(scan: Mapping[str, object], received: datetime) -> datetime:
    told = parse_datetime(str(scan.get("at", ""))[:40]) if scan.get("at") else None
    if told is None:
        return received
    return counting.instant_of(make_aware(told) if is_naive(told) else told, received)


def _check_scans(scans: Sequence[Mapping[str, object]]) -> None:
    if not 1 <= len(scans) <= counting.MOST_SCANS:
        raise Refused.because("custody.scans-number", most=counting.MOST_SCANS)
    for scan in scans:
        key, text = str(scan.get("key", "")), str(scan.get("text", "")).strip()
        if not key or len(key) > LONGEST_KEY or not text:
            raise Refused.because("custody.scan-unfit", text[:40])


@action("custody.scanned")
def record_scans(act: Act, *, count_id: int, scans: Sequence[Mapping[str, object]]) -> Result:
    """Keep the labels read in a count, sent at once or hours later; a scan sent again is the same.

    Shapes: each scan has ``key`` (made by the device), ``text``, and maybe ``at`` (ISO) and ``via``.
    Raises Refused when the count is closed, for too many scans and for scans without key or text.
    """
    _check_scans(scans)
    count = _count_for(act, count_id)
    if count.closed_at is not None:
        raise Refused.because("custody.count-closed")
    keys = [str(s["key"]) for s in scans]
    known = set(Scan.objects.filter(key__in=keys).values_list("key", flat=True))
    first_of = {str(s["key"]): s for s in reversed(scans)}
    new = [first_of[key] for key in counting.fresh(scans, known)]
    entry = act.record(
        chain=chain_of(count.place.transition_id),
        subject=Ref("count", count.pk),
        after={"scans": len(new), "again": len(scans) - len(new), "digest": _digest(new)},
    )
    kept = _keep(act, count, new, entry.at, entry.pk)
    alarms = _ring(act, count, kept, entry.at, entry.pk) if kept else 0
    return {"kept": len(kept), "again": len(scans) - len(new), "alarms": alarms}


def _keep(
    act: Act, count: Count, new: Sequence[Mapping[str, object]], received: datetime, entry: int
) -> list[Scan]:
    read = [(scan, read_label(str(scan["text"]))) for scan in new]
    labels = {r.label for _scan, r in read if r.label}
    there = {
        c.label: c
        for c in Container.objects.filter(label__in=labels, transition=count.place.transition_id)
    }
    where = Whereabouts(there.values())
    rows = []
    for scan, one in read:
        found, at = there.get(one.label), _moment(scan, received)
        via = str(scan.get("via", ""))
        rows.append(
            Scan(
                key=str(scan["key"]),
                count=count,
                container=found,
                recorded=where.room(found.pk, at) if found else None,
                text=one.label or one.text,
                via=via if via in Via.values else Via.TYPED,
                at=at,
                received_at=received,
                by_name=signed_name(act),
                entry=entry,
            )
        )
    return Scan.objects.bulk_create(rows)


def _ring(act: Act, count: Count, kept: Sequence[Scan], at: datetime, entry: int) -> int:
    """Raise the alarms that the new scans give rise to; one open alarm per label and kind."""
    room = room_of(count.place, at) or count.place
    labelled = [s for s in kept if s.container and s.container.kind not in COUNTED_KINDS]
    others = _other_rooms(labelled, room)
    raised: list[Alarm] = []
    for scan in labelled:
        seen = counting.Seen(scan.container_id or 0, room.pk, scan.at)
        if scan.recorded is not None and counting.misplaced(seen, scan.recorded.pk):
            raised.append(_alarm(counting.ELSEWHERE, scan, room, scan.recorded, at, entry))
        other = others.get(scan.container_id or 0)
        if other is not None:
            raised.append(_alarm(counting.TWO_ROOMS, scan, room, other, at, entry))
    open_ = set(
        Alarm.objects.filter(
            container__in=[a.container_id for a in raised], resolved_at__isnull=True
        ).values_list("container", "kind")
    )
    first = {(a.container_id, a.kind): a for a in reversed(raised)}
    made = Alarm.objects.bulk_create(a for key, a in first.items() if key not in open_)
    if made:
        telling.alarms_raised(act, count, made)
    return len(made)


def _alarm(  # what an alarm is made of
    kind: str, scan: Scan, room: Container, other: Container, at: datetime, entry: int
) -> Alarm:
    return Alarm(
        container=scan.container, kind=kind, scan=scan, seen_in=room, other=other,
        raised_at=at, entry=entry,
    )  # fmt: skip


def _other_rooms(new: Sequence[Scan], room: Container) -> dict[int, Container]:
    """By label: another store in which it was seen at the same time as in this one, in any count."""
    if not new:
        return {}
    sights = Scan.objects.filter(
        container__in={s.container_id for s in new},
        at__gt=min(s.at for s in new) - counting.SAME_TIME,
        at__lt=max(s.at for s in new) + counting.SAME_TIME,
    ).select_related("count__place")
    seen = list(sights)
    where = Whereabouts({s.count.place_id: s.count.place for s in seen}.values())
    stores = {s.pk: where.room(s.count.place_id, s.at) or s.count.place for s in seen}
    known = {store.pk: store for store in stores.values()}
    pairs = counting.two_rooms(
        [counting.Seen(s.container_id or 0, stores[s.pk].pk, s.at) for s in seen]
    )
    found: dict[int, Container] = {}
    for pair in pairs:
        rooms = {one.room for one in pair}
        if room.pk in rooms:
            found[pair[0].container] = known[(rooms - {room.pk}).pop()]
    return found


@action("custody.count-closed")
def close_count(act: Act, *, count_id: int, witness_id: int, reason: str = "") -> Result:
    """Close a count with the names of two people: its figures are final (khóa kiểm đếm).

    Raises Refused when nothing was scanned, for a difference without an explanation, the same
    person twice, a witness without a post today.
    """
    count = _count_for(act, count_id)
    found = tally_of(count)
    refuse_if(
        counting.check_closing(
            open_=count.closed_at is None,
            scans=count.scans.count(),
            witnesses=(act.by.user, witness_id),
            reason=reason,
            even=found.even,
        )
    )
    if len(reason) > LONGEST_TEXT:
        raise Refused([Problem("custody.text-too-long", "", {"most": LONGEST_TEXT})])
    witness = witness_of(act, witness_id)
    figures = {
        "found": len(found.found),
        "short": len(found.short),
        "over": len(found.over),
        "unknown": len(found.unknown),
    }
    digest = _digest(
        [sorted(found.found), sorted(found.short), sorted(found.over), sorted(found.unknown)]
    )
    entry = act.record(
        chain=chain_of(count.place.transition_id),
        subject=Ref("count", count.pk),
        after={**figures, "digest": digest, "short_ids": sorted(found.short),
               "second": witness.name},
        reason=reason,
    )  # fmt: skip
    Count.objects.filter(pk=count.pk).update(
        closed_at=entry.at,
        first_name=signed_name(act),
        second_name=witness.name,
        reason=reason,
        digest=digest,
        **figures,
    )
    return {"count": count.pk, **figures, "receipt": entry.hash}


@action("custody.alarm-resolved")
def resolve_alarm(act: Act, *, alarm_id: int, outcome: str, reason: str) -> Result:
    """Say how an alarm ended, and why it rang. Raises Refused when it has ended already."""
    alarm = permit.alarm_in_sight(act.by, alarm_id)
    act.lock(chain_of(alarm.container.transition_id))
    alarm = Alarm.objects.select_related("container__transition").get(pk=alarm.pk)
    permit.allow(act.by, "alarm.resolve", permit.relation(alarm.container))
    if alarm.resolved_at is not None:
        raise Refused.because("custody.alarm-over", alarm.container.name)
    if outcome not in AlarmOutcome.values:
        raise Refused.because("custody.outcome-unknown", alarm.container.name)
    why = worded(reason, "custody.reason-needed", LONGEST_TEXT, alarm.container.name)
    entry = act.record(
        chain=chain_of(alarm.container.transition_id),
        subject=Ref("alarm", alarm.pk),
        after={"outcome": outcome},
        reason=why,
    )
    Alarm.objects.filter(pk=alarm.pk).update(
        resolved_at=entry.at,
        outcome=outcome,
        reason=why,
        resolved_by=signed_name(act),
        resolved_entry=entry.pk,
    )
    return {"alarm": alarm.pk}
