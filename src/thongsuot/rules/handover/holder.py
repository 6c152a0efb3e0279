"""Who holds an item tonight: exactly one body, on every day, whatever happened in which order.

The answer walks down a ladder: who has signed for it, or keeps it by decision; while it is
disputed its provisional holder; else the giver until its last day; from that day the receiver who
was confirmed, else the body nominated for what the giver leaves, else the caretaker (the residual
desk of the transition). The ladder has no rung without a body, so no day is without a holder.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from thongsuot.rules.handover.ledger import (
    ACCEPTED,
    DISPUTED,
    HELD,
    KEPT,
    MISSING,
    OUTSIDE,
    PLACES,
    TRANSIT,
    Movement,
)

# How it came that this body holds it (disposition).
SIGNED = "signed"  # signed for (đã ký nhận)
BY_DECISION = "by-decision"  # keeps it by decision (giữ lại theo quyết định)
PROVISIONAL = "provisional"  # while the dispute lasts (giữ tạm)
WITH_GIVER = "with-giver"  # the giver, until its last day (bên giao đang giữ)
NAMED = "named"  # the confirmed receiver, from the day on which the giver ends (nơi nhận đã chốt)
NOMINATED = "nominated"  # the body nominated for what the giver leaves (được chỉ định)
CARETAKER = "caretaker"  # the residual desk of the transition (trông giữ)
SEARCHING = "searching"  # it cannot be found: who answers for finding it (chịu trách nhiệm tìm)
OVERDUE = (
    "overdue"  # the giver has ended and nobody was named: it still answers (quá ngày kết thúc)
)
DISPOSITIONS = (
    WITH_GIVER, SIGNED, NAMED, NOMINATED, CARETAKER, PROVISIONAL, BY_DECISION, SEARCHING, OVERDUE,
)  # fmt: skip

# A thing in several places is answered for where most hangs on it: what is missing comes last,
# because what has been found is what somebody must lock away tonight.
LIVE = (DISPUTED, TRANSIT, HELD, ACCEPTED, KEPT, MISSING)


@dataclass(frozen=True, slots=True)
class Named:
    """People confirmed who receives an item (chốt nơi nhận)."""

    body: int
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Provisional:
    """Who holds an item while it is disputed, by the word of who opened or leads the dispute."""

    body: int
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Nomination:
    """A body is to take over whatever a giver leaves undecided (chỉ định tiếp nhận)."""

    body: int
    on: date


Event = Movement | Named | Provisional


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the giver: its last day, who was nominated, who is caretaker (0: nobody).

    ``ends_on`` is the first day on which the giver no longer acts; None for one that goes on.
    """

    giver: int
    ends_on: date | None = None
    desk: int = 0
    nominations: tuple[Nomination, ...] = ()

    def answering(self, on: date) -> tuple[int, str]:
        """Who answers for what the giver leaves without a receiver, and by which rung."""
        if self.ends_on is None or on < self.ends_on:
            return self.giver, WITH_GIVER
        named = [n.body for n in self.nominations if n.on <= on]
        if named:
            return named[-1], NOMINATED
        return (self.desk, CARETAKER) if self.desk else (self.giver, OVERDUE)


@dataclass(frozen=True, slots=True)
class Holder:
    """That body answers for a part of an item; ``code`` says by which rung of the ladder."""

    body: int
    code: str
    place: str
    quantity: int


@dataclass(slots=True)
class _State:
    """What the events of one item up to a day have led to."""

    places: Counter[str] = field(default_factory=Counter)
    bodies: dict[str, Counter[int]] = field(
        default_factory=lambda: {ACCEPTED: Counter(), KEPT: Counter()}
    )
    named: int = 0
    provisional: int = 0
    disputed_by: int = 0  # whose hands it was in when the dispute began, if not the giver's

    def take(self, event: Event) -> None:
        if isinstance(event, Named):
            self.named = event.body
        elif isinstance(event, Provisional):
            self.provisional = event.body
        else:
            self._move(event)

    def _move(self, move: Movement) -> None:
        for place, sign in ((move.src, -1), (move.dst, 1)):
            if place != OUTSIDE:
                self.places[place] += sign * move.quantity
            if place in self.bodies:
                self.bodies[place][move.body] += sign * move.quantity
        if move.dst == DISPUTED:  # a dispute begins, or grows: it is asked anew who holds it
            self.provisional = 0
            self.disputed_by = move.body if move.src == ACCEPTED else 0
        if move.kind == "refused":  # it goes back; who was to receive it does not
            self.named = 0


def tonight(events: Iterable[Event], setting: Setting, on: date) -> tuple[Holder, ...]:
    """Who holds an item at the end of a day: one holder for every part that is somewhere.

    Shapes: ``events`` of one item in the order in which they were recorded; those after the day
    are left out. The first of the answer holds the item; others hold what stands elsewhere. Empty:
    nothing is left to hold (not on the list yet, finished, destroyed, replaced by its parts).
    """
    state = _State()
    for event in events:
        if event.on is None or event.on <= on:
            state.take(event)
    found: list[Holder] = []
    for place in LIVE:
        quantity = state.places[place]
        if quantity > 0:
            found.extend(_of_place(state, setting, on, place, quantity))
    return tuple(found)


def _of_place(
    state: _State, setting: Setting, on: date, place: str, quantity: int
) -> Sequence[Holder]:
    if place in state.bodies:
        code = SIGNED if place == ACCEPTED else BY_DECISION
        # The largest part first, then the body that was here first: always the same answer.
        order = sorted((-q, b) for b, q in state.bodies[place].items() if b and q > 0)
        if order and -sum(q for q, _ in order) != quantity:
            return [Holder(order[0][1], code, place, quantity)]
        if order:
            return [Holder(b, code, place, -q) for q, b in order]
    body, code = setting.answering(on)
    if place == MISSING:
        code = SEARCHING
    elif place == DISPUTED:
        body, code = state.provisional or state.disputed_by or body, PROVISIONAL
    elif code != WITH_GIVER and state.named and place in (HELD, TRANSIT):
        body, code = state.named, NAMED
    return [Holder(body, code, place, quantity)]


def live_quantity(events: Iterable[Event], on: date) -> int:
    """How much of an item somebody must hold at the end of a day."""
    net: Counter[str] = Counter()
    for event in events:
        if isinstance(event, Movement) and (event.on is None or event.on <= on):
            net[event.src] -= event.quantity
            net[event.dst] += event.quantity
    return sum(net[place] for place in PLACES if place in LIVE)
