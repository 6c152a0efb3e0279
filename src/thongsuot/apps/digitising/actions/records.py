"""Boxing files and keeping their scans."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from thongsuot.apps.digitising.actions.steps import (
    Result,
    begin,
    chain_of,
    check_moves,
    chosen,
    worded,
    write_lines,
)
from thongsuot.apps.digitising.models import Fonds, Record, Scan, Stage
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.digitising.stages import check_move
from thongsuot.rules.kernel.problem import Problem
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
    made = _keep(act, fonds, [(record, sha256, name)], Ref("record", record.pk))
    return {"scan": made[0].pk, "code": record.code}


@action("digitising.scans-kept")
def keep_scans(act: Act, *, fonds_id: int, scans: Sequence[Mapping[str, object]]) -> Result:
    """Many scans at once, all or none: ``{"record": id, "sha256": hash, "name": name}`` each."""
    fonds = begin(act, fonds_id, "records.scan")
    by_id = {r.pk: r for r in chosen(fonds, [int(str(row["record"])) for row in scans])}
    rows = [(by_id[int(str(row["record"]))], str(row["sha256"]), str(row["name"])) for row in scans]
    made = _keep(act, fonds, rows, Ref("fonds", fonds.pk))
    return {"scans": len(made)}


def _keep(
    act: Act, fonds: Fonds, rows: Sequence[tuple[Record, str, str]], subject: Ref
) -> list[Scan]:
    files = StoredFile.objects.in_bulk([hash_ for _, hash_, _ in rows], field_name="sha256")
    known = Scan.objects.filter(record__in=[r.pk for r, _, _ in rows])
    there = Counter(known.values_list("record", "turn"))
    same = set(known.values_list("record", "turn", "file__sha256"))
    refuse_if(p for row in rows for p in _against(row, files, there, same))
    scanned = {r.pk for r, _, _ in rows if r.stage == Stage.BOXED}
    entry = act.record(
        chain=chain_of(fonds.pk),
        subject=subject,
        after={"scans": [[r.code, hash_, r.turn] for r, hash_, _ in rows]},
    )
    made = Scan.objects.bulk_create(
        Scan(record=r, file=files[hash_], turn=r.turn, name=name[:200], at=act.at, entry=entry)
        for r, hash_, name in rows
    )
    Record.objects.filter(pk__in=scanned).update(stage=Stage.SCANNED, changed_at=act.at)
    write_lines(act, fonds, ((pk, Stage.BOXED, Stage.SCANNED) for pk in sorted(scanned)))
    return made


def _against(
    row: tuple[Record, str, str],
    files: Mapping[str, StoredFile],
    there: Mapping[tuple[int, int], int],
    same: Collection[tuple[int, int, str]],
) -> Iterator[Problem]:
    """What is wrong with one scan."""
    record, hash_, name = row
    stored = files.get(hash_)
    if stored is None or stored.media not in SCANS:
        yield Problem("digitising.not-a-scan", name[:200])
    elif record.lot_id is not None and record.stage == Stage.SCANNED:
        yield Problem("digitising.in-a-lot", record.code)
    elif record.stage not in (Stage.BOXED, Stage.SCANNED):
        problem = check_move(record.stage, Stage.SCANNED, record.code)
        yield problem or Problem("digitising.in-a-lot", record.code)
    elif (record.pk, record.turn, hash_) in same or there.get(
        (record.pk, record.turn), 0
    ) >= MOST_SCANS:
        yield Problem("digitising.scan-twice", record.code, {"name": name[:200]})
