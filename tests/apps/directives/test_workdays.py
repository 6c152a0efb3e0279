"""The days of the offices as data: every row readable, with its source, and used as it says."""

import csv
from datetime import date, time

import pytest
from django.conf import settings

from thongsuot.foundation import workdays

KINDS = {"holiday", "substitute", "swapped-off", "worked"}


def rows() -> list[dict[str, str]]:
    path = f"{settings.DATA_ROOT}/calendar/days.csv"
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_day_has_a_kind_a_source_and_says_whether_it_was_read() -> None:
    found = rows()
    assert {r["year"] for r in found} == {"2024", "2025", "2026", "2027"}
    assert all(r["kind"] in KINDS and r["name"] and r["source"] for r in found)
    assert {r["checked"] for r in found} == {"press", "to-confirm"}
    assert all(r["day"].startswith(r["year"]) for r in found)
    assert len({r["day"] for r in found}) == len(found)


def test_the_calendar_works_and_rests_on_the_days_of_the_file() -> None:
    calendar = workdays.calendar()
    for row in rows():
        assert calendar.is_working(date.fromisoformat(row["day"])) == (row["kind"] == "worked")
    assert calendar.is_working(date(2024, 5, 4))  # a Saturday worked for Monday 29 April
    assert calendar.knows(date(2027, 12, 31))
    assert not calendar.knows(date(2028, 1, 1))
    assert date(2024, 4, 29) not in workdays.to_confirm()
    assert date(2027, 2, 8) in workdays.to_confirm()


def test_the_end_of_work_is_a_setting(settings) -> None:
    assert workdays.end_of_work() == time(17)
    settings.END_OF_WORK = "16:30"
    assert workdays.end_of_work() == time(16, 30)


def test_without_the_file_nothing_is_guessed(settings, tmp_path) -> None:
    settings.DATA_ROOT = tmp_path
    workdays.calendar.cache_clear()
    try:
        with pytest.raises(FileNotFoundError):
            workdays.calendar()
    finally:
        workdays.calendar.cache_clear()
