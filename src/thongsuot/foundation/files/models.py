"""What is known about each kept file. The content lies on disk under its hash."""

from django.db import models


class StoredFile(models.Model):
    """One content, kept once however often it is sent. Nothing in a row ever changes.

    Who may see it is decided by the room whose row points here: the file itself knows no owner.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media = models.CharField(max_length=100)
    first_name = models.CharField(max_length=200)
    remarks = models.JSONField(default=list)  # words of kinds.Kind.remarks
    kept_at = models.DateTimeField(auto_now_add=True)
    by = models.BigIntegerField()  # the account that brought it first; 0 for the system itself

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="files_storedfile_size"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} ({self.sha256[:12]})"
