"""Disputes: opened by a head of either side, settled by the steering committee."""

from typing import Any

from django.db.models import BigIntegerField, F, Value

from thongsuot.apps.handover.actions.allocation import write_decisions
from thongsuot.apps.handover.actions.outcomes import refuse_if_ended
from thongsuot.apps.handover.actions.steps import Result, begin, record, select
from thongsuot.apps.handover.models import Item
from thongsuot.apps.handover.models.choices import Allocation
from thongsuot.apps.handover.posting import Posting
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.handover.ledger import ACCEPTED, DISPUTED, HELD, MISSING, Movement
from thongsuot.rules.kernel.ref import Ref


def _amount(quantity: int) -> Value:
    return Value(quantity, output_field=BigIntegerField())


@action("handover.dispute-opened")
def open_dispute(  # noqa: PLR0913  # keyword-only
    act: Act,
    *,
    transition_id: int,
    item_id: int,
    reason: str,
    of: str = HELD,
    against_id: int | None = None,
    quantity: int | None = None,
) -> Result:
    """A side does not agree about an item: all, or so much, of what is held or was accepted.

    ``against_id`` names the other body where that is neither giver nor receiver (two wards that
    both claim it). The holder stays who it was.
    """
    transition = begin(act, transition_id)
    items = select(act, transition, "dispute.open", {"ids": [item_id]})
    item = items.get()
    if of == HELD:
        refuse_if_ended(transition, items)
    if of not in (HELD, ACCEPTED):
        raise Refused.because("handover.move-not-allowed", item.code, src=of, dst=DISPUTED)
    other = against_id or item.receiver_id or 0
    body = item.receiver_id or 0 if of == ACCEPTED else other
    like = Movement("", "disputed", of, DISPUTED, 1, body, None, reason)
    posting = Posting()
    moved = posting.stage(
        items, like, quantity=F(f"q_{of}") if quantity is None else _amount(quantity)
    )
    if not moved:
        raise Refused.because("handover.nothing-chosen")
    entry = record(
        act,
        transition,
        posting,
        subject=Ref("item", item_id),
        reason=reason,
        also={"against": other},
    )
    posting.post(entry)
    return {"item": item_id}


@action("handover.dispute-settled")
def settle_dispute(  # noqa: PLR0913  # keyword-only
    act: Act,
    *,
    transition_id: int,
    item_id: int,
    to: str,
    reason: str,
    authority: str,
    receiver_id: int | None = None,
    quantity: int | None = None,
) -> Result:
    """The steering committee settles a dispute by a decision (giải quyết tranh chấp).

    Shapes: ``to`` is *held* (back to the giver; with ``receiver_id`` that receiver is confirmed),
    *accepted* (it stays with the receiver) or *missing*.

    Raises Refused: nothing in dispute, no decision, an item accepted without a receiver.
    """
    transition = begin(act, transition_id)
    items = select(act, transition, "dispute.settle", {"ids": [item_id]})
    item = items.get()
    if not item.q_disputed:
        raise Refused.because("handover.no-dispute", item.code)
    keeps = item.receiver_id if to == ACCEPTED else None
    wrong_receiver = receiver_id is not None and (to != HELD or receiver_id == item.giver_id)
    if to not in (HELD, ACCEPTED, MISSING) or wrong_receiver or (to == ACCEPTED and not keeps):
        raise Refused.because("handover.settle-where", item.code)
    if to == HELD:
        refuse_if_ended(transition, items)
    like = Movement("", "settled", DISPUTED, to, 1, keeps or 0, None, reason, authority)
    posting = Posting()
    posting.stage(items, like, quantity=F("q_disputed") if quantity is None else _amount(quantity))
    entry = record(
        act,
        transition,
        posting,
        subject=Ref("item", item_id),
        reason=reason,
        authority=authority,
        also={"to": to, "receiver": receiver_id},
    )
    decided: dict[str, Any] = {
        "receiver": receiver_id,
        "allocation": Allocation.CONFIRMED,
        "rule": None,
        "reason": reason,
        "why": "",
        "candidates": [],
    }
    posting.post(entry, (lambda rows: rows.update(**decided)) if receiver_id else None)
    if receiver_id:
        write_decisions(Item.objects.filter(pk=item_id), entry, receiver_id, None, reason)
    return {"item": item_id}
