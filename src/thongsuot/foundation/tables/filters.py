"""The ways a list can be narrowed. Each reads its own values by an allow-list, and says them again."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongsuot.foundation import wording
from thongsuot.foundation.words.search import plain
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold

Words = str | Promise
Values = Mapping[str, Sequence[str]]
Choices = Iterable[tuple[str, Words]]
LONGEST = 200
MOST_WORDS = 8
MOST_CHOICES = 100
LARGEST = 2**63 - 1
YEARS = (1900, 2200)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_NUMBER = re.compile(r"^-?\d{1,3}(?:[. ]\d{3})+$|^-?\d{1,18}$")


class Bad(Exception):
    """A value in the address that the filter does not know; ``problem`` says which."""

    def __init__(self, filter_label: Words, value: str) -> None:
        self.problem = Problem("tables.bad-value", str(filter_label), {"value": value[:60]})
        super().__init__(value)


@dataclass(frozen=True, slots=True)
class Chip:
    """One narrowing as a sentence, and the values of the address that make it."""

    text: str
    makes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to fill in or tick in the filter panel."""

    name: str
    label: str
    value: str
    on: bool = False


@dataclass(frozen=True)
class Filter(ABC):
    """A way to narrow a list: ``name`` is its name in the address, ``label`` what people read."""

    name: str
    label: Words
    widget: ClassVar[str] = ""

    def names(self) -> tuple[str, ...]:
        """The names in the address that belong to it."""
        return (self.name,)

    @abstractmethod
    def read(self, values: Values) -> object:
        """What is wanted, from the address; None when nothing. Raises Bad."""

    @abstractmethod
    def condition(self, wanted: object, today: date) -> Q:
        """The condition on the rows."""

    @abstractmethod
    def chips(self, wanted: object) -> list[Chip]:
        """What is wanted, said in words."""

    @abstractmethod
    def boxes(self, wanted: object) -> list[Box]:
        """What the filter panel shows for it."""

    def _one(self, values: Values, name: str = "") -> str:
        given = values.get(name or self.name) or ()
        return given[-1].strip()[: LONGEST + 1] if given else ""


@dataclass(frozen=True)
class Text(Filter):
    """Every word typed must occur in one of the folded columns; marks and case do not matter.

    ``search`` replaces the condition where a room has a better one: it gets the folded words. A
    long list takes ``words.search.finder`` of its index.
    """

    fields: tuple[str, ...] = ("folded",)
    search: Callable[[tuple[str, ...]], Q] | None = None
    widget: ClassVar[str] = "tables/filters/text.html"

    def read(self, values: Values) -> str | None:
        """The text as typed, at most 200 characters."""
        text = " ".join(self._one(values).replace("\x00", "").split())
        if len(text) > LONGEST:
            raise Bad(self.label, text)
        return text or None

    def condition(self, wanted: object, today: date) -> Q:
        """All of the words, each anywhere."""
        words = tuple(dict.fromkeys(fold(str(wanted)).split()))[:MOST_WORDS]
        return self.search(words) if self.search is not None else plain(words, self.fields)

    def chips(self, wanted: object) -> list[Chip]:
        """“Tìm: …”."""
        return [Chip(f"{self.label}: “{wanted}”", ((self.name, str(wanted)),))]

    def boxes(self, wanted: object) -> list[Box]:
        """One box."""
        return [Box(self.name, str(self.label), str(wanted or ""))]


@dataclass(frozen=True)
class Choice(Filter):
    """One or several of a list of values.

    ``choices`` may be a function: it is asked once each time a list is drawn.
    """

    field: str = ""
    choices: Choices | Callable[[], Choices] = ()
    many: bool = True
    widget: ClassVar[str] = "tables/filters/choice.html"

    def settled(self) -> "Choice":
        """The same with its choices asked."""
        return replace(self, choices=tuple(self.choices())) if callable(self.choices) else self

    def options(self) -> dict[str, str]:
        """Value → what people read."""
        given = self.choices() if callable(self.choices) else self.choices
        return {str(value): str(label) for value, label in given}

    def read(self, values: Values) -> tuple[str, ...] | None:
        """The values wanted, in the order of the choices; refuses any that is not one of them."""
        asked = {v for v in values.get(self.name) or () if v}
        if not asked:
            return None
        options = self.options()
        for value in sorted(asked):
            if value not in options or len(asked) > MOST_CHOICES:
                raise Bad(self.label, value)
        if len(asked) > 1 and not self.many:
            raise Bad(self.label, ", ".join(sorted(asked)))
        return tuple(value for value in options if value in asked)

    def condition(self, wanted: object, today: date) -> Q:
        """One of them."""
        values = _texts(wanted)
        field = self.field or self.name
        return Q(**{field: values[0]}) if len(values) == 1 else Q(**{f"{field}__in": values})

    def chips(self, wanted: object) -> list[Chip]:
        """One chip for each value."""
        options = self.options()
        return [
            Chip(f"{self.label}: {options[value]}", ((self.name, value),))
            for value in _texts(wanted)
        ]

    def boxes(self, wanted: object) -> list[Box]:
        """One box for each choice."""
        chosen = _texts(wanted)
        return [
            Box(self.name, label, value, value in chosen) for value, label in self.options().items()
        ]


