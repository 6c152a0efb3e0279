"""Loading the real units into the database: all or nothing, once, and again without harm."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from thongsuot.apps.registry import sources, sources_checks
from thongsuot.apps.registry.models import (
    Disagreement,
    LegalText,
    Unit,
    UnitAlias,
    UnitEdge,
    UnitEvent,
    UnitVersion,
)
from thongsuot.apps.registry.sources_facts import facts_of
from thongsuot.apps.registry.steps import CHAIN, Result
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.registry.registry import full_name
from thongsuot.rules.registry.values import Facts

ACT = "registry.units-loaded"
MACHINE = Actor(user=0, name="Lệnh nạp danh mục đơn vị")
BATCH = 1000
M = TypeVar("M", bound=Model)


@dataclass
class Tally:
    """What a load did, table by table: how many rows added, put right, kept as people left them."""

    added: dict[str, int] = field(default_factory=dict)
    corrected: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    def note(self, table: str, *, added: int = 0, corrected: int = 0, kept: int = 0) -> None:
        """Write the numbers of one table."""
        for place, number in ((self.added, added), (self.corrected, corrected), (self.kept, kept)):
            if number:
                place[table] = number


def checked_facts() -> Facts:
    """The facts from the sources, refused with every problem when one of them does not hold."""
    try:
        read = sources.read()
        facts = facts_of(read)
    except sources.UnreadableSourceError as unreadable:
        raise Refused(unreadable.problems) from unreadable
    refuse_if(sources_checks.faults(read, facts))
    return facts


def fingerprint() -> str:
    """The mark of what would be loaded now. Raises Refused when a source is missing."""
    try:
        return sources_checks.fingerprint()
    except sources.UnreadableSourceError as unreadable:
        raise Refused(unreadable.problems) from unreadable


def last_load() -> Entry | None:
    """The entry of the last load; None when nothing was ever loaded."""
    return Entry.objects.filter(chain=CHAIN, act=ACT).order_by("seq").last()


def load(at: datetime) -> Result:
    """Load the units unless exactly these are loaded already.

    Returns ``changed`` False when there was nothing to do; else the numbers of each table.

    Raises Refused, with nothing written, when the sources do not pass their checks.
    """
    mark = fingerprint()
    last = last_load()
    if last is not None and isinstance(last.after, dict) and last.after["fingerprint"] == mark:
        return {"changed": False, "since": last.at, "fingerprint": mark}
    number = Entry.objects.filter(chain=CHAIN, act=ACT).count()
    act = Act(by=MACHINE, key=f"load-registry-{number}-{mark[:40]}", at=at)
    return load_units(act, fingerprint=mark)


@action(ACT)
def load_units(act: Act, *, fingerprint: str) -> Result:
    """Write every unit, version, event and edge that the sources give and the books lack.

    A row loaded before that the sources now read otherwise is put right by a new record; a row
    that a person ended or put right stays as that person left it.
    """
    act.lock(CHAIN)
    facts = checked_facts()
    writer = _Writer(facts, act.at)
    writer.write()
    tally = writer.tally
    after: Result = {
        "fingerprint": fingerprint,
        "recorded_at": act.at.isoformat(),
        "sources": list(facts.sources),
        "added": tally.added,
        "corrected": tally.corrected,
        "kept": tally.kept,
    }
    act.record(chain=CHAIN, subject=Ref("registry", 0), after=after)
    return {"changed": True, **after}


class _Writer:
    """Compares what is wanted with what is there, table by table, and writes the difference."""

    def __init__(self, facts: Facts, at: datetime) -> None:
        self.facts, self.at, self.tally = facts, at, Tally()
        entries = Entry.objects.filter(chain=CHAIN, act=ACT).values_list("after", flat=True)
        self.our_moments = {
            datetime.fromisoformat(after["recorded_at"]) for after in entries if after is not None
        }
        self.units: dict[int, int] = {}
        self.texts: dict[str, int] = {}
        self.events: dict[int, int] = {}

    def write(self) -> None:
        self._units()
        self._texts()
        self._versions()
        self._events()
        self._edges()
        self._aliases()
        self._disagreements()

    def _units(self) -> None:
        levels = {fact.unit: fact.level for fact in self.facts.units}
        there = set(Unit.objects.values_list("key", flat=True))
        new = [
            Unit(key=key, level=levels[number])
            for number, key in enumerate(self.facts.keys)
            if key not in there
        ]
        Unit.objects.bulk_create(new, batch_size=BATCH)
        self.tally.note("units", added=len(new))
        by_key = dict(Unit.objects.values_list("key", "pk"))
        self.units = {number: by_key[key] for number, key in enumerate(self.facts.keys)}

    def _texts(self) -> None:
        """Texts that are there stay: somebody may have read one and filled in its days."""
        there = set(LegalText.objects.values_list("key", flat=True))
        new = [
            LegalText(
                key=t.key, number=t.number, title=t.title, issuer=t.issuer, url=t.url,
                issued_on=t.issued_on, in_force_on=t.in_force_on, checked=t.checked,
                folded=fold(f"{t.number} {t.title}"),
            )
            for t in self.facts.texts
            if t.key not in there
        ]  # fmt: skip
        LegalText.objects.bulk_create(new, batch_size=BATCH)
        self.tally.note("texts", added=len(new))
        self.texts = dict(LegalText.objects.values_list("key", "pk"))

    def _versions(self) -> None:
        wanted = [
            UnitVersion(
                unit_id=self.units[f.unit], name=f.name, kind=f.kind, code=f.code,
                parent_id=None if f.parent is None else self.units[f.parent],
                since=f.period.since, until=f.period.until, basis_id=self.texts.get(f.basis.key),
                clause=f.basis.clause, source=f.source, folded=fold(full_name(f)),
                recorded_at=self.at,
            )
            for f in self.facts.units
        ]  # fmt: skip
        free, kept = self._free(wanted)
        self._bring("versions", UnitVersion, free, lambda v: (v.unit_id, v.since), VERSION, kept)

    def _free(self, wanted: list[UnitVersion]) -> tuple[list[UnitVersion], int]:
        """The versions that no person's version of other days stands in the way of."""
        people: defaultdict[int, list[UnitVersion]] = defaultdict(list)
        for row in UnitVersion.objects.filter(superseded_at__isnull=True).iterator():
            if not self._ours(row):
                people[row.unit_id].append(row)
        free = [
            row
            for row in wanted
            if not any(
                other.since != row.since
                and Period(other.since, other.until).overlaps(Period(row.since, row.until))
                for other in people.get(row.unit_id, ())
            )
        ]
        return free, len(wanted) - len(free)

    def _events(self) -> None:
        wanted = [
            UnitEvent(
                kind=e.kind, on=e.on, basis_id=self.texts.get(e.basis.key), clause=e.basis.clause,
                note=e.note, source=e.source, recorded_at=self.at,
            )
            for e in self.facts.events
        ]  # fmt: skip
        self._bring("events", UnitEvent, wanted, _event_key, ("source",))
        there = UnitEvent.objects.filter(superseded_at__isnull=True)
        by_key = {_event_key(event): event.pk for event in there}
        self.events = {
            fact.number: by_key[_event_key(event)]
            for fact, event in zip(self.facts.events, wanted, strict=True)
        }

    def _edges(self) -> None:
        wanted = [
            UnitEdge(
                event_id=self.events[e.event],
                src_id=None if e.src is None else self.units[e.src],
                dst_id=None if e.dst is None else self.units[e.dst],
                share=e.share, clause=e.clause, detail=e.detail, source=e.source,
                recorded_at=self.at,
            )
            for e in self.facts.edges
        ]  # fmt: skip
        self._bring("edges", UnitEdge, wanted, lambda e: (e.event_id, e.src_id, e.dst_id), EDGE)

    def _bring(  # the one comparison that three tables share
        self,
        table: str,
        model: type[Any],
        wanted: list[Any],
        same: Callable[[Any], Hashable],
        fields: tuple[str, ...],
        kept: int = 0,
    ) -> None:
        """Add what lacks, put right what we wrote otherwise, leave what people wrote."""
        there = {same(row): row for row in model.objects.filter(superseded_at__isnull=True)}
        new, wrong = [], []
        for row in wanted:
            held = there.pop(same(row), None)
            if held is None:
                new.append(row)
            elif any(getattr(held, name) != getattr(row, name) for name in fields):
                if self._ours(held):
                    row.corrects_id = held.pk
                    wrong.append(held)
                    new.append(row)
                else:
                    kept += 1
        gone = [row for row in there.values() if self._ours(row)]
        _supersede(model, (row.pk for row in (*wrong, *gone)), self.at)
        model.objects.bulk_create(new, batch_size=BATCH)
        self.tally.note(
            table, added=len(new) - len(wrong), corrected=len(wrong) + len(gone), kept=kept
        )

    def _ours(self, row: Any) -> bool:
        """Whether a load wrote the row and nobody touched it since."""
        ended = getattr(row, "ended_at", None)
        return row.recorded_at in self.our_moments and (ended is None or ended in self.our_moments)

    def _aliases(self) -> None:
        there = set(UnitAlias.objects.values_list("unit", "folded"))
        new = [
            UnitAlias(unit_id=self.units[unit], text=alias, folded=alias, source=source)
            for unit, alias, source in self.facts.aliases
            if (self.units[unit], alias) not in there
        ]
        UnitAlias.objects.bulk_create(new, batch_size=BATCH)
        self.tally.note("aliases", added=len(new))

    def _disagreements(self) -> None:
        there = {(d.unit_id, d.topic, d.source): d for d in Disagreement.objects.all()}
        new, corrected = [], 0
        for read in self.facts.disagreements:
            row = Disagreement(
                unit_id=self.units[read.unit], topic=read.topic, source=read.source,
                reading=read.reading, held=read.held, note=read.note, recorded_at=self.at,
            )  # fmt: skip
            held = there.get((row.unit_id, row.topic, row.source))
            if held is None:
                new.append(row)
            elif (held.reading, held.held, held.note) != (row.reading, row.held, row.note):
                row.pk = held.pk
                row.save(force_update=True)
                corrected += 1
        Disagreement.objects.bulk_create(new, batch_size=BATCH)
        self.tally.note("disagreements", added=len(new), corrected=corrected)


VERSION = ("name", "kind", "code", "parent_id", "until", "basis_id", "clause", "source")
EDGE = ("share", "clause", "detail", "source")


def _event_key(event: UnitEvent) -> Hashable:
    return (event.kind, event.on, event.basis_id, event.clause, event.note)


def _supersede(model: type[Any], numbers: Iterable[int], at: datetime) -> None:
    """Mark records as put right; in slices, because a statement has a limit of values."""
    rows = list(numbers)
    for start in range(0, len(rows), BATCH):
        model.objects.filter(pk__in=rows[start : start + BATCH]).update(superseded_at=at)
