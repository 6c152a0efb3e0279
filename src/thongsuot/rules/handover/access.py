"""Who may do and see what in a handover: one table, asked by every action and every list."""

from dataclasses import dataclass

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

# The relation of the person's post to the thing.
GIVER = "giver"  # speaks for the body that gives
RECEIVER = "receiver"  # speaks for the body that receives
AREA = "area"  # the place of the transition lies in the area of the post

L, C, H, M, S = Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.TEAM_MEMBER, Role.STEERING
HEADS = frozenset({L, H})
STAFF = frozenset({L, C, H, M})
CITY = frozenset({S})

# act → relation → roles. An act or a relation that is not here is not allowed.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "transition.create": {AREA: CITY},
    "transition.change": {AREA: CITY},
    "transition.close": {AREA: CITY},
    "body.close": {AREA: CITY},
    "body.nominate": {AREA: CITY},
    "rule.write": {AREA: CITY, GIVER: HEADS},
    "items.add": {GIVER: STAFF},
    "items.undo": {GIVER: STAFF},
    "items.advance": {GIVER: STAFF},
    "items.propose": {GIVER: STAFF, AREA: CITY},
    "items.confirm": {GIVER: HEADS, AREA: CITY},
    "items.override": {GIVER: HEADS, AREA: CITY},
    "items.split": {GIVER: STAFF, AREA: CITY},
    "items.keep": {GIVER: HEADS},
    "items.close": {GIVER: HEADS},
    "items.destroy": {GIVER: HEADS},
    "items.reopen": {GIVER: HEADS},
    "items.missing": {GIVER: STAFF},
    "items.found": {GIVER: STAFF},
    "items.late-found": {GIVER: STAFF},
    "minutes.dispatch": {GIVER: STAFF},
    "minutes.withdraw": {GIVER: HEADS},
    "minutes.reopen": {GIVER: HEADS, RECEIVER: HEADS},
    "count.giver": {GIVER: STAFF},
    "count.receiver": {RECEIVER: STAFF},
    "line.refuse": {RECEIVER: STAFF},
    "sign.giver": {GIVER: HEADS},
    "sign.receiver": {RECEIVER: HEADS},
    "minutes.correct": {GIVER: HEADS, RECEIVER: HEADS},
    "dispute.open": {GIVER: HEADS, RECEIVER: HEADS},
    "dispute.settle": {AREA: CITY},
    "dispute.position": {GIVER: HEADS, RECEIVER: HEADS},
    "dispute.hold": {AREA: CITY},
    "backlog.freeze": {AREA: CITY},
    "backlog.propose": {GIVER: STAFF, AREA: CITY},
    "backlog.finish": {GIVER: STAFF, RECEIVER: STAFF},
    "maintenance": {},
}


@dataclass(frozen=True, slots=True)
class Relation:
    """The thing acted on, as far as access goes: its giver, its receiver (0: none), its place."""

    giver: int = 0
    receiver: int = 0
    place: int = 0


def relations(actor: Actor, to: Relation) -> frozenset[str]:
    """In which relations the post acted in stands to the thing."""
    found = set()
    if to.giver and actor.speaks_for(to.giver):
        found.add(GIVER)
    if to.receiver and actor.speaks_for(to.receiver):
        found.add(RECEIVER)
    if actor.hat is not None and to.place and to.place in actor.hat.area:
        found.add(AREA)
    return frozenset(found)


def check_may(actor: Actor, act: str, to: Relation) -> Problem | None:
    """Why this person may not do that here, in the post acted in; None when it is allowed."""
    allowed = rights.may(actor, TABLE, act, relations(actor, to))
    return rights.why_not("handover", actor, act, allowed=allowed)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person may see: all in ``area`` (unit ids), and of ``bodies`` what concerns them.

    A giver sees all of its own; a receiver what is confirmed to come to it, is on its minutes, or
    was signed by it. Both empty: nothing at all.
    """

    area: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to see."""
        return not self.area and not self.bodies

    def sees(self, to: Relation, *, on_its_way: bool) -> bool:
        """Whether a thing is in sight; ``on_its_way``: its receiver is confirmed or on minutes."""
        return (
            to.place in self.area
            or to.giver in self.bodies
            or (on_its_way and to.receiver in self.bodies)
        )


READS_AREA = frozenset({Role.STEERING, Role.INSPECTOR})


def scope_of(actor: Actor) -> Scope:
    """What the post acted in may see: its own bodies, or its area; an operator no content."""
    hat = actor.hat
    if hat is None or hat.role is Role.OPERATOR:
        return Scope()
    if hat.role in READS_AREA:
        return Scope(area=hat.area)
    return Scope(bodies=hat.bodies | {hat.body})
