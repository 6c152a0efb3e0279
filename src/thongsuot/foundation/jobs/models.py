"""Long work: what was asked for, how far it is, what came of it."""

from django.conf import settings
from django.db import models


class State(models.TextChoices):
    """Where a job stands. Queued → running → done or failed; an interrupted one may queue again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """One long work, asked for by one person, done by a worker beside the pages.

    ``done`` and ``total`` count whatever the job counts; total 0 means not known yet. ``result``
    may hold ``url`` (where to look next), ``file`` (id of a stored file) and ``name`` for it.
    """

    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    heavy = models.BooleanField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs")
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)  # the worker's last sign of life
    ended_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["heavy"],
                condition=models.Q(state="running", heavy=True),
                name="jobs_job_one_heavy",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "heavy", "id"], name="jobs_job_waiting"),
            models.Index(fields=["owner", "-id"], name="jobs_job_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (State.DONE, State.FAILED)
