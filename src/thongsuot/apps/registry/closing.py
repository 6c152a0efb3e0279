"""What rooms above know of a body that is to close, without the registry knowing them.

Rows that point at a body say themselves what the close does to them (``fields.BodyField``). What
cannot be told from rows, such as a power that nobody would have the day after, a room registers in
its ``AppConfig.ready``; it is asked whichever way a body ends.
"""

from collections.abc import Callable, Iterable
from datetime import date

from thongsuot.rules.kernel.problem import Problem

Way = Callable[[int], str]
Asker = Callable[[int, date], Iterable[Problem]]
_ROOMS: list[Asker] = []
_WAYS: dict[str, Way] = {}


def register(asker: Asker) -> None:
    """Let a room say why a body may not close; ``asker(body, on)`` with the day it would end."""
    if asker not in _ROOMS:
        _ROOMS.append(asker)


def way(label: str, address: Way) -> None:
    """Say where the rows of a table (app.Model.field) are handed on; ``address(body)`` is the page."""
    _WAYS[label] = address


def way_of(label: str, body: int) -> str:
    """The page on which those rows of a body are handed on; empty when each has its own."""
    address = _WAYS.get(label)
    return address(body) if address else ""


def problems_of(body: int, on: date) -> tuple[Problem, ...]:
    """Everything that rooms above have against the close of a body on a day."""
    return tuple(problem for room in _ROOMS for problem in room(body, on))
