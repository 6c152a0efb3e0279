"""How far the jobs of this process are, in memory.

A job often holds one long write transaction. Were progress written through the same connection,
nobody would see it before the end; through another one, SQLite would make the two wait for each
other's lock. So a job writes nothing: it notes here how far it is. Pages of the same process read
the note; the watcher of the job (worker.py) copies it into the row now and then for other
processes, and simply tries again later when the database is locked.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """How far a job is. ``total`` 0: not known."""

    done: int = 0
    total: int = 0
    message: str = ""


_NOTES: dict[int, Note] = {}


def say(job: int, done: int, total: int, message: str) -> None:
    """Replace the note of a job; the total and the message said before stay when left out."""
    before = _NOTES.get(job, Note())
    said = message.replace("\x00", "") or before.message
    _NOTES[job] = Note(done, total or before.total, said)


def note(job: int) -> Note | None:
    """The note of a job running in this process; None for any other."""
    return _NOTES.get(job)


def forget(job: int) -> None:
    """Take the note of an ended job away."""
    _NOTES.pop(job, None)


def here() -> frozenset[int]:
    """The jobs that run in this process now."""
    return frozenset(_NOTES)
