"""Extraction of directives: pages of text per second, and memory, by length of the text.

    python -m bench.extract [--pages 1,10,100] [--repeat 5]
    python -m bench.extract --hostile    one sentence of a million letters, and its like

A page is 3,000 characters (a typed A4 page of Vietnamese). The texts are those of the tests, written
by us in the styles of conclusions, dispatches, plans, minutes and news, put one after another to the
length asked for. Each length is a process of its own; the figure is the median of the repeats, reading
and all fields included; memory is the peak of the process above what it held before it read.
"""

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from bench import machine
from bench.office import ROOT, table

PAGE = 3_000
TEXTS = ROOT / "tests" / "rules" / "directives" / "intake" / "texts"


def text_of(pages: int) -> str:
    """So many pages of the tests' texts, without their marks."""
    one = "\n\n".join(
        re.sub(
            r"\{\{|\}\}", "", path.read_text(encoding="utf-8").split("\n---\n")[0].split("\n", 1)[1]
        )
        for path in sorted(Path(TEXTS).glob("*.txt"))
    )
    return (one * (pages * PAGE // len(one) + 1))[: pages * PAGE]


def measure(pages: int, repeat: int) -> dict[str, float]:
    from thongsuot.rules.directives.intake import extract

    text, on = text_of(pages), date(2025, 6, 1)
    extract(text[:PAGE], on=on)  # warm
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    taken, worked, found = [], [], 0
    for _ in range(repeat):
        begun, cpu = time.perf_counter(), time.process_time()
        found = len(extract(text, on=on))
        taken.append(time.perf_counter() - begun)
        worked.append(time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = statistics.median(taken), statistics.median(worked)
    return {
        "pages": pages, "drafts": found, "wall": pages / wall, "cpu": pages / cpu,
        "ms": 1000 * wall / pages, "mib": (peak - before) / 1024,
    }  # fmt: skip


def hostile() -> list[list[str]]:
    """Texts nobody writes: CPU seconds of each, with half of it beside, so that a square would show."""
    from thongsuot.rules.directives.intake import extract

    head = "UBND tỉnh yêu cầu "
    items = "\n".join(f"- Rà soát hồ sơ số {n}." for n in range(20_000))
    texts = {
        "one sentence, commas": head + "Sở Y tế rà soát hồ sơ, báo cáo UBND tỉnh, khắc phục tồn tại, " * 16_000,
        "one sentence, semicolons": head + "Sở Y tế rà soát hồ sơ trước ngày 1/7; " * 26_000,
        "one sentence, days": head + "trước ngày 1/2 " * 66_000,
        "20,000 bodies, then 20,000 items": head + ", ".join(f"xã A{n}" for n in range(20_000)) + ":\n" + items,
        "400 pages of the tests' texts": text_of(400),
    }  # fmt: skip
    rows = []
    for name, text in texts.items():
        spent = []
        for part in (text[: len(text) // 2], text):
            begun = time.process_time()
            found = len(extract(part, on=date(2025, 6, 1)))
            spent.append(time.process_time() - begun)
        rows.append([name, f"{len(text):,}", f"{found:,}", f"{spent[0]:.1f}", f"{spent[1]:.1f}"])
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default="1,10,100")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--one", type=int)
    parser.add_argument("--hostile", action="store_true")
    chosen = parser.parse_args()
    if chosen.hostile:
        print(machine.words())
        table(["text", "letters", "drafts", "CPU s, half", "CPU s, whole"], hostile())
        return 0
    if chosen.one:
        print(json.dumps(measure(chosen.one, chosen.repeat)))
        return 0
    print(machine.words())
    rows = []
    for pages in chosen.pages.split(","):
        told = subprocess.run(
            [sys.executable, "-m", "bench.extract", "--one", pages, "--repeat", str(chosen.repeat)],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        one = json.loads(told.stdout)
        rows.append(
            [f"{one['pages']:,}", f"{one['drafts']:,}", f"{one['wall']:.0f}", f"{one['cpu']:.0f}",
             f"{one['ms']:.1f}", f"{one['mib']:.1f}"]
        )  # fmt: skip
    table(["pages", "drafts", "pages/s", "pages/s of CPU", "ms a page", "MiB more"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
