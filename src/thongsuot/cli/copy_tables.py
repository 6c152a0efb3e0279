"""Reading databases for a proof: SQLite files and PostgreSQL dumps, row by row, changing nothing."""

import gzip
import hashlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from thongsuot.cli.copy_folder import BLOCK, Say, Unreadable, hash_file
from thongsuot.rules.continuity.cells import Value, row_bytes
from thongsuot.rules.continuity.dump import Dump
from thongsuot.rules.continuity.proof import Kind, Table
from thongsuot.rules.continuity.rowsum import RowSum
from thongsuot.rules.kernel.problem import Problem

SQLITE_MARK, CUSTOM_MARK, GZIP_MARK = b"SQLite format 3\x00", b"PGDMP", b"\x1f\x8b"
LONGEST_LINE = 256 << 20
LOUD = 2_000  # rows between two words of progress
Offer = Callable[[str, str, tuple[object, ...]], None]  # table, digest of the row, its values


@dataclass
class Reading:
    """What a database says: its tables, the digest of its structure, what was not read."""

    kind: Kind
    tables: list[Table] = field(default_factory=list)
    schema: str = ""
    left_out: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def kind_of(path: Path) -> Kind:
    """What a path holds, told from its content. Raises Unreadable."""
    if path.is_dir():
        return Kind.FOLDER
    try:
        with path.open("rb") as handle:
            head = handle.read(4096)
        if head.startswith(GZIP_MARK):
            with gzip.open(path) as inside:
                head = inside.read(4096)
    except (OSError, EOFError) as error:
        raise Unreadable(
            Problem("continuity.unreadable", str(path), {"why": str(error)})
        ) from error
    if head.startswith(SQLITE_MARK):
        return Kind.SQLITE
    dumped = b"PostgreSQL database dump" in head or b"PostgreSQL database cluster dump" in head
    return Kind.POSTGRES if dumped or head.startswith(CUSTOM_MARK) else Kind.FILE


def read(path: Path, kind: Kind, say: Say, offer: Offer | None = None) -> Reading:
    """Read every row of a database file; ``offer`` is shown each of them. Raises Unreadable."""
    return _sqlite(path, say, offer) if kind is Kind.SQLITE else _dump(path, say, offer)


def unclosed(path: Path) -> str:
    """The name of a file beside a SQLite file that holds writes not yet in it; empty when none."""
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.exists() and beside.stat().st_size:
            return beside.name
    return ""


