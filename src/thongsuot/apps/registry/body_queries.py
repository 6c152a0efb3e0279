"""Looking at bodies as of a day: one body, its posts and people, its history, what it holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from thongsuot.apps.registry.models import (
    Appointment,
    AppointmentStatus,
    Bloc,
    BodyEdge,
    BodyEventKind,
    BodyKind,
    BodyVersion,
    Coverage,
    Post,
    PostRole,
    Serves,
    UnitVersion,
)
from thongsuot.apps.registry.queries import basis_of, link_of
from thongsuot.apps.registry.values import (
    BodyLink,
    BodyView,
    HistoryLine,
    Holder,
    PostView,
    UnitLink,
)
from thongsuot.rules.kernel.text import sort_key

BLOCS = list(Bloc.values)


def body_as_of(body: int, on: date, at: datetime | None = None) -> BodyView | None:
    """The body as it was on the day, as known now or at a moment; None when it is unknown.

    A body not in force that day is shown as it last was, or first will be.
    """
    rows = BodyVersion.objects.known(at).filter(body=body).select_related("body", "basis")
    versions = list(rows.order_by("since"))
    if not versions:
        return None
    begun = [v for v in versions if v.since is None or v.since <= on]
    version = begun[-1] if begun else versions[0]
    ended = version.until is not None and version.until <= on
    return BodyView(
        id=body,
        key=version.body.key,
        name=version.name,
        short_name=version.short_name,
        kind=version.body.kind,
        kind_name=BodyKind(version.body.kind).label,
        bloc_name=Bloc(version.body.bloc).label,
        since=versions[0].since,
        until=version.until,
        state="ended" if ended else "in-force" if begun else "not-begun",
        version=version.pk,
        demo=version.body.demo,
        authority=version.authority,
        basis=basis_of(version.basis),
        parent=next(iter(links_of([version.parent_id], on)), None) if version.parent_id else None,
        units=_units_of(body, on, ended=ended),
        serves=links_of(_served(body, on), on),
        children=_linked(BodyVersion.objects.on(on, at).filter(parent=body), on),
    )


def _served(body: int, on: date) -> list[int]:
    return list(Serves.objects.on(on).filter(body=body).values_list("served", flat=True))


def acts_in(body: int) -> frozenset[int]:
    """The units in which a body acts, or acted last: what its things stand in, for rights."""
    return frozenset(Coverage.objects.known().filter(body=body).values_list("unit", flat=True))


def _units_of(body: int, on: date, *, ended: bool) -> tuple[UnitLink, ...]:
    """Where the body acts that day; for one that has ended, where it acted last."""
    covered = Coverage.objects.known().filter(body=body)
    if not ended:
        covered = Coverage.objects.on(on).filter(body=body)
    rows = UnitVersion.objects.known().filter(unit__in=covered.values("unit"))
    latest: dict[int, UnitVersion] = {}
    for version in rows.select_related("unit").order_by("since"):
        if version.unit_id not in latest or version.since is None or version.since <= on:
            latest[version.unit_id] = version
    return tuple(sorted((link_of(v, on) for v in latest.values()), key=lambda u: sort_key(u.name)))


def links_of(bodies: Iterable[int], on: date) -> tuple[BodyLink, ...]:
    """Those bodies as they were called on the day, or last before it; in their order of rank."""
    rows = BodyVersion.objects.known().filter(body__in=set(bodies)).select_related("body")
    latest: dict[int, BodyVersion] = {}
    for version in rows.order_by("since"):
        if version.body_id not in latest or version.since is None or version.since <= on:
            latest[version.body_id] = version
    return _sorted(_link(v) for v in latest.values())


def _linked(versions: "QuerySet[BodyVersion]", on: date) -> tuple[BodyLink, ...]:
    """Versions as links, with how many posts and people each body has that day."""
    found = list(versions.select_related("body"))
    ids = {v.body_id for v in found}
    posts = Post.objects.on(on).filter(body__in=ids)
    staff = Appointment.objects.on(on).filter(post__in=posts)
    post_counts = dict(posts.values_list("body").annotate(n=Count("pk")))
    staff_counts = dict(staff.values_list("post__body").annotate(n=Count("person", distinct=True)))
    return _sorted(
        _link(v, posts=post_counts.get(v.body_id, 0), staff=staff_counts.get(v.body_id, 0))
        for v in found
    )


def _link(version: BodyVersion, *, posts: int = 0, staff: int = 0) -> BodyLink:
    body = version.body
    return BodyLink(
        body.pk,
        version.name,
        BodyKind(body.kind).label,
        body.bloc,
        Bloc(body.bloc).label,
        version.since,
        version.until,
        body.demo,
        staff,
        posts,
    )


def _sorted(links: Iterable[BodyLink]) -> tuple[BodyLink, ...]:
    return tuple(sorted(links, key=lambda b: (BLOCS.index(b.bloc), sort_key(b.name))))


def bodies_of(unit: int, on: date, at: datetime | None = None) -> tuple[BodyLink, ...]:
    """The bodies that act in a unit on a day, by bloc, then in dictionary order."""
    covering = Coverage.objects.on(on, at).filter(unit=unit).values("body")
    return _linked(BodyVersion.objects.on(on, at).filter(body__in=covering), on)


def staff_of(body: int, on: date, at: datetime | None = None) -> tuple[PostView, ...]:
    """The posts of a body on a day with whoever is in them. Three queries."""
    posts = list(Post.objects.on(on, at).filter(body=body).order_by("rank", "pk"))
    held = list(
        Appointment.objects.on(on, at)
        .filter(post__in=[p.pk for p in posts])
        .select_related("person")
        .order_by("since", "pk")
    )
    others = _posts_of({a.person_id for a in held}, on, at)
    holders: defaultdict[int, list[Holder]] = defaultdict(list)
    for appointment in held:
        holders[appointment.post_id].append(_holder(appointment, others))
    return tuple(_post(p, holders[p.pk]) for p in posts)


def _post(post: Post, holders: Collection[Holder]) -> PostView:
    return PostView(
        post.pk,
        post.title,
        post.role,
        PostRole(post.role).label,
        post.signature_critical,
        post.since,
        post.until,
        tuple(holders),
    )


def _holder(appointment: Appointment, others: dict[int, dict[int, str]]) -> Holder:
    elsewhere = others.get(appointment.person_id, {})
    return Holder(
        appointment.pk,
        appointment.person_id,
        appointment.person.full_name,
        appointment.since,
        appointment.until,
        appointment.status == AppointmentStatus.PROVISIONAL,
        tuple(title for post, title in elsewhere.items() if post != appointment.post_id),
    )


def _posts_of(
    people: Collection[int], on: date, at: datetime | None = None
) -> dict[int, dict[int, str]]:
    """For each person the posts held that day: post → "title, body". One query."""
    named = BodyVersion.objects.on(on, at)
    rows = (
        Appointment.objects.on(on, at)
        .filter(person__in=people)
        .filter(Q(post__body__versions__in=named) | Q(post__body__versions__isnull=True))
        .values_list("person", "post", "post__title", "post__body__versions__name")
    )
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for person, post, title, body in rows:
        found[person][post] = f"{title}, {body}"
    return dict(found)


def person_history(person: int) -> tuple[Appointment, ...]:
    """Every appointment of a person as now known, newest first, with post loaded."""
    rows = Appointment.objects.known().filter(person=person).select_related("post")
    return tuple(rows.order_by("-since", "-pk"))


def history_of_body(body: int) -> tuple[HistoryLine, ...]:
    """Every name and event of a body with both clocks, newest first; corrected ones too."""
    lines = [
        HistoryLine(
            v.since, v.until, v.name, "", basis_of(v.basis), "", v.authority, v.recorded_at,
            v.superseded_at, v.pk, "version",
        )
        for v in BodyVersion.objects.filter(body=body).select_related("basis")
    ]  # fmt: skip
    edges = (
        BodyEdge.objects.filter(Q(src=body) | Q(dst=body))
        .select_related("event__basis")
        .order_by("event", "pk")
    )
    rows = list(edges)
    ends = {e for row in rows for e in (row.src_id, row.dst_id) if e is not None and e != body}
    names = {link.id: link.name for link in links_of(ends, date.max)}
    by_event: defaultdict[int, list[BodyEdge]] = defaultdict(list)
    for row in rows:
        by_event[row.event_id].append(row)
    for group in by_event.values():
        event = group[0].event
        others = [names[e] for row in group for e in (row.src_id, row.dst_id) if e in names]
        lines.append(
            HistoryLine(
                event.on, None, BodyEventKind(event.kind).label, ", ".join(others),
                basis_of(event.basis), "", event.authority, event.recorded_at,
                event.superseded_at, event.pk, "event",
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda x: (x.on or date.min, x.recorded_at), reverse=True))
