"""Read from what is surest to what is least: a province, a district in it, a commune in that.

Each level is looked up as written first and then with a slip of the finger, but only among the
names that can stand there. What the text leaves open stays open: every reading is given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from thongsuot.rules.registry.address.cut import EVERY, UPPER
from thongsuot.rules.registry.address.gazetteer import REFORM, Gazetteer, Names
from thongsuot.rules.registry.address.near import distance, nearest
from thongsuot.rules.registry.address.reading import (
    DISTRICT_ONLY,
    ELSEWHERE,
    EXACT,
    NEAR,
    NOTHING,
    PROVINCE_ONLY,
    Found,
)
from thongsuot.rules.registry.address.text import COMMUNE, DISTRICT, PROVINCE, WORDS, Segment

SISTER = 1  # against a commune of a province that only later became the one named
REMEMBERED = 2_000
Named = tuple[int, int, int]  # a district, the segment that names it, the slips in it


@dataclass(slots=True)
class Place:
    """What is known so far of where it is, and which segments said so."""

    segments: Sequence[Segment]
    provinces: tuple[int, ...] = ()  # of old
    now: tuple[int, ...] = ()  # provinces of today
    used: frozenset[int] = frozenset()


class _Table(NamedTuple):
    """Communes by name; how much speaks against them already; the segments that name others."""

    names: Names
    old: bool
    against: int
    taken: frozenset[int]


# Provinces of old and of today, and the segments that name districts.
_Asked = tuple[tuple[int, ...], tuple[int, ...], frozenset[int]]


class Searcher:
    """Finds the communes that the segments of an address may mean."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names = gazetteer
        self._known = gazetteer.known(UPPER)
        # What comes again and again; as many as there are provinces, and few more.
        self._within_now: dict[tuple[str, bool], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._tables: dict[_Asked, list[_Table]] = {}

    def find(self, segments: Sequence[Segment], on: date | None) -> tuple[Place, list[Found], str]:
        """Where it is, the communes that it may be, and by which way they were found."""
        place = self._province(segments)
        found, why = self._commune(place, on)
        if not found and place.used:
            found = self._in_a_province_mistaken(place, on)
            if found:
                return Place(segments), found, NEAR
        return place, found, why

    # --- the province ------------------------------------------------------------------------

    def _province(self, segments: Sequence[Segment]) -> Place:
        names, last = self.names, len(segments) - 1
        order = self._likely(segments, PROVINCE)
        for at in order:
            place = self._as_province(segments, at, segments[at].key)
            if place is not None:
                return self._rather_an_end(segments, at) or place
        for at in order:
            segment = segments[at]
            # With a slip only where a province is written so, or where one stands: at an end.
            if segment.key in names.districts and segment.tiers != PROVINCE:
                continue
            if segment.tiers == PROVINCE or (at in (0, last) and not segment.small):
                place = self._nearly_a_province(segments, at)
                if place is not None:
                    return place
        return Place(segments)

    def _nearly_a_province(self, segments: Sequence[Segment], at: int) -> Place | None:
        far, keys = nearest(segments[at].key, self.names.near_provinces)
        if far and len(keys) == 1:
            return self._as_province(segments, at, keys[0], near=True)
        return None

    def _rather_an_end(self, segments: Sequence[Segment], at: int) -> Place | None:
        """The province at an end with a slip, when what bears the name of one lies in it.

        "Hải Ninh, Quảng Ninh, Qảng Bình": there is a district Quảng Ninh in Quảng Bình.
        """
        last = len(segments) - 1
        if at == last or segments[at].tiers == PROVINCE:
            return None
        for end in (last, 0) if at else (last,):
            segment = segments[end]
            if segment.small or segment.tiers & COMMUNE or segment.key in self.names.known(EVERY):
                continue
            place = self._nearly_a_province(segments, end)
            if place is not None and self._lies_in(segments[at].key, place):
                return place
        return None

    def _lies_in(self, key: str, place: Place) -> bool:
        """Whether a district or commune with that name is in the provinces of a place."""
        names = self.names
        tables = (names.districts_in, names.in_province)
        return any(key in table.get(p, ()) for p in place.provinces for table in tables)

    def _as_province(
        self, segments: Sequence[Segment], at: int, key: str, *, near: bool = False
    ) -> Place | None:
        names, city = self.names, segments[at].kind in ("tp", "thanh pho") and not near
        if key not in names.provinces and key not in names.provinces_now:
            return None
        within = self._within_now.get((key, city))
        if within is None:
            within = self._within_now[key, city] = self._provinces_called(key, city=city)
        if not within[0] and not within[1]:
            return None
        return Place(segments, *within, frozenset((at,)))

    def _provinces_called(self, key: str, *, city: bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The provinces of old in what is called so, and those of today.

        ``city``: "Thành phố Hòa Bình" is the district, "Thành phố Hải Phòng" the province.
        """
        names = self.names
        old, now = names.provinces.get(key, ()), names.provinces_now.get(key, ())
        cities = any(names.kind[unit] == "city" for unit in (*old, *now))
        if city and not cities and key in names.districts:
            return (), ()
        joined = [u for unit in now for u in names.old_in.get(unit, ())]
        return tuple(dict.fromkeys((*old, *joined))), tuple(now)

    def _likely(self, segments: Sequence[Segment], tier: int) -> list[int]:
        """Where a unit of a tier is likely to stand: with its kind, then last, then first."""
        named: list[int] = []
        also: list[int] = []
        bare: list[int] = []
        last = len(segments) - 1
        for at in (last, 0, *range(last - 1, 0, -1)) if last else (0,):
            segment = segments[at]
            if segment.small and segment.key not in self._known:
                continue
            tiers = segment.tiers
            (bare if not tiers else named if tiers == tier else also).append(at)
        return [*named, *(at for at in also if segments[at].tiers & tier), *bare]

    # --- the district ------------------------------------------------------------------------

    def _districts(self, place: Place) -> list[Named]:
        """The districts that the text may name: (district, segment, slips), the surest first."""
        order = [at for at in self._likely(place.segments, DISTRICT) if at not in place.used]
        tables, segments = self._district_tables(place), place.segments
        found = [
            (district, at, 0)
            for at in order
            if not self._stray_number(place, at)
            for table in tables
            for district in table.get(segments[at].key, ())
        ]
        return found or self._near_districts(place, order, tables)

    def _near_districts(
        self, place: Place, order: Sequence[int], tables: Sequence[Names]
    ) -> list[Named]:
        """Districts with a slip: behind their kind, or in a province that is known."""
        names, found, communes = self.names, [], self.names.known(COMMUNE)
        for at in order:
            segment = place.segments[at]
            bare = not segment.tiers and place.provinces and segment.key not in communes
            if segment.tiers & DISTRICT or bare:
                for table in tables:
                    far, keys = nearest(segment.key, names.near(table))
                    found += [(d, at, far) for key in keys for d in table[key]]
        return found

    def _stray_number(self, place: Place, at: int) -> bool:
        """Whether a number without a kind stands where no district does: not beside the province."""
        segment, last = place.segments[at], len(place.segments) - 1
        if segment.tiers or not segment.key.isdigit() or at == last:
            return False
        return at + 1 not in place.used and at - 1 not in place.used

    def _district_tables(self, place: Place) -> list[Names]:
        if not place.provinces:
            return [self.names.districts]
        return [self.names.districts_in[p] for p in place.provinces if p in self.names.districts_in]

    # --- the commune -------------------------------------------------------------------------

    def _commune(self, place: Place, on: date | None) -> tuple[list[Found], str]:
        """The communes that the text may mean, by the surest way that finds any."""
        districts = self._districts(place) if on is None or on < REFORM else []
        found, why = self._within(place, districts, on)
        if not found and any(slips for _, _, slips in districts):
            again, how = self._within(place, (), on)  # what looked like a district was none
            if again:
                return again, how
        return found, why

    def _within(
        self, place: Place, districts: Sequence[Named], on: date | None
    ) -> tuple[list[Found], str]:
        kinded = any(s.tiers == COMMUNE for s in place.segments)
        below = self._below(districts)
        found = self._search(place, below, near=False)
        if found:
            return found, EXACT
        across = self._across(place, districts, on)
        ways = [(across, False, EXACT), (below, True, NEAR), (across, True, NEAR)]
        if not kinded:  # a bare name elsewhere says less than a slip in one that fits
            ways[0], ways[1] = ways[1], ways[0]
        for tables, near, why in ways:
            if near and tables is across and not place.used:
                continue  # a slip anywhere in the country is no reading
            found = self._search(place, tables, near=near)
            if found:
                if tables is across and not near and kinded:
                    found = found + self._slip_here(place, below)
                return found, ELSEWHERE if districts and tables is across else why
        found = self._last_words(place, below) or self._alone(place, on)
        if found:
            return found, EXACT
        return self._whole_district(districts, kinded=kinded) or (
            [],
            DISTRICT_ONLY if districts else PROVINCE_ONLY if place.used else NOTHING,
        )

    def _whole_district(
        self, districts: Sequence[Named], *, kinded: bool
    ) -> tuple[list[Found], str] | None:
        """A district of which all is one commune now, where no commune of it is named: Côn Đảo."""
        if kinded or len(districts) != 1:
            return None
        district, _, slips = districts[0]
        if slips or district not in self.names.became:
            return None
        return [Found(district, True)], EXACT

    def _slip_here(self, place: Place, below: Sequence[_Table]) -> list[Found]:
        """Communes of the district that is named, one slip from what was found elsewhere."""
        sure = [table for table in below if not table.against]
        near = self._search(place, sure, near=True) if sure else []
        return [found for found in near if found.slips == 1 and not found.by_alias]

    def _in_a_province_mistaken(self, place: Place, on: date | None) -> list[Found]:
        """Commune and district as written, in a province a slip or two from the one written."""
        if on is not None and on >= REFORM:
            return []
        names, segments = self.names, place.segments
        said = [segments[at].key for at in place.used]
        kinds = [s for s in segments if s.tiers & DISTRICT and s.key not in said]
        communes = [s for s in segments if s.tiers == COMMUNE]
        return [
            Found(unit, True, 1, (unit, commune.key) in names.also)
            for district in kinds
            for one in names.districts.get(district.key, ())
            if any(distance(key, names.own_key(names.above[one]), 2) <= 2 for key in said)
            for commune in communes
            for unit in names.in_district.get(one, {}).get(commune.key, ())
        ]

    def _last_words(self, place: Place, tables: Sequence[_Table]) -> list[Found]:
        """A commune of the district at the end of a stretch: "12 Lê Lợi Bến Nghé"."""
        taken = {at for table in tables for at in table.taken}
        ends = [
            Segment(s.words[at:])
            for n, s in enumerate(place.segments)
            if not s.tiers and n not in taken
            for at in range(1, len(s.words))
        ]
        if not ends:
            return []
        place = Place([s for s in ends if not s.small])
        found = self._search(place, tables, near=False, any_at=True)
        return [one for one in found if not one.by_alias]

    def _alone(self, place: Place, on: date | None) -> list[Found]:
        """A single name without a kind may be a commune as well as a district or province.

        Where a province is named beside it, it is a district first: communes called so are
        answered only when there are several, never one for a whole district.
        """
        known = self.names.known(COMMUNE)
        at = [
            n
            for n, s in enumerate(place.segments)
            if n not in place.used and (not s.small or s.key in known)
        ]
        if len(at) > 1 or any(place.segments[n].tiers for n in at):
            return []
        if not at:
            at = [0] if len(place.segments) == 1 and not place.segments[0].tiers else []
        only = Place([place.segments[n] for n in at])
        if not place.used or len(place.segments) == 1:
            return self._search(only, self._across(only, (), on), near=False)
        found = self._search(only, self._across(place, (), on), near=False)
        return found if len(self._became(found)) > 1 else []

    def _became(self, found: Sequence[Found]) -> set[int]:
        """The communes of today that they are."""
        names = self.names
        return {u for f in found for u in (names.became[f.unit] if f.old else (f.unit,))}

    def _below(self, districts: Sequence[Named]) -> list[_Table]:
        """The communes of the districts named, each with what speaks against its district."""
        names = self.names.in_district
        return [
            _Table(names[d], True, 3 * slips, frozenset((at,)))
            for d, at, slips in districts
            if d in names
        ]

    def _across(self, place: Place, districts: Sequence[Named], on: date | None) -> list[_Table]:
        """The communes of the province whatever their district; of the country where none is named.

        Nothing is looked up in the whole country while a province or district is named that is
        not known. Who names a district means the map of before the reform.
        """
        names = self.names
        taken = frozenset(at for _, at, _ in districts)
        old = on is None or on < REFORM
        new = on is None or on >= REFORM
        if any(place.segments[at].tiers == DISTRICT for at in taken):
            new = False
        if place.used:
            asked = (place.provinces if old else (), place.now if new else (), taken)
            tables = self._tables.get(asked)
            if tables is None:
                if len(self._tables) >= REMEMBERED:
                    self._tables.clear()
                tables = self._tables[asked] = [
                    *(
                        _Table(names.in_province.get(p, {}), True, SISTER * (n > 0), taken)
                        for n, p in enumerate(asked[0])
                    ),
                    *(_Table(names.now.get(p, {}), False, 0, taken) for p in asked[1]),
                ]
            return tables
        if any(
            s.tiers and not s.tiers & COMMUNE and at not in taken
            for at, s in enumerate(place.segments)
        ):
            return []
        before = [_Table(names.everywhere, True, 0, taken)] if old else []
        return before + ([_Table(names.everywhere_now, False, 0, taken)] if new else [])

    def _search(
        self, place: Place, tables: Sequence[_Table], *, near: bool, any_at: bool = False
    ) -> list[Found]:
        """The communes of the tables that a segment names, those against which least speaks.

        Where one of today bears the name, those of old count that came to its province with the
        reform: the name alone does not say which is meant.
        """
        best: dict[int, tuple[int, bool, Found]] = {}
        for table, segment in _pairs(place, tables, near=near, any_at=any_at):
            word = WORDS.get(segment.kind)
            for found in self._look(table, segment, near=near):
                cost = table.against + 4 * found.slips + 2 * found.by_alias
                cost += bool(word and self.names.kind.get(found.unit) != word)
                if found.unit not in best or cost < best[found.unit][0]:
                    best[found.unit] = (cost, table.against == SISTER, found)
        if not best:
            return []
        least = min(cost for cost, _, _ in best.values())
        there = self.names.above_now  # also those of old that the reform left as they were
        of_today = not near and any(c == least and f.unit in there for c, _, f in best.values())
        return [
            found
            for cost, sister, found in best.values()
            if cost == least or (of_today and sister and cost == least + SISTER)
        ]

    def _look(self, table: _Table, segment: Segment, *, near: bool) -> list[Found]:
        also = self.names.also
        far, keys = (0, [segment.key]) if not near else self._near(segment.key, table.names)
        return [
            Found(unit, table.old, far, (unit, key) in also)
            for key in keys
            for unit in table.names.get(key, ())
        ]

    def _near(self, key: str, names: Names) -> tuple[int, list[str]]:
        return nearest(key, self.names.near(names))


def _pairs(
    place: Place, tables: Sequence[_Table], *, near: bool, any_at: bool
) -> Iterator[tuple[_Table, Segment]]:
    """Each table with the segments that may name a commune of it."""
    may: dict[frozenset[int], list[Segment]] = {}
    for table in tables:
        taken = frozenset() if any_at else table.taken
        if taken not in may:
            may[taken] = list(_candidates(place, taken, near=near))
        for segment in may[taken]:
            if near or segment.key in table.names:
                yield table, segment


def _candidates(place: Place, taken: frozenset[int], *, near: bool) -> Iterator[Segment]:
    """The segments that may name the commune: those with its kind, else those without any.

    One that looks like a hamlet ("Bản Ngoại") only when nothing else is left, and only as it is
    written.
    """
    rest = [s for at, s in enumerate(place.segments) if at not in place.used and at not in taken]
    if not place.used and not taken:  # "11" alone is no ward of the country
        rest = [s for s in rest if s.tiers or not s.key.isdigit()]
    named = [s for s in rest if s.tiers & COMMUNE]
    if named:
        yield from named
        return
    yield from (s for s in rest if not s.tiers and not s.small)
    if not near:
        yield from (s for s in rest if s.small and s.key[0].isalpha())
