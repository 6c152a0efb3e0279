"""The working days and hours of the offices: holidays and swapped days from the file of the house."""

import csv
from collections import defaultdict
from datetime import date, time
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from thongsuot.rules.kernel.calendar import WorkingCalendar

WORKED = "worked"


@lru_cache(maxsize=1)
def calendar() -> WorkingCalendar:
    """The calendar of data/calendar/days.csv; after its last year only weekends are known.

    Raises FileNotFoundError or ValueError for a file that is not there or not readable: without
    it every due day would be a guess.
    """
    with _file().open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows:
        raise ValueError("data/calendar/days.csv has no rows")
    days: defaultdict[bool, list[date]] = defaultdict(list)
    for row in rows:
        days[row["kind"] == WORKED].append(date.fromisoformat(row["day"]))
    last = max(int(row["year"]) for row in rows)
    return WorkingCalendar.of(days[False], days[True], date(last + 1, 1, 1))


def to_confirm() -> frozenset[date]:
    """The days of the file that were not read in any text."""
    with _file().open(encoding="utf-8", newline="") as lines:
        return frozenset(
            date.fromisoformat(row["day"])
            for row in csv.DictReader(lines)
            if row["checked"] == "to-confirm"
        )


def end_of_work() -> time:
    """When the working day ends here (settings.END_OF_WORK)."""
    return time.fromisoformat(settings.END_OF_WORK)


def _file() -> Path:
    return Path(settings.DATA_ROOT) / "calendar" / "days.csv"
