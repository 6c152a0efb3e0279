"""Who may do what at a fonds: one table, asked by every action and every page."""

from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

OWN = "own"  # speaks for the body whose fonds it is
AREA = "area"  # the body of the fonds acts in the area of the post

HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD})
STAFF = frozenset({Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.TEAM_MEMBER})
CITY = frozenset({Role.STEERING})
READERS = frozenset({Role.STEERING, Role.INSPECTOR})

# act → relation → roles. An act or a relation that is not here is not allowed.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "look": {OWN: STAFF, AREA: READERS},
    "fonds.open": {OWN: HEADS},
    "fonds.close": {OWN: HEADS},
    "fonds.hand-on": {OWN: HEADS, AREA: CITY},
    "records.take": {OWN: STAFF},
    "records.box": {OWN: STAFF},
    "records.scan": {OWN: STAFF},
    "lot.draw": {OWN: STAFF},
    "lot.judge": {OWN: STAFF},
    "lot.decide": {OWN: STAFF},
    "lot.accept": {OWN: HEADS},
}


def may(actor: Actor, act: str, body: int, units: frozenset[int] = frozenset()) -> bool:
    """Whether the post acted in may do that at a fonds of that body, which acts in these units."""
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
        "digitising.not-allowed", actor.name, {"act": act, "post": hat.post if hat else ""}
    )
