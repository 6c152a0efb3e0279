"""What becomes of items that are not handed over as they are: split, kept, closed, destroyed, missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet

from thongsuot.apps.handover.actions.steps import (
    Result,
    begin,
    move_all,
    name_of,
    not_held,
    record,
    refuse_ended,
    refuse_first,
    select,
)
from thongsuot.apps.handover.listing import folded
from thongsuot.apps.handover.models import Item, RuleShare, Transition
from thongsuot.apps.handover.models.choices import Allocation, ItemState
from thongsuot.apps.handover.posting import Posting
from thongsuot.apps.handover.selection import Choice
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.handover.allocation import divided
from thongsuot.rules.handover.ledger import (
    CLOSED,
    DESTROYED,
    HELD,
    KEPT,
    MISSING,
    OUTSIDE,
    Movement,
)
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import divide
from thongsuot.rules.kernel.ref import Ref

MOST_DIVIDED = 2_000  # items divided by shares in one act
Part = Mapping[str, Any]


def _held(act: Act, transition: Transition, doing: str, choice: Choice) -> "QuerySet[Item]":
    """The chosen items, all of them wholly or partly with a giver that has not ended."""
    items = select(act, transition, doing, choice)
    refuse_first(items.exclude(state=ItemState.HELD), not_held)
    return items


@action("handover.items-kept")
def keep_items(
    act: Act, *, transition_id: int, choice: Choice, keeper_id: int, reason: str, authority: str
) -> Result:
    """Items stay with a named keeper by decision (giữ lại) and are not handed over.

    The keeper must go on existing: it is not one of the bodies that end.
    """
    transition = begin(act, transition_id)
    items = _held(act, transition, "items.keep", choice)
    if transition.bodies.filter(body=keeper_id, side="ends").exists():
        raise Refused.because("handover.receiver-unknown", name_of(keeper_id))
    like = Movement("", "kept", HELD, KEPT, 1, keeper_id, None, reason, authority)
    return {"count": move_all(act, transition, items, like, keeper=keeper_id)}


@action("handover.items-closed")
def close_items(act: Act, *, transition_id: int, choice: Choice, reason: str) -> Result:
    """Items are finished before the end (kết thúc): nothing is left to hand over."""
    transition = begin(act, transition_id)
    items = _held(act, transition, "items.close", choice)
    like = Movement("", "closed", HELD, CLOSED, 1, reason=reason)
    return {"count": move_all(act, transition, items, like)}


@action("handover.items-destroyed")
def destroy_items(
    act: Act, *, transition_id: int, choice: Choice, reason: str, authority: str
) -> Result:
    """Items are destroyed by decision (tiêu hủy): its number and basis are required.

    There is no way back from here, in the ledger as in life.
    """
    transition = begin(act, transition_id)
    items = _held(act, transition, "items.destroy", choice)
    like = Movement("", "destroyed", HELD, DESTROYED, 1, 0, None, reason, authority)
    return {"count": move_all(act, transition, items, like)}


@action("handover.items-reopened")
def reopen_items(act: Act, *, transition_id: int, choice: Choice, of: str, reason: str) -> Result:
    """Items that were kept or closed by mistake are with their giver again."""
    transition = begin(act, transition_id)
    items = select(act, transition, "items.reopen", choice)
    refuse_if_ended(transition, items)
    if of not in (KEPT, CLOSED):
        raise Refused.because("handover.move-not-allowed", "", src=of, dst=HELD)
    like = Movement("", "reopened", of, HELD, 1, reason=reason)
    return {"count": move_all(act, transition, items, like)}


def refuse_if_ended(transition: Transition, items: "QuerySet[Item]") -> None:
    """Nothing comes back to a giver that has ended."""
    refuse_ended(transition, set(items.order_by().values_list("giver", flat=True).distinct()))


@action("handover.items-missing")
def report_missing(
    act: Act, *, transition_id: int, choice: Choice, reason: str, quantity: int | None = None
) -> Result:
    """Items were looked for and not found (thiếu): all of them, or so much of one item."""
    transition = begin(act, transition_id)
    items = _held(act, transition, "items.missing", choice)
    like = Movement("", "missed", HELD, MISSING, 1, reason=reason)
    return {"count": _move(act, transition, items, like, quantity)}


@action("handover.items-found")
def report_found(
    act: Act, *, transition_id: int, choice: Choice, reason: str, quantity: int | None = None
) -> Result:
    """Missing items were found again: all of them, or so much of one item."""
    transition = begin(act, transition_id)
    items = select(act, transition, "items.found", choice)
    refuse_if_ended(transition, items)
    like = Movement("", "found", MISSING, HELD, 1, reason=reason)
    return {"count": _move(act, transition, items, like, quantity)}


def _move(
    act: Act,
    transition: Transition,
    items: "QuerySet[Item]",
    like: Movement,
    quantity: int | None,
) -> int:
    if quantity is None:
        return move_all(act, transition, items, like)
    found = list(items[:2])
    if len(found) != 1 or quantity <= 0:
        raise Refused.because("handover.quantity-not-positive", found[0].code)
    posting = Posting()
    posting.stage(items, like, quantity=F("opened") * 0 + quantity)
    entry = record(act, transition, posting, subject=Ref("item", found[0].pk), reason=like.reason)
    posting.post(entry)
    return 1


@action("handover.item-split")
def split_item(
    act: Act, *, transition_id: int, item_id: int, parts: Sequence[Part], reason: str
) -> Result:
    """Split what is held of an item into parts with codes of their own, exactly (chia tách).

    Shapes: each part is ``{"quantity": parts}`` and may have ``code``, ``title`` and
    ``receiver`` (then proposed with the same reason). Quantities add up to all that is held; the
    value is divided in the same proportion, to the last đồng.

    Raises Refused: fewer than two parts, parts that do not add up, codes taken.
    """
    transition = begin(act, transition_id)
    items = _held(act, transition, "items.split", {"ids": [item_id]})
    parent = items.get()
    _check_parts(parent, [int(p["quantity"]) for p in parts])
    children = _children(parent, parts, reason)
    _free_codes(transition, children)
    made = Item.objects.bulk_create(children)
    entry, count = _post_split(act, transition, {parent.pk: made}, reason, Ref("item", item_id))
    return {"items": [child.pk for child in made], "entry": entry, "count": count}


def _check_parts(parent: Item, quantities: Sequence[int]) -> None:
    total, held = sum(quantities), parent.q_held
    wrong = (
        (len(quantities) < 2, "handover.one-part-only"),
        (any(q <= 0 for q in quantities), "handover.quantity-not-positive"),
        (total != held, "handover.parts-do-not-add-up"),
    )
    facts = {"sum": total, "held": held}
    refuse_if(Problem(code, parent.code, facts) for found, code in wrong if found)


def _children(parent: Item, parts: Sequence[Part], reason: str) -> list[Item]:
    """The new items: like their parent in everything but code, quantity, value and receiver."""
    quantities = [int(p["quantity"]) for p in parts]
    whole = parent.value if parent.opened == parent.q_held else None
    values = [None] * len(parts) if whole is None else divide(whole, quantities)
    return [
        _child(parent, part, n, value, reason)
        for n, (part, value) in enumerate(zip(parts, values, strict=True), start=1)
    ]


LIKE_PARENT = [
    "transition_id",
    "kind",
    "giver_id",
    "unit_id",
    "field",
    "measure",
    "place",
    "container",
    "secrecy",
    "citizen",
    "next_due",
    "season",
    "season_due",
    "season_until",
    "annex",
    "note",
    "step",
    "step_at",
    "batch",
    "changed_at",
]


def _child(parent: Item, part: Part, number: int, value: int | None, reason: str) -> Item:
    code = part.get("code") or f"{parent.code}/{number}"
    title = part.get("title") or parent.title
    receiver = part.get("receiver")
    return Item(
        **{name: getattr(parent, name) for name in LIKE_PARENT},
        code=code,
        title=title,
        folded=folded(code, title),
        opened=part["quantity"],
        q_held=part["quantity"],
        value=value,
        parent=parent,
        receiver_id=receiver,
        allocation=Allocation.PROPOSED if receiver else Allocation.NONE,
        reason=reason if receiver else "",
    )


def _free_codes(transition: Transition, children: Sequence[Item]) -> None:
    taken = (
        Item.objects.filter(
            transition=transition, kind=children[0].kind, code__in=[c.code for c in children]
        )
        .exclude(state=ItemState.UNDONE)
        .values_list("code", flat=True)
    )
    refuse_if(Problem("handover.code-taken", code) for code in sorted(taken))


def _post_split(
    act: Act,
    transition: Transition,
    families: Mapping[int, Sequence[Item]],
    reason: str,
    subject: Ref,
) -> tuple[int, int]:
    posting = Posting()
    for parent, children in families.items():
        held = sum(c.opened for c in children)
        leaving = Movement("", "split-from", HELD, OUTSIDE, held, reason=reason)
        posting.stage_one(parent, leaving)
        for child in children:
            coming = Movement("", "split-to", OUTSIDE, HELD, child.opened, reason=reason)
            posting.stage_one(child.pk, coming)
    # The parts come with their quantities in place: only the whole moves.
    entry = record(act, transition, posting, subject=subject, reason=reason)
    posting.post_split(entry)
    return entry.pk, posting.count


@action("handover.items-divided")
def divide_shared(act: Act, *, transition_id: int, choice: Choice, reason: str) -> Result:
    """Divide the chosen items by the shares of the rule that proposed it, each to the last unit.

    Items too small to give everybody a part are left as they are and counted in the answer.
    """
    transition = begin(act, transition_id)
    items = _held(act, transition, "items.split", choice).filter(allocation=Allocation.SHARED)
    listed = list(items.select_related("rule").order_by("pk")[: MOST_DIVIDED + 1])
    if not listed or len(listed) > MOST_DIVIDED:
        raise Refused.because("handover.too-many-at-once", most=MOST_DIVIDED)
    shares: dict[int, list[tuple[int, int]]] = {}
    rows = RuleShare.objects.filter(rule__in={i.rule_id for i in listed}).order_by("id")
    for row in rows:
        shares.setdefault(row.rule_id, []).append((row.body_id, row.weight))
    families: dict[int, list[Item]] = {}
    for item in listed:
        parts = divided(item.q_held, shares[item.rule_id or 0])
        if len(parts) > 1:
            wanted = [{"quantity": q, "receiver": body} for body, q in parts]
            why = item.rule.reason if item.rule else reason
            families[item.pk] = _children(item, wanted, why)
    if not families:
        raise Refused.because("handover.nothing-chosen")
    children = [c for family in families.values() for c in family]
    _free_codes_of(transition, children)
    Item.objects.bulk_create(children, batch_size=500)
    _, count = _post_split(act, transition, families, reason, Ref("transition", transition.pk))
    return {
        "count": len(families),
        "parts": count - len(families),
        "left": len(listed) - len(families),
    }


def _free_codes_of(transition: Transition, children: Sequence[Item]) -> None:
    for kind in {c.kind for c in children}:
        _free_codes(transition, [c for c in children if c.kind == kind])
