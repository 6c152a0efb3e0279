"""Rows of the register turned into the values that the rules decide on."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from threading import Lock

from django.db.models import Q, QuerySet

from thongsuot.apps.authority.models import (
    Clash,
    Delegation,
    Rule,
    RuleCheck,
    RulePlace,
    TextChange,
    TextDays,
    TextPart,
)
from thongsuot.apps.authority.models.choices import DelegationState, Verdict
from thongsuot.apps.registry.models import Appointment
from thongsuot.foundation.trail.models import ChainHead
from thongsuot.rules.authority import registering, texts
from thongsuot.rules.authority import values as v
from thongsuot.rules.authority.table import Table
from thongsuot.rules.kernel.period import Period

CHAIN = (
    "authority"  # every act of the room follows another here: its head is the state of the register
)
NEVER = Period(date.max - date.resolution, date.max)


def rule_values(rows: "QuerySet[Rule]") -> list[v.Rule]:
    """Rules as values, with the stretches in which their article is in force. Seven queries at most."""
    held = list(rows.select_related("matter__field", "text"))
    ids = [r.pk for r in held]
    whole = len(held) > 500  # then the other tables are read whole: quicker than long lists
    places: defaultdict[int, set[int]] = defaultdict(set)
    of = RulePlace.objects.all() if whole else RulePlace.objects.filter(rule__in=ids)
    for rule, unit in of.values_list("rule", "unit"):
        places[rule].add(unit)
    checks = RuleCheck.objects.filter(verdict=Verdict.SAME)
    checks = checks if whole else checks.filter(rule__in=ids)
    counted = Counter(checks.values_list("rule", flat=True))
    clashes = clashing()
    known = text_values({r.text_id for r in held})
    force: dict[tuple[int, str, str], tuple[Period, ...]] = {}
    found = []
    for row in held:
        cited = (row.text_id, row.article, row.clause)
        if cited not in force:
            force[cited] = texts.force_of(known[row.text_id], row.article, row.clause)
        found.append(
            _rule(row, force[cited], frozenset(places.get(row.pk, ())), counted[row.pk], clashes)
        )
    return found


def _rule(
    row: Rule,
    force: tuple[Period, ...],
    places: frozenset[int],
    checkers: int,
    clashes: dict[str, set[str]],
) -> v.Rule:
    period = registering.own_period(Period(row.since, row.until), row.held_until)
    return v.Rule(
        code=row.code,
        kind=row.kind,
        matter=row.matter.code,
        to=v.Office(row.to_tier, row.to_organ, row.to_title, row.to_name),
        field=row.matter.field.code,
        origin=v.Office(row.from_tier, row.from_organ, row.from_title, row.from_name)
        if row.from_tier
        else None,
        basis=v.Citation(
            row.text.key, row.article, row.clause, row.text.number, row.reading == "read"
        ),
        period=period,
        place=places,
        least=row.least,
        most=row.most,
        passable=row.passable,
        replaces=frozenset(row.replaces),
        clashes=frozenset(clashes.get(row.code, ())),
        status=row.status,
        force=texts.within(period, force),
        checkers=checkers,
        id=row.pk,
    )


def clashing() -> dict[str, set[str]]:
    """For each rule the rules it was found to clash with, as long as nobody settled it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in Clash.objects.filter(settled_on__isnull=True).values_list(
        "first", "second"
    ):
        found[first].add(second)
        found[second].add(first)
    return dict(found)


def text_values(ids: Collection[int]) -> dict[int, texts.Text]:
    """Those texts with their days, parts and changes. Three queries."""
    days = {
        pk: Period(since, until)
        for pk, since, until in TextDays.objects.filter(text__in=ids).values_list(
            "text", "since", "until"
        )
    }
    parts: defaultdict[int, list[texts.Part]] = defaultdict(list)
    for part in TextPart.objects.filter(text__in=ids):
        parts[part.text_id].append(
            texts.Part(part.article, part.clause, Period(part.since, part.until))
        )
    changes: defaultdict[int, list[texts.Change]] = defaultdict(list)
    for row in TextChange.objects.filter(text__in=ids).select_related("by"):
        changes[row.text_id].append(
            texts.Change(row.by.key, row.on, row.effect, row.article, row.clause, row.until)
        )
    return {
        pk: texts.Text(str(pk), days.get(pk, Period()), tuple(parts[pk]), tuple(changes[pk]))
        for pk in ids
    }


def live_rules() -> "QuerySet[Rule]":
    """The version of every rule that stands in the register, drafts of new rules among them."""
    return Rule.objects.filter(live=True)


