"""What the pages and acts of the handover learn about boxes, without knowing this room."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.custody import permit
from thongsuot.apps.custody.models import Container, ContainerKind, Placing
from thongsuot.apps.custody.steps import chain_of
from thongsuot.apps.handover.beside import Kind, Link
from thongsuot.foundation.trail.models import ChainHead
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

FIRST = 10


def links(kind: Kind, pk: int, actor: Actor) -> Iterable[Link]:
    """From a transition to its boxes, from an item to the box it lies in."""
    if kind == "transition":
        if permit.visible_containers(actor).filter(transition=pk).exists() or permit.keepers(actor):
            yield Link(_("Hộp niêm phong"), f"{reverse('custody:boxes')}?cuoc={pk}")
    elif kind == "item":
        lying = Placing.objects.filter(item=pk, until__isnull=True).values("container")
        for box in permit.visible_containers(actor).filter(pk__in=lying):
            yield Link(box.name, reverse("custody:one", args=[box.pk]))


def boxes_left(transition_id: int, body_id: int) -> "QuerySet[Container]":
    """The boxes and folders of a body that are neither handed over nor empty."""
    return Container.objects.filter(
        transition=transition_id,
        holder=body_id,
        kind__in=(ContainerKind.BOX, ContainerKind.FOLDER),
        things__gt=0,
    )


def closing(transition_id: int, body_id: int) -> Iterator[Problem]:
    """Why a body may not end: boxes neither handed over nor empty.

    Acts on boxes wait until the end of the body is decided.
    """
    ChainHead.objects.select_for_update().filter(chain=chain_of(transition_id)).first()
    left = boxes_left(transition_id, body_id).order_by("folded", "pk")
    count = left.count()
    if count:
        yield Problem("custody.boxes-left", "", {"count": count})
    for box in left[:FIRST]:
        yield Problem("custody.box-left", box.name, {"count": box.things})
