"""The public page "where is my file now?": its time and its bytes, over the whole registry.

    python -m bench.where [--engines sqlite,postgresql]

A new office of each engine with every unit of the country. Requests go through the whole stack by
django.test.Client; what a network adds is left out. ``p50`` and ``p95`` are over 60 requests after 3
to warm up, in milliseconds, with the median CPU of this process. Bytes are those of the page, and of
the page with its style sheets packed by gzip as a phone under 40 rem asks for them.
"""

import argparse
import gzip
import statistics
import subprocess
import sys
import time
from typing import Any
from urllib.parse import quote

from bench import machine
from bench.office import ROOT, office, p95, table

REQUESTS, WARM = 60, 3
ASKED = {
    "empty": "",
    "one place": "12 Lê Lợi, P. Bến Nghé, Q.1, TPHCM",
    "divided, with a matter": "Phường Quang Trung, quận Hà Đông, Hà Nội",
    "an old office": "Phòng Giáo dục quận Hà Đông, Hà Nội",
    "two typos": "Phuong Quagn Trung, quan Ha Dogn, Ha Noi",
    "nothing": "khong co noi nao nhu the",
}
SHEETS = (
    "src/thongsuot/foundation/ui/static/ui/tokens.css",
    "src/thongsuot/apps/disclosure/static/disclosure/where.css",
)


def _measure(client: Any, path: str) -> tuple[float, float, float, bytes]:
    taken, worked, content = [], [], b""
    for n in range(REQUESTS + WARM):
        begun, before = time.perf_counter(), time.process_time()
        answer = client.get(path)
        content = answer.content
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
        if n >= WARM:
            taken.append((time.perf_counter() - begun) * 1000)
            worked.append((time.process_time() - before) * 1000)
    return statistics.median(taken), p95(taken), statistics.median(worked), content


def measure(engine: str) -> None:
    """Measure on one engine and print the table."""
    with office(engine):
        from django.core.management import call_command
        from django.test import Client

        call_command("load_registry", verbosity=0)
        client = Client()
        sheets = [(ROOT / s).read_bytes() for s in SHEETS]
        styles, packed_styles = sum(map(len, sheets)), sum(len(gzip.compress(s, 6)) for s in sheets)
        rows: list[list[object]] = []
        for name, text in ASKED.items():
            matter = "&viec=giay-phep-xay-dung" if "matter" in name else ""
            p50, p_95, cpu, content = _measure(client, f"/ho-so-o-dau/?q={quote(text)}{matter}")
            packed = len(gzip.compress(content, 6))
            size = len(content)
            rows.append([name, p50, p_95, cpu, size, size + styles, packed + packed_styles])
        print(f"\n{engine}\n")
        table(
            ["question", "p50 ms", "p95 ms", "CPU ms", "page, bytes", "with styles", "packed"], rows
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        measure(chosen.one)
        return 0
    print(machine.words())
    command = [sys.executable, "-m", "bench.where", "--one"]
    return max(subprocess.call([*command, e], cwd=ROOT) for e in chosen.engines.split(","))


if __name__ == "__main__":
    sys.exit(main())
