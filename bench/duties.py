"""A list of 10⁴, 10⁵ and 10⁶ duties under every filter, and 10,000 reminders.

    python -m bench.duties [--sizes 10000,100000,1000000] [--engines sqlite,postgresql] [--reminders 10000]

Every engine and size is a process of its own with a new database. Requests go through the whole
stack (middleware, session, rights, templates) by django.test.Client. Three people look: a clerk of
one of 3,000 leads, a head of the one assigner, and a steering committee with everything in its
area. ``p50`` and ``p95`` are over ``--requests`` (20) after one to warm up, in milliseconds, with the same of
the CPU time beside them: of this process and, on PostgreSQL, of the one of the server that answers it;
reminders are one run, in seconds.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import machine
from bench.office import ROOT, office, p95, table

AFTER = "sau"
WARM, LEADS, PEOPLE, BASE = 1, 3_000, 3_000, 20_000
MADE = datetime(2025, 6, 1, tzinfo=UTC)
FIRST = date(2025, 1, 2)
STATES = ("issued", "accepted", "in-progress", "in-progress", "reported", "completed", "completed",
          "completed", "recalled", "returned")  # fmt: skip
LANES = ("normal", "normal", "normal", "priority", "now")
VERBS = (
    "rà soát",
    "báo cáo",
    "bàn giao",
    "niêm phong",
    "tiếp nhận",
    "thống kê",
    "tổng hợp",
    "công khai",
)
THINGS = ("trụ sở dôi dư", "tài liệu lưu trữ", "tài sản công", "hồ sơ tồn đọng", "đường truyền",
          "vị trí việc làm", "dự án đầu tư", "con dấu", "người hoạt động không chuyên trách")  # fmt: skip


def _registry() -> tuple[list[int], list[int], list[int], int, int]:
    """Leads with their units, their people, the assigner and the city."""
    from thongsuot.apps.registry.models import (
        Appointment,
        Body,
        BodyVersion,
        Coverage,
        Person,
        Post,
        Unit,
        UnitVersion,
    )

    city = Unit.objects.create(key="tp", level="province")
    units = Unit.objects.bulk_create(Unit(key=f"p-{n}", level="commune") for n in range(LEADS))
    UnitVersion.objects.create(
        unit=city, name="Thành phố", kind="city", folded="thanh pho", recorded_at=MADE
    )
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=u,
            name=f"Phường {n}",
            kind="ward",
            parent=city,
            folded=f"phuong {n}",
            recorded_at=MADE,
        )
        for n, u in enumerate(units)
    )
    kinds = [
        ("ubnd-tp", city),
        ("ban-chi-dao", city),
        *((f"ubnd-{n}", u) for n, u in enumerate(units)),
    ]
    bodies = Body.objects.bulk_create(
        Body(
            key=k,
            kind="steering-committee" if k == "ban-chi-dao" else "peoples-committee",
            bloc="state",
        )
        for k, _u in kinds
    )
    BodyVersion.objects.bulk_create(
        BodyVersion(body=b, name=f"UBND {b.key}", folded=b.key, recorded_at=MADE) for b in bodies
    )
    Coverage.objects.bulk_create(
        Coverage(body=b, unit=u, recorded_at=MADE) for b, (_k, u) in zip(bodies, kinds, strict=True)
    )
    roles = ["leader", "steering", *["clerk"] * LEADS]
    people = Person.objects.bulk_create(
        Person(full_name=f"Người {n}", folded=f"nguoi {n}") for n in range(LEADS + 2)
    )
    posts = Post.objects.bulk_create(
        Post(body=b, title="Chức vụ", role=r, recorded_at=MADE)
        for b, r in zip(bodies, roles, strict=True)
    )
    Appointment.objects.bulk_create(
        Appointment(person=p, post=q, status="official", recorded_at=MADE)
        for p, q in zip(people, posts, strict=True)
    )
    return (
        [b.pk for b in bodies[2:]],
        [u.pk for u in units],
        [p.pk for p in people],
        bodies[0].pk,
        city.pk,
    )


COLUMNS = (
    "id", "code", "lead_id", "person_id", "unit_id", "task", "folded", "lane", "state", "due_at",
    "due_on", "first_due_on", "percent", "said_at",
)  # fmt: skip
SAME: dict[str, Any] = {
    "batch": None, "document_id": None, "meeting_id": None, "point_id": None, "milestone_id": None,
    "above_id": None, "report_to_id": None, "product": "", "place_words": "", "laws": [],
    "term_kind": "on", "term_day": None, "every": "", "anchor_on": None, "hours": [], "until_on": None,
    "asked_on": None, "quote": "", "start": None, "end": None, "lead_words": "", "parts_words": "",
    "due_words": "", "rhythm_words": "", "report_words": "", "done_at": None, "ended_at": None,
    "rung": 0, "told_on": None, "version": 1, "manner": "task", "demo": False, "made_at": MADE, "issued_at": MADE,
}  # fmt: skip


def _rows(
    count: int, leads: Sequence[int], units: Sequence[int], people: Sequence[int]
) -> Iterator[Sequence[Any]]:
    from thongsuot.rules.kernel.text import fold

    for n in range(1, count + 1):
        at = n * 7_919 % len(leads)
        on = FIRST + timedelta(days=n * 104_729 % 730)
        task = f"{VERBS[n % 8]} {THINGS[n * 31 % 9]} số {n}"
        due = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
        yield (
            n, f"NV-{n}", leads[at], people[at + 2], units[at], task, fold(task), LANES[n % 5],
            STATES[n * 13 % 10], due, on, on, n % 100, MADE if n % 3 else None,
        )  # fmt: skip


def fill(count: int) -> tuple[int, int]:
    """Write so many duties of one assigner; returns the assigner and a lead.

    The first ``BASE`` come from Python; the others are copies of them made by the database, with
    ids and codes of their own.
    """
    from django.db import connection, transaction

    from thongsuot.apps.directives.models import Duty, Party
    from thongsuot.foundation.bulk import insert_rows

    leads, units, people, assigner, _city = _registry()
    base = min(count, BASE)
    with transaction.atomic():
        same = {**SAME, "ledger": assigner, "assigner_id": assigner}
        insert_rows(Duty, COLUMNS, _rows(base, leads, units, people), same)
        insert_rows(
            Party,
            ("body_id", "duty_id", "relation"),
            (
                pair
                for n in range(1, base + 1)
                for pair in ((assigner, n, "assigner"), (leads[n * 7_919 % len(leads)], n, "lead"))
            ),
            {},
        )
        names = [f.column for f in Duty._meta.concrete_fields]
        columns = ", ".join(f'"{n}"' for n in names)
        with connection.cursor() as cursor:
            for copy in range(1, count // base):
                changed = {
                    "id": f"id + {copy * base}",
                    "code": f"code || '-{copy}'",
                }
                picked = ", ".join(changed.get(n, f'"{n}"') for n in names)
                cursor.execute(
                    f"INSERT INTO directives_duty ({columns}) SELECT {picked} FROM directives_duty WHERE id <= {base}"
                )
                cursor.execute(
                    "INSERT INTO directives_party (body_id, duty_id, relation) "
                    f"SELECT body_id, duty_id + {copy * base}, relation FROM directives_party WHERE duty_id <= {base}"
                )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return assigner, leads[0]


FILTERS = {
    "everything": "",
    "to be done": "?lam=1",
    "overdue": "?tre=1",
    "silent": "?im=1",
    "to accept": "?nghiem-thu=1",
    "state returned": "?trang-thai=returned",
    "state and lane": "?trang-thai=in-progress&uu-tien=now",
    "due in a month": "?han-tu=2025-09-01&han-den=2025-09-30",
    "a rare word": "?tim=so+4242",
    "two words": "?tim=niem+phong+con+dau",
    "a word nowhere": "?tim=khongcochunay",
    "a word in an eighth": "?tim=bao+cao",
    "a word in all": "?tim=so",
    "two letters nowhere": "?tim=zz",
    "words and state, last first": "?tim=con+dau&trang-thai=returned&xep=-due_on",
    "words, lane, month": "?tim=niem+phong&uu-tien=now&han-tu=2025-09-01&han-den=2025-09-30",
    "asked for time": "?gia-han=1",
    "sorted by name": "?xep=task",
}


def _deep(size: int) -> str:
    """The list from a row in the middle of it on, in its usual order."""
    from thongsuot.apps.directives.models import Duty
    from thongsuot.foundation.tables import paging

    rows = Duty.objects.all()
    order = paging.order_of(rows, "due_on", False)
    row = paging.stretch(rows.filter(pk=size // 2), order, 1, None, back=False).rows[0]
    return f"?{AFTER}={paging.written(order, row)}"


def _work() -> float:
    """CPU seconds of this process and, on PostgreSQL, of the server's process that answers it."""
    from django.db import connection

    mine = time.process_time()
    if connection.vendor != "postgresql":
        return mine
    connection.ensure_connection()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().split()
    return mine + (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _times(client: Any, path: str, requests: int) -> tuple[float, float, float, float]:
    taken, worked = [], []
    for n in range(requests + WARM):
        begun, before = time.perf_counter(), _work()
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code} {answer.content[:500]!r}")
        if n >= WARM:
            taken.append((time.perf_counter() - begun) * 1000)
            worked.append((_work() - before) * 1000)
    return statistics.median(taken), p95(taken), statistics.median(worked), p95(worked)


