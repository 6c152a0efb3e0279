"""Names that are nearly the same: a slip of the finger away, or two."""

from collections.abc import Iterable

Near = dict[int, list[tuple[str, int]]]  # keys by their length, each with its letters


def mask_of(key: str) -> int:
    """The letters of a key as bits; two keys an edit apart differ in at most two of them."""
    mask = 0
    for char in key:
        mask |= 1 << (ord(char) & 63)
    return mask


def by_length(keys: Iterable[str]) -> Near:
    """Keys arranged for ``nearest``; numbers are never slips of one another."""
    table: Near = {}
    for key in keys:
        if not key.isdigit():
            table.setdefault(len(key), []).append((key, mask_of(key)))
    return table


def distance(a: str, b: str, most: int) -> int:
    """Letters added, left out, changed, or two neighbours exchanged; ``most`` + 1 when more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    begin, end = 0, min(len(a), len(b))
    while begin < end and a[begin] == b[begin]:
        begin += 1
    back, end = 0, end - begin
    while back < end and a[-1 - back] == b[-1 - back]:
        back += 1
    a, b = a[begin : len(a) - back], b[begin : len(b) - back]
    longer = max(len(a), len(b))
    if longer <= 1 or not a or not b:
        return min(longer, most + 1)
    if longer == 2 and a == b[::-1]:
        return min(1, most + 1)
    if most < 2:
        return most + 1
    return _two_or_more(a, b) if most == 2 else _by_table(a, b, most)


def _two_or_more(a: str, b: str) -> int:
    """2 or 3 for two that begin and end differently and are more than one slip apart.

    One slip is at their first letters; what is behind it must then be one slip apart.
    """
    behind = ((a[1:], b[1:]), (a[1:], b), (a, b[1:]))
    if any(distance(c, d, 1) <= 1 for c, d in behind):
        return 2
    swapped = a[:2] == b[1::-1]
    return 2 if swapped and distance(a[2:], b[2:], 1) <= 1 else 3


def _by_table(a: str, b: str, most: int) -> int:
    """The same by the whole table of what begins alike (optimal string alignment)."""
    earlier: list[int] = []
    before: list[int] = list(range(len(b) + 1))
    for at, char in enumerate(a):
        exchanged = a[at - 1] if at else ""
        row = _row(char, exchanged, b, before, earlier)
        if min(row) > most:
            return most + 1
        earlier, before = before, row
    return min(before[-1], most + 1)


def _row(char: str, last: str, b: str, before: list[int], earlier: list[int]) -> list[int]:
    """One more line of the table of distances."""
    row = [before[0] + 1]
    for at, other in enumerate(b):
        least = min(before[at] + (char != other), before[at + 1] + 1, row[at] + 1)
        if earlier and at and other == last and b[at - 1] == char:
            least = min(least, earlier[at - 1] + 1)
        row.append(least)
    return row


def allowed(key: str) -> int:
    """How many slips a name of that length may have and still be told from others."""
    if key.isdigit() or len(key) < 3:
        return 0
    return 1 if len(key) < 7 else 2


def nearest(key: str, among: Near) -> tuple[int, list[str]]:
    """The keys nearest to one, and how far they are. Nothing within what is allowed: (0, []).

    The key itself does not count: who asks has looked for it already.
    """
    most, mask, length = allowed(key), mask_of(key), len(key)
    for far in range(1, most + 1):
        found = [
            other
            for size in range(length - far, length + far + 1)
            for other, bits in among.get(size, ())
            if (mask ^ bits).bit_count() <= 2 * far and distance(key, other, far) == far
        ]
        if found:
            return far, found
    return 0, []
