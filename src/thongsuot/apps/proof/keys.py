"""The office's private key: one file beside the data, readable by nobody else, never in the database."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from thongsuot.rules.proof.checkpoint import (
    COSIGNS,
    Key,
    Line,
    base64_of,
    cosignature_message,
    signature_line,
    unbase64,
)

SEED = 32


def home() -> Path:
    """The folder of keys and of checkpoints kept outside the database, beside the stored files."""
    return Path(settings.FILES_ROOT).parent / "proof"


def _write(path: Path, content: str) -> None:
    """Whole and private from its first moment; the first of two at once wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(name, path)
    os.unlink(name)


class OfficeHand:
    """The private key in use: signs notes and seals, and cosigns for others."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> bytes:
        """The public half."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def key(self, name: str, algorithm: int = 1) -> Key:
        """The public key under a name."""
        return Key(name, self.public, algorithm)

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        return self._private.sign(message)

    def note_line(self, name: str, text: str) -> Line:
        """The line under a note of that log."""
        return signature_line(self.key(name), self.sign(text.encode()))

    def cosign(self, name: str, text: str, at: int) -> Line:
        """The line of a witness under a note of somebody else, with the moment in seconds."""
        signature = at.to_bytes(8, "big") + self.sign(cosignature_message(text, at))
        return signature_line(self.key(name, COSIGNS), signature)


def current() -> OfficeHand:
    """The key in use, made when there is none yet. Raises ValueError when the file is damaged."""
    path = home() / "office.key"
    if not path.exists():
        _write(path, base64_of(os.urandom(SEED)))
    return OfficeHand(unbase64(path.read_text(encoding="ascii").strip(), SEED))


def fresh() -> tuple[OfficeHand, str]:
    """A new key that is not in use yet, and what ``put`` needs."""
    seed = os.urandom(SEED)
    return OfficeHand(seed), base64_of(seed)


def put(content: str) -> None:
    """Take a new key into use; the old one is kept beside it under the number of its day."""
    path = home() / "office.key"
    number = len(list(home().glob("office-*.old")))
    _write(home() / f"office-{number + 1}.old", path.read_text(encoding="ascii"))
    waiting = home() / "office.new"
    waiting.unlink(missing_ok=True)
    _write(waiting, content)
    waiting.replace(path)
