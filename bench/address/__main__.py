"""Addresses, ours beside every package that installs: one command, the same rows, the network cut.

    python -m bench.address [--seed 7] [--times 3] [--ours] [--venvs FOLDER] [--set FILE.csv]

Rows are made of the registry and labelled by the law (``noise.py``) in the proportions of the
published comparison: 710 in 14 kinds of noise, 120 divided communes, 68 already new; ``--times``
as many of each. ``--set`` measures on rows of one's own instead: columns address,
expected_ward_code, noise. The packages go into environments of their own below ``--venvs`` (a
folder for the time being without it); nothing of them is imported by the product. ``--ours``
leaves them out. Each has a process of its own without network: a connection is refused and
counted. Speed is per second of CPU.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.address import noise
from bench.machine import words
from thongsuot.rules.registry.address.text import key_of

HERE = Path(__file__).resolve().parent
PEERS = {  # name → what pip is told, and the Python that it needs
    "vietnamadminunits": ("vietnamadminunits==1.0.4", ""),
    "onflow-location-platform": ("onflow-location-platform==1.1.2", ""),
    "vietnam-address-converter": ("vietnam-address-converter==1.0.5", ""),
    "underthesea": ("underthesea==9.5.0", ""),
    "vietnam-provinces": ("vietnam-provinces==2026.9.0", "python3.12"),
    "vn-address-converter": ("vn-address-converter==0.1.3", ""),
}
DIVIDED, NEW = 120, 68


@dataclass(frozen=True, slots=True)
class Score:
    """What one package made of all rows."""

    name: str
    told: dict[str, Any]
    by_kind: dict[str, tuple[int, int, int, int, int]]  # rows, ward, province, wrong, none


def rows_made(land: noise.Country, seed: int, times: int) -> list[noise.Row]:
    """The rows in the published proportions."""
    rows: list[noise.Row] = []
    for kind, (count, _) in noise.PUBLISHED.items():
        rows += noise.rows_of(land, kind, count * times, seed)
    rows += noise.divided(land, DIVIDED * min(times, 3), seed)
    rows += noise.new(land, NEW * times, seed)
    return rows


def rows_given(path: Path, land: noise.Country) -> list[noise.Row]:
    """Rows of one's own."""
    above = {place.code: place.province for place in land.new}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            noise.Row(r["address"], frozenset((r["expected_ward_code"],)), above[r["expected_ward_code"]], r["noise"])
            for r in csv.DictReader(file)
        ]  # fmt: skip


def python_of(name: str, folder: Path) -> Path | None:
    """The Python of the environment of a package, made when it is not there; None: not installed."""
    venv = folder / name
    python = venv / "bin" / "python"
    if python.exists():
        return python
    asked, needs = PEERS[name]
    base = shutil.which(needs) if needs else sys.executable
    steps = [[base, "-m", "venv", str(venv)], [str(python), "-m", "pip", "install", "-q", asked]]
    for step in steps:
        if base is None or subprocess.call(step, stderr=subprocess.DEVNULL):
            shutil.rmtree(venv, ignore_errors=True)
            return None
    return python


def without_network() -> list[str]:
    """What cuts a process off, where the system allows it; sockets are refused inside as well."""
    cut = ["unshare", "--net", "--map-root-user"]
    works = shutil.which("unshare") and not subprocess.call(
        [*cut, "true"], stderr=subprocess.DEVNULL
    )
    return cut if works else []


def run(name: str, python: Path, texts: list[str], folder: Path) -> dict[str, Any]:
    """The answers of one package to all rows."""
    given, out = folder / "rows.json", folder / f"{name}.json"
    given.write_text(json.dumps(texts), encoding="utf-8")
    command = [*without_network(), str(python), str(HERE / "peers.py"), name, str(given), str(out)]
    src = str(HERE.parents[1] / "src")
    subprocess.run(
        command,
        check=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": src if name == "ours" else ""},
    )
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return told


def judged(
    row: noise.Row,
    answer: list[list[str]],
    names: dict[tuple[str, str], str],
    provinces: dict[str, str],
) -> tuple[bool, bool, bool, bool]:
    """Ward right, province right, wrong, none."""
    codes, above = set(), set()
    for code, ward, province in answer:
        in_province = provinces.get(key_of(province), province)
        above.add(in_province)
        found = code or names.get((in_province, key_of(ward)), f"?{ward}" if ward else "")
        codes.add(found)
    known = codes - {""}
    right = known == row.expected and (len(row.expected) > 1 or "" not in codes)
    wrong = len(codes) == 1 and bool(known) and not right and len(row.expected) == 1
    return right, above == {row.province}, wrong, not known


def score(name: str, told: dict[str, Any], rows: list[noise.Row], land: noise.Country) -> Score:
    """Every row against its label."""
    names = {(p.province, key_of(f"{p.levels[0][0]} {p.levels[0][1]}")): p.code for p in land.new}
    names |= {(p.province, key_of(p.levels[0][1])): p.code for p in land.new}
    provinces = {}
    for place in land.new:
        for kind in ("", "tỉnh ", "thành phố "):
            provinces[key_of(f"{kind}{place.levels[1][1]}")] = place.province
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for row, answer in zip(rows, told["answers"], strict=True):
        marks = (True, *judged(row, answer, names, provinces))
        for at, mark in enumerate(marks):
            sums[row.noise][at] += mark
    return Score(name, told, {k: (v[0], v[1], v[2], v[3], v[4]) for k, v in sums.items()})


def printed(scores: list[Score]) -> None:
    """Both tables."""
    headline = [k for k in scores[0].by_kind if k not in ("divided",)]
    print(
        "| | ward | province | wrong | none | addr/CPU s | load s | RSS MB | asked the net | raised |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for s in scores:
        total = [sum(s.by_kind[k][at] for k in headline) for at in range(5)]
        share = [f"{100 * n / total[0]:.1f}" for n in total[1:]]
        t = s.told
        print(
            f"| {s.name} | {' | '.join(share)} | {t['speed']:,.0f} | {t['load']:.2f} | {t['rss']:.0f} "
            f"| {t['net']} | {t['failed']} |"
        )
    print("\nWard right by kind, %:\n")
    print(f"| kind | n | {' | '.join(s.name for s in scores)} |")
    print(f"|---|---:|{'---:|' * len(scores)}")
    for kind, counts in scores[0].by_kind.items():
        cells = [f"{100 * s.by_kind[kind][1] / counts[0]:.1f}" for s in scores]
        print(f"| {kind} | {counts[0]} | {' | '.join(cells)} |")


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--seed", type=int, default=7)
    told.add_argument("--times", type=int, default=3)
    told.add_argument("--ours", action="store_true")
    told.add_argument("--venvs", type=Path)
    told.add_argument("--set", type=Path)
    chosen = told.parse_args()
    land = noise.country()
    rows = (
        rows_given(chosen.set, land) if chosen.set else rows_made(land, chosen.seed, chosen.times)
    )
    print(words(), "\n")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        texts, scores = [row.text for row in rows], []
        for name in ["ours"] if chosen.ours else ["ours", *PEERS]:
            python = (
                Path(sys.executable) if name == "ours" else python_of(name, chosen.venvs or folder)
            )
            if python is None:
                print(f"{name}: does not install here")
                continue
            scores.append(score(name, run(name, python, texts, folder), rows, land))
        printed(scores)
    return 0


if __name__ == "__main__":
    sys.exit(main())
