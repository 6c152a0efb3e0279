"""One figure for all rows of a table that does not depend on their order: a multiset hash.

MuHash (Bellare and Micciancio, 1997) over the 3072-bit safe prime 2^3072 - 1103717: each row is spread over
the whole group by SHAKE-256, and the rows are multiplied. Two different multisets of rows with one
sum would give a discrete logarithm in that group (about 128 bits of work). Plain sums of hashes
do not: rows that repeat can be chosen so that two piles add up alike.
"""

import hashlib

BITS = 3072
OFFSET = 1103717
PRIME: int = 2**BITS - OFFSET
_MASK: int = 2**BITS - 1
_BYTES = BITS // 8


def _times(one: int, other: int) -> int:
    """The product in the group; the form of the prime makes the remainder cheap."""
    product = one * other
    product = (product >> BITS) * OFFSET + (product & _MASK)
    product = (product >> BITS) * OFFSET + (product & _MASK)
    return product - PRIME if product >= PRIME else product


class RowSum:
    """The rows of one table as a count and a product; rows in any order give the same.

    Constant memory. ``join`` adds what another part of the same table gave, so that parts may be
    read apart from each other.
    """

    __slots__ = ("product", "rows")

    def __init__(self, rows: int = 0, product: int = 1) -> None:
        self.rows = rows
        self.product = product

    def add(self, row: bytes) -> None:
        """Count one row in. The same row twice counts twice."""
        spread = int.from_bytes(hashlib.shake_256(row).digest(_BYTES), "big") % PRIME
        self.product = _times(self.product, spread or 1)
        self.rows += 1

    def join(self, other: "RowSum") -> None:
        """Count in all rows that another sum has counted."""
        self.product = _times(self.product, other.product)
        self.rows += other.rows

    def checksum(self) -> str:
        """The count and the product as 64 hexadecimal digits."""
        content = b"%d\n" % self.rows + (self.product % PRIME).to_bytes(_BYTES, "big")
        return hashlib.sha256(content).hexdigest()
