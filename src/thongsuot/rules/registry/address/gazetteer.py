"""Every name a place has borne, by what it stands in: built once from the registry, then only read.

Small tables of plain values, so that they can be kept in a file and read back in a moment.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from thongsuot.rules.kernel.period import ONE_DAY
from thongsuot.rules.registry.address.near import Near, by_length
from thongsuot.rules.registry.address.text import COMMUNE as COMMUNE_BIT
from thongsuot.rules.registry.address.text import DISTRICT as DISTRICT_BIT
from thongsuot.rules.registry.address.text import PROVINCE as PROVINCE_BIT
from thongsuot.rules.registry.address.text import key_of
from thongsuot.rules.registry.registry import Registry
from thongsuot.rules.registry.values import COMMUNE, DISTRICT, PROVINCE, UnitFact

REFORM = date(2025, 7, 1)
VERSION = 8  # of the shape of the tables
PREFIXES = (
    "thitran",
    "thixa",
    "thanhpho",
    "phuong",
    "huien",
    "quan",
    "tinh",
    "xa",
    "tt",
    "tx",
    "tp",
)
_NUMBERED = re.compile("(?:ward|phuong|quan|p|f|q)([0-9]+)")
Names = dict[str, Sequence[int]]
Inside = dict[int, Names]


@dataclass(frozen=True, slots=True)
class PartTo:
    """What of a divided commune went to one of today, by which clause.

    ``share``: part, rest, people (everybody, with some of the land), land (nobody). How large it
    is no source says. ``detail``: the words of the clause, where they were read.
    """

    unit: int
    share: str
    number: str
    clause: str
    detail: str


class Gazetteer:
    """Names of provinces, districts and communes before and after 1 July 2025.

    ``before``: which communes of old bear a key, by district and by province; ``now``: which
    communes of today do, by province of today. ``became``: the communes of today that the people
    of an old one may live in, and that of a district which became one as a whole. ``code``, ``kind``: of every unit, as it last was.
    """

    def __init__(self, tables: dict[str, Any]) -> None:
        self.provinces: Names = tables["provinces"]  # key → provinces of old
        self.provinces_now: Names = tables["provinces_now"]  # key → provinces of today
        self.districts: Names = tables["districts"]  # key → districts
        self.above: dict[int, int] = tables["above"]  # commune of old → district → province
        self.today: dict[int, int] = tables["today"]  # province of old → province of today
        self.in_district: Inside = tables["in_district"]
        self.in_province: Inside = tables["in_province"]
        self.now: Inside = tables["now"]
        self.became: dict[int, list[int]] = tables["became"]
        self.code: dict[int, str] = tables["code"]
        self.kind: dict[int, str] = tables["kind"]
        self.key: dict[int, str] = tables["key"]  # the own key of the registry
        self.written: dict[int, str] = tables["written"]  # the name with its marks
        self.basis: dict[int, list[list[str]]] = tables["basis"]  # number and clause of the text
        self._parts: dict[int, list[list[Any]]] = tables["parts"]
        self.also: set[tuple[int, str]] = {(u, k) for u, k in tables["also"]}
        self.districts_in: Inside = tables["districts_in"]
        self.old_in: dict[int, list[int]] = tables["old_in"]  # province of today → those of old
        self.above_now: dict[int, int] = tables["above_now"]
        self.tables = tables
        self.dashed = frozenset(tables["dashed"])  # keys of names written with a dash inside
        self._everywhere: Names | None = None
        self._everywhere_now: Names | None = None
        self._known: dict[int, set[str]] = {}
        self._near: dict[int, Near] = {}
        self._all_provinces = {**self.provinces, **self.provinces_now}

    @property
    def everywhere(self) -> Names:
        """The communes of old that bear a key, in the whole country."""
        if self._everywhere is None:
            self._everywhere = _together(self.in_province)
        return self._everywhere

    @property
    def everywhere_now(self) -> Names:
        """The communes of today that bear a key, in the whole country."""
        if self._everywhere_now is None:
            self._everywhere_now = _together(self.now)
        return self._everywhere_now

    def known(self, tiers: int) -> set[str]:
        """Every key that a unit of one of the tiers bears."""
        found = self._known.get(tiers)
        if found is None:
            found = set()
            if tiers & PROVINCE_BIT:
                found.update(self.provinces, self.provinces_now)
            if tiers & DISTRICT_BIT:
                found.update(self.districts)
            if tiers & COMMUNE_BIT:
                found.update(self.everywhere, self.everywhere_now)
            self._known[tiers] = found
        return found

    @property
    def near_provinces(self) -> Near:
        """The names of provinces of old and of today, for looking for near ones."""
        return self.near(self._all_provinces)

    def near(self, names: Names) -> Near:
        """The keys of one of the tables, for looking for near ones."""
        found = self._near.get(id(names))
        if found is None:
            found = self._near[id(names)] = by_length(names)
        return found

    def parts_of(self, unit: int) -> tuple[PartTo, ...]:
        """What of a commune of old went where, all of it; empty where it was not divided."""
        return tuple(PartTo(*row) for row in self._parts.get(unit, ()))

    def own_key(self, unit: int) -> str:
        """What the name of a unit is looked up by."""
        return key_of(self.written[unit])

    def warm(self) -> None:
        """Everything that would else be made at the first address that needs it."""
        for tiers in range(1, 8):
            self.known(tiers)
        tables = (self.in_province, self.districts_in, self.now, self.in_district)
        for inside in tables:
            for names in inside.values():
                self.near(names)
        self.near(self.districts)
        self.near(self._all_provinces)


def _together(inside: Inside) -> Names:
    names: defaultdict[str, list[int]] = defaultdict(list)
    for some in inside.values():
        for key, units in some.items():
            names[key].extend(units)
    return dict(names)


def tables_of(registry: Registry, today: date) -> dict[str, Any]:
    """The tables from the registry, for addresses to be found as of ``today``."""
    eve = REFORM - ONE_DAY
    old = {f.unit: f for f in registry.in_force(eve)}
    new = {f.unit: f for f in registry.in_force(today)}
    maker = _Maker(registry, today)
    maker.earlier()
    for fact in old.values():
        maker.old(fact, old)
    for fact in new.values():
        maker.new(fact)
    return maker.tables()


class _Maker:
    """Collects the tables."""

    def __init__(self, registry: Registry, today: date) -> None:
        self.registry, self.day = registry, today
        self.numbers = {t.key: t.number for t in registry.facts.texts}
        self.aliases: defaultdict[int, list[str]] = defaultdict(list)
        self.found: dict[str, Any] = {
            name: defaultdict(list) for name in ("provinces", "provinces_now", "districts")
        }
        for name in ("in_district", "in_province", "now", "districts_in"):
            self.found[name] = defaultdict(lambda: defaultdict(list))
        for name in (
            "above",
            "today",
            "became",
            "code",
            "kind",
            "above_now",
            "written",
            "basis",
            "key",
            "parts",
        ):
            self.found[name] = {}
        self.found["old_in"] = defaultdict(list)
        self.found["also"] = []
        self.found["dashed"] = []

    def earlier(self) -> None:
        """Names borne earlier, without the kind that stands in front of some of them."""
        for unit, alias, _source in self.registry.facts.aliases:
            key = key_of(alias)
            numbered = _NUMBERED.fullmatch(key)
            if numbered:  # "f09", "ward 02"
                key = numbered[1]
            for prefix in PREFIXES:
                if key.startswith(prefix) and len(key) > len(prefix) + 1:
                    key = key[len(prefix) :]
                    break
            if key not in self.aliases[unit]:
                self.aliases[unit].append(key_of(key))

    def _keys(self, fact: UnitFact) -> list[str]:
        own = key_of(fact.name)
        if " - " in fact.name:
            self.found["dashed"].append(own)
        more = [k for k in self.aliases.get(fact.unit, ()) if k and k != own]
        self.found["also"] += [(fact.unit, k) for k in more]
        return [own, *dict.fromkeys(more)]

    def _tell(self, fact: UnitFact) -> None:
        f, unit = self.found, fact.unit
        f["code"][unit], f["kind"][unit], f["written"][unit] = fact.code, fact.kind, fact.name
        f["key"][unit] = self.registry.facts.keys[unit]

    def old(self, fact: UnitFact, there: dict[int, UnitFact]) -> None:
        """A unit of the day before the districts ended."""
        f = self.found
        self._tell(fact)
        if fact.level == PROVINCE:
            for key in self._keys(fact):
                f["provinces"][key].append(fact.unit)
            to = self._arrivals(fact.unit)
            f["today"][fact.unit] = to[0] if to else fact.unit
            f["old_in"][f["today"][fact.unit]].append(fact.unit)
        elif fact.level == DISTRICT and fact.parent is not None:
            f["above"][fact.unit] = fact.parent
            for key in self._keys(fact):
                f["districts"][key].append(fact.unit)
                f["districts_in"][fact.parent][key].append(fact.unit)
            self._as_one(fact.unit)
        elif fact.level == COMMUNE and fact.parent is not None:
            f["above"][fact.unit] = fact.parent
            f["became"][fact.unit] = self._arrivals(fact.unit)
            above = there.get(fact.parent)
            for key in self._keys(fact):
                f["in_district"][fact.parent][key].append(fact.unit)
                if above is not None and above.parent is not None:
                    f["in_province"][above.parent][key].append(fact.unit)

    def _as_one(self, district: int) -> None:
        """A district that went to one commune of today with all that was in it: Côn Đảo."""
        portions = self.registry.portions(district)
        if len(portions) == 1:
            steps = portions[0].steps
            said = dict.fromkeys((self.numbers.get(s.basis, s.basis), s.clause) for s in steps)
            self.found["became"][district] = [portions[0].unit]
            self.found["basis"][district] = [list(pair) for pair in said]

    def new(self, fact: UnitFact) -> None:
        """A unit of today."""
        f = self.found
        self._tell(fact)
        if fact.level == PROVINCE:
            f["provinces_now"][key_of(fact.name)].append(fact.unit)
        elif fact.level == COMMUNE and fact.parent is not None:
            f["now"][fact.parent][self._keys(fact)[0]].append(fact.unit)
            f["above_now"][fact.unit] = fact.parent

    def _arrivals(self, unit: int) -> list[int]:
        """What became of a unit: the one where all its people are, else everything that took of it."""
        answer = self.registry.whereabouts(unit, REFORM - ONE_DAY, self.day)
        chosen = answer.homes if len(answer.homes) == 1 else answer.arrivals
        if len(answer.arrivals) > 1:
            self.found["parts"][unit] = [
                [a.thing, s.share, self.numbers.get(s.basis, s.basis), s.clause, s.detail]
                for a in answer.arrivals
                for s in (way[0] for way in a.ways[:1] if way)
            ]
        steps = [way[0] for a in chosen for way in a.ways[:1] if way]
        said = dict.fromkeys((self.numbers.get(s.basis, s.basis), s.clause) for s in steps)
        self.found["basis"][unit] = [list(pair) for pair in said]
        return [a.thing for a in chosen]

    def tables(self) -> dict[str, Any]:
        """As plain mappings."""
        f = self.found
        plain = {n: dict(t) if isinstance(t, defaultdict) else t for n, t in f.items()}
        for name in ("in_district", "in_province", "now", "districts_in"):
            plain[name] = {unit: dict(names) for unit, names in f[name].items()}
        return plain
