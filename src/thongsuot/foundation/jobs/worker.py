"""The workers of the server process: one for heavy jobs, one for light ones, and their watching.

Each lane is a daemon thread. For every job it starts a second thread that does the work with a
database connection of its own, and watches it: every two seconds it copies the progress into the
row. When that row cannot be written now (SQLite, while the job holds the write lock) the copy is
skipped, never waited for; pages of this process read the progress from memory anyway (board.py).
"""

import logging
import os
import socket
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection, connections
from django.utils import timezone

from thongsuot.foundation.jobs import lock, registry, running
from thongsuot.foundation.jobs.models import Job

LOOK: Final = 15.0  # seconds between two looks for work when nobody wakes the lane
WATCH: Final = 2.0
BRIEF: Final = 200  # milliseconds to wait for a lock when copying progress
PATIENT: Final = 20_000
log = logging.getLogger(__name__)


class Lane(threading.Thread):
    """A thread that does one job after the other, of one sort."""

    def __init__(self, *, heavy: bool) -> None:
        super().__init__(name=f"jobs-{'heavy' if heavy else 'light'}", daemon=True)
        self.heavy = heavy
        self.bell = threading.Event()
        self.token = f"{socket.gethostname()}:{os.getpid()}:{self.name}"

    def run(self) -> None:
        """Work for as long as the process lives."""
        while True:
            try:
                self.work_off()
            except Error as error:  # a database away or locked: look again later
                log.warning("jobs wait for the database: %s", error)
            finally:
                connections.close_all()
            self.bell.wait(LOOK)
            self.bell.clear()

    def work_off(self) -> None:
        """Do what waits in this lane, then return."""
        if lock.needed() and not lock.take():
            return
        running.release(timezone.now(), older=running.STALE)
        while (job := running.claim(self.token, timezone.now(), heavy=self.heavy)) is not None:
            self._watch(job)

    def _watch(self, job: Job) -> None:
        """Run the job in its own thread; meanwhile show that it lives."""
        end: Future[registry.Result] = Future()
        threading.Thread(
            target=_perform_apart, args=(job, end), name=f"job-{job.pk}", daemon=True
        ).start()
        while True:
            try:
                error = end.exception(timeout=WATCH)
                break
            except NotYet:
                copy_progress(job)
        outcome = running.outcome_of(job, error, end.result() if error is None else {})
        _write_end(job, outcome)


def _perform_apart(job: Job, end: "Future[registry.Result]") -> None:
    try:
        end.set_result(running.perform(job))
    except BaseException as error:  # noqa: BLE001  # handed to the watcher, which writes it down
        end.set_exception(error)
    finally:
        connections.close_all()


def copy_progress(job: Job) -> None:
    """Copy the progress into the row, or leave it for the next time when the row is locked."""
    try:
        _wait_at_most(BRIEF)
        running.beat(job, timezone.now())
    except OperationalError:
        log.debug("job %s holds the lock; its progress is shown from memory", job.pk)
    finally:
        _wait_at_most(PATIENT)


def _wait_at_most(milliseconds: int) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={milliseconds}")


def _write_end(job: Job, outcome: running.Outcome) -> None:
    """The end of a job is written however long the database is busy."""
    while True:
        try:
            running.finish(job, outcome, timezone.now())
        except (OperationalError, InterfaceError) as error:
            log.warning("the end of job %s is not written yet: %s", job.pk, error)
            connection.close()
            threading.Event().wait(WATCH)
        else:
            return


_lanes: list[Lane] = []
_starting = threading.Lock()


def begin() -> None:
    """Start the workers of this process, once. Called where pages are served, nowhere else.

    Does nothing in tests, where ``running.run_pending`` does the work at a known moment, and
    where THONGSUOT_JOBS=off says that another process works.
    """
    if settings.TESTING or os.environ.get("THONGSUOT_JOBS", "") == "off":
        return
    with _starting:
        if _lanes:
            return
        if lock.needed() and lock.take():
            running.release(timezone.now(), older=timedelta(0))
        for heavy in (True, False):
            lane = Lane(heavy=heavy)
            _lanes.append(lane)
            lane.start()


def wake() -> None:
    """Tell the workers of this process that something waits."""
    for lane in _lanes:
        lane.bell.set()
