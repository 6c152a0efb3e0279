"""Who may decide between bodies that dispute a thing: somebody above all of them, and none of them."""

from collections.abc import Mapping

from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

Places = tuple[frozenset[int], ...]


def check_decider(actor: Actor, parties: Mapping[int, Places]) -> tuple[Problem, ...]:
    """Why this person is not the right superior of the parties; empty when it is.

    Shapes: ``parties`` maps each body in the dispute to the places it acts in, each as the unit
    with all that it belongs to (none known: it does not narrow who may decide). A unit that only
    begins later is above nobody's area yet, but the province that it will belong to is. The subject
    of a problem is the id of the body as text.
    """
    area = actor.hat.area if actor.hat else frozenset()
    problems = [
        Problem("handover.own-dispute", str(body)) for body in parties if actor.speaks_for(body)
    ]
    problems += [
        Problem("handover.not-superior", str(body))
        for body, places in parties.items()
        if any(not place & area for place in places)
    ]
    return tuple(problems)
