"""Which unit an address means, and which it is today: one, one of several, or none that is known."""

import re
from collections.abc import Sequence
from datetime import date

from thongsuot.rules.kernel.legacy import detect_legacy
from thongsuot.rules.kernel.text import nfc
from thongsuot.rules.registry.address.cut import Cutter
from thongsuot.rules.registry.address.gazetteer import REFORM, Gazetteer, Names
from thongsuot.rules.registry.address.marks import by_marks
from thongsuot.rules.registry.address.reading import (
    ASKS,
    CURRENT,
    DIVIDED,
    EARLIER_NAME,
    ELSEWHERE,
    EXACT,
    NONE,
    NOTHING,
    ONE,
    SAME_NAME,
    SEVERAL,
    Found,
    Reading,
)
from thongsuot.rules.registry.address.search import Place, Searcher
from thongsuot.rules.registry.address.text import (
    COMMUNE,
    DISTRICT,
    MOST,
    PROVINCE,
    Segment,
    parts_of,
    typed_keys,
)

REMEMBERED = 20_000  # ends of addresses that come again: "Quận 1, TP.HCM"
_NOW = re.compile(
    r"[(\[,;–-]?\s*(?:hiện\s+)?nay\s+(?:là|thuộc|đổi thành|la|thuoc)\b[:\s]*", re.IGNORECASE
)
_ONCE = re.compile(r"\(([^()]*)\)")
_WAS = re.compile(
    r"\b(?:(?:tên |địa chỉ )?cũ(?: là)?|trước(?: đây| kia)?(?: là| thuộc)?)\b[:\s]*", re.IGNORECASE
)


