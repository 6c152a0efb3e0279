"""Who may do and see what of difficulties: one table, asked by every act and every list."""

from dataclasses import dataclass

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

RAISER, HOLDER, AREA, ANYBODY = "raiser", "holder", "area", "anybody"
L, C, H, M, S = Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.TEAM_MEMBER, Role.STEERING
STAFF = frozenset({L, C, H, M, S})
HEADS = frozenset({L, H, S})
CITY = frozenset({S})

# act → relation → roles. What is not here is not allowed.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "raise": {ANYBODY: STAFF},
    "join": {ANYBODY: STAFF},
    "answer": {HOLDER: HEADS, AREA: CITY},
    "pass": {HOLDER: HEADS, AREA: CITY},
    "ask-again": {RAISER: HEADS},
    "withdraw": {RAISER: STAFF},
    "remind": {RAISER: STAFF, AREA: CITY},
    "move": {HOLDER: HEADS, AREA: CITY},
    "situation": {HOLDER: HEADS, AREA: CITY},
    "overview": {ANYBODY: CITY | {Role.INSPECTOR, L, H}},
}


@dataclass(frozen=True, slots=True)
class Relation:
    """The difficulty as far as access goes: who raised it, who holds it, where (unit ids)."""

    raiser: int = 0
    holder: int = 0
    places: frozenset[int] = frozenset()


def relations(actor: Actor, to: Relation) -> frozenset[str]:
    """In which relations the post acted in stands to a difficulty."""
    found = {ANYBODY}
    if to.raiser and actor.speaks_for(to.raiser):
        found.add(RAISER)
    if to.holder and actor.speaks_for(to.holder):
        found.add(HOLDER)
    if actor.hat is not None and actor.hat.area & to.places:
        found.add(AREA)
    return frozenset(found)


def may(actor: Actor, act: str, to: Relation) -> bool:
    """Whether the post acted in may do that."""
    return rights.may(actor, TABLE, act, relations(actor, to))


def check_may(actor: Actor, act: str, to: Relation) -> Problem | None:
    """Why this person may not do that, in the post acted in; None when it is allowed."""
    return rights.why_not("difficulties", actor, act, allowed=may(actor, act, to))
