"""The log as a Merkle tree by RFC 6962 and RFC 9162: roots, proofs of inclusion and consistency.

All hashes are 32 bytes. A tree is built over leaf hashes; the trail keeps exactly these.
"""

import hashlib
from collections.abc import Iterable, Sequence

HASH = 32
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf: SHA-256 of 0x00 and the leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two smaller than ``size``: where the tree of that size divides."""
    return 1 << ((size - 1).bit_length() - 1)


class Tree:
    """A log of leaf hashes, with the hashes of its complete subtrees kept level by level.

    Shapes: every question may be asked of any size up to its own, as the log was then.
    """

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            self._levels.append(
                [node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
            )

    def __len__(self) -> int:
        """How many leaves the log has."""
        return len(self._levels[0])

    def root(self, size: int | None = None) -> bytes:
        """The root of the first ``size`` leaves; of all when left out."""
        wanted = len(self) if size is None else size
        self._check(0, wanted)
        return self._part(0, wanted) if wanted else EMPTY

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """The proof that leaf ``index`` (from 0) is in the log of that size, leaf first."""
        self._check(index + 1, size)
        path, low, high = [], 0, size
        while high - low > 1:
            middle = low + split(high - low)
            if index < middle:
                path.append(self._part(middle, high))
                high = middle
            else:
                path.append(self._part(low, middle))
                low = middle
        return tuple(reversed(path))

    def consistency(self, old: int, size: int) -> tuple[bytes, ...]:
        """The proof that the log of ``old`` leaves is the beginning of the one of ``size``."""
        self._check(old, size)
        if old in (0, size):
            return ()
        path, low, high, whole = [], 0, size, True
        while high != old:
            middle = low + split(high - low)
            if old <= middle:
                path.append(self._part(middle, high))
                high = middle
            else:
                path.append(self._part(low, middle))
                low, whole = middle, False
        if not whole:
            path.append(self._part(low, high))
        return tuple(reversed(path))

    def _check(self, inner: int, size: int) -> None:
        if not 0 <= inner <= size <= len(self):
            raise ValueError(f"no {inner} of {size} in a log of {len(self)}")

    def _part(self, low: int, high: int) -> bytes:
        """The root of leaves low to high; low is a multiple of the width rounded up to 2^k."""
        width = high - low
        level = width.bit_length() - 1
        if width == 1 << level:
            return self._levels[level][low >> level]
        middle = low + split(width)
        return node_hash(self._part(low, middle), self._part(middle, high))


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that leaf hash at that place of the log with that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or any(len(p) != HASH for p in proof):
        return False
    at, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether the proof shows the older log to be the beginning of the newer (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= size or any(len(p) != HASH for p in proof):
        return False
    if old == size:
        return not proof and old_root == root
    if old == 0:
        return not proof and old_root == EMPTY
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    return bool(path) and _climbs(old - 1, size - 1, path, old_root, root)


def _climbs(at: int, last: int, path: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Both roots come out of one path from the last old leaf upwards."""
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == root
