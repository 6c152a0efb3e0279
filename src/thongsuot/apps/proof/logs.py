"""A chain of the trail as a log: its leaves are the hashes that the trail keeps."""

from collections.abc import Iterable
from datetime import UTC

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import HASHED
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.canonical import canonical
from thongsuot.rules.proof.merkle import Tree
from thongsuot.rules.proof.receipt import Leaf

PROOF = "proof"  # the chain of this room: keys, checkpoints, cosignatures


def tree_of(chain: str, size: int | None = None) -> Tree:
    """The log of a chain, as long as it is now or as it was at that size.

    Shapes: 32 bytes an act in memory; a hundred thousand acts take a tenth of a second.
    """
    hashes = Entry.objects.filter(chain=chain).order_by("seq")
    if size is not None:
        hashes = hashes.filter(seq__lte=size)
    return Tree(map(bytes.fromhex, hashes.values_list("hash", flat=True).iterator(5_000)))


def content_of(entry: Entry) -> str:
    """The content of an act as it was hashed."""
    content: dict[str, object] = {name: getattr(entry, name) for name in HASHED}
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return canonical(content).decode()


def leaf_of(entry: Entry, tree: Tree, size: int) -> Leaf:
    """An act with the proof that it stands in the log of that size.

    Raises Refused when the act is no longer what it was when it was recorded.
    """
    proof = tree.inclusion(entry.seq - 1, size)
    leaf = Leaf(entry.seq - 1, entry.prev, content_of(entry), proof)
    if leaf.hash.hex() != entry.hash:
        raise Refused.because("trail.changed", entry.chain, seq=entry.seq)
    return leaf


def leaves_of(entries: Iterable[Entry], tree: Tree, size: int) -> list[Leaf]:
    """Several acts of one chain, each with its proof."""
    return [leaf_of(entry, tree, size) for entry in entries]
