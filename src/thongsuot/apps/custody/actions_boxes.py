"""Making containers, moving them, putting files in and taking them out, handing boxes over."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Sum
from django.db.models.functions import Coalesce

from thongsuot.apps.custody import permit
from thongsuot.apps.custody.models import (
    Container,
    ContainerKind,
    Holding,
    LabelPrint,
    Placing,
    Seal,
    Stay,
)
from thongsuot.apps.custody.steps import (
    LONGEST_NAME,
    MOST,
    Result,
    add_things,
    begin,
    chain_of,
    folded,
    items_within,
    live_seals,
    name_of,
    new_label,
    place_of,
    refuse_ended,
    refuse_sealed,
    signed_name,
    stays_of,
    within,
    worded,
)
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.permit import transition_in_sight
from thongsuot.apps.handover.posting import lines_digest
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.custody import places, sealing
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


def _place_for(
    act: Act, transition: Transition, kind: str, place_id: int | None
) -> Container | None:
    """Where a new or moved container is to stand: one that the person keeps, not sealed."""
    place = None
    if place_id:
        place = permit.container_in_sight(act.by, place_id)
        permit.allow(act.by, "container.move", permit.relation(place))
        if place.transition_id != transition.pk:
            raise Refused.missing(Problem("custody.container-missing"))
        if place.kind in (ContainerKind.BOX, ContainerKind.FOLDER):
            refuse_sealed([place.pk], place.name)
    refuse_if(filter(None, [places.check_nesting(kind, place.kind if place else None)]))
    return place


def _made(  # noqa: PLR0913  # what a container is made of
    act: Act, transition: Transition, kind: str, body: int, names: Sequence[str],
    place: Container | None, at: datetime, entry: int,
) -> list[Container]:  # fmt: skip
    rows = [
        Container(
            transition=transition,
            kind=kind,
            label=new_label(),
            name=name,
            folded=folded(name),
            holder_id=body,
            owner_id=body,
            made_at=at,
        )
        for name in names
    ]
    made = Container.objects.bulk_create(rows)
    if place is not None:
        Stay.objects.bulk_create(
            Stay(container=c, place=place, since=at, entry=entry) for c in made
        )
        add_things(place.pk, len(made))
    Holding.objects.bulk_create(
        Holding(container=c, body_id=body, at=at, by_name=signed_name(act), entry=entry)
        for c in made
    )
    return made


def _check_names(
    transition: Transition, body: int, kind: str, names: Sequence[str], place: Container | None
) -> list[str]:
    """The names as they are kept: once in a body for stores and boxes, once in a place for others."""
    plain = [worded(n, "custody.name-needed", LONGEST_NAME) for n in names]
    taken = Container.objects.filter(
        transition=transition, owner=body, kind=kind, folded__in=[folded(n) for n in plain]
    )
    if kind in (ContainerKind.SHELF, ContainerKind.FOLDER):
        beside = Stay.objects.filter(place=place, until__isnull=True)
        taken = taken.filter(pk__in=beside.values("container"))
    refuse_if(Problem("custody.name-taken", c.name) for c in taken[:10])
    if len({folded(n) for n in plain}) != len(plain) or not 1 <= len(plain) <= MOST:
        raise Refused.because("custody.names-number", most=MOST)
    return plain


def _start(act: Act, transition_id: int, body: int) -> Transition:
    transition = transition_in_sight(act.by, transition_id)
    act.lock(chain_of(transition.pk))
    permit.allow(act.by, "container.make", Relation(giver=body, place=transition.unit_id))
    if not transition.bodies.filter(body=body).exists():
        raise Refused.because("custody.body-not-here", name_of(body))
    refuse_ended(transition.pk, body)
    return transition


@action("custody.containers-made")
def make_containers(  # an act names all it needs
    act: Act,
    *,
    transition_id: int,
    body_id: int,
    kind: str,
    names: Sequence[str],
    place_id: int | None = None,
) -> Result:
    """Make stores, shelves, boxes or folders, each with a label of its own, in one place.

    Raises Refused for a name taken or empty, a place of the wrong order, a sealed place, a body
    that is not the person's or has ended.
    """
    transition = _start(act, transition_id, body_id)
    place = _place_for(act, transition, kind, place_id)
    plain = _check_names(transition, body_id, kind, names, place)
    entry = act.record(
        chain=chain_of(transition.pk),
        subject=Ref("container", place.pk if place else 0),
        after={"kind": kind, "names": plain, "body": body_id},
    )
    made = _made(act, transition, kind, body_id, plain, place, entry.at, entry.pk)
    return {"containers": [c.pk for c in made], "count": len(made)}


@action("custody.boxed-by-list")
def box_by_list(
    act: Act, *, transition_id: int, body_id: int, place_id: int, codes: Sequence[str]
) -> Result:
    """Make the boxes that the inventory names (column *Hộp*), and put in them what it says.

    Items that lie in another box already stay there. Raises Refused as ``make_containers``, and
    for a box number that no item bears.
    """
    transition = _start(act, transition_id, body_id)
    place = _place_for(act, transition, ContainerKind.BOX, place_id)
    plain = _check_names(transition, body_id, ContainerKind.BOX, codes, place)
    items = list(
        Item.objects.filter(transition=transition, giver=body_id, container__in=plain)
        .exclude(state__in=("undone", "replaced"))
        .exclude(pk__in=Placing.objects.filter(until__isnull=True).values("item"))
        .order_by("pk")
        .values_list("pk", "container")
    )
    empty = set(plain) - {code for _pk, code in items}
    refuse_if(Problem("custody.box-not-on-list", code) for code in sorted(empty)[:10])
    digest, count = lines_digest(items), len(items)
    entry = act.record(
        chain=chain_of(transition.pk),
        subject=Ref("container", place.pk if place else 0),
        after={"boxes": plain, "items": count, "items_digest": digest, "body": body_id},
    )
    made = _made(act, transition, ContainerKind.BOX, body_id, plain, place, entry.at, entry.pk)
    by_name = {c.name: c.pk for c in made}
    _fill([(pk, by_name[code]) for pk, code in items], entry.at, entry.pk)
    return {"containers": [c.pk for c in made], "count": len(made), "items": count}


def _fill(pairs: Sequence[tuple[int, int]], at: datetime, entry: int) -> None:
    Placing.objects.bulk_create(
        (Placing(item_id=i, container_id=c, since=at, entry=entry) for i, c in pairs),
        batch_size=500,
    )
    for container in dict.fromkeys(c for _i, c in pairs):
        add_things(container, sum(1 for _i, c in pairs if c == container))


@action("custody.container-moved")
def move_container(act: Act, *, container_id: int, to_id: int, reason: str) -> Result:
    """Move a container to another place: the old stay ends at the instant the new one begins.

    Raises Refused for a place of the wrong order, one that the person does not keep, a folder out
    of or into a sealed box, a store.
    """
    container = begin(act, container_id)
    permit.allow(act.by, "container.move", permit.relation(container))
    why = worded(reason, "custody.reason-needed", 300, container.name)
    place = _place_for(act, container.transition, container.kind, to_id)
    old = place_of(container)
    if place is None or old is None:
        raise Refused.because("custody.store-stands-alone", container.name)
    if old.kind in (ContainerKind.BOX, ContainerKind.FOLDER):
        refuse_sealed([old.pk], old.name)
    entry = act.record(
        chain=chain_of(container.transition_id),
        subject=Ref("container", container.pk),
        before={"place": old.pk},
        after={"place": place.pk},
        reason=why,
    )
    _stays, problems = places.moved(stays_of(container), place.pk, entry.at, container.name)
    refuse_if(problems)
    Stay.objects.filter(container=container, until__isnull=True).update(until=entry.at)
    Stay.objects.create(
        container=container, place=place, since=entry.at, reason=why, entry=entry.pk
    )
    add_things(old.pk, -1)
    add_things(place.pk, 1)
    return {"container": container.pk, "place": place.pk}


@action("custody.items-placed")
def place_items(act: Act, *, container_id: int, codes: Sequence[str]) -> Result:
    """Put files into a box or a folder, by their codes.

    Raises Refused naming codes that are not of this body's list or lie elsewhere already, for a
    sealed box, and for a container that holds no files.
    """
    container = begin(act, container_id)
    permit.allow(act.by, "contents.change", permit.relation(container))
    _refuse_unfit(container)
    refuse_ended(container.transition_id, container.owner_id)
    wanted = [c for c in dict.fromkeys(" ".join(c.split()) for c in codes) if c]
    if not 1 <= len(wanted) <= MOST:
        raise Refused.because("custody.codes-number", most=MOST)
    found = list(permit.item_by_code(container.transition_id, container.owner_id, wanted))
    lost = sorted(set(wanted) - {i.code for i in found})
    refuse_if(Problem("custody.item-not-on-list", code) for code in lost[:10])
    lying = Placing.objects.filter(item__in=found, until__isnull=True)
    refuse_if(
        Problem("custody.item-lies-elsewhere", p.item.code, {"box": p.container.name})
        for p in lying.select_related("item", "container").order_by("item__code")[:10]
    )
    entry = act.record(
        chain=chain_of(container.transition_id),
        subject=Ref("container", container.pk),
        after={"placed": sorted(i.pk for i in found)},
    )
    _fill([(i.pk, container.pk) for i in found], entry.at, entry.pk)
    return {"container": container.pk, "count": len(found)}


def _refuse_unfit(container: Container) -> None:
    if container.kind not in places.HOLDS_ITEMS:
        raise Refused.because("custody.holds-no-items", container.name)
    refuse_sealed([container.pk], container.name)


@action("custody.items-taken-out")
def take_out(act: Act, *, container_id: int, items: Sequence[int], reason: str) -> Result:
    """Take files out of a box or a folder; why is written down. Raises Refused for a sealed box."""
    container = begin(act, container_id)
    permit.allow(act.by, "contents.change", permit.relation(container))
    _refuse_unfit(container)
    why = worded(reason, "custody.reason-needed", 300, container.name)
    lying = Placing.objects.filter(container=container, item__in=list(items), until__isnull=True)
    ids = sorted(lying.values_list("item", flat=True))
    if not ids or len(ids) != len(set(items)):
        raise Refused.because("custody.item-not-inside", container.name)
    entry = act.record(
        chain=chain_of(container.transition_id),
        subject=Ref("container", container.pk),
        before={"taken_out": ids},
        reason=why,
    )
    lying.update(until=entry.at)
    add_things(container.pk, -len(ids))
    return {"container": container.pk, "count": len(ids)}


UNFINISHED = ("held", "transit", "disputed")


@action("custody.box-received")
def receive_box(
    act: Act, *, container_id: int, body_id: int, seal_number: str, condition: str
) -> Result:
    """A receiver takes a box over: the seal number is read on the box, its condition looked at.

    Raises Refused when the number is not the one on record, when something in the box is not
    signed for yet, when nothing in it came to the receiver, and for anything but a box.
    """
    box = begin(act, container_id)
    if box.kind != ContainerKind.BOX:
        raise Refused.because("custody.only-boxes-received", box.name)
    inside = items_within(box.pk)
    mine = body_id in permit.receiving_bodies(act.by, within(box.pk))
    permit.allow(act.by, "box.receive", Relation(0, body_id if mine else 0, box.transition.unit_id))
    rows = Item.objects.filter(pk__in=inside)
    live = next(iter(live_seals([box.pk])), None)
    unfinished = rows.filter(state__in=UNFINISHED).count()
    accepted = rows.aggregate(n=Coalesce(Sum("q_accepted"), 0))["n"]
    problems = sealing.check_receipt(
        live=live,
        read=seal_number,
        unfinished=unfinished,
        mine=mine and accepted > 0,
        subject=box.name,
    )
    refuse_if([*problems, *sealing.check_condition(condition, box.name)])
    if box.holder_id == body_id:
        raise Refused.because("custody.received-already", box.name)
    entry = act.record(
        chain=chain_of(box.transition_id),
        subject=Ref("container", box.pk),
        before={"holder": box.holder_id},
        after={"holder": body_id, "seal": live or "", "condition": condition},
    )
    ids = within(box.pk)
    Container.objects.filter(pk__in=ids).update(holder=body_id)
    Holding.objects.bulk_create(
        Holding(
            container_id=pk,
            body_id=body_id,
            at=entry.at,
            seal_number=live or "",
            condition=condition,
            by_name=signed_name(act),
            entry=entry.pk,
        )
        for pk in ids
    )
    return {"container": box.pk, "holder": body_id}


@action("custody.labels-printed")
def print_labels(act: Act, *, containers: Sequence[int]) -> Result:
    """Print labels; each print of a label is counted.

    Raises Refused for none or too many, for containers of several handovers, and for any that the
    person does not keep.
    """
    ids = sorted(set(containers))
    rows = list(permit.visible_containers(act.by).filter(pk__in=ids).select_related("transition"))
    if not ids or len(rows) != len(ids) or len(ids) > MOST:
        raise Refused.because("custody.labels-number", most=MOST)
    if len({c.transition_id for c in rows}) > 1:
        raise Refused.because("custody.one-handover")
    chain = chain_of(rows[0].transition_id)
    act.lock(chain)
    for c in rows:
        permit.allow(act.by, "label.print", permit.relation(c))
    entry = act.record(chain=chain, subject=Ref("container", ids[0]), after={"labels": ids})
    printed: dict[int, int] = {}
    for pk in LabelPrint.objects.filter(container__in=ids).values_list("container", flat=True):
        printed[pk] = printed.get(pk, 0) + 1
    LabelPrint.objects.bulk_create(
        LabelPrint(
            container=c,
            number=printed.get(c.pk, 0) + 1,
            at=entry.at,
            by_name=signed_name(act),
            entry=entry.pk,
        )
        for c in rows
    )
    again = sum(1 for c in rows if printed.get(c.pk))
    return {"labels": ids, "count": len(ids), "again": again}


def seal_on(box_id: int) -> Seal | None:
    """The seal that is on a box now."""
    return Seal.objects.filter(box=box_id, opened__isnull=True).first()
