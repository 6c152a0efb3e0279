"""Who may do and see what of settling, turned into refusals and into sets of rows."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from thongsuot.apps.handover import permit as handover
from thongsuot.apps.handover.models import Item, Transition, TransitionBody
from thongsuot.apps.handover.models.choices import TransitionSide
from thongsuot.apps.settling.models import Bundle, Seal
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.handover.access import Relation, scope_of
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.settling.access import check_may, may


def _relation(transition: Transition, giver: int, receiver: int = 0) -> Relation:
    answers = handover.answering(transition, giver) if giver else 0
    return Relation(answers, receiver, transition.unit_id)


def allow(
    actor: Actor, act: str, transition: Transition, giver: int = 0, receiver: int = 0
) -> None:
    """Refuse (403) whoever may not do that for this body here."""
    problem = check_may(actor, act, _relation(transition, giver, receiver))
    if problem is not None:
        raise Refused.forbidden(problem)


def allowed(
    actor: Actor, act: str, transition: Transition, giver: int = 0, receiver: int = 0
) -> bool:
    """Whether the post acted in may do that for this body here; what a page offers."""
    return may(actor, act, _relation(transition, giver, receiver))


def allowed_somewhere(actor: Actor, acts: Iterable[str], transition: Transition) -> frozenset[str]:
    """Which of these acts the post acted in may do for some ending body here; three queries at most."""
    bodies = bodies_in_sight(actor, transition)
    ended = frozenset(
        TransitionBody.objects.filter(
            transition=transition, body__in=bodies, ended_on__isnull=False
        ).values_list("body", flat=True)
    )
    desk = transition.residual_id
    givers = {desk if desk and body in ended else body for body in bodies}
    to = [Relation(giver, 0, transition.unit_id) for giver in givers]
    return frozenset(act for act in acts if any(may(actor, act, one) for one in to))


def bodies_in_sight(actor: Actor, transition: Transition) -> frozenset[int]:
    """The ending bodies whose finance the person may see: one's own, or all of one's area."""
    ends = frozenset(
        TransitionBody.objects.filter(transition=transition, side=TransitionSide.ENDS).values_list(
            "body", flat=True
        )
    )
    scope = scope_of(actor)
    if scope.area:
        return ends if transition.unit_id in scope.area else frozenset()
    return ends & handover.gives_for(scope.bodies) if scope.bodies else frozenset()


def visible_seals(actor: Actor, transition: Transition) -> "QuerySet[Seal]":
    """The seals of a transition that the person may see: of own bodies, or of the area."""
    scope = scope_of(actor)
    rows = Seal.objects.filter(transition=transition)
    if scope.area:
        return rows if transition.unit_id in scope.area else rows.none()
    if scope.bodies:
        own = handover.gives_for(scope.bodies)
        return rows.filter(Q(body__in=own) | Q(receiver__in=scope.bodies))
    return rows.none()


def visible_bundles(actor: Actor, transition: Transition) -> "QuerySet[Bundle]":
    """The bundles of a transition whose lead the person may see."""
    items = handover.visible_in(actor, transition)
    return Bundle.objects.filter(transition=transition, lead__in=items.values("pk"))


def seen_items(actor: Actor, transition: Transition) -> "QuerySet[Item]":
    """What the person may see of the inventory of a transition."""
    return handover.visible_in(actor, transition)
