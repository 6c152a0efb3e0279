"""Checkpoints kept outside the database: what an old backup put back would fall short of.

After each checkpoint its note is written beside the key. One that a witness or a printed paper
holds can be put there too (``manage.py proof_hold``). A database that does not continue what is
held has lost or rewritten acts: nothing more is signed on it.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from thongsuot.apps.proof.keys import home
from thongsuot.apps.proof.logs import tree_of
from thongsuot.apps.proof.models import OfficeKey
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof.checkpoint import (
    Checkpoint,
    NotANote,
    Note,
    read_checkpoint,
    read_key,
    read_note,
)
from thongsuot.rules.proof.merkle import Tree

_ONE_AT_A_TIME = Lock()


def _path(origin: str) -> Path:
    return home() / "held" / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.txt"


def hold(note: Note) -> None:
    """Keep a checkpoint, unless a longer one of the same log is held already."""
    mark = read_checkpoint(note)
    path = _path(mark.origin)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _ONE_AT_A_TIME:  # many people sign at once, each in a thread
        before = held_of(mark.origin)
        if before is not None and before.size >= mark.size:
            return
        with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
            file.write(str(note))
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)


def _read(path: Path) -> Checkpoint | None:
    try:
        return read_checkpoint(read_note(path.read_text(encoding="utf-8")))
    except (NotANote, UnicodeDecodeError, FileNotFoundError):
        return None


def held_of(origin: str) -> Checkpoint | None:
    """The longest checkpoint held of a log; None when there is none."""
    return _read(_path(origin))


def check_continues(mark: Checkpoint, tree: Tree) -> Problem | None:
    """Whether the log as it is now continues a checkpoint; what is wrong when it does not."""
    facts: dict[str, object] = {"size": mark.size, "shown": len(tree)}
    if mark.size > len(tree):
        return Problem("proof.rolled-back", mark.origin, facts)
    if tree.root(mark.size) != mark.root:
        return Problem("proof.history-differs", mark.origin, facts)
    return None


def names() -> list[str]:
    """The names under which this database signs; one, unless a key was lost."""
    return list(OfficeKey.objects.order_by("id").values_list("name", flat=True).distinct())


def chain_faults(chain: str) -> Iterator[Problem]:
    """What the log of a chain falls short of."""
    marks = [held_of(f"{name}/{chain}") for name in dict.fromkeys(names())]
    kept = [mark for mark in marks if mark is not None]
    if kept:
        tree = tree_of(chain)
        for mark in kept:
            problem = check_continues(mark, tree)
            if problem is not None:
                yield problem


def faults() -> Iterator[Problem]:
    """Every log of this database against all that is held; a damaged file is named."""
    paths = sorted((home() / "held").glob("*.txt"))
    known = dict.fromkeys(names() if paths else ())
    for path in paths:
        mark = _read(path)
        if mark is None:
            yield Problem("proof.held-damaged", path.name)
            continue
        name, _, chain = mark.origin.rpartition("/")
        if name in known:
            problem = check_continues(mark, tree_of(chain))
            if problem is not None:
                yield problem


def own_keys() -> list[str]:
    """The public keys of this office, oldest first, to give to whoever checks its receipts."""
    return [
        str(read_key(key)) for key in OfficeKey.objects.order_by("id").values_list("key", flat=True)
    ]
