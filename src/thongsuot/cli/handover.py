"""``thongsuot handover``: templates of inventories, and the proof of two piles of files.

Loads no Django, needs no server and no database: an office can run it on the files it has.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thongsuot.cli.handover_report import (
    Reading,
    as_json,
    as_text,
    proved,
    skipped_words,
    write_book,
)
from thongsuot.cli.handover_words import number, said
from thongsuot.foundation.imports.lean_reader import SheetRows, lean_tables
from thongsuot.foundation.imports.readers import SheetUnreadable
from thongsuot.foundation.imports.template_book import GUIDE_SHEET, VALUES_SHEET, write_template
from thongsuot.rules.handover.check import Check, Source, Table, open_table
from thongsuot.rules.handover.kinds import KINDS
from thongsuot.rules.kernel.problem import Problem, blocking

Commands = Any  # argparse keeps the type of its subparsers private
ENDINGS = (".xlsx", ".ods", ".csv")


class BadFile(Exception):
    """A file that cannot be used, with the sentence that says why."""


def add(subparsers: Commands) -> None:
    """Add ``handover`` with its own commands."""
    room = subparsers.add_parser("handover", help="bàn giao / the handover")
    commands = room.add_subparsers(dest="act", metavar="VIỆC/ACT", required=True)
    one = commands.add_parser(
        "template",
        help="tạo mẫu bảng kê Excel / write the inventory template of a kind",
        description="Tạo mẫu bảng kê. / Write the template. Loại/kinds: "
        + "; ".join(f"{kind.code} ({kind.name})" for kind in KINDS.values()),
    )
    one.add_argument("kind", nargs="?", choices=list(KINDS), metavar="KIND")
    one.add_argument("--out", type=Path, help="tệp .xlsx sẽ tạo / the file to write")
    one.add_argument("--all", type=Path, metavar="DIR", help="tạo cả 11 mẫu / all kinds into DIR")
    one.set_defaults(run=template)
    _add_check(commands)


def _add_check(commands: Commands) -> None:
    one = commands.add_parser(
        "check",
        help="đối chiếu bảng kê với biên nhận / inventories against receipts",
        description="Đối chiếu bảng kê của bên giao với biên nhận của các nơi nhận, chỉ từ tệp "
        "Excel, ODS, CSV. Mã thoát: 0 khớp hoàn toàn; 1 chưa khớp; 2 tệp không dùng được. / "
        "Proves that everything listed was received once and in full. Exit code: 0 proved, "
        "1 differences, 2 unusable file.",
    )
    one.add_argument("--inventory", nargs="+", type=Path, required=True, metavar="GIVER",
                     help="tệp hoặc thư mục bảng kê / files or folders of the giver")  # fmt: skip
    one.add_argument("--receipts", nargs="+", type=Path, required=True, metavar="WARD",
                     help="tệp hoặc thư mục biên nhận / files or folders of the receivers")  # fmt: skip
    one.add_argument("--sheet", default="", help="chỉ đọc trang này / read only this sheet")
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.add_argument("--out", type=Path, help="ghi báo cáo .xlsx / write the report")
    one.add_argument("--limit", type=int, default=20,
                     help="số mục in ra mỗi loại / findings printed of each sort")  # fmt: skip
    one.set_defaults(run=check)


def template(chosen: argparse.Namespace) -> int:
    """Write one template, or all of them into a folder."""
    if (chosen.kind is None) == (chosen.all is None) or (chosen.kind and not chosen.out):
        print("Cần KIND và --out TỆP.xlsx, hoặc --all THƯ_MỤC. / KIND with --out, or --all DIR.",
              file=sys.stderr)  # fmt: skip
        return 2
    try:
        if chosen.all is None:
            wanted = {chosen.kind: chosen.out}
        else:
            chosen.all.mkdir(parents=True, exist_ok=True)
            wanted = {code: chosen.all / f"{code}.xlsx" for code in KINDS}
        for code, path in wanted.items():
            kind = KINDS[code]
            write_template(path, kind.name, kind.columns)
            print(f"{path}  ({kind.name})")
    except OSError as fault:
        print(f"Không ghi được / cannot write: {fault}", file=sys.stderr)
        return 2
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Prove that what was listed was received; says what was not."""
    try:
        reading, proof = _read_all(chosen)
        outcome = proof.outcome()
        if chosen.out:
            write_book(chosen.out, outcome, reading)
    except BadFile as fault:
        if chosen.json:
            print(json.dumps({"proved": False, "error": str(fault)}, ensure_ascii=False))
        print(f"Không đối chiếu được: {fault}", file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"Không đọc hoặc ghi được tệp / cannot read or write: {fault}", file=sys.stderr)
        return 2
    if chosen.json:
        print(json.dumps(as_json(outcome, reading), ensure_ascii=False, indent=1))
    else:
        for line in as_text(outcome, reading, max(chosen.limit, 0)):
            print(line)
    return 0 if proved(outcome, reading) else 1


