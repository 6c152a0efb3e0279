"""``thongsuot backup``, ``restore`` and ``drill``: what comes back is what was there, or it is refused."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from tests.apps.handover.conftest import story

from thongsuot.cli import backup, backup_state
from thongsuot.cli.backup_bundle import MANIFEST, BadBundle, read_manifest
from thongsuot.cli.backup_engines import url_of
from thongsuot.foundation.files.store import keep, path_of
from thongsuot.rules.continuity.heads import Head
from thongsuot.rules.continuity.proof import seal_of

__all__ = ["story"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(story) -> object:
    """An office with a ledger, a trail and two kept files."""
    story.list_items(3)
    for content in (b"ma;ten\n1;2\n", b"ma;ten\n3;4\n"):
        keep(content, "tep.csv", by=story.lan)
    return story


@pytest.fixture
def target() -> Callable[[], str]:
    """The address of an empty database to restore into; empty on SQLite."""
    made: list[str] = []

    def make() -> str:
        if connection.vendor == "sqlite":
            return ""
        name = f"thongsuot_test_restore_{os.getpid()}_{len(made)}"
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        made.append(name)
        return url_of(connection.settings_dict, name)

    yield make
    for name in made:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def repacked(source: Path, out: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A bundle with members changed or left out, as an attacker or a bad disk would leave it."""
    with tarfile.open(source) as old, tarfile.open(out, "w") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return out


def refused(file: Path, into: Path, url: str, known: list[Head], **more: bool) -> str:
    with pytest.raises(BadBundle) as why:
        backup.bring_back(file, into, url, known, **({"older": False} | more))
    assert not into.exists()
    assert not list(into.parent.glob(".phuc-hoi-*"))
    return str(why.value)


def test_what_was_saved_comes_back_and_every_chain_table_and_file_is_compared(
    office, tmp_path, target
):
    file, into = tmp_path / "sao-luu.tar", tmp_path / "phuc-hoi"
    manifest = backup.make(file)
    assert manifest.files == 2
    assert {h.chain for h in manifest.heads} >= {f"transition:{office.transition}"}
    assert file.stat().st_mode & 0o077 == 0
    assert read_manifest(file) == manifest
    lines, lost = backup.bring_back(file, into, target(), manifest.heads, older=False)
    assert "Phục hồi đủ và khớp" in lines[0]
    assert not lost
    kept = sorted(p.name for p in (into / "files").rglob("*") if p.is_file())
    assert len(kept) == 2
    with pytest.raises(BadBundle, match="ghi đè"):
        backup.make(file)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_an_older_backup_is_refused_unless_that_is_meant(office, tmp_path, target):
    file = tmp_path / "cu.tar"
    backup.make(file)
    office.classify()
    now, _counts = backup_state.heads_and_counts(connection)
    words = refused(file, tmp_path / "a", target(), now)
    assert "phục hồi sẽ mất 3 việc đã ghi" in words
    _lines, lost = backup.bring_back(file, tmp_path / "b", target(), now, older=True)
    assert len(lost) == 1


def test_a_backup_that_was_altered_is_refused_with_the_place_and_nothing_is_written_elsewhere(
    office, tmp_path, target
):
    file = tmp_path / "goc.tar"
    backup.make(file)
    url = target()

    def flip(part: str) -> Callable[[str, bytes], bytes]:
        def change(name: str, content: bytes) -> bytes:
            return content[:-1] + bytes([content[-1] ^ 1]) if part in name else content

        return change

    cases = {
        "không còn như khi sao lưu": (flip("database"), flip("files/")),
        "bản sao lưu thiếu": (lambda n, c: None if n.startswith("files/") else c,),
        "bị cắt, hỏng hoặc không phải": (lambda n, c: None if n == MANIFEST else c,),
        "đã bị sửa": (
            lambda n, c: c.replace(b'"files": 2', b'"files": 1') if n == MANIFEST else c,
        ),
    }
    for words, changes in cases.items():
        for change in changes:
            bad = repacked(file, tmp_path / "hong.tar", change)
            assert words in refused(bad, tmp_path / "ra", url, [])
    content = file.read_bytes()
    bad.write_bytes(content[: len(content) // 3])
    assert "bị cắt" in refused(bad, tmp_path / "ra", url, [])
    bad.write_bytes(b"")
    refused(bad, tmp_path / "ra", url, [])
    for name, kind in (("../ngoai", tarfile.REGTYPE), ("/tmp/ngoai", tarfile.REGTYPE),
                       ("files/aa/bb/" + "a" * 64, tarfile.SYMTYPE), ("database.sqlite3/../x", tarfile.REGTYPE)):  # fmt: skip
        bad = tmp_path / "hong.tar"
        shutil.copy(file, bad)
        with tarfile.open(bad, "a") as bundle:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            bundle.addfile(member, io.BytesIO(b""))
        assert "có thứ lạ" in refused(bad, tmp_path / "ra", url, [])
    assert not (tmp_path / "ngoai").exists()


def test_a_row_changed_inside_a_resealed_backup_is_found_by_the_chains(office, tmp_path):
    if connection.vendor != "sqlite":
        return  # the same walk of the chains runs on both; a dump is not edited so easily here
    file = tmp_path / "goc.tar"
    manifest = backup.make(file)

    def forge(name: str, content: bytes) -> bytes:
        path = tmp_path / "sua.sqlite3"
        if name == "database.sqlite3":
            path.write_bytes(content)
            with sqlite3.connect(path) as db:
                for (trigger,) in db.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trail_entry'"
                ).fetchall():
                    db.execute(f"DROP TRIGGER {trigger}")
                db.execute("UPDATE trail_entry SET actor_name = 'Người khác' WHERE id = 1")
            db.close()
            content = path.read_bytes()
        elif name == MANIFEST:
            fields = json.loads(content) | {
                "database": hashlib.sha256(path.read_bytes()).hexdigest()
            }
            content = json.dumps(fields | {"seal": seal_of(fields)}).encode()
        return content

    bad = repacked(file, tmp_path / "gia.tar", forge)
    words = refused(bad, tmp_path / "ra", "", list(manifest.heads))
    assert "hỏng:" in words
    assert "chốt chặn" in words


def test_a_kept_file_lost_before_is_named_and_what_holds_anything_is_not_written_over(
    office, tmp_path, target
):
    stored = keep(b"ma;ten\n5;6\n", "mat.csv", by=office.lan)
    path = path_of(stored.sha256)
    path.unlink()
    manifest = backup.make(tmp_path / "thieu.tar")
    assert manifest.lost == (stored.sha256,)
    assert manifest.files == 2
    file, into = tmp_path / "goc.tar", tmp_path / "day"
    manifest = backup.make(file)
    into.mkdir()
    (into / "quan-trong.txt").write_text("x")
    with pytest.raises(BadBundle, match="không trống"):
        backup.bring_back(file, into, target(), manifest.heads, older=False)
    assert [p.name for p in into.iterdir()] == ["quan-trong.txt"]
    wrong = "" if connection.vendor != "sqlite" else "postgresql://x@127.0.0.1:1/x"
    refused(file, tmp_path / "ra", wrong, [])
    if connection.vendor != "sqlite":
        full = url_of(connection.settings_dict, connection.settings_dict["NAME"])
        assert "không trống" in refused(file, tmp_path / "ra", full, [])


def test_the_drill_saves_restores_compares_and_leaves_nothing(
    office, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    chosen = type("Chosen", (), {"json": True})()
    assert backup.drill(chosen) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is True
    assert said["bytes"] > 0
    assert not list(tmp_path.glob("thongsuot-drill-*"))
