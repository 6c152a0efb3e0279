"""An official code of one day as the codes of another day, in either direction."""

from dataclasses import dataclass
from datetime import date

from thongsuot.rules.registry.lineage import Succession
from thongsuot.rules.registry.registry import Registry
from thongsuot.rules.registry.values import DISTRICT, UnitFact

WHOLE, SEVERAL, DISTRICT_ENDED, NOWHERE = (
    "whole", "several", "district-ended", "nowhere",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeThen:
    """A unit of the other day. ``residents``: people of the unit asked about may live in it.

    ``steps``: by what it came to be so, nearest first; empty when nothing happened to it.
    """

    fact: UnitFact
    residents: bool
    steps: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """What the unit with a code on one day is on another.

    ``how``: whole (one unit, and all the people are in it); several (they may be in any of
    them); district-ended (the communes that took of a district, which has no successor of its
    own); nowhere (nothing took its place, or it was not there yet). ``unit``: as on the day
    asked from.
    """

    unit: UnitFact
    how: str
    then: tuple[CodeThen, ...]


def code_on(registry: Registry, code: str, on: date, to: date) -> tuple[CodeAnswer, ...]:
    """Every unit that bore the code on ``on``, as it is on ``to``; empty for an unknown code.

    A code without its day means nothing: 26740 was Bến Nghé until 30/06/2025 and is Sài Gòn
    since. ``to`` may be the earlier day.
    """
    return tuple(_answer(registry, fact, on, to) for fact in registry.with_code(code.strip(), on))


def _answer(registry: Registry, unit: UnitFact, on: date, to: date) -> CodeAnswer:
    answer = registry.whereabouts(unit.unit, on, to)
    then = [
        CodeThen(fact, arrival.residents, tuple(s for way in arrival.ways[:1] for s in way))
        for arrival in answer.arrivals
        if (fact := registry.on(arrival.thing, to)) is not None
    ]
    if then:
        homes = sum(one.residents for one in then)
        return CodeAnswer(unit, WHOLE if homes == 1 else SEVERAL, tuple(then))
    if unit.level == DISTRICT and to > on:
        taken = [
            CodeThen(fact, any(s.share != "land" for s in portion.steps), portion.steps)
            for portion in registry.portions(unit.unit)
            if (fact := registry.on(portion.unit, to)) is not None
        ]
        return CodeAnswer(unit, DISTRICT_ENDED if taken else NOWHERE, tuple(taken))
    return CodeAnswer(unit, NOWHERE, ())
