"""What does not fit in the proof: logs against what is held, checkpoints against logs and keys."""

from collections.abc import Iterator

from thongsuot.apps.proof import held, sealing
from thongsuot.apps.proof.logs import tree_of
from thongsuot.apps.proof.models import Checkpoint, Cosignature, SignedPdf
from thongsuot.foundation.files import store
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof.checkpoint import Checkpoint as Mark
from thongsuot.rules.proof.checkpoint import read_key, read_line, read_note
from thongsuot.rules.proof.merkle import Tree


def faults() -> Iterator[Problem]:
    """Everything that does not fit; nothing when all is well."""
    yield from held.faults()
    trees: dict[str, Tree] = {}
    rows = Checkpoint.objects.select_related("key").order_by("chain", "size")
    for row in rows.iterator(500):
        if row.chain not in trees:
            trees = {row.chain: tree_of(row.chain)}  # one log at a time in memory
        mark = Mark(row.origin, row.size, bytes.fromhex(row.root))
        problem = held.check_continues(mark, trees[row.chain])
        if problem is not None:
            yield problem
        note = read_note(row.note)
        if note.text != mark.text or not note.signed_by(read_key(row.key.key).under(row.origin)):
            yield Problem("proof.checkpoint-wrong", row.origin, {"size": row.size})
    for seen in Cosignature.objects.select_related("checkpoint", "witness").iterator(500):
        note = read_note(seen.checkpoint.note).with_lines([read_line(seen.line)])
        if note.cosigned_at(read_key(seen.witness.key)) is None:
            yield Problem("proof.cosignature-wrong", seen.checkpoint.origin)
    yield from _pdfs()


def _pdfs() -> Iterator[Problem]:
    """Every signed PDF against its row, and the row against what the trail says was signed."""
    rows = SignedPdf.objects.select_related("file", "minutes", "entry").order_by("minutes", "pk")
    before: SignedPdf | None = None
    for row in rows.iterator(500):
        facts = row.entry.after if isinstance(row.entry.after, dict) else {}
        follows = (
            before is None or before.minutes_id != row.minutes_id or row.before == before.sha256
        )
        same = row.sha256 == row.file.sha256 == facts.get("sha256") == _kept(row)
        if not (follows and same and row.fingerprint == facts.get("fingerprint")):
            yield Problem("proof.pdf-file-differs", str(row.minutes), {"sha256": row.sha256[:16]})
        before = row


def _kept(row: SignedPdf) -> str:
    """The hash of the file as it lies there; empty when it is gone."""
    try:
        with store.open_file(row.file) as file:
            return sealing.digest(file.read())
    except FileNotFoundError:
        return ""
