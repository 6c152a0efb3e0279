"""What may be done to bodies, posts, people and neighbourhoods: one function per act.

Every act takes the chain of the registry first, so that acts follow each other, checks the
actor's post, writes facts with both clocks and exactly one entry of the trail.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from thongsuot.apps.registry import closing, find, records
from thongsuot.apps.registry.actions_people import (
    appoint,
    change_neighbourhood_head,
    create_post,
    end_appointment,
    end_officer,
    end_post,
    record_neighbourhood,
    record_officer,
    record_person,
)
from thongsuot.apps.registry.actions_units import (
    change_unit,
    rearrange_units,
    record_law,
    set_governance,
)
from thongsuot.apps.registry.corrections import (
    correct_appointment,
    correct_body,
    correct_neighbourhood,
    correct_post,
    correct_unit,
)
from thongsuot.apps.registry.holdings import holdings_of
from thongsuot.apps.registry.models import (
    BLOC_OF,
    Appointment,
    AppointmentStatus,
    Body,
    BodyEdge,
    BodyEvent,
    BodyEventKind,
    BodyKind,
    BodyVersion,
    Coverage,
    Post,
    Serves,
)
from thongsuot.apps.registry.steps import CHAIN, Result, allow, named, new_post, one_of
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

__all__ = [
    "appoint",
    "change_neighbourhood_head",
    "change_unit",
    "close_body",
    "close_problems",
    "correct_appointment",
    "correct_body",
    "correct_neighbourhood",
    "correct_post",
    "correct_unit",
    "create_body",
    "create_post",
    "create_task_force",
    "end_appointment",
    "end_officer",
    "end_post",
    "merge_bodies",
    "move_body",
    "rearrange_units",
    "record_law",
    "record_neighbourhood",
    "record_officer",
    "record_person",
    "rename_body",
    "set_governance",
]

TEAM_KINDS = (
    BodyKind.TASK_FORCE,
    BodyKind.INTER_WARD_TEAM,
    BodyKind.HANDING_TEAM,
    BodyKind.RECEIVING_TEAM,
    BodyKind.STEERING_COMMITTEE,
)


def _new_body(key: str, kind: str, *, demo: bool) -> Body:
    one_of(kind, BodyKind.values)
    try:
        with transaction.atomic():
            return Body.objects.create(key=key, kind=kind, bloc=BLOC_OF[BodyKind(kind)], demo=demo)
    except IntegrityError:
        raise Refused.conflict(Problem("registry.key-taken", key)) from None


def _name_body(act: Act, body: Body, *, name: str, since: date, **values: Any) -> BodyVersion:
    clean = named(name)
    folded = fold(f"{clean} {values.get('short_name', '')}")
    return records.add(
        BodyVersion, {"body_id": body.pk}, clean, at=act.at, name=clean, folded=folded, since=since,
        **values,
    )  # fmt: skip


def _place(act: Act, body: int, units: Sequence[int], serves: Sequence[int], since: date) -> None:
    for unit in dict.fromkeys(units):
        version = find.unit_on(unit, since)
        same = {"body_id": body, "unit_id": unit}
        records.add(Coverage, same, version.full_name, at=act.at, since=since)
    for served in dict.fromkeys(serves):
        named = find.body_named(served)
        same = {"body_id": body, "served_id": served}
        records.add(Serves, same, named.name, at=act.at, since=since)


def _event(
    act: Act, kind: BodyEventKind, on: date, authority: str, edges: Sequence[tuple[int, int]]
) -> BodyEvent:
    """Record an event with its whole-share edges; 0 stands for the empty end."""
    event = BodyEvent.objects.create(kind=kind, on=on, authority=authority, recorded_at=act.at)
    BodyEdge.objects.bulk_create(
        BodyEdge(event=event, src_id=src or None, dst_id=dst or None, recorded_at=act.at)
        for src, dst in edges
    )
    return event


@action("registry.body-created")
def create_body(
    act: Act,
    *,
    key: str,
    kind: str,
    name: str,
    since: date,
    units: Sequence[int] = (),
    parent: int = 0,
    serves: Sequence[int] = (),
    short_name: str = "",
    authority: str = "",
    demo: bool = False,
) -> Result:
    """Set up a body from a day on, in its territories, under its parent (thành lập cơ quan).

    Raises Refused: key taken, unknown kind, a unit or the parent not in force on that day.
    """
    act.lock(CHAIN)
    allow(act, list(units) or find.places_of(parent))
    body = _new_body(key, kind, demo=demo)
    if parent:
        find.body_on(parent, since)
    version = _name_body(
        act, body, name=name, since=since, short_name=short_name, parent_id=parent or None,
        authority=authority,
    )  # fmt: skip
    _place(act, body.pk, units, serves, since)
    _event(act, BodyEventKind.CREATE, since, authority, [(0, body.pk)])
    after = {"name": version.name, "kind": kind, "units": list(units), "parent": parent}
    act.record(
        chain=CHAIN, subject=Ref("body", body.pk), after=after, authority=authority, on=since
    )
    return {"body": body.pk, "version": version.pk}


@action("registry.body-renamed")
def rename_body(
    act: Act, *, body: int, name: str, on: date, short_name: str = "", authority: str = ""
) -> Result:
    """Give a body another name from a day on; the old name stays true before it (đổi tên)."""
    act.lock(CHAIN)
    allow(act, find.places_of(body))
    old = find.body_on(body, on)
    until = old.until
    records.end(old, old.name, on=on, at=act.at)
    new = _name_body(
        act, old.body, name=name, since=on, until=until, short_name=short_name,
        parent_id=old.parent_id, authority=authority,
    )  # fmt: skip
    _event(act, BodyEventKind.RENAME, on, authority, [(body, body)])
    act.record(
        chain=CHAIN,
        subject=Ref("body", body),
        before={"name": old.name},
        after={"name": new.name},
        authority=authority,
        on=on,
    )
    return {"body": body, "version": new.pk}


@action("registry.body-moved")
def move_body(act: Act, *, body: int, parent: int, on: date, authority: str = "") -> Result:
    """Put a body under another parent from a day on (chuyển cơ quan cấp trên)."""
    act.lock(CHAIN)
    allow(act, [*find.places_of(body), *find.places_of(parent)])
    version = _move(act, body, parent, on, authority)
    _event(act, BodyEventKind.PARENT, on, authority, [(body, body)])
    act.record(
        chain=CHAIN,
        subject=Ref("body", body),
        after={"parent": parent},
        authority=authority,
        on=on,
    )
    return {"body": body, "version": version.pk}


def _move(act: Act, body: int, parent: int, on: date, authority: str) -> BodyVersion:
    if body == parent:
        raise Refused.because("registry.own-parent", str(body))
    old = find.body_on(body, on)
    until = old.until
    records.end(old, old.name, on=on, at=act.at)
    return _name_body(
        act, old.body, name=old.name, since=on, until=until, short_name=old.short_name,
        parent_id=parent or None, authority=authority,
    )  # fmt: skip


def close_problems(body: int, on: date) -> tuple[Problem, ...]:
    """Why a body may not close on that day; empty means it may.

    Child bodies are named; every other thing it holds is counted per table; rooms above say what
    else would be left (``closing``).
    """
    children = BodyVersion.objects.known().filter(
        Q(until__isnull=True) | Q(until__gt=on), parent=body
    )
    names = tuple(sorted(children.values_list("name", flat=True)))
    problems = [Problem("registry.child-bodies", str(body), {"names": names})] if names else []
    for held in holdings_of(body, on):
        if held.label == "registry.BodyVersion.parent":
            continue
        blocked = held.when_closed == "blocks"
        code = "registry.body-blocked" if blocked else "registry.body-still-holds"
        problems.append(Problem(code, held.label, {"count": held.count, "what": held.what}))
    return (*problems, *closing.problems_of(body, on))


def _close(act: Act, body: int, on: date) -> BodyVersion:
    """End a body and everything that ends with it: its places, its service, posts and holders."""
    version = find.body_on(body, on)
    refuse_if(close_problems(body, on))
    records.end_all(Appointment, Q(post__body=body), on=on, at=act.at)
    for model in (Post, Coverage, Serves, BodyVersion):
        records.end_all(model, Q(body=body), on=on, at=act.at)
    return version


@action("registry.body-closed")
def close_body(
    act: Act, *, body: int, on: date, successors: Sequence[int] = (), authority: str = ""
) -> Result:
    """End a body on a day that is no longer its own (kết thúc hoạt động).

    Raises Refused with one problem per kind of thing that it still holds.
    """
    act.lock(CHAIN)
    allow(act, find.places_of(body))
    for successor in successors:
        find.body_on(successor, on)
    version = _close(act, body, on)
    edges = [(body, s) for s in dict.fromkeys(successors)] or [(body, 0)]
    event = _event(act, BodyEventKind.DISSOLVE, on, authority, edges)
    act.record(
        chain=CHAIN,
        subject=Ref("body", body),
        before={"name": version.name},
        after={"until": on, "successors": list(successors)},
        authority=authority,
        on=on,
    )
    return {"body": body, "event": event.pk}


@action("registry.bodies-merged")
def merge_bodies(
    act: Act,
    *,
    bodies: Sequence[int],
    key: str,
    kind: str,
    name: str,
    on: date,
    posts: Sequence[dict[str, Any]] = (),
    short_name: str = "",
    authority: str = "",
    parent: int = 0,
    demo: bool = False,
) -> Result:
    """Make one body of several, serving everybody that they served (hợp nhất cơ quan).

    The new body acts in all their territories and takes over their child bodies. Its ``posts``
    (title, role, rank, signature_critical) may not be more than the old ones had together.

    Raises Refused: fewer than two bodies, more posts than before, things not yet handed over.
    """
    act.lock(CHAIN)
    old = list(dict.fromkeys(bodies))
    if len(old) < 2:
        raise Refused.because("registry.merge-needs-two")
    allow(act, [unit for b in old for unit in find.places_of(b)])
    versions = [find.body_on(b, on) for b in old]
    before = Post.objects.on(on).filter(body__in=old).count()
    _refuse_more_posts(before, len(posts))
    new = _new_body(key, kind, demo=demo)
    version = _name_body(
        act, new, name=name, since=on, short_name=short_name, authority=authority,
        parent_id=parent or versions[0].parent_id,
    )  # fmt: skip
    places = {c.unit_id for c in Coverage.objects.on(on).filter(body__in=old)}
    served = {s.served_id for s in Serves.objects.on(on).filter(body__in=old)}
    served |= {v.parent_id for v in versions if v.parent_id is not None}
    _place(act, new.pk, sorted(places), sorted(served), on)
    for child in BodyVersion.objects.on(on).filter(parent__in=old):
        _move(act, child.body_id, new.pk, on, authority)
    for wanted in posts:
        new_post(act, new.pk, wanted, on)
    for b in old:
        _close(act, b, on)
    event = _event(act, BodyEventKind.MERGE, on, authority, [(b, new.pk) for b in old])
    act.record(
        chain=CHAIN,
        subject=Ref("body", new.pk),
        before={"bodies": old, "posts": before},
        after={"name": version.name, "posts": len(posts)},
        authority=authority,
        on=on,
    )
    return {"body": new.pk, "event": event.pk}


def _refuse_more_posts(before: int, after: int) -> None:
    if after > before:
        facts = {"before": before, "after": after, "over": after - before}
        raise Refused([Problem("registry.more-posts-than-before", facts=facts)])


@action("registry.task-force-created")
def create_task_force(
    act: Act,
    *,
    key: str,
    name: str,
    since: date,
    head: int,
    units: Sequence[int],
    members: Sequence[int] = (),
    represents: Sequence[int] = (),
    kind: str = BodyKind.TASK_FORCE.value,
    parent: int = 0,
    authority: str = "",
    demo: bool = False,
) -> Result:
    """Set up a team with its head, its members and its area in one act (lập tổ công tác).

    ``represents`` are the bodies a handing or receiving team speaks for, also after their end.

    Raises Refused: no head, no area, an unknown person, a unit not in force.
    """
    act.lock(CHAIN)
    allow(act, units)
    one_of(kind, [k.value for k in TEAM_KINDS])
    refuse_if(_team_problems(head, units))
    people = [find.person(p) for p in dict.fromkeys([head, *members])]
    team = _new_body(key, kind, demo=demo)
    _name_body(act, team, name=name, since=since, parent_id=parent or None, authority=authority)
    _place(act, team.pk, units, represents, since)
    _event(act, BodyEventKind.CREATE, since, authority, [(0, team.pk)])
    for rank, person in enumerate(people):
        role, title = (Role.TEAM_HEAD, "Tổ trưởng") if rank == 0 else (Role.TEAM_MEMBER, "Tổ viên")
        post = new_post(act, team.pk, {"title": title, "role": role.value, "rank": rank}, since)
        Appointment.objects.create(
            person=person,
            post=post,
            status=AppointmentStatus.OFFICIAL,
            authority=authority,
            since=since,
            recorded_at=act.at,
        )
    act.record(
        chain=CHAIN,
        subject=Ref("body", team.pk),
        after={"name": name, "head": head, "members": list(members), "units": list(units)},
        authority=authority,
        on=since,
    )
    return {"body": team.pk}


def _team_problems(head: int, units: Sequence[int]) -> list[Problem]:
    problems = []
    if not head:
        problems.append(Problem("registry.team-needs-head"))
    if not units:
        problems.append(Problem("registry.team-needs-area"))
    return problems
