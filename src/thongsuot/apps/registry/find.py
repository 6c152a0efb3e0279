"""One thing by its number and day, or Refused saying that it is not there."""

from datetime import date
from typing import TypeVar

from thongsuot.apps.registry.models import (
    Appointment,
    BodyVersion,
    Coverage,
    Fact,
    Person,
    Post,
    UnitVersion,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.problem import Problem

F = TypeVar("F", bound=Fact)
TIERS_OF_BODIES = 8  # more than any real chain of parents; ends a chain that bites its tail


def _missing(code: str, subject: object) -> Refused:
    return Refused.missing(Problem(code, str(subject)))


def unit_on(unit: int, on: date) -> UnitVersion:
    """The unit as it was on that day. Raises Refused: unknown, or not in force then."""
    version = UnitVersion.objects.on(on).filter(unit=unit).first()
    if version is not None:
        return version
    latest = UnitVersion.objects.known().filter(unit=unit).order_by("-since").first()
    if latest is None:
        raise _missing("registry.unknown-unit", unit)
    raise Refused.because("registry.not-in-force", latest.full_name, on=on)


def body_named(body: int) -> BodyVersion:
    """The latest version of a body, ended or not. Raises Refused when there is none."""
    version = (
        BodyVersion.objects.known()
        .filter(body=body)
        .select_related("body")
        .order_by("since")
        .last()
    )
    if version is None:
        raise _missing("registry.unknown-body", body)
    return version


def body_on(body: int, on: date) -> BodyVersion:
    """The body as it was on that day. Raises Refused: unknown, ended, or not begun."""
    version = BodyVersion.objects.on(on).filter(body=body).select_related("body").first()
    if version is not None:
        return version
    latest = body_named(body)
    if latest.until is not None and latest.until <= on:
        raise Refused.because("registry.already-ended", latest.name, on=latest.until)
    raise Refused.because("registry.not-in-force", latest.name, on=on)


def places_of(body: int) -> list[int]:
    """The units a body acts or acted in; for a body without its own, those of its parent."""
    for _tier in range(TIERS_OF_BODIES):
        if not body:
            return []
        units = list(Coverage.objects.known().filter(body=body).values_list("unit", flat=True))
        if units:
            return units
        body = body_named(body).parent_id or 0
    return []


def post(number: int) -> Post:
    """The post with that number. Raises Refused when there is none."""
    found = Post.objects.known().filter(pk=number).first()
    if found is None:
        raise _missing("registry.unknown-post", number)
    return found


def person(number: int) -> Person:
    """The person with that number. Raises Refused when there is none."""
    found = Person.objects.filter(pk=number).first()
    if found is None:
        raise _missing("registry.unknown-person", number)
    return found


def appointment(number: int) -> Appointment:
    """The appointment with that number. Raises Refused when there is none."""
    found = Appointment.objects.known().filter(pk=number).select_related("post", "person").first()
    if found is None:
        raise _missing("registry.unknown-appointment", number)
    return found


def record(model: type[F], number: int) -> F:
    """The record of a kind with that number. Raises Refused when there is none."""
    found = model._default_manager.filter(pk=number).first()
    if found is None:
        raise _missing("registry.unknown-record", number)
    return found
