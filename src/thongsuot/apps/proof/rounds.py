"""The last time everything was checked (``thongsuot verify``), kept beside the data and shown.

A file and not a row: what a restored or broken database says of its own health proves nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from thongsuot.apps.proof.keys import home

OLD = timedelta(hours=25)
KEPT = 50  # so many faults are kept; how many there were is always said


@dataclass(frozen=True, slots=True)
class Round:
    """One check of everything: when, how long it took, what was wrong."""

    at: datetime
    seconds: float
    count: int
    faults: tuple[str, ...]

    def is_old(self, now: datetime) -> bool:
        """Whether the next one is overdue."""
        return now - self.at > OLD


def _path() -> Path:
    return home() / "last-check.json"


def note(at: datetime, seconds: float, faults: Sequence[str]) -> None:
    """Keep what a check found, in place of the one before."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "at": at.isoformat(),
        "seconds": round(seconds, 1),
        "count": len(faults),
        "faults": list(faults[:KEPT]),
    }
    waiting = path.with_suffix(".new")
    waiting.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    waiting.replace(path)


def last() -> Round | None:
    """What the last check found; None when there was none, or its file cannot be read."""
    try:
        said = json.loads(_path().read_text(encoding="utf-8"))
        at = datetime.fromisoformat(said["at"])
        faults = tuple(str(line) for line in said["faults"])
        return Round(at, float(said["seconds"]), int(said["count"]), faults)
    except (OSError, ValueError, KeyError, TypeError):
        return None
