"""What two rooms side by side know of one thing: from work carried over to what was asked about it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.difficulties import permit
from thongsuot.apps.difficulties.choices import State
from thongsuot.apps.difficulties.models import Difficulty
from thongsuot.apps.handover import beside
from thongsuot.apps.handover.models import Item
from thongsuot.rules.difficulties.access import Relation
from thongsuot.rules.difficulties.lifecycle import WITHDRAWN
from thongsuot.rules.kernel.actor import Actor

ITEM = "handover.item"  # how a difficulty names an item of a handover: its page
LINKS = 5  # that a page of an item names


def links(kind: beside.Kind, pk: int, actor: Actor) -> Iterator[beside.Link]:
    """What was asked about an item, with where it stands; and the way to ask."""
    if kind != "item":
        return
    rows = permit.visible(actor).filter(about_kind=ITEM, about_id=pk)
    for row in rows.order_by("-pk")[:LINKS]:
        label = f"{row.code}: {row.get_state_display()}"
        yield beside.Link(label, reverse("difficulties:one", args=[row.pk]))
    if permit.allowed(actor, "raise", Relation()):
        found = Item.objects.filter(pk=pk).first()
        if found is not None:
            yield beside.Link(_("Nêu vướng mắc, kiến nghị"), ask_about(found))


def ask_about(item: Any) -> str:
    """The page on which something is asked about an item: begun with its name and what is proposed."""
    given = {
        "tu": reverse("handover:item", args=[item.transition_id, item.pk]),
        "loai": "proposal",
        "ten": f"{item.code}: {item.title}",
    }
    said = getattr(item, "said", "") or ""
    if said:
        given["noi-dung"] = str(said)
    return f"{reverse('difficulties:raise')}?{urlencode(given)}"


def _rows(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    asked = Difficulty.objects.filter(
        about_kind=ITEM, about_id=OuterRef("pk"), reserved=False, same_as__isnull=True
    ).exclude(state=WITHDRAWN)
    newest = asked.order_by("-pk")
    told: QuerySet[Any] = rows.annotate(
        difficulty=Subquery(newest.values("pk")[:1]),
        difficulty_state=Subquery(newest.values("state")[:1]),
    )
    return told


def _said(item: Any) -> str:
    if not getattr(item, "difficulty", None):
        return _("chưa gửi")
    return f"VM-{item.difficulty}: {State(item.difficulty_state).label}"


def _page(item: Any) -> str:
    asked = getattr(item, "difficulty", None)
    return reverse("difficulties:one", args=[asked]) if asked else ask_about(item)


def declare() -> None:
    """Let the pages of the handover lead to what was asked about each thing, and back."""
    beside.register(links=links, carried=beside.Carried(_rows, _said, _page))
