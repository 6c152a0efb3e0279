"""Writing down what a reading of the kept scans found."""

from collections.abc import Sequence

from thongsuot.apps.digitising.actions.steps import Result
from thongsuot.apps.digitising.models import FixityCheck, Outcome
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.ref import Ref

CHAIN = "digitising-fixity"


@action("digitising.scans-checked")
def record_checks(act: Act, *, found: Sequence[Sequence[object]]) -> Result:
    """Write one check for each scan that was read: (file, outcome, hash found).

    The machinery of the house does this, never a person: there is no right to it.
    """
    if act.by.user or not found:
        raise Refused.because("digitising.not-for-people")
    bad = [row for row in found if row[1] != Outcome.SOUND]
    entry = act.record(
        chain=CHAIN,
        subject=Ref("fixity", 1),
        after={"read": len(found), "bad": [[row[0], row[1]] for row in bad]},
    )
    FixityCheck.objects.bulk_create(
        FixityCheck(
            file_id=int(str(file)), outcome=str(outcome), found=str(hash_), at=act.at, entry=entry
        )
        for file, outcome, hash_ in found
    )
    return {"read": len(found), "bad": len(bad)}
