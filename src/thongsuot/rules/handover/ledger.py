"""Where every part of an item is, and the only ways in which a part may move.

An item that was opened with a quantity has that quantity spread over eight buckets, exactly. A
movement takes from one bucket and puts into another. Nothing else changes a bucket.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from thongsuot.rules.kernel.problem import Problem

OUTSIDE = ""  # where a part comes from when it is put on the list, and goes when it leaves the list
HELD = "held"  # still with the giver (đang giữ)
TRANSIT = "transit"  # on minutes that are not yet signed by both (đang giao)
ACCEPTED = "accepted"  # counted, signed, with the receiver (đã nhận)
KEPT = "kept"  # stays with a named keeper by decision (giữ lại)
CLOSED = "closed"  # finished before the end, nothing left to hand over (kết thúc)
DESTROYED = "destroyed"  # destroyed by decision (tiêu hủy)
DISPUTED = "disputed"  # the two sides do not agree (đang tranh chấp)
MISSING = "missing"  # looked for and not found (thiếu)

PLACES = (HELD, TRANSIT, ACCEPTED, KEPT, CLOSED, DESTROYED, DISPUTED, MISSING)


@dataclass(frozen=True, slots=True)
class MoveKind:
    """A kind of movement: from where to where it may go, and what it must be accompanied by."""

    code: str
    pairs: tuple[tuple[str, str], ...]
    reason: bool = False  # a reason must be given
    authority: bool = False  # a decision must be named, by number
    counterparty: bool = False  # a body must be named: who receives, or who keeps
    minutes: bool = False  # only by minutes signed by both sides


# The whole law of the ledger. A pair that is not here cannot happen, in the rules and in the table.
KINDS: dict[str, MoveKind] = {
    k.code: k
    for k in (
        MoveKind("opened", ((OUTSIDE, HELD),)),
        MoveKind("undone", ((HELD, OUTSIDE),)),
        MoveKind("late-found", ((OUTSIDE, HELD),), reason=True),
        MoveKind("split-from", ((HELD, OUTSIDE),), reason=True),
        MoveKind("split-to", ((OUTSIDE, HELD),), reason=True),
        MoveKind("dispatched", ((HELD, TRANSIT),), counterparty=True),
        MoveKind("withdrawn", ((TRANSIT, HELD),)),
        MoveKind("received", ((TRANSIT, ACCEPTED),), counterparty=True, minutes=True),
        MoveKind("refused", ((TRANSIT, HELD),), reason=True, minutes=True),
        MoveKind("short", ((TRANSIT, MISSING),), minutes=True),
        MoveKind("differing", ((TRANSIT, DISPUTED),), minutes=True),
        MoveKind("over", ((OUTSIDE, ACCEPTED),), counterparty=True, minutes=True),
        MoveKind("kept", ((HELD, KEPT),), reason=True, authority=True, counterparty=True),
        MoveKind("closed", ((HELD, CLOSED),), reason=True),
        MoveKind("destroyed", ((HELD, DESTROYED),), reason=True, authority=True),
        MoveKind("reopened", ((KEPT, HELD), (CLOSED, HELD)), reason=True),
        MoveKind("missed", ((HELD, MISSING),), reason=True),
        MoveKind("found", ((MISSING, HELD),), reason=True),
        MoveKind("disputed", ((HELD, DISPUTED), (ACCEPTED, DISPUTED)), reason=True),
        MoveKind(
            "settled",
            ((DISPUTED, HELD), (DISPUTED, ACCEPTED), (DISPUTED, MISSING)),
            reason=True,
            authority=True,
        ),
        MoveKind(
            "corrected",
            (
                (ACCEPTED, MISSING),
                (ACCEPTED, DISPUTED),
                (MISSING, ACCEPTED),
                (DISPUTED, ACCEPTED),
                (OUTSIDE, ACCEPTED),
            ),
            reason=True,
            counterparty=True,
            minutes=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Movement:
    """A part of an item that moved. ``quantity`` in smallest parts, above 0.

    ``body`` is the counterparty: who receives, who keeps, who stands in the dispute; 0 for none.
    """

    item: str
    kind: str
    src: str
    dst: str
    quantity: int
    body: int = 0
    on: date | None = None
    reason: str = ""
    authority: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Buckets:
    """How much of an item is where, in smallest parts. Never below 0."""

    held: int = 0
    transit: int = 0
    accepted: int = 0
    kept: int = 0
    closed: int = 0
    destroyed: int = 0
    disputed: int = 0
    missing: int = 0

    def __getitem__(self, place: str) -> int:
        if place not in PLACES:
            raise KeyError(place)
        return int(getattr(self, place))

    @property
    def opened(self) -> int:
        """What was put on the list, and not taken off it: always the sum of the eight."""
        return sum(_figures(self))

    def __add__(self, other: "Buckets") -> "Buckets":
        return added((self, other))


_figures: Callable[[Buckets], tuple[int, ...]] = attrgetter(*PLACES)


def added(many: Iterable[Buckets]) -> Buckets:
    """Bucket by bucket, the sum of all; a page adds up thousands, so not two by two."""
    columns = list(zip(*map(_figures, many), strict=True))
    return Buckets(*map(sum, columns)) if columns else NOTHING


NOTHING = Buckets()


@dataclass(frozen=True, slots=True)
class Holding:
    """That body answers for that much of an item, and in which bucket it stands."""

    body: int
    quantity: int
    place: str


def check_movement(movement: Movement) -> tuple[Problem, ...]:
    """What is wrong with a movement in itself, whatever the item holds; empty when it is lawful."""
    kind = KINDS.get(movement.kind)
    facts = {"kind": movement.kind, "src": movement.src, "dst": movement.dst}
    if kind is None or (movement.src, movement.dst) not in kind.pairs:
        return (Problem("handover.move-not-allowed", movement.item, facts),)
    wanted = (
        (movement.quantity > 0, "handover.quantity-not-positive"),
        (not kind.reason or movement.reason.strip(), "handover.reason-needed"),
        (not kind.authority or movement.authority.strip(), "handover.authority-needed"),
        (not kind.counterparty or movement.body, "handover.counterparty-needed"),
        (not kind.minutes or movement.minutes, "handover.minutes-needed"),
    )
    return tuple(Problem(code, movement.item, facts) for there, code in wanted if not there)


def apply(buckets: Buckets, movement: Movement) -> Buckets | tuple[Problem, ...]:
    """The buckets after the movement, or why it cannot be; never a bucket below 0."""
    problems = check_movement(movement)
    if problems:
        return problems
    after = buckets
    if movement.src != OUTSIDE:
        there = buckets[movement.src]
        if movement.quantity > there:
            facts = {"place": movement.src, "there": there, "wanted": movement.quantity}
            return (Problem("handover.not-enough", movement.item, facts),)
        after = replace(after, **{movement.src: there - movement.quantity})
    if movement.dst != OUTSIDE:
        after = replace(after, **{movement.dst: after[movement.dst] + movement.quantity})
    return after


def fold(movements: Iterable[Movement]) -> Buckets | tuple[Problem, ...]:
    """The buckets that the movements of one item lead to, in their order; or the first fault."""
    buckets = NOTHING
    for movement in movements:
        after = apply(buckets, movement)
        if not isinstance(after, Buckets):
            return after
        buckets = after
    return buckets


def check_against_movements(
    item: str, opened: int, kept: Buckets, movements: Iterable[Movement]
) -> tuple[Problem, ...]:
    """Whether the buckets kept with an item are what its movements say; empty when they are."""
    folded = fold(movements)
    if not isinstance(folded, Buckets):
        return folded
    problems = [
        Problem("handover.bucket-differs", item, {"place": p, "kept": kept[p], "moved": folded[p]})
        for p in PLACES
        if kept[p] != folded[p]
    ]
    if opened != folded.opened:
        facts = {"place": "opened", "kept": opened, "moved": folded.opened}
        problems.append(Problem("handover.bucket-differs", item, facts))
    return tuple(problems)


# The most urgent place that holds a part names the state of the whole item. What still needs an
# outcome comes before what is missing, or a part left behind would hide behind a part not found.
URGENCY = (DISPUTED, TRANSIT, HELD, MISSING, ACCEPTED, KEPT, CLOSED, DESTROYED)
UNDONE = "undone"  # taken off the list with its import
REPLACED = "replaced"  # split: other items stand in its place
STATES = (*URGENCY, UNDONE, REPLACED)


def state_of(buckets: Buckets, *, split: bool = False) -> str:
    """The one word for where an item stands; an emptied item is replaced (split) or undone."""
    for place in URGENCY:
        if buckets[place]:
            return place
    return REPLACED if split else UNDONE


def holders(
    giver: int, movements: Sequence[Movement], *, until: date | None = None
) -> tuple[Holding, ...]:
    """Who answers for which part of an item on a day: every part has exactly one body.

    Shapes: ``movements`` of one item in order; those after ``until`` are left out (the day itself
    counts). From dispatch to signature the holder stays the giver. What is disputed after
    acceptance stays with the receiver, what is missing with the giver: somebody must answer for
    it. What was closed, destroyed or taken off the list needs no holder. Empty: not on the list.
    """
    parts: dict[tuple[int, str], int] = {}
    for move in movements:
        if until is not None and move.on is not None and move.on > until:
            continue
        if move.src != OUTSIDE:
            _take(parts, move, giver)
        if move.dst not in (OUTSIDE, CLOSED, DESTROYED):
            key = (_answers(move, giver), move.dst)
            parts[key] = parts.get(key, 0) + move.quantity
    return tuple(Holding(b, q, p) for (b, p), q in sorted(parts.items()) if q)


def _answers(move: Movement, giver: int) -> int:
    """Who answers for a part that has just arrived in a bucket."""
    with_other = move.dst in (ACCEPTED, KEPT) or (move.dst, move.src) == (DISPUTED, ACCEPTED)
    return move.body if with_other and move.body else giver


def _take(parts: dict[tuple[int, str], int], move: Movement, giver: int) -> None:
    """Take the moved quantity out of the bucket it leaves: of the named body's part first."""
    left = move.quantity
    names = sorted(
        (k for k in parts if k[1] == move.src), key=lambda k: (k[0] != move.body, k[0] != giver)
    )
    for key in names:
        part = min(left, parts[key])
        parts[key] -= part
        left -= part
