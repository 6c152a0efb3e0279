"""``thongsuot move``: an office that outgrew SQLite goes to PostgreSQL, row by row, and is compared.

The file of SQLite is only read. Everything arrives in one transaction or nothing does; afterwards the
heads of all chains, the rows of every table, every value, the guards and the ledger are compared by the
same programs that prove a backup.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from thongsuot.cli import backup_engines as engines
from thongsuot.cli import backup_state, copy_engines
from thongsuot.cli.backup_bundle import BadBundle
from thongsuot.cli.copy_words import number
from thongsuot.cli.office import _django

Commands = Any  # argparse keeps the type of its subparsers private
Convert = Callable[[Any], Any]
TARGET = "thongsuot-move"
AT_ONCE = 2_000


def add(subparsers: Commands) -> None:
    """Add the command."""
    one = subparsers.add_parser(
        "move",
        help="chuyển từ SQLite sang PostgreSQL rồi so lại / move from SQLite to PostgreSQL and compare",
        description="Tắt máy chủ trước. Tệp SQLite chỉ được đọc, không bị sửa. Mã thoát: 0 đã chuyển và khớp; "
        "1 đã chuyển nhưng có chỗ khác; 2 không chuyển. / Stop the server first. The SQLite file is only read. "
        "Exit code: 0 moved and equal; 1 moved and something differs; 2 not moved.",
    )
    one.add_argument("--to", required=True, metavar="URL",
                     help="cơ sở dữ liệu PostgreSQL trống / an empty PostgreSQL database")  # fmt: skip
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.set_defaults(run=move)


def move(chosen: argparse.Namespace) -> int:
    """Move, compare, and say what to do next."""
    try:
        rows, differences = moved(chosen.to)
    except (BadBundle, OSError, RuntimeError) as fault:
        if chosen.json:
            print(json.dumps({"ok": False, "error": str(fault)}, ensure_ascii=False))
        print(f"Không chuyển: {fault}", file=sys.stderr)
        return 2
    if chosen.json:
        print(json.dumps({"ok": not differences, "rows": sum(rows.values()), "tables": len(rows),
                          "differences": differences}, ensure_ascii=False))  # fmt: skip
        return 1 if differences else 0
    print(f"Đã chuyển {number(sum(rows.values()))} dòng của {number(len(rows))} bảng.")
    for line in differences:
        print(f"KHÁC: {line}", file=sys.stderr)
    if differences:
        print("Chưa dùng bản ở PostgreSQL; tệp SQLite còn nguyên. Xóa cơ sở dữ liệu ấy rồi chuyển lại.",
              file=sys.stderr)  # fmt: skip
        return 1
    print("Mọi chuỗi nhật ký, mọi bảng, mọi giá trị, chốt chặn và sổ đều khớp.\n"
          "Việc tiếp theo: đặt DATABASE_URL bằng địa chỉ vừa dùng (giữ nguyên THONGSUOT_VAR: tệp đính kèm và khóa "
          "vẫn ở đó), chạy thongsuot serve, rồi cất tệp SQLite cũ ở chế độ chỉ đọc.")  # fmt: skip
    return 0


def moved(url: str) -> tuple[dict[str, int], list[str]]:
    """Copy everything into an empty database. Returns the rows of each table, and what differs.

    Raises BadBundle when the office is not on SQLite or the target is not empty, RuntimeError when
    the target could not be prepared.
    """
    settings = engines.settings_of(url)
    _django()
    from django.db import DatabaseError, connection

    if connection.vendor != "sqlite":
        raise BadBundle("cơ quan này không dùng SQLite (DATABASE_URL đã đặt) / not on SQLite")
    target = _target(url)
    try:
        there = target.introspection.table_names()
        if there:
            raise BadBundle(
                f"cơ sở dữ liệu đích đã có {len(there)} bảng; hãy tạo một cơ sở dữ liệu trống / not empty"
            )
        _prepare(url)
        rows = _copy(connection, target)
    except (DatabaseError, ValueError) as fault:
        raise BadBundle(f"PostgreSQL: {str(fault).strip()[:300]}") from fault
    finally:
        target.close()
    return rows, list(_differences(connection, url, settings))


def _target(url: str) -> Any:
    from django.db import connections

    from thongsuot.project import env

    default = {**connections.databases["default"], "OPTIONS": {}}
    connections.databases[TARGET] = {**default, **env.postgres(url)}
    return connections[TARGET]


def _prepare(url: str) -> None:
    """The tables of this version, in a process that knows nothing but the target."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "thongsuot.project.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["migrate"])[-1])


