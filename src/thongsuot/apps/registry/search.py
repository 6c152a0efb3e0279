"""Search over everything: each room offers what it finds, the registry asks them all.

A room registers a provider in ``AppConfig.ready`` by its dotted path, because tables are not
loaded yet when ``apps.py`` is read::

    search.register("thongsuot.apps.handover.finders.ItemSearch")
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from django.utils.module_loading import import_string

from thongsuot.apps.registry.values import Hit, Text
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.text import fold

LONGEST = 200  # signs of a query that are read; nobody types more


class SearchProvider(Protocol):
    """What a room must offer to be found. Made once, without arguments."""

    group: Text

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The best matches for a folded query that this actor may see, best first.

        Shapes: ``query`` is folded and not empty; at most ``limit`` hits.
        """
        ...


_PATHS: list[str] = []


def register(path: str) -> None:
    """Ask the provider at this dotted path too; groups come in the order of registering."""
    if path not in _PATHS:
        _PATHS.append(path)


@lru_cache
def _provider(path: str) -> SearchProvider:
    made: SearchProvider = import_string(path)()
    return made


def search(query: str, actor: Actor, on: date, limit: int = 20) -> tuple[Hit, ...]:
    """Everything that the query finds, group by group, best first within a group.

    Marks, case, tone placement and dashes do not matter; đ is d. Empty for an empty query.
    """
    folded = fold(query[:LONGEST])
    if not folded:
        return ()
    return tuple(
        hit for path in _PATHS for hit in _provider(path).find(folded, actor, on, limit)[:limit]
    )


def closeness(folded: str, query: str) -> int:
    """How well a folded name matches: 0 all of it, 1 its end, 2 its beginning, 3 a word, 4 inside.

    The end comes before the beginning because a name follows its kind: "phường hà đông".
    """
    if folded == query:
        return 0
    if folded.endswith(f" {query}"):
        return 1
    if folded.startswith(query):
        return 2
    return 3 if f" {query}" in folded else 4
