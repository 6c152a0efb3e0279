"""A table in SQLite against the same table in a PostgreSQL dump, as far as their types allow it.

What cannot be compared exactly is named and left out: nothing is rounded to make two sides equal.
"""

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from thongsuot.rules.continuity.cells import Value

WHOLE, TRUTH, TEXT, FLOAT, DAY, MOMENT, BYTES, JSON, UUID = (
    "whole", "truth", "text", "float", "day", "moment", "bytes", "json", "uuid",
)  # fmt: skip
# How PostgreSQL's types are compared. A type that is not here is not compared, and it is said.
CLASSES: Mapping[str, str] = {
    "smallint": WHOLE,
    "integer": WHOLE,
    "bigint": WHOLE,
    "boolean": TRUTH,
    "text": TEXT,
    "character varying": TEXT,
    "citext": TEXT,
    "double precision": FLOAT,
    "date": DAY,
    "timestamp with time zone": MOMENT,
    "timestamp without time zone": MOMENT,
    "bytea": BYTES,
    "json": JSON,
    "jsonb": JSON,
    "uuid": UUID,
}


def class_of(declared: str) -> str:
    """How a PostgreSQL type is compared; empty when it is not."""
    kind = declared.lower().split("(", 1)[0].strip()
    if kind.startswith("timestamp") and "zone" not in kind:
        kind = (
            "timestamp with time zone"
            if "with time zone" in declared
            else "timestamp without time zone"
        )
    return "" if declared.endswith("[]") else CLASSES.get(kind, "")  # fmt: skip


def from_dump(kind: str, text: str | None) -> Value:
    """A value of a dump in the form in which both sides are compared."""
    if text is None:
        return None
    if kind == TRUTH:
        return {"t": 1, "f": 0}.get(text, text)
    if kind == WHOLE:
        return _whole(text)
    if kind == BYTES:
        return _octets(text)
    return _common(kind, text)


def from_sqlite(kind: str, value: Value) -> Value:
    """A value of SQLite in the form in which both sides are compared.

    A value whose kind does not fit the column stays what it is, and so differs from the other side.
    """
    if kind == FLOAT and isinstance(value, int):
        return _float(str(value))
    if kind == FLOAT and isinstance(value, float):
        return struct.pack(">d", value)
    return _common(kind, value) if isinstance(value, str) else value


def _common(kind: str, text: str) -> Value:
    reading = {FLOAT: _float, MOMENT: _moment, JSON: _json, UUID: _uuid}.get(kind)
    return reading(text) if reading else text


def _whole(text: str) -> Value:
    return int(text) if text.lstrip("-").isdigit() else text


def _octets(text: str) -> Value:
    try:
        return bytes.fromhex(text[2:]) if text.startswith("\\x") else text
    except ValueError:
        return text


def _float(text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        return text
    return text if math.isnan(number) else struct.pack(">d", number)


def _uuid(text: str) -> str:
    return text.replace("-", "").lower()


def _moment(text: str) -> str:
    """A moment in UTC with microseconds; without a zone it is taken as it stands."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="microseconds")


def _json(text: str) -> str:
    try:
        value = json.loads(text, parse_float=_exact, parse_int=_exact)
    except (ValueError, RecursionError, InvalidOperation):
        return text
    return json.dumps(value, sort_keys=True, default=str, separators=(",", ":"))


def _exact(text: str) -> dict[str, str]:
    """A number by its value and not by how it is written; kept apart from a text."""
    return {"number": format(Decimal(text).normalize(), "f")}


@dataclass(frozen=True, slots=True)
class Shared:
    """A table on both sides: which columns are compared, how, and which are not and why.

    ``compared`` is (column, class) in the order of names; ``left_out`` is (column, reason), where the
    reason is ``only-first``, ``only-second`` or ``type``.
    """

    first: str
    second: str
    compared: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which tables stand on both sides, and which only on one."""

    shared: tuple[Shared, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


Tables = Mapping[str, Mapping[str, str]]  # table → column → declared type


def pair(first: Tables, second: Tables) -> Pairing:
    """Pair the tables of SQLite (first) with those of a dump (second), by name without its schema."""
    mine = {_bare(name): name for name in first}
    theirs = {_bare(name): name for name in second}
    both = sorted(mine.keys() & theirs.keys())
    return Pairing(
        tuple(_shared(mine[n], first[mine[n]], theirs[n], second[theirs[n]]) for n in both),
        tuple(sorted(mine[n] for n in mine.keys() - theirs.keys())),
        tuple(sorted(theirs[n] for n in theirs.keys() - mine.keys())),
    )


def _bare(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower()


def _shared(first: str, mine: Mapping[str, str], second: str, theirs: Mapping[str, str]) -> Shared:
    left_out = [(c, "only-first") for c in mine if c not in theirs]
    left_out += [(c, "only-second") for c in theirs if c not in mine]
    both = sorted(mine.keys() & theirs.keys())
    left_out += [(c, "type") for c in both if not class_of(theirs[c])]
    compared = tuple((c, class_of(theirs[c])) for c in both if class_of(theirs[c]))
    return Shared(first, second, compared, tuple(sorted(left_out)))
