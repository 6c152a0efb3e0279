"""Who holds a paper, by the number printed on it, for anybody: the body and the day, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.apps.disclosure.contacts import contacts_of
from thongsuot.apps.disclosure.values import Held, Place
from thongsuot.apps.handover.models import Item, Minutes, Transition
from thongsuot.apps.handover.models.choices import ItemState, Kind
from thongsuot.apps.handover.queries.holders import events_of, setting_of
from thongsuot.apps.proof import queries as proof
from thongsuot.apps.registry.models import BodyVersion, Coverage, UnitVersion
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.disclosure.access import public_paper
from thongsuot.rules.handover import holder
from thongsuot.rules.handover.ledger import ACCEPTED, KEPT, Movement


@dataclass(frozen=True, slots=True)
class Row:
    """Which body holds a paper, since when, by which rung; which one from a day to come."""

    body: int
    since: date | None
    state: str
    demo: bool
    next: int = 0
    next_on: date | None = None


MOST = 5  # one number may have been given twice by different offices


def held_under(number: str, on: date) -> tuple[Held, ...]:
    """Who holds the papers with that number; empty alike for none and for those not public.

    Every question costs the same look-ups up to here: what differs only is what was found.
    """
    forms = {number, number.upper(), number.lower()}
    transitions = list(Transition.objects.values_list("pk", flat=True))
    rows = list(  # by the index of codes: transition and kind come first in it
        Item.objects.filter(transition__in=transitions, kind__in=Kind.values, code__in=forms)
        .exclude(state=ItemState.UNDONE)
        .select_related("transition")
        .order_by()[: MOST * 2]
    )
    public = [i for i in rows if public_paper(secrecy=i.secrecy, kind=i.kind, citizen=i.citizen)]
    return _named([row for item in public[:MOST] for row in _holding(item, on)], on)


def _holding(item: Item, on: date) -> Sequence[Row]:
    """Who holds an item at the end of a day and since when; nothing for what is finished."""
    events = events_of(item)
    setting = setting_of(item.transition, item.giver_id)
    first = holder.tonight(events, setting, on)[:1]
    ends = setting.ends_on
    later = holder.tonight(events, setting, ends)[:1] if ends is not None and on < ends else ()
    return [
        Row(
            h.body,
            _since(h.code, h.body, events, setting),
            h.code,
            item.transition.demo,
            next((n.body for n in later if n.body != h.body), 0),
            ends,
        )
        for h in first
    ]


def _since(
    code: str, body: int, events: Sequence[holder.Event], setting: holder.Setting
) -> date | None:
    """The day of the signature, or the first day after the giver's last; None while it stays put."""
    if code in (holder.NAMED, holder.NOMINATED, holder.CARETAKER, holder.OVERDUE):
        return setting.ends_on
    came = [
        e.on
        for e in events
        if isinstance(e, Movement) and e.dst in (ACCEPTED, KEPT) and e.body == body
    ]
    return came[-1] if came else None


def held_by_receipt(code: str, on: date) -> tuple[Held, ...]:
    """Who signed for what stands on minutes, by the code of their receipt; empty for any other."""
    try:
        signed: Entry | None = proof.signing_of(code)
    except Refused:
        signed = None
    minutes = Minutes.objects.filter(pk=signed.subject_id if signed else 0)
    rows = [
        Row(m.receiver_id, signed.on if signed else None, holder.SIGNED, m.transition.demo)
        for m in minutes.select_related("transition")
    ]
    return _named(rows, on)


def _named(rows: Sequence[Row], on: date) -> tuple[Held, ...]:
    bodies = {b for row in rows for b in (row.body, row.next) if b}
    names: dict[int, str] = {}
    for version in BodyVersion.objects.known().filter(body__in=bodies).order_by("since"):
        names[version.body_id] = version.name
    places = _places(bodies, on)
    cards = contacts_of(bodies, on)
    told = [
        Held(
            row.body,
            names[row.body],
            row.since,
            row.state,
            places.get(row.body),
            cards.get(row.body),
            row.demo,
            names.get(row.next, ""),
            row.next_on,
        )
        for row in rows
        if row.body in names
    ]
    return tuple(dict.fromkeys(told))


def _places(bodies: set[int], on: date) -> dict[int, Place]:
    covered = Coverage.objects.known().filter(body__in=bodies).order_by("-id")
    unit_of = dict(covered.values_list("body", "unit"))
    rows = UnitVersion.objects.known().filter(unit__in=set(unit_of.values()))
    latest = {v.unit_id: v for v in rows.select_related("unit").order_by("since")}
    return {
        body: Place(latest[unit].unit.key, latest[unit].full_name, code=latest[unit].code)
        for body, unit in unit_of.items()
        if unit in latest
    }
