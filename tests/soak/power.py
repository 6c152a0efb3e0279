"""The power fails: what would be on the disk if it had failed after the n-th write.

A program is run with ``trace.c`` preloaded. From its trace the disk is built as it could be found
after a cut: what was synced is there; of what was written since, nothing, a beginning (the last
piece torn) or a random half. Not modelled: other orders across files than these, lost entries of
folders, disks that lie.
"""

import contextlib
import json
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from tests.soak.office import ROOT, Office

HEAD = struct.Struct("<cHqI")
SECTOR = 512
DROPPED, BEGINNING, HALF = "dropped", "a beginning", "a random half"
TAILS = (DROPPED, BEGINNING, HALF)


@dataclass(frozen=True, slots=True)
class Op:
    """One change of a file: W write, T truncate, S sync, U unlink."""

    kind: str
    path: str
    at: int
    content: bytes


@dataclass
class Disk:
    """What is safely there, and what was written since, file by file."""

    safe: dict[str, bytearray] = field(default_factory=dict)
    since: dict[str, list[Op]] = field(default_factory=dict)

    def take(self, op: Op) -> None:
        """The next change of the program."""
        if op.kind == "S":
            for one in self.since.pop(op.path, []):
                _change(self.safe, one)
        else:
            self.since.setdefault(op.path, []).append(op)

    def after_a_cut(self, tail: str, draw: Random) -> dict[str, bytearray]:
        """The files as they could be found."""
        found = {path: bytearray(content) for path, content in self.safe.items()}
        for ops in self.since.values():
            for op in _kept(ops, tail, draw):
                _change(found, op)
        return found


def _kept(ops: list[Op], tail: str, draw: Random) -> list[Op]:
    if tail == DROPPED:
        return []
    if tail == HALF:
        return [op for op in ops if draw.random() < 0.5]
    kept = ops[: draw.randint(0, len(ops))]
    if kept and kept[-1].kind == "W" and len(kept[-1].content) > SECTOR:
        last = kept[-1]
        torn = draw.randrange(0, len(last.content), SECTOR)
        kept = [*kept[:-1], Op("W", last.path, last.at, last.content[:torn])]
    return kept


def _change(files: dict[str, bytearray], op: Op) -> None:
    if op.kind == "U":
        files.pop(op.path, None)
        return
    content = files.setdefault(op.path, bytearray())
    if op.kind == "T":
        del content[op.at :]
        content.extend(bytes(max(0, op.at - len(content))))
        return
    content.extend(bytes(max(0, op.at - len(content))))
    content[op.at : op.at + len(op.content)] = op.content


def read(trace: Path) -> Iterator[Op]:
    """The changes, in order."""
    raw = trace.read_bytes()
    at = 0
    while at < len(raw):
        kind, length, offset, size = HEAD.unpack_from(raw, at)
        at += HEAD.size
        path = raw[at : at + length].decode()
        at += length
        yield Op(kind.decode(), path, offset, raw[at : at + size])
        at += size


def compiled(home: Path) -> Path:
    """The library to preload. Raises RuntimeError where there is no C compiler."""
    gcc = shutil.which("gcc") or shutil.which("cc")
    if gcc is None:
        raise RuntimeError("no C compiler: the power cut cannot be simulated here")
    library = home / "trace.so"
    source = Path(__file__).with_name("trace.c")
    subprocess.run([gcc, "-O2", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def record(here: Office, acts: int, *changes: str) -> tuple[Disk, list[Op]]:
    """Run so many acts under the eyes of the trace; the disk before, and every change."""
    library, trace = compiled(here.home), here.home / "trace"
    trace.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(here.database)) as quiet:
        quiet.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = Disk({str(p): bytearray(p.read_bytes()) for p in here.var.glob("thongsuot.sqlite3*")})
    (here.home / "facts.json").write_text(json.dumps(here.facts))
    environment = here.environment | {
        "LD_PRELOAD": str(library), "TRACE_OF": str(here.var), "TRACE_TO": str(trace),
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "tests.soak.writer", str(acts), here.home / "facts.json", *changes],
        env=environment, cwd=ROOT, check=True,
    )  # fmt: skip
    return before, [op for op in read(trace) if not op.path.endswith("-shm")]


def cut(here: Office, disk: Disk, ops: list[Op], *, cuts: int, seed: int = 1) -> dict[str, Any]:
    """Cut at so many random moments, with each of the three tails; what was lost or broken."""
    draw = Random(seed)
    where = sorted(draw.randrange(len(ops)) for _ in range(cuts))
    acknowledged: set[str] = set()
    figures = {"cuts": 0, "cuts with a loss": 0, "worst loss": 0, "broken": 0}
    done = 0
    for moment in where:
        for op in ops[done:moment]:
            if op.path.endswith("ANSWERS"):
                acknowledged |= set(op.content.decode().split())
            else:
                disk.take(op)
        done = max(done, moment)
        for tail in TAILS:
            lost, broken = _opened(here, disk.after_a_cut(tail, draw), acknowledged)
            figures["cuts"] += 1
            figures["cuts with a loss"] += bool(lost)
            figures["worst loss"] = max(figures["worst loss"], lost)
            figures["broken"] += broken
    return figures | {"acknowledged": len(acknowledged), "changes": len(ops)}


def _opened(here: Office, files: dict[str, bytearray], acknowledged: set[str]) -> tuple[int, bool]:
    """How many acknowledged acts are not there, and whether anything is broken."""
    folder = here.home / "after"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)
    try:
        with contextlib.closing(sqlite3.connect(folder / here.database.name)) as found:
            sound = found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            keys = {k for (k,) in found.execute("SELECT key FROM trail_entry WHERE key LIKE 'p-%'")}
            whole = _whole(found, len(keys))
    except sqlite3.DatabaseError:
        return len(acknowledged), True
    return len(acknowledged - keys), not (sound and whole)


def _whole(found: sqlite3.Connection, acts: int) -> bool:
    """The chain is linked to its head, and every act is there with its movement or not at all."""
    links = found.execute(
        "SELECT chain, prev, hash FROM trail_entry ORDER BY chain, seq"
    ).fetchall()
    linked = all(a[0] != b[0] or b[1] == a[2] for a, b in pairwise(links))
    last = {chain: hashed for chain, _, hashed in links}
    heads = dict(found.execute("SELECT chain, hash FROM trail_chainhead WHERE size > 0"))
    (moved,) = found.execute(
        "SELECT COUNT(*) FROM handover_movement WHERE kind='missed'"
    ).fetchone()
    (kept,) = found.execute("SELECT SUM(q_missing) FROM handover_item").fetchone()
    return linked and heads == last and moved == acts == kept
