"""From a text to its drafts: the one door of the intake."""

from dataclasses import replace
from datetime import date

from thongsuot.rules.directives.intake.cutting import commas, manner, verb_at
from thongsuot.rules.directives.intake.draft import Draft, Names
from thongsuot.rules.directives.intake.layout import units
from thongsuot.rules.directives.intake.papers import cited
from thongsuot.rules.directives.intake.parts import partners, receivers
from thongsuot.rules.directives.intake.people import People
from thongsuot.rules.directives.intake.places import grounds, is_tier, places, territory
from thongsuot.rules.directives.intake.run import Run
from thongsuot.rules.directives.intake.source import Source
from thongsuot.rules.directives.intake.times import Limit, limits, rhythm
from thongsuot.rules.directives.intake.tokens import Words
from thongsuot.rules.directives.intake.turns import Found

__all__ = ["extract"]


def extract(text: str, *, on: date, names: Names | None = None) -> tuple[Draft, ...]:
    """The drafts of duties that a text holds, in the order they stand.

    ``on`` is the day the text is read at: it gives days without a year theirs. ``names``, if
    given, is asked which body of the registry each name means. Nothing here is an order yet.
    """
    source = Source.of(text)
    words = Words.of(source)
    people = People.of(words)
    persons = frozenset(people.offices)
    run = Run(words, people)
    for unit in units(source.text):
        run.unit(unit)
    found = [part for one in run.found for part in _parted(words, one, on)]
    if len(found) > 1 and found[1].leads and _by_paper(words, found[0]):
        del found[0]  # "UBND thành phố vừa có văn bản chỉ đạo …": the head of what follows
    head = [run.speakers.header()]
    issuers = (one.text for one in (*head, *(found.issuer for found in run.found)) if one)
    about = territory(source.text, issuers, persons)
    drafts: list[Draft] = []
    carried: tuple[str, ...] = ()
    before: Found | None = None
    for one in _said_once(words, found):
        same = before is not None and (one.leads == before.leads or _they(one.leads, carried))
        draft, exact = _draft(words, one, about, on, carried if same else ())
        drafts.append(draft)
        carried, before = exact, one
    return tuple(one if names is None else one.resolved(names, on) for one in drafts)


_THEY = frozenset(
    (
        "các địa phương",
        "địa phương",
        "các tỉnh",
        "các tỉnh, thành phố",
        "các tỉnh, thành",
        "các huyện",
        "các xã, phường",
        "các xã",
        "các địa phương này",
        "các địa phương trên",
    )
)


def _they(leads: tuple[str, ...], carried: tuple[str, ...]) -> bool:
    """Whether "các địa phương" means the several places named before."""
    return len(carried) > 1 and bool(leads) and all(lead.lower() in _THEY for lead in leads)


def _by_paper(words: Words, one: Found) -> bool:
    """Whether a directive only says that a paper was issued, and addresses nobody."""
    told = words.lowtext(one.first, min(one.last, one.first + 24))
    papers = ("văn bản", "công văn", "chỉ thị", "công điện", "kế hoạch")
    return not one.leads and not one.listed and any(paper in told for paper in papers)


def _parted(words: Words, one: Found, on: date) -> list[Found]:
    """A clause with two days or two rhythms of their own, parted where the second task begins."""
    low = words.source.low
    start, end = words.start[one.first], words.end[one.last - 1]
    marks = [
        limit
        for limit in limits(low, start, end, on)
        if limit.weight == 3 and words.depth[words.at(limit.start)] == words.depth[one.first]
    ]
    distinct = {(limit.day, low[limit.start : limit.end]) for limit in marks}
    if len(distinct) < 2:
        return _parted_by_rhythm(words, one)
    cut = _cut_between(words, words.at(marks[0].end), words.at(marks[1].start))
    return [one] if cut is None else _two(one, cut, words)


_NEAR = 1000  # letters on either side of a cut in which a rhythm of its own is looked for


def _parted_by_rhythm(words: Words, one: Found) -> list[Found]:
    for at in commas(words, one.first, one.last, ("và", ",", ";")):
        if words.low[at + 1 : at + 3] != ["báo", "cáo"]:
            if words.low[at] == "và" and _own_rhythm(words, one, at):
                return _two(one, at, words)
            continue
        before = _rhythm_before(words, one, at)
        after = _rhythm_after(words, one, at)
        if before and after and before != after:
            return _two(one, at, words)
    return [one]


def _own_rhythm(words: Words, one: Found, at: int) -> bool:
    """Whether "và" begins a second task that alone is to be repeated."""
    if at - one.first < 12 or not verb_at(words, manner(words, at + 1, one.last), one.last):
        return False
    return _rhythm_after(words, one, at) is not None and _rhythm_before(words, one, at) is None


def _rhythm_before(words: Words, one: Found, at: int) -> str | None:
    end = words.end[at - 1]
    return rhythm(words.source.low, max(words.start[one.first], end - _NEAR), end)


def _rhythm_after(words: Words, one: Found, at: int) -> str | None:
    start = words.start[at]
    return rhythm(words.source.low, start, min(words.end[one.last - 1], start + _NEAR))


def _cut_between(words: Words, first: int, last: int) -> int | None:
    for at in commas(words, first, last + 1, (",", ";", "và")):
        here = manner(words, at + 1, last + 2)
        if verb_at(words, here, last + 2) and words.low[here] not in ("hoàn", "xong", "phấn"):
            return at
    return None


def _two(one: Found, cut: int, words: Words) -> list[Found]:
    rest = replace(one, first=cut + 1, verb=cut + 1)
    return [replace(one, last=cut), rest]


