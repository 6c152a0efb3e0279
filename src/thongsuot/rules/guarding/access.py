"""Who may do what at a guarded place: one table, asked by every action and every page."""

from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

OWN = "own"  # speaks for the body whose store it is
AREA = "area"  # the store lies in the area of the post

HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD})
STAFF = frozenset({Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.TEAM_MEMBER})
CITY = frozenset({Role.STEERING})
READERS = frozenset({Role.STEERING, Role.INSPECTOR})

# act → relation → roles. An act or a relation that is not here is not allowed.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "look": {OWN: STAFF, AREA: READERS},
    "place.open": {OWN: HEADS},
    "place.hand-on": {OWN: HEADS, AREA: CITY},
    "guard.enrol": {OWN: HEADS},
    "point.add": {OWN: HEADS},
    "roster.publish": {OWN: HEADS},
    "shift.change": {OWN: HEADS},
    "watch.scan": {OWN: STAFF},
    "watch.order": {OWN: HEADS},
}


def may(actor: Actor, act: str, body: int, units: frozenset[int] = frozenset()) -> bool:
    """Whether the post acted in may do that at a store of that body, which acts in these units."""
    allowed, hat = TABLE[act], actor.hat
    if hat is None:
        return False
    own = body > 0 and actor.speaks_for(body) and hat.role in allowed.get(OWN, ())
    return own or (bool(units & hat.area) and hat.role in allowed.get(AREA, ()))


def check_may(
    actor: Actor, act: str, body: int, units: frozenset[int] = frozenset()
) -> Problem | None:
    """Why this person may not do that here; None when it is allowed."""
    if may(actor, act, body, units):
        return None
    hat = actor.hat
    return Problem(
        "guarding.not-allowed", actor.name, {"act": act, "post": hat.post if hat else ""}
    )
