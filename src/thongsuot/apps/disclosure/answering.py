"""One question to one answer: what it was, what it is now, which office, in how much doubt."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.apps.disclosure import papers_held
from thongsuot.apps.disclosure.offices import offices_for
from thongsuot.apps.disclosure.values import Held, Office, Place, Then, Went
from thongsuot.apps.registry.address_views import resolver
from thongsuot.apps.registry.models import Share, UnitEdge, UnitEvent, UnitVersion
from thongsuot.apps.registry.queries import basis_of
from thongsuot.rules.disclosure.asked import EMPTY, NUMBER, OFFICE, RECEIPT, Asked, asked_in
from thongsuot.rules.disclosure.matters import Rule, rule_on
from thongsuot.rules.kernel.text import fold, nfc
from thongsuot.rules.registry.address import Found, Gazetteer, Reading
from thongsuot.rules.registry.address.gazetteer import REFORM
from thongsuot.rules.registry.address.naming import chain_of
from thongsuot.rules.registry.address.reading import DISTRICT_ONLY, NONE, NOTHING, ONE, SEVERAL
from thongsuot.rules.registry.address.text import key_of
from thongsuot.rules.registry.lineage import SHARES as SHARES_IN_ORDER

MOST = 24  # places listed; a name borne by more asks for the district
_DISTRICT = re.compile(r"^(?:quan|huyen|thi xa|thanh pho|tp|tx|q|h)\b\.?\s*(.+)$")
SHARES = dict(Share.choices)


@dataclass(frozen=True, slots=True)
class Wish:
    """What else was said: the code of a matter, the key of one of the units of now; both may be ""."""

    matter: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the page says. ``state``: one, several, none, or paper for a number."""

    asked: Asked
    on: date
    state: str = NONE
    why: str = NOTHING
    then: tuple[Then, ...] = ()
    now: tuple[Place, ...] = ()
    chosen: Place | None = None
    province: Place | None = None
    offices: tuple[Office, ...] = ()
    rule: Rule | None = None
    expired: Rule | None = None
    held: tuple[Held, ...] = ()
    within: tuple[Place, ...] = ()  # communes of the district that is named, to choose from
    district: Place | None = None

    @property
    def asks(self) -> bool:
        """Whether one more detail would make it one answer."""
        return self.state == SEVERAL and self.chosen is None

    @property
    def split(self) -> bool:
        """Whether the doubt is where an old unit was divided, not which unit is meant."""
        return len(self.then) == 1 and len(self.now) > 1


def day_for(today: date) -> date:
    """The day an answer holds for: today, or the first day of the new units while it is to come."""
    return max(today, REFORM)


def paper(asked: Asked, today: date) -> Answer:
    """The answer to a number: who holds the paper today."""
    if asked.sort == RECEIPT:
        held = papers_held.held_by_receipt(asked.text, today)
    else:
        held = papers_held.held_under(asked.text, today)
    return Answer(asked, today, "paper" if held else NONE, held=held)


def answer(asked: Asked, wish: Wish, today: date, table: Sequence[Rule]) -> Answer:
    """What was asked for means now, and who answers for the matter there.

    Shapes: ``table`` are the matters of the office (``responsible.rules``), read once a page. A number that nobody gave is read as a place, too. Raises UnreadableSourceError.
    """
    if asked.sort == EMPTY:
        return Answer(asked, today)
    if asked.sort in (RECEIPT, NUMBER):
        found = paper(asked, today)
        if found.held or asked.sort == RECEIPT:
            return found
    places = resolver().names
    reading = resolver().resolve(_place_in(asked))
    if reading.status == NONE and asked.sort == NUMBER:
        return Answer(asked, today)
    return _placed(asked, places, reading, wish, day_for(today), table)


def _place_in(asked: Asked) -> str:
    """The part of a question that names a place."""
    return asked.place or ("" if asked.sort == OFFICE else asked.text)


def plainest(found: Answer) -> str:
    """The question without marks, where that has the same answer: short and readable in a link."""
    text = found.asked.text
    plain = " ".join(re.sub(r"[^\w\s,./&-]", " ", _unmarked(text)).split())
    if found.held or not plain or asked_in(plain).sort != found.asked.sort:
        return text
    mine = asked_in(plain)
    again = resolver().resolve(mine.place or mine.text)
    same = tuple(_place(resolver().names, unit) for unit in again.units[:MOST]) == found.now
    return plain if same else text


def _unmarked(text: str) -> str:
    """The letters without their marks; everything else as it stands."""
    return "".join(fold(c) if c.isalpha() else c for c in nfc(text))


def _placed(  # everything that a question is made of, once
    asked: Asked,
    places: Gazetteer,
    reading: Reading,
    wish: Wish,
    on: date,
    table: Sequence[Rule],
) -> Answer:
    district = _district_in(_place_in(asked), places) if reading.status == NONE else None
    now = tuple(_place(places, unit) for unit in reading.units[:MOST])
    picked = next((p for p in now if p.key == wish.chosen), None)
    above = _provinces(places, reading, district)
    rule = rule_on(table, wish.matter, on)
    return Answer(
        asked,
        on,
        ONE if picked else reading.status,
        DISTRICT_ONLY if district is not None else reading.why,
        _then(places, reading.means[:MOST], picked),
        now,
        picked,
        above[0] if len(above) == 1 else None,
        offices_for((picked,) if picked else now, above, rule, on),
        rule,
        next((r for r in table if r.code == wish.matter), None) if rule is None else None,
        within=_communes_of(places, district) if district is not None else (),
        district=None if district is None else _place(places, district),
    )


