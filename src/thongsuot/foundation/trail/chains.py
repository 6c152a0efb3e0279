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
        yield from _faults_of(head)
    if chain is None:
        entries = Entry.objects.exclude(chain__in=heads.values("chain"))
        for lost in entries.values_list("chain", flat=True).distinct():
            yield Problem("trail.no-head", lost)


def _faults_of(head: ChainHead) -> Iterator[Problem]:
    last: Entry | None = None
    for entry in Entry.objects.filter(chain=head.chain).order_by("seq").iterator(2000):
        expected = 1 if last is None else last.seq + 1
        checks = (
            ("trail.gap", entry.seq == expected),
            ("trail.broken-link", last is None or entry.prev == last.hash),
            ("trail.changed", entry_hash(entry) == entry.hash),
            ("trail.time-went-back", last is None or entry.at > last.at),
        )
        for code, holds in checks:
            if not holds:
                yield Problem(code, head.chain, {"seq": entry.seq})
        last = entry
    if last is not None and (head.size, head.hash) != (last.seq, last.hash):
        yield Problem("trail.wrong-head", head.chain, {"seq": head.size})
    if last is None and head.size:
        yield Problem("trail.wrong-head", head.chain, {"seq": head.size})
