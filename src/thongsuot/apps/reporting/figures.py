"""Figures that the system knows by itself: registered by the rooms that keep them.

A field of a form names one by its key. It then fills itself in, with where it comes from, and a
person confirms it. Rooms beside this one do not know it: what stands above both wires them
together (``thongsuot.apps.desk.figures``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure is wanted: of which body, in which place, as of which day."""

    body: int
    unit: int | None
    on: date


@dataclass(frozen=True, slots=True)
class Known:
    """A figure with its source; ``url`` opens the list behind it. A pair is n of N."""

    value: int | tuple[int, int]
    source: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A figure that can be asked for."""

    key: str
    title: Words
    find: Callable[[Asked], Known | None]


_SOURCES: dict[str, Source] = {}


def register(key: str, title: Words, find: Callable[[Asked], Known | None]) -> None:
    """Offer a figure under a key. Raises ValueError when the key stands for another one."""
    known = _SOURCES.get(key)
    if known is not None and known.find is not find:
        raise ValueError(f"two figures {key}")
    _SOURCES[key] = Source(key, title, find)


def sources() -> tuple[Source, ...]:
    """Every figure on offer, in the order of their keys."""
    return tuple(_SOURCES[key] for key in sorted(_SOURCES))


def known(key: str, asked: Asked) -> Known | None:
    """The figure, or None when nobody offers it or nothing is known of that body."""
    source = _SOURCES.get(key)
    return source.find(asked) if source else None
