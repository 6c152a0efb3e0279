"""``thongsuot address``: an address, old or new, to the commune that answers for it today."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from thongsuot.apps.registry.sources import UnreadableSourceError
from thongsuot.apps.registry.sources_address import AS_KNOWN, gazetteer
from thongsuot.cli import address_words
from thongsuot.cli.lineage import read_day
from thongsuot.foundation.tables.guarded import guarded
from thongsuot.rules.registry.address import Gazetteer, Reading, Resolver
from thongsuot.rules.registry.address.reading import NONE, ONE

ADDED = ("status", "province_code", "ward_code", "candidates", "reason")
SHOW_EVERY = 20_000
WIDEST = 1 << 30  # signs in one cell: only the first few hundred are read
HEADINGS = ("address", "dia chi", "địa chỉ", "dia_chi")


def add(subparsers: Any) -> None:
    """Add the command ``address``."""
    one = subparsers.add_parser(
        "address",
        help="địa chỉ cũ hoặc mới nay thuộc xã, phường nào / which commune an address is in today",
        description="Đọc địa chỉ viết tự do (có dấu hoặc không, viết tắt, sai chính tả, thiếu huyện), trả lời "
        "nay thuộc đơn vị nào, theo khoản nào. Đơn vị cũ bị chia thì nêu đủ các đơn vị mới, không đoán. "
        "Không cần cơ sở dữ liệu, không dùng mạng. / Reads a free Vietnamese address and says which commune it "
        "is in today, by which clause; what is in doubt is listed, never guessed. "
        "Exit code 1: an address was not found.",
    )
    one.add_argument("text", metavar="ĐỊA_CHỈ/ADDRESS", nargs="*")
    one.add_argument(
        "--batch", type=Path, metavar="IN.csv", help="tệp CSV, mỗi dòng một địa chỉ / a CSV file"
    )
    one.add_argument(
        "--out", type=Path, metavar="OUT.csv", help="tệp kết quả / where the answers go"
    )
    one.add_argument(
        "--column",
        metavar="TÊN/NAME",
        help="cột chứa địa chỉ, mặc định: address hoặc địa chỉ / the column with the address",
    )
    one.add_argument(
        "--on",
        type=read_day,
        metavar="dd/mm/yyyy",
        help="ngày ghi địa chỉ, nếu biết / the day the address was written, if known",
    )
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.set_defaults(run=run)  # fmt: skip


def run(chosen: argparse.Namespace) -> int:
    """Answer one address or a file of them. Returns 0 found, 1 not all found, 2 wrong use or file."""
    wrong = _misuse(chosen)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    try:
        places = gazetteer(AS_KNOWN)
    except UnreadableSourceError as unreadable:
        print(
            f"Không đọc được nguồn dữ liệu / cannot read the sources: {unreadable}", file=sys.stderr
        )
        return 2
    resolver = Resolver(places)
    if chosen.batch:
        return _batch(chosen, resolver)
    text = " ".join(chosen.text)
    reading = resolver.resolve(text, chosen.on)
    if chosen.json:
        print(json.dumps(as_plain(places, text, reading), ensure_ascii=False))
    else:
        print(address_words.answer(places, text, reading))
    return 1 if reading.status == NONE else 0


def _misuse(chosen: argparse.Namespace) -> str:
    if bool(chosen.batch) == bool(chosen.text):
        return "Hãy ghi một địa chỉ, hoặc --batch TỆP.csv / give an address, or --batch FILE.csv"
    if bool(chosen.batch) != bool(chosen.out):
        return "--batch cần --out TỆP.csv / --batch needs --out FILE.csv"
    if chosen.batch and chosen.out and chosen.out.exists() and chosen.out.samefile(chosen.batch):
        return "--out phải là tệp khác với --batch / --out must be another file than --batch"
    return ""


def as_plain(places: Gazetteer, text: str, reading: Reading) -> dict[str, object]:
    """An answer as plain values, for programs; codes are those in force."""

    def unit(number: int) -> dict[str, str]:
        return {"code": places.code[number], "name": address_words.name(places, number)}

    return {
        "address": text,
        "status": reading.status,
        "why": reading.why,
        "reason": address_words.why(places, reading),
        "province_code": _code(places, reading.province),
        "units": [unit(number) for number in reading.units],
        "means": [
            unit(found.unit)
            | {"old": found.old, "slips": found.slips, "earlier_name": found.by_alias,
               "basis": places.basis.get(found.unit, []) if found.old else []}
            for found in reading.means
        ],
    }  # fmt: skip


def columns(places: Gazetteer, reading: Reading) -> tuple[str, str, str, str, str]:
    """An answer as the five columns of a batch."""
    codes = [places.code[unit] for unit in reading.units]
    return (
        reading.status,
        _code(places, reading.province),
        codes[0] if reading.status == ONE else "",
        "|".join(codes),
        address_words.why(places, reading),
    )


def _code(places: Gazetteer, unit: int | None) -> str:
    return "" if unit is None else places.code[unit]


def _batch(chosen: argparse.Namespace, resolver: Resolver) -> int:
    counted: dict[str, int] = {}
    try:
        with _lines(chosen.batch) as source:
            rows = csv.reader(source)
            head = next(rows, [])
            at = _column(head, chosen.column)
            if at < 0:
                told = ", ".join(head)[:300] or "tệp rỗng / empty file"
                print(f"Không thấy cột địa chỉ / no column of addresses: {told}", file=sys.stderr)
                return 2
            with _written(chosen.out) as target:
                answers = csv.writer(target)
                answers.writerow([*map(guarded, head), *ADDED])
                for row, reading in _answered(rows, at, resolver, chosen.on):
                    answers.writerow([*map(guarded, row), *columns(resolver.names, reading)])
                    counted[reading.status] = counted.get(reading.status, 0) + 1
                    _progress(sum(counted.values()))
    except (OSError, csv.Error) as wrong:
        print(f"Không đọc hoặc ghi được tệp / cannot read or write: {wrong}", file=sys.stderr)
        return 2
    if chosen.json:
        print(json.dumps(counted))
    else:
        print(", ".join(f"{status}: {n}" for status, n in sorted(counted.items())) or "0")
    return 0 if set(counted) <= {ONE} else 1


def _progress(count: int) -> None:
    if count % SHOW_EVERY == 0:
        print(f"{count:,}".replace(",", "."), "dòng / rows", file=sys.stderr)


def _answered(
    rows: Iterator[list[str]], at: int, resolver: Resolver, on: date | None
) -> Iterator[tuple[list[str], Reading]]:
    """Every row with its answer; a row too short has an empty address, and an answer all the same."""
    for row in rows:
        if row:
            yield row, resolver.resolve(row[at] if at < len(row) else "", on)


def _column(head: list[str], wanted: str | None) -> int:
    names = [name.strip().lower().lstrip("\ufeff") for name in head]
    tried = (wanted.strip().lower(),) if wanted else HEADINGS
    return next((names.index(name) for name in tried if name in names), -1)


@contextmanager
def _lines(path: Path) -> Iterator[TextIO]:
    """The file as text: UTF-8, what is not is kept as signs that are read by their bytes."""
    csv.field_size_limit(WIDEST)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as source:
        yield source


@contextmanager
def _written(path: Path) -> Iterator[TextIO]:
    """The answers, in place of the old file only when all of them are there."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as target:
            yield target
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(path)
