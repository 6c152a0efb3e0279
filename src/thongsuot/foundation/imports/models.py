"""Imports as they stand: the batch, its staged pages, and how columns were mapped before."""

from django.db import models

from thongsuot.foundation.files.models import StoredFile


class State(models.TextChoices):
    """Where a batch stands. Only ``staged`` can be applied, only ``applied`` taken back."""

    READING = "reading"
    ASKED = "asked"  # something stands in the way: a question, or a file that is refused
    STAGED = "staged"
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"


class ImportBatch(models.Model):
    """One file brought in for one kind and scope. Its number is its id.

    ``digest`` is SHA-256 over the staged pages: what was previewed is what may be applied.
    ``options`` are a person's answers (``table.Options``), ``reading`` how cells are read
    (``columns.Reading``), ``layout`` where the table was found, ``problems`` what is said about
    the file as a whole. ``entry`` is the id of the trail entry that applied it.
    """

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    scope = models.JSONField(default=dict)
    scope_key = models.CharField(max_length=64)  # digest of kind and scope, to find batches by
    body = models.BigIntegerField()
    owner = models.BigIntegerField()
    owner_name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=dict)
    layout = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    version = models.BigIntegerField(default=0)  # grows with every change: stale forms are seen
    job = models.BigIntegerField(null=True)
    entry = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    staged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["scope_key", "-id"], name="imports_batch_scope"),
            models.Index(fields=["owner", "-id"], name="imports_batch_owner"),
            models.Index(fields=["file", "kind"], name="imports_batch_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="imports_batch_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"


class StagedPage(models.Model):
    """Five hundred rows of a batch as they were read: not one row of the database each."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="pages")
    number = models.IntegerField()
    first = models.IntegerField()  # the first and last row of the file on this page
    last = models.IntegerField()
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    error = models.IntegerField(default=0)
    aside = models.IntegerField(default=0)
    warned = models.IntegerField(default=0)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="imports_page_number"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class ColumnMapping(models.Model):
    """How a header was mapped by a person: used again for the same header, kind and body."""

    kind = models.CharField(max_length=60)
    body = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)  # title as compared → key of the column, "-" ignored
    by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "body", "fingerprint"], name="imports_mapping_header"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"
