"""The balance of 10⁴, 10⁵ and 10⁶ items with five movements each: pages, lists, statement, proof.

    python -m bench.balance [--sizes 10000,100000,1000000] [--engines sqlite,postgresql] [--no-verify]

Every engine and size is a process of its own with a new database. Requests go through the whole
stack (middleware, session, rights, templates) by django.test.Client; what a network adds is left
out. ``p50`` and ``p95`` are over 40 requests after 3 to warm up, in milliseconds, with the median of
the CPU time of the process beside them (on SQLite that is all the work; PostgreSQL works elsewhere);
the rest is one run, in seconds.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from bench import machine
from bench.office import ROOT, office, p95, table

REQUESTS, WARM = 40, 3


def _times(client: Any, path: str) -> tuple[float, float, float]:
    """p50 and p95 of one page, and the CPU it took in this process, in milliseconds. Anything but 200 stops the measurement."""
    taken, worked = [], []
    for n in range(REQUESTS + WARM):
        begun, before = time.perf_counter(), time.process_time()
        answer = client.get(path)
        content = answer.getvalue() if answer.streaming else answer.content
        if answer.status_code != 200 or not content:
            raise SystemExit(f"{path}: {answer.status_code} {answer.content[:500]!r}")
        if n >= WARM:
            taken.append((time.perf_counter() - begun) * 1000)
            worked.append((time.process_time() - before) * 1000)
    return statistics.median(taken), p95(taken), statistics.median(worked)


def _once(doing: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    doing()
    return time.perf_counter() - begun


def _deep(where: Any, at: int) -> str:
    """The address of the page that begins after the row at that place of the list."""
    from thongsuot.apps.handover.models import Item
    from thongsuot.foundation.tables import paging
    from thongsuot.foundation.tables.table import AFTER

    rows = Item.objects.filter(transition=where.transition)
    order = paging.order_of(rows, "pk", False)
    return f"{AFTER}={paging.written(order, rows.get(pk=at))}"


def pages(where: Any, count: int) -> dict[str, tuple[float, float, float]]:
    """p50, p95 and CPU of every page worth measuring, by its name."""
    from django.test import Client

    found = {}
    base = f"/ban-giao/{where.transition}/"
    addresses = {
        "balance page": ("city", base),
        "balance page, a ward": ("ward", base),
        "balance page, an office": ("office", base),
        "items, first page": ("city", base + "muc/"),
        "items, first page, a ward": ("ward", base + "muc/"),
        "items, filtered and sorted": ("city", base + "muc/?kind=asset&state=held&xep=-value"),
        "items, sorted by day due": ("city", base + "muc/?xep=next_due"),
        "items, stuck too long": ("city", base + "muc/?tac=1"),
        "items, found by words": ("city", base + "muc/?q=ho+so+so+77"),
        "items, deep page": ("city", f"{base}muc/?{_deep(where, count // 2)}"),
    }
    for name, (who, path) in addresses.items():
        client = Client()
        client.force_login(getattr(where, who))
        found[name] = _times(client, path)
        print(
            f"  {name}: {found[name][0]:.0f}/{found[name][1]:.0f} ms", file=sys.stderr, flush=True
        )
    return found


def measure(engine: str, count: int, *, verified: bool) -> dict[str, Any]:
    """Everything for one engine and size."""
    with office(engine):
        from django.test import Client

        from bench import story
        from thongsuot.apps.handover import queries, verify

        where = story.place()
        loaded = _once(lambda: story.fill(where, count))
        print(f"{engine} {count}: loaded in {loaded:.0f} s", file=sys.stderr, flush=True)
        found: dict[str, Any] = {"load": loaded, "pages": pages(where, count)}
        actor, transition = story.actors(where)["city"], story.the_transition(where)
        found["sentences"] = 1000 * min(
            _once(lambda: queries.sentences(actor, transition, story.STORY)) for _ in range(3)
        )
        client = Client()
        client.force_login(where.city)
        for form in ("xlsx", "pdf"):
            path = f"/ban-giao/{where.transition}/can-doi.{form}"
            found[form] = _once(lambda path=path: client.get(path).content)
        if verified:
            faults: list[Any] = []
            found["verify"] = _once(lambda: faults.extend(verify.faults(where.transition)))
            if faults:
                raise SystemExit(f"the ledger does not fit: {faults[:3]}")
        return found


def main() -> None:
    """Measure everything, each engine and size in a process of its own, and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--no-verify", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        engine, count = asked.one.split(":")
        print(json.dumps(measure(engine, int(count), verified=not asked.no_verify)))
        return
    print(machine.words(), "\n")
    columns = [(e, int(n)) for e in asked.engines.split(",") for n in asked.sizes.split(",")]
    found = [_in_own_process(e, n, asked.no_verify) for e, n in columns]
    head = ["", *(f"{e} {n:,}" for e, n in columns)]
    rows = [
        [
            f"{name}, p50 / p95 (CPU), ms",
            *("{:.0f} / {:.0f} ({:.0f})".format(*f["pages"][name]) for f in found),
        ]
        for name in found[0]["pages"]
    ]
    rows.append(["three sentences, ms", *(f"{f['sentences']:.0f}" for f in found)])
    for name, key in (("statement XLSX, s", "xlsx"), ("statement PDF, s", "pdf"),
                      ("handover_verify, s", "verify"), ("loading, s", "load")):  # fmt: skip
        rows.append([name, *(f"{f[key]:.2f}" if key in f else "–" for f in found)])
    table(head, rows)
    print("\n" + machine.words())


def _in_own_process(engine: str, count: int, bare: bool) -> dict[str, Any]:
    more = ["--no-verify"] if bare else []
    done = subprocess.run(
        [sys.executable, "-m", "bench.balance", "--one", f"{engine}:{count}", *more],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


if __name__ == "__main__":
    main()
