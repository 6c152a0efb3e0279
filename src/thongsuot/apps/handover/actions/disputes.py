"""Disputes: opened by a head of either side, positions of all, settled by the right superior."""

from typing import Any

from django.db.models import BigIntegerField, F, Value

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.actions.allocation import write_decisions
from thongsuot.apps.handover.actions.outcomes import refuse_if_ended
from thongsuot.apps.handover.actions.steps import (
    Result,
    begin,
    chain_of,
    name_of,
    record,
    select,
)
from thongsuot.apps.handover.models import DisputeLine, Item, Transition
from thongsuot.apps.handover.models.choices import (
    Allocation,
    DisputeSort,
    Stance,
    TransitionSide,
)
from thongsuot.apps.handover.posting import Posting
from thongsuot.apps.handover.queries.disputes import parties, places_of
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.handover.ledger import ACCEPTED, DISPUTED, HELD, MISSING, Movement
from thongsuot.rules.handover.superior import check_decider
from thongsuot.rules.kernel.problem import Problem
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
    _write(entry, item, DisputeSort.OPENED, other or None, reason)
    return {"item": item_id}


def _write(  # noqa: PLR0913  # the columns of one line
    entry: Entry,
    item: Item,
    sort: DisputeSort,
    body: int | None,
    text: str,
    *,
    stance: str = "",
    authority: str = "",
) -> None:
    DisputeLine.objects.create(
        item=item,
        sort=sort,
        body_id=body,
        stance=stance,
        text=text,
        authority=authority[:300],
        on=entry.on,
        entry=entry,
    )


def _in_dispute(transition: Transition, item_id: int) -> Item:
    """The item, in dispute. Raises Refused otherwise."""
    item = Item.objects.filter(transition=transition, pk=item_id).first()
    if item is None:
        raise Refused.missing(Problem("handover.item-missing"))
    if not item.q_disputed:
        raise Refused.because("handover.no-dispute", item.code)
    return item


@action("handover.dispute-position")
def give_position(  # noqa: PLR0913  # keyword-only
    act: Act,
    *,
    transition_id: int,
    item_id: int,
    body_id: int,
    stance: str,
    text: str,
    authority: str = "",
) -> Result:
    """A side says what it claims of a disputed item, or that it does not want it, and why.

    Shapes: ``stance`` is *claims* or *declines*; ``body_id`` the side, for which the person speaks.
    The last position of a side counts; earlier ones stay on record.

    Raises Refused: no dispute, not a side of it, no reason.
    """
    transition = begin(act, transition_id)
    item = _in_dispute(transition, item_id)
    sides = parties(transition, item)
    permit.allow(act.by, "dispute.position", Relation(giver=body_id if body_id in sides else 0))
    refuse_if(
        [
            *([] if stance in Stance.values else [Problem("handover.stance-unknown")]),
            *([] if text.strip() else [Problem("handover.reason-needed", item.code)]),
        ]
    )
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("item", item_id),
        after={"side": body_id, "stance": stance},
        reason=text,
        authority=authority,
    )
    _write(entry, item, DisputeSort.POSITION, body_id, text, stance=stance, authority=authority)
    return {"item": item_id}


def _refuse_decider(act: Act, transition: Transition, item: Item) -> None:
    """Refuse (403) whoever is not above all sides of the dispute, or is one of them."""
    sides = parties(transition, item)
    wrong = check_decider(act.by, places_of(sides, act.on))
    if wrong:
        raise Refused([Problem(p.code, name_of(int(p.subject))) for p in wrong], 403)


@action("handover.dispute-holder")
def name_provisional(
    act: Act, *, transition_id: int, item_id: int, body_id: int, reason: str, authority: str = ""
) -> Result:
    """Say who holds a disputed item until it is decided (giao giữ tạm).

    Raises Refused: no dispute, not the superior of the sides, a body that ends, no reason.
    """
    transition = begin(act, transition_id)
    permit.allow(act.by, "dispute.hold", Relation(place=transition.unit_id))
    item = _in_dispute(transition, item_id)
    _refuse_decider(act, transition, item)
    ends = transition.bodies.filter(side=TransitionSide.ENDS, body=body_id).exists()
    wrong = ends or not Body.objects.filter(pk=body_id).exists()
    refuse_if(
        [
            *([Problem("handover.holds-no-more", name_of(body_id))] if wrong else ()),
            *([] if reason.strip() else [Problem("handover.reason-needed", item.code)]),
        ]
    )
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("item", item_id),
        after={"provisional": body_id},
        reason=reason,
        authority=authority,
    )
    _write(entry, item, DisputeSort.PROVISIONAL, body_id, reason, authority=authority)
    return {"item": item_id, "body": body_id}


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
    """The right superior of the sides settles a dispute by a decision (giải quyết tranh chấp).

    Shapes: ``to`` is *held* (back to the giver; with ``receiver_id`` that receiver is confirmed),
    *accepted* (it stays with the receiver) or *missing*.

    Raises Refused: nothing in dispute, no decision, an item accepted without a receiver; 403 for
    who is not above all sides, or is one of them.
    """
    transition = begin(act, transition_id)
    items = select(act, transition, "dispute.settle", {"ids": [item_id]})
    item = items.get()
    if not item.q_disputed:
        raise Refused.because("handover.no-dispute", item.code)
    _refuse_decider(act, transition, item)
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
    chosen = receiver_id or keeps or (item.giver_id if to == HELD else None)
    _write(entry, item, DisputeSort.SETTLED, chosen, reason, authority=authority)
    if receiver_id:
        write_decisions(Item.objects.filter(pk=item_id), entry, receiver_id, None, reason)
    return {"item": item_id}
