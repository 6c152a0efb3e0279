"""What every act on a fonds begins with, and how files move from stage to stage."""

from collections.abc import Iterable

from thongsuot.apps.digitising import permit
from thongsuot.apps.digitising.models import Fonds, Record, Stage, StageLine
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.digitising.stages import check_move
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import tidy

Result = dict[str, object]
LARGEST = 2**63 - 1
MOST = 5_000  # files in one act
BATCH = 1_000


def chain_of(fonds_id: int) -> str:
    """The chain of the trail on which every act on a fonds stands."""
    return f"fonds:{fonds_id}"


def begin(act: Act, fonds_id: int, right: str) -> Fonds:
    """Take the fonds for this act; others wait.

    Raises Refused: 404 for no fonds in sight, 403 without the right, 422 when it is closed.
    """
    fonds = permit.fonds_in_sight(act.by, fonds_id)
    act.lock(chain_of(fonds_id))
    fonds.refresh_from_db()
    permit.allow(act.by, right, fonds.body_id)
    if fonds.closed_at is not None:
        raise Refused.because("digitising.closed", fonds.name, at=fonds.closed_at)
    return fonds


def worded(text: str, most: int, code: str) -> str:
    """A text that must be there, tidied. Raises Refused when empty or longer than ``most``."""
    clean = tidy(text)
    if not clean or len(clean) > most:
        raise Refused([Problem(code, "", {"most": most})])
    return clean


def chosen(fonds: Fonds, ids: Iterable[int]) -> list[Record]:
    """The files of the fonds with these ids. Raises Refused for none, too many or foreign ones."""
    wanted = sorted(set(ids))
    if not wanted or len(wanted) > MOST:
        raise Refused.because("digitising.choose-files", "", most=MOST)
    if wanted[0] < 1 or wanted[-1] > LARGEST:
        raise Refused.because("digitising.record-missing")
    rows = Record.objects.filter(fonds=fonds, withdrawn_at__isnull=True, pk__in=wanted)
    found = list(rows.order_by("code", "pk"))
    if len(found) != len(wanted):
        raise Refused.because("digitising.record-missing")
    return found


def check_moves(records: Iterable[Record], dst: Stage) -> None:
    """Raise Refused, naming each file that may not go to that stage."""
    problems = (check_move(r.stage, dst, r.code) for r in records)
    refuse_if([p for p in problems if p is not None][:20])


def write_lines(act: Act, fonds: Fonds, moves: Iterable[tuple[int, int, int]]) -> None:
    """Write (record, from, to) into the book of stages, after the entry."""
    StageLine.objects.bulk_create(
        (
            StageLine(
                record_id=pk, fonds=fonds, src=src, dst=dst, on=act.on, at=act.at, entry=act.entry
            )
            for pk, src, dst in moves
        ),
        batch_size=BATCH,
    )
