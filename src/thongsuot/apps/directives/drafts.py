"""A draft as it is handed in by a form, a file, the reader of texts or the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from thongsuot.apps.directives.models import (
    Duty,
    EveryWord,
    Lane,
    Milestone,
    Point,
    TermWord,
)
from thongsuot.apps.directives.permit import bodies_known
from thongsuot.apps.directives.steps import text_problems
from thongsuot.apps.registry.models import Person, Unit
from thongsuot.rules.directives.duty import LONGEST_TASK, LONGEST_TEXT, MOST_PARTS
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import tidy

TEXTS = {
    "product": LONGEST_TEXT,
    "place_words": LONGEST_TEXT,
    "lead_words": LONGEST_TEXT,
    "parts_words": LONGEST_TASK,
    "due_words": LONGEST_TEXT,
    "rhythm_words": LONGEST_TEXT,
    "report_words": LONGEST_TEXT,
}
LINKS = ("lead", "person", "report_to", "above", "point", "milestone", "meeting")
LONGEST_QUOTE, LONGEST_CODE = 20_000, 60
MOST_PLACES, MOST_LAWS, MOST_HOURS = 4_000, 40, 12
YEARS = (2000, 2200)
KEYS = frozenset(
    {*TEXTS, *LINKS, "code", "task", "lane", "laws", "term_kind", "term_day", "every", "anchor_on", "hours",
     "until_on", "quote", "start", "end", "places", "parts"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """The columns of a duty, its places and its parts, as handed in."""

    columns: dict[str, Any]
    places: tuple[int, ...]
    parts: tuple[tuple[int, str], ...]


def read(
    values: Mapping[str, Any], document_text: str = "", subject: str = ""
) -> tuple[Draft, list[Problem]]:
    """A draft out of plain values, with everything that is wrong in them.

    Shapes: ``task`` text; ``lead``, ``person``, ``report_to``, ``above`` … ids, 0 for none;
    ``places`` unit ids; ``parts`` mappings with body and what; a term is ``term_kind`` with
    ``term_day``, a rhythm ``every`` with ``anchor_on``, maybe ``hours`` (["09:00"]) and
    ``until_on``; ``quote`` with ``start`` and ``end`` is the sentence in the document's text;
    ``laws`` texts. What is left out is empty.
    """
    problems = [
        Problem("directives.key-unknown", subject, {"key": str(key)[:40]})
        for key in sorted(set(values) - KEYS)
    ]
    columns: dict[str, Any] = {"task": tidy(str(values.get("task") or ""))}
    problems += text_problems("task", columns["task"], LONGEST_TASK, subject=subject)
    columns["code"] = tidy(str(values.get("code") or ""))
    problems += text_problems("code", columns["code"], LONGEST_CODE, subject=subject)
    for name, most in TEXTS.items():
        columns[name] = tidy(str(values.get(name) or ""))
        problems += text_problems(name, columns[name], most, subject=subject)
    columns |= {f"{name}_id": int(values.get(name) or 0) or None for name in LINKS}
    for part in (_lane, _laws, _term, _span):
        problems += part(values, columns, subject)
    problems += _quoted(columns, document_text, subject)
    places, parts = _places(values), _parts(values)
    problems += _known(columns, places, parts, subject)
    return Draft(columns, places, parts), problems


def _lane(values: Mapping[str, Any], columns: dict[str, Any], subject: str) -> list[Problem]:
    columns["lane"] = values.get("lane") or Lane.NORMAL
    if columns["lane"] in Lane.values:
        return []
    return [Problem("directives.choice-unknown", subject, {"value": str(columns["lane"])[:40]})]


def _laws(values: Mapping[str, Any], columns: dict[str, Any], subject: str) -> list[Problem]:
    columns["laws"] = [tidy(str(law)) for law in values.get("laws") or () if tidy(str(law))]
    if len(columns["laws"]) > MOST_LAWS or any(len(x) > LONGEST_TEXT for x in columns["laws"]):
        return [Problem("directives.too-many-laws", subject, {"most": MOST_LAWS})]
    return []


def _term(values: Mapping[str, Any], columns: dict[str, Any], subject: str) -> list[Problem]:
    found = _days(values, columns, subject) + _words(values, columns, subject)
    if columns["term_day"] and not columns["term_kind"]:
        columns["term_kind"] = TermWord.ON
    if columns["every"] and columns["anchor_on"] is None:
        found.append(Problem("directives.rhythm-without-start", subject))
    if columns["every"] and columns["term_day"]:
        found.append(Problem("directives.day-and-rhythm", subject))
    until, anchor = columns["until_on"], columns["anchor_on"]
    if until and anchor and until <= anchor:
        found.append(Problem("directives.rhythm-ends-early", subject))
    hours = _hours(values)
    columns["hours"] = hours or []
    return found if hours is not None else [*found, Problem("directives.hours-unknown", subject)]


def _days(values: Mapping[str, Any], columns: dict[str, Any], subject: str) -> list[Problem]:
    found = []
    for name in ("term_day", "anchor_on", "until_on"):
        day = columns[name] = values.get(name) or None
        fits = isinstance(day, date) and YEARS[0] <= day.year <= YEARS[1]
        if day is not None and not fits:
            found.append(Problem("directives.day-unknown", subject, {"value": str(day)[:40]}))
            columns[name] = None
    return found


def _words(values: Mapping[str, Any], columns: dict[str, Any], subject: str) -> list[Problem]:
    found = []
    for name, known in (("term_kind", TermWord.values), ("every", EveryWord.values)):
        word = columns[name] = values.get(name) or ""
        if word and word not in known:
            found.append(Problem("directives.choice-unknown", subject, {"value": str(word)[:40]}))
            columns[name] = ""
    return found


def _hours(values: Mapping[str, Any]) -> list[str] | None:
    """Times of the day as 09:00, in order; None when one of them is no time."""
    given = values.get("hours") or []
    try:
        times = sorted({time.fromisoformat(str(h)) for h in given})
    except ValueError:
        return None
    return [f"{t:%H:%M}" for t in times] if len(times) <= MOST_HOURS else None


def _span(values: Mapping[str, Any], columns: dict[str, Any], subject: str) -> list[Problem]:
    columns["quote"] = str(values.get("quote") or "")
    found = text_problems("quote", columns["quote"], LONGEST_QUOTE, subject=subject)
    start, end = values.get("start"), values.get("end")
    columns["start"] = columns["end"] = None
    if start is None and end is None:
        return found
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return [*found, Problem("directives.span-unknown", subject)]
    columns["start"], columns["end"] = start, end
    return found


def _quoted(columns: dict[str, Any], document_text: str, subject: str) -> list[Problem]:
    """A span must be in the text of the document, and the quote must be what stands there."""
    if columns["start"] is None:
        return []
    if document_text[columns["start"] : columns["end"]] == columns["quote"]:
        return []
    return [Problem("directives.span-not-in-text", subject)]


def _places(values: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(u) for u in (values.get("places") or ())[:MOST_PLACES] if u))


def _parts(values: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    given = (values.get("parts") or ())[: MOST_PARTS + 1]
    return tuple((int(p["body"]), tidy(str(p.get("what") or ""))[:LONGEST_TEXT]) for p in given)


def _known(
    columns: dict[str, Any],
    places: tuple[int, ...],
    parts: tuple[tuple[int, str], ...],
    subject: str,
) -> list[Problem]:
    """Every id that is handed in is something that is there."""
    bodies = {columns["lead_id"], columns["report_to_id"], *(b for b, _w in parts)} - {None}
    found = bodies_known(b for b in bodies if b)
    if len({b for b, _w in parts}) != len(parts):
        found.append(Problem("directives.part-twice", subject))
    for model, name in (
        (Person, "person_id"), (Duty, "above_id"), (Point, "point_id"), (Milestone, "milestone_id"),
    ):  # fmt: skip
        pk = columns[name]
        if pk and not model._default_manager.filter(pk=pk).exists():
            found.append(Problem("directives.link-unknown", subject, {"value": str(pk)}))
    if places and Unit.objects.filter(pk__in=places).count() != len(places):
        found.append(Problem("directives.unit-unknown", subject))
    return found
