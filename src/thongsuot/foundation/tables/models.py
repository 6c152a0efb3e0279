"""What people keep of a list: saved filters, the columns and the page size they like."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A filter with a name and a link that stays. Private, or shared with who sees the list.

    ``scope`` tells apart lists of the same kind at different places (the items of one
    transition). Only the question is kept, never its answer: who opens a shared one sees the
    rows of their own rights.
    """

    slug = models.CharField(max_length=16, unique=True)
    table = models.CharField(max_length=80)
    scope = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    query = models.TextField()
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "table", "scope", "name"], name="tables_savedview_name"
            ),
        ]
        indexes = [models.Index(fields=["table", "scope"], name="tables_savedview_list")]

    def __str__(self) -> str:
        return self.name


class Memory(models.Model):
    """How one person likes one list: page size (0: the usual) and columns (empty: the usual)."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    table = models.CharField(max_length=80)
    size = models.PositiveSmallIntegerField(default=0)
    columns = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "table"], name="tables_memory_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.table}"
