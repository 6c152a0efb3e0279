"""What a proof of a copy says: every file, every table, one root over all of it; as text and back.

The root stands for the content alone: the same content gives the same root on every machine. The
seal stands for the whole proof, so that a proof that was changed is not taken for a whole one.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from thongsuot.rules.kernel.problem import Problem

FORMAT = "thongsuot-copy-proof"
VERSION = 1
HEX = frozenset("0123456789abcdef")


class Kind(StrEnum):
    """What was copied."""

    FOLDER = "folder"
    FILE = "file"
    SQLITE = "sqlite"
    POSTGRES = "postgres-dump"


class Sort(StrEnum):
    """What stands under a name in a folder."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder. ``path`` is relative with /, byte for byte as the disk has it.

    A link is listed with its ``target`` and never followed.
    """

    path: str
    sort: Sort = Sort.FILE
    size: int = 0
    sha256: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order with their declared types, its rows, their checksum."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made the proof, when, with what. ``at`` is ISO 8601 with its offset."""

    tool: str
    at: str
    who: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class Sampled:
    """What was chosen by the seed to be read a second time: paths, and rows by their digest."""

    files: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof, whole. ``schema`` is the digest of what a database says beside its rows.

    ``whole`` is the hash of the one file that was read (empty for a folder); two copies of one
    database may differ in it and be equal. ``left_out`` names what the proof says nothing of.
    """

    kind: Kind
    name: str
    maker: Maker
    entries: tuple[Entry, ...] = ()
    tables: tuple[Table, ...] = ()
    schema: str = ""
    whole: str = ""
    size: int = 0
    left_out: tuple[str, ...] = ()
    sampled: Sampled = Sampled()

    @property
    def root(self) -> str:
        """One hash over the whole content."""
        digest = hashlib.sha256(f"{FORMAT}/{VERSION}/{self.kind}\n".encode())
        for line in sorted(_content(self)):
            digest.update(line)
        return digest.hexdigest()

    @property
    def files(self) -> int:
        """How many files it covers."""
        return sum(e.sort is Sort.FILE for e in self.entries)

    @property
    def rows(self) -> int:
        """How many rows it covers."""
        return sum(t.rows for t in self.tables)

    @property
    def octets(self) -> int:
        """How many bytes were read for it."""
        return self.size or sum(e.size for e in self.entries)


def _line(*parts: object) -> bytes:
    return json.dumps(parts, separators=(",", ":")).encode() + b"\n"


def _content(proof: Proof) -> Iterator[bytes]:
    for e in proof.entries:
        yield _line("entry", e.path, e.sort, e.size, e.sha256, e.target)
    for t in proof.tables:
        yield _line("table", t.name, t.columns, t.types, t.rows, t.checksum)
    if proof.schema:
        yield _line("schema", proof.schema)
    if not proof.tables and not proof.entries:
        yield _line("whole", proof.size, proof.whole)


def _header(proof: Proof) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "kind": str(proof.kind),
        "name": proof.name,
        "root": proof.root,
        "maker": asdict(proof.maker),
        "schema": proof.schema,
        "whole": proof.whole,
        "size": proof.size,
        "files": proof.files,
        "rows": proof.rows,
        "left_out": list(proof.left_out),
        "sampled": {"files": list(proof.sampled.files), "rows": [list(r) for r in proof.sampled.rows]},
    }  # fmt: skip


def seal_of(fields: Mapping[str, object]) -> str:
    """The hash over everything a proof says, but for itself."""
    said = {name: value for name, value in fields.items() if name != "seal"}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def as_fields(proof: Proof) -> dict[str, object]:
    """The proof as plain values, with its root and its seal."""
    fields = _header(proof) | {
        "tables": [asdict(t) | {"columns": list(t.columns), "types": list(t.types)} for t in proof.tables],
        "entries": [_slim(e) for e in proof.entries],
    }  # fmt: skip
    return fields | {"seal": seal_of(fields)}


def _slim(entry: Entry) -> dict[str, object]:
    """An entry without what says nothing, so that a proof of a million files stays readable."""
    return {k: v for k, v in asdict(entry).items() if v not in ("", 0)} | {"sort": str(entry.sort)}


def as_text(proof: Proof) -> str:
    """The proof as JSON text, one file or table a line."""
    fields = as_fields(proof)
    parts = []
    for name, value in fields.items():
        if name in ("tables", "entries") and isinstance(value, list) and value:
            lines = ",\n".join(json.dumps(one) for one in value)
            parts.append(f'"{name}": [\n{lines}\n]')
        else:
            parts.append(f'"{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


class NotAProof(Exception):
    """A text that is no proof, or no longer the proof that was made; ``problem`` says why."""

    def __init__(self, code: str, **facts: object) -> None:
        self.problem = Problem(code, "", facts)
        super().__init__(code)


def read_proof(text: str | bytes) -> Proof:
    """The proof that a text holds.

    Raises NotAProof: not JSON, another format, a newer version, a field that cannot be, or a seal or
    root that does not fit what the proof says.
    """
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAProof("continuity.not-json") from error
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise NotAProof("continuity.not-a-proof")
    if fields.get("version") != VERSION:
        raise NotAProof("continuity.other-version", version=str(fields.get("version"))[:20])
    try:
        proof = _proof(fields)
        sealed = seal_of(fields)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NotAProof("continuity.proof-broken", field=str(error)[:60]) from error
    if fields.get("seal") != sealed or fields.get("root") != proof.root:
        raise NotAProof("continuity.proof-altered")
    return proof


def _proof(fields: Mapping[str, Any]) -> Proof:
    sampled, maker = fields["sampled"], fields["maker"]
    return Proof(
        kind=Kind(fields["kind"]),
        name=_text(fields["name"]),
        maker=Maker(*(_text(maker[n]) for n in ("tool", "at", "who", "host"))),
        entries=_unique(_entry(e) for e in fields["entries"]),
        tables=tuple(_table(t) for t in fields["tables"]),
        schema=_hash(fields["schema"]),
        whole=_hash(fields["whole"]),
        size=_count(fields["size"]),
        left_out=tuple(_text(x) for x in fields["left_out"]),
        sampled=Sampled(
            tuple(_text(x) for x in sampled["files"]),
            tuple((_text(t), _hash(d)) for t, d in sampled["rows"]),
        ),
    )


def _unique(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    found = tuple(entries)
    if len({e.path for e in found}) != len(found):
        raise ValueError("path twice")
    return found


def _entry(fields: Mapping[str, Any]) -> Entry:
    return Entry(
        path=_text(fields["path"]),
        sort=Sort(fields["sort"]),
        size=_count(fields.get("size", 0)),
        sha256=_hash(fields.get("sha256", "")),
        target=_text(fields.get("target", "")),
    )


def _table(fields: Mapping[str, Any]) -> Table:
    return Table(
        name=_text(fields["name"]),
        columns=tuple(_text(c) for c in fields["columns"]),
        types=tuple(_text(c) for c in fields["types"]),
        rows=_count(fields["rows"]),
        checksum=_hash(fields["checksum"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("count expected")
    return value


def _hash(value: object) -> str:
    if not isinstance(value, str) or (value and (len(value) != 64 or not set(value) <= HEX)):
        raise ValueError("hash expected")
    return value
