"""The kinds of long work the rooms offer, and the pen they report their progress with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from thongsuot.foundation.jobs import board

Result = dict[str, object]
Work = Callable[..., Result | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work.

    ``repeatable``: running it again after an interruption does no harm, so it is queued again.
    ``heavy``: it writes much or computes long; only one such runs at a time. ``hidden``: work of
    the system itself, not shown among what a person asked for.
    """

    code: str
    title: str | Promise
    work: Work
    repeatable: bool
    heavy: bool
    hidden: bool


_KINDS: dict[str, Kind] = {}


def job(
    code: str,
    *,
    title: str | Promise,
    repeatable: bool = False,
    heavy: bool = True,
    hidden: bool = False,
) -> Callable[[Work], Work]:
    """Declare a function as long work of that kind.

    The function takes a Progress, then its arguments by name, and returns what a Job's
    ``result`` may hold, or None. It opens its own transactions.
    """

    def declare(work: Work) -> Work:
        _KINDS[code] = Kind(code, title, work, repeatable, heavy, hidden)
        return work

    return declare


def kind(code: str) -> Kind:
    """The kind with that code. Raises LookupError when no room declared it."""
    if code not in _KINDS:
        raise LookupError(f"no such kind of job: {code}")
    return _KINDS[code]


def hidden_kinds() -> list[str]:
    """The codes of the kinds that nobody asked for by hand."""
    return sorted(code for code, kind in _KINDS.items() if kind.hidden)


@dataclass(frozen=True, slots=True)
class Progress:
    """What a running job is given: who asked, when it began, and how to say how far it is.

    ``at`` is the moment of the house (foundation/clock.py), fit for an Act.
    """

    job: int
    owner: int
    at: datetime

    @property
    def key(self) -> str:
        """An idempotency key for the one act of this job: the same at every attempt."""
        return f"job-{self.job}"

    def step(self, done: int, total: int = 0, message: str = "") -> None:
        """Say how far the work is. Cheap: nothing is written here, so call it as often as wished.

        ``total`` 0 keeps the total said before; an empty message keeps the message.
        """
        board.say(self.job, done, total, message)
