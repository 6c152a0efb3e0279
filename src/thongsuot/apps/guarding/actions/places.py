"""Opening and ending a guarded place, its people and its check points."""

from collections.abc import Mapping
from datetime import datetime

from thongsuot.apps.guarding import permit
from thongsuot.apps.guarding.actions.steps import (
    LARGEST,
    Result,
    begin,
    chain_of,
    chain_of_body,
    guard_of,
    optional,
    worded,
)
from thongsuot.apps.guarding.codes import cleaned
from thongsuot.apps.guarding.models import CheckPoint, Guard, How, Place, Taking
from thongsuot.apps.registry.models import Appointment, Body, Person
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.guarding.rounds import rhythm_problems
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

# The settings of a place: name → least, most, and what holds until the office says otherwise.
SETTINGS: dict[str, tuple[int, int, int]] = {
    "every": (15, 1_440, 120),
    "grace": (0, 720, 15),
    "silent": (1, 720, 30),
    "step": (1, 240, 15),
    "window": (1, 60, 15),
    "shift_hours": (1, 24, 12),
    "week_hours": (1, 168, 48),
    "rest_hours": (0, 48, 12),
}
CODE_HASH, CODE_ON_WALL = 64, 12


@action("guarding.guard-enrolled")
def enrol_guard(act: Act, *, body_id: int, person_id: int, badge: str) -> Result:
    """A person of the body stands guard from now on, or gets a new code in place of a lost one.

    Shapes: ``badge`` is the keyed hash of the code, never the code.

    Raises Refused: a person without a post in the body today, or who guards for another body.
    """
    permit.allow(act.by, "guard.enrol", body_id)
    act.lock(chain_of_body(body_id))
    person = Person.objects.filter(pk=min(person_id, LARGEST)).first()
    held = Appointment.objects.on(act.on).filter(person=person, post__body=body_id)
    if person is None or not held.exists():
        raise Refused.because("guarding.person-elsewhere", person.full_name if person else "")
    if len(badge) != CODE_HASH:
        raise Refused.because("guarding.code-unknown")
    known = Guard.objects.filter(person=person).first()
    if known is not None and known.body_id != body_id:
        raise Refused.because("guarding.guards-elsewhere", person.full_name)
    guard = known or Guard(person=person, body_id=body_id)
    guard.badge, guard.badge_at, guard.retired_at = badge, act.at, None
    guard.save()
    act.record(
        chain=chain_of_body(body_id),
        subject=Ref("guard", guard.pk),
        after={"person": person.full_name, "new_code": known is not None},
    )
    return {"guard": guard.pk}


@action("guarding.place-opened")
def open_place(  # noqa: PLR0913  # keyword-only
    act: Act,
    *,
    body_id: int,
    name: str,
    first_id: int,
    head_id: int,
    address: str = "",
    settings: Mapping[str, int] | None = None,
    basis: str = "",
    demo: bool = False,
) -> Result:
    """From this minute the place is guarded, and ``first`` answers for it (bắt đầu bảo vệ 24/24).

    Raises Refused: a name used twice, guards of another body, settings out of range.
    """
    permit.allow(act.by, "place.open", body_id)
    act.lock(chain_of_body(body_id))
    clean = worded(name, 200, "guarding.name-missing")
    values = checked_settings(settings or {})
    if Place.objects.filter(body=body_id, name=clean).exists():
        raise Refused.because("guarding.place-exists", clean)
    place = Place.objects.create(
        body_id=body_id,
        name=clean,
        address=optional(address, 300),
        since=act.at,
        first=guard_of(body_id, first_id),
        head=guard_of(body_id, head_id),
        basis=optional(basis, 300),
        demo=demo,
        **values,
    )
    entry = act.record(
        chain=chain_of(place.pk),
        subject=Ref("place", place.pk),
        after={"name": clean, "body": body_id, "first": first_id, "head": head_id, **values},
        authority=basis,
    )
    Taking.objects.create(
        place=place, guard_id=first_id, left=None, how=How.START, at=act.at, entry=entry
    )
    return {"place": place.pk}


