"""What the public page shows, as plain values."""

from dataclasses import dataclass
from datetime import date

from thongsuot.apps.registry.values import Basis
from thongsuot.rules.disclosure.matters import Rule

Clause = tuple[str, str]  # clause, number of the text


@dataclass(frozen=True, slots=True)
class Place:
    """A unit: its own key, its name with its kind, what stands above it, its code of then."""

    key: str
    name: str
    above: str = ""
    code: str = ""

    @property
    def full(self) -> str:
        """The name with everything above it."""
        return f"{self.name}, {self.above}" if self.above else self.name


@dataclass(frozen=True, slots=True)
class Went:
    """What of a unit of then went to a unit of now, when, by which clause of which text."""

    to: Place
    share: str
    share_name: str
    on: date | None = None
    clause: str = ""
    number: str = ""
    basis: Basis | None = None
    detail: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Then:
    """A unit that the text may mean, and where it went. ``old``: of before the reform."""

    place: Place
    old: bool
    went: tuple[Went, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Where an office is and when it is open; ``checked_on`` when somebody last made sure."""

    body: int
    address: str = ""
    phone: str = ""
    hours: str = ""
    equipment: str = ""
    source: str = ""
    checked_on: date | None = None
    since: date | None = None

    @property
    def dial(self) -> str:
        """The telephone number as a phone dials it."""
        return "".join(c for c in self.phone.split("/")[0].split(";")[0] if c.isdigit() or c == "+")


@dataclass(frozen=True, slots=True)
class Office:
    """An office to go to for a matter: its name, where papers are handed in, whether it is known."""

    decides: str
    counter: str
    place: Place
    rule: Rule | None = None
    contact: ContactCard | None = None
    known: bool = False
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a paper now, and since when; nothing of what is in it.

    ``next_name`` and ``next_on``: where it goes when the body that holds it ends, as is decided so
    far; empty when that is the same.
    """

    body: int
    name: str
    since: date | None
    state: str
    unit: Place | None = None
    contact: ContactCard | None = None
    demo: bool = False
    next_name: str = ""
    next_on: date | None = None
