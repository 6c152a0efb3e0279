"""Who may do and see what of difficulties, turned into refusals and into sets of rows."""

from typing import Any

from django.db.models import Q, QuerySet

from thongsuot.apps.difficulties.models import Difficulty, Situation
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.naming import units_of_area
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.difficulties.access import Relation, check_may, may
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

READS_AREA = frozenset({Role.STEERING, Role.INSPECTOR})


def relation(row: Difficulty) -> Relation:
    """A difficulty as far as access goes."""
    places = acts_in(row.raiser_id) | ({row.unit_id} if row.unit_id else set())
    return Relation(row.raiser_id, row.holder_id, frozenset(places))


def allow(actor: Actor, act: str, to: Relation) -> None:
    """Refuse (403) whoever may not do that."""
    problem = check_may(actor, act, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def allowed(actor: Actor, act: str, to: Relation) -> bool:
    """Whether the post acted in may do that; what a page offers."""
    return may(actor, act, to)


def visible(actor: Actor) -> "QuerySet[Difficulty]":
    """The difficulties that concern the post: raised, joined or held by its bodies, or of its area.

    An operator sees no content. Those that were joined are seen by all who have the same.
    """
    hat = actor.hat
    rows = Difficulty.objects.all()
    if hat is None or hat.role is Role.OPERATOR:
        return rows.none()
    mine = hat.bodies | {hat.body}
    own = Q(raiser__in=mine) | Q(holder__in=mine)
    passed = Q(pk__in=_stepped(mine)) | Q(pk__in=_roots_of(mine))
    if hat.role in READS_AREA:
        return rows.filter(own | passed | units_of_area(hat.area))
    return rows.filter(own | passed)


def _stepped(bodies: frozenset[int]) -> "QuerySet[Any, Any]":
    """What went through these bodies on its way."""
    return Difficulty.objects.filter(steps__to_body__in=bodies).order_by().values("pk")


def _roots_of(bodies: frozenset[int]) -> "QuerySet[Any, Any]":
    """What these bodies joined."""
    rows = Difficulty.objects.filter(raiser__in=bodies, same_as__isnull=False)
    return rows.order_by().values("same_as")


def in_sight(actor: Actor, pk: int) -> Difficulty:
    """The difficulty, when it concerns the post. Raises Refused (404) otherwise, always the same."""
    found = visible(actor).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("difficulties.missing"))
    return found


def situation_in_sight(actor: Actor, pk: int) -> Situation:
    """A situation of the library, for anybody in a post. Raises Refused (404) otherwise."""
    sees = actor.hat is not None and actor.hat.role is not Role.OPERATOR
    found = Situation.objects.filter(pk=pk).first() if sees and pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("difficulties.situation-missing"))
    return found
