"""Looking at guarded places: who holds the watch, what was due, what the roster says."""

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from thongsuot.apps.guarding.models import (
    Alarm,
    CheckPoint,
    Guard,
    Place,
    Scan,
    ScanKind,
    Shift,
    ShiftState,
    Taking,
)
from thongsuot.rules.guarding.ladder import Ladder
from thongsuot.rules.guarding.roster import Duty, Limits
from thongsuot.rules.guarding.rounds import Point, Rhythm, Round, gathered, rounds_in
from thongsuot.rules.guarding.spans import Span, gaps
from thongsuot.rules.guarding.watch import Tenure, Watch

EARLY = timedelta(hours=1)  # how long before the own shift its guard may take over
AHEAD = timedelta(days=7)


def minutes(number: int) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)


def rhythm_of(place: Place) -> Rhythm:
    """How often rounds are due at the place."""
    return Rhythm(place.since, minutes(place.every), minutes(place.grace), minutes(place.silent))


def ladder_of(place: Place) -> Ladder:
    """How alarms climb at the place."""
    return Ladder(minutes(place.grace), minutes(place.silent), minutes(place.step))


def limits_of(place: Place) -> Limits:
    """What the office has set for its rosters."""
    return Limits(
        shift=timedelta(hours=place.shift_hours),
        week=timedelta(hours=place.week_hours),
        rest=timedelta(hours=place.rest_hours),
        overlap=minutes(place.window * 2),
    )


def guards_of(body: int) -> "QuerySet[Guard]":
    """The people of a body who stand guard now, by name."""
    found = Guard.objects.filter(body=body, retired_at__isnull=True)
    return found.select_related("person").order_by("person__full_name", "pk")


def names_of(guards: Collection[int]) -> dict[int, str]:
    """The names of guards."""
    rows = Guard.objects.filter(pk__in=guards).values_list("pk", "person__full_name")
    return dict(rows)


def duties_of(shifts: Iterable[Shift]) -> tuple[Duty, ...]:
    """Shifts as the rules take them."""
    return tuple(Duty(s.guard_id, s.place_id, Span(s.since, s.until), s.pk) for s in shifts)


def shifts_of(place: Place) -> "QuerySet[Shift]":
    """Every shift of a place, the replaced ones too."""
    return Shift.objects.filter(place=place).select_related("guard__person")


def planned(place: Place, window: Span) -> "QuerySet[Shift]":
    """The shifts of a place that count and touch the window, in order."""
    found = shifts_of(place).filter(state=ShiftState.PLANNED)
    return found.filter(since__lt=window.until, until__gt=window.since).order_by("since", "pk")


def watch_of(place: Place) -> Watch:
    """The watch of a place as the rules take it: its takings, and codes given since the last."""
    takings = list(Taking.objects.filter(place=place).order_by("at"))
    first, last = takings[0], takings[-1]
    past = tuple(Tenure(a.guard_id, a.at, b.at, a.how) for a, b in itertools.pairwise(takings))
    going: datetime | None = None
    coming: tuple[int, datetime] | None = None
    heard = last.at
    since = Scan.objects.filter(place=place, kind=ScanKind.WATCH, at__gt=last.at).order_by(
        "at", "pk"
    )
    for guard, at in since.values_list("guard", "at"):
        heard = at
        if guard == last.guard_id:
            going = at
        else:
            coming = (guard, at)
    return Watch(
        since=first.at,
        holder=last.guard_id,
        held_since=last.at,
        how=last.how,
        past=past,
        going=going,
        coming=coming,
        last=heard,
        window=minutes(place.window),
    )


def shift_for(place: Place, guard: int, at: datetime) -> Shift | None:
    """The shift of a guard at the place that has begun, or begins within the hour."""
    found = Shift.objects.filter(place=place, guard=guard, state=ShiftState.PLANNED)
    return found.filter(since__lte=at + EARLY, until__gt=at).order_by("since").first()


def points_of(place: Place) -> tuple[Point, ...]:
    """The check points of a place, as the rules take them."""
    rows = CheckPoint.objects.filter(place=place).order_by("name", "pk")
    return tuple(Point(p.pk, p.since, p.until) for p in rows)


def rounds_of(place: Place, window: Span, now: datetime) -> tuple[Round, ...]:
    """The rounds due at a place inside a window, as they stand now."""
    rhythm = rhythm_of(place)
    rows = Scan.objects.filter(
        place=place,
        kind=ScanKind.ROUND,
        at__gte=window.since - rhythm.every,
        at__lt=window.until + rhythm.every,
    )
    scans = [(int(point or 0), at) for point, at in rows.values_list("point", "at")]
    return rounds_in(window, points_of(place), gathered(scans, rhythm), now, rhythm)


def covered_until(place: Place) -> datetime | None:
    """Until when the published rosters of a place reach; None without any."""
    last = place.rosters.order_by("-until").first()
    return last.until if last else None


def open_gaps(place: Place, window: Span) -> tuple[Span, ...]:
    """Stretches of the window for which no shift is planned."""
    return gaps((Span(s.since, s.until) for s in planned(place, window)), window)


@dataclass(frozen=True, slots=True)
class Standing:
    """One place at a glance: who answers for it now, and what is not as it should be."""

    place: Place
    body: str
    holder: str
    held_since: datetime
    shift: Shift | None
    overdue: bool
    round: Round | None
    until: datetime | None


def standing_of(place: Place, now: datetime, body: str) -> Standing:
    """How a place stands at this moment."""
    watch = watch_of(place)
    window = Span(now, now + timedelta(seconds=1))
    shift = planned(place, window).first()
    rhythm = rhythm_of(place)
    since = max(place.since, now - rhythm.every * 2)
    past = rounds_of(place, Span(since, now + timedelta(seconds=1)), now) if now >= since else ()
    return Standing(
        place=place,
        body=body,
        holder=names_of([watch.holder]).get(watch.holder, ""),
        held_since=watch.held_since,
        shift=shift,
        overdue=shift is not None and shift.guard_id != watch.holder,
        round=past[-1] if past else None,
        until=covered_until(place),
    )


def alarms_of(place: Place, since: datetime) -> Sequence[Alarm]:
    """What the ladder was told about a place since a moment, newest first."""
    rows = Alarm.objects.filter(place=place, at__gte=since).select_related("guard__person")
    return tuple(rows.order_by("-at", "-pk"))
