"""Names that are nearly the same: a slip of the finger away, or two."""

from collections.abc import Iterable


def mask_of(key: str) -> int:
    """The letters of a key as bits; two keys an edit apart differ in at most two of them."""
    mask = 0
    for char in key:
        mask |= 1 << (ord(char) & 63)
    return mask


def distance(a: str, b: str, most: int) -> int:
    """Letters added, left out, changed, or two neighbours exchanged; ``most`` + 1 when more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    a, b = _core(a, b)
    if not a or not b:
        return min(len(a) or len(b), most + 1)
    earlier: list[int] = []
    before: list[int] = list(range(len(b) + 1))
    for at, char in enumerate(a):
        exchanged = a[at - 1] if at else ""
        row = _row(char, exchanged, b, before, earlier)
        if min(row) > most:
            return most + 1
        earlier, before = before, row
    return min(before[-1], most + 1)


def _core(a: str, b: str) -> tuple[str, str]:
    """What is left of two keys when what they begin and end with alike is taken away."""
    begin, end = 0, min(len(a), len(b))
    while begin < end and a[begin] == b[begin]:
        begin += 1
    a, b, back, end = a[begin:], b[begin:], 0, end - begin
    while back < end and a[-1 - back] == b[-1 - back]:
        back += 1
    return (a[:-back], b[:-back]) if back else (a, b)


def _row(char: str, last: str, b: str, before: list[int], earlier: list[int]) -> list[int]:
    """One more line of the table of distances (optimal string alignment)."""
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


def nearest(key: str, among: Iterable[tuple[str, int]]) -> tuple[int, list[str]]:
    """The keys nearest to one, and how far they are; ``among`` gives each key with its mask.

    Nothing within what is allowed: (0, []).
    """
    most, found = allowed(key), []
    if not most:
        return 0, []
    mask, length = mask_of(key), len(key)
    for other, bits in among:
        if (mask ^ bits).bit_count() > 2 * most or abs(length - len(other)) > most:
            continue
        if other.isdigit():
            continue
        far = distance(key, other, most)
        if far < most or (far == most and far):
            if far < most:
                most, found = far, [other]
            else:
                found.append(other)
    return most, found