@dataclass(frozen=True)
class _Range(Filter):
    """From … to …, both ends inside; either may be left open."""

    field: str = ""

    def names(self) -> tuple[str, ...]:
        """Two names: ``<name>-tu`` and ``<name>-den``."""
        return (f"{self.name}-tu", f"{self.name}-den")

    def boxes(self, wanted: object) -> list[Box]:
        """Two boxes."""
        ends = _ends(wanted)
        words = (_("từ"), _("đến"))
        return [
            Box(name, word, self._typed(end))
            for name, word, end in zip(self.names(), words, ends, strict=True)
        ]

    def chips(self, wanted: object) -> list[Chip]:
        """One chip for both ends."""
        said, makes = [str(self.label)], []
        for name, word, end in zip(self.names(), (_("từ"), _("đến")), _ends(wanted), strict=True):
            if end is not None:
                said.append(f"{word} {wording.fact(end)}")
                makes.append((name, self._typed(end)))
        return [Chip(" ".join(said), tuple(makes))]

    def _typed(self, end: object) -> str:
        return "" if end is None else str(end)


@dataclass(frozen=True)
class Days(_Range):
    """Between two days, both inside. ``moment`` True when the field is a point in time."""

    moment: bool = False
    widget: ClassVar[str] = "tables/filters/days.html"

    def read(self, values: Values) -> tuple[date | None, date | None] | None:
        """Days as 2025-07-01 (what browsers send) or 01/07/2025 (what people type)."""
        since, until = (self._day(self._one(values, name)) for name in self.names())
        if since and until and until < since:
            raise Bad(self.label, f"{wording.day(since)} – {wording.day(until)}")
        return (since, until) if since or until else None

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        iso, typed = _ISO.match(text), _DAY.match(text)
        if iso:
            year, month, day = iso.groups()
        elif typed:
            day, month, year = typed.groups()
        else:
            raise Bad(self.label, text)
        if not YEARS[0] <= int(year) <= YEARS[1]:
            raise Bad(self.label, text)
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise Bad(self.label, text) from None

    def condition(self, wanted: object, today: date) -> Q:
        """On or after the first day, on or before the last."""
        since, until = _ends(wanted)
        field, found = self.field or self.name, Q()
        if isinstance(since, date):
            found &= Q(**{f"{field}__gte": _midnight(since) if self.moment else since})
        if isinstance(until, date):
            end = {f"{field}__lt": _midnight(until + timedelta(days=1))}
            found &= Q(**end) if self.moment else Q(**{f"{field}__lte": until})
        return found


@dataclass(frozen=True)
class Numbers(_Range):
    """Between two whole numbers, both inside; 1.234.567 and 1234567 are the same."""

    widget: ClassVar[str] = "tables/filters/numbers.html"

    def read(self, values: Values) -> tuple[int | None, int | None] | None:
        """The ends as numbers; refuses what is none."""
        least, most = (self._number(self._one(values, name)) for name in self.names())
        if least is not None and most is not None and most < least:
            raise Bad(self.label, f"{wording.number(least)} – {wording.number(most)}")
        return None if least is None and most is None else (least, most)

    def _number(self, text: str) -> int | None:
        if not text:
            return None
        if not _NUMBER.match(text) or not text.isascii():
            raise Bad(self.label, text)
        number = int(text.replace(".", "").replace(" ", ""))
        if abs(number) > LARGEST:
            raise Bad(self.label, text)
        return number

    def condition(self, wanted: object, today: date) -> Q:
        """At least, at most."""
        least, most = _ends(wanted)
        field, found = self.field or self.name, Q()
        if least is not None:
            found &= Q(**{f"{field}__gte": least})
        if most is not None:
            found &= Q(**{f"{field}__lte": most})
        return found


@dataclass(frozen=True)
class YesNo(Filter):
    """Yes, no, or either."""

    field: str = ""
    widget: ClassVar[str] = "tables/filters/yes_no.html"

    def read(self, values: Values) -> bool | None:
        """1 or 0."""
        text = self._one(values)
        if text not in ("", "0", "1"):
            raise Bad(self.label, text)
        return None if not text else text == "1"

    def condition(self, wanted: object, today: date) -> Q:
        """The field is so."""
        return Q(**{self.field or self.name: bool(wanted)})

    def chips(self, wanted: object) -> list[Chip]:
        """“…: có”."""
        text = _("có") if wanted else _("không")
        return [Chip(f"{self.label}: {text}", ((self.name, "1" if wanted else "0"),))]

    def boxes(self, wanted: object) -> list[Box]:
        """Three choices."""
        return [
            Box(self.name, _("tất cả"), "", wanted is None),
            Box(self.name, _("có"), "1", wanted is True),
            Box(self.name, _("không"), "0", wanted is False),
        ]


@dataclass(frozen=True)
class Preset(Filter):
    """A question the room asks often, switched on with one press: “trễ hạn”, “chưa có nơi nhận”.

    ``where`` gets the day of today.
    """

    where: Callable[[date], Q] = lambda today: Q()
    widget: ClassVar[str] = ""

    def read(self, values: Values) -> bool | None:
        """1, or nothing."""
        text = self._one(values)
        if text not in ("", "1"):
            raise Bad(self.label, text)
        return True if text else None

    def condition(self, wanted: object, today: date) -> Q:
        """What the room says."""
        return self.where(today)

    def chips(self, wanted: object) -> list[Chip]:
        """Its name."""
        return [Chip(str(self.label), ((self.name, "1"),))]

    def boxes(self, wanted: object) -> list[Box]:
        """One switch."""
        return [Box(self.name, str(self.label), "1", bool(wanted))]


def _texts(wanted: object) -> tuple[str, ...]:
    return tuple(str(v) for v in wanted) if isinstance(wanted, tuple) else ()


def _ends(wanted: object) -> tuple[object, object]:
    return (wanted[0], wanted[1]) if isinstance(wanted, tuple) else (None, None)


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
