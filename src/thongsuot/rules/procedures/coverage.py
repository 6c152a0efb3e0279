"""Which procedures a ward must receive, which it does, and the share: n of N, with who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem

PROVINCE, COMMUNE = "province", "commune"
LEVELS = (PROVINCE, COMMUNE)
RECEIVES, DECIDES = "receives", "decides"
EVER = Period()


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of the announced set. ``levels`` are the tiers at which it is received."""

    code: str
    levels: frozenset[str]
    period: Period = EVER
    boundary_free: bool = False

    def due_at(self, level: str, on: date) -> bool:
        """Whether a desk of that tier must receive it on a day."""
        return level in self.levels and on in self.period


@dataclass(frozen=True, slots=True)
class Share:
    """n of N: how many of the procedures due at a desk it receives; the codes that are missing."""

    done: int
    whole: int
    missing: tuple[str, ...]

    @property
    def hundredths(self) -> int | None:
        """In hundredths of a percent, cut off; 100 % only when none is missing; None for nothing due."""
        return self.done * 10_000 // self.whole if self.whole else None


def share(due: Iterable[str], offered: Iterable[str]) -> Share:
    """The share of what is due that is offered; what is offered beyond does not count."""
    wanted = frozenset(due)
    there = frozenset(offered) & wanted
    return Share(len(there), len(wanted), tuple(sorted(wanted - there)))


def check_procedure(code: str, name: str, days: int, levels: Iterable[str]) -> tuple[Problem, ...]:
    """What a procedure needs: a code, a name, its days, at least one tier that receives it."""
    found = []
    if not code.strip():
        found.append(Problem("procedures.code-needed"))
    if not name.strip():
        found.append(Problem("procedures.name-needed", code))
    if not 0 <= days <= 999:
        found.append(Problem("procedures.days-unfit", code, {"days": days}))
    if not set(levels) or not set(levels) <= set(LEVELS):
        found.append(Problem("procedures.level-needed", code))
    return tuple(found)


def personal(text: str) -> bool:
    """Whether a text holds something like an identity or phone number: nine figures or more in a row."""
    run = 0
    for char in text:
        if char.isdigit():
            run += 1
            if run >= 9:
                return True
        elif char not in " .-":
            run = 0
    return False
