"""Reading a folder for a proof: every name, nothing followed, nothing kept in memory but names."""

import hashlib
import io
import json
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from thongsuot.rules.continuity.proof import Entry, Sort
from thongsuot.rules.kernel.problem import Problem

BLOCK = 1 << 20
SPECIAL = (
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISFIFO, "ống dẫn (FIFO)"),
    (stat.S_ISBLK, "thiết bị"),
    (stat.S_ISCHR, "thiết bị"),
)
Say = Callable[[int, int], None]  # files and bytes since the last time


class Unreadable(Exception):
    """A file that could not be read whole; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


@dataclass
class Journal:
    """Where an interrupted reading is taken up again: hashes of files by path, size and times.

    Lies beside the proof, outside the copy; every line is complete or ignored.
    """

    path: Path
    known: dict[str, list[object]] = field(default_factory=dict)
    taken: int = 0
    _lines: TextIO | None = None

    def load(self) -> None:
        """Take over what an earlier reading has written down."""
        if not self.path.exists():
            return
        for line in self.path.read_text(encoding="ascii", errors="replace").splitlines():
            try:
                path, *rest = json.loads(line)
            except ValueError:
                continue  # the line at which the earlier reading was cut off
            if isinstance(path, str) and len(rest) == 5:
                self.known[path] = rest

    def find(self, path: str, state: os.stat_result) -> str:
        """The hash of a file that is still what it was; empty when it must be read."""
        kept = self.known.get(path)
        if kept is None or kept[:4] != _mark(state):
            return ""
        self.taken += 1
        return str(kept[4])

    def add(self, path: str, state: os.stat_result, sha256: str) -> None:
        """Write down one file that was read."""
        if self._lines is None:
            self._lines = self.path.open("a", encoding="ascii", buffering=1)
        self._lines.write(json.dumps([path, *_mark(state), sha256]) + "\n")

    def done(self) -> None:
        """The proof is written: nothing is to be taken up again."""
        if self._lines is not None:
            self._lines.close()
        self.path.unlink(missing_ok=True)


def _mark(state: os.stat_result) -> list[object]:
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]


@dataclass
class Scan:
    """What was found: entries in order, and problems, of which those that block forbid a proof."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def scan(root: Path, say: Say, journal: Journal | None = None) -> Scan:
    """Read every name below a folder. Symbolic links are listed and not followed."""
    found = Scan()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            names = sorted(os.listdir(root / folder))
        except OSError as error:
            found.problems.append(_unreadable(folder or ".", error))
            continue
        found.problems += _collisions(folder, names)
        for name in names:
            path = f"{folder}/{name}" if folder else name
            try:
                entry = _entry(root, path, say, journal)
            except Unreadable as fault:
                found.problems.append(fault.problem)
                continue
            found.entries.append(entry)
            if entry.sort is Sort.FOLDER:
                waiting.append(path)
    found.entries.sort(key=lambda e: e.path.encode("utf-8", "surrogateescape"))
    return found


def _entry(root: Path, path: str, say: Say, journal: Journal | None) -> Entry:
    try:
        state = os.lstat(root / path)
        if stat.S_ISLNK(state.st_mode):
            return Entry(path, Sort.LINK, target=os.readlink(root / path))
    except OSError as error:
        raise Unreadable(_unreadable(path, error)) from error
    if stat.S_ISDIR(state.st_mode):
        return Entry(path, Sort.FOLDER)
    for test, words in SPECIAL:
        if test(state.st_mode):
            raise Unreadable(Problem("continuity.special-file", path, {"sort": words}))
    sha256 = journal.find(path, state) if journal else ""
    if not sha256:
        state, sha256 = hash_file(root / path, path, say)
        if journal:
            journal.add(path, state, sha256)
    return Entry(path, Sort.FILE, state.st_size, sha256)


def hash_file(
    file: Path, name: str, say: Say, *, afresh: bool = False
) -> tuple[os.stat_result, str]:
    """The hash of one file, read in blocks; ``afresh`` asks the system to read the disk again.

    Raises Unreadable, also when the file changed while it was read.
    """
    digest = hashlib.sha256()
    try:
        with opened(file, afresh=afresh) as handle:
            before = os.fstat(handle.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise Unreadable(Problem("continuity.changed-while-read", name))
            while block := handle.read(BLOCK):
                digest.update(block)
                say(0, len(block))
            after = os.fstat(handle.fileno())
    except OSError as error:
        raise Unreadable(_unreadable(name, error)) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unreadable(Problem("continuity.changed-while-read", name))
    say(1, 0)
    return after, digest.hexdigest()


def opened(file: Path, *, afresh: bool = False) -> BinaryIO:
    """A file open for reading that is no link and does not block when it became a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    number = os.open(file, flags | getattr(os, "O_BINARY", 0))
    if afresh and hasattr(os, "posix_fadvise"):
        os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
    return io.FileIO(number, "rb")


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files are the same byte for byte, read from the disk."""
    with opened(one, afresh=True) as left, opened(other, afresh=True) as right:
        while True:
            a, b = _block(left), _block(right)
            if a != b:
                return False
            if not a:
                return True


def _block(handle: BinaryIO) -> bytes:
    """A whole block, or what is left: an unbuffered read may give less than was asked for."""
    parts, wanted = [], BLOCK
    while wanted and (part := handle.read(wanted)):
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def _collisions(folder: str, names: list[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in names:
        if any("\udc80" <= c <= "\udcff" for c in name):
            yield Problem("continuity.name-not-text", f"{folder}/{name}".lstrip("/"), blocks=False)
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            yield Problem(
                "continuity.names-collide",
                f"{folder}/{name}".lstrip("/"),
                {"other": seen[key]},
                blocks=False,
            )
        seen[key] = name


def _unreadable(path: str, error: OSError) -> Problem:
    why = os.strerror(error.errno) if error.errno else str(error)
    return Problem("continuity.unreadable", path, {"why": why})
