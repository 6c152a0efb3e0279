"""The only way for a table to point at an organisation: saying what happens when it closes."""

from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

StrOrPromise = str | Promise
WHEN_CLOSED: Final = ("moves", "stays", "blocks")


class BodyField(models.ForeignKey):  # type: ignore[type-arg]  # the plugin finds the target
    """A foreign key to a body that says what happens to its rows when the body closes.

    ``when_closed`` has no default, so a new table cannot forget to decide: *moves* (must be
    handed to a successor before the close), *stays* (history), *blocks* (the body cannot close
    while any exists). ``open_rows`` narrows *moves* and *blocks* to rows that still count; a
    dated fact counts by itself only while it holds. ``what`` names the rows in a refusal.
    """

    def __init__(
        self,
        to: Any = "registry.Body",
        on_delete: Any = models.PROTECT,
        *,
        when_closed: str,
        open_rows: Q | None = None,
        what: StrOrPromise = "",
        **kwargs: Any,
    ) -> None:
        self.when_closed = when_closed
        self.open_rows = open_rows
        self.what = what
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        """What a migration writes: the foreign key and its decision, not its narrowing."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["when_closed"] = self.when_closed
        return name, path, args, kwargs
