"""Where the rows of a list come from when nobody is looking: for files made by a job."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.table import Table


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants the rows, in which post (an appointment's id; None: without one), on which day."""

    user: int
    appointment: int | None
    on: date


@dataclass(frozen=True, slots=True)
class Source:
    """The name of a source and its plain arguments."""

    code: str
    args: dict[str, str | int | bool | None] = field(default_factory=dict)


Rows = tuple[Table, "QuerySet[Any]"]
_SOURCES: dict[str, Callable[..., Rows]] = {}


def source(code: str) -> Callable[[Callable[..., Rows]], Callable[..., Rows]]:
    """Declare a function as the source of a list.

    It gets the Asker and the arguments, works out anew what that person may see on that day, and
    returns the table and the rows; it raises Refused as the page would.
    """

    def declare(function: Callable[..., Rows]) -> Callable[..., Rows]:
        _SOURCES[code] = function
        return function

    return declare


def rows_from(code: str, asker: Asker, args: dict[str, Any]) -> Rows:
    """The table and the rows of a source. Raises Refused when there is no such source."""
    if code not in _SOURCES:
        raise Refused.because("tables.unknown-source", code)
    return _SOURCES[code](asker, **args)
