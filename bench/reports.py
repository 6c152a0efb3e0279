"""A national week of reports: entered, rolled up from ward to province to nation, frozen.

    python -m bench.reports [--units 3321] [--weeks 52] [--engine sqlite|postgresql] [--repeat 7]

Makes 34 provinces and so many communes below them, a form of 40 fields (34 numbers, one of them
averaged, 3 shares, 3 texts) and so many weekly periods, each with one filing a unit, by bulk insert
with every trigger in place. After 4 weeks, after half and after all of them it rolls up the newest
week (what the page and the snapshot call), freezes it, opens the pages of who gathers, and submits
returns one by one through the action as a ward does. Goal: one week rolled up under 2 s on
PostgreSQL and under 5 s on SQLite.
"""

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.office import office, p95, table

PROVINCES, FIELDS = 34, 40
FIRST = date(2025, 6, 30)
SEED = 3321
AT = datetime(2025, 7, 1, tzinfo=UTC)
CHUNK = 2_000


def content() -> dict[str, Any]:
    """A form of 40 fields in eight fields of work."""
    plain = {
        "unit": "", "required": False, "help": "", "places": 0, "over_time": "sum", "weight": "",
        "least": None, "most": None, "figure": "", "part": "",
    }  # fmt: skip
    kinds = [("int", "sum")] * 33 + [("number", "average")] + [("share", "share")] * 3
    kinds += [("text", "gather")] * 3
    return {
        "fields": [
            {**plain, "key": f"c{n}", "title": f"Chỉ tiêu {n}", "type": kind, "across": across,
             "work": f"Lĩnh vực {n % 8}", "weight": "c0" if across == "average" else ""}
            for n, (kind, across) in enumerate(kinds)
        ],
        "rules": [{"check": "sum", "fields": ["c0", "c1", "c2"], "bound": 0, "blocks": True}],
    }  # fmt: skip


def values(draw: random.Random) -> dict[str, Any]:
    """What one unit reports; the total agrees with its parts."""
    found: dict[str, Any] = {f"c{n}": draw.randrange(2_000) for n in range(34)}
    found["c0"] = found["c1"] + found["c2"]
    for n in range(34, 37):
        found[f"c{n}"] = [draw.randrange(10), 10]
    for n in range(37, FIELDS):
        found[f"c{n}"] = "Đường truyền chậm vào đầu giờ sáng" if draw.random() < 0.3 else ""
    return {key: value for key, value in found.items() if value != ""}


def nation(units: int) -> tuple[Any, list[tuple[int, int]]]:
    """Provinces, communes, their committees, who gathers, the series. Returns (series, bodies)."""
    from thongsuot.apps.registry.models import Body, BodyVersion, Coverage, Unit, UnitVersion
    from thongsuot.apps.reporting.models import Expected, Form, FormVersion, Series
    from thongsuot.rules.kernel.canonical import digest

    tops = Unit.objects.bulk_create(
        Unit(key=f"tinh-{n}", level="province") for n in range(PROVINCES)
    )
    low = Unit.objects.bulk_create(
        (Unit(key=f"xa-{n}", level="commune") for n in range(units)), batch_size=CHUNK
    )
    shared = {"recorded_at": AT, "folded": "x"}
    UnitVersion.objects.bulk_create(
        [UnitVersion(unit=u, name=u.key, kind="province", **shared) for u in tops]
        + [
            UnitVersion(unit=u, name=u.key, kind="commune", parent=tops[n % PROVINCES], **shared)
            for n, u in enumerate(low)
        ],
        batch_size=CHUNK,
    )
    bodies = Body.objects.bulk_create(
        (
            Body(key=f"ubnd-{n}", bloc="state", kind="peoples-committee")
            for n in range(len(low) + 1)
        ),
        batch_size=CHUNK,
    )
    BodyVersion.objects.bulk_create(
        (BodyVersion(body=b, name=b.key, **shared) for b in bodies), batch_size=CHUNK
    )
    pairs = list(zip(bodies[1:], low, strict=True))
    Coverage.objects.bulk_create(
        (Coverage(body=b, unit=u, recorded_at=AT) for b, u in pairs), batch_size=CHUNK
    )
    form = Form.objects.create(body=bodies[0], key="tuan", title="Tuần", made_at=AT)
    asked = content()
    FormVersion.objects.create(
        form=form, number=1, since=FIRST, title="Tuần", content=asked, digest=digest(asked), at=AT,
        by_name="bench", entry=0,
    )  # fmt: skip
    series = Series.objects.create(
        form=form, body=bodies[0], name="Tuần cả nước", kind="week", due_after=-2, opened_at=AT
    )
    Expected.objects.bulk_create(
        (Expected(series=series, body=b, unit=u, since=FIRST) for b, u in pairs), batch_size=CHUNK
    )
    return series, [(b.pk, u.pk) for b, u in pairs]


