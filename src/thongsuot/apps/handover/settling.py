"""What signed minutes move, for all their lines at once; the rules say the same line by line."""

from collections.abc import Callable

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Greatest, Least

from thongsuot.apps.handover.models import Item, Minutes, MinutesLine
from thongsuot.apps.handover.models.choices import Allocation
from thongsuot.apps.handover.posting import Posting
from thongsuot.rules.handover.ledger import (
    ACCEPTED,
    DISPUTED,
    HELD,
    MISSING,
    OUTSIDE,
    TRANSIT,
    Buckets,
    Movement,
)
from thongsuot.rules.handover.minutes import Line, settle_correction

REFUSED = "refused"  # the sort of gap of an item that came back
ZERO = Value(0, output_field=BigIntegerField())


def line_value(line: MinutesLine) -> Line:
    """A line as the rules take it."""
    return Line(
        item=line.item.code,
        sent=line.quantity,
        giver_count=line.giver_count,
        receiver_count=line.receiver_count,
        refused=line.refused,
        reason=line.reason,
        measure=line.item.measure,
        title=line.item.title,
    )


def stage_signed(posting: Posting, minutes: Minutes) -> None:
    """Stage everything that signing by both sides moves."""
    if minutes.corrects_id:
        _stage_corrections(posting, minutes)
        return
    note = f"biên bản số {minutes.number}"
    sent, giver, receiver = (
        F("lines__quantity"),
        F("lines__giver_count"),
        F("lines__receiver_count"),
    )
    received = Least(receiver, sent)
    disputed = Greatest(Least(giver, sent) - received, ZERO)
    taken = Item.objects.filter(lines__minutes=minutes, lines__refused=False)
    to, at = minutes.receiver_id, minutes.pk
    for kind, src, dst, quantity in (
        ("received", TRANSIT, ACCEPTED, received),
        ("differing", TRANSIT, DISPUTED, disputed),
        ("short", TRANSIT, MISSING, sent - received - disputed),
        ("over", OUTSIDE, ACCEPTED, Greatest(receiver - sent, ZERO)),
    ):
        like = Movement("", kind, src, dst, 1, to, None, note, "", at)
        posting.stage(taken, like, quantity=quantity)
    back = Item.objects.filter(lines__minutes=minutes, lines__refused=True)
    like = Movement("", "refused", TRANSIT, HELD, 1, to, None, note, "", at)
    posting.stage(back, like, quantity=sent)


def _stage_corrections(posting: Posting, minutes: Minutes) -> None:
    lines = MinutesLine.objects.filter(minutes=minutes).select_related("item")
    for line in lines:
        item = line.item
        now = Buckets(accepted=item.q_accepted, missing=item.q_missing, disputed=item.q_disputed)
        for part in settle_correction(line_value(line), now):
            move = Movement(
                item.code,
                part.kind,
                part.src,
                part.dst,
                part.quantity,
                minutes.receiver_id,
                reason=line.reason or minutes.reason,
                minutes=minutes.pk,
            )
            posting.stage_one(item.pk, move)


def after_signing(minutes: Minutes) -> Callable[["QuerySet[Item]"], object]:
    """What else changes of the items: a refused one needs another receiver, and says why."""

    def change(items: "QuerySet[Item]") -> None:
        refused = MinutesLine.objects.filter(minutes=minutes, refused=True)
        items.filter(pk__in=refused.values("item")).update(
            allocation=Allocation.GAP,
            receiver=None,
            rule=None,
            reason=Subquery(refused.filter(item=OuterRef("pk")).values("reason")[:1]),
            why=REFUSED,
            candidates=[minutes.receiver_id],
        )

    return change
