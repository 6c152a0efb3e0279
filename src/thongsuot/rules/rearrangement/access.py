"""Who may do what with a scheme of rearrangement: one table over relations."""

from dataclasses import dataclass

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

# The body that leads the scheme, the one that pulls the reports together, the competent one, the
# departments whose units are rearranged, those asked for their opinion, and whose area it is in.
KEEPER, GATHERER, APPROVER, OWNER, ASKED, AREA = (
    "keeper", "gatherer", "approver", "owner", "asked", "area",
)  # fmt: skip
HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD, Role.STEERING})
STAFF = HEADS | {Role.CLERK, Role.TEAM_MEMBER}
READERS = frozenset({Role.STEERING, Role.INSPECTOR})
EVERY = frozenset(Role) - {Role.OPERATOR}

LEADS = {KEEPER: STAFF, GATHERER: STAFF}
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "scheme.write": LEADS,
    "units.write": {**LEADS, OWNER: STAFF},
    "units.send": {OWNER: HEADS, KEEPER: HEADS, GATHERER: HEADS},
    "option.write": LEADS,
    "scheme.submit": {KEEPER: HEADS},
    "scheme.drop": {KEEPER: HEADS},
    "scheme.consult": LEADS,
    "opinion.give": {ASKED: HEADS},
    "scheme.approve": {APPROVER: HEADS},
    "scheme.send-back": {APPROVER: HEADS},
    "scheme.begin": {KEEPER: HEADS, GATHERER: HEADS},
    "step.carry": {**LEADS, OWNER: STAFF},
    "scheme.close": {KEEPER: HEADS},
    "whole.see": {KEEPER: EVERY, GATHERER: EVERY, APPROVER: EVERY, ASKED: EVERY, AREA: READERS},
}


@dataclass(frozen=True, slots=True)
class Sides:
    """The bodies around a scheme or a unit in it, and the places it is in."""

    keeper: int = 0
    gatherer: int = 0
    approver: int = 0
    owners: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()


def relations(actor: Actor, to: Sides) -> frozenset[str]:
    """In which relations the post acted in stands to the scheme."""
    named = ((KEEPER, to.keeper), (GATHERER, to.gatherer), (APPROVER, to.approver))
    found = {name for name, body in named if body and actor.speaks_for(body)}
    if any(actor.speaks_for(body) for body in to.owners):
        found.add(OWNER)
    if any(actor.speaks_for(body) for body in to.asked):
        found.add(ASKED)
    if actor.hat is not None and to.places & actor.hat.area:
        found.add(AREA)
    return frozenset(found)


def may(actor: Actor, act: str, to: Sides) -> bool:
    """Whether the post acted in may do that."""
    return rights.may(actor, TABLE, act, relations(actor, to))


def check_may(actor: Actor, act: str, to: Sides) -> Problem | None:
    """Why this person may not do that here, in the post acted in; None when it is allowed."""
    return rights.why_not("rearrangement", actor, act, allowed=may(actor, act, to))
