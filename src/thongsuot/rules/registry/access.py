"""Who may change the registry: the operator everywhere, a steering committee in its area."""

from collections.abc import Collection

from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem


def may_edit(actor: Actor, units: Collection[int]) -> Problem | None:
    """Why the actor may not change facts about these territories; None when it may.

    Shapes: ``units`` are the ids of every territory touched. Empty means "of no one place",
    which only the operator may change.

    Returns ``registry.not-signed-in``, ``registry.no-post-today``, ``registry.not-your-role`` or
    ``registry.outside-your-area``.
    """
    if actor.user == 0:
        return Problem("registry.not-signed-in")
    if actor.hat is None:
        return Problem("registry.no-post-today", facts={"name": actor.name})
    if actor.hat.role is Role.OPERATOR:
        return None
    if actor.hat.role is not Role.STEERING:
        return Problem("registry.not-your-role", facts={"post": actor.hat.post})
    if not units or not actor.hat.area.issuperset(units):
        return Problem("registry.outside-your-area", facts={"body": actor.hat.body_name})
    return None


LOCAL = frozenset({Role.LEADER, Role.CLERK})


def may_keep_local(
    actor: Actor, units: Collection[int], covering: Collection[int]
) -> Problem | None:
    """Why the actor may not keep the neighbourhoods of a commune; None when it may.

    Shapes: ``covering`` are the ids of the bodies that act in the commune today. Leaders and
    clerks of one of them may, and whoever may change the registry there.
    """
    hat = actor.hat
    if hat is not None and hat.role in LOCAL and hat.body in covering:
        return None
    return may_edit(actor, units)
