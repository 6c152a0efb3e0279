"""Files of addresses that wait for their answer: under their hash, gone when the answer is there."""

import hashlib
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

LONGEST = 24 * 3600  # seconds a file waits at most: whoever sent it has gone home


def folder() -> Path:
    """Where they wait; nobody else's files lie there."""
    place = Path(settings.FILES_ROOT) / "spool"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep(sent: "UploadedFile[Any]") -> str:
    """Lay the file aside. Returns its name: its hash, and a mark of its own for one sent twice."""
    sweep()
    place = folder() / f"part-{uuid4().hex}"
    digest = hashlib.sha256()
    with place.open("wb") as target:
        for piece in sent.chunks():
            digest.update(piece)
            target.write(piece)
    name = f"{digest.hexdigest()}-{uuid4().hex[:8]}"
    place.rename(folder() / name)
    return name


def path_of(name: str) -> Path:
    """Where a file waits."""
    return folder() / Path(name).name


def drop(name: str) -> None:
    """The answer is there, or there will be none."""
    path_of(name).unlink(missing_ok=True)


def sweep() -> int:
    """Take away what has waited for too long. Returns how many."""
    oldest = time.time() - LONGEST
    gone = [p for p in folder().iterdir() if p.is_file() and p.stat().st_mtime < oldest]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
