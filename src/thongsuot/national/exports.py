"""What a province hands up: three Parquet files, a manifest with their checksums, a signature."""

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from thongsuot.national.portable import RELATIONS, SCHEMA_VERSION, WHOLE, Province

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_BLOCK = 50_000  # rows in memory at a time
_PIECE = 1 << 20
_LARGEST_MANIFEST = 1 << 20
Rows = Iterable[Sequence[Any]]


class Refusal(Exception):
    """An export that must not be counted: which fault, and what shows it."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Export:
    """An export whose files are what its manifest says.

    ``key`` is the public key it was signed with, in base64; "" when nobody signed.
    """

    province: Province
    files: Mapping[str, Path]
    rows: Mapping[str, int]
    made_at: str
    key: str


def schema_of(relation: str) -> pa.Schema:
    """The columns of a relation in Parquet: whole numbers of 64 bits and text, never absent."""
    kinds = {WHOLE: pa.int64()}
    return pa.schema(
        [
            pa.field(name, kinds.get(kind, pa.string()), nullable=False)
            for name, kind in RELATIONS[relation].items()
        ]
    )


def make_export(
    folder: Path,
    province: Province,
    relations: Mapping[str, Rows],
    made_at: datetime,
    key: bytes | None = None,
) -> Export:
    """Write the files, then the manifest, then the signature; the folder must be empty.

    Shapes: ``relations`` gives the rows of each relation in the order of its columns; ``key`` is
    an Ed25519 private key as PEM. Raises Refusal when the folder has something in it or the key
    cannot be read, before anything is written.
    """
    signer = _signer(key) if key else None
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refusal("not-empty", folder=str(folder))
    written: dict[str, dict[str, object]] = {}
    for relation in RELATIONS:
        path = folder / f"{relation}.parquet"
        count = write_relation(path, relation, relations[relation])
        digest = {"sha256": sha256(path), "bytes": path.stat().st_size, "rows": count}
        written[relation] = {"file": path.name, **digest}
    manifest = {
        "schema": SCHEMA_VERSION,
        "province": province.code,
        "name": province.name,
        "made_at": made_at.isoformat(),
        "files": written,
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    if signer:
        public = signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        signed = {"algorithm": "Ed25519", "key": _base64(public),
                  "signature": _base64(signer.sign(content))}  # fmt: skip
        (folder / SIGNATURE).write_text(json.dumps(signed, indent=1), encoding="utf-8")
    (folder / MANIFEST).write_bytes(content)  # last: without it there is no export
    return open_export(folder)


def write_relation(path: Path, relation: str, rows: Rows) -> int:
    """Write the rows of a relation as Parquet, some at a time. Returns how many there were."""
    schema, count, rest = schema_of(relation), 0, iter(rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        while block := list(islice(rest, _BLOCK)):
            columns = zip(*block, strict=True)
            arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
            out.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(block)
    return count


def sha256(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    hashed = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(_PIECE):
            hashed.update(piece)
    return hashed.hexdigest()


def new_key(path: Path) -> str:
    """Make a key pair; the private part goes into a new file that only its owner may read.

    Returns the public part in base64, for the nation's list of keys.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(pem)
    return _base64(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _signer(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as fault:
        raise Refusal("key-unreadable") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise Refusal("key-unreadable")
    return key


def province_of(folder: Path) -> Province:
    """The province that a folder says it is of, believed only to name it in a refusal."""
    try:
        manifest = json.loads(_small(folder / MANIFEST))
        return Province(str(manifest["province"]), str(manifest.get("name", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, Refusal):
        return Province("00")


def open_export(folder: Path, keys: Mapping[str, str] | None = None) -> Export:
    """Verify an export: signature, version, every file's size, checksum, columns and row count.

    Shapes: ``keys`` gives the public key of each province in base64; with it an export must be
    signed by that key. Without it a signature only shows that nothing changed since it was made.

    Raises Refusal at the first thing that is not as the manifest says.
    """
    if not (folder / MANIFEST).is_file():
        raise Refusal("no-manifest", folder=str(folder))
    content = _small(folder / MANIFEST)
    key = _signed_by(folder, content)
    manifest = _read(content)
    province = Province(manifest["province"], manifest["name"])
    if keys is not None and key != keys.get(province.code):
        raise Refusal("not-by-its-key" if key else "not-signed")
    paths, rows = {}, {}
    for relation in RELATIONS:
        said = manifest["files"][relation]
        paths[relation] = folder / f"{relation}.parquet"
        rows[relation] = int(said["rows"])
        _verify(paths[relation], relation, said)
    return Export(province, paths, rows, str(manifest["made_at"]), key)


def _small(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_MANIFEST:
        raise Refusal("manifest-unreadable")
    return path.read_bytes()


def _signed_by(folder: Path, content: bytes) -> str:
    """The public key under whose signature the manifest stands; "" when it has none."""
    if not (folder / SIGNATURE).exists():
        return ""
    try:
        signed = json.loads(_small(folder / SIGNATURE))
        public = base64.b64decode(signed["key"], validate=True)
        signature = base64.b64decode(signed["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (ValueError, KeyError, TypeError, InvalidSignature) as fault:
        raise Refusal("signature-wrong") from fault
    return _base64(public)


def _read(content: bytes) -> dict[str, Any]:
    """The manifest as far as it must be there, in the version that is known."""
    try:
        manifest = json.loads(content)
        version = manifest["schema"]
    except (ValueError, KeyError, TypeError) as fault:
        raise Refusal("manifest-unreadable") from fault
    if version != SCHEMA_VERSION:
        raise Refusal("schema-unknown", version=str(version), known=SCHEMA_VERSION)
    try:
        Province(manifest["province"], str(manifest["name"]))
        for relation in RELATIONS:
            said = manifest["files"][relation]
            if not (isinstance(said["sha256"], str) and int(said["rows"]) >= 0):
                raise Refusal("manifest-unreadable")
        str(manifest["made_at"])
    except (ValueError, KeyError, TypeError) as fault:
        raise Refusal("manifest-unreadable") from fault
    return dict(manifest)


def _verify(path: Path, relation: str, said: Mapping[str, Any]) -> None:
    if not path.is_file():
        raise Refusal("file-missing", file=path.name)
    if path.stat().st_size != said.get("bytes") or sha256(path) != said["sha256"]:
        raise Refusal("file-changed", file=path.name)
    try:
        with pq.ParquetFile(path) as parquet:
            columns, rows = parquet.schema_arrow, parquet.metadata.num_rows
    except (pa.ArrowException, OSError) as fault:
        raise Refusal("file-unreadable", file=path.name) from fault
    if not columns.equals(schema_of(relation)):
        raise Refusal("columns-differ", file=path.name)
    if rows != said["rows"]:
        raise Refusal("rows-differ", file=path.name, said=said["rows"], there=rows)
