"""What this room asks of the handover: no data set leaves without a copy that was found equal."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.continuity.queries import datasets_without_copy, visible_copies
from thongsuot.apps.handover.beside import Kind, Link
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

FIRST = 10


def closing(transition_id: int, body_id: int) -> Iterator[Problem]:
    """Why a body may not end yet: each data set of its inventory without a verified copy."""
    left = datasets_without_copy(transition_id, body_id)
    count = left.count()
    for item in left[:FIRST]:
        yield Problem("continuity.no-verified-copy", item.code, {"title": item.title})
    if count > FIRST:
        yield Problem("continuity.more-without-copy", "", {"count": count - FIRST})


def links(kind: Kind, pk: int, actor: Actor) -> Iterator[Link]:
    """The copies of a data set on its page, and the register on the page of a transition."""
    if kind == "item":
        for copy in visible_copies(actor).filter(item=pk).order_by("pk")[:FIRST]:
            yield Link(_("Bản sao dữ liệu"), reverse("continuity:copy", args=[copy.pk]))
    elif kind == "transition" and visible_copies(actor).filter(item__transition=pk).exists():
        yield Link(_("Sổ bản sao dữ liệu"), reverse("continuity:copies"))
