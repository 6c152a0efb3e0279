"""Two proofs against each other: what is missing, changed, extra or under another name."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from thongsuot.rules.continuity.proof import Entry, Kind, Proof, Sort, Table

MISSING, CHANGED, EXTRA, RENAMED = "missing", "changed", "extra", "renamed"
NAME_FORM = "name-form"  # the same name written with other Unicode code points
OTHER_KIND = "other-kind"
SORTS = (MISSING, CHANGED, EXTRA, RENAMED, NAME_FORM, OTHER_KIND)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the proof says. ``what``: file, folder, link, table, schema, copy.

    ``facts`` are figures and names: sizes, rows, the other name, which part differs.
    """

    sort: str
    what: str
    name: str
    facts: Mapping[str, object] = field(default_factory=dict)


def differences(proof: Proof, copy: Proof) -> tuple[Difference, ...]:
    """Everything in which a copy is not what the proof says; empty when they are equal.

    Whoever made them, when and on which machine is no difference; nor is the hash of a database
    file whose tables are all equal.
    """
    if proof.kind is not copy.kind:
        facts = {"was": str(proof.kind), "now": str(copy.kind)}
        return (Difference(OTHER_KIND, "copy", proof.name, facts),)
    found = [*_entries(proof, copy), *_tables(proof.tables, copy.tables)]
    if proof.schema != copy.schema:
        found.append(Difference(CHANGED, "schema", ""))
    if not (proof.entries or copy.entries or proof.tables or copy.tables):
        found += _wholes(proof, copy)
    return tuple(sorted(found, key=lambda d: (SORTS.index(d.sort), d.what, d.name)))


def _wholes(proof: Proof, copy: Proof) -> Iterator[Difference]:
    if (proof.whole, proof.size) != (copy.whole, copy.size):
        yield Difference(CHANGED, "file", proof.name, {"was": proof.size, "now": copy.size})


def _entries(proof: Proof, copy: Proof) -> Iterator[Difference]:
    was = {e.path: e for e in proof.entries}
    now = {e.path: e for e in copy.entries}
    for path in was.keys() & now.keys():
        if was[path] != now[path]:
            yield _changed(was[path], now[path])
    gone = {p: e for p, e in was.items() if p not in now}
    come = {p: e for p, e in now.items() if p not in was}
    for sort, pairs in ((NAME_FORM, _same_name), (RENAMED, _same_content)):
        for old, new in pairs(gone, come):
            if sort == NAME_FORM and _content(gone[old]) != _content(come[new]):
                yield _changed(gone[old], come[new])
            yield Difference(sort, str(gone.pop(old).sort), old, {"now": come.pop(new).path})
    for e in gone.values():
        yield Difference(MISSING, str(e.sort), e.path, {"size": e.size})
    for e in come.values():
        yield Difference(EXTRA, str(e.sort), e.path, {"size": e.size})


def _content(entry: Entry) -> tuple[object, ...]:
    return (entry.sort, entry.size, entry.sha256, entry.target)


def _changed(was: Entry, now: Entry) -> Difference:
    facts: dict[str, object] = {"was": was.size, "now": now.size}
    if was.sort is not now.sort:
        facts = {"was": str(was.sort), "now": str(now.sort)}
    elif was.sort is Sort.LINK:
        facts = {"was": was.target, "now": now.target}
    return Difference(CHANGED, str(was.sort), was.path, facts)


def _same_name(gone: Mapping[str, Entry], come: Mapping[str, Entry]) -> list[tuple[str, str]]:
    """Names that differ only in how their letters are composed: NFC here, NFD there."""
    forms: dict[str, list[str]] = defaultdict(list)
    for path in sorted(come):
        forms[unicodedata.normalize("NFC", path)].append(path)
    return _paired(gone, lambda e: forms.get(unicodedata.normalize("NFC", e.path), []))


def _same_content(gone: Mapping[str, Entry], come: Mapping[str, Entry]) -> list[tuple[str, str]]:
    """Files with one content under two names. Empty files say nothing of who they were."""
    contents: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for path in sorted(come):
        if come[path].size:
            contents[_content(come[path])].append(path)
    return _paired(gone, lambda e: contents.get(_content(e), []))


def _paired(
    gone: Mapping[str, Entry], found: Callable[[Entry], list[str]]
) -> list[tuple[str, str]]:
    pairs = []
    for path in sorted(gone):
        others = found(gone[path])
        if others:
            pairs.append((path, others.pop(0)))
    return pairs


def _tables(was: tuple[Table, ...], now: tuple[Table, ...]) -> Iterator[Difference]:
    before, after = {t.name: t for t in was}, {t.name: t for t in now}
    for name in before.keys() & after.keys():
        parts = _parts(before[name], after[name])
        if parts:
            yield Difference(CHANGED, "table", name, _figures(before[name], after[name], parts))
    gone = [before[n] for n in sorted(before.keys() - after.keys())]
    come = {n: after[n] for n in sorted(after.keys() - before.keys())}
    for table in gone:
        other = next((t for t in come.values() if table.rows and not _parts(table, t)), None)
        if other is None:
            yield Difference(MISSING, "table", table.name, {"rows": table.rows})
        else:
            yield Difference(RENAMED, "table", table.name, {"now": come.pop(other.name).name})
    for name, table in come.items():
        yield Difference(EXTRA, "table", name, {"rows": table.rows})


def _parts(was: Table, now: Table) -> tuple[str, ...]:
    pairs = (
        ("columns", was.columns, now.columns),
        ("types", was.types, now.types),
        ("rows", was.rows, now.rows),
        ("content", was.checksum, now.checksum),
    )
    return tuple(name for name, one, other in pairs if one != other)


def _figures(was: Table, now: Table, parts: tuple[str, ...]) -> dict[str, object]:
    return {"was": was.rows, "now": now.rows, "parts": parts}


def same_bytes(proof: Proof, copy: Proof) -> bool:
    """Whether a database file is the same byte for byte, not only table for table."""
    return proof.whole == copy.whole and proof.kind is not Kind.FOLDER
