"""The fields by name, for rooms that sort their things by them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from thongsuot.apps.authority.models import Field, Matter

OTHER = "khac"  # what belongs to no field of the register


def field_names() -> dict[str, str]:
    """Every field by its code as people read it, in the order of the groups; *other* last."""
    rows = Field.objects.order_by("group__number", "pk").values_list("code", "name")
    return {**dict(rows), OTHER: _("Lĩnh vực khác")}


def field_choices() -> list[tuple[str, str]]:
    """The fields to choose from."""
    return list(field_names().items())


def matter_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of those matters, by code."""
    rows = Matter.objects.filter(code__in={c for c in codes if c})
    return dict(rows.values_list("code", "name"))


def field_name(code: str) -> str:
    """What people read for one field; the code itself when it is not known."""
    return field_names().get(code, code)


def with_field_name(rows: "QuerySet[Any]", column: str = "field") -> "QuerySet[Any]":
    """The rows with the name of their field beside them, as ``field_name``."""
    named = Field.objects.filter(code=OuterRef(column)).values("name")[:1]
    found: QuerySet[Any] = rows.annotate(
        field_name=Coalesce(Subquery(named), F(column), output_field=CharField())
    )
    return found
