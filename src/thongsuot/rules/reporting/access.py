"""Who may do what with reports: one table over how a person stands to them."""

from dataclasses import dataclass

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

GATHERS, REPORTS, READS = "gathers", "reports", "reads"
HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD, Role.STEERING})
STAFF = HEADS | {Role.CLERK, Role.TEAM_MEMBER}
READERS = STAFF | {Role.INSPECTOR}

# GATHERS: one's body has the report made and gathers it. REPORTS: one's body is expected to
# report. READS: the place of the unit lies in the area of one's steering or inspection.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "form.write": {GATHERS: STAFF},
    "return.write": {REPORTS: STAFF},
    "return.submit": {REPORTS: STAFF},
    "return.bring": {GATHERS: STAFF},
    "return.reopen": {GATHERS: STAFF},
    "round.open": {GATHERS: STAFF},
    "round.lock": {GATHERS: HEADS},
    "remind": {GATHERS: STAFF},
    "snapshot.take": {GATHERS: STAFF},
    "brief.write": {GATHERS: STAFF},
    "brief.sign": {GATHERS: HEADS},
    "target.write": {GATHERS: STAFF},
    "score.write": {REPORTS: STAFF, GATHERS: STAFF},
    "read": {GATHERS: READERS, REPORTS: READERS, READS: frozenset({Role.STEERING, Role.INSPECTOR})},
}


@dataclass(frozen=True, slots=True)
class Stand:
    """What a right is asked about: who gathers, who reports, where. 0 where it does not apply."""

    gatherer: int
    reporter: int = 0
    unit: int = 0


def relations(actor: Actor, to: Stand) -> frozenset[str]:
    """How the post acted in stands to a report."""
    if actor.hat is None:
        return frozenset()
    found = set()
    if to.gatherer and actor.speaks_for(to.gatherer):
        found.add(GATHERS)
    if to.reporter and actor.speaks_for(to.reporter):
        found.add(REPORTS)
    if to.unit and to.unit in actor.hat.area:
        found.add(READS)
    return frozenset(found)


def may(actor: Actor, act: str, to: Stand) -> bool:
    """Whether the post acted in may do that."""
    return rights.may(actor, TABLE, act, relations(actor, to))


def check_may(actor: Actor, act: str, to: Stand) -> Problem | None:
    """Why this person may not do that, in the post acted in; None when it is allowed."""
    return rights.why_not("reporting", actor, act, allowed=may(actor, act, to))
