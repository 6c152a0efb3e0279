"""Commendations (ghi nhận, biểu dương): proposed with grounds, consulted, decided, announced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold

PROPOSED, CONSULTED, DECIDED, ANNOUNCED = "proposed", "consulted", "decided", "announced"
DECLINED, WITHDRAWN = "declined", "withdrawn"
STATES = (PROPOSED, CONSULTED, DECIDED, ANNOUNCED, DECLINED, WITHDRAWN)
GIVEN = (DECIDED, ANNOUNCED)

# (state, act) → state. What is not in the table cannot be done.
STEPS: Mapping[tuple[str, str], str] = {
    (PROPOSED, "consult"): CONSULTED,
    (CONSULTED, "consult"): CONSULTED,
    (CONSULTED, "opine"): CONSULTED,
    (PROPOSED, "decide"): DECIDED,
    (CONSULTED, "decide"): DECIDED,
    (PROPOSED, "decline"): DECLINED,
    (CONSULTED, "decline"): DECLINED,
    (PROPOSED, "withdraw"): WITHDRAWN,
    (CONSULTED, "withdraw"): WITHDRAWN,
    (DECIDED, "announce"): ANNOUNCED,
}


class Form(StrEnum):
    """How somebody is commended. The first is said in a conclusion, the others are decided on paper."""

    PRAISE = "praise"  # ghi nhận, biểu dương
    LETTER = "letter"  # thư khen
    CERTIFICATE = "certificate"  # giấy khen
    MERIT = "merit"  # bằng khen


@dataclass(frozen=True, slots=True)
class Given:
    """A commendation as far as it must not be given twice: to whom, for which work, in which form."""

    honoree: str
    work: str
    form: str


def work_key(kind: str, number: int, words: str) -> str:
    """What tells the work apart: the thing in the system, else its words without marks and case."""
    return f"{kind}:{number}" if number else f"free:{fold(words)[:180]}"


def check_step(state: str, act: str, subject: str = "") -> Problem | None:
    """Whether the act is possible in that state."""
    if (state, act) in STEPS:
        return None
    return Problem("oversight.not-in-this-state", subject, {"state": state, "act": act})


def check_new(wanted: Given, others: Collection[Given], subject: str = "") -> Problem | None:
    """Why the same work is not commended twice in the same form; ``others`` are open or given."""
    if wanted in others:
        return Problem("oversight.commended-already", subject)
    return None


PROPOSER, DECIDER, ASKED, HONOURED, AREA = "proposer", "decider", "asked", "honoured", "area"
HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD, Role.STEERING})
STAFF = HEADS | {Role.CLERK, Role.TEAM_MEMBER}
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "propose": {PROPOSER: STAFF},
    "withdraw": {PROPOSER: HEADS},
    "consult": {PROPOSER: STAFF, DECIDER: STAFF},
    "opine": {ASKED: HEADS},
    "decide": {DECIDER: HEADS},
    "decline": {DECIDER: HEADS},
    "announce": {PROPOSER: STAFF, DECIDER: STAFF},
}


@dataclass(frozen=True, slots=True)
class Sides:
    """The bodies around a commendation."""

    proposer: int = 0
    decider: int = 0
    asked: frozenset[int] = frozenset()


def may(actor: Actor, act: str, to: Sides) -> bool:
    """Whether the post acted in may do that."""
    named = ((PROPOSER, to.proposer), (DECIDER, to.decider))
    found = {name for name, body in named if body and actor.speaks_for(body)}
    if any(actor.speaks_for(body) for body in to.asked):
        found.add(ASKED)
    return rights.may(actor, TABLE, act, found)


def check_may(actor: Actor, act: str, to: Sides) -> Problem | None:
    """Why this person may not do that here; None when it is allowed."""
    return rights.why_not("oversight", actor, act, allowed=may(actor, act, to))
