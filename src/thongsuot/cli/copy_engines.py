"""A district's SQLite file against a ward's PostgreSQL dump: the same rows, said column by column."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from thongsuot.cli import copy_tables, copy_words
from thongsuot.cli.copy_folder import Say, Unreadable
from thongsuot.rules.continuity.cells import Value, row_bytes
from thongsuot.rules.continuity.dump import Dump, fields_of
from thongsuot.rules.continuity.engines import (
    Pairing,
    Shared,
    from_dump,
    from_sqlite,
    pair,
)
from thongsuot.rules.continuity.proof import Kind
from thongsuot.rules.continuity.rowsum import RowSum
from thongsuot.rules.kernel.problem import Problem

REASONS = {
    "only-first": "chỉ có ở SQLite",
    "only-second": "chỉ có ở PostgreSQL",
    "type": "kiểu không so được chính xác giữa hai hệ",
}


@dataclass
class Sums:
    """What one side says of a table: all compared columns together, or each for itself."""

    apart: bool = False
    whole: RowSum = field(default_factory=RowSum)
    each: dict[str, RowSum] = field(default_factory=dict)

    def add(self, columns: tuple[str, ...], values: list[Value]) -> None:
        """Count one row in."""
        if not self.apart:
            self.whole.add(row_bytes(values))
            return
        for name, value in zip(columns, values, strict=True):
            self.each.setdefault(name, RowSum()).add(row_bytes([value]))


def run(path: Path, other: Path, *, as_json: bool, say: Say) -> int:
    """Compare, and say what was compared and what was not. Returns 0 only when all of it is equal."""
    if (
        copy_tables.kind_of(path) is not Kind.SQLITE
        or copy_tables.kind_of(other) is not Kind.POSTGRES
    ):
        raise Unreadable(Problem("continuity.not-comparable"))
    pairing = pair(_sqlite_tables(path), _dump_tables(other))
    if not pairing.shared:
        raise Unreadable(Problem("continuity.nothing-shared"))
    mine, theirs = _sqlite_sums(path, pairing.shared), _dump_sums(other, pairing.shared, say)
    differ = tuple(s for s in pairing.shared if _differ(mine[s.first], theirs.get(s.second)))
    # Column by column only where something differs: it is as much work again for every column.
    my_columns = _sqlite_sums(path, differ, apart=True) if differ else {}
    their_columns = _dump_sums(other, differ, say, apart=True) if differ else {}
    columns = {
        s.first: _differing(s, my_columns[s.first], their_columns.get(s.second, Sums()))
        for s in differ
    }
    rows = [
        _result(s, mine[s.first], theirs.get(s.second, Sums()), columns.get(s.first))
        for s in pairing.shared
    ]
    equal = not differ
    if as_json:
        print(json.dumps({"equal": equal, "tables": rows, "only_sqlite": pairing.only_first,
                          "only_postgres": pairing.only_second}))  # fmt: skip
    else:
        for line in _words(pairing, rows, equal=equal):
            print(line)
    sys.stdout.flush()
    return 0 if equal else 1


def _sqlite_tables(path: Path) -> dict[str, dict[str, str]]:
    with closing(copy_tables.connect(path)) as base:
        names, _virtual = copy_tables.tables_of(base)
        return {n: copy_tables.columns_of(base, n) for n in names if not n.startswith("sqlite_")}


def _dump_tables(path: Path) -> dict[str, dict[str, str]]:
    dump = Dump()
    for _row in dump.rows(copy_tables.lines_of(path)):
        pass
    if dump.cut_off or not dump.complete:
        raise Unreadable(Problem("continuity.dump-cut-off", path.name, {"at": ""}))
    return {n: dict(zip(c.names, c.types, strict=True)) for n, c in dump.columns.items()}


def _differ(mine: Sums, theirs: Sums | None) -> bool:
    return mine.whole.checksum() != (theirs or Sums()).whole.checksum()


def _differing(shared: Shared, mine: Sums, theirs: Sums) -> list[str]:
    return [c for c, _kind in shared.compared if _sum(mine, c) != _sum(theirs, c)]


def _sqlite_sums(path: Path, tables: tuple[Shared, ...], *, apart: bool = False) -> dict[str, Sums]:
    found = {}
    with closing(copy_tables.connect(path)) as base:
        for shared in tables:
            sums = found[shared.first] = Sums(apart)
            names = tuple(c for c, _kind in shared.compared)
            kinds = [kind for _column, kind in shared.compared]
            columns = ", ".join(copy_tables.quoted(c) for c in names) or "1"
            for row in base.execute(f"SELECT {columns} FROM {copy_tables.quoted(shared.first)}"):
                values = [from_sqlite(k, v) for k, v in zip(kinds, row[: len(kinds)], strict=True)]
                sums.add(names, values)
    return found


def _dump_sums(
    path: Path, tables: tuple[Shared, ...], say: Say, *, apart: bool = False
) -> dict[str, Sums]:
    wanted = {s.second: s for s in tables}
    found: dict[str, Sums] = {}
    dump = Dump()
    for table, row, copied in dump.rows(copy_tables.lines_of(path)):
        shared = wanted.get(table)
        if shared is None:
            continue
        if not copied:
            raise Unreadable(Problem("continuity.not-comparable"))
        cells = dict(zip(dump.tables[table].names, fields_of(row), strict=True))
        values = [from_dump(kind, cells[c]) for c, kind in shared.compared]
        found.setdefault(table, Sums(apart)).add(tuple(c for c, _k in shared.compared), values)
        say(0, 1)
    return found


def _result(
    shared: Shared, mine: Sums, theirs: Sums, differing: list[str] | None
) -> dict[str, object]:
    return {
        "table": shared.first,
        "equal": differing is None,
        "rows_sqlite": mine.whole.rows,
        "rows_postgres": theirs.whole.rows,
        "compared": [c for c, _kind in shared.compared],
        "differing": differing or [],
        "left_out": [list(one) for one in shared.left_out],
    }


def _sum(sums: Sums, column: str) -> str:
    return sums.each.get(column, RowSum()).checksum()


def _words(pairing: Pairing, rows: list[dict[str, object]], *, equal: bool) -> Iterator[str]:
    for row, shared in zip(rows, pairing.shared, strict=True):
        figures = f"{copy_words.number(row['rows_sqlite'])} dòng, {len(shared.compared)} cột"
        if row["equal"]:
            yield f"BẰNG  {copy_words.plain(shared.first)}: {figures}"
        else:
            other = copy_words.number(row["rows_postgres"])
            names = ", ".join(str(c) for c in row["differing"]) or "các cột ghép theo dòng"  # type: ignore[attr-defined]  # a list of names
            yield f"KHÁC  {copy_words.plain(shared.first)}: {figures} → {other} dòng; khác ở {names}"
        for column, reason in shared.left_out:
            yield f"      không so cột {copy_words.plain(column)}: {REASONS[reason]}"
    for name in pairing.only_first:
        yield f"      không so bảng {copy_words.plain(name)}: {REASONS['only-first']}"
    for name in pairing.only_second:
        yield f"      không so bảng {copy_words.plain(name)}: {REASONS['only-second']}"
    yield "KẾT LUẬN: PHẦN SO ĐƯỢC BẰNG NHAU" if equal else "KẾT LUẬN: KHÁC"
