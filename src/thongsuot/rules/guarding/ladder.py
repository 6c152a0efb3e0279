"""Who is told that something was not done: the person first, then up, one rung after the other."""

from dataclasses import dataclass
from datetime import datetime, timedelta

GUARD, SHIFT_HEAD, OFFICE_HEAD, STEERING = "guard", "shift-head", "office-head", "steering"
RUNGS = (GUARD, SHIFT_HEAD, OFFICE_HEAD, STEERING)


@dataclass(frozen=True, slots=True)
class Ladder:
    """How long after a due moment each rung is told: the guard at ``grace``, the head of the shift
    at ``silent``, then each further rung a ``step`` later."""

    grace: timedelta
    silent: timedelta
    step: timedelta

    def at(self, due: datetime) -> tuple[tuple[str, datetime], ...]:
        """When each rung is to be told about what was due at that moment and stays undone."""
        waits = (self.grace, self.silent, self.silent + self.step, self.silent + 2 * self.step)
        return tuple((rung, due + wait) for rung, wait in zip(RUNGS, waits, strict=True))


def rungs_due(due: datetime, now: datetime, ladder: Ladder) -> tuple[str, ...]:
    """The rungs that must have been told by now, from the ground up; the guard always first."""
    return tuple(rung for rung, at in ladder.at(due) if at < now)
