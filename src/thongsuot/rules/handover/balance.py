"""The balance: per body and kind, what was opened and where all of it is now."""

from collections.abc import Iterable
from dataclasses import dataclass

from thongsuot.rules.handover.ledger import (
    DISPUTED,
    HELD,
    MISSING,
    NOTHING,
    PLACES,
    TRANSIT,
    Buckets,
    added,
)
from thongsuot.rules.kernel.problem import Problem

UNSETTLED = (HELD, TRANSIT, DISPUTED)  # a body cannot end while anything of its stands here


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One line of the balance. The three opened figures are kept, the buckets counted: they agree.

    Shapes: ``items`` counts items by the state of each, ``value`` adds their whole đồng in the
    same way; ``quantity`` adds parts, only where every item has the one ``measure``.
    """

    giver: int
    kind: str
    opened_items: int = 0
    items: Buckets = NOTHING
    measure: str = ""
    opened_quantity: int = 0
    quantity: Buckets = NOTHING
    opened_value: int = 0
    value: Buckets = NOTHING
    receiver: int = 0

    @property
    def left(self) -> int:
        """How many items still need an outcome before the body may end."""
        return sum(self.items[p] for p in UNSETTLED)

    @property
    def settled_per_thousand(self) -> int:
        """How many of a thousand items have been accepted or otherwise concluded, rounded down."""
        if not self.opened_items:
            return 1000
        return (self.opened_items - self.left - self.items[MISSING]) * 1000 // self.opened_items


def check_adds_up(row: BalanceRow) -> tuple[Problem, ...]:
    """The law of conservation for one line; empty when it holds."""
    subject = f"{row.giver}/{row.kind}"
    pairs = (
        ("items", row.opened_items, row.items),
        ("quantity", row.opened_quantity, row.quantity),
        ("value", row.opened_value, row.value),
    )
    return tuple(
        Problem("handover.does-not-add-up", subject, {"of": n, "opened": o, "sum": b.opened})
        for n, o, b in pairs
        if o != b.opened or any(b[p] < 0 for p in PLACES)
    )


def total(rows: Iterable[BalanceRow], *, giver: int = 0, kind: str = "") -> BalanceRow:
    """The rows added up: items and value always; quantity when all rows have one measure."""
    listed = list(rows)
    measures = {r.measure for r in listed}
    one = len(measures) == 1
    items = added(r.items for r in listed)
    value = added(r.value for r in listed)
    quantity = added(r.quantity for r in listed) if one else NOTHING
    return BalanceRow(
        giver,
        kind,
        sum(r.opened_items for r in listed),
        items,
        measures.pop() if one else "",
        sum(r.opened_quantity for r in listed) if one else 0,
        quantity,
        sum(r.opened_value for r in listed),
        value,
    )


def closing_problems(
    rows: Iterable[BalanceRow], *, residual_desk: bool = False
) -> tuple[Problem, ...]:
    """What stands in the way of ending the bodies of these rows: what is left, kind by kind.

    Held, in transit and disputed items always block. Missing items block until a residual desk is
    named that goes on looking for them and answers for them; then they are a warning.
    """
    problems = []
    for row in rows:
        subject = f"{row.giver}/{row.kind}"
        for place in UNSETTLED:
            if row.items[place]:
                facts = {"kind": row.kind, "place": place, "count": row.items[place]}
                problems.append(Problem("handover.left-behind", subject, facts))
        if row.items[MISSING]:
            facts = {"kind": row.kind, "count": row.items[MISSING]}
            code = "handover.still-missing"
            problems.append(Problem(code, subject, facts, blocks=not residual_desk))
    return tuple(problems)


def check_headcount(ending: int, beginning: int) -> Problem | None:
    """The new bodies together may not have more posts than those they come from.

    Shapes: posts paid from the budget (biên chế), of all bodies that end and all that begin.
    """
    if beginning <= ending:
        return None
    facts = {"before": ending, "after": beginning, "over": beginning - ending}
    return Problem("handover.headcount-grows", "", facts)
