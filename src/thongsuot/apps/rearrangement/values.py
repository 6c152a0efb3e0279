"""Rows of the tables as the plain values that the rules judge."""

from collections.abc import Iterable

from thongsuot.apps.rearrangement.models import FateLine, FoundedUnit, Option, PresentUnit, Scheme
from thongsuot.rules.rearrangement.option import Fate, Founded, Line, Present


def present_of(rows: Iterable[PresentUnit]) -> tuple[Present, ...]:
    """Units as they are."""
    return tuple(Present(u.code, u.name, u.owner_id, u.people, u.leaders, u.funding) for u in rows)


def units_of(scheme: Scheme) -> list[PresentUnit]:
    """The units of a scheme in the order of departments and codes."""
    return list(PresentUnit.objects.filter(scheme=scheme).order_by("owner", "code"))


def line_of(row: FateLine) -> Line:
    """The fate of one unit; the unit is loaded."""
    return Line(
        row.present.code, Fate(row.fate), row.name, row.owner_id or 0, row.funding, row.into,
        row.tasks_to, row.assets_to, row.people_to, row.released, row.leaders,
    )  # fmt: skip


def lines_of(option: Option, version: int = 0) -> tuple[Line, ...]:
    """The fates of one version of an option; 0: the one in use."""
    rows = FateLine.objects.filter(option=option, version=version or option.version)
    return tuple(line_of(r) for r in rows.select_related("present").order_by("present__code"))


def founded_of(option: Option, version: int = 0) -> tuple[Founded, ...]:
    """The units to be founded in one version of an option; 0: the one in use."""
    rows = FoundedUnit.objects.filter(option=option, version=version or option.version)
    return tuple(Founded(f.code, f.name, f.owner_id, f.leaders) for f in rows.order_by("code"))
