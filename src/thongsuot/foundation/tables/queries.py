"""Looking at what people keep of lists."""

from django.db.models import Q

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.models import Memory, SavedView
from thongsuot.rules.kernel.problem import Problem

MOST = 50


def memory_of(owner: int, table: str) -> Memory:
    """How the person likes the list; unsaved and empty when never said."""
    return Memory.objects.filter(owner_id=owner, table=table).first() or Memory(table=table)


def views_of(owner: int, table: str, scope: str) -> list[SavedView]:
    """The saved filters that a person may use on a list: own ones and shared ones, by name."""
    return list(
        SavedView.objects.filter(Q(owner_id=owner) | Q(shared=True), table=table, scope=scope)
        .select_related("owner")
        .order_by("name", "id")[:MOST]
    )


def chosen_view(views: list[SavedView], slug: str) -> SavedView:
    """The one with that link. Raises Refused (404) when it is not there for this person."""
    found = next((view for view in views if view.slug == slug), None)
    if found is None:
        raise Refused.missing(Problem("tables.unknown-view", slug[:20]))
    return found
