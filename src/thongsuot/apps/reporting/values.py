"""Values between forms, the database and the eye: kept exactly, read strictly, shown as written."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from thongsuot.apps.reporting.models import FormVersion
from thongsuot.foundation.wording import number
from thongsuot.rules.kernel.cells import Cell, read_bool, read_date, read_int, read_number
from thongsuot.rules.kernel.cells_number import Separators
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import LARGEST
from thongsuot.rules.reporting.forms import (
    NUMBERS,
    Across,
    Between,
    Check,
    Field,
    FieldType,
    Form,
    OverTime,
    Value,
    Values,
)

VIETNAMESE = Separators(vietnamese=1)  # what the page shows is what it reads back: 1.500 is 1500
SHOWN_PLACES = 2


def form_of(version: FormVersion) -> Form:
    """The form of a version as the rules take it."""
    return form_from(version.form.key, version.title, version.content)


def form_from(key: str, title: str, content: Mapping[str, Any]) -> Form:
    """A form out of what is kept."""
    return Form(
        key,
        title,
        tuple(
            Field(
                **{
                    **one,
                    "type": FieldType(one["type"]),
                    "across": Across(one["across"]),
                    "over_time": OverTime(one["over_time"]),
                }
            )
            for one in content["fields"]
        ),
        tuple(
            Between(Check(r["check"]), tuple(r["fields"]), r["bound"], r["blocks"])
            for r in content["rules"]
        ),
    )


def content_of(form: Form) -> dict[str, Any]:
    """A form as it is kept: plain values, the enumerations as their words."""
    return {
        "fields": [
            {name: _plain(getattr(one, name)) for name in Field.__slots__} for one in form.fields
        ],
        "rules": [
            {
                "check": r.check.value,
                "fields": list(r.fields),
                "bound": r.bound,
                "blocks": r.blocks,
            }
            for r in form.rules
        ],
    }


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, FieldType | Across | OverTime) else value


def kept(values: Values) -> dict[str, Any]:
    """Values as they are kept; what is empty is left out."""
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in values.items()
        if value is not None and value != ""
    }


def from_kept(values: Mapping[str, Any]) -> dict[str, Value]:
    """Values out of what is kept: a share is a pair again."""
    return {
        key: (int(value[0]), int(value[1])) if isinstance(value, list) else value
        for key, value in values.items()
    }


def read(form: Form, typed: Mapping[str, str]) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """What was typed into a form, and what could not be read.

    Shapes: a share comes in two boxes, ``key`` and ``key-n``. What is not read stays out of the
    values and is named in a problem with the title of its field.
    """
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for one in form.fields:
        value, code = read_one(one, typed.get(one.key, ""), typed.get(f"{one.key}-n", ""))
        if code:
            facts = {"field": one.key, "value": typed.get(one.key, "")[:40]}
            problems.append(Problem(code, one.title, facts))
        elif value is not None:
            values[one.key] = value
    return values, tuple(problems)


def read_one(one: Field, text: str, second: str = "") -> tuple[Value, str]:
    """One value as typed, and the code of what is wrong with it (empty: nothing)."""
    text = text.replace("\x00", "").strip()
    if one.type is FieldType.TEXT:
        return text.replace("\r\n", "\n") or None, ""
    if one.type is FieldType.SHARE:
        return _share(text, second.strip())
    if not text:
        return None, ""
    return _READ[one.type](one, text)


def _share(text: str, second: str) -> tuple[Value, str]:
    if "/" in text and not second:
        text, _slash, second = (part.strip() for part in text.partition("/"))
    if not text and not second:
        return None, ""
    part, whole = read_int(text, VIETNAMESE), read_int(second, VIETNAMESE)
    if not isinstance(part.value, int) or not isinstance(whole.value, int):
        return None, "reporting.share-unreadable"
    if max(abs(part.value), abs(whole.value)) > LARGEST:
        return None, "reporting.number-unfit"
    return (part.value, whole.value), ""


def _number(one: Field, text: str) -> tuple[Value, str]:
    cell: Cell = read_number(text, VIETNAMESE, signed=True)
    if not isinstance(cell.value, int | Decimal) or not cell.readable:
        return None, "reporting.number-unreadable"
    scaled = Decimal(cell.value).scaleb(one.places)
    if scaled != scaled.to_integral_value():
        return None, "reporting.number-too-fine"
    return (int(scaled), "") if abs(scaled) <= LARGEST else (None, "reporting.number-unfit")


def _yes(_one: Field, text: str) -> tuple[Value, str]:
    cell = read_bool(text)
    return (cell.value, "") if isinstance(cell.value, bool) else (None, "reporting.yes-unreadable")


def _day(_one: Field, text: str) -> tuple[Value, str]:
    cell = read_date(text)
    if cell.value is None or not cell.readable:
        return None, "reporting.day-unreadable"
    return str(cell.value), ""


_READ: Mapping[FieldType, Callable[[Field, str], tuple[Value, str]]] = {
    FieldType.INTEGER: _number,
    FieldType.MONEY: _number,
    FieldType.NUMBER: _number,
    FieldType.YES_NO: _yes,
    FieldType.DAY: _day,
}


def shown(one: Field, value: Value) -> str:
    """A value as it is written on a page or paper; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    if isinstance(value, tuple):
        return f"{number(value[0])}/{number(value[1])}"
    if one.type in NUMBERS and isinstance(value, int):
        return number(Decimal(value).scaleb(-one.places) if one.places else value)
    if one.type is FieldType.DAY:
        return "/".join(reversed(str(value).split("-")))
    return str(value)


def boxes(one: Field, value: Value) -> tuple[str, str]:
    """A value as the boxes of the page hold it: one text, and the second for a share."""
    if isinstance(value, tuple):
        return number(value[0]), number(value[1])
    if isinstance(value, bool):
        return ("co" if value else "khong"), ""
    if one.type is FieldType.DAY:
        return str(value or ""), ""
    return shown(one, value), ""


def fraction(value: Fraction | int, places: int) -> str:
    """An exact number with so many decimals at most, rounded half to even, only for showing."""
    whole = Fraction(value) * 10**places
    return number(Decimal(round(whole)).scaleb(-places)) if places else number(round(whole))
