"""Thirty-two people accept at once: each counts lines of minutes on the page, over HTTP.

    python -m bench.accept [--engines sqlite,postgresql] [--lines 8] [--shared 3]

A real server process (granian, as ``thongsuot serve`` starts it) on loopback; 32 clients with an
account and a session each, all at once. Every client writes down its own lines, and between them
all write down the same lines; every third request is sent a second time with the same key, as a
browser does after a lost answer. The clients keep their own record of what was acknowledged; when
all are done it is compared with the database:

* none lost: every acknowledged count is there, by that person, as sent;
* none doubled: no more counts than acknowledged keys, and a repeated key gave the same answer;
* none refused for a lock: every answer is either an acknowledgement or a 409 that names who was first;
* the ledger and the chain of the trail fit.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import machine
from bench.office import ROOT, office, table

CLIENTS = 32
TOKEN = "a" * 32
THREADS = 8  # as many as ``thongsuot serve`` has


@dataclass
class Sent:
    """One request as the client remembers it."""

    client: int
    line: int
    count: int
    key: str
    status: int
    seconds: float
    names: str  # who was first, when the answer says so
    again: bool = False


@dataclass
class Client:
    """One person at a screen: a session, a connection, a record."""

    number: int
    session: str
    port: int
    path: str
    rivals: list[str]
    plan: list[tuple[int, int]]
    record: list[Sent] = field(default_factory=list)

    def run(self, start: threading.Barrier) -> None:
        """Send everything, one request after the other."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        start.wait()
        for n, (line, count) in enumerate(self.plan):
            key = f"{self.number}-{n}"
            self._send(link, line, count, key)
            if n % 3 == 0:
                self._send(link, line, count, key, again=True)
        link.close()

    def _send(
        self,
        link: http.client.HTTPConnection,
        line: int,
        count: int,
        key: str,
        *,
        again: bool = False,
    ) -> None:
        body = urlencode({"key": key, f"c_{line}": str(count), f"v_{line}": "0"})
        head = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        begun = time.perf_counter()
        link.request("POST", self.path, body, head)
        answer = link.getresponse()
        text = answer.read().decode()
        taken = time.perf_counter() - begun
        first = next((n for n in self.rivals if n in text), "") if answer.status == 409 else ""
        self.record.append(Sent(self.number, line, count, key, answer.status, taken, first, again))


