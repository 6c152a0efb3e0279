"""Unfinished work: frozen on the changeover day, proposed upwards, finished one by one."""

from django.db.models import Exists, OuterRef, QuerySet

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.actions.steps import Result, begin, chain_of, select
from thongsuot.apps.handover.models import CarryLine, Item, Transition
from thongsuot.apps.handover.models.choices import CarrySort
from thongsuot.apps.handover.posting import insert_select, lines_digest
from thongsuot.apps.handover.queries.backlog import is_frozen, work_in
from thongsuot.apps.handover.selection import Choice
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

COLUMNS = ("item", "sort", "text", "on", "entry")


@action("handover.backlog-frozen")
def freeze_backlog(act: Act, *, transition_id: int) -> Result:
    """Freeze the unfinished tasks and cases of all bodies that end (chốt tồn đọng).

    On the changeover day or later, once: from then on the register only goes down, to zero.

    Raises Refused: before the day, a second time, and when nothing is unfinished.
    """
    transition = begin(act, transition_id)
    permit.allow(act.by, "backlog.freeze", Relation(place=transition.unit_id))
    if act.on < transition.effective_on:
        raise Refused.because("handover.freeze-too-early", "", on=transition.effective_on)
    before = is_frozen(transition_id)
    if before is not None:
        raise Refused.conflict(Problem("handover.frozen-already", "", {"on": before}))
    items = work_in(Item.objects.filter(transition=transition))
    return {"count": _write(act, transition, items, CarrySort.FROZEN)}


def _write(
    act: Act,
    transition: Transition,
    items: "QuerySet[Item]",
    sort: CarrySort,
    text: str = "",
    body: int | None = None,
) -> int:
    """One line for each of the items under one entry; the entry has their digest."""
    ids = list(items.order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise Refused.because("handover.nothing-chosen")
    entry = act.record(
        chain=chain_of(transition.pk),
        subject=Ref("transition", transition.pk),
        after={
            "sort": sort.value,
            "count": len(ids),
            "body": body,
            "carry_digest": lines_digest((pk, sort.value) for pk in ids),
        },
        reason=text,
    )
    same = {"sort": sort.value, "text": text, "on": entry.on, "entry": entry.pk}
    rows = Item.objects.filter(transition=transition).filter(pk__in=items.values("pk"))
    if body is None:
        return insert_select(CarryLine, COLUMNS, rows.order_by("pk"), same)
    return insert_select(CarryLine, (*COLUMNS, "body"), rows.order_by("pk"), same | {"body": body})


@action("handover.backlog-proposed")
def propose_carried(
    act: Act, *, transition_id: int, choice: Choice, text: str, asked_id: int | None = None
) -> Result:
    """Write down what a district proposes for unfinished work, and whom it asks (đề xuất).

    The last proposal for an item counts; earlier ones stay on record.
    """
    transition = begin(act, transition_id)
    items = work_in(select(act, transition, "backlog.propose", choice))
    wrong = asked_id is not None and not Body.objects.filter(pk=asked_id).exists()
    refuse_if(
        [
            *([] if text.strip() else [Problem("handover.proposal-needed")]),
            *([Problem("handover.receiver-unknown", str(asked_id))] if wrong else ()),
        ]
    )
    return {"count": _write(act, transition, items, CarrySort.PROPOSED, text.strip(), asked_id)}


@action("handover.backlog-finished")
def finish_carried(act: Act, *, transition_id: int, choice: Choice, how: str) -> Result:
    """Unfinished work has been finished, by the giver or by whoever received it (giải quyết xong).

    Raises Refused: before the freeze (then it is closed in the list), without saying how.
    """
    transition = begin(act, transition_id)
    if is_frozen(transition_id) is None:
        raise Refused.because("handover.not-frozen-yet")
    frozen = CarryLine.objects.filter(item=OuterRef("pk"), sort=CarrySort.FROZEN)
    items = work_in(select(act, transition, "backlog.finish", choice)).filter(Exists(frozen))
    if not how.strip():
        raise Refused.because("handover.how-finished")
    by = act.by.hat.body if act.by.hat else None
    return {"count": _write(act, transition, items, CarrySort.DONE, how.strip(), by or None)}
