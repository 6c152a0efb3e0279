"""Whom a difficulty goes to: the competent authority by rule, and the superior when rules fail."""

from collections.abc import Sequence
from dataclasses import dataclass

from thongsuot.rules.kernel.problem import Problem

ONE, GAP, DOUBTFUL, UNASKED = "one", "gap", "doubtful", "unasked"
OUTCOMES = (ONE, GAP, DOUBTFUL, UNASKED)
# Why a difficulty goes where it goes.
COMPETENT, OWN, NO_RULE, CLASH, NO_MATTER, ENDED, NAMED = (
    "competent", "own-competence", "no-rule", "clash", "no-matter", "competent-ended", "named",
)  # fmt: skip
WHYS = (COMPETENT, OWN, NO_RULE, CLASH, NO_MATTER, ENDED, NAMED)


@dataclass(frozen=True, slots=True)
class Competence:
    """What the rules of authority answer: one body with its basis, a gap, or a doubt.

    ``body`` is 0 unless the outcome is ONE and the body exists on the day. UNASKED: the matter
    was not named, so nobody could be asked.
    """

    outcome: str
    body: int = 0
    post: str = ""
    basis: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """Where it goes, why, on which basis; ``body`` is never 0."""

    body: int
    why: str
    basis: str = ""
    post: str = ""


def route(competence: Competence, raiser: int, superiors: Sequence[int]) -> Route:
    """Whom a difficulty goes to.

    The one competent body gets it. When the rules give none, two, or the asker itself, the nearest
    superior gets it together with the reason; the asker itself only when there is nobody above:
    it is then its own to decide.

    Shapes: ``superiors`` nearest first, existing on the day, the raiser left out.
    """
    above = next((body for body in superiors if body and body != raiser), raiser)
    if competence.outcome == ONE:
        if not competence.body:
            return Route(above, ENDED, competence.basis, competence.post)
        if competence.body == raiser:
            return Route(above, OWN, competence.basis, competence.post)
        return Route(competence.body, COMPETENT, competence.basis, competence.post)
    why = {GAP: NO_RULE, DOUBTFUL: CLASH}.get(competence.outcome, NO_MATTER)
    return Route(above, why, "; ".join(competence.reasons) or competence.basis)


def explain(found: Route) -> Problem:
    """The route as a sentence to show before sending: a warning unless one body is competent."""
    facts: dict[str, object] = {"basis": found.basis, "post": found.post}
    codes = {
        COMPETENT: "difficulties.route-competent",
        OWN: "difficulties.route-own",
        NO_RULE: "difficulties.route-gap",
        CLASH: "difficulties.route-doubtful",
        ENDED: "difficulties.route-ended",
        NAMED: "difficulties.route-named",
    }
    return Problem(codes.get(found.why, "difficulties.route-no-matter"), "", facts, blocks=False)
