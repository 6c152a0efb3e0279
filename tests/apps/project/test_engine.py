"""The version gate of SQLite, and settings that fail loudly."""

import sqlite3

import pytest
from django.db import connection

from thongsuot.project import engine, env


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 46, 1), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_wal_is_used_only_where_it_keeps_every_write(version, safe) -> None:
    assert engine.wal_is_safe(version) is safe
    pragmas = engine.journal_pragmas(version)
    assert ("journal_mode=WAL" in pragmas) is safe
    assert ("synchronous=FULL" if safe else "synchronous=EXTRA") in pragmas


@pytest.mark.django_db
def test_the_connection_in_use_follows_the_gate() -> None:
    if connection.vendor != "sqlite":
        assert connection.pg_version >= 140000
        return
    with connection.cursor() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        recursive = cursor.execute("PRAGMA recursive_triggers").fetchone()[0]
        keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
    assert synchronous == (2 if engine.wal_is_safe(sqlite3.sqlite_version_info) else 3)
    assert (recursive, keys) == (1, 1)


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://a@b", "sqlite:///x"])
def test_another_database_is_refused_by_name(url) -> None:
    with pytest.raises(env.BadSetting, match="DATABASE_URL"):
        env.postgres(url)


def test_a_flag_that_is_neither_yes_nor_no_stops_the_start(monkeypatch) -> None:
    monkeypatch.setenv("THONGSUOT_HTTPS", "perhaps")
    with pytest.raises(env.BadSetting, match="THONGSUOT_HTTPS"):
        env.flag("THONGSUOT_HTTPS")


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path) -> None:
    (tmp_path / "key").write_text("s3cret\n", encoding="utf-8")
    monkeypatch.setenv("THONGSUOT_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.text("THONGSUOT_SECRET_KEY") == "s3cret"
