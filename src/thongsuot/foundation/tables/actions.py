"""Keeping what people like about a list. None of it is an act on the records: no trail."""

import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.asked import LONGEST
from thongsuot.foundation.tables.models import Memory, SavedView
from thongsuot.foundation.tables.table import SIZES
from thongsuot.rules.kernel.problem import Problem

MOST_VIEWS = 200
MOST_COLUMNS = 100


def remember(
    *, owner: int, table: str, size: int | None = None, columns: Sequence[str] | None = None
) -> None:
    """Remember the page size, the columns, or both. Columns the list does not know do no harm."""
    liked: dict[str, object] = {}
    if size in SIZES:
        liked["size"] = size
    if columns is not None:
        liked["columns"] = [key[:80] for key in columns[:MOST_COLUMNS]]
    Memory.objects.update_or_create(owner_id=owner, table=table, defaults=liked)


def save_view(
    *, owner: int, table: str, scope: str, name: str, query: str, shared: bool
) -> SavedView:
    """Keep a filter under a name; the same name of the same person is replaced, its link stays.

    Raises Refused for a nameless one, one too long, or when the person keeps too many.
    """
    named = " ".join(name.split())
    if not named or len(named) > 100:
        raise Refused.because("tables.name-missing", named[:60])
    if len(query) > LONGEST:
        raise Refused.because("tables.too-long", named, limit=LONGEST)
    if SavedView.objects.filter(owner_id=owner).count() >= MOST_VIEWS:
        raise Refused.because("tables.too-many-views", named, limit=MOST_VIEWS)
    mine = SavedView.objects.filter(owner_id=owner, table=table, scope=scope, name=named)
    try:
        with transaction.atomic():
            if not mine.update(query=query, shared=shared):
                slug = secrets.token_urlsafe(9)
                SavedView.objects.create(
                    owner_id=owner, table=table, scope=scope, name=named, query=query,
                    shared=shared, slug=slug,
                )  # fmt: skip
    except IntegrityError:  # the same name at the same moment from another tab
        mine.update(query=query, shared=shared)
    return mine.get()


def delete_view(*, owner: int, slug: str) -> None:
    """Forget a saved filter. Raises Refused (404) for one of somebody else as for none."""
    deleted, _each = SavedView.objects.filter(owner_id=owner, slug=slug).delete()
    if not deleted:
        raise Refused.missing(Problem("tables.unknown-view", slug[:20]))