def answering_rules() -> "QuerySet[Rule]":
    """What questions are answered by: the versions that stand, and earlier ones for their own days."""
    return Rule.objects.filter(Q(live=True) | Q(held_until__isnull=False))


_WHOLE: dict[str, Table] = {}  # one table, under the head of the chain it was read at
_READING = Lock()


def whole_table() -> Table:
    """Every rule of the register, without delegations; read again only after an act of the room."""
    head = ChainHead.objects.filter(chain=CHAIN).values_list("hash", flat=True).first() or ""
    with _READING:
        table = _WHOLE.get(head)
        if table is None:
            table = Table(rule_values(answering_rules()))
            _WHOLE.clear()
            if head:
                _WHOLE[head] = table
    return table


def table_of(matters: Iterable[str], bodies: Iterable[int] = ()) -> Table:
    """The rules of those matters and the delegations that begin at those bodies."""
    rows = answering_rules().filter(matter__code__in=set(matters))
    return Table(rule_values(rows), delegations_from(bodies))


def delegations_from(bodies: Iterable[int]) -> list[v.Delegation]:
    """The signed delegations of those bodies and all that was passed on from them, as values."""
    held = signed().filter(giver_body__in=set(bodies))
    found = {d.pk: d for d in _loaded(held)}
    fresh = set(found)
    while fresh:
        below = _loaded(signed().filter(parent__in=fresh).exclude(pk__in=found))
        fresh = {d.pk for d in below}
        found |= {d.pk: d for d in below}
    return delegation_values(list(found.values()))


def signed() -> "QuerySet[Delegation]":
    """Delegations that were signed, revoked ones among them: their days tell."""
    return Delegation.objects.filter(
        state__in=(DelegationState.SIGNED, DelegationState.REVOKED), signed_at__isnull=False
    )


def _loaded(rows: "QuerySet[Delegation]") -> list[Delegation]:
    return list(
        rows.select_related("giver", "post", "giver_post").prefetch_related(
            "matters", "fields", "places"
        )
    )


def delegation_values(rows: list[Delegation]) -> list[v.Delegation]:
    """Delegations as values, with how long each side is in its post. One query for the tenures."""
    tenures = _tenures(rows)
    return [_delegation(row, tenures) for row in rows]


Tenures = dict[tuple[int, int], list[Period]]


def _tenures(rows: list[Delegation]) -> Tenures:
    sides = {(r.giver.person_id, r.giver_post_id) for r in rows}
    sides |= {(r.person_id, r.post_id) for r in rows if r.person_id}
    where = Q(person__in={p for p, _ in sides}, post__in={p for _, p in sides})
    found: defaultdict[tuple[int, int], list[Period]] = defaultdict(list)
    if sides:
        held = Appointment.objects.known().filter(where).order_by("since")
        for person, post, since, until in held.values_list("person", "post", "since", "until"):
            found[(person, post)].append(Period(since, until))
    return dict(found)


def _tenure(tenures: Tenures, person: int, post: int, on: date) -> Period:
    """The tenure that holds the first day of the delegation; else none that could carry it."""
    return next((p for p in tenures.get((person, post), ()) if on in p), NEVER)


def bare_delegation(row: Delegation) -> v.Delegation:
    """A delegation without its scope, with the tenures of both sides; it need not be saved."""
    return _sides(row, _tenures([row]))


def _delegation(row: Delegation, tenures: Tenures) -> v.Delegation:
    return replace(
        _sides(row, tenures),
        matters=frozenset(m.code for m in row.matters.all()),
        fields=frozenset(f.code for f in row.fields.all()),
        place=frozenset(u.pk for u in row.places.all()),
    )


def _sides(row: Delegation, tenures: Tenures) -> v.Delegation:
    given = _tenure(tenures, row.giver.person_id, row.giver_post_id, row.since)
    taken = (
        _tenure(tenures, row.person_id, row.post_id, row.since)
        if row.person_id
        else Period(row.post.since, row.post.until)
    )
    return v.Delegation(
        id=row.pk or 0,
        code=row.number,
        giver_body=row.giver_body_id,
        giver_post=row.giver_post_id,
        giver_person=row.giver.person_id,
        body=row.body_id,
        post=row.post_id,
        person=row.person_id or 0,
        period=Period(row.since, row.until),
        most=row.most,
        passable=row.passable,
        parent=row.parent_id or 0,
        absence=row.absence,
        signed=row.signed_at is not None,
        revoked=row.revoked_on,
        giver_tenure=given,
        receiver_tenure=taken,
        form=row.form,
        seal=row.seal,
    )