def enter_week(series: Any, owing: list[tuple[int, int]], week: int) -> Any:
    """One period with a filing of every unit, all on time but every fiftieth."""
    from thongsuot.apps.reporting.models import Filing, Return, Round

    since = FIRST + timedelta(weeks=week)
    due = datetime(since.year, since.month, since.day, 5, tzinfo=UTC) + timedelta(days=4)
    version = series.form.versions.get()
    round_ = Round.objects.create(
        series=series, version=version, since=since, until=since + timedelta(weeks=1), due_at=due,
        opened_at=due - timedelta(days=4),
    )  # fmt: skip
    draw = random.Random(SEED + week)
    came = [due + timedelta(hours=1 if n % 50 == 0 else -2) for n in range(len(owing))]
    rows = Return.objects.bulk_create(
        (
            Return(round=round_, body_id=body, unit_id=unit, state="submitted", received_at=at,
                   filings_count=1)
            for (body, unit), at in zip(owing, came, strict=True)
        ),
        batch_size=CHUNK,
    )  # fmt: skip
    Filing.objects.bulk_create(
        (
            Filing(owner=row, round=round_, number=1, kind="submitted", values=values(draw), at=at,
                   by=0, by_name="bench", entry=0)
            for row, at in zip(rows, came, strict=True)
        ),
        batch_size=CHUNK,
    )  # fmt: skip
    return round_


