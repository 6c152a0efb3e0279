"""Invented provinces, and what the rules alone say of them, item by item."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from thongsuot.national.exports import Export, make_export
from thongsuot.national.portable import Province
from thongsuot.rules.handover.check import Check, Source, open_table
from thongsuot.rules.handover.ledger import (
    ACCEPTED,
    KINDS,
    PLACES,
    Buckets,
    Movement,
    apply,
    fold,
    state_of,
)

HEADER = ("Mã", "Tên", "Số lượng", "Đơn vị tính")
BY_MINUTES = ("received", "over", "corrected")
MADE = datetime(2025, 7, 1, 17, tzinfo=UTC)
PAIRS = [(kind.code, src, dst) for kind in KINDS.values() for src, dst in kind.pairs]


def by_minutes(moves: Sequence[Movement]) -> int:
    """What signed minutes brought to receivers, net of corrections."""
    return sum(
        m.quantity if m.dst == ACCEPTED else -m.quantity
        for m in moves
        if m.kind in BY_MINUTES and ACCEPTED in (m.src, m.dst)
    )


@dataclass(frozen=True)
class Thing:
    """An item with its movements, every one of them lawful."""

    item: int
    transition: int
    giver: int
    kind: str
    code: str
    receiver: int
    measure: str
    value: int
    moves: tuple[Movement, ...]

    @property
    def buckets(self) -> Buckets:
        folded = fold(self.moves)
        assert isinstance(folded, Buckets)
        return folded

    @property
    def expected(self) -> int:
        return by_minutes(self.moves)


@dataclass(frozen=True)
class Receipt:
    transition: int
    receiver: int
    kind: str
    code: str
    quantity: int
    measure: str


@dataclass(frozen=True)
class Land:
    """A province: what it listed and moved, and what its receivers say."""

    code: str
    things: tuple[Thing, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    def relations(self) -> dict[str, list[tuple[object, ...]]]:
        return {
            "inventory": [
                (t.item, t.transition, t.giver, t.kind, t.code, t.receiver, t.buckets.opened,
                 t.measure, t.value)
                for t in self.things
            ],
            "movements": [
                (t.item, m.kind, m.src, m.dst, m.quantity) for t in self.things for m in t.moves
            ],
            "receipts": [
                (r.transition, r.receiver, r.kind, r.code, r.quantity, r.measure)
                for r in self.receipts
            ],
        }  # fmt: skip

    def export(self, folder: Path) -> Export:
        return make_export(
            folder, Province(self.code, f"Tỉnh {self.code} (minh họa)"), self.relations(), MADE
        )


def _grown(history: tuple[Movement, ...], step: Movement) -> tuple[Movement, ...]:
    """The history with the step after it where that is lawful, else as it was."""
    now = fold(history)
    assert isinstance(now, Buckets)
    quantity = min(step.quantity, now[step.src]) if step.src else step.quantity
    longer = (*history, replace(step, quantity=quantity))
    if not quantity or not isinstance(apply(now, longer[-1]), Buckets):
        return history
    # The check of two piles of files knows no list that expects less than nothing.
    return longer if by_minutes(longer) >= 0 else history


def _step(pair: tuple[str, str, str], part: int) -> Movement:
    return Movement("", *pair, part, 7, None, "x", "QĐ", 1)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Movement, ...]:
    """Movements that may follow one another, from the day an item was listed."""
    history: tuple[Movement, ...] = (Movement("", "opened", "", "held", draw(st.integers(1, 12))),)
    for pair, part in draw(
        st.lists(st.tuples(st.sampled_from(PAIRS), st.integers(1, 12)), max_size=9)
    ):
        history = _grown(history, _step(pair, part))
    return history


def large(code: str, size: int) -> Land:
    """A province of so many items, the same each time; most of them handed over as they should."""
    chance = Random(int(code))
    things, receipts = [], []
    usual = [("dispatched", "held", "transit"), ("received", "transit", "accepted")]
    for number in range(1, size + 1):
        history: tuple[Movement, ...] = (Movement("", "opened", "", "held", chance.randint(1, 12)),)
        wanted = usual if chance.random() < 0.9 else chance.choices(PAIRS, k=8)
        for pair in wanted:
            history = _grown(history, _step(pair, 12))
        kind = chance.choice(["asset", "case", "seal"])
        thing = Thing(number, 1, chance.randint(1, 9), kind, f"M-{number // chance.choice([1] * 99 + [2])}",
                      5, "cái", chance.randint(0, 10**9), history)  # fmt: skip
        things.append(thing)
        if thing.expected and chance.random() < 0.98:
            more = chance.random() < 0.01
            receipts.append(Receipt(1, 5, kind, thing.code, thing.expected + more, "cái"))
    return Land(code, tuple(things), tuple(receipts))


CODES = st.sampled_from(["TS-1", "TS-2", "ts-1", "Đ-1", "Đ-1", "HS/01 ", "HS/01", "Z"]).map(
    str.strip
)
KIND = st.sampled_from(["asset", "case", "seal"])
MEASURE = st.sampled_from(["cái", "bộ"])
_WHOLE = st.integers(0, 3)


@st.composite
def lands(draw: st.DrawFn, code: str = "01") -> Land:
    """A province where lists and receipts agree mostly, and not always."""
    things = tuple(
        Thing(
            number,
            draw(st.integers(1, 2)),
            draw(st.integers(1, 3)),
            draw(KIND),
            draw(CODES),
            draw(_WHOLE),
            draw(MEASURE),
            draw(st.integers(0, 10**12)),
            draw(histories()),
        )
        for number in range(1, draw(st.integers(1, 7)))
    )
    faithful = [
        Receipt(t.transition, 5, t.kind, t.code, t.expected, t.measure)
        for t in things
        if t.expected > 0 and draw(st.integers(0, 3))
    ]
    strange = draw(
        st.lists(
            st.builds(
                Receipt, st.integers(1, 2), st.integers(5, 6), KIND, CODES, st.integers(0, 9),
                st.sampled_from(["cái", "bộ", ""]),
            ),
            max_size=3,
        )
    )  # fmt: skip
    return Land(code, things, (*faithful, *strange))


def statement(land: Land) -> dict[tuple[str, str, str], list[int]]:
    """The 27 figures for each kind and measure, by the rules of the ledger; no line of zeros."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for thing in land.things:
        buckets = thing.buckets
        if not buckets.opened:
            continue
        figures = rows.setdefault((land.code, thing.kind, thing.measure), [0] * 27)
        at = PLACES.index(state_of(buckets))
        for base, amount in ((0, 1), (18, thing.value)):
            figures[base] += amount
            figures[base + 1 + at] += amount
        figures[9] += buckets.opened
        for place, name in enumerate(PLACES):
            figures[10 + place] += buckets[name]
    return rows


