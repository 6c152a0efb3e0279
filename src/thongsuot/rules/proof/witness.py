"""What a witness asks before it cosigns: is the next checkpoint a continuation of the last one?"""

from collections.abc import Sequence
from dataclasses import dataclass

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof import merkle
from thongsuot.rules.proof.checkpoint import (
    Checkpoint,
    Key,
    NotANote,
    Note,
    read_line,
    read_note,
    unbase64,
)
from thongsuot.rules.proof.verify import Held, two_histories

HEAD = "old "


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to cosign: the size seen last, the proof from there, the new checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: Note


def read_request(text: str) -> Asked:
    """A request in the form of c2sp.org/tlog-witness. Raises NotANote."""
    head, blank, note = text.partition("\n\n")
    first, *steps = head.split("\n")
    number = first.removeprefix(HEAD)
    if not blank or not first.startswith(HEAD) or not number.isdecimal() or len(number) > 19:
        raise NotANote("not a request")
    if len(steps) > 63 or not number.isascii():
        raise NotANote("not a request")
    return Asked(int(number), tuple(unbase64(s, merkle.HASH) for s in steps), read_note(note))


def write_request(asked: Asked) -> str:
    """The request as text, to send to a witness."""
    steps = "".join(f"{unbased}\n" for unbased in map(_line, asked.proof))
    return f"{HEAD}{asked.old}\n{steps}\n{asked.note}"


def _line(step: bytes) -> str:
    return Checkpoint("x", 0, step).text.split("\n")[2]


def read_answer(text: str, name: str) -> str:
    """The line of that witness in its answer. Raises NotANote when there is none."""
    for line in text.splitlines():
        if read_line(line).name == name:
            return line
    raise NotANote("no line of that witness")


def read_size(text: str) -> int:
    """The size a witness says it has seen (409). Raises NotANote."""
    number = text.removesuffix("\n")
    if not (number.isascii() and number.isdecimal() and len(number) <= 19):
        raise NotANote("not a size")
    return int(number)


def check_next(
    last: Held | None, asked: Asked, mark: Checkpoint, keys: Sequence[Key]
) -> Problem | None:
    """What speaks against cosigning; None when the checkpoint continues the last one seen.

    Shapes: ``last`` None when nothing of this log was ever cosigned; ``keys`` are those of the log.
    """
    if not any(asked.note.signed_by(key.under(mark.origin)) for key in keys):
        return Problem("proof.checkpoint-wrong", mark.origin, {"size": mark.size})
    seen = last or Held(0, merkle.EMPTY)
    facts: dict[str, object] = {"size": seen.size, "shown": mark.size}
    if mark.size < seen.size:
        return Problem("proof.shorter", mark.origin, facts)
    if asked.old != seen.size:
        return Problem("proof.not-from-last", mark.origin, facts)
    if not merkle.consistent(seen.size, mark.size, asked.proof, seen.root, mark.root):
        return two_histories(seen, mark)
    return None
