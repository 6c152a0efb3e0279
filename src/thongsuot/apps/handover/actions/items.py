"""Items onto the list, off it again with their import, and through the five steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from thongsuot.apps.handover import listing, permit
from thongsuot.apps.handover.actions.steps import (
    FIRST,
    Result,
    begin,
    chain_of,
    record,
    refuse_strangers,
    select,
)
from thongsuot.apps.handover.models import Item, Movement, StepLine, Transition
from thongsuot.apps.handover.models.choices import ItemState, Step
from thongsuot.apps.handover.models.items import UNFINISHED
from thongsuot.apps.handover.posting import Posting, insert_select, lines_digest, unchanging
from thongsuot.apps.handover.selection import Choice
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.handover import ledger, lifecycle
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.handover.kinds import KINDS
from thongsuot.rules.handover.season import read
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

MOST_ROWS = 5_000  # by hand or through the API; more comes as a file


def _listed(row: Mapping[str, Any], giver: int) -> listing.Listed:
    due = row.get("next_due")
    values = {k: v for k, v in row.items() if k not in ("next_due", "giver")}
    parsed = date.fromisoformat(due) if isinstance(due, str) and due else due or None
    return listing.Listed(giver=row.get("giver", giver), next_due=parsed, **values)


def row_problems(transition: Transition, rows: Sequence[listing.Listed]) -> list[Problem]:
    """What is wrong with rows about to be listed: quantity, kind, codes doubled or taken."""
    problems = [Problem("handover.quantity-not-positive", r.code) for r in rows if r.quantity <= 0]
    problems += [
        Problem("handover.season-unknown", r.code, {"value": r.season})
        for r in rows
        if r.season.strip() and read(r.season) is None
    ]
    problems += [Problem("handover.kind-unknown", r.kind) for r in rows if r.kind not in KINDS]
    keys = [(r.kind, r.code) for r in rows]
    doubled = {k for k in keys if keys.count(k) > 1} if len(keys) != len(set(keys)) else set()
    taken = set(
        Item.objects.filter(transition=transition, code__in={c for _, c in keys})
        .exclude(state=ItemState.UNDONE)
        .values_list("kind", "code")
    )
    both = doubled | (taken & set(keys))
    return problems + [Problem("handover.code-taken", code) for _, code in sorted(both)]


def late_problems(transition: Transition, on: date, late: str) -> list[Problem]:
    """The list is frozen after its day: what is found later needs to be said why."""
    if not listing.is_late(transition, on) or late.strip():
        return []
    return [Problem("handover.list-frozen", "", {"on": transition.freeze_on})]


@action("handover.items-added")
def add_items(
    act: Act,
    *,
    transition_id: int,
    giver_id: int,
    rows: Sequence[Mapping[str, Any]],
    batch: int | None = None,
) -> Result:
    """Put items on the list of a body (nhập danh mục); all of them or none.

    Shapes: each row has the fields of ``listing.Listed`` (kind, code, title, quantity in smallest
    parts, measure, …), days as ISO text; a row may name another giver.

    Raises Refused: a body that does not end here or has ended (the residual desk is named),
    quantities not above 0, codes that are doubled or taken.
    """
    return _add(act, transition_id, giver_id, rows, batch=batch, doing="items.add")


@action("handover.late-found")
def add_late_finds(
    act: Act, *, transition_id: int, giver_id: int, rows: Sequence[Mapping[str, Any]], reason: str
) -> Result:
    """Put things on the list that were found after the count (phát hiện sau), with the reason.

    Before its end under the body itself, afterwards under the residual desk of the transition.
    """
    return _add(act, transition_id, giver_id, rows, late=reason, doing="items.late-found")


def _add(  # noqa: PLR0913  # what two acts have in common
    act: Act,
    transition_id: int,
    giver_id: int,
    rows: Sequence[Mapping[str, Any]],
    *,
    doing: str,
    batch: int | None = None,
    late: str = "",
) -> Result:
    transition = begin(act, transition_id)
    listed = [_listed(row, giver_id) for row in rows]
    if not listed or len(listed) > MOST_ROWS:
        raise Refused.because("handover.rows-number", count=len(listed), most=MOST_ROWS)
    if doing == "items.late-found" and not late.strip():
        raise Refused.because("handover.reason-needed", listed[0].code)
    refuse_if(late_problems(transition, act.on, late))
    givers = {r.giver for r in listed}
    for giver in givers:
        permit.allow(act.by, doing, Relation(giver=giver, place=transition.unit_id))
    refuse_strangers(transition, givers)
    refuse_if(row_problems(transition, listed))
    items = listing.insert(transition, listed, at=act.at, batch=batch)
    ids = list(items.order_by("pk").values_list("pk", flat=True))
    posting = listing.stage_inserted(items, late=late)
    entry = record(act, transition, posting, reason=late, also={"giver": giver_id})
    posting.post_new(entry)
    return {"count": posting.count, "items": ids}


def touched_since(items: "QuerySet[Item]") -> "QuerySet[Item]":
    """The items to which more has happened than being listed (and corrected by an import)."""
    other = Movement.objects.filter(item=OuterRef("pk")).exclude(
        kind__in=("opened", "late-found", "undone")
    )
    return items.filter(Exists(other) | Q(step__gt=Step.REVIEW) | ~Q(state=ItemState.HELD))


def take_back(posting: Posting, transition: Transition, batch: int) -> int:
    """Stage taking a whole import off the list; returns how many items.

    Raises Refused when anything else has happened to any of them since.
    """
    items = Item.objects.filter(transition=transition, batch=batch).exclude(state=ItemState.UNDONE)
    wrong = touched_since(items)
    count = wrong.count()
    if count:
        first = ", ".join(wrong.order_by("code").values_list("code", flat=True)[:FIRST])
        raise Refused.because("handover.touched-since", count=count, first=first)
    staged = posting.stage(items, ledger.Movement("", "undone", ledger.HELD, ledger.OUTSIDE, 1))
    if not staged:
        raise Refused.because("handover.batch-empty")
    return staged


@action("handover.import-undone")
def undo_items(act: Act, *, transition_id: int, batch: int, reason: str = "") -> Result:
    """Take a whole import off the list again, only while nothing else happened to its items."""
    transition = begin(act, transition_id)
    mine = permit.items_for(act.by, "items.undo", transition)
    of_batch = Item.objects.filter(transition=transition, batch=batch)
    others = of_batch.exclude(pk__in=mine.filter(batch=batch)).count()
    if others:
        raise Refused.because("handover.items-missing", count=others)
    posting = Posting()
    count = take_back(posting, transition, batch)
    entry = record(act, transition, posting, reason=reason, also={"batch": batch})
    posting.post(entry)
    return {"count": count}


@action("handover.items-advanced")
def advance_step(act: Act, *, transition_id: int, to: int, choice: Choice) -> Result:
    """Take the chosen items to the next of the five steps; none may be skipped.

    Raises Refused naming items that are not at the step before; the fifth step is taken by
    dispatching.
    """
    transition = begin(act, transition_id)
    items = select(act, transition, "items.advance", choice).filter(UNFINISHED)
    if to == lifecycle.HAND_OVER:
        raise Refused.because("handover.last-step-by-minutes")
    wrong = items.exclude(step=to - 1).order_by("code", "pk")[:FIRST]
    found = (lifecycle.check_step(i.code, i.step, to) for i in wrong)
    refuse_if(p for p in found if p is not None)
    ids = items.order_by("pk").values_list("pk", flat=True)
    digest = lines_digest((pk, to - 1, to) for pk in ids.iterator(5_000))
    count = items.count()
    if not count:
        raise Refused.because("handover.step-nothing", at=to - 1, to=to)
    entry = act.record(
        chain=chain_of(transition.pk),
        subject=Ref("transition", transition.pk),
        after={"steps": count, "to": to, "step_digest": digest},
    )
    write_steps(items, entry.pk, entry.at, to)
    return {"count": count}


def write_steps(items: "QuerySet[Item]", entry: int, at: Any, to: int) -> int:
    """Write a line per item that goes to a step, and move the items there."""
    with unchanging(items) as same:  # they may be chosen by their step
        insert_select(
            StepLine,
            ("item", "at_step", "to_step", "at", "entry"),
            same.order_by("pk"),
            {"at_step": to - 1, "to_step": to, "at": at, "entry": entry},
        )
        return same.update(step=to, step_at=Greatest(F("step_at"), at))
