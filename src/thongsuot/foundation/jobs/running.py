"""Taking a job, doing it, writing down how it ended."""

import json
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.foundation import clock
from thongsuot.foundation.jobs import board, registry
from thongsuot.foundation.jobs.models import Job, State
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.wording import say

STALE = timedelta(minutes=3)
MOST_ATTEMPTS = 3
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended."""

    state: State
    message: str = ""
    result: registry.Result = field(default_factory=dict)


def claim(worker: str, at: datetime, *, heavy: bool | None = None) -> Job | None:
    """Take the oldest waiting job, so that no other worker does it too.

    ``heavy`` None takes either sort. Returns None when nothing waits, or when another heavy job
    runs: a unique index allows one, whatever the number of processes.
    """
    waiting = Job.objects.filter(state=State.QUEUED).order_by("id")
    if heavy is not None:
        waiting = waiting.filter(heavy=heavy)
    for pk in waiting.values_list("pk", flat=True)[:20]:
        try:
            with transaction.atomic():
                taken = Job.objects.filter(pk=pk, state=State.QUEUED).update(
                    state=State.RUNNING,
                    worker=worker,
                    started_at=at,
                    beat_at=at,
                    attempts=F("attempts") + 1,
                )
        except IntegrityError:
            continue
        if taken:
            board.say(pk, 0, 0, "")
            return Job.objects.get(pk=pk)
    return None


def perform(job: Job) -> registry.Result:
    """Do the work of a job now, in this thread. Raises whatever the work raises."""
    kind = registry.kind(job.kind)
    result = kind.work(registry.Progress(job.pk, job.owner_id, clock.now()), **job.args) or {}
    json.dumps(result)  # what cannot be stored is a mistake of the work, not of its watcher
    return result


def outcome_of(job: Job, error: BaseException | None, result: registry.Result) -> Outcome:
    """What an end means: a refusal keeps its sentences, a mistake of ours is logged and owned."""
    if error is None:
        return Outcome(State.DONE, "", result)
    if isinstance(error, Refused):
        return Outcome(State.FAILED, "\n".join(say(p) for p in error.problems))
    log.error("job %s (%s) broke", job.pk, job.kind, exc_info=error)
    text = _(
        "Hệ thống gặp lỗi khi làm việc này; phần đang ghi dở đã được bỏ. Chạy lại một lần; nếu vẫn "
        "lỗi, báo người quản trị kèm số việc {number}."
    )
    return Outcome(State.FAILED, text.format(number=job.pk))


def finish(job: Job, outcome: Outcome, at: datetime) -> None:
    """Write down how the job ended, unless somebody else took it over meanwhile."""
    note = board.note(job.pk) or board.Note()
    Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker).update(
        state=outcome.state,
        done=note.done,
        total=note.total,
        message=(outcome.message or note.message).replace("\x00", ""),
        result=outcome.result,
        ended_at=at,
        beat_at=at,
    )
    board.forget(job.pk)


def beat(job: Job, at: datetime) -> None:
    """Show that the worker lives, and copy the progress for readers in other processes."""
    note = board.note(job.pk) or board.Note()
    Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker).update(
        done=note.done, total=note.total, message=note.message, beat_at=at
    )


def release(at: datetime, *, older: timedelta = STALE) -> int:
    """Let go of jobs whose worker gave no sign of life: queued again when repeatable, else failed.

    Returns how many. Jobs of this process are never touched.
    """
    count = 0
    silent = Job.objects.filter(state=State.RUNNING, beat_at__lte=at - older)
    for job in silent.exclude(pk__in=board.here()):
        same = Job.objects.filter(pk=job.pk, state=State.RUNNING, beat_at=job.beat_at)
        if _may_run_again(job):
            count += same.update(state=State.QUEUED, worker="", done=0, total=0)
            continue
        text = _(
            "Máy chủ dừng giữa chừng khi đang làm việc này. Phần chưa ghi xong đã được bỏ; mở danh "
            "sách liên quan để xem kết quả trước khi chạy lại."
        )
        count += same.update(state=State.FAILED, message=text, ended_at=at)
    return count


def _may_run_again(job: Job) -> bool:
    try:
        kind = registry.kind(job.kind)
    except LookupError:
        return False
    return kind.repeatable and job.attempts < MOST_ATTEMPTS


def run_pending(limit: int = 1000) -> int:
    """Do every waiting job now, one after the other, in this thread: for tests and commands.

    Returns how many were done. A mistake of ours is written down and then raised.
    """
    count = 0
    while count < limit:
        at = timezone.now()
        job = claim("by hand", at)
        if job is None:
            break
        count += 1
        try:
            result = perform(job)
        except Refused as refused:
            finish(job, outcome_of(job, refused, {}), timezone.now())
        except BaseException as error:
            finish(job, outcome_of(job, error, {}), timezone.now())
            raise
        else:
            finish(job, outcome_of(job, None, result), timezone.now())
    return count
