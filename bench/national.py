"""The nation's check against DuckDB alone doing the same counting, in one run.

    python -m bench.national [--rows 1000000] [--provinces 4] [--memory 2GB] [--dir DIR] [--repeat 1]

ROWS counts the rows of all three relations: of every five, one item, three movements, one receipt.
DuckDB makes them (once); they become exports as a province sends them. Then, in a process each:
DuckDB with SQL of its own over the same files, trusting them; the portable text through the same
DuckDB; and the whole check, which reads every file once more for its checksum. All must count the
same. Goal: the check in at most 1.3 times the CPU and the time of DuckDB alone, within the memory.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MADE = datetime(2025, 7, 1, tzinfo=UTC)
# Of a thousand items: three lost by their ledger, two still held, one without a receipt, one short,
# one claimed twice; one receipt of a thing never listed.
ITEMS = """SELECT i AS item, 1 + i % 3 AS transition, 1 + i % 24 AS giver,
  ['asset', 'case', 'archive', 'task', 'seal'][1 + i % 5] AS kind,
  '{code}.' || (hash(i) % 100000) || '-' || i AS code, 100 + i % 12 AS receiver, (1 + hash(i) % 9)::BIGINT AS quantity,
  ['cái', 'hồ sơ', 'hồ sơ', 'mục', 'con dấu'][1 + i % 5] AS measure, hash(i) % 900000000 AS value
  FROM range(1, {items} + 1) t(i)"""
MAKE = {
    "inventory": "{items}",
    "movements": """SELECT item, kind, src, dst, quantity FROM (
  SELECT item, quantity, unnest(CASE
    WHEN item % 1000 < 3 THEN [{{kind: 'opened', src: '', dst: 'held'}}, {{kind: 'missed', src: 'held', dst: 'missing'}}]
    WHEN item % 1000 < 5 THEN [{{kind: 'opened', src: '', dst: 'held'}}]
    ELSE [{{kind: 'opened', src: '', dst: 'held'}}, {{kind: 'dispatched', src: 'held', dst: 'transit'}},
          {{kind: 'received', src: 'transit', dst: 'accepted'}}] END, recursive := true)
  FROM ({items}))""",
    "receipts": """SELECT transition, receiver, kind,
    CASE WHEN item % 1000 = 8 THEN code || '?' ELSE code END AS code,
    CASE WHEN item % 1000 = 6 THEN 0 ELSE quantity END AS quantity, measure
  FROM ({items}) WHERE item % 1000 >= 5 AND item % 1000 <> 9
  UNION ALL SELECT transition, 99, kind, code, quantity, measure FROM ({items}) WHERE item % 1000 = 7""",
}
PLACES = ("held", "transit", "accepted", "kept", "closed", "destroyed", "disputed", "missing")


def make_exports(folder: Path, rows: int, provinces: int) -> list[Path]:
    """Exports of so many rows together, made once."""
    from thongsuot.national import exports
    from thongsuot.national.portable import Province

    folders = []
    for number in range(provinces):
        code = f"{number + 1:02}"
        out = folder / f"{rows}-{provinces}-{code}"
        folders.append(out)
        if (out / exports.MANIFEST).exists():
            continue
        made = _Batches(code, rows // provinces // 5)
        exports.write_relation = made.write  # type: ignore[assignment]  # whole columns, not rows
        exports.make_export(out, Province(code, "(minh họa)"), dict.fromkeys(MAKE, ()), MADE)
    return folders


class _Batches:
    """Writes what DuckDB makes, column by column."""

    def __init__(self, code: str, items: int) -> None:
        self.items = ITEMS.format(code=code, items=items)

    def write(self, path: Path, relation: str, _: object) -> int:
        import duckdb
        import pyarrow.parquet as pq

        from thongsuot.national.exports import schema_of

        schema, count = schema_of(relation), 0
        with (
            duckdb.connect() as connection,
            pq.ParquetWriter(path, schema, compression="zstd") as out,
        ):
            connection.execute("SET memory_limit = '1GB'")
            sql = MAKE[relation].format(items=self.items)
            for batch in self._batches(connection, sql):
                out.write_batch(batch.cast(schema))
                count += batch.num_rows
        return count

    def _batches(self, connection: Any, sql: str) -> Iterator[Any]:
        return iter(connection.sql(sql).to_arrow_reader(122_880))


def _figures() -> str:
    """What a person who writes only for DuckDB asks for."""
    items = ", ".join(f"count(*) FILTER (state = '{p}')" for p in PLACES)
    quantities = ", ".join(f"sum({p})" for p in PLACES)
    values = ", ".join(f"sum(value) FILTER (state = '{p}')" for p in PLACES)
    return f"count(*), {items}, sum(quantity), {quantities}, sum(value), {values}"


def _placed() -> str:
    into = ", ".join(
        f"sum(CASE '{p}' WHEN dst THEN quantity WHEN src THEN -quantity ELSE 0 END)::BIGINT AS {p}"
        for p in PLACES
    )
    return f"SELECT province, item, {into} FROM movements GROUP BY ALL"


_STATE = " ".join(
    f"WHEN {p} > 0 THEN '{p}'"
    for p in ("disputed", "transit", "held", "missing", "accepted", "kept", "closed", "destroyed")
)
ALONE = {
    "statement": f"""SELECT province, kind, measure, {_figures()} FROM (
      SELECT *, CASE {_STATE} END AS state
      FROM inventory JOIN ({_placed()}) USING (province, item)) GROUP BY ALL""",
    "lists": """WITH signed AS (
        SELECT province, item, sum(CASE dst WHEN 'accepted' THEN quantity ELSE -quantity END) AS expected
        FROM movements WHERE (dst = 'accepted' OR src = 'accepted')
          AND kind IN ('received', 'over', 'corrected') GROUP BY ALL),
      claimed AS (
        SELECT province, transition, kind, code, count(*) AS claims, sum(quantity) AS received,
          min(measure) AS low, max(measure) AS high FROM receipts GROUP BY ALL),
      listed AS (
        SELECT province, transition, kind, code, measure, coalesce(expected, 0) AS expected
        FROM inventory LEFT JOIN signed USING (province, item))
      , verdicts AS (SELECT province, kind, transition, code, expected, received, claims, CASE
        WHEN expected IS NULL THEN 'unknown'
        WHEN claims IS NULL AND expected = 0 THEN 'not-due'
        WHEN claims IS NULL THEN 'missing'
        WHEN low <> measure OR high <> measure THEN 'unit-differs'
        WHEN received < expected THEN 'short'
        WHEN received > expected AND claims = 1 THEN 'over'
        WHEN received > expected THEN 'twice'
        WHEN claims > 1 THEN 'divided' ELSE 'matched' END AS verdict
      FROM listed FULL JOIN claimed USING (province, transition, kind, code))
      SELECT province, kind, verdict,
        CASE WHEN verdict NOT IN ('matched', 'divided', 'not-due') THEN transition ELSE 0 END,
        CASE WHEN verdict NOT IN ('matched', 'divided', 'not-due') THEN code ELSE '' END,
        count(*), sum(expected), sum(received), sum(claims)
      FROM verdicts GROUP BY ALL""",
}


def answer(rows: dict[str, list[tuple[Any, ...]]]) -> str:
    """A mark of the answer: the same for the same figures in any order."""
    plain = {
        "statement": sorted([*r[:3], *(int(n or 0) for n in r[3:30])] for r in rows["statement"]),
        "lists": sorted(
            [*r[:3], *(int(n or 0) for n in (r[3], *r[5:])), r[4]] for r in rows["lists"]
        ),
    }
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def by_texts(folders: list[Path], memory: str, texts: dict[str, str]) -> str:
    """Run texts over exports that are trusted as they are."""
    from thongsuot.national import exports
    from thongsuot.national.engines import duckdb_engine
    from thongsuot.national.portable import Province

    found = []
    for folder in folders:
        manifest = json.loads((folder / exports.MANIFEST).read_text())
        paths = {r: folder / f"{r}.parquet" for r in MAKE}
        province = Province(manifest["province"])
        found.append(exports.Export(province, paths, {}, "", ""))
    with duckdb_engine(found, memory=memory) as engine:
        return answer({name: list(engine.rows(sql)) for name, sql in texts.items()})


def alone(folders: list[Path], memory: str) -> str:
    return by_texts(folders, memory, ALONE)


def portable(folders: list[Path], memory: str) -> str:
    from thongsuot.national.portable import portable_sql

    return by_texts(folders, memory, {name: portable_sql(name) for name in ALONE})


def check(folders: list[Path], memory: str) -> str:
    from thongsuot.national.check import count, verify
    from thongsuot.national.engines import duckdb_engine

    exports, refused = verify(folders)
    seen: dict[str, list[tuple[Any, ...]]] = {}
    with duckdb_engine(exports, memory=memory) as engine:
        outcome = count(_Noting(engine, seen), exports, refused)  # type: ignore[arg-type]
    if outcome.faults or not outcome.findings or not outcome.missing:
        sys.exit(
            "the exports were made with losses and without faults, and the check says otherwise"
        )
    return answer(seen)


class _Noting:
    """An engine, and the rows it gave."""

    def __init__(self, engine: Any, seen: dict[str, list[tuple[Any, ...]]]) -> None:
        self.engine, self.seen = engine, seen

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found = list(self.engine.rows(sql))
        self.seen["lists" if "verdict" in sql else "statement"] = found
        return found


WAYS = {"alone": alone, "portable": portable, "check": check}
NAMES = {
    "alone": "DuckDB alone, SQL of its own, trusting the files",
    "portable": "the portable text, the same DuckDB",
    "check": "national check: checksums, faults, findings",
}


def measured(way: str, folders: list[Path], memory: str) -> dict[str, Any]:
    """Run one way in a process of its own and say what it used."""
    command = [sys.executable, "-m", "bench.national", "--way", way, "--memory", memory,
               *map(str, folders)]  # fmt: skip
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    return dict(json.loads(run.stdout.strip().splitlines()[-1]))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--provinces", type=int, default=4)
    asked.add_argument("--memory", default="2GB")
    asked.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "thongsuot-bench")
    asked.add_argument("--repeat", type=int, default=1)
    asked.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    asked.add_argument("folders", nargs="*", type=Path, help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.way:
        begun = time.perf_counter()
        mark = WAYS[chosen.way](chosen.folders, chosen.memory)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({
            "cpu": used.ru_utime + used.ru_stime,
            "wall": time.perf_counter() - begun,
            "mb": used.ru_maxrss / 1024,
            "answer": mark,
        }))  # fmt: skip
        return
    folders = make_exports(chosen.dir, chosen.rows, chosen.provinces)
    best: dict[str, dict[str, Any]] = {}
    for _ in range(chosen.repeat):
        for way in WAYS:
            now = measured(way, folders, chosen.memory)
            if way not in best or now["cpu"] < best[way]["cpu"]:
                best[way] = now
    if len({now["answer"] for now in best.values()}) > 1:
        sys.exit("the ways do not count the same")
    size = sum(path.stat().st_size for folder in folders for path in folder.iterdir()) / 1e6
    print(f"{chosen.rows:,} rows, {chosen.provinces} provinces, {size:.0f} MB, {chosen.memory}")
    print(f"{'':50}{'CPU s':>8}{'×':>6}{'wall s':>8}{'×':>6}{'peak MB':>9}")
    for way, now in best.items():
        cpu, wall = (now[of] / best["alone"][of] for of in ("cpu", "wall"))
        print(
            f"{NAMES[way]:50}{now['cpu']:8.1f}{cpu:6.2f}{now['wall']:8.1f}{wall:6.2f}{now['mb']:9.0f}"
        )


if __name__ == "__main__":
    main()
