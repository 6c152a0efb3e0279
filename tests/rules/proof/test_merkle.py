"""The tree against the definitions of RFC 6962 and its known roots."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.proof import merkle
from thongsuot.rules.proof.merkle import Tree, consistent, included, leaf_hash

KNOWN_LEAVES = [
    bytes.fromhex(x)
    for x in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = merkle.split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def proof(m: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = merkle.split(len(leaves))
    if m <= k:
        return [*proof(m, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*proof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


def hashes(count: int) -> list[bytes]:
    return [leaf_hash(str(n).encode()) for n in range(count)]


def test_the_roots_are_those_of_the_reference_of_certificate_transparency() -> None:
    tree = Tree(map(leaf_hash, KNOWN_LEAVES))
    assert [tree.root(n).hex() for n in range(1, 9)] == KNOWN_ROOTS
    assert tree.root(0) == hashlib.sha256(b"").digest()


def test_every_proof_of_small_logs_is_the_one_of_the_definition_and_holds() -> None:
    leaves = hashes(33)
    tree = Tree(leaves)
    for size in range(34):
        assert tree.root(size) == mth(leaves[:size])
        for m in range(size):
            found = tree.inclusion(m, size)
            assert list(found) == path(m, leaves[:size])
            assert included(leaves[m], m, size, found, tree.root(size))
        for old in range(1, size + 1):
            steps = tree.consistency(old, size)
            assert list(steps) == proof(old, leaves[:size])
            assert consistent(old, size, steps, tree.root(old), tree.root(size))


@given(st.data())
def test_no_other_leaf_place_size_or_path_is_included(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    tree = Tree(leaves)
    root, steps = tree.root(), tree.inclusion(index, size)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    at = data.draw(st.integers(0, len(steps) - 1))
    bent = bytes([steps[at][0] ^ 1]) + steps[at][1:]
    assert not included(leaves[other], index, size, steps, root)
    assert not included(leaves[index], other, size, steps, root)
    assert not included(leaves[index], index, size, (*steps[:at], bent, *steps[at + 1 :]), root)
    assert not included(leaves[index], index, size, steps[:-1], root)
    assert not included(leaves[index], index, size, (*steps, steps[0]), root)
    assert not included(leaves[index], index, size, steps, leaves[0] if size > 1 else b"")


@given(st.integers(1, 70), st.integers(0, 70), st.integers(0, 69))
def test_a_log_with_another_past_is_not_consistent(old: int, more: int, changed: int) -> None:
    size = old + more
    leaves = hashes(size)
    other = list(leaves)
    other[changed % old] = leaf_hash(b"khac")
    kept, shown = Tree(leaves).root(old), Tree(other)
    assert not consistent(old, size, shown.consistency(old, size), kept, shown.root())
    honest = Tree(leaves)
    assert not consistent(old, size, honest.consistency(old, size), kept, shown.root())


def test_a_log_is_never_consistent_with_a_longer_one_before_it() -> None:
    tree = Tree(hashes(5))
    assert not consistent(6, 5, (), tree.root(), tree.root())
    assert not consistent(-1, 5, (), tree.root(), tree.root())
    assert not consistent(5, 5, tree.inclusion(0, 5), tree.root(), tree.root())
    assert consistent(0, 5, (), merkle.EMPTY, tree.root())
    assert not consistent(0, 5, (), tree.root(), tree.root())


@given(st.integers(0, 40), st.integers(0, 40), st.lists(st.binary(max_size=33), max_size=8))
def test_no_path_of_odd_bytes_makes_the_check_fall_over(
    one: int, two: int, steps: list[bytes]
) -> None:
    root = leaf_hash(b"x")
    assert included(root, one, two, steps, root) in (True, False)
    assert consistent(one, two, steps, root, merkle.EMPTY) is False
