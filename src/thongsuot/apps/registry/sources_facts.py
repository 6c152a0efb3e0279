"""From what the sources say to the facts of the registry: units, versions, events, edges."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from thongsuot.apps.registry.sources import (
    NEW_SOURCE,
    OLD_SOURCE,
    LawRow,
    Sources,
    day,
    kind_and_name,
)
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.registry.registry import name_key
from thongsuot.rules.registry.values import (
    Disagreement,
    Edge,
    Event,
    Facts,
    LegalBasis,
    LegalText,
    UnitFact,
)

JULY = date(2025, 7, 1)
BEFORE = Period(None, JULY)
LAW_SOURCE = "Nghị quyết 1654 đến 1687/NQ-UBTVQH15"
PROVINCES_TEXT = "202/2025/QH15"
DISTRICTS_TEXT = "203/2025/QH15"
DISTRICTS_END = (
    "Kết thúc hoạt động của cấp huyện; nơi đến là nơi đến của các xã, phường, thị trấn trực thuộc."
)
SAME_TERRITORY = frozenset({"unchanged", "rename"})
WORDS = {"province": "tinh", "district": "huyen", "commune": "xa"}


def text_key(number: str) -> str:
    """The key of a legal text from its number: 19/2025/QĐ-TTg → 19-2025-QD-TTg."""
    return number.replace("/", "-").replace("Đ", "D")


def unit_key(level: str, code: str, born: date | None = None) -> str:
    """The own key of a unit: its tier, its first code and the year it began, if that is known.

    The code alone would not do: 26740 is Bến Nghé until June 2025 and Sài Gòn after it.
    """
    year = f"-{born.year}" if born else ""
    return f"{WORDS[level]}-{code}{year}"


class _Book:
    """Units get their numbers, and versions, events and edges are written in order."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.versions: list[UnitFact] = []
        self.events: dict[tuple[str, date, str, str, str], int] = {}
        self.event_list: list[Event] = []
        self.edges: list[Edge] = []

    def unit(self, key: str) -> int:
        return self.numbers.setdefault(key, len(self.numbers))

    def event(self, kind: str, on: date, text: str, clause: str = "", note: str = "") -> int:
        same = (kind, on, text, clause, note)
        if same not in self.events:
            number = self.events[same] = len(self.event_list)
            basis = LegalBasis(text_key(text), clause)
            self.event_list.append(Event(number, kind, on, basis, note))
        return self.events[same]

    def version(  # noqa: PLR0913  # one argument for each column of a fact
        self, unit: int, level: str, name: str, code: str, parent: int | None, period: Period,
        basis: LegalBasis = LegalBasis(), source: str = OLD_SOURCE,  # noqa: B008  # frozen
    ) -> None:  # fmt: skip
        kind, bare = kind_and_name(name, level)
        self.versions.append(UnitFact(unit, level, kind, bare, code, parent, period, basis, source))


