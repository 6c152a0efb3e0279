"""What rooms above the handover add to its pages and ask of its acts, without it knowing them.

A room registers in its ``AppConfig.ready``. Its links are shown under "Liên quan" on the pages of a
transition, an item and minutes; its conditions are asked inside the acts that sign minutes and
close a body, in their transaction, and all that stands in the way is refused at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.functional import Promise

from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

Kind = Literal["transition", "item", "minutes"]


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a page of the handover to what another room knows of the same thing."""

    label: str | Promise
    url: str


Links = Callable[[Kind, int, Actor], Iterable[Link]]
Rows = Callable[["QuerySet[Any]"], "QuerySet[Any]"]
Signing = Callable[[int], Iterable[Problem]]
Closing = Callable[[int, int], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a room knows of the unfinished work that is carried over, item by item.

    ``rows`` adds what ``said`` and ``page`` need to the items of the register, without a query for
    each; ``said`` is what was asked about an item and how far that is, ``page`` where it is read,
    or asked when nothing was.
    """

    rows: Rows
    said: Callable[[Any], str]
    page: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What one room above the handover adds."""

    links: Links | None = None
    signing: Signing | None = None
    closing: Closing | None = None
    carried: Carried | None = None


_ROOMS: list[Beside] = []


def register(
    *,
    links: Links | None = None,
    signing: Signing | None = None,
    closing: Closing | None = None,
    carried: Carried | None = None,
) -> None:
    """Add what a room knows of the things of the handover.

    Shapes: ``links(kind, pk, actor)`` gives only what that person may open; ``signing(minutes id)``
    and ``closing(transition id, body id)`` give Problems, and those that block refuse the act.
    """
    _ROOMS.append(Beside(links, signing, closing, carried))


def carried() -> Carried | None:
    """What the last room that registered knows of carried-over work; None when none does."""
    return next((room.carried for room in reversed(_ROOMS) if room.carried), None)


def links_of(kind: Kind, pk: int, actor: Actor) -> tuple[Link, ...]:
    """The links that other rooms have for a thing, in the order in which the rooms registered."""
    return tuple(link for room in _ROOMS if room.links for link in room.links(kind, pk, actor))


def signing_problems(minutes_id: int) -> list[Problem]:
    """What other rooms have against signing these minutes now."""
    return [p for room in _ROOMS if room.signing for p in room.signing(minutes_id)]


def closing_problems(transition_id: int, body_id: int) -> list[Problem]:
    """What other rooms have against ending this body now."""
    return [p for room in _ROOMS if room.closing for p in room.closing(transition_id, body_id)]
