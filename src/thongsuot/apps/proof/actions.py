"""Keys, checkpoints and cosignatures: each one act on the chain of the proof."""

from datetime import UTC, datetime

from thongsuot.apps.handover import permit as handing
from thongsuot.apps.handover import queries as handover
from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.handover.models.choices import MinutesState, Side
from thongsuot.apps.proof import certificates, held, keys, permit, sealing
from thongsuot.apps.proof.logs import PROOF, tree_of
from thongsuot.apps.proof.models import (
    Checkpoint,
    Cosignature,
    OfficeKey,
    Seen,
    SignedPdf,
    TrustedLog,
    Witness,
    WitnessAddress,
)
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.files import store
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.hooks.addresses import address_of
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.kernel.problem import Problem, blocking
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.proof import checkpoint as notes
from thongsuot.rules.proof.certified import check_certificate
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


@action("proof.witness-addressed")
def address_witness(act: Act, *, witness_id: int, url: str) -> Result:
    """Say where checkpoints are sent to a witness by themselves; an empty address stops it.

    Raises Refused: 403 for whoever does not look after keys; 404 for an unknown witness; 422 for
    an address that may not be called.
    """
    permit.allow_keys(act.by)
    act.lock(PROOF)
    witness = Witness.objects.filter(pk=witness_id).first()
    if witness is None:
        raise Refused.missing(Problem("proof.witness-missing"))
    if url:
        address_of(f"{url}/add-checkpoint")
    entry = act.record(
        chain=PROOF, subject=Ref("witness", witness.pk), after={"key": witness.key, "url": url}
    )
    row = WitnessAddress.objects.create(witness=witness, url=url, at=entry.at, entry=entry)
    return {"address": row.pk}


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


FIELDS = {Side.GIVER.value: "BenGiao", Side.RECEIVER.value: "BenNhan"}
CHAIN_OF_PDF = PROOF  # not the transition's own: a PDF may be signed after that is closed


def signs_for(minutes: Minutes, side: str) -> int:
    """The body whose certificate goes under a side: who answers for the giver today, or the receiver."""
    answers = handing.answering(minutes.transition, minutes.giver_id)
    return answers if side == Side.GIVER else minutes.receiver_id


def _hand_of(body: int, at: datetime) -> sealing.Hand:
    """The certificate of a body, good at that moment. Raises Refused."""
    key = Body.objects.values_list("key", flat=True).get(pk=body)
    hand = certificates.load().hands.get(key)
    if hand is None:
        name = handover.body_names([body])[body]
        raise Refused.because("proof.certificate-none", name)
    refuse_if(blocking(check_certificate(hand.certificate, at)))
    return hand


def _paper_under(minutes: Minutes, paper: str) -> bytes:
    """What the next signature goes under: the file with the one before, else the paper itself."""
    last = SignedPdf.objects.filter(minutes=minutes).select_related("file").order_by("pk").last()
    kept = last.file if last else StoredFile.objects.get(sha256=paper)
    with store.open_file(kept) as file:
        return file.read()


def _signed(before: bytes, hand: sealing.Hand, side: str, *, name: str, number: str) -> bytes:
    reason = f"Biên bản bàn giao số {number}"
    try:
        engine, fields = sealing.engine(), tuple(FIELDS.values())
        made: bytes = engine.sign(before, hand, FIELDS[side], fields, name=name, reason=reason)
    except sealing.Unreadable as error:
        raise Refused.because("proof.pdf-off") from error
    return made


@action("proof.pdf-signed")
def sign_pdf(act: Act, *, minutes_id: int, side: str, paper: str, fresh: bool) -> Result:
    """Put the certificate of a side's office under the PDF of minutes that both have signed.

    Shapes: ``paper`` is the hash of the kept PDF as the minutes print it, used when nobody has
    signed it yet; ``fresh`` whether the person has just proved again who they are.

    Raises Refused: 404 for minutes out of sight; 403 without the right or a fresh proof; 409 when
    that side has signed already; 422 before both sides have signed, without a certificate, or
    with one that is not good.
    """
    minutes = handover.minutes_in_sight(act.by, minutes_id)
    place = Relation(
        signs_for(minutes, Side.GIVER), minutes.receiver_id, minutes.transition.unit_id
    )
    handing.allow(act.by, f"sign.{side}", place)
    if not fresh:
        raise Refused.forbidden(Problem("handover.password-again"))
    act.lock(CHAIN_OF_PDF)
    number = str(minutes.number)
    if minutes.state != MinutesState.SIGNED:
        raise Refused.because("proof.not-signed-yet", number)
    if SignedPdf.objects.filter(minutes=minutes, side=side).exists():
        raise Refused.conflict(Problem("proof.pdf-signed-already", number))
    body = signs_for(minutes, side)
    hand = _hand_of(body, act.at)
    before = _paper_under(minutes, paper)
    made = _signed(before, hand, side, name=act.by.name, number=number)
    file = store.keep(made, f"bien-ban-{minutes.transition_id}-{number}-ky-so.pdf", by=act.by)
    told = hand.certificate
    facts = {
        "sha256": file.sha256,
        "before": sealing.digest(before),
        "subject": told.subject[:500],
        "issuer": told.issuer[:500],
        "serial": told.serial,
        "fingerprint": told.fingerprint,
    }
    entry = act.record(
        chain=CHAIN_OF_PDF, subject=Ref("minutes", minutes.pk), after={"side": side, **facts}
    )
    row = SignedPdf.objects.create(
        minutes=minutes,
        side=side,
        body_id=body,
        file=file,
        user=act.by.user,
        name=act.by.name,
        post=act.by.hat.post if act.by.hat else "",
        at=entry.at,
        entry=entry,
        **facts,
    )
    return {"pdf": row.pk, "sha256": file.sha256}
