"""The day of the story: the one table of the demonstration."""

from django.db import models


class StoryDay(models.Model):
    """On which day the demonstration plays. One row; none: the wall clock."""

    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
