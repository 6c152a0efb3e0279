"""Who may do and see what of commendations, turned into refusals and into sets of rows."""

from django.db.models import Q, QuerySet

from thongsuot.apps.oversight.models import Commendation
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.oversight.commendation import Sides, check_may

READERS = frozenset({Role.STEERING, Role.INSPECTOR})


def sides(row: Commendation) -> Sides:
    """The bodies around a commendation."""
    asked = frozenset(row.views.values_list("body", flat=True))
    return Sides(row.proposer_id, row.decider_id, asked)


def allow(actor: Actor, act: str, to: Sides) -> None:
    """Refuse (403) whoever may not do that."""
    problem = check_may(actor, act, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def own_bodies(actor: Actor) -> frozenset[int]:
    """The bodies the post acted in speaks for; none for an operator or without a post."""
    hat = actor.hat
    if hat is None or hat.role is Role.OPERATOR:
        return frozenset()
    return hat.bodies | {hat.body}


def visible(actor: Actor) -> "QuerySet[Commendation]":
    """What one's bodies proposed, decide or were asked about, and what is one's own.

    Whoever is commended sees it once it was decided, and so does the body; the area's readers see
    everything in their area.
    """
    mine, hat = own_bodies(actor), actor.hat
    given = Q(state__in=("decided", "announced"))
    sight = Q(person__account=actor.user) & given if actor.user else Q(pk__in=[])
    if mine:
        asked = Commendation.objects.filter(views__body__in=mine).order_by().values("pk")
        sight |= Q(proposer__in=mine) | Q(decider__in=mine) | Q(pk__in=asked)
        sight |= Q(body__in=mine) & given
    if mine and hat is not None and hat.role in READERS:
        sight |= Q(unit__in=hat.area)
    return Commendation.objects.filter(sight)


def in_sight(actor: Actor, pk: int) -> Commendation:
    """The commendation, when the person may see it. Raises Refused (404) otherwise."""
    found = visible(actor).filter(pk=pk).first() if 0 < pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("oversight.missing"))
    return found
