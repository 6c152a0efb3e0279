"""The table of rights, turned into refusals and into sets of rows."""

from django.db.models import QuerySet

from thongsuot.apps.digitising.models import Fonds
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import Coverage
from thongsuot.foundation.among import within
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.digitising import access
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem


def may(actor: Actor, act: str, body: int) -> bool:
    """Whether the post acted in may do that at a fonds of the body: what a page offers."""
    return access.may(actor, act, body, acts_in(body))


def allow(actor: Actor, act: str, body: int) -> None:
    """Refuse (403) whoever may not do that there."""
    problem = access.check_may(actor, act, body, acts_in(body))
    if problem is not None:
        raise Refused.forbidden(problem)


def visible_fonds(actor: Actor) -> "QuerySet[Fonds]":
    """Every fonds of an own body; for steering and inspection every fonds of their area."""
    hat = actor.hat
    if hat is None or hat.role not in access.STAFF | access.READERS:
        return Fonds.objects.none()
    if hat.role in access.READERS:
        covered = Coverage.objects.known().filter(within("unit_id", hat.area)).values("body")
        return Fonds.objects.filter(body__in=covered)
    return Fonds.objects.filter(body__in=hat.bodies | {hat.body})


def fonds_in_sight(actor: Actor, fonds_id: int) -> Fonds:
    """The fonds, when the person may see it.

    Raises Refused (404) otherwise: not there and not for you are one answer.
    """
    found = None
    if fonds_id < 2**63:
        found = visible_fonds(actor).filter(pk=fonds_id).first()
    if found is None:
        raise Refused.missing(Problem("digitising.fonds-missing"))
    return found