@contextmanager
def server(home: Path) -> Iterator[int]:
    """The server of the product on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi",
             "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
             "--blocking-threads", str(THREADS), "--log-level", "warning",
             "thongsuot.project.wsgi:application"],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(port)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            link.request("GET", "/dang-nhap/")
            link.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def _minutes(where: Any, people: int, lines: int) -> tuple[int, list[int], list[Any]]:
    """Minutes being counted with so many lines, and the people who may count for the receiver."""
    from bench import story
    from thongsuot.apps.handover import actions
    from thongsuot.apps.handover.models import MinutesLine
    from thongsuot.apps.registry.models import Body
    from thongsuot.rules.kernel.actor import Role

    lan = story.actors(where)["office"]
    act = story.acts(lan)
    row = {"kind": "asset", "measure": "cái", "quantity": 1_000}
    ids = actions.add_items(
        act(), transition_id=where.transition, giver_id=where.givers[0],
        rows=[{**row, "code": f"TS-{n:05}", "title": f"Bàn {n} (minh họa)"} for n in range(lines)],
    )["items"]  # fmt: skip
    for to in (2, 3, 4):
        actions.advance_step(act(), transition_id=where.transition, to=to, choice={"ids": ids})
    actions.override_receiver(
        act(), transition_id=where.transition, choice={"ids": ids},
        receiver_id=where.receivers[0], reason="theo địa bàn",
    )  # fmt: skip
    made = actions.dispatch(act(), transition_id=where.transition, choice={"ids": ids})["minutes"]
    ward = Body.objects.get(pk=where.receivers[0])
    users = [story.account(f"Người Nhận {n:02}", ward, Role.TEAM_HEAD) for n in range(people)]
    found = list(MinutesLine.objects.order_by("id").values_list("pk", flat=True))
    return made[0], found, users


def _sessions(users: list[Any]) -> list[str]:
    from django.test import Client as Browser

    found = []
    for user in users:
        browser = Browser()
        browser.force_login(user)
        found.append(browser.cookies["sessionid"].value)
    return found


def _wrong(record: list[Sent], users: list[Any]) -> list[str]:
    """What the record of the clients and the database do not agree on."""
    from thongsuot.apps.handover import verify
    from thongsuot.apps.handover.models import LineCount, MinutesLine
    from thongsuot.foundation.trail import chains
    from thongsuot.foundation.trail.models import Entry

    acknowledged = {s.key: s for s in record if s.status == 302}
    kept = {(c.line_id, c.user): c.count for c in LineCount.objects.filter(side="receiver")}
    wrong = [f"answer {s.status} to {s.key}" for s in record if s.status not in (302, 409)]
    wrong += [
        f"lost: {s.key}"
        for s in acknowledged.values()
        if kept.get((s.line, users[s.client].pk)) != s.count
    ]
    wrong += [f"refused without a name: {s.key}" for s in record if s.status == 409 and not s.names]
    if LineCount.objects.count() != len(acknowledged):
        wrong.append(f"{LineCount.objects.count()} counts kept, {len(acknowledged)} acknowledged")
    lines = {s.line: s.count for s in acknowledged.values()}
    for line in MinutesLine.objects.exclude(receiver_count=None):
        if lines.get(line.pk) != line.receiver_count or line.receiver_version != 1:
            wrong.append(f"line {line.pk} says {line.receiver_count}")
    answers: dict[str, set[int]] = {}
    for s in record:
        answers.setdefault(s.key, set()).add(s.status)
    wrong += [f"{key} was answered {sorted(two)}" for key, two in answers.items() if len(two) > 1]
    if Entry.objects.filter(act="handover.lines-counted").count() != len(acknowledged):
        wrong.append("the trail has another number of acts")
    return wrong + [str(p) for p in (*verify.faults(), *chains.faults())]


def _plan(number: int, own: list[int], common: list[int]) -> list[tuple[int, int]]:
    """What one client counts: the lines that all count, spread among its own."""
    every = max(1, len(own) // max(1, len(common)))
    plan: list[tuple[int, int]] = []
    for at, line in enumerate(own):
        if at % every == 0 and at // every < len(common):
            plan.append((common[at // every], 500 + number))
        plan.append((line, 100 + at))
    return plan


def _all_at_once(clients: list[Client]) -> float:
    """Let all begin together; returns the seconds until the last has finished."""
    start = threading.Barrier(len(clients) + 1)
    threads = [threading.Thread(target=c.run, args=(start,)) for c in clients]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def measure(engine: str, lines: int, shared: int) -> dict[str, Any]:
    """Everything on one engine."""
    with office(engine) as home:
        from django.db import connection

        from bench import story

        where = story.place()
        minutes, found, users = _minutes(where, CLIENTS, CLIENTS * lines + shared)
        common, own = found[:shared], found[shared:]
        names = [u.full_name for u in users]
        path = f"/ban-giao/{where.transition}/bien-ban/{minutes}/dem/"
        sessions = _sessions(users)
        plans = [_plan(n, own[n * lines : (n + 1) * lines], common) for n in range(CLIENTS)]
        connection.close()
        with server(home) as port:
            clients = [Client(n, sessions[n], port, path, names, plans[n]) for n in range(CLIENTS)]
            taken = _all_at_once(clients)
        record = [s for c in clients for s in c.record]
        first = [s for s in record if s.status == 302 and not s.again and s.line in common]
        wrong = _wrong(record, users)
        if len(record) != sum(len(p) + len(p[::3]) for p in plans):
            wrong.append(f"{len(record)} requests answered")
        if sorted(Counter(s.line for s in first).values()) != [1] * shared:
            wrong.append(f"winners of the shared lines: {first}")
        if wrong:
            raise SystemExit(f"{engine}: " + "\n".join(wrong[:20]))
        return _figures(record, taken)


def _figures(record: list[Sent], taken: float) -> dict[str, Any]:
    times = sorted(s.seconds for s in record)
    return {
        "requests": len(record),
        "acknowledged": len({s.key for s in record if s.status == 302}),
        "conflicts": sum(1 for s in record if s.status == 409),
        "again": sum(1 for s in record if s.again),
        "seconds": taken,
        "rate": len(record) / taken,
        "p50": statistics.median(times) * 1000,
        "p99": times[round(0.99 * len(times)) - 1] * 1000,
    }


def main() -> None:
    """Measure on every engine, each in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--lines", type=int, default=8, help="own lines of every client")
    parser.add_argument("--shared", type=int, default=4, help="lines that all write down")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one, asked.lines, asked.shared)))
        return
    print(machine.words(), "\n")
    rows = []
    for engine in asked.engines.split(","):
        done = subprocess.run(
            [sys.executable, "-m", "bench.accept", "--one", engine, "--lines", str(asked.lines),
             "--shared", str(asked.shared)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        f = json.loads(done.stdout.splitlines()[-1])
        rows.append([engine, CLIENTS, f["requests"], f["acknowledged"], f["conflicts"], f["again"],
                     0, 0, 0, f"{f['rate']:.1f}", f"{f['p50']:.0f}", f"{f['p99']:.0f}"])  # fmt: skip
    table(
        ["", "clients", "requests", "counts kept", "409 naming who", "sent twice", "lost", "doubled",
         "refused for a lock", "requests a second", "p50, ms", "p99, ms"],
        rows,
    )  # fmt: skip
    print("\n" + machine.words())


if __name__ == "__main__":
    main()
