"""What the registry says of places, bodies, posts and people, read for a question or for all."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from thongsuot.apps.registry.models import (
    Appointment,
    BodyVersion,
    Coverage,
    Governance,
    GovernanceModel,
    Post,
    UnitLevel,
    UnitVersion,
)
from thongsuot.rules.authority.texts import within
from thongsuot.rules.authority.values import Tier
from thongsuot.rules.authority.world import BodyAt, Picture, PostAt, Seat
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.text import fold

TIERS = 3  # a commune, its district, its province
BELOW = (UnitLevel.COMMUNE, UnitLevel.DISTRICT)


def picture_of(
    places: Iterable[int], organs: Collection[str] | None = None, *, ground: bool = True
) -> Picture:
    """Those units and all that ever stood above them, with the bodies of those kinds.

    Shapes: ``organs`` None takes every kind of body; ``ground`` False leaves bodies and people
    out. Nine queries at most, however many units.
    """
    picture = Picture()
    seen = _units(picture, set(places))
    if ground:
        _bodies(picture, seen, organs)
        _councils(picture, seen)
    return picture


def spans() -> dict[str, list[Period]]:
    """In which days each tier has units; one query."""
    rows = UnitVersion.objects.known().values_list("unit__level", "since", "until").distinct()
    found: defaultdict[str, list[Period]] = defaultdict(list)
    for level, since, until in rows:
        found[level].append(Period(since, until))
    return {**found, Tier.CENTRE.value: [Period()]}


def country(units: Iterable[int]) -> Picture:
    """What a diff of the whole country needs: the tiers, and the units that rules name."""
    picture = picture_of(units, ground=False)
    picture.spans = spans()
    return picture


def _units(picture: Picture, wanted: set[int]) -> set[int]:
    seen: set[int] = set()
    for _tier in range(TIERS):
        fresh = wanted - seen
        if not fresh:
            break
        rows = UnitVersion.objects.known().filter(unit__in=fresh)
        wanted = set()
        for unit, level, parent, since, until in rows.values_list(
            "unit", "unit__level", "parent", "since", "until"
        ):
            picture.units[unit].append((Period(since, until), level, parent))
            if parent is not None:
                wanted.add(parent)
        seen |= fresh
    return seen


def _bodies(picture: Picture, units: set[int], organs: Collection[str] | None) -> None:
    covering = Coverage.objects.known().filter(unit__in=units)
    if organs is not None:
        covering = covering.filter(body__kind__in=organs)
    acts = list(covering.values_list("body", "body__kind", "unit", "since", "until"))
    bodies = {row[0] for row in acts}
    names: defaultdict[int, list[tuple[str, Period]]] = defaultdict(list)
    for body, name, since, until in (
        BodyVersion.objects.known()
        .filter(body__in=bodies)
        .order_by("since")
        .values_list("body", "name", "since", "until")
    ):
        names[body].append((name, Period(since, until)))
    for body, kind, unit, since, until in sorted(acts, key=lambda row: row[:3]):
        for name, named in names[body]:
            for period in within(Period(since, until), (named,)):
                picture.acting[(unit, kind)].append(BodyAt(body, name, period))
    add_people(picture, bodies)


def add_people(picture: Picture, bodies: set[int]) -> None:
    """Put the posts of those bodies and the people in them into the picture."""
    posts = Post.objects.known().filter(body__in=bodies)
    for pk, body, title, rank, since, until in posts.values_list(
        "pk", "body", "title", "rank", "since", "until"
    ):
        picture.of_body[body].append(PostAt(pk, fold(title), title, rank, Period(since, until)))
    held = Appointment.objects.known().filter(post__in=posts.values("pk")).order_by("since", "pk")
    for pk, post, person, name, since, until in held.values_list(
        "pk", "post", "person", "person__full_name", "since", "until"
    ):
        picture.in_post[post].append(Seat(pk, person, name, Period(since, until)))


def _councils(picture: Picture, units: set[int]) -> None:
    """Where government is urban, wards and districts have no council of their own."""
    rows = Governance.objects.known().filter(Q(unit__in=units), model=GovernanceModel.URBAN)
    urban: defaultdict[int, list[Period]] = defaultdict(list)
    for unit, since, until in rows.values_list("unit", "since", "until"):
        urban[unit].append(Period(since, until))
    if not urban:
        return
    for unit in units:
        for period, level, parent in picture.units.get(unit, ()):
            if level in BELOW:
                own = [*urban.get(unit, ()), *urban.get(parent or 0, ())]
                for one in own:
                    picture.without[(unit, "peoples-council")] += within(period, (one,))
