"""Rows with an address to the same rows with the answer: for the command, the page, other programs.

Needs no Django. Rows stream: memory does not grow with the file. Every row has an answer; none
stops those behind it.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

from thongsuot.apps.registry.address_words import name, why
from thongsuot.foundation.imports.lean_reader import lean_tables
from thongsuot.foundation.imports.readers import SheetUnreadable
from thongsuot.foundation.tables.guarded import guarded
from thongsuot.rules.kernel.legacy import detect_legacy
from thongsuot.rules.kernel.problem import blocking
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.registry.address import Gazetteer, Reading, Resolver
from thongsuot.rules.registry.address.reading import ONE

ADDED = ("status", "province_code", "ward_code", "candidates", "reason")
HEADINGS = ("address", "dia chi", "dia_chi", "diachi", "dia chi cu", "addr")
WIDEST = 1 << 30  # signs in one cell: only the first few hundred are read
MOST_LINES = 60  # of one record: behind that, a quotation mark was never closed
SAMPLE = 1 << 18  # bytes from which the encoding is told
CELL = 32_000  # signs that a cell of a workbook holds
LONGEST_TOLD = 300
MOST_ROWS = 1_048_576  # of a sheet
Row = list[str]


class UnreadableFileError(Exception):
    """The file cannot be read as rows; the message is for the person, in Vietnamese and English."""


class NoColumnError(Exception):
    """No column of addresses; the message lists those that there are."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, the headings first. ``encoding``: how its bytes were read."""

    head: Row
    rows: Iterator[Row]
    encoding: str = "utf-8"


def columns(places: Gazetteer, reading: Reading) -> tuple[str, str, str, str, str]:
    """An answer as the five columns of a batch."""
    codes = [places.code[unit] for unit in reading.units]
    return (
        reading.status,
        "" if reading.province is None else places.code[reading.province],
        codes[0] if reading.status == ONE else "",
        "|".join(codes),
        why(places, reading),
    )


def as_plain(places: Gazetteer, text: str, reading: Reading) -> dict[str, object]:
    """An answer as plain values, for programs; codes are those in force."""

    def unit(number: int) -> dict[str, str]:
        return {"code": places.code[number], "name": name(places, number)}

    return {
        "address": text,
        "status": reading.status,
        "why": reading.why,
        "reason": why(places, reading),
        "asks": list(reading.asks),
        "province_code": "" if reading.province is None else places.code[reading.province],
        "units": [unit(number) for number in reading.units],
        "means": [
            unit(found.unit)
            | {
                "old": found.old,
                "slips": found.slips,
                "earlier_name": found.by_alias,
                "basis": places.basis.get(found.unit, []) if found.old else [],
                "parts": [
                    unit(part.unit)
                    | {
                        "share": part.share,
                        "basis": part.number,
                        "clause": part.clause,
                        "detail": part.detail,
                    }
                    for part in (places.parts_of(found.unit) if found.old else ())
                ],
            }
            for found in reading.means
        ],
    }


def column_of(head: Sequence[str], wanted: str = "") -> int:
    """Which column holds the addresses, by its name or by the usual ones.

    Raises NoColumnError.
    """
    names = [_heading(title) for title in head]
    tried = (_heading(wanted),) if wanted else HEADINGS
    for one in tried:
        if one in names:
            return names.index(one)
    told = ", ".join(head)[:LONGEST_TOLD] or "tệp rỗng / empty file"
    raise NoColumnError(f"Không thấy cột địa chỉ / no column of addresses: {told}")


def _heading(title: str) -> str:
    legacy = detect_legacy(title[:LONGEST_TOLD])
    return fold((legacy.proposal if legacy else title).strip().lstrip("\ufeff"))


def answered(
    sheet: Sheet,
    resolver: Resolver,
    *,
    column: str = "",
    on: date | None = None,
    count: Callable[[Reading], object] = lambda _: None,
) -> Iterator[Row]:
    """The headings and every row, each with the five columns of its answer behind it.

    A row too short has an empty address, and an answer all the same. No cell of the result is a
    formula. ``count`` is told every answer. Raises NoColumnError.
    """
    at = column_of(sheet.head, column)
    legacy = sheet.encoding != "utf-8"
    width = len(sheet.head)
    yield [*map(guarded, sheet.head), *ADDED]
    for row in sheet.rows:
        text = row[at] if at < len(row) else ""
        reading = resolver.resolve(_meant(text) if legacy else text, on)
        count(reading)
        filled = row + [""] * (width - len(row))
        yield [*map(guarded, filled), *columns(resolver.names, reading)]


