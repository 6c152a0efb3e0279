"""What may be done to posts, people, appointments and neighbourhoods: one function per act."""

from datetime import date

from django.db.models import Q

from thongsuot.apps.registry import find, records
from thongsuot.apps.registry.models import (
    Appointment,
    AppointmentStatus,
    Neighbourhood,
    NeighbourhoodKind,
    NeighbourhoodOfficer,
    OfficerRole,
    Person,
)
from thongsuot.apps.registry.steps import (
    CHAIN,
    Result,
    allow,
    allow_local,
    named,
    new_post,
    one_of,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

KNOW_PEOPLE = frozenset({Role.STEERING, Role.LEADER, Role.CLERK})  # may write a name down


@action("registry.post-created")
def create_post(  # noqa: PLR0913  # keyword-only: one per field of the form
    act: Act,
    *,
    body: int,
    title: str,
    role: str,
    since: date,
    rank: int = 100,
    signature_critical: bool = False,
) -> Result:
    """Add a post to a body from a day on (thêm vị trí)."""
    act.lock(CHAIN)
    allow(act, find.places_of(body))
    find.body_on(body, since)
    wanted = {
        "title": title,
        "role": role,
        "rank": rank,
        "signature_critical": signature_critical,
    }
    post = new_post(act, body, wanted, since)
    act.record(chain=CHAIN, subject=Ref("post", post.pk), after={**wanted, "body": body}, on=since)
    return {"post": post.pk}


@action("registry.post-ended")
def end_post(act: Act, *, post: int, on: date, authority: str = "") -> Result:
    """End a post on a day; whoever is in it leaves it that day (bỏ vị trí)."""
    act.lock(CHAIN)
    held = find.post(post)
    allow(act, find.places_of(held.body_id))
    left = records.end_all(Appointment, Q(post=post), on=on, at=act.at)
    ended = records.end(held, held.title, on=on, at=act.at)
    act.record(
        chain=CHAIN,
        subject=Ref("post", ended.pk),
        after={"until": on, "left": left},
        authority=authority,
        on=on,
    )
    return {"post": ended.pk, "left": left}


@action("registry.person-recorded")
def record_person(act: Act, *, full_name: str, account: int = 0, demo: bool = False) -> Result:
    """Write down a person who holds or will hold posts, with at most one account."""
    act.lock(CHAIN)
    if act.by.role not in KNOW_PEOPLE:
        allow(act, [])
    owner = Person.objects.filter(account=account).first() if account else None
    if owner is not None:
        raise Refused.conflict(Problem("registry.account-taken", facts={"name": owner.full_name}))
    clean = named(full_name)
    person = Person.objects.create(
        full_name=clean, folded=fold(clean), account_id=account or None, demo=demo
    )
    act.record(chain=CHAIN, subject=Ref("person", person.pk), after={"full_name": clean})
    return {"person": person.pk}


@action("registry.person-appointed")
def appoint(  # noqa: PLR0913  # keyword-only: one per field of the form
    act: Act,
    *,
    person: int,
    post: int,
    since: date,
    until: date | None = None,
    status: str = AppointmentStatus.OFFICIAL.value,
    authority: str = "",
) -> Result:
    """Put a person in a post from a day on, for the time being or for good (bổ nhiệm).

    A person placed provisionally in the same post becomes official: the provisional placement
    ends on that day.

    Raises Refused: unknown person or post, the post not in force, already in it on those days.
    """
    act.lock(CHAIN)
    held = find.post(post)
    allow(act, find.places_of(held.body_id))
    who = find.person(person)
    one_of(status, AppointmentStatus.values)
    period = records.period_of(since, until)
    if since not in Period(held.since, held.until):
        raise Refused.because("registry.not-in-force", held.title, on=since)
    if held.until is not None:
        until = period.ended_at(held.until).until
    if status == AppointmentStatus.OFFICIAL:
        _end_provisional(act, person, post, since)
    appointment = records.add(
        Appointment, {"person_id": person, "post_id": post}, who.full_name, at=act.at,
        status=status, authority=authority, since=since, until=until,
    )  # fmt: skip
    act.record(
        chain=CHAIN,
        subject=Ref("appointment", appointment.pk),
        after={"person": person, "post": post, "status": status, "until": until},
        authority=authority,
        on=since,
    )
    return {"appointment": appointment.pk}


def _end_provisional(act: Act, person: int, post: int, on: date) -> None:
    placed = Appointment.objects.on(on).filter(
        person=person, post=post, status=AppointmentStatus.PROVISIONAL
    )
    for appointment in placed:
        records.end_on_or_withdraw(appointment, str(appointment.pk), on=on, at=act.at)


@action("registry.appointment-ended")
def end_appointment(act: Act, *, appointment: int, on: date, reason: str = "") -> Result:
    """A person leaves a post on a day; the rights of that post end with it (thôi giữ chức vụ)."""
    act.lock(CHAIN)
    held = find.appointment(appointment)
    allow(act, find.places_of(held.post.body_id))
    ended = records.end(held, held.person.full_name, on=on, at=act.at)
    act.record(
        chain=CHAIN,
        subject=Ref("appointment", ended.pk),
        after={"until": on},
        reason=reason,
        on=on,
    )
    return {"appointment": ended.pk}


@action("registry.neighbourhood-recorded")
def record_neighbourhood(  # noqa: PLR0913  # keyword-only: one per field of the form
    act: Act,
    *,
    unit: int,
    name: str,
    kind: str,
    since: date,
    head: int = 0,
    households: int | None = None,
) -> Result:
    """Write down a khu phố, tổ dân phố, thôn or ấp with its head, from a day on."""
    act.lock(CHAIN)
    allow_local(act, unit)
    find.unit_on(unit, since)
    one_of(kind, NeighbourhoodKind.values)
    clean = named(name)
    if head:
        find.person(head)
    same = {"unit_id": unit, "name": clean}
    row = records.add(
        Neighbourhood, same, clean, at=act.at, kind=kind, since=since, head_id=head or None,
        households=households, folded=fold(clean),
    )  # fmt: skip
    act.record(
        chain=CHAIN,
        subject=Ref("neighbourhood", row.pk),
        after={"unit": unit, "name": clean, "head": head, "households": households},
        on=since,
    )
    return {"neighbourhood": row.pk}


@action("registry.neighbourhood-head-changed")
def change_neighbourhood_head(act: Act, *, neighbourhood: int, head: int, on: date) -> Result:
    """Another person heads a neighbourhood from a day on; the old record ends that day."""
    act.lock(CHAIN)
    old = find.record(Neighbourhood, neighbourhood)
    allow_local(act, old.unit_id)
    find.person(head)
    until = old.until
    records.end(old, old.name, on=on, at=act.at)
    new = records.add(
        Neighbourhood, {"unit_id": old.unit_id, "name": old.name}, old.name, at=act.at,
        kind=old.kind, since=on, until=until, head_id=head, households=old.households,
        folded=old.folded,
    )  # fmt: skip
    act.record(
        chain=CHAIN,
        subject=Ref("neighbourhood", new.pk),
        before={"head": old.head_id},
        after={"head": head},
        on=on,
    )
    return {"neighbourhood": new.pk}


@action("registry.officer-recorded")
def record_officer(  # noqa: PLR0913  # keyword-only: one per field of the form
    act: Act,
    *,
    unit: int,
    neighbourhood: str,
    person: int,
    role: str,
    since: date,
    phone: str = "",
) -> Result:
    """Write down who else works for a neighbourhood: Bí thư chi bộ, Trưởng ban Công tác Mặt trận …

    One person may be head and secretary at once; the same office twice on a day is refused.
    """
    act.lock(CHAIN)
    allow_local(act, unit)
    one_of(role, OfficerRole.values)
    if not Neighbourhood.objects.on(since).filter(unit=unit, name=neighbourhood).exists():
        raise Refused.because("registry.not-in-force", neighbourhood, on=since)
    who = find.person(person)
    same = {"unit_id": unit, "neighbourhood": neighbourhood, "person_id": person, "role": role}
    row = records.add(
        NeighbourhoodOfficer, same, who.full_name, at=act.at, phone=phone.strip(), since=since
    )
    after = {**same, "phone": row.phone}
    act.record(chain=CHAIN, subject=Ref("officer", row.pk), after=after, on=since)
    return {"officer": row.pk}


@action("registry.officer-ended")
def end_officer(act: Act, *, officer: int, on: date, reason: str = "") -> Result:
    """A person stops working for a neighbourhood on a day."""
    act.lock(CHAIN)
    held = find.record(NeighbourhoodOfficer, officer)
    allow_local(act, held.unit_id)
    ended = records.end(held, held.neighbourhood, on=on, at=act.at)
    act.record(
        chain=CHAIN, subject=Ref("officer", ended.pk), after={"until": on}, reason=reason, on=on
    )
    return {"officer": ended.pk}
