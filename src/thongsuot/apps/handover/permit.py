"""The table of rights, turned into refusals and into sets of rows."""

from django.db.models import Q, QuerySet

from thongsuot.apps.handover.models import (
    DisputeLine,
    Item,
    Minutes,
    Transition,
    TransitionBody,
)
from thongsuot.apps.handover.models.choices import Allocation, MinutesState
from thongsuot.foundation.among import within
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.handover.access import (
    AREA,
    GIVER,
    RECEIVER,
    TABLE,
    Relation,
    Scope,
    check_may,
    scope_of,
)
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

NOTHING = Q(pk__in=())


def allow(actor: Actor, act: str, to: Relation) -> None:
    """Refuse (403) whoever may not do that here."""
    problem = check_may(actor, act, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def _bodies(actor: Actor) -> frozenset[int]:
    return frozenset() if actor.hat is None else actor.hat.bodies | {actor.hat.body}


def gives_for(bodies: frozenset[int]) -> frozenset[int]:
    """The bodies, and the ended ones that one of them answers for as the residual desk."""
    ended = TransitionBody.objects.filter(
        ended_on__isnull=False, transition__residual__in=bodies
    ).values_list("body", flat=True)
    return bodies | frozenset(ended)


def answering(transition: Transition, giver: int) -> int:
    """Who answers for a giver: itself, or after its end the residual desk of the transition."""
    ended = TransitionBody.objects.filter(
        transition=transition, body=giver, ended_on__isnull=False
    ).exists()
    return transition.residual_id if ended and transition.residual_id else giver


def items_for(actor: Actor, act: str, transition: Transition) -> "QuerySet[Item]":
    """The items of a transition on which the person may do that.

    Raises Refused (403) when the post acted in may do it on no item of this transition at all.
    """
    rows = Item.objects.filter(transition=transition)
    allowed, role, hat = TABLE[act], actor.role, actor.hat
    if hat is not None and role in allowed.get(AREA, ()) and transition.unit_id in hat.area:
        return rows
    where = NOTHING
    if role in allowed.get(GIVER, ()):
        where |= Q(giver__in=gives_for(_bodies(actor)))
    if role in allowed.get(RECEIVER, ()):
        where |= Q(receiver__in=_bodies(actor), allocation=Allocation.CONFIRMED)
    if where == NOTHING:
        allow(actor, act, Relation(place=transition.unit_id))
    return rows.filter(where)


def visible_items(actor: Actor) -> "QuerySet[Item]":
    """Every item that the person may see in the post acted in.

    A giver sees its own; a receiver what is confirmed to come to it; steering and inspection all
    of their area; an operator nothing.
    """
    return Item.objects.filter(_seen(scope_of(actor)))


def visible_in(actor: Actor, transition: Transition) -> "QuerySet[Item]":
    """What the person may see of one transition: as ``visible_items``, without joining to it."""
    scope, items = scope_of(actor), Item.objects.filter(transition=transition)
    if scope.area:
        return items if transition.unit_id in scope.area else items.none()
    return items.filter(_seen(scope))


def _seen(scope: Scope) -> Q:
    if scope.area:
        return within("transition__unit_id", scope.area)
    if scope.bodies:
        coming = Q(receiver__in=scope.bodies, allocation=Allocation.CONFIRMED)
        return Q(giver__in=gives_for(scope.bodies)) | coming
    return NOTHING


def visible_minutes(actor: Actor) -> "QuerySet[Minutes]":
    """Every minutes that the person may see: of the area, or with an own body on either side."""
    scope = scope_of(actor)
    if scope.area:
        return Minutes.objects.filter(within("transition__unit_id", scope.area))
    if scope.bodies:
        mine = Q(giver__in=gives_for(scope.bodies)) | Q(receiver__in=scope.bodies)
        return Minutes.objects.filter(mine)
    return Minutes.objects.none()


def visible_transitions(actor: Actor) -> "QuerySet[Transition]":
    """Every transition that the person has a part in: its place in the area, or a body in it."""
    scope = scope_of(actor)
    if scope.area:
        return Transition.objects.filter(within("unit_id", scope.area))
    if scope.bodies:
        mine = Q(bodies__body__in=scope.bodies) | Q(residual__in=scope.bodies)
        teams = Q(teams__team__in=scope.bodies) | Q(teams__for_body__in=scope.bodies)
        return Transition.objects.filter(mine | teams).distinct()
    return Transition.objects.none()


def disputed_by(actor: Actor) -> "QuerySet[DisputeLine]":
    """The lines of disputes to which a body that the person may look into is a party."""
    return DisputeLine.objects.filter(body__in=scope_of(actor).bodies)


def item_in_sight(actor: Actor, item_id: int) -> Item:
    """The item, when the person may see it, or was party to a dispute or signed minutes about it.

    Raises Refused (404) otherwise: not there and not for you are one answer.
    """
    item = visible_items(actor).filter(pk=item_id).first()
    if item is None:
        on_paper = visible_minutes(actor).filter(state=MinutesState.SIGNED, lines__item=item_id)
        party = disputed_by(actor).filter(item=item_id)
        seen = on_paper.exists() or party.exists()
        item = Item.objects.filter(pk=item_id).first() if seen else None
    if item is None:
        raise Refused.missing(Problem("handover.item-missing"))
    return item


def transition_in_sight(actor: Actor, transition_id: int) -> Transition:
    """The transition, when the person has a part in it. Raises Refused (404) otherwise."""
    found = visible_transitions(actor).filter(pk=transition_id).first()
    if found is None:
        raise Refused.missing(Problem("handover.transition-missing"))
    return found


def minutes_in_sight(actor: Actor, minutes_id: int) -> Minutes:
    """The minutes, when the person may see them. Raises Refused (404) otherwise."""
    found = visible_minutes(actor).filter(pk=minutes_id).first()
    if found is None:
        raise Refused.missing(Problem("handover.minutes-missing"))
    return found
