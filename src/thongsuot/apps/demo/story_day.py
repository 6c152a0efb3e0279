"""Which day the demonstration plays on."""

from datetime import date

from django.apps import apps
from django.db import DatabaseError

FIRST = date(2025, 6, 24)  # a week before the districts end, in the middle of the trial run
CHOICES = (
    (date(2025, 6, 17), "khảo sát trụ sở, sáu kiến nghị"),
    (date(2025, 6, 24), "vận hành thử, hai bên đang đếm"),
    (date(2025, 6, 27), "rút kinh nghiệm"),
    (date(2025, 6, 30), "ngày cuối của quận"),
    (date(2025, 7, 1), "phường mới làm việc"),
    (date(2025, 7, 8), "một tuần sau"),
    (date(2025, 7, 16), "TP. Hồ Chí Minh gom báo cáo tuần của 17 phường"),
    (date(2025, 9, 26), "Thành phố Hồ Chí Minh, sau kết luận 22/9"),
)
_held: list[date | None] = []  # read once a process, and again when it is changed


def current() -> date | None:
    """The day of the story; None before the demonstration is loaded."""
    if not _held:
        try:
            row = apps.get_model("demo", "StoryDay").objects.first()
        except DatabaseError:  # the tables are not made yet
            return None
        if row is None:
            return None
        _held.append(row.day)
    return _held[0]


def set_day(day: date) -> None:
    """Play on another day from now on."""
    model = apps.get_model("demo", "StoryDay")
    model.objects.update_or_create(pk=1, defaults={"day": day})
    _held.clear()
