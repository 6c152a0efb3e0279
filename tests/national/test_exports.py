"""An export is counted only when it is byte for byte what its manifest, and its signer, say."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.national.oracle import MADE, Land

from thongsuot.cli.national_words import REFUSED_WORDS
from thongsuot.national.check import verify
from thongsuot.national.exports import Refusal, make_export, new_key, open_export, sha256
from thongsuot.national.portable import RELATIONS, Province

HERE = Province("01", "Hà Nội (minh họa)")


def signed(folder: Path, land: Land, key: Path) -> Path:
    make_export(folder, HERE, land.relations(), MADE, key.read_bytes())
    return folder


def refused(folder: Path, keys: dict[str, str] | None = None) -> str:
    exports, (fault,) = verify([folder], keys)
    assert exports == ()
    assert REFUSED_WORDS[fault.code].format(**fault.facts)
    return fault.code


def rewrite(folder: Path, change: Callable[[dict], None]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_an_export_says_how_many_rows_and_which_checksums_it_has(sent, sound: Land) -> None:
    folder = sent(sound)
    export = open_export(folder)
    assert dict(export.rows) == {"inventory": 3, "movements": 7, "receipts": 3}
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {r: f["sha256"] for r, f in manifest["files"].items()} == {
        r: sha256(folder / f"{r}.parquet") for r in RELATIONS
    }
    assert (export.province.code, export.key) == ("01", "")


@pytest.mark.parametrize("name", [*(f"{r}.parquet" for r in RELATIONS), "manifest.json"])
def test_one_flipped_byte_anywhere_is_refused(sound: Land, tmp_path: Path, name: str) -> None:
    key = tmp_path / "key.pem"
    public = new_key(key)
    path = signed(tmp_path / "e", sound, key) / name
    content = path.read_bytes()
    for at in range(0, len(content), max(1, len(content) // 40)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        code = refused(path.parent, {"01": public})
        assert code in ("file-changed", "signature-wrong", "manifest-unreadable")
    path.write_bytes(content)
    assert open_export(path.parent, {"01": public}).key == public


def test_a_signature_holds_only_with_the_key_of_the_province(sound: Land, tmp_path: Path) -> None:
    key, other = tmp_path / "key.pem", tmp_path / "other.pem"
    public, stranger = new_key(key), new_key(other)
    folder = signed(tmp_path / "e", sound, key)
    assert key.stat().st_mode & 0o077 == 0
    assert open_export(folder).key == public
    assert refused(folder, {"01": stranger}) == "not-by-its-key"
    assert refused(folder, {"79": public}) == "not-by-its-key"
    (folder / "manifest.sig").unlink()
    assert refused(folder, {"01": public}) == "not-signed"
    assert refused(folder, {}) == "not-signed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.update(schema=2), "schema-unknown"),
        (lambda m: m.pop("schema"), "manifest-unreadable"),
        (lambda m: m.update(province="../x"), "manifest-unreadable"),
        (lambda m: m["files"].pop("receipts"), "manifest-unreadable"),
        (lambda m: m["files"]["receipts"].update(rows=4), "rows-differ"),
        (lambda m: m["files"]["receipts"].update(rows="many"), "manifest-unreadable"),
        (lambda m: m["files"]["receipts"].update(bytes=1), "file-changed"),
        (lambda m: m.update(files=[]), "manifest-unreadable"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(sent, sound: Land, change, code) -> None:
    folder = sent(sound)
    rewrite(folder, change)
    assert refused(folder) == code


def test_what_is_missing_or_of_another_shape_is_refused(sent, sound: Land, tmp_path: Path) -> None:
    folder = sent(sound)
    (folder / "receipts.parquet").rename(folder / "kept")
    assert refused(folder) == "file-missing"
    for table, code in (
        (pa.table({"transition": [1]}), "columns-differ"),
        (pq.read_table(folder / "kept").cast(_nullable()), "columns-differ"),
    ):
        path = folder / "receipts.parquet"
        pq.write_table(table, path)
        said = {"sha256": sha256(path), "bytes": path.stat().st_size, "rows": table.num_rows}
        rewrite(folder, lambda m, said=said: m["files"]["receipts"].update(said))
        assert refused(folder) == code
    assert refused(tmp_path / "nowhere") == "no-manifest"


def _nullable() -> pa.Schema:
    columns = RELATIONS["receipts"].items()
    return pa.schema([(n, pa.int64() if k == "whole" else pa.string()) for n, k in columns])


def test_two_exports_of_one_province_are_not_added_up(sent, sound: Land) -> None:
    exports, (fault,) = verify([sent(sound), sent(sound, "again")])
    assert [e.province.code for e in exports] == ["01"]
    assert fault.code == "province-twice"


def test_nothing_is_written_where_something_is(sound: Land, tmp_path: Path) -> None:
    (tmp_path / "old").touch()
    with pytest.raises(Refusal) as fault:
        make_export(tmp_path, HERE, sound.relations(), datetime.now(UTC))
    assert fault.value.code == "not-empty"
    with pytest.raises(Refusal) as fault:
        make_export(tmp_path / "new", HERE, sound.relations(), MADE, b"not a key")
    assert (fault.value.code, (tmp_path / "new").exists()) == ("key-unreadable", False)


@pytest.mark.parametrize("code", ["", "1", "001", "0a", "१२", "01\n"])
def test_a_province_has_two_digits(code: str) -> None:
    with pytest.raises(ValueError, match="two digits"):
        Province(code)
