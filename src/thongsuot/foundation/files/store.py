"""Where contents lie: one file per content, under its hash, written once and never again."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from thongsuot.foundation.files import kinds, names
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

BLOCK = 1 << 18
MEGABYTE = 1024 * 1024
_HASH = re.compile(r"^[0-9a-f]{64}$")


class Readable(Protocol):
    """Anything that gives bytes: an open file, an upload."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; empty at the end."""
        ...


def path_of(sha256: str) -> Path:
    """Where the content with that hash lies. Raises ValueError when it is no hash."""
    if not _HASH.match(sha256):
        raise ValueError("not a SHA-256 in hexadecimal")
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def keep(
    content: Readable | bytes, name: str, *, by: Actor | int, limit: int | None = None
) -> StoredFile:
    """Keep the content; the same content again gives the row that is there already.

    ``limit`` in bytes replaces settings.UPLOAD_MAX_BYTES for what the system makes itself.
    Works inside the caller's transaction: if that is taken back, the content stays on disk
    without a row, which harms nothing and is listed by ``check_files``.

    Raises Refused (413) above settings.UPLOAD_MAX_BYTES, noticed while reading; Refused (422)
    for a content that is not kept, or a name that says something else than the content.
    """
    shown = names.display_name(name)
    source = BytesIO(content) if isinstance(content, bytes) else content
    root = Path(settings.FILES_ROOT)
    (root / "tmp").mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, raw_path = tempfile.mkstemp(dir=root / "tmp")
    path = Path(raw_path)
    try:
        with os.fdopen(handle, "w+b") as target:
            sha256, size = _copy(source, target, shown, limit or settings.UPLOAD_MAX_BYTES)
            kind = _kind(target, size, shown)
            target.flush()
            os.fsync(target.fileno())
        _place(path, path_of(sha256))
    finally:
        path.unlink(missing_ok=True)
    row, _new = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": size,
            "media": kind.media,
            "first_name": shown,
            "remarks": list(kind.remarks),
            "by": by.user if isinstance(by, Actor) else by,
        },
    )
    return row


def open_file(stored: StoredFile) -> BinaryIO:
    """The content, open for reading. Raises FileNotFoundError when the disk lost it."""
    return path_of(stored.sha256).open("rb")


def all_on_disk() -> Iterator[str]:
    """The hash of every content on disk, in order."""
    root = Path(settings.FILES_ROOT)
    for path in sorted(root.glob("??/??/*")):
        if _HASH.match(path.name):
            yield path.name


def _copy(source: Readable, target: BinaryIO, shown: str, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := source.read(BLOCK):
        size += len(block)
        if size > limit:
            raise Refused([Problem("files.too-big", shown, {"limit": limit // MEGABYTE})], 413)
        digest.update(block)
        target.write(block)
    return digest.hexdigest(), size


def _kind(content: BinaryIO, size: int, shown: str) -> kinds.Kind:
    try:
        kind = kinds.kind_of(content, size)
    except kinds.Unfit as unfit:
        problem = unfit.problem
        raise Refused([Problem(problem.code, shown, problem.facts)]) from unfit
    if not names.agrees(shown, kind.media):
        right = kinds.ENDINGS[kind.media][0]
        raise Refused.because("files.wrong-ending", shown, right=right)
    return kind


def _place(temporary: Path, final: Path) -> None:
    """Give the content its place: all of it or nothing, and lasting when this returns."""
    if final.exists():
        return
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary.chmod(0o440)
    os.replace(temporary, final)
    for folder in (final.parent, final.parent.parent, final.parent.parent.parent):
        _settle(folder)


def _settle(folder: Path) -> None:
    """Make the entry of a file in its folder survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
