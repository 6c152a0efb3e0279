"""The table of competence: which rules speak of a matter here on a day, and what they come to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.rules.authority.registering import versions_in_force
from thongsuot.rules.authority.values import PASSES_ON, Delegation, Office, Rule, Status


class State(StrEnum):
    """What the table says: one answer, several that clash, nobody, or "how much money"?"""

    ONE = "one"
    DOUBTFUL = "doubtful"
    GAP = "gap"
    ASK = "ask"  # who it is depends on the amount, and no amount was given


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules come to, before anybody looks up bodies and people.

    ``ends`` are the rules that decide: one holder when ``state`` is ONE, several when they clash.
    ``chain`` are the rules from the first grant to the one that decides. ``reason`` of a gap:
    no-rule, draft-only, expired, not-begun, outside-place or outside-amount; of a doubt:
    rules-differ, declared or circle.
    """

    state: str
    ends: tuple[Rule, ...] = ()
    chain: tuple[Rule, ...] = ()
    reason: str = ""
    near: tuple[Rule, ...] = ()

    @property
    def office(self) -> Office | None:
        """Who has the power, when exactly one has it."""
        return self.ends[0].to if self.state == State.ONE else None


class Table:
    """Every rule and delegation, found by matter, by body and by code.

    Rules never change inside a table; a table with a draft in it is another table (``plus``).
    """

    def __init__(self, rules: Iterable[Rule], delegations: Iterable[Delegation] = ()) -> None:
        self.rules = tuple(rules)
        by_matter: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            by_matter[rule.matter].append(rule)
        self.by_matter: Mapping[str, tuple[Rule, ...]] = {
            matter: tuple(sorted(held, key=lambda r: r.code)) for matter, held in by_matter.items()
        }
        self._take(delegations)

    def _take(self, delegations: Iterable[Delegation]) -> None:
        self.delegations = tuple(delegations)
        given: defaultdict[int, list[Delegation]] = defaultdict(list)
        for one in self.delegations:
            given[one.giver_body].append(one)
        self.given_by = dict(given)
        self.delegation = {one.id: one for one in self.delegations}

    def under(self, delegations: Iterable[Delegation]) -> "Table":
        """The same rules with these delegations, without sorting the rules again."""
        table = object.__new__(Table)
        table.rules, table.by_matter = self.rules, self.by_matter
        table._take(delegations)
        return table

    def plus(self, *drafts: Rule) -> "Table":
        """The table as it would be with these rules published: of the same code only days before are left."""
        codes = {draft.code for draft in drafts}
        others = [r for r in self.rules if r.code not in codes]
        for draft in drafts:
            before = [
                r for r in self.rules if r.code == draft.code and r.status == Status.PUBLISHED
            ]
            before.sort(key=lambda r: r.period.since or date.min)
            others += versions_in_force([*before, draft])
        return Table(others, self.delegations)

    def find(
        self, matter: str, units: Iterable[int], on: date, amount: int | None = None
    ) -> Finding:
        """What the rules say of a matter in a place (its unit and those above) on a day."""
        held = self.by_matter.get(matter, ())
        here = frozenset(units)
        speaking = [
            r
            for r in held
            if r.holds(on) and r.takes(amount) and (not r.place or not here.isdisjoint(r.place))
        ]
        if not speaking:
            return _gap(held, here, on, amount)
        return _settle(speaking, amount)


def _settle(speaking: list[Rule], amount: int | None) -> Finding:
    replaced = {code for r in speaking for code in r.replaces}
    left = [r for r in speaking if r.code not in replaced] or speaking
    ends = [r for r in left if not any(_passes(r, other) for other in left)]
    if not ends:
        return Finding(State.DOUBTFUL, tuple(left), reason="circle")
    codes = {r.code for r in left}
    if any(not codes.isdisjoint(r.clashes) for r in left):
        named = {code for r in left for code in r.clashes}
        rivals = tuple(r for r in left if r.clashes or r.code in named)
        return Finding(State.DOUBTFUL, rivals, reason="declared")
    if len({r.to for r in ends}) == 1:
        return Finding(State.ONE, tuple(ends), _chain(ends[0], left))
    if amount is None and _told_apart_by_amount(ends):
        return Finding(State.ASK, tuple(ends), reason="amount")
    return Finding(State.DOUBTFUL, tuple(ends), reason="rules-differ")


def _passes(first: Rule, then: Rule) -> bool:
    """Whether ``then`` passes on what ``first`` gave."""
    return (
        then is not first
        and then.kind in PASSES_ON
        and then.origin is not None
        and then.origin == first.to
        and first.passable is not False
    )


def _chain(end: Rule, left: list[Rule]) -> tuple[Rule, ...]:
    chain = [end]
    while True:
        first = next((r for r in left if _passes(r, chain[0]) and r not in chain), None)
        if first is None:
            return tuple(chain)
        chain.insert(0, first)


def _told_apart_by_amount(ends: list[Rule]) -> bool:
    """Whether rules with different holders never speak of the same amount."""
    return all(a.to == b.to or _apart(a, b) for at, a in enumerate(ends) for b in ends[at + 1 :])


def _apart(a: Rule, b: Rule) -> bool:
    return (a.most is not None and b.least is not None and a.most < b.least) or (
        b.most is not None and a.least is not None and b.most < a.least
    )


def _gap(held: tuple[Rule, ...], here: frozenset[int], on: date, amount: int | None) -> Finding:
    """Why nothing speaks: the nearest miss first, so that somebody can mend it."""
    published = [r for r in held if r.status == Status.PUBLISHED]
    if not published:
        drafts = tuple(r for r in held if r.status == Status.DRAFT)
        return Finding(State.GAP, reason="draft-only" if drafts else "no-rule", near=drafts)
    placed = [r for r in published if not r.place or not here.isdisjoint(r.place)]
    if not placed:
        return Finding(State.GAP, reason="outside-place", near=tuple(published))
    fitting = [r for r in placed if r.takes(amount)]
    if not fitting:
        return Finding(State.GAP, reason="outside-amount", near=tuple(placed))
    ended = [r for r in fitting if any(p.until is not None and p.until <= on for p in r.stretches)]
    if ended:
        last = max(p.until for r in ended for p in r.stretches if p.until and p.until <= on)
        near = tuple(r for r in ended if any(p.until == last for p in r.stretches))
        return Finding(State.GAP, reason="expired", near=near)
    return Finding(State.GAP, reason="not-begun", near=tuple(fitting))
