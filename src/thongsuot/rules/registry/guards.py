"""What must hold of a registry before anybody may rely on it: totals, lineage, the law."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from thongsuot.rules.kernel.period import ONE_DAY, Period, gaps
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.lineage import Succession
from thongsuot.rules.registry.registry import Registry, full_name
from thongsuot.rules.registry.values import UnitFact


@dataclass(frozen=True, slots=True)
class Expected:
    """How many units there must be on a day: (tier, kind) → number; kind "" means the tier."""

    on: date
    totals: Mapping[tuple[str, str], int]
    basis: str = ""


def wrong_totals(registry: Registry, expected: Iterable[Expected]) -> tuple[Problem, ...]:
    """The tiers and kinds whose number is not the official one; empty is good."""
    problems: list[Problem] = []
    for day in expected:
        found = registry.totals(day.on)
        tiers: Counter[str] = Counter()
        for (tier, _kind), number in found.items():
            tiers[tier] += number
        for (tier, kind), wanted in day.totals.items():
            there = found[tier, kind] if kind else tiers[tier]
            if there != wanted:
                facts = {"on": day.on, "kind": kind or tier, "wanted": wanted, "found": there}
                problems.append(Problem("registry.wrong-total", f"{tier}/{kind}", facts, day.basis))
    return tuple(problems)


def faults(registry: Registry) -> tuple[Problem, ...]:
    """Where the lineage does not close; empty is good.

    Versions of a unit must follow each other without overlap or gap. A unit that ended must have
    a successor or a reason, a unit that began must come from somewhere; every step must leave a
    unit in force the day before and arrive at one in force on the day; the shares of one source
    on one day must add up to all of it, once. A code may mean one unit of a tier on one day.
    """
    problems: list[Problem] = []
    for unit in registry.units:
        versions = registry.versions(unit)
        problems += _versions_faults(versions)
        problems += _ends_faults(registry, versions)
    for step in _steps(registry):
        problems += _step_faults(registry, step)
    for (src, on), steps in _leaving(registry).items():
        if not _adds_up([step.share for step in steps], registry.history.there(src, on)):
            problems.append(
                Problem(
                    "registry.shares-do-not-add-up",
                    _name(registry, src, on),
                    {"on": on, "shares": tuple(s.share for s in steps)},
                )
            )
    return (*problems, *_codes_faults(registry))


def _versions_faults(versions: tuple[UnitFact, ...]) -> list[Problem]:
    first, last = versions[0], versions[-1]
    name = full_name(last)
    overlap = any(a.period.overlaps(b.period) for a, b in pairwise(versions))
    if overlap:
        return [Problem("registry.versions-overlap", name)]
    life = Period(first.period.since, last.period.until)
    holes = gaps((f.period for f in versions), life)
    return [
        Problem("registry.versions-gap", name, {"since": h.since, "until": h.until}) for h in holes
    ]


def _ends_faults(registry: Registry, versions: tuple[UnitFact, ...]) -> list[Problem]:
    first, last = versions[0], versions[-1]
    problems: list[Problem] = []
    until, since = last.period.until, first.period.since
    if until is not None:
        steps = registry.history.steps_from(last.unit, until)
        if not steps or any(step.dst is None and not step.detail for step in steps):
            problems.append(
                Problem("registry.no-successor", full_name(last), {"code": last.code, "on": until})
            )
    if since is not None and not registry.history.steps_to(first.unit, since):
        problems.append(
            Problem("registry.no-origin", full_name(first), {"code": first.code, "on": since})
        )
    return problems


def _steps(registry: Registry) -> Iterable[Succession]:
    return (step for unit in registry.units for step in registry.history.steps_from(unit))


def _step_faults(registry: Registry, step: Succession) -> list[Problem]:
    there = registry.history.there
    problems = []
    if step.src is not None and not there(step.src, step.on - ONE_DAY):
        subject = _name(registry, step.src, step.on)
        problems.append(Problem("registry.source-not-in-force", subject, {"on": step.on}))
    if step.dst is not None and not there(step.dst, step.on):
        subject = _name(registry, step.dst, step.on)
        problems.append(Problem("registry.successor-not-in-force", subject, {"on": step.on}))
    return problems


def _leaving(registry: Registry) -> dict[tuple[int, date], list[Succession]]:
    leaving: defaultdict[tuple[int, date], list[Succession]] = defaultdict(list)
    for step in _steps(registry):
        if step.src is not None:
            leaving[step.src, step.on].append(step)
    return leaving


def _adds_up(shares: list[str], stays: bool) -> bool:
    """Whether the shares of one source on one day are all of it, and nothing twice."""
    count = Counter(shares)
    if count["whole"]:
        return len(shares) == 1
    if count["people"] > 1 or count["rest"] > 1 or (count["people"] and count["part"]):
        return False
    if stays:
        return True
    return len(shares) > 1 and bool(count["people"] or count["rest"])


def _codes_faults(registry: Registry) -> list[Problem]:
    seen: defaultdict[tuple[str, str], list[UnitFact]] = defaultdict(list)
    for fact in registry.facts.units:
        if fact.code:
            seen[fact.level, fact.code].append(fact)
    return [
        Problem("registry.code-twice", code, {"tier": tier})
        for (tier, code), facts in seen.items()
        if any(
            a.unit != b.unit and a.period.overlaps(b.period)
            for place, a in enumerate(facts)
            for b in facts[place + 1 :]
        )
    ]


def unlike_law(
    registry: Registry, law: Mapping[str, frozenset[str]], on: date
) -> tuple[Problem, ...]:
    """The old communes whose successors on ``on`` are not those that the law names.

    Shapes: ``law`` is old code → new codes; codes are read on the last day before ``on`` and on
    ``on``. An old commune that either side lacks is a problem too. Empty is good.
    """
    before = on - ONE_DAY
    held: dict[str, frozenset[str]] = {}
    for fact in registry.in_force(before, "commune"):
        steps = registry.history.steps_from(fact.unit, on)
        units = {step.dst for step in steps if step.dst is not None} if steps else {fact.unit}
        after = [registry.on(unit, on) for unit in units]
        held[fact.code] = frozenset(f.code for f in after if f is not None)
    return tuple(
        Problem(
            "registry.unlike-law",
            code,
            {
                "law": tuple(sorted(law.get(code, ()))),
                "found": tuple(sorted(held.get(code, ()))),
            },
        )
        for code in sorted(law.keys() | held.keys())
        if law.get(code) != held.get(code)
    )


def divided(registry: Registry, on: date) -> tuple[int, ...]:
    """The communes that the events of that day gave to more than one unit."""
    found = registry.in_force(on - ONE_DAY, "commune")
    return tuple(f.unit for f in found if len(registry.history.steps_from(f.unit, on)) > 1)


def _name(registry: Registry, unit: int, day: date) -> str:
    return full_name(registry.nearest(unit, day)) if registry.versions(unit) else str(unit)
