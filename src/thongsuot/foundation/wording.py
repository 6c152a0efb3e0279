"""Problems become sentences here, and numbers and days become what an office writes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import UNITS, to_decimal

Sentence = str | Promise
_SENTENCES: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Add the sentences of a room: problem code → sentence with ``{fact}`` placeholders.

    Raises ValueError when a code already has another sentence.
    """
    for code, sentence in sentences.items():
        if str(_SENTENCES.get(code, sentence)) != str(sentence):
            raise ValueError(f"two sentences for {code}")
        _SENTENCES[code] = sentence


def known_codes() -> frozenset[str]:
    """Every problem code that has a sentence."""
    return frozenset(_SENTENCES)


def number(value: int | Decimal) -> str:
    """1234567 → 1.234.567; Decimal("12.50") → 12,5 (English: 1,234,567 and 12.5)."""
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        text = f"{value:,d}"
    if (get_language() or "vi").startswith("en"):
        return text
    return text.translate(str.maketrans(",.", ".,"))


def day(value: date | datetime) -> str:
    """A day as dd/mm/yyyy; a moment is first brought to local time."""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """A moment as HH:MM dd/mm/yyyy in local time."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M %d/%m/%Y}"


def money(value: int) -> str:
    """A whole amount of đồng: 1.284.600.000 đồng."""
    return f"{number(value)} đồng"


def quantity(parts: int, unit_code: str) -> str:
    """A quantity kept in smallest parts, with its unit: (250, "m²") → 2,5 m²."""
    unit = UNITS.get(unit_code)
    if unit is None:
        return f"{number(parts)} {unit_code}".strip()
    return f"{number(to_decimal(parts, unit))} {unit.code}"


def fact(value: object) -> str:
    """A fact inside a sentence: numbers grouped, days written out, lists with commas."""
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    if isinstance(value, int | Decimal):
        return number(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(fact(v) for v in value)
    return "" if value is None else str(value)


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def say(problem: Problem) -> str:
    """The sentence for a problem, in the language of the reader.

    A code without a sentence is shown as itself, so that nothing is hidden; a house test makes
    sure that this never happens.
    """
    sentence = _SENTENCES.get(problem.code)
    facts = _Facts({k: fact(v) for k, v in problem.facts.items()}, subject=problem.subject)
    if sentence is None:
        return f"{problem.code}: {problem.subject}"
    return str(sentence).format_map(facts)
