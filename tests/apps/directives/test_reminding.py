"""The ladder over all duties at once: the person first, nobody twice a day, nothing on rest days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.apps.directives.conftest import Office

from thongsuot.apps.directives import actions, telling
from thongsuot.apps.directives.models import Reminder
from thongsuot.apps.directives.reminding import remind
from thongsuot.apps.registry.models import Person
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.notices.models import Notice

pytestmark = pytest.mark.django_db
MORNING = datetime(2025, 9, 22, 1, tzinfo=UTC)  # 8:00 here


def at(day: date) -> datetime:
    return MORNING + (day - MORNING.date())


@pytest.fixture
def office_with_accounts(office: Office) -> dict[str, int]:
    """The director, an officer below, and the secretary of the city have accounts."""
    found = {}
    for who in ("director", "officer", "secretary"):
        user = User.objects.create(username=who, full_name=who)
        Person.objects.filter(pk=office.persons[who]).update(account=user)
        found[who] = user.pk
    return found


def told() -> list[tuple[int, str]]:
    rows = Notice.objects.filter(kind__in=(telling.REMINDER, telling.ABOVE)).order_by("pk")
    return list(rows.values_list("user", "kind"))


def test_the_person_is_told_first_then_the_head_then_the_assigner(
    office, office_with_accounts
) -> None:
    users = office_with_accounts
    pk = office.issued(term_day=date(2025, 9, 23), person=office.persons["officer"])
    days = [date(2025, 9, 22) + timedelta(days=n) for n in range(16)]
    heard = {}
    for day in days:
        before = len(told())
        remind(at(day))
        remind(at(day) + timedelta(hours=3))  # twice a day is once
        if len(told()) > before:
            heard[day] = told()[before:]
    assert heard == {
        date(2025, 9, 22): [(users["officer"], telling.REMINDER)],
        date(2025, 9, 23): [(users["officer"], telling.REMINDER)],
        date(2025, 9, 24): [(users["officer"], telling.REMINDER)],
        date(2025, 9, 25): [(users["director"], telling.ABOVE)],
        date(2025, 9, 30): [(users["secretary"], telling.ABOVE)],
    }
    assert Reminder.objects.filter(duty=pk).count() == 5
    assert Notice.objects.filter(kind=telling.REMINDER).first().url == reverse(
        "directives:duty", args=[pk]
    )


def test_nothing_is_said_on_a_rest_day_nor_about_what_is_done(office, office_with_accounts) -> None:
    done = office.issued(term_day=date(2025, 9, 26))
    actions.report_done(office.act("officer"), duty_id=done, words="Xong")
    assert remind(at(date(2025, 9, 27))) == 0  # a Saturday
    assert remind(at(date(2025, 9, 29))) == 0
    assert told() == []


def test_a_new_due_day_begins_the_ladder_again(office, office_with_accounts) -> None:
    pk = office.issued(term_day=date(2025, 9, 23))
    remind(at(date(2025, 9, 24)))
    actions.extend_duty(office.act("secretary"), duty_id=pk, until=date(2025, 10, 15))
    assert remind(at(date(2025, 9, 25))) == 0
    assert remind(at(date(2025, 10, 16))) == 1
    assert list(Reminder.objects.values_list("due_on", "rung")) == [
        (date(2025, 9, 23), 3), (date(2025, 10, 15), 3)]  # fmt: skip


def test_many_cost_as_many_questions_as_one(office, office_with_accounts) -> None:
    office.issued(term_day=date(2025, 9, 23))
    with CaptureQueriesContext(connection) as few:
        assert remind(at(date(2025, 9, 24))) == 1
    for number in range(8):
        office.issued(task=f"Việc {number}", term_day=date(2025, 9, 23))
    with CaptureQueriesContext(connection) as many:
        assert remind(at(date(2025, 9, 24))) == 8
    assert (
        len(many) <= len(few) + 8
    )  # rows inserted one statement each on one engine; reads the same
    reads = [q for q in many if q["sql"].startswith("SELECT")]
    assert len(reads) == len([q for q in few if q["sql"].startswith("SELECT")])
