"""Rights come from posts: what a person may act as on a given day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest

from thongsuot.apps.registry.models import (
    Appointment,
    BodyVersion,
    Coverage,
    Post,
    Serves,
    UnitEdge,
    UnitLevel,
    UnitVersion,
)
from thongsuot.rules.kernel.actor import Actor, Hat, Role

NOBODY = Actor(user=0, name="")
READS_AN_AREA = frozenset({Role.STEERING, Role.INSPECTOR})


class ActorRequest(HttpRequest):
    """A request that has passed the actor middleware."""

    actor: Actor


def actor_of(
    user: AbstractBaseUser | AnonymousUser, on: date, appointment_id: int | None = None
) -> Actor:
    """The person behind an account with every post held on that day.

    Shapes: without ``appointment_id`` the hat is the first post by rank. With it the hat is
    exactly that post, or None when it is not held on ``on``: a token bound to a post that has
    ended may do nothing, whatever else its owner does.
    """
    if user.pk is None:
        return NOBODY
    rows = tuple(_appointments_of(user.pk, on))
    hats = _hats(rows, on)
    if appointment_id is None:
        hat = hats[0] if hats else None
    else:
        hat = next((h for h in hats if h.appointment == appointment_id), None)
    name = rows[0]["person__full_name"] if rows else getattr(user, "full_name", "") or str(user)
    return Actor(user=user.pk, name=name, hats=hats, hat=hat)


def _appointments_of(user_id: int, on: date) -> Iterable[Mapping[str, Any]]:
    named = BodyVersion.objects.on(on).filter(body=OuterRef("post__body")).values("name")[:1]
    return (
        Appointment.objects.on(on)
        .filter(person__account=user_id, post__in=Post.objects.on(on))
        .annotate(body_name=Subquery(named))
        .order_by("post__rank", "id")
        .values("id", "post__title", "post__role", "post__body", "person__full_name", "body_name")
    )


def _hats(rows: Iterable[Mapping[str, Any]], on: date) -> tuple[Hat, ...]:
    held = tuple(rows)
    served = _served_by({r["post__body"] for r in held}, on)
    readers = {r["post__body"] for r in held if Role(r["post__role"]) in READS_AN_AREA}
    areas = areas_of(readers, on) if readers else {}
    return tuple(
        Hat(
            appointment=r["id"],
            role=Role(r["post__role"]),
            post=r["post__title"],
            body=r["post__body"],
            body_name=r["body_name"] or "",
            bodies=frozenset({r["post__body"], *served[r["post__body"]]}),
            area=areas.get(r["post__body"], frozenset())
            if Role(r["post__role"]) in READS_AN_AREA
            else frozenset(),
        )
        for r in held
    )


def _served_by(bodies: set[int], on: date) -> defaultdict[int, set[int]]:
    served: defaultdict[int, set[int]] = defaultdict(set)
    if bodies:
        pairs = Serves.objects.on(on).filter(body__in=bodies).values_list("body", "served")
        for body, other in pairs:
            served[body].add(other)
    return served


def areas_of(bodies: Iterable[int], on: date) -> dict[int, frozenset[int]]:
    """For each body, the territories it acts in and everything below them up to that day.

    Shapes: a unit that has ended stays in the area, and so do the units of a province that was
    merged into the one asked about: a steering committee answers for what it inherited.
    """
    covered: defaultdict[int, set[int]] = defaultdict(set)
    pairs = Coverage.objects.on(on).filter(body__in=set(bodies)).values_list("body", "unit")
    for body, unit in pairs:
        covered[body].add(unit)
    inherited: defaultdict[int, set[int]] = defaultdict(set)
    roots = {unit for units in covered.values() for unit in units}
    merged = UnitEdge.objects.known().filter(
        dst__in=roots, dst__level=UnitLevel.PROVINCE, src__isnull=False, event__on__lte=on
    )
    for dst, src in merged.values_list("dst", "src"):
        inherited[dst].add(src)
    tops = {
        body: units | {src for unit in units for src in inherited[unit]}
        for body, units in covered.items()
    }
    below = _below({unit for units in tops.values() for unit in units}, on)
    return {
        body: frozenset(units | {b for unit in units for b in below[unit]})
        for body, units in tops.items()
    }


def _below(tops: set[int], on: date) -> defaultdict[int, set[int]]:
    """Every unit that stood one or two tiers below each of ``tops``, until that day."""
    begun = UnitVersion.objects.known().filter(Q(since__isnull=True) | Q(since__lte=on))
    nearer = begun.filter(parent__in=tops).values("unit")
    children: defaultdict[int, set[int]] = defaultdict(set)
    rows = begun.filter(Q(parent__in=tops) | Q(parent__in=nearer))
    for parent, unit in rows.values_list("parent", "unit"):
        children[parent].add(unit)
    below: defaultdict[int, set[int]] = defaultdict(set)
    for top in tops:
        below[top] = set(children[top]).union(*(children[c] for c in children[top]))
    return below
