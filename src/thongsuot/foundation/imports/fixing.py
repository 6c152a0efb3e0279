"""Cells typed anew in staged rows: the row is read again, and what depends on its code with it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from thongsuot.foundation.imports import queries
from thongsuot.foundation.imports.columns import shown
from thongsuot.foundation.imports.engine import ImportKind, Session
from thongsuot.foundation.imports.models import ImportBatch, StagedPage
from thongsuot.foundation.imports.preview import paper_problems
from thongsuot.foundation.imports.rows import ASIDE, ERROR, Counts, Fault, Staged, decode, encode
from thongsuot.foundation.imports.staging import digest_of, read_again
from thongsuot.foundation.imports.twins import compare, near_key
from thongsuot.foundation.refusal import Refused

_OF_TWINS = frozenset(("imports.key-twice", "imports.key-alike"))
_OF_VALUES = "imports.value-twice"


def fix_rows(
    batch: ImportBatch,
    kind: ImportKind,
    session: Session,
    cells: Sequence[Mapping[str, Any]],
    *,
    again: bool = False,
) -> tuple[list[object], list[object]]:
    """Put typed texts into rows of a batch and judge again whatever they touch.

    Returns what stood in the cells before and what stands there now, for the trail. The counts
    and the digest of ``batch`` are set; saving them is left to the caller. ``again``: the cells
    were typed before the file was read anew; rows that are gone are passed over.
    """
    pages = _Pages(batch)
    typed: dict[int, dict[int, str]] = {}
    for cell in cells:
        at = kind.at.get(str(cell.get("column", "")))
        number = int(cell.get("row", 0))
        if again and pages.row(number) is None:
            continue
        if at is None or pages.row(number) is None:
            raise Refused.because("imports.cell-unknown", str(batch.pk), row=number)
        typed.setdefault(number, {})[at] = str(cell.get("text", ""))[:2_000]
    before: list[object] = []
    after: list[object] = []
    touched: set[str] = set()
    reading = queries.reading_of(batch)
    for number, texts in typed.items():
        row = pages.change(number)
        before.append({"row": number, **{kind.names[at]: _text(kind, row, at) for at in texts}})
        touched.add(near_key(row.key))
        old = [row.values[kind.at[key]] for key in kind.summed]
        read_again(kind, row, session, reading, texts)
        _move_sums(batch, kind, old, [row.values[kind.at[key]] for key in kind.summed])
        touched.add(near_key(row.key))
        after.append({"row": number, **{kind.names[at]: text for at, text in texts.items()}})
    _judge_twins(kind, session, pages, touched - {""})
    _judge_values(kind, pages)
    pages.save()
    compare_paper(batch, kind)
    return before, after


def _move_sums(
    batch: ImportBatch, kind: ImportKind, old: Sequence[Any], new: Sequence[Any]
) -> None:
    for key, before, after in zip(kind.summed, old, new, strict=True):
        if before != after:
            whole = Decimal(batch.totals.get(key, "0"))
            whole += Decimal(str(after or 0)) - Decimal(str(before or 0))
            batch.totals[key] = str(whole)


def compare_paper(batch: ImportBatch, kind: ImportKind) -> None:
    """Compare the sums of the batch with the signed paper anew; ``problems`` are set."""
    sums = {key: Decimal(text) for key, text in batch.totals.items()}
    others = [p for p in batch.problems if p["code"] != "imports.paper-differs"]
    found = paper_problems(kind, sums, queries.options_of(batch))
    batch.problems = others + [queries.plain_problem(problem) for problem in found]


def typed_cells(batch: ImportBatch, kind: ImportKind) -> list[dict[str, Any]]:
    """The cells that a person typed anew in this batch, as ``fix_rows`` takes them."""
    found = []
    for content in queries.contents_of(batch):
        if b'"typed"' in content:
            found += [
                {
                    "row": row.number,
                    "column": kind.names[int(at)],
                    "text": _text(kind, row, int(at)),
                }
                for row in decode(content)
                for at, note in row.notes.items()
                if note[1] == "typed"
            ]
    return found


def _text(kind: ImportKind, row: Staged, at: int) -> str:
    for fault in row.faults:
        if fault.column == at and fault.raw:
            return fault.raw
    return shown(kind.columns[at], row.values[at])


class _Pages:
    """The staged pages of a batch, decoded when needed, written back when changed."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.pages = list(StagedPage.objects.filter(batch=batch).order_by("number"))
        self._rows: dict[int, list[Staged]] = {}
        self._changed: set[int] = set()

    def rows(self, at: int) -> list[Staged]:
        if at not in self._rows:
            self._rows[at] = decode(self.pages[at].content)
        return self._rows[at]

    def _find(self, number: int) -> tuple[int, Staged] | None:
        for at, page in enumerate(self.pages):
            if page.first <= number <= page.last:
                for row in self.rows(at):
                    if row.number == number and row.state != ASIDE:
                        return at, row
        return None

    def row(self, number: int) -> Staged | None:
        found = self._find(number)
        return found[1] if found else None

    def change(self, number: int) -> Staged:
        found = self._find(number)
        if found is None:
            raise KeyError(number)
        self._changed.add(found[0])
        return found[1]

    def all(self) -> Iterable[Staged]:
        for at in range(len(self.pages)):
            yield from self.rows(at)

    def save(self) -> None:
        """Write changed pages, and set counts and digest of the batch."""
        for at in self._changed:
            page, counts = self.pages[at], Counts()
            for row in self._rows[at]:
                counts.add(row)
            page.content = encode(self._rows[at])
            for name, count in msgspec.to_builtins(counts).items():
                setattr(page, name, count)
            page.save()
        total = Counts()
        for page in self.pages:
            total += Counts(page.new, page.changed, page.same, page.error, page.aside, page.warned)
        self.batch.counts = msgspec.to_builtins(total)
        self.batch.digest = digest_of(bytes(page.content) for page in self.pages)


