"""What must hold of the facts before they are loaded: the official totals, the law, each other."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from thongsuot.apps.registry.sources import (
    OLD_SOURCE,
    Sources,
    files_read,
    kind_and_name,
)
from thongsuot.apps.registry.sources_facts import JULY, LAW_SOURCE
from thongsuot.rules.kernel.period import ONE_DAY
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry import guards
from thongsuot.rules.registry.guards import Expected
from thongsuot.rules.registry.registry import Registry
from thongsuot.rules.registry.values import Facts

DIVIDED_2025 = 441
LAST_DAY_READ = date(2026, 10, 1)  # the day of the newest list of units in force

# Official totals; the resolutions of 2025 for July, the newest list for 2026.
TOTALS = (
    Expected(
        JULY - ONE_DAY,
        {("province", ""): 63, ("district", ""): 696, ("commune", ""): 10_035},
    ),
    Expected(
        JULY,
        {
            ("province", ""): 34, ("province", "city"): 6, ("province", "province"): 28,
            ("district", ""): 0,
            ("commune", ""): 3_321, ("commune", "commune"): 2_621, ("commune", "ward"): 687,
            ("commune", "special-zone"): 13,
        },
    ),
    Expected(
        LAST_DAY_READ,
        {
            ("province", ""): 34, ("province", "city"): 9, ("province", "province"): 25,
            ("district", ""): 0,
            ("commune", ""): 3_321, ("commune", "commune"): 2_599, ("commune", "ward"): 709,
            ("commune", "special-zone"): 13,
        },
    ),
)  # fmt: skip


def fingerprint() -> str:
    """One mark for everything that is read: it changes when any source file does."""
    whole = hashlib.sha256()
    for path in files_read():
        whole.update(path.name.encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def faults(sources: Sources, facts: Facts) -> tuple[Problem, ...]:
    """Everything that forbids loading, all at once; empty is good."""
    registry = Registry(facts)
    law: defaultdict[str, set[str]] = defaultdict(set)
    for row in sources.law:
        law[row.old].add(row.new)
    problems = [
        *_between_sources(sources),
        *guards.wrong_totals(registry, TOTALS),
        *guards.faults(registry),
        *guards.unlike_law(registry, {k: frozenset(v) for k, v in law.items()}, JULY),
        *_events_twice(facts),
    ]
    divided = len(guards.divided(registry, JULY))
    if divided != DIVIDED_2025:
        found = {"wanted": DIVIDED_2025, "found": divided}
        problems.append(Problem("registry.wrong-divided", facts=found))
    return tuple(problems)


def _between_sources(sources: Sources) -> Iterable[Problem]:
    """The two lists of units in force must name the same units under the same provinces."""
    ours = {row.code: row.province_code for row in sources.new}
    theirs = {row.code: row.province_code for row in sources.latest}
    for code in sorted(ours.keys() | theirs.keys()):
        if ours.get(code) != theirs.get(code):
            readings = {"one": ours.get(code, ""), "other": theirs.get(code, "")}
            yield Problem("registry.sources-differ", code, readings)
    changed = {row["code"]: row["kind"] for row in sources.changes if row["level"] == "province"}
    for code, name in sorted(sources.new_provinces.items()):
        kind, bare = kind_and_name(name, "province")
        wanted = (changed.get(code, kind), bare)
        latest = sources.latest_provinces.get(code, "")
        if not latest or kind_and_name(latest, "province") != wanted:
            yield Problem("registry.sources-differ", code, {"one": name, "other": latest})
    for code in sorted(
        {row.code for row in sources.old if row.code} ^ {r.old for r in sources.law}
    ):
        yield Problem("registry.sources-differ", code, {"one": OLD_SOURCE, "other": LAW_SOURCE})


def _events_twice(facts: Facts) -> Iterable[Problem]:
    """Each event must be told apart by its kind, day, text, clause and note."""
    seen = Counter((e.kind, e.on, e.basis, e.note) for e in facts.events)
    for (kind, on, basis, _note), number in seen.items():
        if number > 1:
            yield Problem(
                "registry.event-twice", f"{basis.key} {basis.clause}", {"on": on, "kind": kind}
            )
