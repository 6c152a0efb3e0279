"""What the pages of the registry show: rows already read, nothing left to look up."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from thongsuot.rules.registry.lineage import Succession

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Basis:
    """The legal text a fact rests on; ``checked`` says whether the text itself was read."""

    number: str
    key: str = ""
    title: str = ""
    url: str = ""
    checked: bool = False
    in_force_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as of a day. ``state`` is in-force, ended or not-begun on that day."""

    id: int
    key: str
    level: str
    level_name: Text
    name: str
    kind: str
    code: str
    since: date | None
    until: date | None
    state: str
    version: int
    parents: tuple["UnitLink", ...] = ()
    basis: Basis | None = None
    clause: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A unit to point at: its key and its name then."""

    id: int
    key: str
    name: str
    kind: str = ""
    code: str = ""
    level: str = ""
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A line in a table of units, with how many stand below it, by kind."""

    link: UnitLink
    below: int = 0
    wards: int = 0
    communes: int = 0
    zones: int = 0
    districts: int = 0


@dataclass(frozen=True, slots=True)
class Country:
    """All provinces on a day, in alphabetical order, with the totals."""

    rows: tuple[UnitRow, ...]
    total: UnitRow
    cities: int
    provinces: int


@dataclass(frozen=True, slots=True)
class Step:
    """One succession with the names of both ends on the day it happened."""

    edge: Succession
    src: UnitLink | None
    dst: UnitLink | None
    share_name: Text
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a unit came from and became. ``through`` says that its own parts were followed."""

    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    through: bool = False  # a district ends without successor: its communes tell where it went
    divided: bool = False
    main: frozenset[int] = frozenset()  # units that mostly consist of the one asked about

    @property
    def sources(self) -> int:
        """How many units went into what came after."""
        return len({s.src.id for s in self.after if s.src})

    @property
    def told_by(self) -> str:
        """The sources of the steps, each once."""
        found = (s.edge.source for s in (*self.before, *self.after))
        return "; ".join(dict.fromkeys(t for t in found if t))

    @property
    def mains(self) -> int:
        """How many units mostly consist of the one asked about."""
        return len({s.dst.id for s in self.after if s.dst and s.dst.id in self.main})

    @property
    def others(self) -> int:
        """How many more units took only a part."""
        return len({s.dst.id for s in self.after if s.dst}) - self.mains


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that was true or happened, and when it was written down."""

    on: date | None
    until: date | None
    title: Text
    detail: str
    basis: Basis | None
    clause: str
    source: str
    recorded_at: datetime
    superseded_at: datetime | None = None
    record: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A source that reads something otherwise."""

    topic: str
    source: str
    reading: str
    held: str
    note: str


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A body to point at, as it was called on the day asked about."""

    id: int
    name: str
    kind_name: Text
    bloc: str
    bloc_name: Text
    since: date | None = None
    until: date | None = None
    demo: bool = False
    staff: int = 0
    posts: int = 0


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post. ``other_posts`` are the posts the same person holds that day."""

    appointment: int
    person: int
    name: str
    since: date | None
    until: date | None
    provisional: bool
    other_posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostView:
    """A post with whoever is in it; nobody means that it is empty that day."""

    id: int
    title: str
    role: str
    role_name: Text
    signature_critical: bool
    since: date | None
    until: date | None
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body as of a day, with where it acts, whom it serves and what stands under it."""

    id: int
    key: str
    name: str
    short_name: str
    kind: str
    kind_name: Text
    bloc_name: Text
    since: date | None
    until: date | None
    state: str
    version: int
    demo: bool
    authority: str = ""
    basis: Basis | None = None
    parent: BodyLink | None = None
    units: tuple[UnitLink, ...] = ()
    serves: tuple[BodyLink, ...] = ()
    children: tuple[BodyLink, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficerView:
    """Someone who works for a neighbourhood, and how to reach that person."""

    id: int
    role: str
    role_name: Text
    name: str
    phone: str
    also_head: bool


@dataclass(frozen=True, slots=True)
class GovernanceView:
    """The model by which a territory is governed that day, and its basis."""

    model_name: Text
    basis: Basis | None
    clause: str
    note: str
    since: date | None


@dataclass(frozen=True, slots=True)
class NeighbourhoodView:
    """A community below a commune, with its head and officers that day."""

    id: int
    name: str
    kind_name: Text
    head: str
    households: int | None
    since: date | None
    officers: tuple[OfficerView, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that search found. ``rank`` is smaller for a better match."""

    group: Text
    title: str
    detail: str
    url: str
    state: str = ""  # a word: kết thúc 01/07/2025
    rank: tuple[int, ...] = field(default=())