class Builder:
    """Puts the sources together, tier by tier; ``facts`` is the result."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.book = _Book()
        self.changes = {(row["level"], row["code"]): row for row in sources.changes}
        self.into: defaultdict[str, list[LawRow]] = defaultdict(list)
        self.out_of: defaultdict[str, list[LawRow]] = defaultdict(list)
        self.old_names = {
            row.code: kind_and_name(row.name, "commune")[1] for row in sources.old if row.code
        }
        self.new_names = {row.code: row.name for row in sources.new}
        for row in sources.law:
            self.into[row.new].append(row)
            self.out_of[row.old].append(row)
        self.old_province = {row.code: row.province_code for row in sources.old if row.code}
        self.new_province = {row.code: row.province_code for row in sources.new}
        self.new_units: dict[str, int] = {}
        self._provinces()
        self._districts()
        self._old_communes()
        self._new_communes()
        self._steps()
        self._changes()

    def facts(self) -> Facts:
        """Everything, with the readings of sources that differ from what is held."""
        book = self.book
        return Facts(
            units=tuple(book.versions),
            events=tuple(book.event_list),
            edges=tuple(book.edges),
            keys=tuple(book.numbers),
            texts=tuple(map(_text, self.sources.texts)),
            aliases=tuple({alias[:2]: alias for alias in self._aliases()}.values()),
            disagreements=tuple(self._disagreements()),
            sources=(OLD_SOURCE, NEW_SOURCE, LAW_SOURCE),
        )

    def _old(self, level: str, code: str) -> int:
        return self.book.numbers[unit_key(level, code)]

    def _provinces(self) -> None:
        """63 become 34: a province made of more than one is a new unit, the others stay."""
        merged: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.sources.law:
            merged[self.new_province[row.new]].add(self.old_province[row.old])
        old_names = {row.province_code: row.province for row in self.sources.old}
        stays = {code for code, sources in merged.items() if sources == {code}}
        for code, name in old_names.items():
            unit = self.book.unit(unit_key("province", code))
            if code not in stays:
                self.book.version(unit, "province", name, code, None, BEFORE)
        self.province_units = {
            code: self.book.unit(unit_key("province", code, None if code in stays else JULY))
            for code in self.sources.new_provinces
        }
        for code, name in self.sources.new_provinces.items():
            since = None if code in stays else JULY
            basis = LegalBasis() if code in stays else LegalBasis(text_key(PROVINCES_TEXT))
            self._lasting(self.province_units[code], "province", name, code, since, basis)
            if code in stays:
                continue
            event = self.book.event("merge", JULY, PROVINCES_TEXT, note=f"Hình thành {name}")
            for old in sorted(merged[code]):
                src = self._old("province", old)
                self.book.edges.append(Edge(event, src, self.province_units[code], "whole"))

    def _lasting(  # as above
        self, unit: int, level: str, name: str, code: str, since: date | None, basis: LegalBasis
    ) -> None:
        """The version from July 2025 on, and the one after a change of kind in 2026."""
        parent = None if level == "province" else self.province_units[self.new_province[code]]
        change = self.changes.get((level, code))
        until = day(change["on"]) if change else None
        self.book.version(unit, level, name, code, parent, Period(since, until), basis, LAW_SOURCE)
        if change and until:
            _kind, bare = kind_and_name(name, level)
            later = LegalBasis(text_key(change["resolution"]))
            after = UnitFact(
                unit, level, change["kind"], bare, code, parent, Period(until, None), later, NEW_SOURCE
            )  # fmt: skip
            self.book.versions.append(after)

    def _districts(self) -> None:
        """Every district ends; those with communes leave no successor of their own tier."""
        islands = {row["src_code"] for row in self.sources.others if row["src_level"] == "district"}
        names = {r.district_code: (r.district, r.province_code) for r in self.sources.old}
        event = self.book.event("dissolve", JULY, DISTRICTS_TEXT)
        for code, (name, province) in names.items():
            unit = self.book.unit(unit_key("district", code))
            parent = self._old("province", province)
            self.book.version(unit, "district", name, code, parent, BEFORE)
            if code not in islands:
                self.book.edges.append(Edge(event, unit, None, "whole", detail=DISTRICTS_END))

    def _old_communes(self) -> None:
        for row in self.sources.old:
            if row.code:
                unit = self.book.unit(unit_key("commune", row.code))
                parent = self._old("district", row.district_code)
                self.book.version(unit, "commune", row.name, row.code, parent, BEFORE)

    def _new_communes(self) -> None:
        """A commune that the law leaves as it was keeps its identity; the others are new."""
        others = {row["dst_code"]: row for row in self.sources.others if row["src_code"]}
        for row in self.sources.new:
            laws = self.into.get(row.code, [])
            same = len(laws) == 1 and laws[0].share in SAME_TERRITORY
            key = unit_key("commune", laws[0].old) if same else ""
            unit = self.book.unit(key or unit_key("commune", row.code, JULY))
            self.new_units[row.code] = unit
            if laws:
                basis = LegalBasis(text_key(laws[0].resolution), laws[0].clause)
            else:
                other = others[row.code]
                basis = LegalBasis(text_key(other["resolution"]), other["clause"])
            self._lasting(unit, "commune", row.name, row.code, JULY, basis)

    def _steps(self) -> None:
        """The edges of July 2025, one event for each clause."""
        for code, laws in self.into.items():
            kind = _kind_of_event(laws)
            for row in laws:
                event = self.book.event(kind, JULY, row.resolution, row.clause)
                share = "whole" if row.share in SAME_TERRITORY else row.share
                src, dst = self._old("commune", row.old), self.new_units[code]
                self.book.edges.append(Edge(event, src, dst, share, detail=row.detail))
        for other in self.sources.others:
            self._other_step(other)

    def _other_step(self, row: dict[str, str]) -> None:
        on = day(row["on"]) or JULY
        source = self._old(row["src_level"], row["src_code"]) if row["src_code"] else None
        event = self.book.event(
            "kind" if row["src_code"] else "merge", on, row["resolution"], row["clause"]
        )
        dst = self.new_units[row["dst_code"]]
        self.book.edges.append(Edge(event, source, dst, row["share"], detail=row["detail"]))

    def _changes(self) -> None:
        """Changes of kind after July 2025: the unit stays itself."""
        for row in self.sources.changes:
            on = day(row["on"]) or JULY
            event = self.book.event("kind", on, row["resolution"], note=row["note"])
            units = self.province_units if row["level"] == "province" else self.new_units
            unit = units[row["code"]]
            self.book.edges.append(Edge(event, unit, unit, "whole"))

    def _aliases(self) -> Iterable[tuple[int, str, str]]:
        for row in self.sources.old:
            for alias in row.aliases if row.code else ():
                yield self._old("commune", row.code), alias, OLD_SOURCE
            for alias in row.district_aliases:
                yield self._old("district", row.district_code), alias, OLD_SOURCE

        for read in self.sources.readings:
            if read["topic"] == "name":
                code, alias = read["old_ward_code"], name_key(read["reading"])
                yield self._old("commune", code), alias, read["source"]

    def _disagreements(self) -> Iterable[Disagreement]:
        yield from self._other_successors()
        yield from self._other_names()
        for row in self.sources.readings:
            code = row["old_ward_code"]
            held = self.old_names[code] if row["topic"] == "name" else self._held(code)
            yield Disagreement(
                self._old("commune", code), row["topic"], row["source"], row["reading"], held,
                row["note"],
            )  # fmt: skip

    def _held(self, old: str) -> str:
        return "; ".join(self.new_names[row.new] for row in self.out_of[old])

    def _other_successors(self) -> Iterable[Disagreement]:
        theirs: defaultdict[str, set[str]] = defaultdict(set)
        for old, new in self.sources.pairs:
            theirs[old].add(new)
        for old, laws in sorted(self.out_of.items()):
            if {row.new for row in laws} != theirs[old]:
                reading = "; ".join(sorted(self.new_names[new] for new in theirs[old]))
                yield Disagreement(
                    self._old("commune", old), "successors", OLD_SOURCE, reading, self._held(old),
                    "Danh mục theo câu chữ của nghị quyết.",
                )  # fmt: skip

    def _other_names(self) -> Iterable[Disagreement]:
        held = {row.code: row for row in self.sources.new}
        for row in self.sources.latest:
            change = self.changes.get(("commune", row.code))
            unit, mine = self.new_units[row.code], held[row.code]
            kind, bare = kind_and_name(row.name, "commune")
            wanted_kind, wanted = kind_and_name(mine.name, "commune")
            if bare != wanted:
                yield Disagreement(unit, "name", NEW_SOURCE, bare, wanted)
            expected = change["kind"] if change else wanted_kind
            if row.kind != expected or kind != expected:
                yield Disagreement(
                    unit, "kind", NEW_SOURCE, row.kind, expected,
                    f"Chính nguồn này ghi tên là {row.name}.",
                )  # fmt: skip


def _kind_of_event(laws: list[LawRow]) -> str:
    if laws[0].share in SAME_TERRITORY:
        return "parent" if laws[0].share == "unchanged" else "rename"
    if len(laws) > 1:
        return "merge"
    return "kind" if laws[0].share == "whole" else "split"


def _text(row: dict[str, str]) -> LegalText:
    return LegalText(
        key=row["key"],
        number=row["number"],
        title=row["title"],
        issuer=row["issuer"],
        issued_on=day(row["issued_on"]),
        in_force_on=day(row["in_force_on"]),
        url=row["url"],
        checked=row["checked"] == "1",
        note=row["note"],
    )


def facts_of(sources: Sources) -> Facts:
    """The facts that the sources give, put together."""
    return Builder(sources).facts()
