"""Who may do what in the room, turned into refusals and into sets of rows."""

from django.db.models import Q, QuerySet

from thongsuot.apps.authority.models import Delegation
from thongsuot.apps.registry.models import Coverage
from thongsuot.foundation.among import within
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem


def refuse(problem: Problem | None) -> None:
    """Refuse (403) for a problem of access; nothing when there is none."""
    if problem is not None:
        raise Refused.forbidden(problem)


def visible_delegations(actor: Actor) -> "QuerySet[Delegation]":
    """The delegations a person may see: given or received by own bodies, or in one's area.

    An operator sees no content.
    """
    hat = actor.hat
    if hat is None or hat.role is Role.OPERATOR:
        return Delegation.objects.none()
    if hat.area:
        covering = Coverage.objects.known().filter(within("unit_id", hat.area)).values("body")
        return Delegation.objects.filter(Q(giver_body__in=covering) | Q(body__in=covering))
    bodies = hat.bodies | {hat.body}
    return Delegation.objects.filter(Q(giver_body__in=bodies) | Q(body__in=bodies))


def delegation_in_sight(actor: Actor, pk: int) -> Delegation:
    """A delegation that the person may see. Raises Refused (404) for any other, always the same."""
    rows = visible_delegations(actor).filter(pk=pk)
    found = rows.select_related("giver__person", "giver_post", "post", "person", "parent").first()
    if found is None:
        raise Refused.missing(Problem("authority.delegation-missing"))
    return found
