"""Checks that nothing in the trail was changed, left out or put in."""

from collections.abc import Iterator

from thongsuot.foundation.trail.acts import entry_hash
from thongsuot.foundation.trail.models import ChainHead, Entry
from thongsuot.rules.kernel.problem import Problem


def faults(chain: str | None = None) -> Iterator[Problem]:
    """Walk the chains and name what does not fit: a gap, a changed entry, a wrong head.

    Shapes: reads in the order of each chain, in constant memory. Yields nothing when all is well.
    """
    heads = ChainHead.objects.all() if chain is None else ChainHead.objects.filter(chain=chain)
    for head in heads.order_by("chain"):
        last, expected, at = None, 1, None
        for entry in Entry.objects.filter(chain=head.chain).order_by("seq").iterator(2000):
            if entry.seq != expected:
                yield Problem("trail.gap", head.chain, {"seq": expected})
            if last is not None and entry.prev != last:
                yield Problem("trail.broken-link", head.chain, {"seq": entry.seq})
            if entry_hash(entry) != entry.hash:
                yield Problem("trail.changed", head.chain, {"seq": entry.seq})
            if at is not None and entry.at <= at:
                yield Problem("trail.time-went-back", head.chain, {"seq": entry.seq})
            last, expected, at = entry.hash, entry.seq + 1, entry.at
        if (head.size, head.hash) != (expected - 1, last or head.hash):
            yield Problem("trail.wrong-head", head.chain, {"seq": head.size})
    known = heads.values("chain")
    for lost in Entry.objects.exclude(chain__in=known).values_list("chain", flat=True).distinct():
        if chain is None:
            yield Problem("trail.no-head", lost)
