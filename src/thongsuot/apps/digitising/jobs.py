"""Reading the kept scans again, on a schedule: what is damaged or missing is said at once."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from thongsuot.apps.digitising import actions, queries, telling
from thongsuot.apps.digitising.models import Fonds, Outcome
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.store import BLOCK, open_file
from thongsuot.foundation.jobs.registry import Progress, job
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor

SYSTEM = Actor(user=0, name="Hệ thống")
USUAL_DAYS = 30
AT_ONCE = 100  # files of one act
MOST = 5_000  # files of one run
Found = tuple[int, str, str]


@job("digitising.fixity", title=_("Kiểm tra bản quét còn nguyên"), repeatable=True)
def check(progress: Progress) -> dict[str, object]:
    """Read every scan that is due."""
    total, bad = check_due(progress.at, progress.key, step=progress.step)
    return {"read": total, "bad": bad}


def check_due(
    now: datetime,
    key: str,
    *,
    days: int | None = None,
    limit: int = MOST,
    step: object = None,
) -> tuple[int, int]:
    """Read every scan not read for so many days; the files are read outside of any transaction.

    Shapes: ``days`` None takes the strictest setting of the open fonds. Returns how many were
    read, and how many are damaged or missing.
    """
    wait = usual_days() if days is None else days
    due = list(queries.due_files(now, wait, limit))
    read, bad = 0, 0
    for first in range(0, len(due), AT_ONCE):
        part = due[first : first + AT_ONCE]
        found = list(_read(part))
        # By its files: a run that is taken up again after a crash goes on with others.
        act = Act(by=SYSTEM, key=f"fixity/{key}/{part[0].pk}-{part[-1].pk}", at=now)
        actions.record_checks(act, found=[list(f) for f in found])
        broken = [f for f in found if f[1] != Outcome.SOUND]
        telling.damaged([f[0] for f in broken], now)
        read, bad = read + len(found), bad + len(broken)
        if callable(step):
            step(read, len(due))
    return read, bad


def usual_days() -> int:
    """The strictest setting of the fonds: how often a scan is read again."""
    return min(Fonds.objects.values_list("every_days", flat=True), default=USUAL_DAYS)


def _read(files: Sequence[StoredFile]) -> Iterator[Found]:
    for stored in files:
        try:
            digest = hashlib.sha256()
            with open_file(stored) as content:
                while block := content.read(BLOCK):
                    digest.update(block)
        except FileNotFoundError:
            yield stored.pk, Outcome.MISSING.value, ""
        else:
            found = digest.hexdigest()
            outcome = Outcome.SOUND if found == stored.sha256 else Outcome.CHANGED
            yield stored.pk, outcome.value, found
