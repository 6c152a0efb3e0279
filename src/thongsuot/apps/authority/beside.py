"""What rooms above add to the pages of competence, without it knowing them.

A room registers in its ``AppConfig.ready``: its links are shown on a card, a rule and the review
of a rule in a commune (for example to raise a difficulty about it).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from thongsuot.rules.kernel.actor import Actor

Kind = Literal["matter", "rule", "review", "delegation"]


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a page of competence to what another room knows of the same thing."""

    label: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class About:
    """The thing a page shows: its kind, its code (of the matter or rule) and the unit, if any.

    Shapes: ``matter`` (code) and ``article`` (as cited) of a rule, where the page has them at hand;
    a list gives them, so that no link asks for each of its rows.
    """

    kind: Kind
    code: str
    unit: int | None = None
    matter: str = ""
    article: str = ""


Links = Callable[[About, Actor], Iterable[Link]]
_ROOMS: list[Links] = []


def register(links: Links) -> None:
    """Add the links of a room; ``links(about, actor)`` gives only what that person may open."""
    if links not in _ROOMS:
        _ROOMS.append(links)


def links_of(about: About, actor: Actor) -> tuple[Link, ...]:
    """The links that other rooms have for a thing, in the order in which they registered."""
    return tuple(link for room in _ROOMS for link in room(about, actor))
