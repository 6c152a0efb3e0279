"""Who may say where an office is and which office answers for what; who may find a paper's holder."""

from collections.abc import Collection

from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

OWN = frozenset({Role.LEADER, Role.CLERK})


def may_tell(actor: Actor, body: int, units: Collection[int]) -> Problem | None:
    """Why the actor may not give the address and hours of a body; None when it may.

    Its own leaders and clerks may, and a steering committee in its area.
    """
    if actor.user == 0:
        return Problem("disclosure.not-signed-in")
    hat = actor.hat
    if hat is None:
        return Problem("disclosure.no-post-today", facts={"name": actor.name})
    if hat.role in OWN and actor.speaks_for(body):
        return None
    if hat.role is Role.STEERING and units and hat.area.issuperset(units):
        return None
    return Problem("disclosure.not-your-office", facts={"post": hat.post})


def may_keep_matters(actor: Actor) -> Problem | None:
    """Why the actor may not change which office answers for a matter; None when it may.

    One office has one table of matters: its steering committee keeps it.
    """
    if actor.user == 0:
        return Problem("disclosure.not-signed-in")
    if actor.hat is None:
        return Problem("disclosure.no-post-today", facts={"name": actor.name})
    if actor.hat.role is not Role.STEERING:
        return Problem("disclosure.matters-not-yours", facts={"post": actor.hat.post})
    return None


def public_paper(*, secrecy: str, kind: str, citizen: bool) -> bool:
    """Whether anybody who has the number of a paper may ask who holds it.

    Papers of citizens only: dossiers on the way, and what is marked as concerning people; nothing
    secret.
    """
    return secrecy == "normal" and (kind == "case" or citizen)
