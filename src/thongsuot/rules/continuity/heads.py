"""Whether a backup goes on from where the record was last seen: not older, not another history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thongsuot.rules.kernel.problem import Problem


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """Where a chain of the trail stood: so many entries, the last of them with this hash."""

    chain: str
    size: int
    hash: str


Seen = Mapping[tuple[str, int], str]  # chain and number of an entry → its hash there


def check_goes_on(known: Iterable[Head], sizes: Mapping[str, int], seen: Seen) -> list[Problem]:
    """Why a restored record does not contain what was known; empty when it does.

    Shapes: ``known`` are heads seen before (of the running system, or kept outside); ``sizes`` how
    long each chain of the restored record is; ``seen`` its hashes at the sizes of the known heads.
    """
    problems = []
    for head in sorted(known):
        if not head.size:
            continue
        size = sizes.get(head.chain, 0)
        if size < head.size:
            facts: dict[str, object] = {"there": size, "known": head.size, "lost": head.size - size}
            problems.append(Problem("continuity.backup-older", head.chain, facts))
        elif seen.get((head.chain, head.size)) != head.hash:
            problems.append(Problem("continuity.backup-forked", head.chain, {"at": head.size}))
    return problems
