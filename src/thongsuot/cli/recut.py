"""``thongsuot recut``: figures on the units of one day, cut to the units of another. No database."""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from thongsuot.apps.registry.sources import UnreadableSourceError
from thongsuot.apps.registry.sources_registry import registry_from_sources
from thongsuot.cli.lineage import read_day
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.guarded import guarded
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.recut import LAND, PEOPLE, Recut, recut
from thongsuot.rules.registry.recut_table import FigureTable, Find, read_figures
from thongsuot.rules.registry.registry import Registry, full_name

EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)
CODE_LENGTH = 5
HEADER = ("mã", "đơn vị", "số liệu", "cách tính", "gồm từ")
METHODS = {
    "whole": "nguyên vẹn",
    "by-share": "theo tỷ lệ",
    "not-possible": "còn thiếu phần chưa chia được",
}
WHY = {
    "no-shares": "chưa có tỷ lệ / no shares",
    "wrong-shares": "tỷ lệ không khớp / shares do not fit",
    "no-successor": "không có đơn vị nhận / no successor",
}


def add(subparsers: Any) -> None:
    """Add the command ``recut``."""
    one = subparsers.add_parser(
        "recut",
        help="quy đổi số liệu cũ sang đơn vị mới và ngược lại / old figures to new units and back",
        description="Đọc bảng mã (hoặc tên) và số liệu, trả số liệu theo đơn vị của ngày khác, mỗi dòng ghi cách "
        "tính. Đơn vị bị chia chỉ chia khi bảng có cột mã nhận và tỷ lệ. Tổng luôn khớp. Không cần cơ sở dữ liệu, "
        "không dùng mạng. / Reads a table of codes (or names) and figures and gives the figures on the units of "
        "another day, each with its method; a divided unit is cut only by shares given in the table. "
        "Exit code 1: something could not be cut.",
    )
    one.add_argument("table", type=Path, metavar="IN.csv", help="CSV, XLSX, ODS")
    one.add_argument(
        "--out", type=Path, metavar="OUT.csv", help="mặc định in ra màn hình / default: print"
    )
    one.add_argument("--from", dest="asked_on", type=read_day, default=EVE, metavar="dd/mm/yyyy")
    one.add_argument("--to", dest="on", type=read_day, default=DAY, metavar="dd/mm/yyyy")
    one.add_argument(
        "--counts", choices=(PEOPLE, LAND), default=PEOPLE,
        help="số liệu đếm người hay đất / what the figures count",
    )  # fmt: skip
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Cut one table. Returns 0 everything cut, 1 something left, 2 wrong use or file."""
    from thongsuot.apps.registry.sheets_in import lines_of  # it knows Django's uploads

    try:
        registry = registry_from_sources()
        table = read_figures(
            lines_of(chosen.table, chosen.table.name),
            finder(registry, chosen.asked_on),
            finder(registry, chosen.on),
        )
    except (OSError, Refused, UnreadableSourceError) as wrong:
        print(f"Không đọc được / cannot read: {wrong}", file=sys.stderr)
        return 2
    found = recut(
        table.figures,
        lambda unit: registry.whereabouts(unit, chosen.asked_on, chosen.on),
        table.shares,
        chosen.counts,
    )
    rows = list(_rows(registry, found, chosen.asked_on, chosen.on))
    if chosen.out:
        with chosen.out.open("w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target).writerows((HEADER, *([guarded(str(c)) for c in r] for r in rows)))
    elif not chosen.json:
        csv.writer(sys.stdout).writerows((HEADER, *rows))
    _say(registry, table, found, chosen)
    return 1 if found.left or table.problems else 0


def finder(registry: Registry, on: date) -> Find:
    """Looks a unit up on a day, by its code, else by its name where only one bears it."""

    def find(code: str, name: str) -> tuple[int, ...]:
        for form in dict.fromkeys((code, code.zfill(CODE_LENGTH))) if code else ():
            facts = registry.with_code(form, on)
            if facts:
                return tuple(f.unit for f in facts)
        return tuple(dict.fromkeys(f.unit for f in registry.named(name, on))) if name else ()

    return find


def _name(registry: Registry, on: date) -> Callable[[int], str]:
    def name(unit: int) -> str:
        fact = registry.nearest(unit, on)
        return f"{full_name(fact)} ({fact.code})"

    return name


def _rows(
    registry: Registry, found: Recut, asked_on: date, on: date
) -> Iterator[tuple[str, str, int, str, str]]:
    name = _name(registry, asked_on)
    for unit, value in sorted(found.totals.items(), key=lambda p: registry.nearest(p[0], on).code):
        fact = registry.nearest(unit, on)
        origin = "; ".join(name(p.src) for p in found.parts if p.dst == unit)
        yield fact.code, full_name(fact), value, METHODS[found.method(unit)], origin


def _say(registry: Registry, table: FigureTable, found: Recut, chosen: argparse.Namespace) -> None:
    """The totals, and every figure that found no place."""
    if chosen.json:
        told = {
            "given": found.given,
            "arrived": found.arrived,
            "left": found.kept_back,
            "units": {registry.nearest(u, chosen.on).code: v for u, v in found.totals.items()},
            "not_cut": [
                {"code": registry.nearest(line.src, chosen.asked_on).code, "value": line.value, "why": line.why}
                for line in found.left
            ],
            "problems": [_plain(p) for p in table.problems],
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return
    print(
        f"đã cho / given {found.given}; đã chia / arrived {found.arrived}; "
        f"chưa chia được / left {found.kept_back}",
        file=sys.stderr,
    )
    then, now = _name(registry, chosen.asked_on), _name(registry, chosen.on)
    for line in found.left:
        targets = ", ".join(map(now, line.targets)) or "-"
        print(f"  {then(line.src)}: {line.value}: {WHY[line.why]}: {targets}", file=sys.stderr)
    for problem in table.problems:
        told = _plain(problem)
        print(f"  dòng / row {told['row']}: {told['code']} {told['subject']}", file=sys.stderr)


def _plain(problem: Problem) -> dict[str, object]:
    code = problem.code.removeprefix("registry.recut-")
    return {"row": problem.facts.get("row", 0), "code": code, "subject": problem.subject}