@dataclass
class _Lists:
    listed: list[tuple[object, ...]] = field(default_factory=list)
    claimed: list[tuple[object, ...]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)


def verdicts(land: Land) -> Counter[tuple[str, str, str]]:
    """How many codes ended in which verdict, by the check of two piles of files."""
    lists: dict[tuple[int, str], _Lists] = {}
    for thing in land.things:
        if thing.buckets.opened:
            of = lists.setdefault((thing.transition, thing.kind), _Lists())
            of.listed.append((thing.code, "x", thing.expected, thing.measure))
            of.codes.add(thing.code)
            if not thing.expected:
                of.quiet.add(thing.code)
    for r in land.receipts:
        of = lists.setdefault((r.transition, r.kind), _Lists())
        of.claimed.append((r.code, "x", r.quantity, r.measure))
        of.codes.add(r.code)
        of.quiet.discard(r.code)
    found: Counter[tuple[str, str, str]] = Counter()
    for (_, kind), of in lists.items():
        sorts = _sorts(of)
        for code in of.codes:
            found[(land.code, kind, _verdict(sorts.get(code, set()), code in of.quiet))] += 1
    return found


def _verdict(sorts: set[str], quiet: bool) -> str:
    if sorts & {"listed-twice", "same-line-twice"}:
        return "listed-twice"
    if quiet:
        return "not-due"
    assert len(sorts) <= 1, sorts
    return next(iter(sorts), "matched")


def _sorts(of: _Lists) -> dict[str, set[str]]:
    """What the check of two piles finds on each code."""
    check = Check()
    for rows, take in ((of.listed, check.hold), (of.claimed, check.claim)):
        table = open_table(Source("a", "b"), lambda rows=rows: enumerate([HEADER, *rows], 1))
        assert table is not None
        take(table)
    found: dict[str, set[str]] = {}
    for finding in check.outcome().findings:
        found.setdefault(finding.code, set()).add(finding.sort)
    return found


def all_statements(world: Sequence[Land]) -> dict[tuple[str, str, str], list[int]]:
    return {key: figures for land in world for key, figures in statement(land).items()}


def all_verdicts(world: Sequence[Land]) -> Counter[tuple[str, str, str]]:
    return sum((verdicts(land) for land in world), Counter())
