"""Looking at units as of a day: one unit, what stands below it, its lineage and its history."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.apps.registry.models import (
    Disagreement,
    Governance,
    LegalText,
    Neighbourhood,
    NeighbourhoodOfficer,
    Share,
    Unit,
    UnitEdge,
    UnitEvent,
    UnitEventKind,
    UnitKind,
    UnitLevel,
    UnitVersion,
)
from thongsuot.apps.registry.values import (
    Basis,
    Country,
    GovernanceView,
    HistoryLine,
    Lineage,
    NeighbourhoodView,
    OfficerView,
    Reading,
    Step,
    UnitLink,
    UnitRow,
    UnitView,
)
from thongsuot.rules.kernel.text import sort_key
from thongsuot.rules.registry.lineage import Succession, by_share, divided, follow

ONE_DAY = timedelta(days=1)
# The order in which a page lists what stands below: cities and wards before the rest.
KINDS: list[str] = [
    UnitKind.PROVINCIAL_CITY, UnitKind.URBAN_DISTRICT, UnitKind.TOWN, UnitKind.RURAL_DISTRICT,
    UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE, UnitKind.CITY,
    UnitKind.PROVINCE,
]  # fmt: skip
TIERS = 4  # province, district, commune, and one to notice a chain that bites its tail


def basis_of(text: LegalText | None) -> Basis | None:
    """The legal text as the pages show it; None when no text is known."""
    if text is None:
        return None
    return Basis(text.number, text.key, text.title, text.url, text.checked, text.in_force_on)


def link_of(version: UnitVersion, on: date | None = None) -> UnitLink:
    """A link to the unit, called as in that version. The unit itself must be loaded."""
    return UnitLink(
        version.unit_id,
        version.unit.key,
        version.full_name,
        version.kind,
        version.code,
        version.unit.level,
        on is None or _holds(version, on),
    )


def _holds(version: UnitVersion, on: date) -> bool:
    begun = version.since is None or version.since <= on
    return begun and (version.until is None or on < version.until)


def _nearest(versions: Collection[UnitVersion], on: date) -> UnitVersion:
    """The version of that day; else the last before it, else the first after it."""
    before = [v for v in versions if v.since is None or v.since <= on]
    if before:
        return max(before, key=lambda v: v.since or date.min)
    return min(versions, key=lambda v: v.since or date.min)


def unit_as_of(key: str, on: date, at: datetime | None = None) -> UnitView | None:
    """The unit with that key as it was on the day, as known now or at a moment.

    Returns None for an unknown key. A unit that is not in force that day is shown as it last
    was, or first will be, and says so in ``state``.
    """
    rows = UnitVersion.objects.known(at).filter(unit__key=key).select_related("unit", "basis")
    versions = list(rows)
    if not versions:
        return None
    version = _nearest(versions, on)
    until = version.until if at is None or not _ended_after(version, at) else None
    begun = version.since is None or version.since <= on
    ended = until is not None and until <= on
    return UnitView(
        id=version.unit_id,
        key=version.unit.key,
        level=version.unit.level,
        level_name=UnitLevel(version.unit.level).label,
        name=version.full_name,
        kind=version.kind,
        code=version.code,
        since=version.since,
        until=until,
        state="ended" if ended else "in-force" if begun else "not-begun",
        version=version.pk,
        parents=_parents(version, on if not ended else until - ONE_DAY if until else on),
        basis=basis_of(version.basis),
        clause=version.clause,
        source=version.source,
    )


def _ended_after(version: UnitVersion, at: datetime) -> bool:
    return version.ended_at is not None and version.ended_at > at


def _parents(version: UnitVersion, on: date) -> tuple[UnitLink, ...]:
    """The units above, the highest first, as they were called on that day."""
    chain: list[UnitLink] = []
    above = version.parent_id
    for _tier in range(TIERS):
        if above is None:
            break
        rows = UnitVersion.objects.known().filter(unit=above).select_related("unit")
        versions = list(rows)
        if not versions:
            break
        parent = _nearest(versions, on)
        chain.append(link_of(parent, on))
        above = parent.parent_id
    return tuple(reversed(chain))


def names_of(units: Iterable[int], at: datetime | None = None) -> dict[int, list[UnitVersion]]:
    """Every known version of those units, for naming them on any day. One query."""
    found: defaultdict[int, list[UnitVersion]] = defaultdict(list)
    rows = UnitVersion.objects.known(at).filter(unit__in=set(units)).select_related("unit")
    for version in rows:
        found[version.unit_id].append(version)
    return dict(found)


def children(unit: int, on: date, at: datetime | None = None) -> tuple[UnitRow, ...]:
    """The units directly below on that day, in dictionary order, with how many each has below."""
    below = list(
        UnitVersion.objects.on(on, at).filter(parent=unit).select_related("unit").order_by("pk")
    )
    counts = _kinds_below({v.unit_id for v in below}, on, at)
    rows = [_row(link_of(v), counts[v.unit_id]) for v in below]
    return tuple(sorted(rows, key=lambda r: (KINDS.index(r.link.kind), sort_key(r.link.name))))


def _kinds_below(units: Collection[int], on: date, at: datetime | None) -> dict[int, Counter[str]]:
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = UnitVersion.objects.on(on, at).filter(parent__in=units)
    for parent, kind, number in rows.values_list("parent", "kind").annotate(n=Count("pk")):
        counts[parent][kind] += number
    return counts


def _row(link: UnitLink, kinds: Mapping[str, int]) -> UnitRow:
    wards = kinds.get(UnitKind.WARD, 0)
    communes = kinds.get(UnitKind.COMMUNE, 0) + kinds.get(UnitKind.TOWNSHIP, 0)
    zones = kinds.get(UnitKind.SPECIAL_ZONE, 0)
    low = wards + communes + zones
    return UnitRow(link, low, wards, communes, zones, sum(kinds.values()) - low)


def country(on: date, at: datetime | None = None) -> Country:
    """Every province on that day with its districts and commune-level units. Three queries."""
    held = UnitVersion.objects.on(on, at)
    tops = held.filter(unit__level=UnitLevel.PROVINCE).select_related("unit")
    middle = held.filter(unit__level=UnitLevel.DISTRICT).values_list("unit", "parent", "kind")
    low = held.filter(unit__level=UnitLevel.COMMUNE)
    province_of: dict[int, int | None] = {}
    counts: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for unit, parent, kind in middle:
        province_of[unit] = parent
        counts[parent][kind] += 1
    for parent, kind, number in low.values_list("parent", "kind").annotate(n=Count("pk")):
        counts[province_of.get(parent or 0, parent)][kind] += number
    rows = [_row(link_of(v), counts[v.unit_id]) for v in tops]
    rows.sort(key=lambda r: sort_key(r.link.name.partition(" ")[2]))
    rows.sort(key=lambda r: r.link.kind != UnitKind.CITY)
    everything = sum((counts[r.link.id] for r in rows), Counter[str]())
    total = _row(UnitLink(0, "", ""), everything)
    cities = sum(1 for r in rows if r.link.kind == UnitKind.CITY)
    return Country(tuple(rows), total, cities, len(rows) - cities)


def edges_of(
    units: Collection[int], at: datetime | None = None, *, chains: bool = True
) -> tuple[Succession, ...]:
    """The successions that touch those units, and with ``chains`` those that touch their ends.

    Shapes: two queries at most; enough for chains of three events, more than any unit has had.
    """
    near = _edges(Q(src__in=units) | Q(dst__in=units), at)
    if not chains:
        return near
    ends = {u for e in near for u in (e.src, e.dst) if u is not None} - set(units)
    return tuple(dict.fromkeys((*near, *_edges(Q(src__in=ends) | Q(dst__in=ends), at))))


def _edges(touching: Q, at: datetime | None) -> tuple[Succession, ...]:
    rows = UnitEdge.objects.known(at).filter(touching, event__in=UnitEvent.objects.known(at))
    return tuple(
        Succession(
            src=row.src_id,
            dst=row.dst_id,
            share=row.share,
            on=row.event.on,
            basis=row.event.basis.number if row.event.basis else "",
            clause=row.clause or row.event.clause,
            detail=row.detail,
            source=row.source or row.event.source,
            edge=row.pk,
        )
        for row in rows.select_related("event__basis")
    )


def successors_of(unit: int, on: date) -> tuple[Succession, ...]:
    """What became of a unit in the events of that day: what of it went where, by which clause.

    A district has no successor of its own tier; its communes tell where it went, and the
    answer holds one succession for each of them. Empty means that nothing happened that day.
    """
    own = [e for e in _edges(Q(src=unit, event__on=on), None) if e.dst is not None]
    if own:
        return tuple(sorted(own, key=by_share))
    parts = list(
        UnitVersion.objects.on(on - ONE_DAY).filter(parent=unit).values_list("unit", flat=True)
    )
    through = _edges(Q(src__in=parts, event__on=on), None)
    return tuple(sorted(through, key=lambda e: (e.src or 0, by_share(e))))


def predecessors_of(unit: int, on: date) -> tuple[Succession, ...]:
    """From what a unit was made in the events of that day; empty when nothing happened."""
    return tuple(sorted(_edges(Q(dst=unit, event__on=on), None), key=by_share))


def lineage_of(view: UnitView, at: datetime | None = None) -> Lineage:
    """Everything the unit came from and became, over all events, with the names of then."""
    start: tuple[int, ...] = (view.id,)
    edges = edges_of(start, at)
    after = [e for e in follow(edges, start, "forwards") if e.dst is not None]
    before = list(follow(edges, start, "backwards"))
    through = False
    if not after and view.level == UnitLevel.DISTRICT and view.until is not None:
        parts = list(
            UnitVersion.objects.on(view.until - ONE_DAY, at)
            .filter(parent=view.id)
            .values_list("unit", flat=True)
        )
        after = [e for e in edges_of(parts, at, chains=False) if e.src in set(parts)]
        through = bool(after)
    steps = _steps([*before, *after], at)
    return Lineage(
        before=tuple(sorted((steps[e.edge] for e in before), key=_in_order)),
        after=tuple(sorted((steps[e.edge] for e in after), key=_in_order)),
        through=through,
        divided=divided(after),
        main=_mostly_from({e.src for e in after}, after, at) if through else frozenset((view.id,)),
    )


WEIGHT = {"whole": 4, "people": 4, "rest": 2, "part": 1, "land": 0}


def _mostly_from(
    parts: Collection[int | None], after: Collection[Succession], at: datetime | None
) -> frozenset[int]:
    """Of the units that take from these parts, those that took at least half of what they are."""
    targets = {e.dst for e in after if e.dst is not None}
    ours: Counter[int] = Counter()
    everything: Counter[int] = Counter()
    for edge in _edges(Q(dst__in=targets), at):
        if edge.dst is not None:
            weight = WEIGHT.get(edge.share, 0)
            everything[edge.dst] += weight
            ours[edge.dst] += weight if edge.src in parts else 0
    most = frozenset(t for t in targets if ours[t] and 2 * ours[t] >= everything[t])
    return most or frozenset(targets)


def heirs_of(key: str, on: date) -> tuple[int, ...]:
    """The units in which things of this unit may now lie: itself, or everything it became."""
    view = unit_as_of(key, on)
    if view is None:
        return ()
    after = lineage_of(view).after
    return tuple(dict.fromkeys([view.id, *(s.dst.id for s in after if s.dst)]))


def _in_order(step: Step) -> tuple[date, str, int, str]:
    src = sort_key(step.src.name) if step.src else ""
    dst = sort_key(step.dst.name) if step.dst else ""
    return (step.edge.on, src, by_share(step.edge), dst)


def _steps(edges: Collection[Succession], at: datetime | None) -> dict[int, Step]:
    """Name both ends of each succession on its day. Two queries, however many there are."""
    named = names_of({u for e in edges for u in (e.src, e.dst) if u is not None}, at)
    numbers = {e.basis for e in edges if e.basis}
    texts = {t.number: t for t in LegalText.objects.filter(number__in=numbers)}

    def end(unit: int | None, on: date) -> UnitLink | None:
        versions = named.get(unit or 0)
        return link_of(_nearest(versions, on), on) if versions else None

    return {
        e.edge: Step(
            e,
            end(e.src, e.on - ONE_DAY),
            end(e.dst, e.on),
            Share(e.share).label,
            basis_of(texts.get(e.basis)),
        )
        for e in edges
    }


def history_of(unit: int) -> tuple[HistoryLine, ...]:
    """Every version and event of a unit with both clocks, newest first; corrected ones too."""
    versions = UnitVersion.objects.filter(unit=unit).select_related("basis", "parent")
    parents = names_of({v.parent_id for v in versions if v.parent_id is not None})
    lines = [
        HistoryLine(
            on=v.since,
            until=v.until,
            title=v.full_name,
            detail=_version_detail(v, parents),
            basis=basis_of(v.basis),
            clause=v.clause,
            source=v.source,
            recorded_at=v.recorded_at,
            superseded_at=v.superseded_at,
            record=v.pk,
            kind="version",
        )
        for v in versions
    ]
    lines.extend(_event_lines(unit))
    return tuple(sorted(lines, key=lambda x: (x.on or date.min, x.recorded_at), reverse=True))


def _version_detail(version: UnitVersion, parents: Mapping[int, list[UnitVersion]]) -> str:
    above = parents.get(version.parent_id or 0)
    told = [_("mã %(code)s") % {"code": version.code}] if version.code else []
    if above:
        parent = _nearest(above, version.since or date.min).full_name
        told.append(_("thuộc %(parent)s") % {"parent": parent})
    return ", ".join(told)


def _event_lines(unit: int) -> list[HistoryLine]:
    touching = UnitEdge.objects.filter(Q(src=unit) | Q(dst=unit)).values("event")
    events = UnitEvent.objects.filter(pk__in=touching).select_related("basis")
    return [
        HistoryLine(
            on=e.on,
            until=None,
            title=UnitEventKind(e.kind).label,
            detail=e.note,
            basis=basis_of(e.basis),
            clause=e.clause,
            source=e.source,
            recorded_at=e.recorded_at,
            superseded_at=e.superseded_at,
            record=e.pk,
            kind="event",
        )
        for e in events
    ]


TOPICS = {
    "successors": gettext_lazy("đơn vị kế thừa"),
    "name": gettext_lazy("tên"),
    "code": gettext_lazy("mã"),
    "kind": gettext_lazy("loại"),
}


def disagreements_of(unit: int) -> tuple[Reading, ...]:
    """Where a source reads the facts of a unit otherwise; both are kept and shown."""
    rows = Disagreement.objects.filter(unit=unit).order_by("topic", "source")
    return tuple(
        Reading(str(TOPICS.get(r.topic, r.topic)), r.source, r.reading, r.held, r.note)
        for r in rows
    )


def neighbourhoods_of(unit: int, on: date) -> tuple[NeighbourhoodView, ...]:
    """The khu phố, tổ dân phố, thôn and ấp of a commune on a day, in dictionary order."""
    rows = list(Neighbourhood.objects.on(on).filter(unit=unit).select_related("head"))
    heads = {r.name: r.head_id for r in rows}
    officers: defaultdict[str, list[OfficerView]] = defaultdict(list)
    beside = NeighbourhoodOfficer.objects.on(on).filter(unit=unit).select_related("person")
    for o in beside.order_by("role", "pk"):
        also_head = heads.get(o.neighbourhood) == o.person_id
        officers[o.neighbourhood].append(
            OfficerView(o.pk, o.role, o.get_role_display(), o.person.full_name, o.phone, also_head)
        )
    found = [
        NeighbourhoodView(
            r.pk,
            r.name,
            r.get_kind_display(),
            r.head.full_name if r.head else "",
            r.households,
            r.since,
            tuple(officers[r.name]),
        )
        for r in rows
    ]
    return tuple(sorted(found, key=lambda n: sort_key(n.name)))


def governance_of(unit: int, on: date) -> GovernanceView | None:
    """By which model a territory is governed on a day; None when nothing was recorded."""
    row = Governance.objects.on(on).filter(unit=unit).select_related("basis").first()
    if row is None:
        return None
    return GovernanceView(
        row.get_model_display(), basis_of(row.basis), row.clause, row.note, row.since
    )


def span() -> tuple[date | None, date | None]:
    """The first and the last day on which anything happened to a unit, for the day control."""
    days = UnitEvent.objects.known().order_by("on").values_list("on", flat=True)
    return days.first(), days.last()


def unit_with(code: str, on: date) -> Unit | None:
    """The unit that bore an official code on that day; a code alone means nothing."""
    version = UnitVersion.objects.on(on).filter(code=code).select_related("unit").first()
    return version.unit if version else None