def timed(do: Callable[[], object], repeat: int) -> tuple[float, float, float]:
    """Median and p95 of the wall clock, median CPU of the process, in seconds."""
    walls, used = [], []
    do()
    for _turn in range(repeat):
        began, cpu = time.perf_counter(), time.process_time()
        do()
        walls.append(time.perf_counter() - began)
        used.append(time.process_time() - cpu)
    return sorted(walls)[repeat // 2], p95(walls), sorted(used)[repeat // 2]


def people(series: Any, body: int) -> tuple[Any, Any]:
    """Who gathers, with a browser, and somebody of one ward."""
    from django.test import Client

    from thongsuot.apps.registry.models import Appointment, Person, Post
    from thongsuot.foundation.accounts.models import User
    from thongsuot.rules.kernel.actor import Actor, Hat, Role

    user = User.objects.create(username="gom", full_name="Người gom", password="!")
    person = Person.objects.create(full_name="Người gom", folded="nguoi gom", account=user)
    post = Post.objects.create(body_id=series.body_id, title="Gom", role="leader", recorded_at=AT)
    Appointment.objects.create(person=person, post=post, status="official", recorded_at=AT)
    browser = Client()
    browser.force_login(user)
    hat = Hat(0, Role.CLERK, "Chuyên viên", body, "Phường", frozenset({body}))
    return browser, Actor(0, "Người nộp", (hat,), hat)


def submitting(series: Any, owing: list[tuple[int, int]], count: int) -> list[float]:
    """Open a period for everybody and submit so many returns, one act each; seconds of each."""
    from thongsuot.apps.reporting.actions import returns, rounds
    from thongsuot.apps.reporting.models import Return
    from thongsuot.foundation.trail.acts import Act
    from thongsuot.rules.kernel.actor import Actor, Hat, Role

    body = series.body_id
    hat = Hat(0, Role.LEADER, "Gom", body, "Nơi gom", frozenset({body}))
    gatherer = Actor(0, "Người gom", (hat,), hat)
    day = FIRST + timedelta(weeks=series.rounds.count())
    now = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    made = rounds.open_round(
        Act(by=gatherer, key=f"mo-{day}", at=now), series_id=series.pk, on=day.isoformat()
    )
    draw, taken = random.Random(SEED), []
    for number, (of, _unit) in enumerate(owing[:count]):
        own = Hat(0, Role.CLERK, "Chuyên viên", of, "Phường", frozenset({of}))
        owner = Return.objects.get(round=made["round"], body=of)
        act = Act(by=Actor(0, "Người nộp", (own,), own), key=f"nop-{day}-{number}", at=now)
        said = values(draw)
        began = time.perf_counter()
        returns.submit(act, return_id=owner.pk, values=said, sources={})
        taken.append(time.perf_counter() - began)
    return taken


def measure(engine: str, units: int, weeks: int, repeat: int) -> None:
    """One engine: load, and measure after 4 weeks, after half, after all."""
    from thongsuot.apps.reporting.models import Filing
    from thongsuot.apps.reporting.queries.rollup import as_content, gather
    from thongsuot.rules.kernel.canonical import digest

    series, owing = nation(units)
    browser, _ward = people(series, owing[0][0])
    stops = sorted({min(4, weeks), max(weeks // 2, 1), weeks})
    rows: list[list[object]] = []
    began, entered = time.perf_counter(), 0.0
    for week in range(weeks):
        round_ = enter_week(series, owing, week)
        if week + 1 not in stops:
            continue
        entered += time.perf_counter() - began
        filed = Filing.objects.count()
        late = round_.due_at + timedelta(days=1)
        roll = timed(lambda r=round_, at=late: gather([r], at), repeat)
        pair = list(series.rounds.order_by("-since")[:2])[::-1]
        two = timed(lambda p=pair, at=late: gather(p, at), repeat)
        freeze = timed(lambda r=round_, at=late: digest(as_content(gather([r], at))), repeat)
        grid = timed(lambda r=round_: _opened(browser, f"/bao-cao/ky/{r.pk}/"), repeat)
        page = timed(lambda r=round_: _opened(browser, f"/bao-cao/ky/{r.pk}/tong-hop/"), repeat)
        rows.append(
            [f"{engine}, {units} units, {week + 1} weeks", filed, entered, roll[0], roll[1],
             roll[2], two[0], freeze[0], grid[0], page[0]]
        )  # fmt: skip
        began = time.perf_counter()
    table(
        ["", "filings", "entered (s)", "one week rolled up, median (s)", "p95", "CPU",
         "two weeks", "frozen, with digest", "page: who reported", "page: totals"],
        rows,
    )  # fmt: skip
    taken = submitting(series, owing, min(200, units))
    middle = sorted(taken)[len(taken) // 2] * 1_000
    print(f"\n{engine}: one return submitted by its action, of {len(taken)}: "
          f"median {middle:.1f} ms, p95 {p95(taken) * 1_000:.1f} ms\n", flush=True)  # fmt: skip


def _opened(browser: Any, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def main() -> None:
    """Both engines, each in a process of its own; or the one that is named."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--units", type=int, default=3_321)
    asked.add_argument("--weeks", type=int, default=52)
    asked.add_argument("--engine", choices=("sqlite", "postgresql"))
    asked.add_argument("--repeat", type=int, default=7)
    given = asked.parse_args()
    if given.engine:
        with office(given.engine):
            measure(given.engine, given.units, given.weeks, given.repeat)
        return
    for engine in ("sqlite", "postgresql"):
        plain = ["--units", str(given.units), "--weeks", str(given.weeks)]
        call = [sys.executable, "-m", "bench.reports", "--engine", engine, *plain]
        if subprocess.call([*call, "--repeat", str(given.repeat)]):
            raise SystemExit(f"{engine} failed")


if __name__ == "__main__":
    main()
