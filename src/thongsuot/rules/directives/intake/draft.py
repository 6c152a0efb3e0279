"""What the intake hands to a person: drafts of duties, each with the words it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

KEYS = (
    "quote", "start", "end", "issuer", "responsible", "coordinating", "action", "scope",
    "deadline_text", "deadline", "recurrence", "report_to", "legal_refs",
)  # fmt: skip

RHYTHMS = ("daily", "weekly", "biweekly", "monthly", "quarterly", "semiannual", "annual")


class Names(Protocol):
    """Who knows the bodies of an office: a name as written, to the body meant on that day."""

    def body(self, name: str, on: date) -> str | None:
        """The id of the one body meant by the name on that day; None when none or several are."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One obligation as read from a text: nothing is owed until a person has accepted it.

    ``text[start:end] == quote`` holds for the text as it was given. ``known`` maps a name of
    ``responsible``, ``coordinating`` or ``report_to`` to the body the registry knows by it.
    """

    quote: str
    start: int
    end: int
    issuer: str | None = None
    responsible: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    action: str = ""
    scope: tuple[str, ...] = ()
    deadline_text: str | None = None
    deadline: date | None = None
    recurrence: str | None = None
    report_to: tuple[str, ...] = ()
    legal_refs: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)

    def as_plain(self) -> dict[str, object]:
        """The draft with exactly the keys of the exchange form, ready for JSON."""
        plain: dict[str, object] = {}
        for key in KEYS:
            value = getattr(self, key)
            if isinstance(value, tuple):
                value = list(value)
            plain[key] = value.isoformat() if isinstance(value, date) else value
        return plain

    def resolved(self, names: Names, on: date) -> "Draft":
        """The draft with the bodies that the registry knows by the names in it."""
        known = {}
        for name in (*self.responsible, *self.coordinating, *self.report_to):
            body = names.body(name, on)
            if body is not None:
                known[name] = body
        return replace(self, known=known)
