"""Who may do and see what of decisions: one table, asked by every act and every list."""

from dataclasses import dataclass

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

OWNER, PARTY, COUNCIL, ASKED, AREA = "owner", "party", "council", "asked", "area"
L, C, H, M, S = Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.TEAM_MEMBER, Role.STEERING
STAFF = frozenset({L, C, H, M})
HEADS = frozenset({L, H})
CITY = frozenset({S})

# act → relation → roles. What is not here is not allowed.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "docket.open": {OWNER: STAFF},
    "docket.paper": {OWNER: STAFF, PARTY: STAFF, COUNCIL: STAFF},
    "docket.consult": {OWNER: STAFF},
    "docket.opinion": {ASKED: HEADS},
    "docket.skip-consult": {OWNER: HEADS},
    "docket.endorse": {OWNER: HEADS},
    "docket.redraft": {OWNER: STAFF},
    "docket.submit": {OWNER: HEADS},
    "docket.opine": {PARTY: HEADS},
    "docket.opine-urgent": {PARTY: HEADS},
    "docket.return": {PARTY: HEADS},
    "docket.schedule": {COUNCIL: STAFF},
    "docket.postpone": {COUNCIL: HEADS},
    "docket.pass": {COUNCIL: HEADS},
    "docket.reject": {COUNCIL: HEADS},
    "docket.decide": {OWNER: HEADS},
    "docket.publish": {OWNER: STAFF, COUNCIL: STAFF},
    "docket.implement": {OWNER: STAFF},
    "docket.finish": {OWNER: HEADS},
    "docket.withdraw": {OWNER: HEADS},
    "docket.move": {OWNER: HEADS, PARTY: HEADS, COUNCIL: HEADS, AREA: CITY},
    "session.plan": {COUNCIL: STAFF},
    "session.convene": {COUNCIL: HEADS},
    "session.open": {COUNCIL: HEADS},
    "session.close": {COUNCIL: HEADS},
    "session.cancel": {COUNCIL: HEADS},
    "register.write": {OWNER: STAFF},
    "register.issue": {OWNER: HEADS},
    "parameter.set": {AREA: CITY},
}


@dataclass(frozen=True, slots=True)
class Relation:
    """The thing as far as access goes: whose it is, whose opinion, which council, who was asked."""

    owner: int = 0
    party: int = 0
    council: int = 0
    asked: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()


def relations(actor: Actor, to: Relation) -> frozenset[str]:
    """In which relations the post acted in stands to a thing."""
    pairs = ((to.owner, OWNER), (to.party, PARTY), (to.council, COUNCIL))
    found = {name for body, name in pairs if body and actor.speaks_for(body)}
    if any(actor.speaks_for(body) for body in to.asked):
        found.add(ASKED)
    if actor.hat is not None and actor.hat.area & to.places:
        found.add(AREA)
    return frozenset(found)


def may(actor: Actor, act: str, to: Relation) -> bool:
    """Whether the post acted in may do that."""
    return rights.may(actor, TABLE, act, relations(actor, to))


def check_may(actor: Actor, act: str, to: Relation) -> Problem | None:
    """Why this person may not do that, in the post acted in; None when it is allowed."""
    return rights.why_not("decisions", actor, act, allowed=may(actor, act, to))
