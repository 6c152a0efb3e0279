"""When a box is sealed: between a seal and its opening, each with two people who saw it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from thongsuot.rules.custody.places import BOX
from thongsuot.rules.kernel.problem import Problem

LONGEST_NUMBER = 40
INTACT, WORN, DAMAGED, BROKEN = "intact", "worn", "damaged", "broken"
CONDITIONS = (INTACT, WORN, DAMAGED, BROKEN)


@dataclass(frozen=True, slots=True)
class Sealing:
    """A seal on a box from one instant until it was opened (None: still on)."""

    number: str
    since: datetime
    opened: datetime | None = None


def number_key(number: str) -> str:
    """The seal number as it is compared: capitals, without spaces."""
    return "".join(number.upper().split())


def check_pair(first: int, second: int) -> tuple[Problem, ...]:
    """Two people saw it, and they are two."""
    if not first or not second:
        return (Problem("custody.two-people"),)
    return (Problem("custody.same-person"),) if first == second else ()


def check_seal(  # noqa: PLR0913  # everything that a sealing is made of
    *,
    kind: str,
    number: str,
    used: bool,
    live: str | None,
    things: int,
    witnesses: tuple[int, int],
    condition: str,
    subject: str = "",
) -> tuple[Problem, ...]:
    """Everything against putting that seal on that box, at once.

    ``used``: the number was on some box before, opened or not. ``live``: the seal on the box now.
    ``things``: how many folders and files are in it; an empty box is not sealed.
    """
    found = list(check_pair(*witnesses))
    if kind != BOX:
        found.append(Problem("custody.only-boxes-sealed", subject))
    if live is not None:
        found.append(Problem("custody.sealed-already", subject, {"number": live}))
    if not number_key(number):
        found.append(Problem("custody.seal-number-needed", subject))
    elif len(number_key(number)) > LONGEST_NUMBER:
        found.append(Problem("custody.text-too-long", subject, {"most": LONGEST_NUMBER}))
    elif used:
        found.append(Problem("custody.seal-number-used", number))
    if things <= 0:
        found.append(Problem("custody.empty-box", subject))
    return (*found, *check_condition(condition, subject))


def check_condition(condition: str, subject: str = "") -> tuple[Problem, ...]:
    """Whether the condition is one of the four."""
    return () if condition in CONDITIONS else (Problem("custody.condition-unknown", subject),)


def check_opening(
    *, live: str | None, reason: str, witnesses: tuple[int, int], condition: str, subject: str = ""
) -> tuple[Problem, ...]:
    """Everything against opening a box: it is sealed, there is a reason, two people, a condition."""
    found = list(check_pair(*witnesses))
    if live is None:
        found.append(Problem("custody.not-sealed", subject))
    if not reason.strip():
        found.append(Problem("custody.reason-needed", subject))
    return (*found, *check_condition(condition, subject))


def check_receipt(
    *, live: str | None, read: str, unfinished: int, mine: bool, subject: str = ""
) -> tuple[Problem, ...]:
    """Everything against a receiver taking a box over.

    The number read on the box is the one on record (both empty for a box without a seal); nothing
    in it is still with the giver, on its way or in dispute; something in it came to the receiver.
    """
    found = []
    if number_key(read) != number_key(live or ""):
        found.append(Problem("custody.seal-differs", subject, {"read": read or "–"}))
    if unfinished:
        found.append(Problem("custody.contents-not-signed", subject, {"count": unfinished}))
    if not mine:
        found.append(Problem("custody.nothing-for-receiver", subject))
    return tuple(found)


def sealed_at(seals: Iterable[Sealing], at: datetime) -> Sealing | None:
    """The seal on the box at an instant; None: it does not count as sealed."""
    return next(
        (s for s in seals if s.since <= at and (s.opened is None or at < s.opened)),
        None,
    )


def check_contents(sealed: Collection[str], subject: str = "") -> Problem | None:
    """Why contents may not change: the numbers of the seals that are on the boxes concerned."""
    if not sealed:
        return None
    return Problem("custody.contents-closed", subject, {"number": ", ".join(sorted(sealed))})
