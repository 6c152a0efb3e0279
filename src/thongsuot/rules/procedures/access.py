"""Who may do and see what of procedures: one table, asked by every act and every list."""

from dataclasses import dataclass

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

DESK, AREA = "desk", "area"
L, C, H, M, S = Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.TEAM_MEMBER, Role.STEERING
STAFF = frozenset({L, C, H, M})
HEADS = frozenset({L, H})
CITY = frozenset({S})
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "catalogue": {AREA: CITY},
    "shop": {DESK: HEADS, AREA: CITY},
    "offer": {DESK: HEADS, AREA: CITY},
    "receive": {DESK: STAFF},
    "step": {DESK: STAFF},
    "move": {DESK: HEADS, AREA: CITY},
}


@dataclass(frozen=True, slots=True)
class Relation:
    """The thing as far as access goes: the body of the desk, and where it stands (unit ids)."""

    desk: int = 0
    places: frozenset[int] = frozenset()


def may(actor: Actor, act: str, to: Relation) -> bool:
    """Whether the post acted in may do that."""
    role, allowed, hat = actor.role, TABLE[act], actor.hat
    if role is None or hat is None:
        return False
    if to.desk and actor.speaks_for(to.desk) and role in allowed.get(DESK, ()):
        return True
    return role in allowed.get(AREA, ()) and bool(hat.area & to.places)


def check_may(actor: Actor, act: str, to: Relation) -> Problem | None:
    """Why this person may not do that, in the post acted in; None when it is allowed."""
    return rights.why_not("procedures", actor, act, allowed=may(actor, act, to))