def _person(number: int) -> Any:
    """The browser of one of the people, given an account."""
    from django.test import Client

    from thongsuot.apps.registry.models import Person
    from thongsuot.foundation.accounts.models import User

    user = User.objects.create_user(
        f"nguoi{number}", "một hai ba bốn năm", full_name=f"Người {number}"
    )
    Person.objects.filter(folded=f"nguoi {number}").update(account=user)
    client = Client()
    client.force_login(user)
    return client


def one(engine: str, size: int, reminders: int, requests: int) -> None:
    """Measure one size on one engine and print its table."""
    with office(engine):
        from django.db import connections

        from thongsuot.foundation import clock

        clock.follow(lambda: date(2025, 9, 26))
        connections["default"].settings_dict["CONN_MAX_AGE"] = None  # one process of the server
        begun = time.perf_counter()
        fill(size)
        filled = time.perf_counter() - begun
        rows: list[list[object]] = []
        for who, number in (("clerk of a lead", 2), ("head of the assigner", 0), ("steering", 1)):
            client = _person(number)
            for name, query in {**FILTERS, "a page in the middle": _deep(size)}.items():
                rows.append([f"{who}: {name}", *_times(client, f"/nhiem-vu/{query}", requests)])
            rows.append([f"{who}: exceptions", *_times(client, "/nhiem-vu/can-de-y/", requests)])
            rows.append([f"{who}: chase board", *_times(client, "/nhiem-vu/don-doc/", requests)])
        print(
            f"\n{engine}, {size:,} duties, filled in {filled:.0f} s, {machine.words()}\n",
            flush=True,
        )
        table(["ms", "p50", "p95", "CPU p50", "CPU p95"], rows)
        print(f"\nreminders: {_remind(reminders)}", flush=True)


