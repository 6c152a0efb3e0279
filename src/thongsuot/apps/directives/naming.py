"""Bodies, people and places by the names that people type, on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from thongsuot.apps.directives.models import Duty
from thongsuot.apps.registry.models import Appointment, BodyVersion, Coverage, Serves, UnitVersion
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.text import fold

HEADS = (Role.LEADER, Role.TEAM_HEAD)
MOST = 800  # names offered while typing


def names_of(bodies: Iterable[int | None], on: date | None = None) -> dict[int, str]:
    """The name of each body: the one on that day, else the newest written."""
    wanted = {b for b in bodies if b}
    names: dict[int, str] = {}
    fitting: dict[int, str] = {}
    for v in BodyVersion.objects.known().filter(body__in=wanted).order_by("since", "id"):
        names[v.body_id] = v.name
        begun = v.since is None or on is None or v.since <= on
        if on is not None and begun and (v.until is None or on < v.until):
            fitting[v.body_id] = v.name
    return {body: fitting.get(body) or names.get(body) or str(body) for body in wanted}


def with_names(rows: "QuerySet[Duty]") -> "QuerySet[Duty]":
    """Duties with the names of assigner and lead beside them, in the same query."""
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    return rows.annotate(
        assigner_name=Subquery(newest.filter(body=OuterRef("assigner")).values("name")[:1]),
        lead_name=Subquery(newest.filter(body=OuterRef("lead")).values("name")[:1]),
    )


def bodies_called(names: Collection[str], on: date) -> Mapping[str, tuple[int, ...]]:
    """The bodies in force with each of these names, by the folded name. One query."""
    wanted = {fold(n) for n in names if n.strip()}
    found: defaultdict[str, list[int]] = defaultdict(list)
    rows = BodyVersion.objects.on(on).filter(folded__in=wanted)
    for folded, body in rows.order_by("body").values_list("folded", "body"):
        found[folded].append(body)
    return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}


def body_called(name: str, on: date) -> int:
    """The one body in force with that name; 0 for no name. Raises Refused for none and for several."""
    if not name.strip():
        return 0
    found = bodies_called([name], on).get(fold(name), ())
    if len(found) != 1:
        raise Refused.because("directives.row-without-lead", name[:80], value=name[:80])
    return found[0]


def person_called(name: str, body: int, on: date) -> int:
    """The one person with that name in a post of the body or of an office of it; 0 for no name.

    Raises Refused for none and for several.
    """
    if not name.strip():
        return 0
    people = staff_of([body], on).filter(person__folded=fold(name))
    found = set(people.values_list("person", flat=True))
    if len(found) != 1:
        raise Refused.because("directives.row-without-person", name[:80], value=name[:80])
    return found.pop()


def staff_of(bodies: Iterable[int], on: date) -> "QuerySet[Appointment]":
    """Who holds a post that day in the bodies, in offices below them, or in those serving them."""
    wanted = list(bodies)
    offices = BodyVersion.objects.on(on).filter(parent__in=wanted).values("body")
    serving = Serves.objects.on(on).filter(served__in=wanted).values("body")
    return Appointment.objects.on(on).filter(
        Q(post__body__in=wanted) | Q(post__body__in=offices) | Q(post__body__in=serving)
    )


def units_called(words: str, on: date) -> tuple[int, ...]:
    """The units in force whose full name stands between commas or on a line of the words."""
    names = [fold(n) for n in words.replace(";", ",").replace("\n", ",").split(",") if n.strip()]
    rows = UnitVersion.objects.on(on).filter(folded__in=names[:200])
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for folded, unit in rows.values_list("folded", "unit"):
        by_name[folded].append(unit)
    return tuple(sorted({ids[0] for ids in by_name.values() if len(ids) == 1}))


def offered_bodies(bodies: Iterable[int], on: date) -> list[str]:
    """The names of the bodies within reach of these: in their territories and those below."""
    units = set(
        Coverage.objects.on(on).filter(body__in=list(bodies)).values_list("unit", flat=True)
    )
    near = UnitVersion.objects.on(on).filter(Q(parent__in=units) | Q(unit__in=units))
    covering = Coverage.objects.on(on).filter(unit__in=near.values("unit")).values("body")
    rows = BodyVersion.objects.on(on).filter(body__in=covering)
    return list(rows.order_by("folded").values_list("name", flat=True)[:MOST])


def offered_people(bodies: Iterable[int], on: date) -> list[str]:
    """The names of those who may be given a duty in these bodies."""
    rows = staff_of(bodies, on).order_by("post__rank", "person__folded")
    return list(dict.fromkeys(rows.values_list("person__full_name", flat=True)[:MOST]))


def likely_bodies(words: Collection[str], near: Iterable[int], on: date) -> dict[str, str]:
    """For words of a text that name a body, the one body they can mean.

    “Ban Tổ chức Thành ủy” is the one within reach whose name begins so; a whole name, with or
    without “UBND” written out, is looked for everywhere. Of several it is none. A proposal, for a
    person to look at. Two queries beside those of the reach.
    """
    wanted = {w: _short(w) for w in words if w.strip()}
    if not wanted:
        return {}
    offered = [(name, _short(name)) for name in offered_bodies(near, on)]
    found: dict[str, str] = {}
    for said, short in wanted.items():
        whole = [name for name, form in offered if form == short]
        begun = [name for name, form in offered if form.startswith(f"{short} ")]
        fits = whole or begun
        if len(fits) == 1:
            found[said] = fits[0]
    left = {said: short for said, short in wanted.items() if said not in found}
    return found | _called_anywhere(left, on)


def _called_anywhere(wanted: Mapping[str, str], on: date) -> dict[str, str]:
    """The name of the one body in force that is called so, by the words; none where several are."""
    if not wanted:
        return {}
    forms = {said: {short, _long(short)} for said, short in wanted.items()}
    rows = BodyVersion.objects.on(on).filter(folded__in=set().union(*forms.values()))
    named = list(rows.values_list("folded", "body", "name"))
    found: dict[str, str] = {}
    for said, those in forms.items():
        fits = {body: name for folded, body, name in named if folded in those}
        if len(fits) == 1:
            found[said] = next(iter(fits.values()))
    return found


SHORT = {"uy ban nhan dan": "ubnd", "hoi dong nhan dan": "hdnd"}


def _short(name: str) -> str:
    told = fold(name)
    for whole, short in SHORT.items():
        told = told.replace(whole, short)
    return told


def _long(short: str) -> str:
    for whole, word in SHORT.items():
        short = short.replace(word, whole)
    return short


def heads_named(bodies: Iterable[int], on: date) -> dict[int, str]:
    """The head of each body that day by name: whom one asks until somebody else is named."""
    wanted = {b for b in bodies if b}
    held = Appointment.objects.on(on).filter(post__body__in=wanted, post__role__in=HEADS)
    found: dict[int, str] = {}
    rows = held.order_by("post__rank", "pk").values_list("post__body", "person__full_name")
    for body, name in rows:
        found.setdefault(body, name)
    return found