def _read_all(chosen: argparse.Namespace) -> tuple[Reading, Check]:
    inventories, receipts = _files(chosen.inventory), _files(chosen.receipts)
    resolved = [path.resolve() for path in (*inventories, *receipts)]
    for path in resolved:
        if resolved.count(path) > 1:
            raise BadFile(f"tệp {path.name} được đưa vào hai lần")
    reading = Reading([path.name for path in inventories], [path.name for path in receipts])
    proof = Check()
    names = _names((*inventories, *receipts))
    for path in inventories:
        _read_file(path, names[path], chosen.sheet, reading, proof, "inventory")
    for path in receipts:
        _read_file(path, names[path], chosen.sheet, reading, proof, "receipts")
    return reading, proof


def _files(given: Sequence[Path]) -> list[Path]:
    """The files given, and those in the folders given, in order."""
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in ENDINGS)
            found += [p for p in inside if not p.name.startswith(("~$", "."))]
        elif path.is_file():
            found.append(path)
        else:
            raise BadFile(f"không thấy tệp {path}")
    if not found:
        raise BadFile(f"không có tệp {', '.join(ENDINGS)} nào trong {given[0]}")
    return found


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """What each file is called in the report: its name, with its folder when names repeat."""
    count = [path.name for path in paths]
    return {p: p.name if count.count(p.name) == 1 else f"{p.parent.name}/{p.name}" for p in paths}


def _read_file(path: Path, name: str, only: str, reading: Reading, proof: Check, side: str) -> None:
    try:
        _read_sheets(path, name, only, reading, proof, side)
    except SheetUnreadable as fault:
        raise BadFile(
            f"{name} › {fault}: trang này hỏng bên trong, không đọc hết được; hãy mở bằng Excel và lưu lại"
        ) from fault


def _read_sheets(
    path: Path, name: str, only: str, reading: Reading, proof: Check, side: str
) -> None:
    book = lean_tables(path)
    if blocking(book.problems):
        raise BadFile(f"{name}: {said(blocking(book.problems)[0])}")
    reading.warnings += [f"{name}: {said(problem)}" for problem in book.problems]
    read = 0
    for sheet in book.sheets:
        if _wanted(sheet, only, name, reading):
            _stop_if_unreadable(sheet, name, reading)
            table = open_table(Source(name, sheet.name), sheet.rows)
            if table is None:
                if any(any(row) for _, row in sheet.rows()):
                    reading.unread.append(f"{name} › {sheet.name}")
                continue
            read += 1
            _take(table, reading, proof, side)
    if not read:
        raise BadFile(
            f"{name}: không thấy bảng nào có cột mã (Mã, Mã số, Ký hiệu …) trong 40 dòng đầu"
            + (f" của trang “{only}”" if only else "")
        )


def _wanted(sheet: SheetRows, only: str, name: str, reading: Reading) -> bool:
    if only:
        return sheet.name.casefold() == only.casefold()
    if sheet.name in (VALUES_SHEET, GUIDE_SHEET):
        return False
    if sheet.hidden:
        size = sum(1 for _, row in sheet.rows() if any(row))
        if size:
            reading.warnings.append(
                f"{name}: trang ẩn “{sheet.name}” có {number(size)} dòng không được đọc "
                f"(dùng --sheet để đọc)"
            )
    return not sheet.hidden


def _stop_if_unreadable(sheet: SheetRows, name: str, reading: Reading) -> None:
    problems: tuple[Problem, ...] = sheet.problems
    if blocking(problems):
        raise BadFile(f"{name} › {sheet.name}: {said(blocking(problems)[0])}")
    reading.warnings += [f"{name} › {sheet.name}: {said(problem)}" for problem in problems]


def _take(table: Table, reading: Reading, proof: Check, side: str) -> None:
    if table.headers.doubled:
        first = table.headers.doubled[0]
        raise BadFile(
            f"{table.source.file} › {table.source.sheet}: hai cột cùng nghĩa "
            f"“{first[0]}” và “{first[1]}”"
        )
    before = proof.listed_lines + proof.received_lines
    if side == "inventory":
        proof.hold(table)
    else:
        proof.claim(table)
    lines = proof.listed_lines + proof.received_lines - before
    reading.tables.append(
        {
            "side": side,
            "file": table.source.file,
            "sheet": table.source.sheet,
            "header_row": table.first,
            "lines": lines,
            "skipped": dict(table.skipped),
        }
    )
    left_out = {shape: n for shape, n in table.skipped.items() if shape != "blank"}
    if left_out:
        where = f"{table.source.file} › {table.source.sheet}"
        reading.warnings.append(f"{where}: bỏ qua {skipped_words(left_out)}")
