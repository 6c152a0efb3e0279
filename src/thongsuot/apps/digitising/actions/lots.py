"""Quality: a lot is drawn, a sample is looked at, the lot passes or is scanned again, heads accept."""

import hashlib

from django.db.models import F

from thongsuot.apps.digitising.actions.steps import (
    BATCH,
    LARGEST,
    MOST,
    Result,
    begin,
    chain_of,
    worded,
    write_lines,
)
from thongsuot.apps.digitising.models import Fonds, Lot, LotState, Record, Sampled, Stage
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.digitising.sampling import ACCEPT, REJECT, drawn, lot_problems, sample_size
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import tidy


@action("digitising.lot-drawn")
def draw_lot(act: Act, *, fonds_id: int) -> Result:
    """Everything scanned and in no lot yet becomes a lot; its sample is drawn, not chosen.

    The seed is made of the last hash of the trail of this fonds: nobody knows it before.
    """
    fonds = begin(act, fonds_id, "lot.draw")
    head = act.lock(chain_of(fonds.pk))
    rows = Record.objects.filter(
        fonds=fonds, withdrawn_at__isnull=True, stage=Stage.SCANNED, lot=None
    )
    numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    if not numbers:
        raise Refused.because("digitising.nothing-scanned", fonds.name)
    seed = hashlib.sha256(f"{head.hash}/{act.key}".encode()).hexdigest()
    sample = drawn(numbers, sample_size(len(numbers), fonds.hundredths, fonds.least), seed)
    lot = Lot.objects.create(
        fonds=fonds,
        number=Lot.objects.filter(fonds=fonds).count() + 1,
        size=len(numbers),
        seed=seed,
        drawn_at=act.at,
    )
    act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("lot", lot.pk),
        after={"number": lot.number, "size": lot.size, "sample": len(sample), "seed": seed},
    )
    for first in range(0, len(numbers), BATCH):
        Record.objects.filter(pk__in=numbers[first : first + BATCH]).update(lot=lot)
    Sampled.objects.bulk_create(
        Sampled(lot=lot, record_id=pk, place=at) for at, pk in enumerate(sample, 1)
    )
    return {"lot": lot.pk, "size": lot.size, "sample": len(sample)}


def _lot(fonds: Fonds, lot_id: int, state: LotState) -> Lot:
    lot = Lot.objects.filter(pk=min(max(lot_id, 0), LARGEST), fonds=fonds).first()
    if lot is None:
        raise Refused.missing(Problem("digitising.lot-missing"))
    if lot.state != state:
        raise Refused.because(
            "digitising.lot-state", str(lot.number), state=str(lot.get_state_display())
        )
    return lot


@action("digitising.file-judged")
def judge(
    act: Act, *, fonds_id: int, lot_id: int, record_id: int, good: bool, fault: str = ""
) -> Result:
    """Somebody looked at one file of the sample: good, or bad with what is wrong."""
    fonds = begin(act, fonds_id, "lot.judge")
    lot = _lot(fonds, lot_id, LotState.OPEN)
    one = lot.sample.filter(record=min(max(record_id, 0), LARGEST)).select_related("record").first()
    if one is None:
        raise Refused.because("digitising.record-missing")
    what = "" if good else worded(fault, 300, "digitising.fault-missing")
    act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("lot", lot.pk),
        before={"good": one.good, "fault": one.fault},
        after={"code": one.record.code, "good": good, "fault": what},
    )
    one.good, one.fault, one.by_name = good, what, act.by.name
    one.save(update_fields=["good", "fault", "by_name"])
    return {"record": one.record_id}


@action("digitising.lot-decided")
def decide_lot(act: Act, *, fonds_id: int, lot_id: int, decision: str, reason: str = "") -> Result:
    """The lot passes, or all of it is scanned again, for a reason.

    Raises Refused: the sample not finished, too many bad ones to pass, a rejection without reason.
    """
    fonds = begin(act, fonds_id, "lot.decide")
    lot = _lot(fonds, lot_id, LotState.OPEN)
    rows = lot.sample.values_list("record__code", "good")
    refuse_if(lot_problems(dict(rows), fonds.most_bad, decision))
    why = (
        worded(reason, 500, "digitising.reason-missing")
        if decision == REJECT
        else tidy(reason)[:500]
    )
    passes = decision == ACCEPT
    dst = Stage.CHECKED if passes else Stage.BOXED
    act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("lot", lot.pk),
        after={"decision": decision, "size": lot.size},
        reason=why,
    )
    lot.state = LotState.CHECKED if passes else LotState.REJECTED
    lot.decided_at, lot.decided_by, lot.decided_name = act.at, act.by.user, act.by.name
    lot.reason = why
    lot.save()
    files = Record.objects.filter(lot=lot)
    moved = list(files.values_list("pk", flat=True))
    if passes:
        files.update(stage=dst, changed_at=act.at)
    else:
        files.update(stage=dst, turn=F("turn") + 1, lot=None, changed_at=act.at)
    write_lines(act, fonds, ((pk, Stage.SCANNED, dst) for pk in moved))
    return {"lot": lot.pk, "records": len(moved), "passes": passes}


@action("digitising.lot-accepted")
def accept_lot(act: Act, *, fonds_id: int, lot_id: int) -> Result:
    """A head accepts a lot that passed (nghiệm thu): another person than the one who let it pass."""
    fonds = begin(act, fonds_id, "lot.accept")
    lot = _lot(fonds, lot_id, LotState.CHECKED)
    if lot.decided_by == act.by.user:
        raise Refused.because("digitising.four-eyes", lot.decided_name)
    files = Record.objects.filter(lot=lot, stage=Stage.CHECKED)
    moved = list(files.values_list("pk", flat=True))
    act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("lot", lot.pk),
        after={"accepted": len(moved), "checked_by": lot.decided_name},
    )
    lot.state = LotState.ACCEPTED
    lot.save(update_fields=["state"])
    files.update(stage=Stage.ACCEPTED, changed_at=act.at)
    write_lines(act, fonds, ((pk, Stage.CHECKED, Stage.ACCEPTED) for pk in moved))
    return {"lot": lot.pk, "records": len(moved)}
