"""The ladder of reminders, computed and queued for all duties at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from thongsuot.apps.directives import telling
from thongsuot.apps.directives.models import TO_DO, Duty, Manner, Reminder
from thongsuot.foundation import workdays
from thongsuot.foundation.bulk import insert_rows
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.wording import day
from thongsuot.rules.directives.ladder import LADDER, Rung, Whom, rung_days, rung_due
from thongsuot.rules.kernel.deadline import local_day

COLUMNS = ("pk", "due_on", "rung", "told_on", "task", "person", "lead", "assigner", "manner")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty whose rung has come."""

    duty: int
    due_on: date
    rung: Rung
    task: str
    person: int
    lead: int
    assigner: int


@transaction.atomic
def remind(at: datetime) -> int:
    """Take the rung of the ladder that has come for every duty to do; returns how many duties.

    Once a day for each duty however often this runs. Who is told finds it on the site, and in
    the digest of the day by mail. Nothing is said on rest days. Of a request (đề nghị phối hợp) the
    person is reminded; nobody above is told.
    """
    today, calendar = local_day(at), workdays.calendar()
    if not calendar.is_working(today):
        return 0
    latest = max(rung_days(rung, today, calendar) for rung in LADDER)
    rows = (
        Duty.objects.select_for_update()
        .filter(TO_DO, due_on__lte=latest, rung__lt=LADDER[-1].number)
        .order_by("pk")
        .values_list(*COLUMNS)
    )
    owed = []
    for pk, due_on, told, told_on, task, person, lead, assigner, manner in rows:
        rung = rung_due(due_on, told, told_on, today, calendar)
        if rung is not None and (manner == Manner.TASK or rung.whom is Whom.PERSON):
            owed.append(Owed(pk, due_on, rung, task, person or 0, lead or 0, assigner))
    _queue(owed, today, at)
    by_rung: defaultdict[int, list[int]] = defaultdict(list)
    for one in owed:
        by_rung[one.rung.number].append(one.duty)
    for number, ids in by_rung.items():
        for start in range(0, len(ids), BATCH):
            some = Duty.objects.filter(pk__in=ids[start : start + BATCH])
            some.update(rung=number, told_on=today)
    return len(owed)


def _queue(owed: list[Owed], today: date, at: datetime) -> None:
    """The notices and the lines that say who was told, each in one go."""
    heads = telling.heads_of({b for o in owed for b in (o.lead, o.assigner)}, today)
    accounts = telling.accounts_of({o.person for o in owed})
    told = [(o, _people(o, heads, accounts)) for o in owed]
    page = reverse("directives:duty", args=[0])
    insert_rows(
        Notice,
        ("user_id", "kind", "title", "url"),
        (
            (user, _kind(o), _title(o, today), page.replace("/0/", f"/{o.duty}/"))
            for o, people in told
            for user in sorted(people)
        ),
        {"body": "", "at": at, "read_at": None, "emailed_at": None},
    )
    insert_rows(
        Reminder,
        ("duty_id", "due_on", "rung", "whom", "people"),
        ((o.duty, o.due_on, o.rung.number, o.rung.whom.value, len(p)) for o, p in told),
        {"at": at},
    )


def _kind(owed: Owed) -> str:
    return telling.REMINDER if owed.rung.whom is Whom.PERSON else telling.ABOVE


def _people(owed: Owed, heads: Mapping[int, set[int]], accounts: Mapping[int, int]) -> set[int]:
    """Who is told: the person, or the heads of the lead where the person has no account."""
    if owed.rung.whom is Whom.ASSIGNER:
        return heads.get(owed.assigner, set())
    account = accounts.get(owed.person)
    if owed.rung.whom is Whom.PERSON and account:
        return {account}
    return heads.get(owed.lead, set())


def _title(owed: Owed, today: date) -> str:
    words = "Quá hạn từ" if owed.due_on < today else "Đến hạn"
    return f"{words} {day(owed.due_on)}: {owed.task[:200]}"
