"""Publishing a roster, changing a shift, an absence: a gap is refused before it happens."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from thongsuot.apps.guarding import permit, queries
from thongsuot.apps.guarding.actions.steps import (
    LARGEST,
    Result,
    begin,
    chain_of,
    chain_of_body,
    guard_of,
    worded,
)
from thongsuot.apps.guarding.models import Absence, Guard, Place, Roster, Shift, ShiftState
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.guarding.roster import MOST_DAYS, Duty, roster_problems
from thongsuot.rules.guarding.spans import Span
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

AROUND = timedelta(days=8)  # a week counts on either side of a change
MOST_SHIFTS = 1_000
Rows = Sequence[Mapping[str, object]]


@action("guarding.roster-published")
def publish_roster(
    act: Act, *, place_id: int, since: datetime, until: datetime, shifts: Rows
) -> Result:
    """Put up the shifts of a place from ``since`` to ``until`` (ban hành lịch trực).

    Shapes: a shift is ``{"guard": id, "since": moment, "until": moment}``; guard 0 or left out
    means nobody yet, which is a gap. The roster must go on where the last one ends.

    Raises Refused with everything that is wrong: each gap with who could stand in, too many at
    once, one person in two places, shifts and weeks too long, too little rest, people away.
    """
    place = begin(act, place_id, "roster.publish")
    window = ordered_span(since, until)
    if window.length > timedelta(days=MOST_DAYS) or len(shifts) > MOST_SHIFTS:
        raise Refused.because("guarding.roster-too-long", place.name, most=MOST_DAYS)
    duties = _read(place, shifts)
    _lock(d.guard for d in duties)
    refuse_if(check_roster(place, window, duties))
    entry = act.record(
        chain=chain_of(place.pk),
        subject=Ref("place", place.pk),
        after={"since": since, "until": until, "shifts": len(duties)},
    )
    roster = Roster.objects.create(place=place, since=window.since, until=window.until, entry=entry)
    names = queries.names_of({d.guard for d in duties})
    Shift.objects.bulk_create(
        Shift(
            roster=roster,
            place=place,
            guard_id=d.guard,
            since=d.span.since,
            until=d.span.until,
            folded=fold(names[d.guard]),
        )
        for d in duties
    )
    return {"roster": roster.pk, "shifts": len(duties)}


def ordered_span(since: datetime, until: datetime) -> Span:
    """The stretch between two moments. Raises Refused when they are out of order."""
    if until <= since:
        raise Refused.because("guarding.times-out-of-order", since=since, until=until)
    return Span(since, until)


def _read(place: Place, shifts: Rows) -> tuple[Duty, ...]:
    known = set(queries.guards_of(place.body_id).values_list("pk", flat=True))
    duties = []
    for row in shifts:
        guard, since, until = row.get("guard") or 0, row["since"], row["until"]
        if not guard:
            continue
        if guard not in known or not isinstance(since, datetime) or not isinstance(until, datetime):
            raise Refused.because("guarding.guard-missing")
        duties.append(Duty(int(str(guard)), place.pk, ordered_span(since, until)))
    return tuple(duties)


def _lock(guards: Iterable[int]) -> None:
    """One person may guard for two places: what is planned for a person waits for a person."""
    wanted = sorted(set(guards))
    list(Guard.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))


def check_roster(place: Place, window: Span, duties: Sequence[Duty]) -> tuple[Problem, ...]:
    """Everything that is wrong with a roster about to be published; also what its preview shows."""
    reached = queries.covered_until(place)
    begins = reached or place.since
    if reached is not None and window.since < reached:
        return (Problem("guarding.roster-already", place.name, {"until": begins}),)
    if window.until <= begins:
        return (
            Problem("guarding.times-out-of-order", "", {"since": begins, "until": window.until}),
        )
    needed = Span(begins, window.until)
    outside = [d for d in duties if d.span.until > window.until or d.span.since < window.since]
    problems = [
        Problem("guarding.shift-outside", "", {"since": d.span.since, "until": d.span.until})
        for d in outside
    ]
    return (*problems, *_problems(place, needed, duties, replaced=()))


def _problems(
    place: Place, needed: Span, duties: Sequence[Duty], replaced: Collection[int]
) -> tuple[Problem, ...]:
    people = queries.guards_of(place.body_id)
    names = {g.pk: g.person.full_name for g in people}
    around = Span(needed.since - AROUND, needed.until + AROUND)
    others = Shift.objects.filter(
        guard__in={*names, *(d.guard for d in duties)},
        state=ShiftState.PLANNED,
        since__lt=around.until,
        until__gt=around.since,
    ).exclude(pk__in=replaced)
    names |= queries.names_of({d.guard for d in duties})
    away = _away(duties, names)
    mine = {d.number for d in duties if d.number}
    elsewhere = queries.duties_of(others.exclude(pk__in=mine))
    free = [g for g in names if g in {p.pk for p in people} and not _is_away(g, needed)]
    return (
        *away,
        *roster_problems(
            duties,
            needed,
            queries.limits_of(place),
            elsewhere=elsewhere,
            guards=free,
            names=names,
        ),
    )


def _is_away(guard: int, window: Span) -> bool:
    return Absence.objects.filter(
        guard=guard, since__lt=window.until, until__gt=window.since
    ).exists()


def _away(duties: Sequence[Duty], names: Mapping[int, str]) -> list[Problem]:
    rows = Absence.objects.filter(guard__in={d.guard for d in duties})
    found = []
    for absence in rows:
        away = Span(absence.since, absence.until)
        for duty in duties:
            if duty.guard == absence.guard_id and duty.span.overlaps(away):
                facts: dict[str, object] = {"since": duty.span.since, "until": duty.span.until}
                found.append(Problem("guarding.away", names[duty.guard], facts))
    return found


@action("guarding.shift-changed")
def change_shift(  # keyword-only
    act: Act,
    *,
    shift_id: int,
    guard_id: int,
    reason: str,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Result:
    """Another guard, or other hours, for one shift; guard 0 cancels it.

    Raises Refused: a gap that this would leave, with who could stand in; the rules of a roster;
    a shift that has passed.
    """
    shift = _shift(act, shift_id)
    place = begin(act, shift.place_id, "shift.change")
    shift = _shift(act, shift_id)
    why = worded(reason, 500, "guarding.reason-missing")
    span = ordered_span(since or shift.since, until or shift.until)
    if guard_id:
        guard_of(place.body_id, guard_id)
    after = [Duty(guard_id, place.pk, span)] if guard_id else []
    _lock({shift.guard_id, *(d.guard for d in after)})
    refuse_if(_change_problems(place, [shift], after))
    act.record(
        chain=chain_of(place.pk),
        subject=Ref("shift", shift.pk),
        before={"guard": shift.guard_id, "since": shift.since, "until": shift.until},
        after={"guard": guard_id, "since": span.since, "until": span.until},
        reason=why,
    )
    made = _replace(shift, after, why)
    return {"shift": made or shift.pk, "place": place.pk}


def _shift(act: Act, shift_id: int) -> Shift:
    """A planned shift that has not passed, at a place in sight. Raises Refused."""
    found = Shift.objects.filter(pk=min(shift_id, LARGEST)).first()
    if found is None:
        raise Refused.missing(Problem("guarding.shift-missing"))
    permit.place_in_sight(act.by, found.place_id)
    if found.state != ShiftState.PLANNED or found.until <= act.at:
        raise Refused.because("guarding.shift-past", since=found.since, until=found.until)
    return found


def _change_problems(
    place: Place, old: Sequence[Shift], new: Sequence[Duty]
) -> tuple[Problem, ...]:
    """What would be wrong at a place with the new shifts in place of the old ones."""
    times = [(s.since, s.until) for s in old] + [(d.span.since, d.span.until) for d in new]
    window = Span(min(a for a, _ in times), max(b for _, b in times))
    kept = queries.planned(place, window).exclude(pk__in=[s.pk for s in old])
    return _problems(place, window, (*queries.duties_of(kept), *new), replaced=[s.pk for s in old])


def _replace(shift: Shift, after: Sequence[Duty], reason: str) -> int:
    Shift.objects.filter(pk=shift.pk).update(state=ShiftState.CANCELLED, reason=reason)
    made = 0
    for duty in after:
        name = queries.names_of([duty.guard])[duty.guard]
        made = Shift.objects.create(
            roster_id=shift.roster_id,
            place_id=shift.place_id,
            guard_id=duty.guard,
            since=duty.span.since,
            until=duty.span.until,
            replaces=shift,
            reason=reason,
            folded=fold(name),
        ).pk
    return made


@action("guarding.absence-recorded")
def record_absence(  # noqa: PLR0913  # keyword-only
    act: Act,
    *,
    guard_id: int,
    body_id: int,
    since: datetime,
    until: datetime,
    reason: str,
    instead: Mapping[str, int] | None = None,
) -> Result:
    """A guard will be away, and others take the shifts: both in one act, or neither.

    Shapes: ``instead`` maps the id of each shift that falls into the absence to who takes it.

    Raises Refused: a shift that nobody takes is a gap, named with who could; the rules of a roster.
    """
    permit.allow(act.by, "shift.change", body_id)
    guard = guard_of(body_id, guard_id)
    span, why = ordered_span(since, until), worded(reason, 500, "guarding.reason-missing")
    mine = Shift.objects.filter(
        guard=guard, state=ShiftState.PLANNED, since__lt=span.until, until__gt=span.since
    )
    for place_id in sorted(set(mine.values_list("place", flat=True))):
        act.lock(chain_of(place_id))
    act.lock(chain_of_body(body_id))
    shifts = list(mine.filter(until__gt=act.at).order_by("since"))
    takers = {int(k): int(v) for k, v in (instead or {}).items() if v}
    _lock({guard.pk, *takers.values()})
    new = {
        s.pk: [Duty(guard_of(body_id, takers[s.pk]).pk, s.place_id, Span(s.since, s.until))]
        for s in shifts
        if s.pk in takers
    }
    entry = act.record(
        chain=chain_of_body(body_id),
        subject=Ref("guard", guard.pk),
        after={"since": since, "until": until, "instead": {str(k): v for k, v in takers.items()}},
        reason=why,
    )
    Absence.objects.create(guard=guard, since=span.since, until=span.until, reason=why, entry=entry)
    refuse_if(_absence_problems(shifts, new))
    for shift in shifts:
        _replace(shift, new.get(shift.pk, []), why)
    return {"shifts": len(shifts)}


def _absence_problems(shifts: Sequence[Shift], new: Mapping[int, Sequence[Duty]]) -> list[Problem]:
    """What is wrong at each place when the shifts go and the new ones come."""
    found: list[Problem] = []
    for place in Place.objects.filter(pk__in={s.place_id for s in shifts}):
        old = [s for s in shifts if s.place_id == place.pk]
        duties = [d for s in old for d in new.get(s.pk, ())]
        found += _change_problems_by_shift(place, old, duties)
    return found


def _change_problems_by_shift(
    place: Place, old: Sequence[Shift], new: Sequence[Duty]
) -> list[Problem]:
    """As for one change, but only the stretches of the old shifts have to stay guarded."""
    found: dict[tuple[str, str, str], Problem] = {}
    gone = [s.pk for s in old]
    for shift in old:
        here = Span(shift.since, shift.until)
        kept = queries.duties_of(queries.planned(place, here).exclude(pk__in=gone))
        for problem in _problems(place, here, (*kept, *new), replaced=gone):
            found[(problem.code, problem.subject, str(problem.facts))] = problem
    return list(found.values())