def _meant(text: str) -> str:
    """A cell of a file from before Unicode as it was meant."""
    found = detect_legacy(text[:1000])
    return found.proposal if found else text


# --- in ---------------------------------------------------------------------------------------


@contextmanager
def opened(path: Path) -> Iterator[Sheet]:
    """A CSV file (comma, semicolon or tab) or the first visible sheet of an XLSX workbook.

    Raises UnreadableFileError or OSError.
    """
    if path.suffix.lower() in (".xlsx", ".ods"):
        yield _workbook(path)
        return
    csv.field_size_limit(WIDEST)
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors=_ERRORS[encoding], newline="") as source:
        yield _divided(source, "utf-8" if encoding.startswith("utf") else encoding)


def _divided(source: Iterable[str], encoding: str) -> Sheet:
    lines = iter(source)
    first = next(lines, "").lstrip("\ufeff")
    sign = max(",;\t", key=first.count)
    rows = _records(_again(first, lines), sign)
    return Sheet(next(rows, []), rows, encoding)


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _records(lines: Iterator[str], sign: str) -> Iterator[Row]:
    """The records. A quotation mark that is never closed costs its own row, none behind it."""
    waiting: list[str] = []
    held: list[str] = []
    while True:
        line = held.pop() if held else next(lines, None)
        if line is not None:
            waiting.append(line)
        closed = sum(part.count('"') for part in waiting) % 2 == 0
        if waiting and (closed or line is None or len(waiting) >= MOST_LINES):
            if closed:
                yield from filter(None, csv.reader(waiting, delimiter=sign))
            else:
                plain = csv.reader(waiting[:1], delimiter=sign, quoting=csv.QUOTE_NONE)
                yield from filter(None, plain)
                held += reversed(waiting[1:])
            waiting = []
        if line is None and not held and not waiting:
            return


_ERRORS = {"utf-8-sig": "replace", "utf-16": "replace", "cp1252": "thongsuot-byte"}


def _as_byte(error: UnicodeError) -> tuple[str, int]:
    """A byte that the code page does not have, as the sign with its number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("thongsuot-byte", _as_byte)


def _encoding(path: Path) -> str:
    """UTF-8 where the beginning is; else byte by byte, as TCVN3, VNI and VISCII are read."""
    with path.open("rb") as source:
        head = source.read(SAMPLE)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < SAMPLE)
    except UnicodeDecodeError:
        return "cp1252" if _before_unicode(head) else "utf-8-sig"
    return "utf-8-sig"


def _before_unicode(head: bytes) -> bool:
    """Whether the bytes are mostly not UTF-8: one broken row does not make a file old."""
    lines = [line for line in head.splitlines() if not line.isascii()][:2_000]
    broken = sum(not _is_utf8(line) for line in lines)
    return 2 * broken > len(lines)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _workbook(path: Path) -> Sheet:
    tables = lean_tables(path)
    refused = blocking(tables.problems)
    if refused:
        raise UnreadableFileError(f"{path.name}: {refused[0].code}")
    sheet = next((s for s in tables.sheets if not s.hidden), None)
    if sheet is None or blocking(sheet.problems):
        raise UnreadableFileError(
            f"{path.name}: không có trang tính nào đọc được / no readable sheet"
        )
    rows = _cells(sheet.rows())
    return Sheet(next(rows, []), rows)


def _cells(rows: Iterable[tuple[int, list[object]]]) -> Iterator[Row]:
    try:
        for _, row in rows:
            yield [_text(cell) for cell in row]
    except SheetUnreadable as broken:
        raise UnreadableFileError(str(broken)) from broken


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


# --- out --------------------------------------------------------------------------------------


def write(path: Path, rows: Iterable[Row]) -> None:
    """The rows as CSV or XLSX, in place of an old file only when all of them are there."""
    part = path.with_name(f"{path.name}.part")
    try:
        if path.suffix.lower() == ".xlsx":
            _write_workbook(part, rows)
        else:
            with part.open("w", encoding="utf-8-sig", newline="", errors="replace") as target:
                csv.writer(target).writerows(rows)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(path)


def _write_workbook(path: Path, rows: Iterable[Row]) -> None:
    """Every cell as text: codes keep their zeros and nothing is a formula or a link."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Địa chỉ")
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise UnreadableFileError(
                "Quá 1.048.576 dòng cho một trang tính: hãy ghi ra .csv / too many rows for a sheet"
            )
        for at, text in enumerate(row):
            sheet.write_string(number, at, text[:CELL])
    book.close()
