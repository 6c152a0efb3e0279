"""Registers as values of the rules, and matters that nobody in a unit has."""

from datetime import date

from django.db.models import Q

from thongsuot.apps.authority.models import Matter
from thongsuot.apps.authority.models.choices import Status, Tier
from thongsuot.apps.authority.queries.table import answering_rules, rule_values
from thongsuot.apps.decisions.models import ParameterValue, Version, VersionLine
from thongsuot.apps.decisions.models.choices import Sort, VersionState
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import Appointment
from thongsuot.rules.decisions import registers as rules
from thongsuot.rules.decisions.parameters import Parameter


def parameters() -> tuple[Parameter, ...]:
    """The numbers that an office set for itself."""
    rows = ParameterValue.objects.order_by("pk")
    return tuple(Parameter(r.key, r.value, r.since, r.source, r.confirmed) for r in rows.iterator())


def version_value(row: Version) -> rules.Version:
    """A version as the rules see it."""
    return rules.Version(row.pk, row.sort, row.body_id, row.since, row.until)


def lines_of(row: Version, on: date) -> tuple[rules.Line, ...]:
    """The lines of an assignment on a day; who left the post is marked."""
    lines = list(VersionLine.objects.filter(version=row).order_by("pk"))
    filled = set(
        Appointment.objects.on(on)
        .filter(post__in=[x.post_id for x in lines if x.post_id])
        .values_list("post", "person__full_name")
    )
    return tuple(
        rules.Line(
            x.person,
            x.field,
            x.matter,
            x.role,
            in_post=x.post_id is None or (x.post_id, x.person) in filled,
        )
        for x in lines
    )


def assignment_of(body: int, on: date) -> Version | None:
    """The duty assignment of a body in force on a day."""
    rows = Version.objects.filter(sort=Sort.ASSIGNMENT, body=body, since__lte=on).exclude(
        state=VersionState.DRAFT
    )
    return rows.filter(Q(until__isnull=True) | Q(until__gt=on)).order_by("-since").first()


def matters_of(body: int, on: date) -> tuple[rules.Matter, ...]:
    """The matters that the rules of authority give to the commune in which a body acts, on a day.

    Shapes: rules of the commune tier that are published and in force that day, for the whole
    country or for the units of the body, each matter once, in the order of the register.
    """
    units = acts_in(body)
    rows = answering_rules().filter(to_tier=Tier.COMMUNE, status=Status.PUBLISHED)
    held = [r for r in rule_values(rows) if r.holds(on) and (not r.place or r.place & units)]
    names = dict(Matter.objects.values_list("code", "name"))
    fields = {r.matter: r.field for r in held}
    return tuple(rules.Matter(code, names[code], field) for code, field in fields.items())


def coverage_of(row: Version | None, body: int, on: date) -> tuple[rules.Coverage, ...]:
    """For each matter of the body who leads on it by that assignment; all are gaps without one."""
    return rules.coverage(matters_of(body, on), lines_of(row, on) if row else ())
