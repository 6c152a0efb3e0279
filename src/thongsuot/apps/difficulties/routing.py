"""Asks the rules of authority who is competent, and the registry who is above."""

from datetime import date

from django.db.models import Q

from thongsuot.apps.authority.queries.card import who_may
from thongsuot.apps.authority.words import REASONS, cited, office_words
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import BodyKind, BodyVersion, Coverage, UnitVersion
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.rules.authority.asking import Answer
from thongsuot.rules.authority.table import State
from thongsuot.rules.difficulties.lifecycle import due_on
from thongsuot.rules.difficulties.routing import (
    DOUBTFUL,
    GAP,
    ONE,
    UNASKED,
    Competence,
    Route,
    route,
)

TIERS = 6  # more than any real chain of parents; ends a chain that bites its tail
HEAD_KINDS = (
    BodyKind.PEOPLES_COMMITTEE,
    BodyKind.PARTY_COMMITTEE,
    BodyKind.STEERING_COMMITTEE,
)


def exists_on(body: int, on: date) -> bool:
    """Whether a body acts on a day."""
    return BodyVersion.objects.on(on).filter(body=body).exists()


def superiors(body: int, on: date) -> tuple[int, ...]:
    """The bodies above one on a day, nearest first: its parents, then who governs the units above."""
    found: list[int] = []
    at = body
    for _step in range(TIERS):
        parent = BodyVersion.objects.on(on).filter(body=at).values_list("parent", flat=True).first()
        if not parent or parent in found or parent == body:
            break
        found.append(parent)
        at = parent
    kind = BodyVersion.objects.known().filter(body=at).values_list("body__kind", flat=True).first()
    kinds = [kind, *HEAD_KINDS] if kind in HEAD_KINDS else list(HEAD_KINDS)
    units = list(Coverage.objects.on(on).filter(body=body).values_list("unit", flat=True))
    if kind not in HEAD_KINDS:  # an office without a parent answers to who governs its own unit
        found += [b for b in _governing(units, on, list(kinds)) if b not in found and b != body]
    for _step in range(TIERS):
        above = list(
            UnitVersion.objects.known()  # a ward that begins later has its superior already
            .filter(Q(until__isnull=True) | Q(until__gt=on), unit__in=units, parent__isnull=False)
            .values_list("parent", flat=True)
        )
        if not above:
            break
        found += [b for b in _governing(above, on, list(kinds)) if b not in found and b != body]
        units = above
    return tuple(found)


def _governing(units: list[int], on: date, kinds: list[str | None]) -> list[int]:
    """The committees of some units: of the same kind as the asker first."""
    rows = BodyVersion.objects.on(on).filter(
        body__in=Coverage.objects.on(on).filter(unit__in=units).values("body"),
        body__kind__in=[k for k in kinds if k],
    )
    pairs = rows.values_list("body", "body__kind").order_by("body")
    return [pk for pk, kind in sorted(pairs, key=lambda pair: (kinds.index(pair[1]), pair[0]))]


def competence_of(matter: str, body: int, on: date) -> Competence:
    """Who is competent for a matter where a body acts, on a day, by the rules of authority.

    Where it acts in several units the first that gives one body counts; a gap or a doubt of the
    first otherwise.
    """
    if not matter:
        return Competence(UNASKED)
    answers = [who_may(matter, place, on) for place in sorted(acts_in(body))]
    if not answers:
        return Competence(GAP)
    best = next((a for a in answers if a.state == ONE and a.body is not None), answers[0])
    return _as_competence(best)


def _as_competence(answer: Answer) -> Competence:
    """An answer of authority as difficulties need it."""
    rules = answer.basis or answer.near
    basis = "; ".join(dict.fromkeys(cited(r.basis) for r in rules))
    reason = str(REASONS.get(answer.reason, answer.reason)) if answer.reason else ""
    if answer.state == ONE:
        post = answer.post.label if answer.post else ""
        if not post and answer.office is not None:
            post = office_words(answer.office)
        return Competence(ONE, answer.body.body if answer.body else 0, post, basis)
    doubt = answer.state == State.DOUBTFUL
    return Competence(
        DOUBTFUL if doubt else GAP, 0, "", basis, tuple(t for t in (reason, basis) if t)
    )


def route_for(matter: str, body: int, on: date) -> Route:
    """Whom a difficulty of a body goes to on a day: never nobody."""
    return route(competence_of(matter, body, on), body, superiors(body, on))


def due_for(on: date, *, urgent: bool) -> date:
    """The working day by which an answer to something raised on a day is due."""
    return due_on(on, calendar_around(on.year), urgent=urgent)
