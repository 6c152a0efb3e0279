"""The receipt of signed minutes and the evidence of acts: one file, and all that can be wrong with it.

The file is ``{"body":…,"seal":"…"}`` and a new line. The seal is the office's signature over the
bytes of the body as they stand, so every byte counts and nobody has to write JSON anew to check
it. What was hashed on the trail stands inside as text, for the same reason.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from thongsuot.rules.kernel.canonical import canonical
from thongsuot.rules.proof import ed25519
from thongsuot.rules.proof.checkpoint import (
    SIGNS,
    Checkpoint,
    Key,
    NotANote,
    Note,
    base64_of,
    read_checkpoint,
    read_key,
    read_note,
    unbase64,
)
from thongsuot.rules.proof.merkle import HASH, leaf_hash

FORMAT = "thong-suot/receipt/1"
MINUTES, EVIDENCE = "minutes", "evidence"
SIGNED = "handover.minutes-signed"  # the act on the trail by which a side signs
SEAL = re.compile(rb'\{"body":(\{.*\}),"seal":"([A-Za-z0-9+/]{86}==)"\}\n', re.DOTALL)
HEX = re.compile(r"[0-9a-f]{64}")
LARGEST = 64 * 1024 * 1024
Plain = dict[str, object]
T = TypeVar("T")


class NotAReceipt(ValueError):
    """A file that is not a receipt of this form; says which part of it is not."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One act as it stands in the log: the hash before it and its content, and where it stands."""

    index: int
    prev: str
    content: str
    proof: tuple[bytes, ...]

    @property
    def hash(self) -> bytes:
        """The leaf hash, which is the hash that the trail keeps for the act."""
        return leaf_hash(bytes.fromhex(self.prev) + self.content.encode())

    @property
    def facts(self) -> Plain:
        """What the act says. Raises NotAReceipt when it is not a mapping."""
        return _mapping(_loads(self.content))


@dataclass(frozen=True, slots=True)
class Introduced:
    """A key of the office; ``introduction`` is the signature of the key before it, empty for the first."""

    key: Key
    introduction: bytes = b""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier checkpoint of the same log and the proof that this one continues it."""

    note: Note
    checkpoint: Checkpoint
    proof: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A receipt or evidence as read; nothing of it is believed before ``verify``."""

    body: bytes
    seal: bytes
    kind: str
    code: str
    origin: str
    made_at: str
    keys: tuple[Introduced, ...]
    note: Note
    checkpoint: Checkpoint
    earlier: tuple[Earlier, ...]
    leaves: tuple[bytes, ...]
    entries: tuple[Leaf, ...]
    minutes: str = ""
    named: Plain = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """The key that sealed it: the newest one that it names."""
        return self.keys[-1].key


def introduction_message(key: Key) -> bytes:
    """What the old key of an office signs when a new one follows it."""
    return f"thong-suot/key/v1\n{key}\n".encode()


def seal_message(body: bytes) -> bytes:
    """What the office signs under a receipt: the hash of its body, set apart from any checkpoint."""
    return f"thong-suot/seal/v1\n{hashlib.sha256(body).hexdigest()}\n".encode()


def write(body: Mapping[str, object], sign: Callable[[bytes], bytes]) -> bytes:
    """The file with that body, sealed."""
    written = canonical({"format": FORMAT, **body})
    return b'{"body":%s,"seal":"%s"}\n' % (written, base64_of(sign(seal_message(written))).encode())


def minutes_content(heading: Mapping[str, object], lines: Sequence[object]) -> str:
    """The text whose SHA-256 both sides have signed: the heading and every line of minutes."""
    return canonical({"heading": dict(heading), "lines": list(lines)}).decode()


def read(raw: bytes) -> Document:
    """The file as a document. Raises NotAReceipt for whatever has not the form."""
    found = SEAL.fullmatch(raw) if len(raw) <= LARGEST else None
    if found is None:
        raise NotAReceipt("frame")
    try:
        return _document(found[1], unbase64(found[2].decode(), ed25519.SIGNATURE))
    except (NotANote, UnicodeDecodeError, RecursionError) as error:
        raise NotAReceipt(str(error) or "form") from error


def _document(body: bytes, seal: bytes) -> Document:
    of = _mapping(_loads(body.decode()))
    if of.get("format") != FORMAT or of.get("kind") not in (MINUTES, EVIDENCE):
        raise NotAReceipt("format")
    note = read_note(_get(of, "checkpoint", str))
    leaves = unbase64(_get(of, "leaves", str))
    keys = tuple(_introduced(_mapping(k)) for k in _get(of, "keys", list))
    entries = tuple(_leaf(_mapping(e)) for e in _get(of, "entries", list))
    if not keys or not entries or len(leaves) % HASH:
        raise NotAReceipt("keys, entries or leaves")
    return Document(
        body,
        seal,
        _get(of, "kind", str),
        _get(of, "code", str),
        _get(of, "origin", str),
        _get(of, "made_at", str),
        keys,
        note,
        read_checkpoint(note),
        tuple(_earlier(_mapping(e)) for e in _get(of, "earlier", list)),
        tuple(leaves[at : at + HASH] for at in range(0, len(leaves), HASH)),
        entries,
        _get(of, "minutes", str),
        _mapping(of.get("named")),
        _files(_mapping(of.get("files"))),
    )


def _loads(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_float=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise NotAReceipt("json") from error


def _refuse_constant(text: str) -> object:
    raise NotAReceipt(f"number {text}")


def _mapping(value: object) -> Plain:
    if not isinstance(value, dict):
        raise NotAReceipt("mapping")
    return value


def _get(of: Plain, name: str, kind: type[T]) -> T:
    value = of.get(name)
    if type(value) is not kind:
        raise NotAReceipt(name)
    return value


def _hex(text: str) -> str:
    if not HEX.fullmatch(text):
        raise NotAReceipt("hash")
    return text


def _proof(steps: list[object]) -> tuple[bytes, ...]:
    if len(steps) > 64 or not all(isinstance(step, str) for step in steps):
        raise NotAReceipt("proof")
    return tuple(unbase64(str(step), HASH) for step in steps)


def _introduced(of: Plain) -> Introduced:
    key = read_key(_get(of, "key", str))
    if key.algorithm != SIGNS:
        raise NotAReceipt("key")
    return Introduced(key, unbase64(_get(of, "introduction", str)))


def _leaf(of: Plain) -> Leaf:
    return Leaf(
        _get(of, "index", int),
        _hex(_get(of, "prev", str)),
        _get(of, "content", str),
        _proof(_get(of, "proof", list)),
    )


def _earlier(of: Plain) -> Earlier:
    note = read_note(_get(of, "checkpoint", str))
    return Earlier(note, read_checkpoint(note), _proof(_get(of, "proof", list)))


def _files(of: Plain) -> Mapping[str, str]:
    return {name: _hex(_get(of, name, str)) for name in of}