def _exact(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def connect(path: Path) -> sqlite3.Connection:
    """The file as it lies, opened so that nothing can write to it. Raises Unreadable."""
    beside = unclosed(path)
    if beside:
        raise Unreadable(Problem("continuity.sqlite-open", path.name, {"other": beside}))
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    base.text_factory = _exact
    return base


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(base: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns that a table shows, with their declared types, in order."""
    rows = base.execute(f"PRAGMA table_xinfo({quoted(table)})")
    return {row[1]: row[2] for row in rows if row[6] != 1}


def tables_of(base: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """The tables that are read, and the virtual ones that are not (their own tables are)."""
    rows = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
    read, virtual = [], []
    for name, sql in rows:
        if str(sql or "").upper().startswith("CREATE VIRTUAL"):
            virtual.append(name)
        elif not name.startswith("sqlite_stat"):  # what the engine remembers for itself
            read.append(name)
    return read, virtual


def _sqlite(path: Path, say: Say, offer: Offer | None) -> Reading:
    reading = Reading(Kind.SQLITE)
    try:
        with closing(connect(path)) as base:
            names, virtual = tables_of(base)
            reading.left_out = [f"bảng ảo {name}" for name in virtual]
            reading.schema = _sqlite_schema(base)
            for name in names:
                reading.tables.append(_sqlite_table(base, name, say, offer))
    except sqlite3.DatabaseError as error:
        reading.problems.append(damaged(path, str(error)))
    return reading


def damaged(path: Path, why: str) -> Problem:
    """A SQLite file whose inside does not hold together."""
    return Problem("continuity.sqlite-damaged", path.name, {"why": why[:200]})


def whole_inside(path: Path) -> str:
    """What SQLite itself finds wrong in a file, indexes included; empty when nothing."""
    try:
        with closing(connect(path)) as base:
            answer = str(base.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if answer == "ok" else answer


def _sqlite_schema(base: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    marks = [base.execute(f"PRAGMA {p}").fetchone() for p in ("user_version", "application_id")]
    rows = base.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' "
        "ORDER BY type, name, tbl_name"
    )
    for row in (*marks, *rows):
        digest.update(row_bytes(row) + b"\n")
    return digest.hexdigest()


def _sqlite_table(base: sqlite3.Connection, name: str, say: Say, offer: Offer | None) -> Table:
    columns = columns_of(base, name)
    total = RowSum()
    for values in base.execute(f"SELECT * FROM {quoted(name)}"):
        _count(total, name, row_bytes(values), values, offer)
        if total.rows % LOUD == 0:
            say(0, LOUD)
    return Table(name, tuple(columns), tuple(columns.values()), total.rows, total.checksum())


def _count(
    total: RowSum, table: str, row: bytes, values: tuple[Value, ...], offer: Offer | None
) -> None:
    total.add(row)
    if offer is not None:
        offer(table, hashlib.sha256(row).hexdigest(), values)


def _dump(path: Path, say: Say, offer: Offer | None) -> Reading:
    reading = Reading(Kind.POSTGRES)
    if is_custom(path) and shutil.which("pg_restore") is None:
        reading.left_out = [NO_RESTORE]
        return reading
    dump = Dump()
    sums: dict[str, RowSum] = {}
    for table, row, copied in dump.rows(lines_of(path)):
        total = sums.setdefault(table, RowSum())
        _count(total, table, (b"C" if copied else b"I") + row, (row,), offer)
        if total.rows % LOUD == 0:
            say(0, LOUD)
    if dump.cut_off or not dump.complete:
        at = f" (bảng {dump.cut_off})" if dump.cut_off else ""
        reading.problems.append(Problem("continuity.dump-cut-off", path.name, {"at": at}))
    reading.schema = dump.schema
    for name, columns in sorted(dump.columns.items()):
        total = sums.get(name, RowSum())
        reading.tables.append(
            Table(name, columns.names, columns.types, total.rows, total.checksum())
        )
    return reading


NO_RESTORE = "từng bảng: máy này không có pg_restore, chỉ chứng nhận nguyên tệp"


def is_custom(path: Path) -> bool:
    """Whether a dump is in PostgreSQL's own format, which only its tool reads."""
    with path.open("rb") as handle:
        return handle.read(len(CUSTOM_MARK)) == CUSTOM_MARK


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a dump as plain SQL. Raises Unreadable: a line without end, a broken archive."""
    if is_custom(path):
        yield from _restored(path)
        return
    with path.open("rb") as handle:
        packed = handle.read(2) == GZIP_MARK
    try:
        with gzip.open(path) if packed else path.open("rb") as source:
            yield from _short(source.readline)
    except (OSError, EOFError) as error:
        raise Unreadable(
            Problem("continuity.unreadable", path.name, {"why": str(error)})
        ) from error


def _short(readline: Callable[[int], bytes]) -> Iterator[bytes]:
    while line := readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            limit = LONGEST_LINE >> 20
            raise Unreadable(Problem("continuity.line-too-long", "", {"limit": limit}))
        yield line


def _restored(path: Path) -> Iterator[bytes]:
    """The dump as pg_restore writes it as text; nothing is restored anywhere."""
    command = ["pg_restore", "--file=-", str(path.resolve())]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, bufsize=BLOCK) as tool,
    ):
        if tool.stdout is None:
            raise RuntimeError("a pipe was asked for")
        finished = False
        try:
            yield from _short(tool.stdout.readline)
            finished = True
        finally:
            if not finished:
                tool.kill()
        if tool.wait():
            errors.seek(0)
            why = errors.read(300).decode("utf-8", "replace").strip()
            raise Unreadable(Problem("continuity.pg-restore-failed", path.name, {"why": why}))


def hash_whole(path: Path, say: Say) -> tuple[int, str]:
    """Size and hash of the one file. Raises Unreadable."""
    state, sha256 = hash_file(path.resolve(), path.name, say)
    return state.st_size, sha256
