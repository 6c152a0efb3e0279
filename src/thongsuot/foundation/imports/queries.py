"""Looking at imports: batches of a scope, the rows of a page, only those with errors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import QuerySet

from thongsuot.foundation.imports.columns import Reading
from thongsuot.foundation.imports.engine import BatchView, ImportKind, Scope, kind_of
from thongsuot.foundation.imports.models import ColumnMapping, ImportBatch, StagedPage, State
from thongsuot.foundation.imports.rows import ERROR, Counts, Staged, decode
from thongsuot.foundation.imports.table import Options
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.models import State as JobState
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.problem import Problem

_PAGES_AT_ONCE = 20


def scope_key(kind: str, scope: Scope) -> str:
    """The text by which batches of a kind and scope are found."""
    return digest({"kind": kind, "scope": dict(scope)})


def batches_of(kind: str, scope: Scope) -> QuerySet[ImportBatch]:
    """Every import of that kind into that scope, the newest first."""
    return ImportBatch.objects.filter(scope_key=scope_key(kind, scope)).order_by("-id")


def view_of(batch: ImportBatch) -> BatchView:
    """The batch as a kind is told of it."""
    return BatchView(
        batch.pk,
        batch.kind,
        batch.body,
        batch.scope,
        batch.file_name,
        batch.sheet,
        batch.digest,
        counts_of(batch).to_write,
    )


def counts_of(batch: ImportBatch) -> Counts:
    """How many rows of each sort the batch has."""
    return msgspec.convert(batch.counts or {}, Counts)


def options_of(batch: ImportBatch) -> Options:
    """What a person answered about the file."""
    return msgspec.convert(batch.options or {}, Options)


def reading_of(batch: ImportBatch) -> Reading:
    """How the cells of the batch are read."""
    return msgspec.convert(batch.reading or {}, Reading)


def problems_of(batch: ImportBatch) -> list[Problem]:
    """What is said about the file as a whole."""
    return [
        Problem(p["code"], p["subject"], p["facts"], blocks=p["blocks"]) for p in batch.problems
    ]


def earlier_with(batch: ImportBatch) -> ImportBatch | None:
    """An earlier applied import of the very same file into the same scope."""
    return (
        batches_of(batch.kind, batch.scope)
        .filter(file=batch.file_id, state=State.APPLIED, pk__lt=batch.pk)
        .first()
    )


def being_read(batch: ImportBatch) -> bool:
    """Whether a job is reading the file of the batch, or about to."""
    going = (JobState.QUEUED, JobState.RUNNING)
    return Job.objects.filter(pk=batch.job or 0, state__in=going).exists()


def remembered_mapping(kind: str, body: int, fingerprint: str) -> Mapping[str, str] | None:
    """How this header was mapped before for this kind and body; None when it never was."""
    found = ColumnMapping.objects.filter(kind=kind, body=body, fingerprint=fingerprint).first()
    return found.mapping if found else None


@dataclass(frozen=True, slots=True)
class Slice:
    """Some staged rows for a screen: the rows, where they start, and how many there are."""

    rows: Sequence[Staged]
    page: int
    pages: int
    total: int


# Which counts of a page hold the rows of a filter.
FILTERS: Mapping[str, tuple[str, ...]] = {
    "tat-ca": ("new", "changed", "same", "error", "aside"),
    "loi": ("error",),
    "moi": ("new",),
    "thay-doi": ("changed",),
    "giu-nguyen": ("same",),
    "luu-y": ("warned",),
    "de-rieng": ("aside",),
}
_STATES = {"loi": "e", "moi": "n", "thay-doi": "c", "giu-nguyen": "s", "de-rieng": "a"}


def rows_of(batch: ImportBatch, only: str, page: int, size: int) -> Slice:
    """One screen of rows that pass a filter; reads only the staged pages that hold them.

    Shapes: ``only`` is a key of ``FILTERS``; ``page`` counts from 1 and is brought into range.
    """
    columns = FILTERS[only]
    heads = list(
        StagedPage.objects.filter(batch=batch).order_by("number").values_list("pk", *columns)
    )
    total = sum(sum(head[1:]) for head in heads)
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    skip, rows = (page - 1) * size, list[Staged]()
    for pk, *sizes in heads:
        held = sum(sizes)
        if skip >= held:
            skip -= held
            continue
        rows += _passing(StagedPage.objects.only("content").get(pk=pk), only)[skip:]
        skip = 0
        if len(rows) >= size:
            break
    return Slice(rows[:size], page, pages, total)


def _passing(page: StagedPage, only: str) -> list[Staged]:
    rows = decode(page.content)
    if only == "tat-ca":
        return rows
    if only == "luu-y":
        return [row for row in rows if row.faults and row.state not in ("e", "a")]
    return [row for row in rows if row.state == _STATES[only]]


def contents_of(batch: ImportBatch, **narrower: int) -> Iterator[bytes]:
    """What each staged page holds, in order; a few pages in memory at a time.

    No cursor is held open between pages: whoever reads may stop, or fail, at any time.
    """
    pages = StagedPage.objects.filter(batch=batch, **narrower).order_by("number")
    ids = list(pages.values_list("pk", flat=True))
    for start in range(0, len(ids), _PAGES_AT_ONCE):
        some = ids[start : start + _PAGES_AT_ONCE]
        yield from map(bytes, pages.filter(pk__in=some).values_list("content", flat=True))


def find_row(batch: ImportBatch, number: int) -> tuple[StagedPage, list[Staged], int] | None:
    """The staged row with that number of the file: its page, the rows of it, the place in it."""
    page = StagedPage.objects.filter(batch=batch, first__lte=number, last__gte=number).first()
    if page is None:
        return None
    rows = decode(page.content)
    for at, row in enumerate(rows):
        if row.number == number:
            return page, rows, at
    return None


def errors_of(batch: ImportBatch) -> Iterator[Staged]:
    """The rows with errors, in order."""
    for content in contents_of(batch, error__gt=0):
        yield from (row for row in decode(content) if row.state == ERROR)


def kind_for(batch: ImportBatch) -> ImportKind:
    """The kind of the batch. Raises KeyError when no room declares it any more."""
    return kind_of(batch.kind)


def plain_problem(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept with the batch."""
    facts = {key: _plain(value) for key, value in problem.facts.items()}
    return {
        "code": problem.code,
        "subject": storable(problem.subject),
        "facts": facts,
        "blocks": problem.blocks,
    }


def storable(text: str) -> str:
    """The text without what a database cannot hold (NUL, half of a letter)."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return storable(value)
    if value is None or isinstance(value, bool | int):
        return value
    text = str(value)
    return int(text) if text.lstrip("-").isdecimal() else text
