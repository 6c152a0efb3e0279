"""Who may do what with boxes: one table, over the relations of the handover."""

from thongsuot.rules.handover.access import AREA, GIVER, RECEIVER, Relation, relations
from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD})
STAFF = HEADS | {Role.CLERK, Role.TEAM_MEMBER}
CITY = frozenset({Role.STEERING})

# GIVER stands for the body that keeps the box today, RECEIVER for the one its contents come to.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "container.make": {GIVER: STAFF},
    "container.move": {GIVER: STAFF},
    "contents.change": {GIVER: STAFF},
    "box.seal": {GIVER: STAFF},
    "box.open": {GIVER: HEADS},
    "box.receive": {RECEIVER: STAFF},
    "label.print": {GIVER: STAFF},
    "count": {GIVER: STAFF},
    "alarm.resolve": {GIVER: HEADS, AREA: CITY},
}


def may(actor: Actor, act: str, to: Relation) -> bool:
    """Whether the post acted in may do that to what stands in that relation."""
    return rights.may(actor, TABLE, act, relations(actor, to))


def check_may(actor: Actor, act: str, to: Relation) -> Problem | None:
    """Why this person may not do that here, in the post acted in; None when it is allowed."""
    return rights.why_not("custody", actor, act, allowed=may(actor, act, to))
