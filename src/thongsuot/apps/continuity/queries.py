"""What a person may see of copies, servers and drills, and which copies are late."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import OuterRef, Q, QuerySet, Subquery

from thongsuot.apps.continuity.models import Copy, CopyState, Drill, Server
from thongsuot.apps.handover.models import Item, TransitionBody
from thongsuot.apps.handover.permit import gives_for, visible_items, visible_transitions
from thongsuot.apps.handover.queries import body_names
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import BodyVersion, Coverage
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.continuity.access import READS_AREA, About
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

Row = TypeVar("Row", Server, Drill)
NOTHING = Q(pk__in=())
OPEN = (CopyState.PLANNED, CopyState.MADE, CopyState.DIFFERENT)
DATASET = Q(kind="dataset", annex__dataset_type="dataset")
MOST = 500  # choices that a form offers


def own_bodies(actor: Actor) -> frozenset[int]:
    """The bodies that the post acted in speaks for, with those it answers for after their end."""
    if actor.hat is None or actor.hat.role is Role.OPERATOR:
        return frozenset()
    return gives_for(actor.hat.bodies | {actor.hat.body})


def _seen(actor: Actor, *columns: str) -> Q:
    if actor.hat is None or actor.hat.role is Role.OPERATOR:
        return NOTHING
    bodies: Any = own_bodies(actor)
    if actor.hat.role in READS_AREA:
        bodies = Coverage.objects.known().filter(unit__in=actor.hat.area).values_list("body")
    where = NOTHING
    for column in columns:
        where |= Q(**{f"{column}__in": bodies})
    return where


def visible_copies(actor: Actor) -> "QuerySet[Copy]":
    """The copies of one's bodies and those that come to them; steering and inspection their area's."""
    return Copy.objects.filter(_seen(actor, "owner", "receiver"))


def visible_servers(actor: Actor) -> "QuerySet[Server]":
    """The servers of one's bodies, and those to which one's copies go."""
    mine = visible_copies(actor).filter(server__isnull=False).values("server")
    return Server.objects.filter(_seen(actor, "body") | Q(pk__in=mine))


def visible_drills(actor: Actor) -> "QuerySet[Drill]":
    """The drills of one's bodies; steering and inspection their area's."""
    return Drill.objects.filter(_seen(actor, "body"))


def copy_in_sight(actor: Actor, copy_id: int) -> Copy:
    """The copy, when the person may see it. Raises Refused (404) otherwise."""
    found = visible_copies(actor).filter(pk=copy_id).first() if copy_id < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("continuity.copy-missing"))
    return found


def server_in_sight(actor: Actor, server_id: int) -> Server:
    """The server, when the person may see it. Raises Refused (404) otherwise."""
    found = visible_servers(actor).filter(pk=server_id).first() if server_id < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("continuity.server-missing"))
    return found


def about(owner: int, receiver: int = 0) -> About:
    """A thing of that owner, as far as access goes."""
    return About(owner, receiver, acts_in(owner))


def late_copies(today: date) -> "QuerySet[Copy]":
    """Every copy that should have been found equal before today and was not."""
    return Copy.objects.filter(state__in=OPEN, due_on__lt=today).order_by("due_on", "pk")


def late_count(actor: Actor, today: date) -> int:
    """How many of the copies in sight are late."""
    return visible_copies(actor).filter(state__in=OPEN, due_on__lt=today).count()


def datasets_without_copy(transition_id: int, body_id: int) -> "QuerySet[Item]":
    """The data sets that leave a body and have no copy that was found equal.

    What was kept back, ended or destroyed by decision goes nowhere and needs no copy.
    """
    proved = Copy.objects.filter(item=OuterRef("pk"), verified_on__isnull=False).values("item")[:1]
    return (
        Item.objects.filter(DATASET, transition=transition_id, giver=body_id)
        .exclude(state__in=("undone", "replaced", "kept", "closed", "destroyed"))
        .annotate(proved=Subquery(proved))
        .filter(proved__isnull=True)
        .order_by("code", "pk")
    )


def owners(actor: Actor) -> list[tuple[int, str]]:
    """The bodies for which the person may plan copies, by name."""
    if actor.hat is not None and actor.hat.role in READS_AREA:
        ends = TransitionBody.objects.filter(transition__in=visible_transitions(actor))
        return _named(set(ends.filter(side="ends").values_list("body", flat=True)))
    return _named(own_bodies(actor))


def receivers(actor: Actor) -> list[tuple[int, str]]:
    """The bodies that may get a copy: those of the person's transitions, and one's own."""
    rows = TransitionBody.objects.filter(transition__in=visible_transitions(actor))
    return _named(own_bodies(actor) | set(rows.values_list("body", flat=True)))


def _named(bodies: Iterable[int]) -> list[tuple[int, str]]:
    return sorted(body_names(bodies).items(), key=lambda pair: pair[1])


def datasets(actor: Actor) -> list[tuple[int, str]]:
    """The data sets on inventories that the person may see, for choosing one."""
    rows = visible_items(actor).filter(DATASET).order_by("code", "pk")[:MOST]
    return [(item.pk, f"{item.code} {item.title}") for item in rows]


def servers(actor: Actor) -> list[tuple[int, str]]:
    """The servers that a copy may go to: one's own, and those of the bodies that may receive."""
    bodies = [body for body, _name in receivers(actor)]
    rows = Server.objects.filter(body__in=bodies).order_by("folded", "pk")[:MOST]
    return [(server.pk, server.name) for server in rows]


def named(rows: "QuerySet[Copy]") -> "QuerySet[Copy]":
    """The copies with the names of owner and receiver beside them, in the same query."""
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    return rows.annotate(
        owner_name=Subquery(newest.filter(body=OuterRef("owner")).values("name")[:1]),
        receiver_name=Subquery(newest.filter(body=OuterRef("receiver")).values("name")[:1]),
    )


def with_body(rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Servers or drills with the name of their body beside them, in the same query."""
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    return rows.annotate(
        body_name=Subquery(newest.filter(body=OuterRef("body")).values("name")[:1])
    )
