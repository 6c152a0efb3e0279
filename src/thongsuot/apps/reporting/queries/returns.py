"""Looking at one return: what stands, what stood last time, what the system knows by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from thongsuot.apps.reporting import figures, permit
from thongsuot.apps.reporting.models import Filing, FilingKind, Return
from thongsuot.apps.reporting.values import from_kept
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.reporting.forms import Form, Value
from thongsuot.rules.reporting.returns import RECEIVED, Came, Standing, standing_of

COUNTS = (FilingKind.SUBMITTED, FilingKind.NOTHING)


@dataclass(frozen=True, slots=True)
class Before:
    """What a unit reported for the period before."""

    return_id: int
    values: dict[str, Value]


def last_filing(owner: Return) -> Filing | None:
    """The newest filing of a return, a draft too; None when nobody wrote anything yet."""
    return owner.filings.order_by("-number").first()


def standing_filing(owner: Return) -> Filing | None:
    """The filing that counts: the last submitted one, unless it was recalled since."""
    if owner.received_at is None:
        return None
    return owner.filings.filter(kind__in=COUNTS).order_by("-number").first()


def before_of(owner: Return) -> Before | None:
    """What the same body reported for the last period before this one; None when nothing."""
    found = (
        Filing.objects.filter(
            owner__body=owner.body_id,
            owner__round__series=owner.round.series_id,
            owner__round__since__lt=owner.round.since,
            owner__received_at__isnull=False,
            kind__in=COUNTS,
        )
        .order_by("-owner__round__since", "-number")
        .first()
    )
    return Before(found.owner_id, from_kept(found.values)) if found else None


def known_figures(form: Form, owner: Return, *, at: datetime) -> dict[str, figures.Known]:
    """What the system knows by itself for the fields that ask for it, by the key of the field.

    As of the last day of the period, or of today while it still runs.
    """
    last = owner.round.period.last_day
    day = min(last, at.date()) if last else at.date()
    asked = figures.Asked(owner.body_id, owner.unit_id, day)
    found: dict[str, figures.Known] = {}
    for one in form.fields:
        known = figures.known(one.figure, asked) if one.figure else None
        if known is not None:
            found[one.key] = known
    return found


def came(rows: Iterable[Return], names: dict[int, str]) -> list[Came]:
    """Returns as the counts take them."""
    return [Came(names.get(r.body_id, str(r.body_id)), r.received_at, r.nothing) for r in rows]


def standing(owner: Return, now: datetime) -> Standing:
    """In which count a return stands at a moment. The period must be loaded."""
    return standing_of(Came("", owner.received_at, owner.nothing), owner.round.due_at, now)


def owed(actor: Actor, now: datetime) -> "QuerySet[Return]":
    """What the person's bodies still owe of the periods opened so far, the nearest deadline first."""
    mine = permit.own_bodies(actor)
    missing = Q(received_at__isnull=True) | Q(unlocked=True) | ~Q(state__in=RECEIVED)
    open_ = Q(round__locked_at__isnull=True) | Q(unlocked=True)
    return (
        Return.objects.filter(missing, open_, body__in=mine, round__opened_at__lte=now)
        .select_related("round__series")
        .order_by("round__due_at", "pk")
    )


def delivered(actor: Actor, now: datetime) -> "QuerySet[Return]":
    """What the person's bodies delivered so far, the newest period first."""
    return (
        Return.objects.filter(body__in=permit.own_bodies(actor), received_at__lte=now)
        .select_related("round__series")
        .order_by("-round__since", "pk")
    )
