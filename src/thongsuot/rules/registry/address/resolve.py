"""Which unit an address means, and which it is today: one, one of several, or none that is known.

Read from what is surest to what is least: a province, a district in it, a commune in that. Each
level is looked up as written first and then with a slip of the finger, but only among the names
that can stand there. What the text leaves open stays open: every reading is given.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.legacy import detect_legacy
from thongsuot.rules.registry.address.cut import UPPER, Cutter
from thongsuot.rules.registry.address.gazetteer import REFORM, Gazetteer, Names
from thongsuot.rules.registry.address.near import nearest
from thongsuot.rules.registry.address.reading import (
    DISTRICT_ONLY,
    DIVIDED,
    EARLIER_NAME,
    ELSEWHERE,
    EXACT,
    NEAR,
    NONE,
    NOTHING,
    ONE,
    PROVINCE_ONLY,
    SAME_NAME,
    SEVERAL,
    Found,
    Reading,
)
from thongsuot.rules.registry.address.text import (
    COMMUNE,
    DISTRICT,
    PROVINCE,
    WORDS,
    Segment,
    signs,
)

Named = tuple[int, int, int]  # a district, the segment that names it, the slips in it


@dataclass(slots=True)
class _Place:
    """What is known so far of where it is, and which segments said so."""

    segments: Sequence[Segment]
    provinces: tuple[int, ...] = ()  # of old
    now: tuple[int, ...] = ()  # provinces of today
    used: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Table:
    """Communes by name; how much speaks against them already; the segments that name others."""

    names: Names
    old: bool
    against: int
    taken: frozenset[int]


class Resolver:
    """Reads addresses against one gazetteer; answers do not depend on what was asked before."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names = gazetteer
        self._cutter = Cutter(gazetteer)
        self._exactly: dict[int, Reading] = {}

    def resolve(self, text: str, on: date | None = None) -> Reading:
        """What the address means. ``on``: the day it was written, where that is known.

        Any text has an answer; one in an encoding of before Unicode is read as it was meant.
        Nothing is sent anywhere.
        """
        reading = self._resolve(text, on)
        if reading.status == NONE and not text.isascii():
            legacy = detect_legacy(text[:400])
            if legacy is not None and legacy.proposal != text:
                return self._resolve(legacy.proposal, on)
        return reading

    def _resolve(self, text: str, on: date | None) -> Reading:
        segments = self._cutter.segments(text)
        if not segments:
            return Reading(NONE, (), (), NOTHING)
        if on is None or on < REFORM:
            straight = self._straight(segments)
            if straight is not None:
                return straight
        place = self._province(segments)
        found, why = self._commune(place, on)
        if len(found) > 1:
            found = self._by_marks(text, found)
        return self._reading(place, found, why)

    def _straight(self, segments: Sequence[Segment]) -> Reading | None:
        """Commune, district, province, each with its kind and in that order, and only one such."""
        if len(segments) < 3:  # the three
            return None
        commune, district, province = segments[-3:]
        if commune.tiers != COMMUNE or not district.tiers & DISTRICT:
            return None
        if province.tiers and not province.tiers & PROVINCE:
            return None
        names = self.names
        found = [
            unit
            for within in names.provinces.get(province.key, ())
            for one in names.districts_in[within].get(district.key, ())
            for unit in names.in_district[one].get(commune.key, ())
        ]
        if len(found) != 1:
            return None
        unit = found[0]
        reading = self._exactly.get(unit)
        if reading is None:
            alias = (unit, commune.key) in names.also
            place = _Place(segments)
            reading = self._reading(place, [Found(unit, True, 0, alias)], EXACT)
            if not alias:
                self._exactly[unit] = reading
        return reading

    def _by_marks(self, text: str, found: list[Found]) -> list[Found]:
        """Where names differ by their marks only, those that the text writes; all when it has none."""
        if text.isascii():
            return found
        said = signs(text)
        same = [f for f in found if _within(signs(self.names.written[f.unit]), said)]
        return same or found

    # --- the province ------------------------------------------------------------------------

    def _province(self, segments: Sequence[Segment]) -> _Place:
        order = self._likely(segments, PROVINCE)
        for at in order:
            place = self._as_province(segments, at, segments[at].key)
            if place is not None:
                return place
        last = len(segments) - 1
        for at in order:
            segment = segments[at]
            # With a slip only where a province is written so, or where one stands: at an end.
            if segment.key in self.names.districts and segment.tiers != PROVINCE:
                continue
            if segment.tiers == PROVINCE or (at in (0, last) and not segment.small):
                far, keys = nearest(segment.key, self._province_keys())
                if far and len(keys) == 1:
                    place = self._as_province(segments, at, keys[0], near=True)
                    if place is not None:
                        return place
        return _Place(segments)

    def _province_keys(self) -> Iterable[tuple[str, int]]:
        names = self.names
        return (
            *names.masked(names.provinces),
            *(pair for pair in names.masked(names.provinces_now) if pair[0] not in names.provinces),
        )

    def _as_province(
        self, segments: Sequence[Segment], at: int, key: str, *, near: bool = False
    ) -> _Place | None:
        names = self.names
        old, now = names.provinces.get(key), names.provinces_now.get(key)
        if not old and not now:
            return None
        if segments[at].kind in ("tp", "thanh pho") and not near:
            # "Thành phố Hòa Bình" is the district, "Thành phố Hải Phòng" the province.
            provinces = {*(old or ()), *(now or ())}
            city = any(names.kind[u] == "city" for u in provinces)
            if not city and key in names.districts:
                return None
        within = list(old or ())
        for unit in now or ():
            within += [u for u in names.old_in.get(unit, ()) if u not in within]
        return _Place(segments, tuple(within), tuple(now or ()), frozenset((at,)))

    def _likely(self, segments: Sequence[Segment], tier: int) -> list[int]:
        """Where a unit of a tier is likely to stand: with its kind, then last, then first."""
        ends = [len(segments) - 1, 0, *range(len(segments) - 2, 0, -1)]
        known = self.names.known(UPPER)
        may = [
            at for at in dict.fromkeys(ends) if not segments[at].small or segments[at].key in known
        ]
        named = [at for at in may if segments[at].tiers == tier]
        also = [at for at in may if segments[at].tiers != tier and segments[at].tiers & tier]
        bare = [at for at in may if not segments[at].tiers]
        return [*named, *also, *bare]

    # --- the district ------------------------------------------------------------------------

    def _districts(self, place: _Place) -> list[Named]:
        """The districts that the text may name: (district, segment, slips), the surest first."""
        names, found = self.names, []
        order = [at for at in self._likely(place.segments, DISTRICT) if at not in place.used]
        for at in order:
            for table in self._district_tables(place):
                found += [(d, at, 0) for d in table.get(place.segments[at].key, ())]
        if found:
            return found
        for at in order:
            segment = place.segments[at]
            if segment.tiers and not segment.tiers & DISTRICT:
                continue
            if not segment.tiers and not place.provinces:
                continue
            for table in self._district_tables(place):
                far, keys = nearest(segment.key, names.masked(table))
                found += [(d, at, far) for key in keys for d in table[key]]
        return found

    def _district_tables(self, place: _Place) -> list[Names]:
        if not place.provinces:
            return [self.names.districts]
        return [self.names.districts_in[p] for p in place.provinces if p in self.names.districts_in]

    # --- the commune -------------------------------------------------------------------------

    def _commune(self, place: _Place, on: date | None) -> tuple[list[Found], str]:
        """The communes that the text may mean, by the surest way that finds any."""
        districts = self._districts(place) if on is None or on < REFORM else []
        kinded = any(s.tiers == COMMUNE for s in place.segments)
        below = self._below(districts)
        across = self._across(place, districts, on)
        ways = [
            (below, False, EXACT),
            (across, False, EXACT),
            (below, True, NEAR),
            (across, True, NEAR),
        ]
        if not kinded:  # a bare name elsewhere says less than a slip in one that fits
            ways[1], ways[2] = ways[2], ways[1]
        for tables, near, why in ways:
            if near and tables is across and not place.used:
                continue  # a slip anywhere in the country is no reading
            found = self._search(place, tables, near=near)
            if found:
                return found, ELSEWHERE if districts and tables is across else why
        found = self._last_words(place, below) or self._alone(place, on)
        if found:
            return found, EXACT
        return [], DISTRICT_ONLY if districts else PROVINCE_ONLY if place.used else NOTHING

    def _last_words(self, place: _Place, tables: Sequence[_Table]) -> list[Found]:
        """A commune of the district at the end of a stretch: "12 Lê Lợi Bến Nghé"."""
        ends = [
            Segment(s.words[at:])
            for s in place.segments
            if not s.tiers
            for at in range(1, len(s.words))
        ]
        if not ends:
            return []
        return self._search(
            _Place([s for s in ends if not s.small]), tables, near=False, any_at=True
        )

    def _alone(self, place: _Place, on: date | None) -> list[Found]:
        """A single name without a kind may be a commune as well as a district or province."""
        if len(place.segments) > 1 or place.segments[0].tiers:
            return []
        return self._search(
            _Place(place.segments), self._across(_Place(place.segments), (), on), near=False
        )

    def _below(self, districts: Sequence[Named]) -> list[_Table]:
        """The communes of the districts named, each with what speaks against its district."""
        names = self.names.in_district
        return [
            _Table(names[d], True, 3 * slips, frozenset((at,)))
            for d, at, slips in districts
            if d in names
        ]

    def _across(self, place: _Place, districts: Sequence[Named], on: date | None) -> list[_Table]:
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
            before = [
                _Table(names.in_province.get(p, {}), True, int(n > 0), taken)
                for n, p in enumerate(place.provinces if old else ())
            ]
            today = [names.now.get(p, {}) for p in (place.now if new else ())]
            return [*before, *(_Table(table, False, 0, taken) for table in today)]
        if any(
            s.tiers and not s.tiers & COMMUNE and at not in taken
            for at, s in enumerate(place.segments)
        ):
            return []
        before = [_Table(names.everywhere, True, 0, taken)] if old else []
        return before + ([_Table(names.everywhere_now, False, 0, taken)] if new else [])

    def _search(
        self, place: _Place, tables: Sequence[_Table], *, near: bool, any_at: bool = False
    ) -> list[Found]:
        """The communes of the tables that a segment names, those against which least speaks."""
        best: dict[int, tuple[int, Found]] = {}
        for table in tables:
            taken = frozenset() if any_at else table.taken
            for segment in _candidates(place, taken, near=near):
                word = WORDS.get(segment.kind)
                for found in self._look(table, segment, near=near):
                    cost = table.against + 4 * found.slips + 2 * found.by_alias
                    cost += bool(word and self.names.kind.get(found.unit) != word)
                    if found.unit not in best or cost < best[found.unit][0]:
                        best[found.unit] = (cost, found)
        if not best:
            return []
        least = min(cost for cost, _ in best.values())
        return [found for cost, found in best.values() if cost == least]

    def _look(self, table: _Table, segment: Segment, *, near: bool) -> list[Found]:
        also = self.names.also
        far, keys = (0, [segment.key]) if not near else self._near(segment.key, table.names)
        return [
            Found(unit, table.old, far, (unit, key) in also)
            for key in keys
            for unit in table.names.get(key, ())
        ]

    def _near(self, key: str, names: Names) -> tuple[int, list[str]]:
        return nearest(key, self.names.masked(names))

    # --- the answer --------------------------------------------------------------------------

    def _reading(self, place: _Place, found: list[Found], why: str) -> Reading:
        names = self.names
        units: dict[int, None] = {}
        for one in found:
            units.update(dict.fromkeys(names.became[one.unit] if one.old else (one.unit,)))
        provinces = {names.above_now[unit] for unit in units} or set(place.now)
        provinces = provinces or {names.today[p] for p in place.provinces}
        province = provinces.pop() if len(provinces) == 1 else None
        if not units:
            return Reading(NONE, (), tuple(found), why, province)
        if len(units) > 1:
            why = DIVIDED if len(found) == 1 else SAME_NAME
            return Reading(SEVERAL, tuple(units), tuple(found), why, province)
        if found[0].by_alias:
            why = EARLIER_NAME
        return Reading(ONE, tuple(units), tuple(found), why, province)


def _within(name: list[str], text: list[str]) -> bool:
    size = len(name)
    return any(text[at : at + size] == name for at in range(len(text) - size + 1))


def _candidates(place: _Place, taken: frozenset[int], *, near: bool) -> Iterator[Segment]:
    """The segments that may name the commune: those with its kind, else those without any.

    One that looks like a hamlet ("Bản Ngoại") only when nothing else is left, and only as it is
    written.
    """
    rest = [s for at, s in enumerate(place.segments) if at not in place.used and at not in taken]
    named = [s for s in rest if s.tiers & COMMUNE]
    if named:
        yield from named
        return
    yield from (s for s in rest if not s.tiers and not s.small)
    if not near:
        yield from (s for s in rest if s.small and s.key[0].isalpha())
