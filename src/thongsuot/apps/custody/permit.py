"""The table of rights, turned into refusals and into sets of rows."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from thongsuot.apps.custody.models import Alarm, Container, ContainerKind, Count, Placing, Stay
from thongsuot.apps.handover.models import Item
from thongsuot.apps.handover.models.choices import Allocation
from thongsuot.apps.handover.permit import gives_for, visible_items, visible_transitions
from thongsuot.foundation.among import within
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.custody.access import check_may, may
from thongsuot.rules.handover.access import Relation, scope_of
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

NOTHING = Q(pk__in=())
LARGEST = 2**63 - 1


def _coming(bodies: frozenset[int]) -> "QuerySet[Placing]":
    """Where items lie whose receiver is confirmed to be one of the bodies."""
    return Placing.objects.filter(
        until__isnull=True, item__receiver__in=bodies, item__allocation=Allocation.CONFIRMED
    )


def visible_containers(actor: Actor) -> "QuerySet[Container]":
    """Every container that the person may see in the post acted in.

    Who keeps it or had it made; who is confirmed to receive something in it; steering and
    inspection all of their area; an operator nothing.
    """
    scope = scope_of(actor)
    if scope.area:
        return Container.objects.filter(within("transition__unit_id", scope.area))
    if not scope.bodies:
        return Container.objects.none()
    mine = gives_for(scope.bodies)
    coming = _coming(scope.bodies)
    inside = coming.filter(container=OuterRef("pk"))
    folders = Stay.objects.filter(
        until__isnull=True, place=OuterRef("pk"), container__in=coming.values("container")
    )
    return Container.objects.filter(
        Q(holder__in=mine) | Q(owner__in=mine) | Q(Exists(inside)) | Q(Exists(folders))
    )


def container_in_sight(
    actor: Actor, container_id: int, kind: ContainerKind | None = None
) -> Container:
    """The container, when the person may see it. Raises Refused (404) otherwise."""
    found = None
    if container_id <= LARGEST:
        found = visible_containers(actor).filter(pk=container_id).first()
    if found is None or (kind is not None and found.kind != kind):
        raise Refused.missing(Problem("custody.container-missing"))
    return found


def contents_in_sight(actor: Actor, containers: list[int]) -> "QuerySet[Placing]":
    """What lies in containers, as far as the person may see the items themselves."""
    return Placing.objects.filter(
        container__in=containers, until__isnull=True, item__in=visible_items(actor).values("pk")
    )


def visible_counts(actor: Actor) -> "QuerySet[Count]":
    """Every count of a place that the person keeps or that lies in the area."""
    return Count.objects.filter(place__in=_kept(actor).values("pk"))


def visible_alarms(actor: Actor) -> "QuerySet[Alarm]":
    """Every alarm about a container in sight."""
    return Alarm.objects.filter(container__in=visible_containers(actor).values("pk"))


def _kept(actor: Actor) -> "QuerySet[Container]":
    scope = scope_of(actor)
    if scope.area:
        return Container.objects.filter(within("transition__unit_id", scope.area))
    mine = gives_for(scope.bodies)
    return Container.objects.filter(Q(holder__in=mine) | Q(owner__in=mine))


def count_in_sight(actor: Actor, count_id: int) -> Count:
    """The count, when the person may see it. Raises Refused (404) otherwise."""
    found = None
    if count_id <= LARGEST:
        found = visible_counts(actor).select_related("place").filter(pk=count_id).first()
    if found is None:
        raise Refused.missing(Problem("custody.count-missing"))
    return found


def alarm_in_sight(actor: Actor, alarm_id: int) -> Alarm:
    """The alarm, when the person may see it. Raises Refused (404) otherwise."""
    rows = visible_alarms(actor).select_related("container", "seen_in", "other", "scan")
    found = rows.filter(pk=alarm_id).first() if alarm_id <= LARGEST else None
    if found is None:
        raise Refused.missing(Problem("custody.alarm-missing"))
    return found


def keepers(actor: Actor) -> list[int]:
    """The bodies for which the person may make containers; none for those who only read."""
    hat = actor.hat
    if hat is None or not may(actor, "container.make", Relation(giver=hat.body)):
        return []
    own = hat.bodies | {hat.body}
    known = visible_transitions(actor)
    ending = set(known.values_list("bodies__body", flat=True))
    return sorted(own & {b for b in ending if b})


def relation(container: Container, receivers: frozenset[int] = frozenset()) -> Relation:
    """How people stand to a container: who keeps it, to whom its contents come, where."""
    return Relation(
        container.holder_id,
        next(iter(sorted(receivers)), 0),
        container.transition.unit_id,
    )


def allow(actor: Actor, act: str, to: Relation) -> None:
    """Refuse (403) whoever may not do that here."""
    problem = check_may(actor, act, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def receiving_bodies(actor: Actor, box_ids: list[int]) -> set[int]:
    """Those of the person's bodies to which something in the containers is confirmed to come."""
    scope = scope_of(actor)
    if not scope.bodies:
        return set()
    rows = _coming(scope.bodies).filter(container__in=box_ids)
    return set(rows.order_by().values_list("item__receiver", flat=True).distinct())


def item_by_code(transition_id: int, owner: int, codes: list[str]) -> "QuerySet[Item]":
    """The items of a giver with those codes that are on the list."""
    return Item.objects.filter(transition=transition_id, giver=owner, code__in=codes).exclude(
        state__in=("undone", "replaced")
    )
