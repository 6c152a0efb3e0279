"""What is read a second time: chosen by a seed that nobody could pick before the proof was made."""

import hashlib
import heapq
from collections.abc import Iterable


def seed_of(root: str) -> bytes:
    """The seed that the root of a proof gives."""
    return hashlib.sha256(b"thongsuot copy-proof sample\n" + root.encode()).digest()


def _score(seed: bytes, name: str) -> bytes:
    return hashlib.sha256(seed + name.encode("utf-8", "surrogateescape")).digest()


def chosen(seed: bytes, names: Iterable[str], count: int) -> tuple[str, ...]:
    """As many of the names as asked for, by the seed; the same ones in whatever order they come."""
    picked = heapq.nsmallest(max(count, 0), names, key=lambda name: _score(seed, name))
    return tuple(sorted(picked))


class RowSample:
    """The rows of a database that the seed chooses, found in one pass and in any order."""

    def __init__(self, seed: bytes, count: int) -> None:
        self._seed = seed
        self._count = count
        self._kept: list[tuple[int, str, str, tuple[object, ...]]] = []

    def offer(self, table: str, digest: str, values: tuple[object, ...]) -> None:
        """Look at one row; it is kept while it is among the chosen ones."""
        score = -int.from_bytes(_score(self._seed, f"{table}\n{digest}"), "big")
        if len(self._kept) < self._count:
            heapq.heappush(self._kept, (score, table, digest, values))
        elif self._count and score > self._kept[0][0]:
            heapq.heapreplace(self._kept, (score, table, digest, values))

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The chosen rows: table and digest, in order."""
        return tuple(sorted((table, digest) for _score, table, digest, _values in self._kept))

    @property
    def values(self) -> dict[tuple[str, str], tuple[object, ...]]:
        """The chosen rows with their values."""
        return {(table, digest): values for _score, table, digest, values in self._kept}
