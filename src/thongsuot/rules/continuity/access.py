"""Who may do what with copies, servers and drills: one table, asked by every act and page."""

from dataclasses import dataclass

from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

OWNER = "owner"  # speaks for the body whose data are copied, or whose server or drill it is
RECEIVER = "receiver"  # speaks for the body that gets the copy
AREA = "area"  # steers the place of the owner

STAFF = frozenset({Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.TEAM_MEMBER})
HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD})
CITY = frozenset({Role.STEERING})
READS_AREA = frozenset({Role.STEERING, Role.INSPECTOR})

TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "copy.plan": {OWNER: STAFF, AREA: CITY},
    "copy.stop": {OWNER: HEADS, AREA: CITY},
    "copy.prove": {OWNER: STAFF},
    "copy.check": {RECEIVER: STAFF},
    "server.write": {OWNER: STAFF, AREA: CITY},
    "drill.record": {OWNER: STAFF, AREA: CITY},
}


@dataclass(frozen=True, slots=True)
class About:
    """The thing acted on: its owner, who receives it (0: none), and the units the owner acts in."""

    owner: int
    receiver: int = 0
    units: frozenset[int] = frozenset()


def relations(actor: Actor, to: About) -> frozenset[str]:
    """In which relations the post acted in stands to the thing."""
    found = set()
    if to.owner and actor.speaks_for(to.owner):
        found.add(OWNER)
    if to.receiver and actor.speaks_for(to.receiver):
        found.add(RECEIVER)
    if actor.hat is not None and to.units & actor.hat.area:
        found.add(AREA)
    return frozenset(found)


def check_may(actor: Actor, act: str, to: About) -> Problem | None:
    """Why this person may not do that here, in the post acted in; None when it is allowed."""
    allowed = TABLE[act]
    if any(actor.role in allowed.get(relation, ()) for relation in relations(actor, to)):
        return None
    post = actor.hat.post if actor.hat else ""
    return Problem("continuity.not-allowed", actor.name, {"act": act, "post": post})
