"""Boxing files and keeping their scans."""

from collections.abc import Sequence

from thongsuot.apps.digitising.actions.steps import (
    Result,
    begin,
    chain_of,
    check_moves,
    chosen,
    worded,
    write_lines,
)
from thongsuot.apps.digitising.models import Record, Scan, Stage
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.ref import Ref

SCANS = frozenset({"application/pdf", "image/png", "image/jpeg"})
MOST_SCANS = 200  # of one file


@action("digitising.records-boxed")
def box_records(act: Act, *, fonds_id: int, ids: Sequence[int], box: str) -> Result:
    """Files are put into a box with that label; a box may take files more than once."""
    fonds = begin(act, fonds_id, "records.box")
    label = worded(box, 60, "digitising.box-missing")
    records = chosen(fonds, ids)
    check_moves(records, Stage.BOXED)
    act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("fonds", fonds.pk),
        after={"box": label, "records": len(records), "first": records[0].code},
    )
    rows = Record.objects.filter(pk__in=[r.pk for r in records])
    rows.update(stage=Stage.BOXED, box=label, changed_at=act.at)
    write_lines(act, fonds, ((r.pk, r.stage, Stage.BOXED) for r in records))
    return {"records": len(records), "box": label}


@action("digitising.scan-kept")
def keep_scan(act: Act, *, fonds_id: int, record_id: int, sha256: str, name: str) -> Result:
    """A scan of a boxed file is kept under its hash; the first one makes the file scanned.

    Shapes: ``sha256`` is a content that foundation/files keeps already.

    Raises Refused: not boxed yet, checked already, no picture or PDF, the same content twice.
    """
    fonds = begin(act, fonds_id, "records.scan")
    record = chosen(fonds, [record_id])[0]
    stored = StoredFile.objects.filter(sha256=sha256).first()
    if stored is None or stored.media not in SCANS:
        raise Refused.because("digitising.not-a-scan", name[:200])
    if record.stage not in (Stage.BOXED, Stage.SCANNED) or record.lot_id is not None:
        check_moves([record], Stage.SCANNED)
        raise Refused.because("digitising.in-a-lot", record.code)
    mine = Scan.objects.filter(record=record, turn=record.turn)
    if mine.filter(file=stored).exists() or mine.count() >= MOST_SCANS:
        raise Refused.because("digitising.scan-twice", record.code, name=name[:200])
    entry = act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("record", record.pk),
        after={"code": record.code, "sha256": sha256, "size": stored.size, "turn": record.turn},
    )
    scan = Scan.objects.create(
        record=record, file=stored, turn=record.turn, name=name[:200], at=act.at, entry=entry
    )
    if record.stage == Stage.BOXED:
        Record.objects.filter(pk=record.pk).update(stage=Stage.SCANNED, changed_at=act.at)
        write_lines(act, fonds, [(record.pk, Stage.BOXED, Stage.SCANNED)])
    return {"scan": scan.pk, "code": record.code}
