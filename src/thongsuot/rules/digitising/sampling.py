"""Checking the quality of a lot by a sample that nobody can choose."""

import hashlib
from collections.abc import Iterable, Mapping

from thongsuot.rules.kernel.problem import Problem

ACCEPT, REJECT = "accept", "reject"


def sample_size(lot: int, hundredths: int, least: int) -> int:
    """How many of a lot are looked at: so many hundredths, rounded up, never fewer than ``least``."""
    return min(lot, max(least, -(-lot * hundredths // 100)))


def drawn(numbers: Iterable[int], size: int, seed: str) -> tuple[int, ...]:
    """The sample, in the order in which it is looked at.

    The same lot and seed give the same sample, and no order of entering files changes it: the
    smallest hashes of seed and number are taken.
    """
    return tuple(sorted(set(numbers), key=lambda n: (_hash(seed, n), n))[:size])


def _hash(seed: str, number: int) -> str:
    return hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()


def lot_problems(judged: Mapping[str, bool | None], most_bad: int, decision: str) -> tuple[Problem, ...]:  # fmt: skip
    """Why a lot may not be decided so; empty means it may.

    Shapes: ``judged`` maps the code of each sampled file to good, bad, or None: not looked at.
    A lot with too many bad ones is not accepted; any lot may be rejected once all were looked at.
    """
    waiting = tuple(code for code, good in judged.items() if good is None)
    if waiting:
        facts: dict[str, object] = {"count": len(waiting), "named": waiting[:10]}
        return (Problem("digitising.sample-unfinished", "", facts),)
    bad = tuple(code for code, good in judged.items() if good is False)
    if decision == ACCEPT and len(bad) > most_bad:
        facts = {"count": len(bad), "most": most_bad, "named": bad[:10]}
        return (Problem("digitising.too-many-bad", "", facts),)
    if decision not in (ACCEPT, REJECT):
        return (Problem("digitising.decision-unknown", decision[:20]),)
    return ()