def checked_settings(given: Mapping[str, int]) -> dict[str, int]:
    """The settings with what was left out filled in. Raises Refused, naming every fault."""
    values = {name: int(given.get(name, usual)) for name, (_, _, usual) in SETTINGS.items()}
    problems = [
        Problem("guarding.setting-out-of-range", name, {"least": least, "most": most})
        for name, (least, most, _) in SETTINGS.items()
        if not least <= values[name] <= most
    ]
    refuse_if(problems or rhythm_problems(values["every"], values["grace"], values["silent"]))
    return values


@action("guarding.point-added")
def add_point(act: Act, *, place_id: int, name: str, code: str) -> Result:
    """Rounds pass one more point from now on. ``code`` hangs on its wall."""
    place = begin(act, place_id, "point.add")
    clean = worded(name, 120, "guarding.name-missing")
    if CheckPoint.objects.filter(place=place, name=clean, until__isnull=True).exists():
        raise Refused.because("guarding.point-exists", clean)
    wall = cleaned(code)
    if not wall or len(wall) > CODE_ON_WALL or CheckPoint.objects.filter(code=wall).exists():
        raise Refused.because("guarding.point-exists", wall[:CODE_ON_WALL])
    point = CheckPoint.objects.create(place=place, name=clean, code=wall, since=act.at)
    act.record(chain=chain_of(place.pk), subject=Ref("place", place.pk), after={"point": clean})
    return {"point": point.pk}


@action("guarding.point-retired")
def retire_point(act: Act, *, place_id: int, point_id: int, reason: str) -> Result:
    """Rounds no longer pass that point."""
    place = begin(act, place_id, "point.add")
    why = worded(reason, 500, "guarding.reason-missing")
    rows = CheckPoint.objects.filter(pk=min(point_id, LARGEST), place=place, until__isnull=True)
    point = rows.first()
    if point is None:
        raise Refused.because("guarding.point-unknown")
    point.until = act.at
    point.save(update_fields=["until"])
    act.record(
        chain=chain_of(place.pk),
        subject=Ref("place", place.pk),
        before={"point": point.name},
        reason=why,
    )
    return {"point": point.pk}


@action("guarding.place-handed-on")
def hand_place_on(
    act: Act, *, place_id: int, body_id: int, reason: str, authority: str = ""
) -> Result:
    """Another body answers for the store from now on; its guards and its watch go with it.

    The guards on its rosters keep their shifts: the watch is not broken by a paper. Whoever held
    the watch holds it still, now for the other body.
    """
    place = begin(act, place_id, "place.hand-on")
    why = worded(reason, 500, "guarding.reason-missing")
    other = Body.objects.filter(pk=min(body_id, LARGEST)).first()
    if other is None or other.pk == place.body_id:
        raise Refused.because("guarding.body-missing")
    if Place.objects.filter(body=other, name=place.name).exists():
        raise Refused.because("guarding.place-exists", place.name)
    before = place.body_id
    mine = _guards_at(place, act.at)
    place.body = other
    place.save(update_fields=["body"])
    Guard.objects.filter(pk__in=mine).update(body=other)
    act.record(
        chain=chain_of(place.pk),
        subject=Ref("place", place.pk),
        before={"body": before},
        after={"body": other.pk, "guards": sorted(mine)},
        reason=why,
        authority=optional(authority, 300),
    )
    return {"place": place.pk}


def _guards_at(place: Place, at: datetime) -> set[int]:
    """Who guards that place from now on and no other place of the same body."""
    coming = set(place.shifts.filter(until__gt=at).values_list("guard", flat=True))
    wanted = coming | {place.first_id, place.head_id}
    others = Place.objects.filter(body=place.body_id, until__isnull=True).exclude(pk=place.pk)
    busy = set(others.filter(shifts__until__gt=at).values_list("shifts__guard", flat=True))
    busy |= {g for pair in others.values_list("first", "head") for g in pair}
    return wanted - busy


@action("guarding.place-ended")
def end_place(act: Act, *, place_id: int, reason: str, authority: str) -> Result:
    """Guarding ends here: the store is empty, or its papers went elsewhere, by a decision."""
    place = begin(act, place_id, "roster.publish")
    why = worded(reason, 500, "guarding.reason-missing")
    by = worded(authority, 300, "guarding.authority-missing")
    place.until = act.at
    place.save(update_fields=["until"])
    act.record(
        chain=chain_of(place.pk),
        subject=Ref("place", place.pk),
        after={"until": act.at},
        reason=why,
        authority=by,
    )
    return {"place": place.pk}
