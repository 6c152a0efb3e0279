"""What can only be judged when the whole file was read: the same code twice, what exists already."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from thongsuot.foundation.imports.engine import ImportKind, Known, Session, Values
from thongsuot.foundation.imports.rows import (
    ASIDE,
    CHANGED,
    ERROR,
    NEW,
    SAME,
    WHOLE_ROW,
    Fault,
    Staged,
    decode,
    encode,
)
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import code_key

if TYPE_CHECKING:
    from thongsuot.foundation.imports.staging import Page

_DASHES_AND_SPACES = {ord(sign): None for sign in "- \t"}
_ZEROS = 4  # how many zeros in front a spreadsheet may have eaten
_ASKED_AT_ONCE = 10_000  # keys; engines take so many values in one query and not many more


def near_key(key: str) -> str:
    """The code without case, marks, spaces and dashes: equal means a likely duplicate."""
    if key.isascii():
        return key.lower().translate(_DASHES_AND_SPACES)
    return code_key(key)


def known_in(session: Session, keys: Iterable[str]) -> dict[str, Known]:
    """What exists already under these keys, asked for in parts that every engine takes."""
    found: dict[str, Known] = {}
    source = iter(keys)
    while some := list(islice(source, _ASKED_AT_ONCE)):
        found |= session.known(some)
    return found


Spot = tuple[int, int]  # page, index in the page


class Twins:
    """Remembers each code of a file, and puts into the pages what follows from all of them."""

    def __init__(self, kind: ImportKind) -> None:
        self.kind = kind
        self._seen: dict[str, tuple[str, Spot, int, int]] = {}
        self._values: dict[str, dict[object, tuple[Spot, int]]] = {key: {} for key in kind.unique}
        self._parents: dict[str, tuple[str, Spot]] = {}
        self._patches: dict[int, dict[int, list[Any]]] = {}

    def add(self, spot: Spot, number: int, key: str, values: Sequence[Any]) -> None:
        """Remember one row; say so when its code, or a value that must be unique, was there."""
        content = hash(tuple(values))
        near = near_key(key)
        earlier = self._seen.get(near)
        if earlier is None:
            self._seen[near] = (key, spot, number, content)
        else:
            self._twice(earlier, spot, number, key, content)
        for column, seen in self._values.items():
            value = values[self.kind.at[column]]
            if value is not None:
                self._once(column, seen, value, spot, number)
        if self.kind.parent:
            parent = values[self.kind.at[self.kind.parent]]
            if parent:
                self._parents[key] = (parent, spot)

    def _twice(
        self, earlier: tuple[str, Spot, int, int], spot: Spot, number: int, key: str, content: int
    ) -> None:
        first_key, first_spot, first_number, first_content = earlier
        if first_key == key and first_content == content:
            self._patch(spot, ("twin", first_number))
            return
        code = "imports.key-twice" if first_key == key else "imports.key-alike"
        at = self.kind.at[self.kind.key]
        other = {"row": first_number, "other": first_key}
        self._patch(spot, Fault(at, code, other, raw=key))
        other = {"row": number, "other": key}
        self._patch(first_spot, Fault(at, code, other, raw=first_key))

    def _once(
        self,
        column: str,
        seen: dict[object, tuple[Spot, int]],
        value: object,
        spot: Spot,
        number: int,
    ) -> None:
        first = seen.setdefault(value, (spot, number))
        if first[0] != spot:
            at, raw = self.kind.at[column], str(value)
            self._patch(spot, Fault(at, "imports.value-twice", {"row": first[1]}, raw=raw))
            self._patch(first[0], Fault(at, "imports.value-twice", {"row": number}, raw=raw))

    def _patch(self, spot: Spot, what: object) -> None:
        self._patches.setdefault(spot[0], {}).setdefault(spot[1], []).append(what)

    # --- at the end --------------------------------------------------------------------------

    def settle(self, pages: "list[Page]", session: Session) -> None:
        """Put everything found into the pages: duplicates, cycles, what exists already."""
        self._cycles()
        known = self._known(session)
        for page_at, patches in self._patches.items():
            page = pages[page_at]
            rows = decode(page.content)
            for row_at, found in patches.items():
                self._change(page, rows[row_at], found, session, known)
            page.content = encode(rows)

    def _known(self, session: Session) -> Mapping[str, Known]:
        """Ask once for every code; also for digits, with the zeros a spreadsheet may have eaten."""
        by_key = {key: spot for key, spot, _number, _content in self._seen.values() if key}
        known = known_in(session, by_key)
        for key in known:
            if key in by_key:
                self._patch(by_key[key], "known")
        padded = {
            key.zfill(length): key
            for key in by_key
            if key.isdecimal() and key not in known and not key.startswith("0")
            for length in range(len(key) + 1, len(key) + 1 + _ZEROS)
        }
        if padded:
            at = self.kind.at[self.kind.key]
            for longer in known_in(session, padded):
                key = padded[longer]
                fault = Fault(at, "imports.zeros-lost", {"proposal": longer}, raw=key)
                self._patch(by_key[key], fault)
        return known

    def _cycles(self) -> None:
        if not self.kind.parent:
            return
        at = self.kind.at[self.kind.parent]
        for key, (parent, spot) in self._parents.items():
            path, step = [key], parent
            while step in self._parents and step not in path:
                path.append(step)
                step = self._parents[step][0]
            if step == key:
                code = "imports.parent-self" if parent == key else "imports.parent-cycle"
                self._patch(spot, Fault(at, code, {"path": " → ".join([*path, key])}, raw=parent))

    def _change(
        self,
        page: "Page",
        row: Staged,
        found: list[Any],
        session: Session,
        known: Mapping[str, Known],
    ) -> None:
        page.counts.add(row, -1)
        for what in found:
            if isinstance(what, Fault):
                row.faults.append(what)
                row.state = ERROR
            elif what == "known":
                compare(self.kind, row, known[row.key], session)
            else:
                row.state, row.shape = ASIDE, "twin"
                row.faults.append(Fault(WHOLE_ROW, "imports.twin", {"row": what[1]}, blocks=False))
        page.counts.add(row)


def compare(kind: ImportKind, row: Staged, there: Known, session: Session) -> None:
    """Say whether the row changes what is there, and how. A blank cell changes nothing."""
    if row.state == ERROR:
        return
    if there.problem is not None:
        _fault(kind, row, there.problem)
        if there.problem.blocks:
            return
    values: Values = dict(zip(kind.names, row.values, strict=True))
    session.fill(values)  # judged already
    row.was = {
        key: before
        for key, before in there.values.items()
        if values.get(key) is not None and values[key] != before
    }
    row.state = CHANGED if row.was else SAME
    if row.was and there.closed is not None:
        _fault(kind, row, there.closed)


def _fault(kind: ImportKind, row: Staged, problem: Problem) -> None:
    """Note a problem at its cell; one that blocks makes the row an error."""
    at = kind.at.get(problem.subject, WHOLE_ROW)
    row.faults.append(Fault(at, problem.code, dict(problem.facts), problem.blocks, row.key))
    if problem.blocks:
        row.state = ERROR


__all__ = ["NEW", "Twins", "compare", "near_key"]
