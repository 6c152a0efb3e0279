"""The nation's check: every export verified, then counted; nothing lost, or said what is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path
from typing import Any

from thongsuot.national.engines import Engine
from thongsuot.national.exports import Export, Refusal, open_export, province_of
from thongsuot.national.portable import Province, portable_sql
from thongsuot.rules.handover.balance import BalanceRow, check_adds_up, total
from thongsuot.rules.handover.kinds import KINDS
from thongsuot.rules.handover.ledger import PLACES, Buckets

_BUCKETS = len(PLACES) + 1  # with what was opened, before them
# What the two lists can disagree in; the rest is in order.
FAILING = ("missing", "short", "over", "twice", "unknown", "listed-twice", "unit-differs",
           "below-zero")  # fmt: skip
IN_ORDER = ("matched", "divided", "not-due")


@dataclass(frozen=True, slots=True)
class Refused:
    """An export that is not counted, with its province as far as it can be read (00: not)."""

    folder: Path
    province: Province
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A code on which the lists do not agree. Quantities in smallest parts."""

    province: str
    transition: int
    kind: str
    code: str
    verdict: str
    expected: int
    received: int
    claims: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check found.

    ``balance`` has a row for each province and kind; ``verdicts`` counts codes the same way.
    ``faults`` says, by province, what in an export contradicts itself.
    """

    exports: tuple[Export, ...]
    refused: tuple[Refused, ...]
    balance: Mapping[str, tuple[BalanceRow, ...]]
    verdicts: Mapping[tuple[str, str], Mapping[str, int]]
    findings: tuple[Finding, ...]
    faults: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def count(self, verdict: str) -> int:
        """How many codes of all provinces ended so."""
        return sum(of.get(verdict, 0) for of in self.verdicts.values())

    @property
    def missing(self) -> int:
        """How many items the ledgers themselves call missing."""
        return sum(row.items.missing for rows in self.balance.values() for row in rows)

    @property
    def left(self) -> int:
        """How many items are still on their way: not lost, and not settled."""
        return sum(row.left for rows in self.balance.values() for row in rows)

    @property
    def nothing_lost(self) -> bool:
        """Whether every export could be counted, agrees with itself, and nothing is lost."""
        wrong = self.refused or self.faults or self.missing or not self.exports
        return not wrong and not any(self.count(verdict) for verdict in FAILING)


def verify(
    folders: Sequence[Path], keys: Mapping[str, str] | None = None
) -> tuple[tuple[Export, ...], tuple[Refused, ...]]:
    """The exports that may be counted, in the order of provinces, and those that may not."""
    exports: dict[str, Export] = {}
    refused = []
    for folder in folders:
        try:
            export = open_export(folder, keys)
            if export.province.code in exports:
                raise Refusal("province-twice")  # refused like any other fault
            exports[export.province.code] = export
        except Refusal as fault:
            refused.append(Refused(folder, province_of(folder), fault.code, fault.facts))
    return tuple(exports[code] for code in sorted(exports)), tuple(refused)


def count(
    engine: Engine, exports: Sequence[Export], refused: Sequence[Refused] = (), most: int = 1000
) -> Outcome:
    """Count verified exports on an engine. ``most``: so many findings are listed, all counted."""
    standing = list(engine.rows(portable_sql("statement")))
    verdicts: dict[tuple[str, str], Counter[str]] = {}
    found = nsmallest(max(most, 1), _findings(engine.rows(portable_sql("lists")), verdicts))
    return Outcome(
        tuple(exports),
        tuple(refused),
        _balance(standing),
        dict(sorted(verdicts.items())),
        tuple(found),
        _faults(standing, exports),
    )


def _findings(
    lists: Iterable[tuple[Any, ...]], verdicts: dict[tuple[str, str], Counter[str]]
) -> Iterator[Finding]:
    """The codes on which the lists do not agree; every row is counted on the way."""
    for province, kind, verdict, transition, code, codes, *figures in lists:
        verdicts.setdefault((province, kind), Counter())[verdict] += int(codes)
        if verdict in FAILING:
            yield Finding(province, transition, kind, code, verdict, *map(int, figures))


def row_of(giver: int, kind: str, measure: str, figures: Sequence[int]) -> BalanceRow:
    """A line of the balance from the 27 figures of a text: items, quantities, values."""
    items, quantity, value = (figures[at * _BUCKETS : (at + 1) * _BUCKETS] for at in range(3))
    return BalanceRow(
        giver, kind, items[0], Buckets(*items[1:]), measure,
        quantity[0], Buckets(*quantity[1:]), value[0], Buckets(*value[1:]),
    )  # fmt: skip


def _balance(standing: Sequence[tuple[Any, ...]]) -> dict[str, tuple[BalanceRow, ...]]:
    """By province, one row for each kind, in the order of kinds."""
    rows: dict[str, dict[str, list[BalanceRow]]] = {}
    for province, kind, measure, *figures in standing:
        row = row_of(int(province), kind, measure, figures[: 3 * _BUCKETS])
        if row.opened_items:
            rows.setdefault(province, {}).setdefault(kind, []).append(row)
    order = list(KINDS)
    return {
        province: tuple(
            total(kinds[kind], giver=int(province), kind=kind)
            for kind in sorted(kinds, key=lambda k: (order.index(k) if k in KINDS else 99, k))
        )
        for province, kinds in sorted(rows.items())
    }


def _faults(
    standing: Sequence[tuple[Any, ...]], exports: Sequence[Export]
) -> dict[str, dict[str, int]]:
    """What in an export contradicts itself, by province; empty when nothing does."""
    found: dict[str, Counter[str]] = {e.province.code: Counter() for e in exports}
    moved: Counter[str] = Counter()
    for province, kind, measure, *figures in standing:
        unlike, strays, moves = figures[3 * _BUCKETS :]
        row = row_of(int(province), kind, measure, figures[: 3 * _BUCKETS])
        of = found[province]
        of["does-not-add-up"] += unlike
        of["stray"] += strays
        of["kind-unknown"] += row.opened_items if kind not in KINDS else 0
        of["sums-differ"] += len(check_adds_up(row))
        moved[province] += moves
    for export in exports:
        difference = abs(export.rows["movements"] - moved[export.province.code])
        found[export.province.code]["number-twice"] += difference
    named = {province: {k: n for k, n in of.items() if n} for province, of in found.items()}
    return {province: of for province, of in sorted(named.items()) if of}