def _judge_twins(kind: ImportKind, session: Session, pages: _Pages, touched: set[str]) -> None:
    """Judge again every row whose code is, or was, near to one that was typed."""
    groups: dict[str, list[Staged]] = {near: [] for near in touched}
    for row in pages.all():
        if row.state != ASIDE and row.key and near_key(row.key) in groups:
            groups[near_key(row.key)].append(row)
    keys = [row.key for rows in groups.values() for row in rows]
    known = session.known(keys) if keys else {}
    at = kind.at[kind.key]
    for rows in groups.values():
        for row in rows:
            row = pages.change(row.number)
            row.faults = [fault for fault in row.faults if fault.code not in _OF_TWINS]
            others = [other for other in rows if other is not row]
            if others:
                other = others[0]
                code = "imports.key-twice" if other.key == row.key else "imports.key-alike"
                facts = {"row": other.number, "other": other.key}
                row.faults.append(Fault(at, code, facts, raw=row.key))
            row.state = ERROR if row.blocked else "n"
            row.was = {}
            if row.key in known:
                compare(kind, row, known[row.key], session)


def _judge_values(kind: ImportKind, pages: _Pages) -> None:
    """Judge again the columns in which a value may stand only once."""
    for key in kind.unique:
        at = kind.at[key]
        seen: dict[object, list[Staged]] = {}
        for row in pages.all():
            if row.state != ASIDE and row.values[at] is not None:
                seen.setdefault(row.values[at], []).append(row)
        for row in list(pages.all()):
            said = any(f.code == _OF_VALUES and f.column == at for f in row.faults)
            same = [] if row.state == ASIDE else seen.get(row.values[at], [])
            if said == (len(same) > 1):
                continue
            row = pages.change(row.number)
            row.faults = [f for f in row.faults if f.code != _OF_VALUES or f.column != at]
            if len(same) > 1:
                other = next(r for r in same if r is not row)
                facts = {"row": other.number}
                row.faults.append(Fault(at, _OF_VALUES, facts, raw=str(row.values[at])))
            row.state = ERROR if row.blocked else row.state if row.state != ERROR else "n"
