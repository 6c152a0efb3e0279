"""Where bodies stand towards each other on a day, read from the registry for the rule of reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from thongsuot.apps.registry.models import BodyVersion, Coverage, Serves, UnitVersion
from thongsuot.rules.registry.reach import PARTY_COMMITTEE, TIERS, Reach, Standing

DEEPEST = 8  # more than any real chain of parents, of bodies or of units
COMMITTEES = frozenset({PARTY_COMMITTEE, "peoples-committee", "peoples-council", "front"})


def reach_of(asker: int, to: Iterable[int | None], on: date, orders: Iterable[int] = ()) -> Reach:
    """What ``asker`` reaches among ``to`` that day; ``orders`` are the bodies whose work it does."""
    given = [b for b in dict.fromkeys(orders) if b and b != asker]
    found = standings({asker, *given, *(b for b in to if b)}, on)
    own = found.get(asker) or Standing(asker, "", "")
    return Reach(own, tuple(found[b] for b in given if b in found), found)


def principals_of(body: int, on: date) -> frozenset[int]:
    """The committees whose office a body is: those it serves, and those it stands under."""
    found = standings({body}, on).get(body)
    if found is None:
        return frozenset()
    above = {*found.parents, *found.serves}
    rows = BodyVersion.objects.known().filter(body__in=above, body__kind__in=COMMITTEES)
    return frozenset(rows.values_list("body", flat=True))


def standings(bodies: Collection[int], on: date) -> dict[int, Standing]:
    """Where each body stands on a day. As many questions for one body as for all of them.

    A body that has not begun stands where it will; one that has ended, where it last stood: a
    receiving team prepares for a ward that is not there yet.
    """
    versions = _versions(bodies, on)
    coverage = _coverage(versions, on)
    around, levels = _around({u for units in coverage.values() for u in units}, on)
    serves: defaultdict[int, set[int]] = defaultdict(set)
    for body, served in Serves.objects.on(on).filter(body__in=bodies).values_list("body", "served"):
        serves[body].add(served)
    made = {
        body: _standing(version, _parents(body, versions), coverage[body], around, levels)
        for body, version in versions.items()
    }
    return {
        body: replace(
            one,
            serves=frozenset(serves[body]),
            under_party=_under_party(one, made),
        )
        for body, one in made.items()
        if body in set(bodies)
    }


def _versions(bodies: Collection[int], on: date) -> dict[int, BodyVersion]:
    """The versions of the bodies and of everything above them, one question a step up."""
    found: dict[int, BodyVersion] = {}
    wanted = set(bodies)
    for _step in range(DEEPEST):
        if not wanted:
            break
        rows = BodyVersion.objects.known().filter(body__in=wanted).select_related("body")
        for version in rows.order_by("since", "pk"):
            held = found.get(version.body_id)
            if held is None or version.since is None or version.since <= on:
                found[version.body_id] = version
        above = {v.parent_id for v in found.values() if v.parent_id}
        wanted = {p for p in above if p not in found}
    return found


def _parents(body: int, versions: Mapping[int, BodyVersion]) -> tuple[int, ...]:
    chain: list[int] = []
    here = versions[body].parent_id
    while here and here not in chain and here != body and len(chain) < DEEPEST:
        chain.append(here)
        here = versions[here].parent_id if here in versions else None
    return tuple(chain)


def _coverage(bodies: Collection[int], on: date) -> defaultdict[int, set[int]]:
    """The territories of each body that day; where there are none, those it will have or had."""
    now: defaultdict[int, set[int]] = defaultdict(set)
    other: defaultdict[int, set[int]] = defaultdict(set)
    for row in Coverage.objects.known().filter(body__in=list(bodies)):
        begun = row.since is None or row.since <= on
        holds = begun and (row.until is None or on < row.until)
        (now if holds else other)[row.body_id].add(row.unit_id)
    for body, units in other.items():
        if not now[body]:
            now[body] = units
    return now


def _around(units: Collection[int], on: date) -> tuple[dict[int, int | None], dict[int, str]]:
    """The unit that each unit lies in, and the tier of each, up to the provinces."""
    parent: dict[int, int | None] = {}
    levels: dict[int, str] = {}
    wanted = set(units)
    for _step in range(len(TIERS) + 1):
        if not wanted:
            break
        rows = UnitVersion.objects.known().filter(unit__in=wanted).select_related("unit")
        seen: dict[int, UnitVersion] = {}
        for version in rows.order_by("since", "pk"):
            if version.unit_id not in seen or version.since is None or version.since <= on:
                seen[version.unit_id] = version
        for unit, version in seen.items():
            parent[unit], levels[unit] = version.parent_id, version.unit.level
        wanted = {v.parent_id for v in seen.values() if v.parent_id} - parent.keys()
    return parent, levels


def _standing(
    version: BodyVersion,
    parents: tuple[int, ...],
    units: Collection[int],
    around: Mapping[int, int | None],
    levels: Mapping[int, str],
) -> Standing:
    within: set[int] = set()
    for unit in units:
        here: int | None = unit
        while here and here not in within:
            within.add(here)
            here = around.get(here)
    tiers = [TIERS.index(levels[u]) for u in units if u in levels]
    return Standing(
        body=version.body_id,
        kind=version.body.kind,
        bloc=version.body.bloc,
        tier=TIERS[min(tiers)] if tiers else "",
        parents=parents,
        units=frozenset(units),
        within=frozenset(within),
        provinces=frozenset(u for u in within if not around.get(u)),
    )


def _under_party(one: Standing, made: Mapping[int, Standing]) -> bool:
    """Whether it is a Party committee below another one of its own tier and territory."""
    above = made.get(one.parents[0]) if one.parents else None
    return (
        one.kind == PARTY_COMMITTEE
        and above is not None
        and above.kind == PARTY_COMMITTEE
        and above.tier == one.tier
        and bool(above.units & one.units)
    )
