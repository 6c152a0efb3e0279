"""The table of rights, turned into refusals and into sets of rows."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from thongsuot.apps.reporting.models import (
    Brief,
    Form,
    Indicator,
    Recipient,
    Return,
    Round,
    Scores,
    Series,
    Snapshot,
)
from thongsuot.foundation.among import within
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.reporting.access import Stand, check_may, may

LARGEST = 2**63 - 1
M = TypeVar("M", bound=Model)
AREA_READERS = frozenset({Role.STEERING, Role.INSPECTOR})


def own_bodies(actor: Actor) -> frozenset[int]:
    """The bodies the post acted in speaks for; none for an operator or without a post."""
    if actor.hat is None or actor.hat.role is Role.OPERATOR:
        return frozenset()
    return actor.hat.bodies | {actor.hat.body}


def area(actor: Actor) -> frozenset[int]:
    """The units whose reports the post acted in may read; empty for an ordinary post."""
    if actor.hat is None or actor.hat.role not in AREA_READERS:
        return frozenset()
    return actor.hat.area


def visible_returns(actor: Actor) -> "QuerySet[Return]":
    """Every return the person may see: one's own, those one gathers, those of one's area."""
    mine, places = own_bodies(actor), area(actor)
    if not mine and not places:
        return Return.objects.none()
    sight = Q(body__in=mine) | Q(round__series__body__in=mine)
    if places:
        sight |= within("unit_id", places)
    return Return.objects.filter(sight)


def visible_series(actor: Actor) -> "QuerySet[Series]":
    """Every series the person gathers or reports to, or that reaches into the area."""
    mine, places = own_bodies(actor), area(actor)
    if not mine and not places:
        return Series.objects.none()
    owing = Q(expected__body__in=mine)
    if places:
        owing |= Q(expected__unit__in=places)
    ids = Series.objects.filter(owing).values("pk")
    return Series.objects.filter(Q(body__in=mine) | Q(pk__in=ids))


def gathered_series(actor: Actor) -> "QuerySet[Series]":
    """The series whose whole the person may see: one's body gathers it, or it lies in the area."""
    mine, places = own_bodies(actor), area(actor)
    if not mine and not places:
        return Series.objects.none()
    sight = Q(body__in=mine)
    if places:
        sight |= Q(body__coverages__unit__in=places, body__coverages__superseded_at__isnull=True)
    ids = Series.objects.filter(sight).values("pk")
    return Series.objects.filter(pk__in=ids)


def visible_forms(actor: Actor) -> "QuerySet[Form]":
    """The forms of the person's bodies, and those they are asked to fill in."""
    asked = visible_series(actor).values("form")
    return Form.objects.filter(Q(body__in=own_bodies(actor)) | Q(pk__in=asked))


def _one(rows: "QuerySet[M]", pk: int, code: str) -> M:
    found = rows.filter(pk=pk).first() if 0 < pk <= LARGEST else None
    if found is None:
        raise Refused.missing(Problem(code))
    return found


def return_in_sight(actor: Actor, pk: int) -> Return:
    """The return, when the person may see it. Raises Refused (404) otherwise."""
    rows = visible_returns(actor).select_related("round__series__form", "round__version__form")
    return _one(rows, pk, "reporting.return-missing")


def series_in_sight(actor: Actor, pk: int, *, whole: bool = False) -> Series:
    """The series, when the person may see it; ``whole``: and everything that was reported."""
    rows = gathered_series(actor) if whole else visible_series(actor)
    return _one(rows.select_related("form"), pk, "reporting.series-missing")


def round_in_sight(actor: Actor, pk: int) -> Round:
    """The period, when the person may see the whole of it. Raises Refused (404) otherwise."""
    rows = Round.objects.filter(series__in=gathered_series(actor).values("pk"))
    return _one(rows.select_related("series__form", "version__form"), pk, "reporting.round-missing")


def recipient_in_sight(actor: Actor, pk: int) -> Recipient:
    """The recipient, when the person sees the series whole. Raises Refused (404) otherwise."""
    rows = Recipient.objects.filter(series__in=gathered_series(actor).values("pk"))
    return _one(rows.select_related("series__form"), pk, "reporting.recipient-missing")


def visible_snapshots(actor: Actor) -> "QuerySet[Snapshot]":
    """Every snapshot of a series that the person sees whole."""
    return Snapshot.objects.filter(recipient__series__in=gathered_series(actor).values("pk"))


def snapshot_in_sight(actor: Actor, pk: int) -> Snapshot:
    """The snapshot, when the person may see it. Raises Refused (404) otherwise."""
    rows = visible_snapshots(actor).select_related("recipient__series__form")
    return _one(rows, pk, "reporting.snapshot-missing")


def visible_briefs(actor: Actor) -> "QuerySet[Brief]":
    """Every brief on a snapshot in sight."""
    return Brief.objects.filter(snapshot__in=visible_snapshots(actor).values("pk"))


def brief_in_sight(actor: Actor, pk: int) -> Brief:
    """The brief, when the person may see it. Raises Refused (404) otherwise."""
    rows = visible_briefs(actor).select_related(
        "snapshot__recipient__series__form", "template__file"
    )
    return _one(rows, pk, "reporting.brief-missing")


def form_in_sight(actor: Actor, pk: int) -> Form:
    """The form, when the person may see it. Raises Refused (404) otherwise."""
    return _one(visible_forms(actor), pk, "reporting.form-missing")


def visible_indicators(actor: Actor) -> "QuerySet[Indicator]":
    """Every indicator on a series that the person sees whole."""
    return Indicator.objects.filter(series__in=gathered_series(actor).values("pk"))


def indicator_in_sight(actor: Actor, pk: int) -> Indicator:
    """The indicator, when the person may see it. Raises Refused (404) otherwise."""
    rows = visible_indicators(actor).select_related("series__form")
    return _one(rows, pk, "reporting.indicator-missing")


def visible_scores(actor: Actor) -> "QuerySet[Scores]":
    """The self-assessments of one's bodies, and of the bodies of one's area."""
    sight = Q(body__in=own_bodies(actor))
    if area(actor):
        sight |= Q(
            body__coverages__unit__in=area(actor), body__coverages__superseded_at__isnull=True
        )
    ids = Scores.objects.filter(sight).values("pk")
    return Scores.objects.filter(pk__in=ids)


def stand_of(thing: Any) -> Stand:
    """How people stand to a return, a series, a form or what hangs on them."""
    if isinstance(thing, Return):
        return Stand(thing.round.series.body_id, thing.body_id, thing.unit_id or 0)
    if isinstance(thing, Round):
        return Stand(thing.series.body_id)
    if isinstance(thing, Recipient):
        return Stand(thing.series.body_id)
    if isinstance(thing, Snapshot):
        return Stand(thing.recipient.series.body_id)
    if isinstance(thing, Brief):
        return Stand(thing.snapshot.recipient.series.body_id)
    return Stand(int(thing.body_id))


def allowed(actor: Actor, act: str, thing: Any) -> bool:
    """Whether the post acted in may do that to the thing: what a page offers."""
    return may(actor, act, stand_of(thing))


def allow(actor: Actor, act: str, thing: Any) -> None:
    """Refuse (403) whoever may not do that to the thing."""
    allow_as(actor, act, stand_of(thing))


def allow_as(actor: Actor, act: str, stand: Stand) -> None:
    """Refuse (403) whoever does not stand so that the act is theirs."""
    problem = check_may(actor, act, stand)
    if problem is not None:
        raise Refused.forbidden(problem)
