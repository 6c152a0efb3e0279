"""Names of bodies, looked up at once or beside the rows of a list."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from thongsuot.apps.registry.models import Appointment, BodyVersion, Post, Serves, UnitVersion
from thongsuot.foundation.among import within
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.registry.reach import OWN_NAME

HEADS = (Role.TEAM_HEAD, Role.LEADER, Role.STEERING)


def body_names(bodies: Iterable[int | None], on: date | None = None) -> dict[int, str]:
    """The name of each body: the one on that day, else the newest written."""
    wanted = {b for b in bodies if b}
    names: dict[int, str] = {}
    fitting: dict[int, str] = {}
    for version in BodyVersion.objects.known().filter(body__in=wanted).order_by("since", "id"):
        names[version.body_id] = version.name
        starts = version.since is None or on is None or version.since <= on
        if on is not None and starts and (version.until is None or on < version.until):
            fitting[version.body_id] = version.name
    return {body: fitting.get(body) or names.get(body) or str(body) for body in wanted}


def superior_name(body: int, on: date) -> str:
    """What stands above the name of a body on its papers: the body it is under; empty for none.

    A committee, a council or the Front issues in its own name alone (Decree 30/2020, Annex I).
    """
    version = BodyVersion.objects.on(on).filter(body=body).select_related("body").first()
    if version is None or not version.parent_id or version.body.kind in OWN_NAME:
        return ""
    return body_names([version.parent_id], on)[version.parent_id]


def named(rows: "QuerySet[Any]", **columns: str) -> "QuerySet[Any]":
    """The rows with the newest name of the body that each column points at: holder_name="holder"."""
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    with_names: QuerySet[Any] = rows.annotate(
        **{
            column: Subquery(newest.filter(body=OuterRef(path)).values("name")[:1])
            for column, path in columns.items()
        }
    )
    return with_names


def units_of_area(area: Collection[int]) -> Q:
    """The units of an area as a condition on ``unit``: also those that begin in it later."""
    begins = UnitVersion.objects.known().filter(within("parent_id", area)).values("unit")
    return within("unit_id", area) | Q(unit__in=begins)


def accounts_of(bodies: Iterable[int], on: date, *, heads: bool = False) -> list[int]:
    """The accounts that speak for these bodies on a day: in their posts and in their teams."""
    wanted = set(bodies)
    teams = Serves.objects.on(on).filter(served__in=wanted).values("body")
    held = Appointment.objects.on(on).filter(
        person__account__isnull=False, post__in=Post.objects.on(on)
    )
    mine = held.filter(post__body__in=wanted) | held.filter(post__body__in=teams)
    if heads:
        mine = mine.filter(post__role__in=HEADS)
    return sorted(set(mine.values_list("person__account", flat=True)))
