"""Who may do what with duties, and who sees them: one table over relations."""

from dataclasses import dataclass

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

ASSIGNER, LEAD, HELPS, TOLD, AREA = "assigner", "lead", "helps", "told", "area"
HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD, Role.STEERING})
STAFF = HEADS | {Role.CLERK, Role.TEAM_MEMBER}
CITY = frozenset({Role.STEERING})

# Drafting is the work of staff; binding others, accepting and ending is the word of a head.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "document.write": {ASSIGNER: STAFF},
    "duty.draft": {ASSIGNER: STAFF},
    "duty.change": {ASSIGNER: STAFF},
    "duty.drop": {ASSIGNER: STAFF},
    "duty.issue": {ASSIGNER: HEADS},
    "duty.recall": {ASSIGNER: HEADS},
    "duty.complete": {ASSIGNER: HEADS},
    "duty.send-back": {ASSIGNER: HEADS},
    "duty.extend": {ASSIGNER: HEADS},
    "duty.refuse-extension": {ASSIGNER: HEADS},
    "duty.accept": {LEAD: STAFF},
    "duty.return": {LEAD: HEADS},
    "duty.progress": {LEAD: STAFF},
    "duty.answer": {LEAD: STAFF},
    "duty.report-done": {LEAD: STAFF},
    "duty.ask-extension": {LEAD: STAFF},
    "duty.reassign": {LEAD: HEADS},
    "duty.part-done": {HELPS: STAFF},
    "duty.move": {ASSIGNER: HEADS, LEAD: HEADS, AREA: CITY},
    "board.write": {ASSIGNER: STAFF},
    "board.say": {LEAD: STAFF},
    "plan.write": {ASSIGNER: STAFF},
    "plan.step": {ASSIGNER: STAFF, LEAD: STAFF},
    "meeting.write": {ASSIGNER: STAFF},
    "meeting.answer": {ASSIGNER: STAFF, LEAD: STAFF},
}


@dataclass(frozen=True, slots=True)
class Sides:
    """The bodies around a thing, and the place it is in: what access is decided by."""

    assigner: int = 0
    lead: int = 0
    helps: frozenset[int] = frozenset()
    told: int = 0
    places: frozenset[int] = frozenset()


def relations(actor: Actor, to: Sides) -> frozenset[str]:
    """In which relations the post acted in stands to the thing."""
    named = ((ASSIGNER, to.assigner), (LEAD, to.lead), (TOLD, to.told))
    found = {name for name, body in named if body and actor.speaks_for(body)}
    if any(actor.speaks_for(body) for body in to.helps):
        found.add(HELPS)
    if actor.hat is not None and to.places & actor.hat.area:
        found.add(AREA)
    return frozenset(found)


def may(actor: Actor, act: str, to: Sides) -> bool:
    """Whether the post acted in may do that to what stands in those relations."""
    return rights.may(actor, TABLE, act, relations(actor, to))


def check_may(actor: Actor, act: str, to: Sides) -> Problem | None:
    """Why this person may not do that here, in the post acted in; None when it is allowed."""
    return rights.why_not("directives", actor, act, allowed=may(actor, act, to))


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person may see: what concerns its ``bodies``, and everything in its ``area``."""

    bodies: frozenset[int] = frozenset()
    area: frozenset[int] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to see."""
        return not self.bodies and not self.area


def scope_of(actor: Actor) -> Scope:
    """What the post acted in may see; an operator sees no content."""
    hat = actor.hat
    if hat is None or hat.role is Role.OPERATOR:
        return Scope()
    return Scope(hat.bodies | {hat.body}, hat.area)
