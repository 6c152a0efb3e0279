"""Keys, checkpoints and cosignatures: each one act on the chain of the proof."""

from datetime import UTC, datetime

from thongsuot.apps.proof import held, keys, permit
from thongsuot.apps.proof.logs import PROOF, tree_of
from thongsuot.apps.proof.models import (
    Checkpoint,
    Cosignature,
    OfficeKey,
    Seen,
    TrustedLog,
    Witness,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.proof import checkpoint as notes
from thongsuot.rules.proof.checkpoint import COSIGNS, SIGNS, Key, NotANote, read_key
from thongsuot.rules.proof.receipt import introduction_message
from thongsuot.rules.proof.verify import Held
from thongsuot.rules.proof.witness import check_next, read_request


@action("proof.key-set")
def set_key(act: Act, *, name: str, key: str, introduction: str) -> Result:
    """Make a public key of this office known; later ones are introduced by the one before."""
    act.lock(PROOF)
    entry = act.record(
        chain=PROOF,
        subject=Ref("office-key", OfficeKey.objects.count() + 1),
        after={"key": key, "introduced": bool(introduction)},
    )
    row = OfficeKey.objects.create(
        name=name, key=key, introduction=introduction, at=entry.at, entry=entry
    )
    return {"key": row.pk}


@action("proof.key-rotated")
def rotate_key(act: Act, *, reason: str) -> Result:
    """Change the office's key for a new one, introduced by the old (đổi khóa).

    Raises Refused: 403 for whoever is not the operator; 422 without a reason.
    """
    permit.allow_keys(act.by)
    if not reason.strip():
        raise Refused.because("proof.reason-needed")
    act.lock(PROOF)
    last = OfficeKey.objects.order_by("id").last()
    if last is None:
        raise Refused.because("proof.no-key")
    new, secret = keys.fresh()
    key = new.key(last.name)
    introduction = notes.base64_of(keys.current().sign(introduction_message(key)))
    entry = act.record(
        chain=PROOF,
        subject=Ref("office-key", last.pk + 1),
        before={"key": last.key},
        after={"key": str(key)},
        reason=reason,
    )
    row = OfficeKey.objects.create(
        name=last.name, key=str(key), introduction=introduction, at=entry.at, entry=entry
    )
    keys.put(secret)  # last: when this fails, nothing was recorded
    return {"key": row.pk}


@action("proof.checkpoint-made")
def make_checkpoint(act: Act, *, chain: str, size: int, key_id: int) -> Result:
    """Sign what the log of a chain is at that size; a size is signed once.

    Raises Refused when the log is shorter than, or other than, what was signed or held before.
    """
    office = OfficeKey.objects.get(pk=key_id)
    origin = f"{office.name}/{chain}"
    tree = tree_of(chain, size)
    last = Checkpoint.objects.filter(chain=chain, size__lte=size).order_by("-size").first()
    marks = [held.held_of(origin)]
    if last is not None:
        marks.append(notes.Checkpoint(last.origin, last.size, bytes.fromhex(last.root)))
    for mark in marks:
        problem = held.check_continues(mark, tree) if mark and mark.size <= size else None
        if problem is not None:
            raise Refused.conflict(problem)
    if len(tree) != size:
        raise Refused.because("proof.rolled-back", origin, size=size, shown=len(tree))
    made = notes.Checkpoint(origin, size, tree.root())
    note = notes.Note(made.text, (keys.current().note_line(origin, made.text),))
    entry = act.record(
        chain=PROOF,
        subject=Ref("checkpoint", size),
        after={"origin": origin, "size": size, "root": made.root.hex()},
    )
    row = Checkpoint.objects.create(
        chain=chain,
        origin=origin,
        size=size,
        root=made.root.hex(),
        note=str(note),
        key=office,
        at=entry.at,
        entry=entry,
    )
    return {"checkpoint": row.pk}


def _key(text: str, algorithm: int) -> Key:
    """A key that somebody typed or pasted. Raises Refused when it is none of that kind."""
    try:
        key = read_key(text[:400])
    except NotANote as error:
        raise Refused.because("proof.not-a-key") from error
    if key.algorithm != algorithm:
        raise Refused.because("proof.key-of-other-kind", key.name)
    return key


@action("proof.witness-named")
def name_witness(act: Act, *, key: str) -> Result:
    """Let the cosignatures of a body count here: its key, given by hand (công nhận người làm chứng)."""
    permit.allow_keys(act.by)
    act.lock(PROOF)
    found = _key(key, COSIGNS)
    if Witness.objects.filter(key=str(found)).exists():
        raise Refused.because("proof.known-already", found.name)
    entry = act.record(chain=PROOF, subject=Ref("witness", 0), after={"key": str(found)})
    row = Witness.objects.create(name=found.name, key=str(found), at=entry.at, entry=entry)
    return {"witness": row.pk}


@action("proof.cosignature-kept")
def keep_cosignature(act: Act, *, checkpoint_id: int, line: str) -> Result:
    """Put the cosignature of a known witness under a checkpoint: it proves itself, whoever brings it."""
    permit.allow_bringing(act.by)
    act.lock(PROOF)
    row = Checkpoint.objects.filter(pk=checkpoint_id).first()
    if row is None:
        raise Refused.missing(Problem("proof.checkpoint-missing"))
    text = notes.read_note(row.note).text
    found = _cosignature(text, line)
    if found is None:
        raise Refused.because("proof.cosignature-wrong", row.origin)
    witness, at = found
    if Cosignature.objects.filter(checkpoint=row, witness=witness).exists():
        raise Refused.because("proof.known-already", witness.name)
    entry = act.record(
        chain=PROOF,
        subject=Ref("checkpoint", row.pk),
        after={"witness": witness.key, "line": line.strip()},
    )
    made = Cosignature.objects.create(
        checkpoint=row,
        witness=witness,
        line=line.strip(),
        seen_at=datetime.fromtimestamp(at, UTC),
        entry=entry,
    )
    return {"cosignature": made.pk}


def _cosignature(text: str, line: str) -> tuple[Witness, int] | None:
    """Whose cosignature of that text the line is, and of when; None when of no known witness."""
    try:
        read = notes.read_line(line.strip()[:500])
    except NotANote:
        return None
    for witness in Witness.objects.filter(name=read.name):
        at = notes.Note(text, (read,)).cosigned_at(read_key(witness.key))
        if at is not None and at < 2**33:
            return witness, at
    return None


@action("proof.log-trusted")
def trust_log(act: Act, *, key: str) -> Result:
    """Watch the logs of another office: its key, given by hand."""
    permit.allow_keys(act.by)
    act.lock(PROOF)
    found = _key(key, SIGNS)
    if TrustedLog.objects.filter(key=str(found)).exists():
        raise Refused.because("proof.known-already", found.name)
    entry = act.record(chain=PROOF, subject=Ref("trusted-log", 0), after={"key": str(found)})
    row = TrustedLog.objects.create(name=found.name, key=str(found), at=entry.at, entry=entry)
    return {"log": row.pk}


@action("proof.cosigned")
def cosign(act: Act, *, request: str, name: str) -> Result:
    """Cosign the next checkpoint of a watched log, when it continues the last one cosigned.

    What was cosigned last is read and replaced under one lock, in one transaction.

    Raises Refused: 404 for a log that is not watched; 403 when its office did not sign it; 409
    when the request does not start from what was seen last; 422 when it shows another history.
    """
    act.lock(PROOF)
    try:
        asked = read_request(request)
        mark = notes.read_checkpoint(asked.note)
    except NotANote as error:
        raise Refused([Problem("proof.not-a-request")], 400) from error
    watched = [read_key(k) for k in TrustedLog.objects.values_list("key", flat=True)]
    mine = [key for key in watched if key.speaks_for(mark.origin)]
    if not mine:
        raise Refused.missing(Problem("proof.log-not-watched", mark.origin))
    before = Seen.objects.filter(origin=mark.origin).order_by("-size").first()
    last = Held(before.size, bytes.fromhex(before.root)) if before else None
    problem = check_next(last, asked, mark, mine)
    if problem is not None:
        raise Refused([problem], STATUS[problem.code])
    same = before if before is not None and before.size == mark.size else None
    line = (
        same.line
        if same
        else str(keys.current().cosign(name, asked.note.text, int(act.at.timestamp())))
    )
    entry = act.record(
        chain=PROOF,
        subject=Ref("seen", mark.size),
        after={"origin": mark.origin, "size": mark.size, "root": mark.root.hex()},
    )
    if same is None:
        Seen.objects.create(
            origin=mark.origin,
            size=mark.size,
            root=mark.root.hex(),
            line=line,
            at=entry.at,
            entry=entry,
        )
    return {"line": line, "origin": mark.origin, "size": mark.size}


STATUS = {
    "proof.checkpoint-wrong": 403,
    "proof.shorter": 409,
    "proof.not-from-last": 409,
    "proof.two-histories": 422,
}
