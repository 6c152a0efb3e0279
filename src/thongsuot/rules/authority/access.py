"""Who may do what with the register: rules, checks, reviews of wards, delegations."""

from collections.abc import Collection

from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

KEEPS_THE_REGISTER = frozenset({Role.STEERING})
CHECKS = frozenset({Role.STEERING, Role.LEADER, Role.CLERK})
IN_A_BODY = frozenset({Role.LEADER, Role.CLERK})
REVIEWS = IN_A_BODY | {
    Role.TEAM_HEAD,
    Role.TEAM_MEMBER,
}  # before the first day the receiving team does


def _no_post(actor: Actor) -> Problem | None:
    if actor.user == 0:
        return Problem("authority.not-signed-in")
    if actor.hat is None:
        return Problem("authority.no-post-today", actor.name)
    return None


def _not_yours(actor: Actor) -> Problem:
    return Problem("authority.not-allowed", facts={"post": actor.hat.post if actor.hat else ""})


def may_keep(actor: Actor) -> Problem | None:
    """Why the actor may not write texts and rules; None when it may."""
    wrong = _no_post(actor)
    if wrong is not None:
        return wrong
    return None if actor.role in KEEPS_THE_REGISTER else _not_yours(actor)


def may_check(actor: Actor, author: int, before: Collection[int]) -> Problem | None:
    """Why the actor may not confirm a rule against its text; None when it may.

    Shapes: ``author`` is who wrote the rule, ``before`` are those who checked it already: two
    different people must, and never the one who wrote it.
    """
    wrong = _no_post(actor)
    if wrong is not None:
        return wrong
    if actor.role not in CHECKS:
        return _not_yours(actor)
    if actor.user == author:
        return Problem("authority.checks-own", actor.name)
    if actor.user in before:
        return Problem("authority.checked-already", actor.name)
    return None


def may_review(actor: Actor, covering: Collection[int]) -> Problem | None:
    """Why the actor may not say how a rule stands in a commune; None when it may.

    Shapes: ``covering`` are the bodies and teams that act in the commune that day.
    """
    wrong = _no_post(actor)
    if wrong is not None:
        return wrong
    hat = actor.hat
    if hat is not None and hat.role in REVIEWS and hat.body in covering:
        return None
    return _not_yours(actor)


def may_propose(actor: Actor, giver_body: int) -> Problem | None:
    """Why the actor may not propose a delegation of that body; None when it may."""
    wrong = _no_post(actor)
    if wrong is not None:
        return wrong
    if actor.role in IN_A_BODY and actor.speaks_for(giver_body):
        return None
    return _not_yours(actor)


def may_sign(actor: Actor, giver_appointment: int) -> Problem | None:
    """Why the actor may not sign a delegation: only its giver may, in the post that gives."""
    wrong = _no_post(actor)
    if wrong is not None:
        return wrong
    if actor.hat is not None and actor.hat.appointment == giver_appointment:
        return None
    return Problem("authority.only-the-giver", actor.name)


def may_revoke(
    actor: Actor, giver_body: int, giver_appointment: int, units: Collection[int]
) -> Problem | None:
    """Why the actor may not end a delegation; its giver, a leader of the body or the city may."""
    if may_sign(actor, giver_appointment) is None:
        return None
    wrong = _no_post(actor)
    if wrong is not None:
        return wrong
    hat = actor.hat
    if hat is not None and hat.role is Role.LEADER and actor.speaks_for(giver_body):
        return None
    if hat is not None and hat.role is Role.STEERING and not hat.area.isdisjoint(units):
        return None
    return _not_yours(actor)
