"""The clock of the house. Doors read it (views, commands, jobs); everything below them is told.

In an office it is the wall clock. The demonstration may set the day of its story, so that a visitor
sees the week before the districts ended and not the years after; nothing else differs.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

_story_day: Callable[[], date | None] | None = None


def follow(story_day: Callable[[], date | None]) -> None:
    """Let the days of the clock follow a story: the demonstration only."""
    global _story_day  # one clock a process, set once when the process starts
    _story_day = story_day


def now() -> datetime:
    """This moment, aware; on the day of the story where there is one, at the real time of day."""
    real = timezone.now()
    day = _story_day() if _story_day else None
    if day is None:
        return real
    local = timezone.localtime(real)
    return local.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """The local day of this moment."""
    return timezone.localtime(now()).date()


def is_story() -> bool:
    """Whether the day shown is a day of the story and not of the wall."""
    return _story_day is not None and _story_day() is not None
