"""A dump comes back whole where the extension of the word indexes may not be made."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from thongsuot.cli.backup_bundle import BadBundle
from thongsuot.cli.backup_engines import load

SERVER = os.environ.get("DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not SERVER, reason="of PostgreSQL")
ROLE, FROM, TO = "chi_tao_bang", "words_dumped", "words_restored"


def _sql(url: str, *statements: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as asked:
        for statement in statements:
            found = asked.execute(statement.encode())
        return found.fetchall() if found.description else []


@pytest.fixture
def databases() -> Iterator[tuple[str, str]]:
    """One with the extension, and an empty one whose user may make tables and no extension."""
    at = SERVER.rsplit("/", 1)[0]
    poor = at.replace("://" + at.split("://")[1].split("@")[0], f"://{ROLE}")
    gone = (f"DROP DATABASE IF EXISTS {FROM}", f"DROP DATABASE IF EXISTS {TO}", f"DROP ROLE IF EXISTS {ROLE}")  # fmt: skip
    _sql(SERVER, *gone, f"CREATE ROLE {ROLE} LOGIN", f"CREATE DATABASE {FROM}", f"CREATE DATABASE {TO}")  # fmt: skip
    _sql(f"{at}/{TO}", f"GRANT CREATE ON SCHEMA public TO {ROLE}")
    _sql(
        f"{at}/{FROM}",
        "CREATE EXTENSION pg_trgm",
        "CREATE TABLE muc (id integer PRIMARY KEY, folded text NOT NULL)",
        "CREATE INDEX muc_words ON muc USING gin (folded gin_trgm_ops)",
        "CREATE INDEX muc_folded ON muc (folded)",
        "INSERT INTO muc VALUES (1, 'ho so dat dai'), (2, 'ho so ho tich')",
    )
    yield f"{at}/{FROM}", f"{poor}/{TO}"
    _sql(SERVER, *gone)


def _dumped(url: str, into: Path) -> Path:
    subprocess.run(["pg_dump", "--format=custom", f"--file={into}", url], check=True)
    return into


def test_without_the_extension_everything_else_is_there(databases, tmp_path) -> None:
    source, target = databases
    load(target, _dumped(source, tmp_path / "a.dump"))
    assert _sql(target, "SELECT id, folded FROM muc ORDER BY id") == [
        (1, "ho so dat dai"), (2, "ho so ho tich"),
    ]  # fmt: skip
    indexes = {r[0] for r in _sql(target, "SELECT indexname FROM pg_indexes WHERE tablename = 'muc'")}  # fmt: skip
    assert indexes == {"muc_pkey", "muc_folded"}
    assert _sql(target, "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'") == []


def test_any_other_fault_leaves_nothing_behind(databases, tmp_path) -> None:
    source, target = databases
    _sql(source, "CREATE SCHEMA khac", "CREATE TABLE khac.bang (id integer)")
    with pytest.raises(BadBundle):
        load(target, _dumped(source, tmp_path / "b.dump"))
    assert _sql(target, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []
