"""What a report asks: the fields of a form, and what must agree between them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import LARGEST

# What a field holds: a whole number of smallest parts, a text (days are ISO text), yes or no,
# a share as (n, N), or nothing.
Value = int | str | bool | tuple[int, int] | None
Values = Mapping[str, Value]

MOST_FIELDS = 200
LONGEST_TEXT = 4_000
HUNDRED = 100


class FieldType(StrEnum):
    """What sort of thing is asked."""

    INTEGER = "int"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    TEXT = "text"
    YES_NO = "yes-no"
    DAY = "day"


class Across(StrEnum):
    """How the figures of units become the figure of what lies above them."""

    SUM = "sum"
    AVERAGE = "average"
    SHARE = "share"
    GATHER = "gather"
    NONE = "none"


class OverTime(StrEnum):
    """How the figures of several periods become the figure of a longer one."""

    SUM = "sum"
    LAST = "last"


NUMBERS = frozenset({FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY})
FITTING: Mapping[FieldType, frozenset[Across]] = {
    FieldType.INTEGER: frozenset({Across.SUM, Across.AVERAGE, Across.NONE}),
    FieldType.NUMBER: frozenset({Across.SUM, Across.AVERAGE, Across.NONE}),
    FieldType.MONEY: frozenset({Across.SUM, Across.NONE}),
    FieldType.SHARE: frozenset({Across.SHARE, Across.NONE}),
    FieldType.TEXT: frozenset({Across.GATHER, Across.NONE}),
    FieldType.YES_NO: frozenset({Across.SHARE, Across.NONE}),
    FieldType.DAY: frozenset({Across.NONE}),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked (chỉ tiêu).

    ``key`` never changes from version to version. ``work`` is the field of work (lĩnh vực) under
    which it is gathered. ``places`` is how many decimal places a number has. ``weight`` names the
    field by which an average is weighted; empty: every unit counts the same. ``figure`` names a
    figure that the system knows itself. ``part`` says in which part of a brief a text belongs.
    """

    key: str
    title: str
    type: FieldType = FieldType.INTEGER
    unit: str = ""
    required: bool = False
    work: str = ""
    help: str = ""
    places: int = 0
    across: Across = Across.SUM
    over_time: OverTime = OverTime.SUM
    weight: str = ""
    least: int | None = None
    most: int | None = None
    figure: str = ""
    part: str = ""


class Check(StrEnum):
    """A rule between fields."""

    SUM = "sum"  # the first field is the sum of the others
    AT_MOST = "at-most"  # the first field is at most the second
    SAME = "same"  # the first field equals the second
    NEEDS = "needs"  # a figure above nothing in the first asks for a text in the second
    JUMP = "jump"  # the first differs from the last time by more than ``bound`` hundredths


@dataclass(frozen=True, slots=True)
class Between:
    """One rule between fields; ``blocks`` False only warns."""

    check: Check
    fields: tuple[str, ...]
    bound: int = 0
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it stands from a day on (mẫu báo cáo)."""

    key: str
    title: str
    fields: tuple[Field, ...]
    rules: tuple[Between, ...] = ()

    def field(self, key: str) -> Field:
        """The field with that key. Raises KeyError."""
        for one in self.fields:
            if one.key == key:
                return one
        raise KeyError(key)


def check_form(form: Form) -> tuple[Problem, ...]:
    """What is wrong with a form before anybody fills it in; empty when it may be used."""
    problems: list[Problem] = []
    if not form.title.strip():
        problems.append(Problem("reporting.form-without-title", form.key))
    if not form.fields:
        problems.append(Problem("reporting.form-without-fields", form.title))
    if len(form.fields) > MOST_FIELDS:
        problems.append(
            Problem("reporting.form-too-many-fields", form.title, {"most": MOST_FIELDS})
        )
    seen: set[str] = set()
    known = {one.key: one for one in form.fields}
    for one in form.fields:
        if one.key in seen:
            problems.append(Problem("reporting.field-twice", one.key))
        seen.add(one.key)
        problems += _field_faults(one, known)
    for rule in form.rules:
        problems += _rule_faults(rule, known)
    return tuple(problems)


def _is_key(key: str) -> bool:
    plain = key.replace("_", "")
    return (
        plain.isascii()
        and plain.isalnum()
        and plain == plain.lower()
        and key[:1].isalpha()
        and len(key) <= 40
    )


def _field_faults(one: Field, known: Mapping[str, Field]) -> list[Problem]:
    found = []
    if not _is_key(one.key):
        found.append(Problem("reporting.field-key-unfit", one.key))
    if not one.title.strip():
        found.append(Problem("reporting.field-without-title", one.key))
    if one.across not in FITTING[one.type]:
        found.append(Problem("reporting.field-adds-wrong", one.title, {"how": one.across.value}))
    if one.weight and (one.weight not in known or known[one.weight].type not in NUMBERS):
        found.append(Problem("reporting.field-weight-unknown", one.title, {"weight": one.weight}))
    if not 0 <= one.places <= 6:
        found.append(Problem("reporting.field-places-unfit", one.title))
    if one.least is not None and one.most is not None and one.least > one.most:
        found.append(Problem("reporting.field-bounds-crossed", one.title))
    return found


def _rule_faults(rule: Between, known: Mapping[str, Field]) -> list[Problem]:
    """Each rule names fields that are there, as many as it needs and of a sort it can compare."""
    missing = [key for key in rule.fields if key not in known]
    if missing:
        return [Problem("reporting.rule-field-unknown", missing[0])]
    least = {Check.SUM: 3, Check.JUMP: 1}.get(rule.check, 2)
    if len(rule.fields) < least:
        return [Problem("reporting.rule-too-few", rule.fields[0] if rule.fields else "")]
    compared = rule.fields[:1] if rule.check is Check.NEEDS else rule.fields
    sorts = {(known[key].type in NUMBERS, known[key].places) for key in compared}
    if any(not numeric for numeric, _ in sorts) or len(sorts) != 1:
        return [Problem("reporting.rule-compares-unlike", known[rule.fields[0]].title)]
    if rule.check is Check.JUMP and rule.bound < 1:
        return [Problem("reporting.rule-bound-needed", known[rule.fields[0]].title)]
    return []


def check_values(form: Form, values: Values, before: Values | None = None) -> tuple[Problem, ...]:
    """Everything that stands against submitting these values, in the order of the form.

    Shapes: ``before`` are the values of the last period, None when there are none. The subject
    of each problem is the title of the field; fact ``field`` is its key.
    """
    problems: list[Problem] = []
    for one in form.fields:
        problems += _value_faults(one, values.get(one.key))
    for rule in form.rules:
        found = _CHECKS[rule.check](form, rule, values, before or {})
        if found is not None:
            problems.append(found)
    return tuple(problems)


def _at(one: Field, code: str, **facts: object) -> Problem:
    return Problem(code, one.title, {"field": one.key, **facts})


def _value_faults(one: Field, value: Value) -> list[Problem]:
    if value is None or value == "":
        return [_at(one, "reporting.value-needed")] if one.required else []
    if one.type is FieldType.SHARE:
        return _share_faults(one, value)
    if one.type in NUMBERS:
        return _number_faults(one, value)
    if not isinstance(value, bool if one.type is FieldType.YES_NO else str):
        return [_at(one, "reporting.value-unfit")]
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return [_at(one, "reporting.text-too-long", most=LONGEST_TEXT)]
    return []


def _said(one: Field, value: int | None) -> int | Decimal | None:
    """A number of smallest parts as the reader knows it."""
    return Decimal(value).scaleb(-one.places) if one.places and value is not None else value


def _share_faults(one: Field, value: Value) -> list[Problem]:
    if not isinstance(value, tuple):
        return [_at(one, "reporting.share-unfit")]
    part, whole = value
    if max(abs(part), abs(whole)) > LARGEST:
        return [_at(one, "reporting.number-unfit")]
    if part < 0 or whole < 0 or part > whole:
        return [_at(one, "reporting.share-over", part=part, whole=whole)]
    return []


def _number_faults(one: Field, value: Value) -> list[Problem]:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        return [_at(one, "reporting.number-unfit")]
    if one.least is not None and value < one.least:
        return [_at(one, "reporting.number-below", least=_said(one, one.least))]
    if one.most is not None and value > one.most:
        return [_at(one, "reporting.number-above", most=_said(one, one.most))]
    return []


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _sum(form: Form, rule: Between, values: Values, _before: Values) -> Problem | None:
    total = _whole(values.get(rule.fields[0]))
    parts = [_whole(values.get(key)) for key in rule.fields[1:]]
    if total is None or all(part is None for part in parts):
        return None
    added = sum(part or 0 for part in parts)
    if added == total:
        return None
    one = form.field(rule.fields[0])
    names = tuple(form.field(key).title for key in rule.fields[1:])
    facts = {
        "field": one.key,
        "total": _said(one, total),
        "added": _said(one, added),
        "parts": names,
    }
    return Problem("reporting.total-differs", one.title, facts, blocks=rule.blocks)


def _pair(
    form: Form, rule: Between, values: Values, code: str, holds: Callable[[int, int], bool]
) -> Problem | None:
    a, b = (_whole(values.get(key)) for key in rule.fields[:2])
    if a is None or b is None or holds(a, b):
        return None
    one, other = form.field(rule.fields[0]), form.field(rule.fields[1])
    facts = {
        "field": one.key,
        "value": _said(one, a),
        "other": other.title,
        "bound": _said(other, b),
    }
    return Problem(code, one.title, facts, blocks=rule.blocks)


def _at_most(form: Form, rule: Between, values: Values, _before: Values) -> Problem | None:
    return _pair(form, rule, values, "reporting.more-than", lambda a, b: a <= b)


def _same(form: Form, rule: Between, values: Values, _before: Values) -> Problem | None:
    return _pair(form, rule, values, "reporting.not-the-same", lambda a, b: a == b)


def _needs(form: Form, rule: Between, values: Values, _before: Values) -> Problem | None:
    figure, said = _whole(values.get(rule.fields[0])), values.get(rule.fields[1])
    if not figure or said not in (None, ""):
        return None
    one, other = form.field(rule.fields[0]), form.field(rule.fields[1])
    facts = {"field": other.key, "value": _said(one, figure), "other": one.title}
    return Problem("reporting.words-needed", other.title, facts, blocks=rule.blocks)


def _jump(form: Form, rule: Between, values: Values, before: Values) -> Problem | None:
    now, was = _whole(values.get(rule.fields[0])), _whole(before.get(rule.fields[0]))
    if now is None or was is None or abs(now - was) * HUNDRED <= abs(was) * rule.bound:
        return None
    one = form.field(rule.fields[0])
    facts = {
        "field": one.key,
        "value": _said(one, now),
        "was": _said(one, was),
        "bound": rule.bound,
    }
    return Problem("reporting.jumped", one.title, facts, blocks=False)


_CHECKS: Mapping[Check, Callable[[Form, Between, Values, Values], Problem | None]] = {
    Check.SUM: _sum,
    Check.AT_MOST: _at_most,
    Check.SAME: _same,
    Check.NEEDS: _needs,
    Check.JUMP: _jump,
}


def version_on(versions: Sequence[tuple[date, Form]], day: date) -> Form | None:
    """The form that holds on a day: the last whose first day is not after it; None before all.

    Shapes: ``versions`` are (first day, form) in any order.
    """
    fitting = [pair for pair in versions if pair[0] <= day]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
