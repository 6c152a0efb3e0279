"""What the registry knows, as plain values: facts, events, edges, each with two clocks."""

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.rules.kernel.period import Period
from thongsuot.rules.registry.lineage import Succession

PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The document (a key of the register of texts) and the clause that say so."""

    key: str = ""
    clause: str = ""


NO_BASIS = LegalBasis()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The second clock: when it was written down, when its end was, when it was put right.

    None in ``at`` means "always known"; in the others, "not so far".
    """

    at: datetime | None = None
    ended_at: datetime | None = None
    superseded_at: datetime | None = None

    def known(self, at: datetime | None) -> bool:
        """Whether the record was known at that moment and not yet put right; None means now."""
        if at is None:
            return self.superseded_at is None
        written = self.at is None or self.at <= at
        return written and (self.superseded_at is None or self.superseded_at > at)

    def end_known(self, at: datetime | None) -> bool:
        """Whether the end was already written down at that moment; None means now."""
        return at is None or self.ended_at is None or self.ended_at <= at


ALWAYS = Recorded()


@dataclass(frozen=True, slots=True)
class UnitFact:
    """What a territory was called, its official code and its parent, over one period.

    ``name`` stands without the kind. ``code`` is an attribute: it means nothing without a day.
    """

    unit: int
    level: str
    kind: str
    name: str
    code: str
    parent: int | None
    period: Period
    basis: LegalBasis = NO_BASIS
    source: str = ""
    recorded: Recorded = ALWAYS


@dataclass(frozen=True, slots=True)
class BodyFact:
    """What an organisation was called and which body stood above it, over one period."""

    body: int
    kind: str
    name: str
    parent: int | None
    period: Period
    recorded: Recorded = ALWAYS


@dataclass(frozen=True, slots=True)
class Event:
    """One clause of one document that changed something on one day.

    ``kind``: merge, split, part-moved, rename, kind, parent, dissolve or create.
    """

    number: int
    kind: str
    on: date
    basis: LegalBasis = NO_BASIS
    note: str = ""
    source: str = ""
    recorded: Recorded = ALWAYS


@dataclass(frozen=True, slots=True)
class Edge:
    """What of one thing went to another in an event.

    ``src`` None: out of nothing recorded (land of no unit, a new body). ``dst`` None: to nothing
    of its own tier; ``detail`` then gives the reason. ``share``: whole; part; rest (what no other
    edge of its source names); people (everybody, with some of the land); land (nobody).
    """

    event: int
    src: int | None
    dst: int | None
    share: str
    clause: str = ""
    detail: str = ""
    source: str = ""
    recorded: Recorded = ALWAYS


@dataclass(frozen=True, slots=True)
class Arrival:
    """A thing reached by following the lineage, and every way that leads to it.

    ``ways`` are chains of steps in the order walked; an empty chain means the thing itself.
    ``residents``: somebody who lived in the thing asked about may now live there.
    """

    thing: int
    residents: bool
    ways: tuple[tuple[Succession, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a thing is on another day: a set with reasons, never a guess.

    ``arrivals`` empty with ``lost`` not empty: nothing of its tier took its place, for the
    reasons that the steps of ``lost`` give. Both empty: it did not exist on the day asked from.
    """

    thing: int
    asked_on: date
    on: date
    arrivals: tuple[Arrival, ...] = ()
    lost: tuple[Succession, ...] = ()

    @property
    def divided(self) -> bool:
        """Whether more than one thing holds what was asked about."""
        return len(self.arrivals) > 1

    @property
    def homes(self) -> tuple[Arrival, ...]:
        """Where its residents may be."""
        return tuple(a for a in self.arrivals if a.residents)

    @property
    def certain(self) -> bool:
        """Whether every resident is in one and the same thing: an address needs no question."""
        return len(self.homes) == 1 and not self.lost


@dataclass(frozen=True, slots=True)
class Portion:
    """What one new commune took of a district that ended.

    ``entire``: all of the new commune lay in that district. ``main``: most of what it was made
    of did. Otherwise it only took in a part. ``others``: how many communes of other districts.
    """

    unit: int
    entire: bool
    main: bool
    steps: tuple[Succession, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sources read one thing in two ways: both are kept. ``held`` is the one followed."""

    unit: int
    topic: str
    source: str
    reading: str
    held: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LegalText:
    """A legal document. ``checked``: its text was read, not only cited by somebody."""

    key: str
    number: str
    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    in_force_on: date | None = None
    url: str = ""
    checked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a registry of units is built from.

    Shapes: units are numbered from 0; ``keys[unit]`` is the own key of a unit, which never
    changes. ``aliases`` are (unit, how it was written without spaces or marks, source).
    """

    units: tuple[UnitFact, ...]
    events: tuple[Event, ...] = ()
    edges: tuple[Edge, ...] = ()
    keys: tuple[str, ...] = ()
    texts: tuple[LegalText, ...] = ()
    aliases: tuple[tuple[int, str, str], ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    sources: tuple[str, ...] = ()
