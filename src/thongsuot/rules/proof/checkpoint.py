"""Checkpoints of a log as signed notes, with the cosignatures of witnesses (C2SP forms).

c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature; Ed25519 only.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from thongsuot.rules.proof import ed25519
from thongsuot.rules.proof.merkle import HASH

SIGNS, COSIGNS = 1, 4  # the kinds of key: of a log, of a witness
LARGEST = 2**63 - 1
DASH = "— "
NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")
COUNT = re.compile(r"0|[1-9][0-9]{0,18}")
MOST_LINES = 100


class NotANote(ValueError):
    """A text that is not a note, a checkpoint, a key or a hash in the one form it must have."""


def unbase64(text: str, size: int | None = None) -> bytes:
    """The bytes of a base64 text in its one form. Raises NotANote for any other spelling."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotANote("not base64") from error
    if base64.b64encode(found).decode() != text or size not in (None, len(found)):
        raise NotANote("not base64 of that size in its one form")
    return found


def base64_of(content: bytes) -> str:
    """The bytes as base64 text."""
    return base64.b64encode(content).decode()


@dataclass(frozen=True, slots=True)
class Key:
    """A public key with the name it signs under; ``algorithm`` 1 signs notes, 4 cosigns."""

    name: str
    public: bytes
    algorithm: int = SIGNS

    @property
    def number(self) -> bytes:
        """The four bytes by which a signature line says which key it was made with."""
        kind = bytes([self.algorithm])
        return hashlib.sha256(self.name.encode() + b"\n" + kind + self.public).digest()[:4]

    def __str__(self) -> str:
        kind = bytes([self.algorithm])
        return f"{self.name}+{self.number.hex()}+{base64_of(kind + self.public)}"

    def under(self, name: str) -> "Key":
        """The same key signing under another name: a log of the same office."""
        return Key(name, self.public, self.algorithm)

    def speaks_for(self, origin: str) -> bool:
        """Whether a log with that origin is one of the office with this key."""
        return origin == self.name or origin.startswith(f"{self.name}/")


def read_key(text: str) -> Key:
    """A key out of its one line ``name+number+base64``. Raises NotANote."""
    name, _, rest = text.strip().partition("+")
    number, _, coded = rest.partition("+")
    content = unbase64(coded, 1 + ed25519.KEY)
    key = Key(name, content[1:], content[0])
    if not NAME.fullmatch(name) or key.number.hex() != number or content[0] not in (SIGNS, COSIGNS):
        raise NotANote("not a key")
    return key


@dataclass(frozen=True, slots=True)
class Line:
    """One signature under a note: the name, the number of the key, what was signed with it."""

    name: str
    number: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {base64_of(self.number + self.signature)}\n"


def signature_line(key: Key, signature: bytes) -> Line:
    """The line that puts a signature by that key under a note."""
    return Line(key.name, key.number, signature)


@dataclass(frozen=True, slots=True)
class Note:
    """A text with signatures under it; the text ends with a new line."""

    text: str
    lines: tuple[Line, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.lines))}"

    def with_lines(self, more: Iterable[Line]) -> "Note":
        """The same note with more signatures under it."""
        return Note(self.text, (*self.lines, *more))

    def signed_by(self, key: Key) -> bool:
        """Whether a line under the note is a right signature by that key."""
        return any(
            line.name == key.name
            and line.number == key.number
            and ed25519.signed(key.public, self.text.encode(), line.signature)
            for line in self.lines
        )

    def cosigned_at(self, witness: Key) -> int | None:
        """When that witness cosigned, in seconds of Unix time; None when it did not."""
        for line in self.lines:
            if (line.name, line.number) == (witness.name, witness.number):
                at = cosigned(witness, self.text, line.signature)
                if at is not None:
                    return at
        return None


def cosignature_message(text: str, at: int) -> bytes:
    """What a witness signs: the whole text of the note with the moment."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosigned(witness: Key, text: str, signature: bytes) -> int | None:
    """The moment in a cosignature when it is right; None when it is not."""
    if witness.algorithm != COSIGNS or len(signature) != 8 + ed25519.SIGNATURE:
        return None
    at = int.from_bytes(signature[:8], "big")
    right = at <= LARGEST and ed25519.signed(
        witness.public, cosignature_message(text, at), signature[8:]
    )
    return at if right else None


def read_line(text: str) -> Line:
    """One signature line, without its new line. Raises NotANote."""
    name, _, coded = text.removeprefix(DASH).partition(" ")
    content = unbase64(coded)
    if not text.startswith(DASH) or not NAME.fullmatch(name) or len(content) <= 4:
        raise NotANote("not a signature line")
    return Line(name, content[:4], content[4:])


def read_note(text: str) -> Note:
    """A signed note in its one form. Raises NotANote."""
    body, blank, below = text.rpartition("\n\n")
    if not blank or not below.endswith("\n") or "\r" in text or "\x00" in text:
        raise NotANote("not a note")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_LINES:
        raise NotANote("too many signatures")
    return Note(body + "\n", tuple(read_line(line) for line in lines))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at one size: which log (``origin``), how many leaves, the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64_of(self.root)}\n"


def read_checkpoint(note: Note) -> Checkpoint:
    """The checkpoint in the text of a note; further lines are not ours. Raises NotANote."""
    lines = note.text.split("\n")
    if len(lines) != 4 or not NAME.fullmatch(lines[0]) or not COUNT.fullmatch(lines[1]):
        raise NotANote("not a checkpoint")
    size = int(lines[1])
    if size > LARGEST:
        raise NotANote("not a checkpoint")
    return Checkpoint(lines[0], size, unbase64(lines[2], HASH))
