"""Asking for long work."""

from django.db import transaction

from thongsuot.foundation.jobs import registry, worker
from thongsuot.foundation.jobs.models import Job


def start(kind: str, *, owner: int, title: str = "", **args: object) -> Job:
    """Queue a job in the caller's transaction: it runs after the commit, and never if undone.

    ``args`` are plain JSON values. Send the person to ``reverse("jobs:one", args=[job.pk])``.

    Raises LookupError for a kind that no room declared.
    """
    declared = registry.kind(kind)
    job = Job.objects.create(
        kind=kind,
        title=(title or str(declared.title))[:300],
        heavy=declared.heavy,
        owner_id=owner,
        args=args,
    )
    transaction.on_commit(worker.wake)
    return job
