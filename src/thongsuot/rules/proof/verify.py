"""Whether a receipt is true: its seal, its key, its place in the log, the signatures, the history."""

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thongsuot.rules.kernel.problem import Problem, blocking
from thongsuot.rules.proof import ed25519, merkle
from thongsuot.rules.proof.checkpoint import (
    Checkpoint,
    Key,
    NotANote,
    Note,
    base64_of,
    read_checkpoint,
    read_note,
)
from thongsuot.rules.proof.code import code_of, read_square
from thongsuot.rules.proof.receipt import (
    EVIDENCE,
    SIGNED,
    Document,
    Leaf,
    NotAReceipt,
    introduction_message,
    read,
    seal_message,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A checkpoint that somebody kept: on a printed paper, in a file, at a witness.

    ``origin`` is empty for one read off a paper: it is then taken for the same log.
    """

    size: int
    root: bytes
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """What the reader brings: keys of offices, checkpoints kept earlier, keys of witnesses."""

    keys: Sequence[Key] = ()
    held: Sequence[Held] = ()
    witnesses: Sequence[Key] = ()


NOTHING = Trust()


def read_held(text: str) -> Held:
    """A checkpoint that was kept: a signed note, or what a square code holds. Raises NotANote."""
    if "\n\n" in text:
        found = read_checkpoint(read_note(text))
        return Held(found.size, found.root, found.origin)
    square = read_square(text)
    return Held(square.size, square.root)


def verify(raw: bytes, trust: Trust = NOTHING) -> tuple[Problem, ...]:
    """Everything that is wrong with a receipt; what does not block is for knowing.

    Shapes: never raises for the content of the file.
    """
    try:
        document = read(raw)
        return tuple(_found(document, trust))
    except (NotAReceipt, UnicodeEncodeError) as error:
        return (Problem("proof.malformed", "", {"part": str(error)}),)


def _found(document: Document, trust: Trust) -> Iterator[Problem]:
    if not ed25519.signed(document.key.public, seal_message(document.body), document.seal):
        yield Problem("proof.seal-wrong", document.code)
        return
    yield from _key_problems(document, trust.keys)
    yield from _log_problems(document)
    if document.kind == EVIDENCE:
        yield from _code_problem(document, document.entries[-1])
    else:
        yield from _minutes_problems(document)
    yield from _history_problems(document)
    for held in trust.held:
        yield from check_held(document, held)
    if trust.witnesses and not cosigners(document, trust.witnesses):
        yield Problem("proof.not-witnessed", document.origin, blocks=False)


def _key_problems(document: Document, known: Sequence[Key]) -> Iterator[Problem]:
    chain = document.keys
    for before, after in itertools.pairwise(chain):
        if not ed25519.signed(
            before.key.public, introduction_message(after.key), after.introduction
        ):
            yield Problem("proof.key-not-introduced", after.key.name)
    shown: dict[str, object] = {"key": str(document.key)}
    if any(not one.key.speaks_for(document.origin) for one in chain):
        yield Problem("proof.key-of-another", document.origin, shown)
    mine = {(key.name, key.public) for key in known}
    if not known:
        yield Problem("proof.key-unknown", document.key.name, shown, blocks=False)
    elif not any((one.key.name, one.key.public) in mine for one in chain):
        yield Problem("proof.key-foreign", document.key.name, shown)


def _signed_by_office(document: Document, note: Note, origin: str) -> bool:
    """Whether a checkpoint is of this log and signed by a key of the office, old or new."""
    return origin == document.origin and any(
        note.signed_by(one.key.under(origin)) for one in document.keys
    )


def _log_problems(document: Document) -> Iterator[Problem]:
    mark = document.checkpoint
    if not _signed_by_office(document, document.note, mark.origin):
        yield Problem("proof.checkpoint-wrong", mark.origin, {"size": mark.size})
    for leaf in document.entries:
        facts, number = leaf.facts, leaf.index + 1
        if not document.origin.endswith(f"/{facts.get('chain')}") or facts.get("seq") != number:
            yield Problem("proof.entry-elsewhere", document.origin, {"seq": number})
        if not merkle.included(leaf.hash, leaf.index, mark.size, leaf.proof, mark.root):
            yield Problem("proof.not-in-log", document.origin, {"seq": number, "size": mark.size})


def _code_problem(document: Document, leaf: Leaf) -> Iterator[Problem]:
    if document.code != code_of(leaf.hash.hex()):
        yield Problem("proof.code-differs", document.code)


def _minutes_problems(document: Document) -> Iterator[Problem]:
    content = hashlib.sha256(document.minutes.encode()).hexdigest()
    signed: dict[str, Leaf] = {}
    subjects, people = set(), set()
    for leaf in document.entries:
        facts = leaf.facts
        after = facts.get("after")
        if facts.get("act") != SIGNED or not isinstance(after, dict):
            continue
        if after.get("content") != content:
            yield Problem("proof.content-differs", document.code, {"seq": leaf.index + 1})
        signed[str(after.get("side"))] = leaf
        subjects.add((str(facts.get("subject_kind")), str(facts.get("subject_id"))))
        people.add(str(facts.get("actor_user")))
    for side in ("giver", "receiver"):
        if side not in signed:
            yield Problem("proof.signature-missing", document.code, {"side": side})
    if len(signed) == 2 and (len(subjects) != 1 or len(people) != 2):
        yield Problem("proof.signers-differ", document.code)
    if "receiver" in signed:
        yield from _code_problem(document, signed["receiver"])


def _history_problems(document: Document) -> Iterator[Problem]:
    mark = document.checkpoint
    for earlier in document.earlier:
        old = earlier.checkpoint
        if not _signed_by_office(document, earlier.note, old.origin):
            yield Problem("proof.checkpoint-wrong", old.origin, {"size": old.size})
        if not merkle.consistent(old.size, mark.size, earlier.proof, old.root, mark.root):
            yield two_histories(old, mark)
    if document.leaves:
        tree = merkle.Tree(document.leaves)
        if len(tree) != mark.size or tree.root() != mark.root:
            yield Problem("proof.leaves-differ", document.origin, {"size": mark.size})


def two_histories(old: Checkpoint | Held, new: Checkpoint) -> Problem:
    """The log has shown two histories: what was kept is no beginning of what is shown now."""
    return Problem(
        "proof.two-histories",
        new.origin,
        {"size": old.size, "kept": base64_of(old.root), "shown": base64_of(new.root)},
    )


def check_held(document: Document, held: Held) -> Iterator[Problem]:
    """Whether a checkpoint that somebody kept is a beginning of the log of this receipt."""
    mark = document.checkpoint
    facts: dict[str, object] = {"size": held.size, "shown": mark.size}
    if held.origin and held.origin != mark.origin:
        yield Problem("proof.held-other-log", held.origin, {"log": mark.origin})
        return
    if held.size > mark.size:
        yield Problem("proof.held-newer", mark.origin, facts, blocks=False)
        return
    roots = {e.checkpoint.size: e.checkpoint.root for e in document.earlier}
    roots[mark.size] = mark.root
    if len(document.leaves) >= held.size and held.size not in roots:
        roots[held.size] = merkle.Tree(document.leaves[: held.size]).root()
    if held.size not in roots:
        yield Problem("proof.held-unproved", mark.origin, facts, blocks=False)
    elif roots[held.size] != held.root:
        yield two_histories(held, mark)


def cosigners(document: Document, witnesses: Iterable[Key]) -> tuple[tuple[str, int], ...]:
    """Which of the witnesses have cosigned the checkpoint, and when, in seconds of Unix time."""
    found = ((witness.name, document.note.cosigned_at(witness)) for witness in witnesses)
    return tuple((name, at) for name, at in found if at is not None)


def check_files(document: Document, found: Mapping[str, str]) -> Iterator[Problem]:
    """Whether the files beside evidence are those it names: name → SHA-256 of what is there."""
    for name, wanted in sorted(document.files.items()):
        if name not in found:
            yield Problem("proof.file-missing", name)
        elif found[name] != wanted:
            yield Problem("proof.file-differs", name)


def told(document: Document) -> dict[str, object]:
    """What a true receipt says, for people: code, log, day, who signed what."""
    minutes = json.loads(document.minutes) if document.minutes else {}
    return {
        "code": document.code,
        "kind": document.kind,
        "origin": document.origin,
        "made_at": document.made_at,
        "size": document.checkpoint.size,
        "heading": minutes.get("heading", {}),
        "lines": len(minutes.get("lines", ())),
        "entries": [leaf.facts for leaf in document.entries],
    }


__all__ = [
    "Held",
    "NotANote",
    "Trust",
    "blocking",
    "check_files",
    "cosigners",
    "read_held",
    "verify",
]
