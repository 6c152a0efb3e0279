"""Where the portable texts are run: one process (DuckDB, SQLite), or a cluster (Apache Spark)."""

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pyarrow.parquet as pq

from thongsuot.national.exports import Export
from thongsuot.national.portable import RELATIONS, WHOLE

Row = tuple[Any, ...]
_SOME = 5_000
_SIZE = re.compile(r"([1-9][0-9]{0,6})\s*(MB|GB)", re.IGNORECASE)


class Engine(Protocol):
    """Runs a text over the relations of all exports."""

    def rows(self, sql: str) -> Iterator[Row]:
        """The rows of a text, some at a time, in no order."""


def megabytes(size: str) -> int:
    """A size as it is written on the command line: 512MB, 2GB. Raises ValueError."""
    found = _SIZE.fullmatch(size.strip())
    if found is None:
        raise ValueError(f"{size!r} is no size: 512MB, 2GB")
    return int(found[1]) * (1024 if found[2].upper() == "GB" else 1)


def _reading(relation: str, exports: Sequence[Export]) -> str:
    """DuckDB's view of a relation: the file of every province, with the code of its manifest."""
    columns = ", ".join(RELATIONS[relation])
    parts = [
        f"SELECT '{export.province.code}' AS province, {columns} "
        f"FROM read_parquet({_quoted(str(export.files[relation]))})"
        for export in exports
    ]
    return f"CREATE VIEW {relation} AS {' UNION ALL '.join(parts)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class _Cursor:
    def __init__(self, run: Callable[[str], Any]) -> None:
        self._run = run

    def rows(self, sql: str) -> Iterator[Row]:
        """The rows of a text, some at a time, in no order."""
        found = self._run(sql)
        while some := found.fetchmany(_SOME):
            yield from map(tuple, some)


@contextmanager
def duckdb_engine(
    exports: Sequence[Export], *, memory: str = "2GB", threads: int | None = None, **_: object
) -> Iterator[Engine]:
    """DuckDB over the Parquet files where they lie; what memory cannot hold goes to disk."""
    import duckdb  # noqa: PLC0415  # an extra: only who asks for it needs it

    with tempfile.TemporaryDirectory(prefix="thongsuot-national-") as spill:
        settings: dict[str, Any] = {
            # A tenth for what DuckDB does not count: the reader's pieces, Python, Arrow.
            "memory_limit": f"{megabytes(memory) * 9 // 10}MiB",
            "temp_directory": spill,
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
        }
        if threads:
            settings["threads"] = threads
        with duckdb.connect(":memory:", config=settings) as connection:
            for relation in RELATIONS:
                connection.execute(_reading(relation, exports))
            yield _Cursor(connection.execute)


@contextmanager
def sqlite_engine(
    exports: Sequence[Export], *, memory: str = "2GB", **_: object
) -> Iterator[Engine]:
    """SQLite over a copy in a file that is removed afterwards: for one province, without DuckDB."""
    with tempfile.TemporaryDirectory(prefix="thongsuot-national-") as home:
        connection = sqlite3.connect(Path(home) / "national.sqlite", isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(f"PRAGMA cache_size = -{megabytes(memory) * 256}")
            for relation in RELATIONS:
                _copy(connection, relation, exports)
            # Without it SQLite compares every item with every other: it makes no index of its own
            # for a full outer join.
            connection.execute("CREATE INDEX by_item ON inventory (province, item)")
            yield _Cursor(connection.execute)
        finally:
            connection.close()


def _copy(connection: sqlite3.Connection, relation: str, exports: Sequence[Export]) -> None:
    columns = RELATIONS[relation]
    kinds = ", ".join(f"{n} {'BIGINT' if k == WHOLE else 'TEXT'}" for n, k in columns.items())
    connection.execute(f"CREATE TABLE {relation} (province TEXT, {kinds})")
    marks = ", ".join("?" * len(columns))
    connection.execute("BEGIN")
    for export in exports:
        put = f"INSERT INTO {relation} VALUES ('{export.province.code}', {marks})"
        with pq.ParquetFile(export.files[relation]) as parquet:
            for block in parquet.iter_batches(20_000):
                values = [column.to_pylist() for column in block.columns]
                connection.executemany(put, zip(*values, strict=True))
    connection.execute("COMMIT")


class _Spark:
    def __init__(self, session: Any) -> None:
        self._session = session

    def rows(self, sql: str) -> Iterator[Row]:
        """The rows of a text, some at a time, in no order."""
        yield from map(tuple, self._session.sql(sql).toLocalIterator())


@contextmanager
def spark_engine(
    exports: Sequence[Export], *, memory: str = "2GB", master: str = "local[*]", **_: object
) -> Iterator[Engine]:
    """Apache Spark: the files must be seen under the same path by every executor.

    ``memory`` is given to each executor. Anything else is set as Spark's users set it: in
    ``spark-defaults.conf`` under SPARK_CONF_DIR.
    """
    from pyspark.sql import SparkSession  # noqa: PLC0415  # an extra, and 400 MB of it
    from pyspark.sql.functions import lit  # noqa: PLC0415

    size = f"{megabytes(memory)}m"
    made = SparkSession.builder.master(master).appName("thongsuot national check")
    # Whole numbers that do not fit are refused, as on the other engines, whatever the site says.
    settings = {
        "spark.sql.ansi.enabled": "true",
        "spark.executor.memory": size,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if master.startswith("local"):
        settings["spark.driver.memory"] = size
    for name, value in settings.items():
        made = made.config(name, value)
    session = made.getOrCreate()
    try:
        for relation, columns in RELATIONS.items():
            parts = [
                session.read.parquet(os.path.abspath(export.files[relation])).select(
                    lit(export.province.code).alias("province"), *columns
                )
                for export in exports
            ]
            whole = parts[0]
            for part in parts[1:]:
                whole = whole.unionAll(part)
            whole.createOrReplaceTempView(relation)
        yield _Spark(session)
    finally:
        session.stop()


ENGINES: Mapping[str, Callable[..., AbstractContextManager[Engine]]] = {
    "duckdb": duckdb_engine,
    "sqlite": sqlite_engine,
    "spark": spark_engine,
}