def _provinces(places: Gazetteer, reading: Reading, district: int | None) -> tuple[Place, ...]:
    """The provinces of today that the answer lies in."""
    found = dict.fromkeys(places.above_now[u] for u in reading.units)
    if not found and reading.province is not None:
        found = {reading.province: None}
    if not found and district is not None:
        found = {places.today[places.above[district]]: None}
    return tuple(_place(places, unit) for unit in found)


def _place(places: Gazetteer, unit: int) -> Place:
    name, *above = chain_of(places, unit)
    return Place(places.key[unit], name[:1].upper() + name[1:], ", ".join(above), places.code[unit])


# --- the unit then, and where it went ------------------------------------------------------------


def _then(places: Gazetteer, means: Sequence[Found], chosen: Place | None) -> tuple[Then, ...]:
    """Each unit that the text may mean; an old one with what went where by which clause."""
    keys = [places.key[f.unit] for f in means if f.old]
    steps = _steps(keys)
    told = []
    for found in means:
        place = _place(places, found.unit)
        went = steps.get(place.key, ()) if found.old else ()
        if found.old and not went:
            went = _by_gazetteer(places, found.unit)
        marked = tuple(_marked(w, chosen) for w in went)
        told.append(Then(place, found.old, marked))
    return tuple(told)


def _marked(went: Went, chosen: Place | None) -> Went:
    if chosen is None or went.to.key != chosen.key:
        return went
    return Went(
        went.to,
        went.share,
        went.share_name,
        went.on,
        went.clause,
        went.number,
        went.basis,
        went.detail,
        True,
    )


def _steps(keys: Sequence[str]) -> Mapping[str, tuple[Went, ...]]:
    """What of each old unit went where, from the registry. Two queries."""
    if not keys:
        return {}
    rows = list(
        UnitEdge.objects.known()
        .filter(
            src__key__in=keys,
            dst__isnull=False,
            event__on__gte=REFORM,
            event__in=UnitEvent.objects.known(),
        )
        .select_related("src", "dst", "event__basis")
        .order_by("event__on", "pk")
    )
    names: dict[int, UnitVersion] = {}
    for version in (
        UnitVersion.objects.known().filter(unit__in={r.dst_id for r in rows}).order_by("since")
    ):
        names.setdefault(version.unit_id, version)
    found: dict[str, list[Went]] = {}
    for row in rows:
        if row.src is None or row.dst is None or row.dst_id not in names:
            continue
        named = names[row.dst_id]
        basis = row.event.basis
        found.setdefault(row.src.key, []).append(
            Went(
                Place(row.dst.key, named.full_name, code=named.code),
                row.share,
                str(SHARES.get(row.share, row.share)),
                row.event.on,
                row.clause or row.event.clause,
                basis.number if basis else "",
                basis_of(basis),
                row.detail,
            )
        )
    return {key: tuple(sorted(w, key=_share)) for key, w in found.items()}


def _share(went: Went) -> int:
    return SHARES_IN_ORDER.index(went.share)


def _by_gazetteer(places: Gazetteer, unit: int) -> tuple[Went, ...]:
    """The same without what share went, where the registry of this office is still empty."""
    clauses = places.basis.get(unit, [])
    clause, number = (clauses[0][1], clauses[0][0]) if clauses else ("", "")
    return tuple(
        Went(_place(places, new), "", "", REFORM, clause, number) for new in places.became[unit]
    )


# --- a district alone ----------------------------------------------------------------------------


def _district_in(text: str, places: Gazetteer) -> int | None:
    """The district that a text names and nothing below it; None unless it is exactly one."""
    for part in re.split(r"[,;]", text):
        found = _DISTRICT.match(fold(part).strip())
        if not found:
            continue
        words = found[1].replace(".", " ").split()
        for size in range(len(words), 0, -1):
            units = places.districts.get(key_of("".join(words[:size])), [])
            if units:
                rest = " ".join([*words[size:], fold(text)])
                return _one_of(units, rest, places)
    return None


def _one_of(units: Iterable[int], text: str, places: Gazetteer) -> int | None:
    """The one district; of several with that name, the one whose province the text names too."""
    found = list(dict.fromkeys(units))
    if len(found) > 1:
        squeezed = key_of(text)
        found = [d for d in found if key_of(places.written[places.above[d]]) in squeezed]
    return found[0] if len(found) == 1 else None


def _communes_of(places: Gazetteer, district: int) -> tuple[Place, ...]:
    units = {u for named in places.in_district.get(district, {}).values() for u in named}
    return tuple(sorted((_place(places, u) for u in units), key=lambda p: fold(p.name)))
