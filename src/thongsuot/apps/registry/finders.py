"""What the registry itself offers to search: territories, bodies, people, legal texts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.apps.registry.models import (
    BodyKind,
    BodyVersion,
    LegalText,
    Person,
    UnitAlias,
    UnitVersion,
)
from thongsuot.apps.registry.queries import ONE_DAY
from thongsuot.apps.registry.search import closeness
from thongsuot.apps.registry.values import Hit, Text
from thongsuot.foundation.wording import day
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.text import fold

ENOUGH = 400  # rows read per table before ranking: more than any reader will look at
# Other ways of writing are kept without spaces, with or without the kind in front.
GLUED_KINDS = ("", "xa", "phuong", "thitran", "quan", "huyen", "thixa", "thanhpho", "tinh")
LEVELS = {"province": 0, "district": 1, "commune": 2}


class UnitSearch:
    """Finds territories by any name they bore, by code, and by name and place together."""

    group = gettext_lazy("Đơn vị hành chính")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """Units by name or code; when none is called so, by name followed by where it lies."""
        found = self._called(query)
        places: Sequence[str] = ()
        if not found:
            for name, place in _divisions(query):
                found = self._called(name)
                if found:
                    query, places = name, place.split()
                    break
        hits = [h for h in self._hits(found, query, on) if all(p in fold(h.detail) for p in places)]
        return sorted(hits, key=lambda h: h.rank)[:limit]

    def _called(self, query: str) -> list[UnitVersion]:
        """Versions called so, those whose whole name it is first: a short query has thousands."""
        glued = query.replace(" ", "")
        written = [f"{kind}{glued}" for kind in GLUED_KINDS] if glued.isalnum() else []
        aliased = UnitAlias.objects.filter(
            Q(folded__contains=f" {query}") | Q(folded__startswith=query) | Q(folded__in=written)
        ).values("unit")
        exactly = Q(folded=query) | Q(folded__endswith=f" {query}")
        if query.isdecimal():
            exactly |= Q(code=query)
        known = UnitVersion.objects.known().select_related("unit")
        latest = F("until").desc(nulls_first=True)
        first = list(known.filter(exactly).order_by(latest, "pk")[:ENOUGH])
        inside = Q(folded__contains=query) | Q(unit__in=aliased)
        return first + list(known.filter(inside).order_by(latest, "pk")[: ENOUGH * 2])

    def _hits(self, versions: Iterable[UnitVersion], query: str, on: date) -> list[Hit]:
        best: dict[int, tuple[tuple[int, ...], UnitVersion]] = {}
        for version in versions:
            rank = _rank(version, query, on)
            if version.unit_id not in best or rank < best[version.unit_id][0]:
                best[version.unit_id] = (rank, version)
        chosen = sorted(best.values(), key=lambda b: b[0])[:ENOUGH]
        above = _names_above([v for _rank, v in chosen])
        hits = []
        for rank, version in chosen:
            told = above[version.pk]
            if query not in version.folded and query != version.code:
                told = [*told, _("khớp một cách viết khác")]
            hits.append(_unit_hit(version, told, on, self.group, rank))
        return hits


def _rank(version: UnitVersion, query: str, on: date) -> tuple[int, ...]:
    """Called exactly so before called partly so; in force before ended; higher tiers first."""
    ended = version.until is not None and version.until <= on
    near = 0 if version.code == query else closeness(version.folded, query)
    newest = -(version.since or date.min).toordinal()
    return (int(near > 1), int(ended), near, LEVELS.get(version.unit.level, 9), newest)


def _divisions(query: str) -> Iterable[tuple[str, str]]:
    """Ways to read "vạn phúc hà đông" as a name and the place it lies in, longest name first."""
    words = query.replace(",", " ").split()
    for at in range(len(words) - 1, 0, -1):
        yield " ".join(words[:at]), " ".join(words[at:])


def _unit_hit(
    version: UnitVersion, above: Sequence[str], on: date, group: Text, rank: tuple[int, ...]
) -> Hit:
    ended = version.until is not None and version.until <= on
    begins = version.since is not None and version.since > on
    state = ""
    if ended and version.until:
        state = _("đến hết %(day)s") % {"day": day(version.until - ONE_DAY)}
    elif begins and version.since:
        state = _("từ %(day)s") % {"day": day(version.since)}
    code = [_("mã %(code)s") % {"code": version.code}] if version.code else []
    url = reverse("registry:unit", args=[version.unit.key])
    return Hit(group, version.full_name, ", ".join([*above, *code]), url, state, rank)


def _names_above(versions: Sequence[UnitVersion]) -> dict[int, list[str]]:
    """For each version the names of the units above it then, nearest first. Two queries."""
    named: dict[int, list[UnitVersion]] = defaultdict(list)
    wanted = {v.parent_id for v in versions if v.parent_id}
    for _tier in range(2):
        new = list(UnitVersion.objects.known().filter(unit__in=wanted - set(named)))
        for version in new:
            named[version.unit_id].append(version)
        wanted = {v.parent_id for v in new if v.parent_id}

    def chain(version: UnitVersion) -> list[str]:
        told: list[str] = []
        when = version.since or date.min
        above = version.parent_id
        while above in named and len(told) < len(LEVELS):
            parent = max(
                (v for v in named[above]),
                key=lambda v: ((v.since or date.min) <= when, v.since or date.min),
            )
            told.append(parent.full_name)
            above = parent.parent_id
        return told

    return {v.pk: chain(v) for v in versions}


class BodySearch:
    """Finds organisations by any name they bore; only for those who are signed in."""

    group = gettext_lazy("Cơ quan, tổ chức")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """Bodies with the query in their name, those of today before those that have ended."""
        if not actor.user:
            return ()
        rows = BodyVersion.objects.known().filter(folded__contains=query).select_related("body")
        best: dict[int, Hit] = {}
        for version in rows.order_by("since")[:ENOUGH]:
            ended = version.until is not None and version.until <= on
            rank = (int(ended), closeness(version.folded, query), len(version.folded))
            state = ""
            if ended and version.until:
                state = _("kết thúc %(day)s") % {"day": day(version.until)}
            kind = str(BodyKind(version.body.kind).label)
            url = reverse("registry:body", args=[version.body_id])
            hit = Hit(self.group, version.name, kind, url, state, rank)
            if version.body_id not in best or rank < best[version.body_id].rank:
                best[version.body_id] = hit
        return sorted(best.values(), key=lambda h: h.rank)[:limit]


class PersonSearch:
    """Finds people in posts; only for those who are signed in."""

    group = gettext_lazy("Người")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """People by name, or nobody for the public."""
        if not actor.user:
            return ()
        rows = Person.objects.filter(folded__contains=query).order_by("folded")[:ENOUGH]
        return [
            Hit(
                self.group,
                p.full_name,
                "",
                reverse("registry:person", args=[p.pk]),
                "",
                (closeness(p.folded, query),),
            )
            for p in sorted(rows, key=lambda p: closeness(p.folded, query))[:limit]
        ]


class LawSearch:
    """Finds the legal texts that facts of the registry rest on."""

    group = gettext_lazy("Văn bản")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """Texts by number or title."""
        rows = LegalText.objects.filter(
            Q(folded__contains=query) | Q(number__icontains=query)
        ).order_by("number")[:limit]
        return [
            Hit(self.group, t.number, t.title, reverse("registry:law", args=[t.key])) for t in rows
        ]
