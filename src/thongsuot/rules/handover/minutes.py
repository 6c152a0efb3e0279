"""Handover minutes (biên bản bàn giao): both sides count, both heads sign, then nothing changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.handover.ledger import (
    ACCEPTED,
    DISPUTED,
    HELD,
    MISSING,
    OUTSIDE,
    TRANSIT,
    Buckets,
)
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.problem import Problem

GIVER, RECEIVER = "giver", "receiver"
SIDES = (GIVER, RECEIVER)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of minutes: what was sent, what each side counted, and whether it was refused.

    Shapes: quantities in smallest parts of ``measure``; a count of None means not yet counted.
    In corrections ``sent`` is what the corrected line had brought the receiver.
    """

    item: str
    sent: int
    giver_count: int | None = None
    receiver_count: int | None = None
    refused: bool = False
    reason: str = ""
    measure: str = ""
    title: str = ""

    @property
    def difference(self) -> int | None:
        """Receiver's count less giver's; None until both have counted."""
        if self.giver_count is None or self.receiver_count is None:
            return None
        return self.receiver_count - self.giver_count


@dataclass(frozen=True, slots=True)
class Part:
    """A movement that signing brings about: its kind, from where to where, how much."""

    kind: str
    src: str
    dst: str
    quantity: int


def settle(line: Line) -> tuple[Part, ...]:
    """What becomes of a line when both have signed: all that was sent goes somewhere.

    The receiver has what the receiver counted. What both count short is missing; what only the
    receiver counts short is disputed; what the receiver has above what was sent is put on the
    list as *over*. A refused line goes back whole.

    Raises ValueError when a side has not counted: check_ready comes first.
    """
    if line.refused:
        return (Part("refused", TRANSIT, HELD, line.sent),)
    if line.giver_count is None or line.receiver_count is None:
        raise ValueError(f"{line.item} was not counted by both sides")
    received = min(line.receiver_count, line.sent)
    disputed = max(0, min(line.giver_count, line.sent) - received)
    parts = (
        Part("received", TRANSIT, ACCEPTED, received),
        Part("differing", TRANSIT, DISPUTED, disputed),
        Part("short", TRANSIT, MISSING, line.sent - received - disputed),
        Part("over", OUTSIDE, ACCEPTED, max(0, line.receiver_count - line.sent)),
    )
    return tuple(p for p in parts if p.quantity)


def settle_correction(line: Line, now: Buckets) -> tuple[Part, ...]:
    """What a signed correction moves: from what the line had brought to what is counted now.

    More than before is taken from what was missing, then from what was disputed, then put on the
    list; less goes to missing when both sides say so, else to disputed.

    Raises ValueError when a side has not counted.
    """
    if line.giver_count is None or line.receiver_count is None:
        raise ValueError(f"{line.item} was not counted by both sides")
    more = line.receiver_count - line.sent
    parts: tuple[Part, ...]
    if more < 0:
        disputed = min(-more, max(0, line.giver_count - line.receiver_count))
        parts = (
            Part("corrected", ACCEPTED, DISPUTED, disputed),
            Part("corrected", ACCEPTED, MISSING, -more - disputed),
        )
    else:
        missing = min(more, now.missing)
        disputed = min(more - missing, now.disputed)
        parts = (
            Part("corrected", MISSING, ACCEPTED, missing),
            Part("corrected", DISPUTED, ACCEPTED, disputed),
            Part("corrected", OUTSIDE, ACCEPTED, more - missing - disputed),
        )
    return tuple(p for p in parts if p.quantity)


def check_ready(lines: Iterable[Line]) -> tuple[Problem, ...]:
    """What must still be done before anybody may sign: a count by both, a reason where refused."""
    problems = []
    for line in lines:
        if line.refused:
            if not line.reason.strip():
                problems.append(Problem("handover.reason-needed", line.item))
            continue
        for side, count in ((GIVER, line.giver_count), (RECEIVER, line.receiver_count)):
            if count is None:
                problems.append(Problem("handover.not-counted", line.item, {"side": side}))
    return tuple(problems)


def check_count(item: str, count: int, largest: int) -> Problem | None:
    """A count is 0 or more, and not larger than can be kept."""
    if 0 <= count <= largest:
        return None
    return Problem("handover.count-impossible", item, {"count": count})


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature: the person, the body signed for, the side, and the hash of what was seen."""

    user: int
    body: int
    side: str
    content: str


def check_signing(
    new: Signing, earlier: Sequence[Signing], *, giver: int, receiver: int, content: str
) -> tuple[Problem, ...]:
    """Whether this person may put this signature: giver first, four eyes, unchanged content.

    Shapes: ``earlier`` are the valid signatures so far; ``content`` the hash of the minutes now.
    """
    problems = []
    wanted = giver if new.side == GIVER else receiver
    if new.body != wanted:
        problems.append(Problem("handover.signs-for-another", "", {"side": new.side}))
    if any(s.side == new.side for s in earlier):
        problems.append(Problem("handover.signed-already", "", {"side": new.side}))
    if new.side == RECEIVER and not any(s.side == GIVER for s in earlier):
        problems.append(Problem("handover.giver-signs-first"))
    if giver == receiver or any(s.user == new.user or s.body == new.body for s in earlier):
        problems.append(Problem("handover.four-eyes", "", {"side": new.side}))
    if new.content != content or any(s.content != content for s in earlier):
        problems.append(Problem("handover.content-changed"))
    return tuple(problems)


def content_hash(heading: Mapping[str, object], lines: Iterable[Line]) -> str:
    """What the signatures stand under: the heading and every line, in the order of item codes.

    Shapes: ``heading`` holds plain values that will not change (number, giver, receiver, day).
    """
    listed = sorted(lines, key=lambda line: line.item)
    return digest(
        {
            "heading": {k: v.isoformat() if isinstance(v, date) else v for k, v in heading.items()},
            "lines": [
                [x.item, x.sent, x.measure, x.giver_count, x.receiver_count, x.refused, x.reason]
                for x in listed
            ],
        }
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """The minutes in figures: lines, how many counted by each, refused, and with a difference."""

    lines: int = 0
    counted_by_giver: int = 0
    counted_by_receiver: int = 0
    refused: int = 0
    differing: int = 0


def tally(lines: Iterable[Line]) -> Tally:
    """Count the lines of minutes."""
    listed = list(lines)
    return Tally(
        len(listed),
        sum(1 for x in listed if x.giver_count is not None),
        sum(1 for x in listed if x.receiver_count is not None),
        sum(1 for x in listed if x.refused),
        sum(1 for x in listed if not x.refused and _differs(x)),
    )


def _differs(line: Line) -> bool:
    counts = [c for c in (line.giver_count, line.receiver_count) if c is not None]
    return any(c != line.sent for c in counts)