def _said_once(words: Words, found: list[Found]) -> list[Found]:
    """Without the sapo, captions and recaps that say again what stands elsewhere."""
    bags = [frozenset(words.low[one.first : one.last]) for one in found]
    opening = min(70, int(len(words) * 0.15))
    kept: list[Found] = []
    seen: set[tuple[frozenset[str], tuple[str, ...]]] = set()
    for number, one in enumerate(found):
        key = (bags[number], one.leads)
        early = one.first < opening and not one.listed
        if key not in seen and not (early and _again(number, bags, found)):
            kept.append(one)
            seen.add(key)
    return kept


def _again(number: int, bags: list[frozenset[str]], found: list[Found]) -> bool:
    """Whether a later directive says what this one says, numbers and all."""
    bag = bags[number]
    numbers = {word for word in bag if word[0].isdigit()}
    for other, rest in zip(bags[number + 1 :], found[number + 1 :], strict=True):
        shared = len(bag & other) / max(1, len(bag))
        if shared >= 0.7 and numbers <= other and rest.last - rest.first >= 6:
            return True
    return False


def _draft(
    words: Words, one: Found, about: str | None, on: date, carried: tuple[str, ...]
) -> tuple[Draft, tuple[str, ...]]:
    """The draft of what was found, and the places by name that it hands on to the next."""
    source = words.source
    first, last = one.first, _trim(words, one.first, one.last)
    start, end = words.start[first], words.end[last - 1]
    limit = _limit(limits(source.low, start, end, on), words, first)
    if one.after is not None and (limit is None or limit.weight < 2):
        limit = _limit(_after(words, one.after, on), words, one.after[0]) or limit
    helpers = [name.text for name in partners(words, first, last)]
    leads = one.leads
    lead_names = frozenset(leads)
    back_start, back_end = source.back(start, end)
    told = tuple(name.text for name in receivers(words, first, last))
    if one.after is not None and not told:
        told = tuple(name.text for name in receivers(words, *one.after))
    refs = cited(source.text, source.low, start, end)
    scope, exact = _scope(words, one, last, about, told, carried)
    draft = Draft(
        quote=source.given[back_start:back_end],
        start=back_start,
        end=back_end,
        issuer=one.issuer.text if one.issuer else None,
        responsible=leads,
        coordinating=tuple(
            dict.fromkeys(name for name in (*one.helpers, *helpers) if name not in lead_names)
        ),
        action=_action(words, one, last),
        scope=scope,
        deadline_text=" ".join(source.text[limit.start : limit.end].split()) if limit else None,
        deadline=limit.day if limit else None,
        recurrence=rhythm(source.low, start, end),
        report_to=told,
        legal_refs=tuple(dict.fromkeys((*refs, *(one.refs if one.listed else ())))),
    )
    return draft, exact


def _after(words: Words, span: tuple[int, int], on: date) -> tuple[Limit, ...]:
    """The limits of a later sentence that dates several directives."""
    return limits(words.source.low, words.start[span[0]], words.end[span[1] - 1], on)


def _trim(words: Words, first: int, last: int) -> int:
    while last > first + 1 and words.low[last - 1] in (
        ",",
        ";",
        ":",
        ".",
        "“",
        "…",
        "...",
        "và",
        "-",
        "–",
    ):
        last -= 1
    if words.low[last - 1] == "”" and "“" not in words.low[first:last]:
        last -= 1
    return last


def _limit(found: tuple[Limit, ...], words: Words, first: int) -> Limit | None:
    """The limit that binds the clause: the heaviest, outside brackets first, the last of equals."""
    if not found:
        return None
    base = words.depth[first]
    return max(
        found,
        key=lambda one: (
            one.weight,
            words.depth[words.at(one.start)] <= base,
            one.day is not None,
            one.start,
        ),
    )


def _action(words: Words, one: Found, last: int) -> str:
    """The thing to be done, verb first."""
    at = one.verb if one.first <= one.verb < last else one.first
    told = words.text(at, last)
    return told[:1].upper() + told[1:]


_MOST_PLACED = 60  # leads of one duty whose names are searched for places


def _scope(
    words: Words,
    one: Found,
    last: int,
    about: str | None,
    beside: tuple[str, ...],
    carried: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Places in the clause; else the addressee's; else what the text is about, and the tier addressed.

    Also those by name, which the next clause takes over that has the same lead and names none.
    """
    leads = one.leads
    named = places(words.text(one.first, last))
    tiers = tuple(
        place for place in named if place.split()[0] in ("cấp", "khu", "thôn") and is_tier(place)
    )
    exact = tuple(place for place in named if not is_tier(place))
    # Where the issuer, a receiver or a partner sits is not where the duty applies.
    others = (*((one.issuer.text,) if one.issuer else ()), *beside)
    elsewhere = {place.lower() for name in others[:20] for place in places(name)}
    exact = tuple(place for place in exact if not any(place.lower() in one for one in elsewhere))
    of_lead = tuple(place for lead in leads[:_MOST_PLACED] for place in places(lead))
    of_leads = {place.lower() for place in of_lead}
    if all(place.lower() in of_leads for place in exact):
        exact = grounds(words.text(one.first, last)) or exact
    if exact:
        return tuple(dict.fromkeys((*exact, *tiers))), exact
    if carried and not named:
        return carried, carried
    named_lead = any(
        any(letter.isupper() for letter in place) or place[0].isdigit() for place in of_lead
    )
    base = of_lead if named_lead else (*((about,) if about else ()), *of_lead)
    return tuple(dict.fromkeys((*base, *tiers))), of_lead if named_lead else ()
