"""Disputes about an item: opened by a side, settled by the superior of all sides."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from thongsuot.apps.handover import actions
from thongsuot.project.api.bearer import READS, WRITES
from thongsuot.project.api.doing import do, know_bodies
from thongsuot.project.api.items import ONE, in_sight
from thongsuot.project.api.shapes import Done, Id, In, Key, Number, Reason, Some, answers

router = Router(tags=["items"], auth=READS)


class DisputeIn(In):
    """What is in dispute, and with whom."""

    reason: Reason
    of: Literal["held", "accepted"] = "held"
    against: Number | None = None
    quantity: Some | None = None


class SettleIn(In):
    """How a dispute is settled, by which decision."""

    to: Literal["held", "accepted", "missing"]
    reason: Reason
    authority: Annotated[str, Field(min_length=1, max_length=300)]
    receiver: Number | None = None
    quantity: Some | None = None


@router.post(ONE + "/dispute", auth=WRITES, response=answers(Done), summary="Open a dispute")
def dispute(request: HttpRequest, transition: Id, item: Id, given: DisputeIn, key: Key) -> Any:
    """A side does not agree about an item; its holder stays who it was."""
    in_sight(request, transition, item)
    know_bodies(given.against)
    return do(
        request,
        key,
        actions.open_dispute,
        transition_id=transition,
        item_id=item,
        reason=given.reason,
        of=given.of,
        against_id=given.against,
        quantity=given.quantity,
    )


@router.post(ONE + "/settle", auth=WRITES, response=answers(Done), summary="Settle a dispute")
def settle(request: HttpRequest, transition: Id, item: Id, given: SettleIn, key: Key) -> Any:
    """The steering committee settles a dispute by a decision."""
    in_sight(request, transition, item)
    know_bodies(given.receiver)
    return do(
        request,
        key,
        actions.settle_dispute,
        transition_id=transition,
        item_id=item,
        to=given.to,
        reason=given.reason,
        authority=given.authority,
        receiver_id=given.receiver,
        quantity=given.quantity,
    )
