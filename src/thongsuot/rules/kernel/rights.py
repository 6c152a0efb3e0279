"""Who may do what: one table a room, asked in one way.

A table names for each act in which relations to the thing which roles may do it. What relations
there are, and who stands in them, is for the room to say.
"""

from collections.abc import Collection, Iterable, Mapping

from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

Table = Mapping[str, Mapping[str, Collection[Role]]]


def may(actor: Actor, table: Table, act: str, relations: Iterable[str]) -> bool:
    """Whether the post acted in may do that to what stands in those relations.

    Errors: KeyError for an act that the table does not have; nobody without a post may do anything.
    """
    allowed = table[act]
    return actor.role is not None and any(actor.role in allowed.get(r, ()) for r in relations)


def why_not(room: str, actor: Actor, act: str, *, allowed: bool) -> Problem | None:
    """Why this person may not do that, in the post acted in; None when it is allowed.

    Facts: ``act``, and ``post`` where there is one. Codes: no-post-today, not-allowed of the room.
    """
    if actor.hat is None:
        return Problem(f"{room}.no-post-today", actor.name, {"act": act})
    if allowed:
        return None
    return Problem(f"{room}.not-allowed", actor.name, {"act": act, "post": actor.hat.post})