def _copy(source: Any, target: Any) -> dict[str, int]:
    """All tables in one transaction; nobody may write to the source meanwhile."""
    from django.db import transaction

    from thongsuot.foundation.trail import guard

    rows = {}
    with source.cursor() as reading:
        reading.execute("BEGIN IMMEDIATE")  # writers wait or are refused: nothing is left behind
        try:
            with transaction.atomic(using=TARGET):
                guard.remove(TARGET)
                tables = _tables(source, target)
                with target.cursor() as cursor:
                    names = ", ".join(target.ops.quote_name(t) for t in tables)
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # tables come by name
                    cursor.execute(f"TRUNCATE {names}")
                    for table in tables:
                        rows[table] = _table(reading, cursor, target, table)
                        _numbers_go_on(cursor, target, table)
                guard.install(TARGET)
        finally:
            reading.execute("ROLLBACK")
    return rows


def _tables(source: Any, target: Any) -> list[str]:
    """The tables both have. Those only one engine needs (a text index) are made by that engine."""
    here = set(source.introspection.table_names())
    return sorted(t for t in target.introspection.table_names() if t in here)


def _table(reading: Any, cursor: Any, target: Any, table: str) -> int:
    columns = list(_columns(cursor, table))
    quote = target.ops.quote_name
    names = ", ".join(quote(name) for name, _ in columns)
    converts = [convert for _, convert in columns]
    found = reading.execute(f"SELECT {names} FROM {quote(table)}")
    count = 0
    into = f"COPY {quote(table)} ({names}) FROM STDIN"
    with target.wrap_database_errors, cursor.cursor.copy(into) as copy:
        for rows in iter(lambda: found.fetchmany(AT_ONCE), []):
            for row in rows:
                copy.write_row([c(v) for c, v in zip(converts, row, strict=True)])
            count += len(rows)
    return count


def _columns(cursor: Any, table: str) -> Iterator[tuple[str, Convert]]:
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    for name, kind in cursor.fetchall():
        yield name, CONVERTS.get(kind, _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


def _truth(value: Any) -> Any:
    return None if value is None else bool(value)


def _moment(value: Any) -> Any:
    """SQLite keeps moments as text in UTC without saying so."""
    return None if value is None else f"{value}+00"


CONVERTS: dict[str, Convert] = {"boolean": _truth, "timestamp with time zone": _moment}


def _numbers_go_on(cursor: Any, target: Any, table: str) -> None:
    """The next row gets a number of its own, not one that has come along."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = %s AND is_identity = 'YES'",
        [table],
    )
    for (column,) in cursor.fetchall():
        quoted = target.ops.quote_name(column)
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({quoted}), 1), "
            f"max({quoted}) IS NOT NULL) FROM {target.ops.quote_name(table)}",
            [target.ops.quote_name(table), column],
        )


def _differences(source: Any, url: str, settings: dict[str, str]) -> Iterator[str]:
    """What the programs that prove a backup say of the two."""
    heads, counts = backup_state.heads_and_counts(source)
    state = backup_state.ask({"DATABASE_URL": url}, heads, whole=True)
    for head in heads:
        if head.size and state.seen.get((head.chain, head.size)) != head.hash:
            yield f"chuỗi nhật ký {head.chain}: khác ở bút tích {head.size}"
    yield from _counted(counts, state.counts)
    yield from state.faults
    with tempfile.TemporaryDirectory(prefix="thongsuot-") as folder:
        copy, dumped = engines.snapshot(source, Path(folder))[0], Path(folder) / "office.pgdump"
        engines.dump(settings, dumped)
        said = StringIO()
        with redirect_stdout(said):
            code = copy_engines.run(copy, dumped, as_json=True, say=lambda files, amount: None)
    if code:
        for table in json.loads(said.getvalue())["tables"]:
            if not table["equal"]:
                yield f"bảng {table['table']}: giá trị khác"


def _counted(mine: dict[str, int], theirs: Any) -> Sequence[str]:
    return [
        f"bảng {t}: {number(n)} dòng ở SQLite, {number(theirs[t])} dòng ở PostgreSQL"
        for t, n in mine.items()
        if t in theirs and theirs[t] != n
    ]
