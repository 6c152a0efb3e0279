"""Looking at jobs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.jobs import board, registry
from thongsuot.foundation.jobs.models import Job, State
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.problem import Problem

SETTLED = 5  # seconds after which a guess of the time left is worth showing
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """How a job stands for the person who asked for it.

    ``ahead`` is how many jobs are done first; ``minutes_left`` is a guess, None when there is
    nothing to guess from, 0 for less than a minute.
    """

    job: Job
    done: int
    total: int
    message: str
    ahead: int
    minutes_left: int | None

    @property
    def url(self) -> str:
        """Where the result is seen, inside this site; empty when there is no such page."""
        url = self.job.result.get("url", "")
        inside = isinstance(url, str) and url.startswith("/") and not url.startswith("//")
        return url if inside else ""

    @property
    def has_file(self) -> bool:
        """Whether the job made a file to take away."""
        return bool(self.job.result.get("file"))


def jobs_of(owner: int) -> QuerySet[Job]:
    """What a person asked for, newest first."""
    asked_for = Job.objects.filter(owner_id=owner).exclude(kind__in=registry.hidden_kinds())
    return asked_for.order_by("-id")


def job_of(pk: int, owner: int) -> Job:
    """One job of a person. Raises Refused (404) for a job of somebody else as for none at all."""
    job = jobs_of(owner).filter(pk=pk).first()
    if job is None:
        raise Refused.missing(Problem("jobs.unknown", str(pk)))
    return job


def standing(job: Job, at: datetime) -> Standing:
    """How the job stands now: from memory when it runs in this process, else from its row."""
    note = None if job.ended else board.note(job.pk)
    done, total, message = (
        (note.done, note.total, note.message) if note else (job.done, job.total, job.message)
    )
    ahead = 0
    if job.state == State.QUEUED:
        ahead = Job.objects.filter(
            state__in=(State.QUEUED, State.RUNNING), heavy=job.heavy, id__lt=job.pk
        ).count()
    return Standing(job, done, total, message, ahead, _minutes_left(job, done, total, at))


def _minutes_left(job: Job, done: int, total: int, at: datetime) -> int | None:
    if job.state != State.RUNNING or job.started_at is None or not 0 < done < total:
        return None
    gone = int((at - job.started_at).total_seconds())
    if gone < SETTLED:
        return None
    return gone * (total - done) // done // MINUTE


def file_of(job: Job) -> tuple[StoredFile, str]:
    """The file that a job made and its name. Raises Refused (404) when it made none."""
    stored = StoredFile.objects.filter(pk=job.result.get("file") or 0).first()
    if stored is None:
        raise Refused.missing(Problem("jobs.no-file", str(job.pk)))
    return stored, str(job.result.get("name") or stored.first_name)