def _remind(count: int) -> str:
    """Compute and queue the reminders of so many duties, each person with an account."""
    from thongsuot.apps.directives.models import Duty
    from thongsuot.apps.directives.reminding import remind
    from thongsuot.apps.registry.models import Person
    from thongsuot.foundation.accounts.models import User
    from thongsuot.foundation.notices.models import Notice

    people = list(Person.objects.filter(account__isnull=True).order_by("pk")[:PEOPLE])
    users = User.objects.bulk_create(
        User(username=f"u{p.pk}", full_name=p.full_name) for p in people
    )
    for person, user in zip(people, users, strict=True):
        person.account = user
    Person.objects.bulk_update(people, ["account"], batch_size=500)
    Duty.objects.update(rung=5)
    ids = list(
        Duty.objects.filter(state="issued").order_by("pk").values_list("pk", flat=True)[:count]
    )
    for start in range(0, len(ids), 500):
        some = Duty.objects.filter(pk__in=ids[start : start + 500])
        some.update(rung=0, due_on=date(2025, 9, 25), due_at=datetime(2025, 9, 25, 10, tzinfo=UTC))
    before = Notice.objects.count()
    begun, worked = time.perf_counter(), time.process_time()
    told = remind(datetime(2025, 9, 26, 1, tzinfo=UTC))
    took, cpu = time.perf_counter() - begun, time.process_time() - worked
    return f"{told:,} duties, {Notice.objects.count() - before:,} notices in {took:.2f} s (CPU {cpu:.2f} s)"


def main() -> int:
    """Run every engine and size in a process of its own."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--sizes", default="10000,100000,1000000")
    asked.add_argument("--engines", default="sqlite,postgresql")
    asked.add_argument("--reminders", type=int, default=10_000)
    asked.add_argument("--requests", type=int, default=20)
    asked.add_argument("--one", default="")
    given = asked.parse_args()
    if given.one:
        engine, size = given.one.split(":")
        one(engine, int(size), given.reminders, given.requests)
        return 0
    worst = 0
    for engine in given.engines.split(","):
        for size in given.sizes.split(","):
            call = [
                sys.executable,
                "-m",
                "bench.duties",
                "--one",
                f"{engine}:{size}",
                "--reminders",
                str(given.reminders),
                "--requests",
                str(given.requests),
            ]
            worst = max(worst, subprocess.call(call, cwd=ROOT))
    return worst


if __name__ == "__main__":
    sys.exit(main())
