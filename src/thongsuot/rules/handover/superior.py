"""Who may decide between bodies that dispute a thing: somebody above all of them, and none of them."""

from collections.abc import Mapping

from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem


def check_decider(actor: Actor, parties: Mapping[int, frozenset[int]]) -> tuple[Problem, ...]:
    """Why this person is not the right superior of the parties; empty when it is.

    Shapes: ``parties`` maps each body in the dispute to the units it acts in (none known: it does
    not narrow who may decide). The subject of a problem is the id of the body as text.
    """
    area = actor.hat.area if actor.hat else frozenset()
    problems = [
        Problem("handover.own-dispute", str(body)) for body in parties if actor.speaks_for(body)
    ]
    problems += [
        Problem("handover.not-superior", str(body))
        for body, places in parties.items()
        if not places <= area
    ]
    return tuple(problems)
