"""What a body still holds, read from every table that points at bodies, whatever the room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry import closing
from thongsuot.apps.registry.fields import WHEN_CLOSED, BodyField, StrOrPromise
from thongsuot.apps.registry.models import Fact

WORDS: dict[str, StrOrPromise] = {
    "moves": _("phải có nơi nhận trước"),
    "blocks": _("phải giải quyết xong trước"),
    "stays": _("giữ lại làm lịch sử"),
    "ends": _("kết thúc cùng cơ quan"),
}
END_WITH_IT = ("registry.Coverage.body", "registry.Serves.body", "registry.Post.body")
OWN_PAST = ("registry.BodyVersion.body", "registry.BodyEdge.src", "registry.BodyEdge.dst")


@dataclass(frozen=True, slots=True)
class Holding:
    """So many rows of one table that point at a body, and what the close does to them."""

    label: str  # app.Model.field
    what: str
    when_closed: str
    count: int
    way: str = ""  # the page on which they are handed on

    @property
    def word(self) -> StrOrPromise:
        """What the close does to these rows, as an office says it."""
        return WORDS["ends" if self.label in END_WITH_IT else self.when_closed]


def body_fields() -> Iterator[tuple[type[Model], BodyField]]:
    """Every link to a body in every room, in the order of the tables."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, BodyField):
                yield model, field


def open_rows(model: type[Model], field: BodyField, body: int, on: date) -> "QuerySet[Model]":
    """The rows of one table that the body still has on that day."""
    rows = model._default_manager.filter(**{field.attname: body})
    if issubclass(model, Fact):
        rows = rows.filter(Q(until__isnull=True) | Q(until__gt=on), superseded_at__isnull=True)
    return rows if field.open_rows is None else rows.filter(field.open_rows)


def holdings_of(
    body: int, on: date, *, kinds: tuple[str, ...] = ("moves", "blocks")
) -> tuple[Holding, ...]:
    """What keeps a body from closing on that day; empty means it may close.

    Shapes: one value per table and link with at least one row, in the order of the tables. Rows
    that only stay, in a table that gives them no name, are not counted: some have millions.
    """
    found = []
    for model, field in body_fields():
        if field.when_closed not in kinds or (field.when_closed == "stays" and not field.what):
            continue
        count = open_rows(model, field, body, on).count()
        if count:
            label = f"{model._meta.label}.{field.name}"
            what = str(field.what or model._meta.verbose_name)
            address = closing.way_of(label, body)
            found.append(Holding(label, what, field.when_closed, count, address))
    return tuple(found)


def what_happens(body: int, on: date) -> tuple[Holding, ...]:
    """Everything that points at a body and what its close does to it, what blocks first.

    The body's own names and events are left out: they are what it was, not what it holds.
    """
    found = holdings_of(body, on, kinds=WHEN_CLOSED)
    order = {word: at for at, word in enumerate(("blocks", "moves", "stays"))}
    shown = (h for h in found if h.label not in OWN_PAST)
    return tuple(sorted(shown, key=lambda h: order[h.when_closed]))