class Resolver:
    """Reads addresses against one gazetteer; answers do not depend on what was asked before."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names = gazetteer
        gazetteer.warm()
        self._cutter = Cutter(gazetteer)
        self._searcher = Searcher(gazetteer)
        self._exactly: dict[int, Reading] = {}
        self._ends: dict[tuple[str, str], tuple[Names, ...]] = {}

    def resolve(self, text: str, on: date | None = None) -> Reading:
        """What the address means. ``on``: the day it was written, where that is known.

        Any text has an answer; one in an encoding of before Unicode, or typed with the keyboard
        not set to Vietnamese, is read as it was meant. Nothing is sent anywhere.
        """
        if _may_tell_both(text):
            both = self._both(text[:MOST], on)
            if both is not None:
                return both
        reading = self._resolve(text, on)
        return reading if reading.status != NONE else self._as_meant(text, on, reading)

    def _as_meant(self, text: str, on: date | None, reading: Reading) -> Reading:
        """What a text says that says nothing as it stands."""
        if not text.isascii():
            legacy = detect_legacy(text[:MOST])
            if legacy is not None and legacy.proposal != text:
                return self._resolve(legacy.proposal, on)
        meant = typed_keys(text[:MOST])
        if meant is not None:
            told = self._resolve(meant, on)
            return reading if told.status == NONE else told
        return reading

    def _resolve(self, text: str, on: date | None) -> Reading:
        parts, old = parts_of(text), on is None or on < REFORM
        straight = self._straight(parts) if old else None
        if straight is not None:
            return straight
        segments = self._cutter.segments(parts)
        if not segments:
            return Reading(NONE, (), (), NOTHING, asks=ASKS[NOTHING])
        straight = self._three(segments) if old else None
        if straight is not None:
            return straight
        place, found, why = self._searcher.find(segments, on)
        if len(found) > 1:
            found = by_marks(self.names, nfc(text[:MOST]), place, found, elsewhere=why == ELSEWHERE)
        return self._reading(place, found, why)

    # --- what most addresses are -------------------------------------------------------------

    def _three(self, segments: Sequence[Segment]) -> Reading | None:
        """The same in any order, wherever the names stand, when there are three kinds and no more."""
        kinded = [s for s in segments if s.tiers]
        communes = [s for s in kinded if s.tiers == COMMUNE]
        if len(kinded) != 3 or len(communes) != 1:
            return None
        one, two = (s for s in kinded if s.tiers != COMMUNE)
        key = communes[0].key
        found = [
            unit
            for above in (((one,), (two,)), ((two,), (one,)))
            for table in self._tables(*above)
            for unit in table.get(key, ())
        ]
        return self._alone(found[0], key) if len(found) == 1 else None

    def _straight(self, parts: list[str]) -> Reading | None:
        """Commune, district, province, each with its kind and in that order, and only one such.

        What stands in front of them is not even looked at.
        """
        part, count = self._cutter.part, len(parts)
        if count < 3:  # the three
            return None
        end = parts[-2], parts[-1]
        tables = self._ends.get(end)
        if tables is None and not part(end[1]):  # the country, or nothing
            return self._straight(parts[:-1])
        if tables is None:
            if len(self._ends) >= REMEMBERED:
                self._ends.clear()
            tables = self._ends[end] = self._tables(part(end[0]), part(end[1]))
        if not tables:
            return None
        last = part(parts[count - 3])
        if not last or last[-1].tiers != COMMUNE:
            return None
        key = last[-1].key
        found = [unit for table in tables for unit in table.get(key, ())]
        return self._alone(found[0], key) if len(found) == 1 else None

    def _tables(self, two: tuple[Segment, ...], three: tuple[Segment, ...]) -> tuple[Names, ...]:
        """The communes of the district that two parts name without any doubt."""
        if len(two) != 1 or len(three) != 1:
            return ()
        district, province = two[0], three[0]
        if not district.tiers & DISTRICT or (province.tiers and not province.tiers & PROVINCE):
            return ()
        names = self.names
        return tuple(
            names.in_district[one]
            for within in names.provinces.get(province.key, ())
            for one in names.districts_in[within].get(district.key, ())
            if one in names.in_district
        )

    def _alone(self, unit: int, key: str) -> Reading:
        reading = self._exactly.get(unit)
        if reading is not None:
            return reading
        alias = (unit, key) in self.names.also
        reading = self._reading(Place(()), [Found(unit, True, 0, alias)], EXACT)
        if not alias:
            self._exactly[unit] = reading
        return reading

    # --- the old and the new name in one text ------------------------------------------------

    def _both(self, text: str, on: date | None) -> Reading | None:
        """An address with the name of then and the name of now: "Phường 6, Quận 3 (nay là …)".

        Only where both are read and agree does the new one decide; where they do not, both count.
        """
        told = _told_twice(nfc(text))
        if told is None:
            return None
        new = self._resolve(told[1], max(on, REFORM) if on else REFORM)
        old = self._resolve(told[0], None)
        if old.status == NONE and new.province is not None:
            old = self._resolve(f"{told[0]}, {self.names.written[new.province]}", None)
        if new.status == NONE or old.status == NONE:
            return new if old.status == NONE and new.status != NONE else None
        common = tuple(unit for unit in old.units if unit in new.units)
        units = common or tuple(dict.fromkeys((*old.units, *new.units)))
        means = (*old.means, *new.means)
        if len(units) == 1:
            return Reading(ONE, units, means, old.why, new.province)
        why = old.why if old.status == SEVERAL and common else SAME_NAME
        return Reading(SEVERAL, units, means, why, new.province, asks=ASKS[why])

    # --- the answer --------------------------------------------------------------------------

    def _reading(self, place: Place, found: Sequence[Found], why: str) -> Reading:
        names = self.names
        if len(found) == 1 and found[0].old:  # the commonest by far
            became = names.became[found[0].unit]
            if len(became) == 1:
                return self._one(became[0], found, why)
        units: dict[int, None] = {}
        for one in found:
            units.update(dict.fromkeys(names.became[one.unit] if one.old else (one.unit,)))
        if not units:
            return Reading(NONE, (), tuple(found), why, self._province(place), ASKS.get(why, ()))
        if len(units) == 1:
            return self._one(next(iter(units)), found, why)
        today = self._of_today(place, found)
        if today is not None:
            return self._one(today, found, CURRENT)
        why = DIVIDED if len(found) == 1 else SAME_NAME
        provinces = {names.above_now[unit] for unit in units}
        province = provinces.pop() if len(provinces) == 1 else None
        return Reading(SEVERAL, tuple(units), tuple(found), why, province, ASKS[why])

    def _one(self, unit: int, found: Sequence[Found], why: str) -> Reading:
        """The answer where there is but one commune of today."""
        if found[0].by_alias:
            why = EARLIER_NAME
        return Reading(ONE, (unit,), tuple(found), why, self.names.above_now[unit])

    def _province(self, place: Place) -> int | None:
        """The province of today, where no commune was found."""
        provinces = set(place.now) or {self.names.today[p] for p in place.provinces}
        return provinces.pop() if len(provinces) == 1 else None

    def _of_today(self, place: Place, found: Sequence[Found]) -> int | None:
        """The commune of today that is meant, when its kind is written and no district is.

        Only where every commune of old with the name became that one, or it took of each: then
        the name has not moved, and no other place is called so.
        """
        new = [one.unit for one in found if not one.old and not one.slips]
        if len(new) != 1 or not any(s.tiers == COMMUNE for s in place.segments):
            return None
        became = self.names.became
        moved = any(new[0] not in became[one.unit] for one in found if one.old)
        return None if moved else new[0]


def _may_tell_both(text: str) -> bool:
    """Whether the old and the new name may be told; asked of every address, so plainly."""
    return (
        "(" in text
        or "nay " in text
        or "cũ" in text
        or "rước" in text
        or "NAY " in text
        or "Nay " in text
        or "CŨ" in text
    )


def _told_twice(text: str) -> tuple[str, str] | None:
    """The address of then and the address of now, where a text tells both."""
    now = _NOW.search(text)
    if now is not None and text[: now.start()].strip() and text[now.end() :].strip(" .)"):
        old, new = text[: now.start()], text[now.end() :]
        end = new.find(")")
        if end >= 0:  # "Phường 6, Quận 3 (nay là phường Xuân Hòa), TP.HCM"
            return f"{old}{new[end + 1 :]}", f"{new[:end]}{new[end + 1 :]}"
        return old, new
    for inside in _ONCE.finditer(text):
        was = _WAS.search(inside[1])
        if was is None:
            continue
        old = _WAS.sub(" ", inside[1]).strip(" ,")
        if old:
            rest = text[inside.end() :]
            return f"{old}{rest}", f"{text[: inside.start()]}{rest}"
    return None
