"""Who may do and see what of procedures, turned into refusals and into sets of rows."""

from django.db.models import Q, QuerySet

from thongsuot.apps.procedures.models import Dossier, Shop
from thongsuot.apps.registry.models import BodyKind, BodyVersion
from thongsuot.foundation.among import within
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.procedures.access import Relation, check_may, may

READS_AREA = frozenset({Role.STEERING, Role.INSPECTOR})
DESKS = (BodyKind.SERVICE_CENTRE.value, BodyKind.PEOPLES_COMMITTEE.value)


def relation(shop: Shop) -> Relation:
    """A shop as far as access goes."""
    return Relation(shop.body_id, frozenset({shop.unit_id}))


def allow(actor: Actor, act: str, to: Relation) -> None:
    """Refuse (403) whoever may not do that."""
    problem = check_may(actor, act, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def allowed(actor: Actor, act: str, to: Relation) -> bool:
    """Whether the post acted in may do that; what a page offers."""
    return may(actor, act, to)


def over_area(actor: Actor) -> Relation:
    """Everything in the area of the post: for acts that concern all of it."""
    return Relation(places=actor.hat.area if actor.hat else frozenset())


def visible(actor: Actor) -> "QuerySet[Dossier]":
    """The dossiers of the post's desks and bodies, or of its area; an operator none."""
    hat = actor.hat
    rows = Dossier.objects.all()
    if hat is None or hat.role is Role.OPERATOR:
        return rows.none()
    mine = hat.bodies | {hat.body}
    own = Q(body__in=mine) | Q(shop__body__in=mine)
    if hat.role in READS_AREA:
        return rows.filter(own | within("shop__unit_id", hat.area))
    return rows.filter(own)


def in_sight(actor: Actor, pk: int) -> Dossier:
    """The dossier, when it is in sight. Raises Refused (404) otherwise, always the same."""
    found = visible(actor).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("procedures.missing"))
    return found


def shop_there(pk: int) -> Shop:
    """A shop: they are public. Raises Refused (404) when there is none."""
    found = Shop.objects.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("procedures.shop-missing"))
    return found


def desk_body(actor: Actor) -> int:
    """The body of the post that may keep a shop: a service centre, else a committee; 0 when none."""
    hat = actor.hat
    if hat is None:
        return 0
    rows = BodyVersion.objects.known().filter(
        body__in=hat.bodies | {hat.body}, body__kind__in=DESKS
    )
    found = dict(rows.order_by("pk").values_list("body__kind", "body"))
    return next((found[kind] for kind in DESKS if kind in found), 0)
