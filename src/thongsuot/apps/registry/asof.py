"""The two days of a page: the day it speaks of, and the day whose knowledge it shows."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone

from thongsuot.foundation import clock


def day_asked(request: HttpRequest) -> date:
    """The day in ``?ngay=``, else today. A day that cannot be read is today."""
    return read_day(request.GET.get("ngay", "")) or clock.today()


def knowledge_asked(request: HttpRequest) -> datetime | None:
    """The end of the day in ``?biet=``: what was written down by then; None for everything."""
    day = read_day(request.GET.get("biet", ""))
    if day is None or day >= clock.today():
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def read_day(text: str) -> date | None:
    """A day written yyyy-mm-dd or dd/mm/yyyy; None for anything else."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None
