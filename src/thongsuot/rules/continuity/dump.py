"""What stands in a plain PostgreSQL dump: rows of tables, and everything else as statements."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_COPY = re.compile(rb"^COPY (.+?) \((.*)\) FROM stdin;\r?\n?$")
_INSERT = re.compile(
    rb"^INSERT INTO (\S+|\"[^\n]*?\") (?:\((.*?)\) )?(?:OVERRIDING \w+ VALUE )?VALUES ?"
)
_CONNECT = re.compile(rb"^\\connect (?:-reuse-previous=on )?\"?([^\"\n]*)\"?")
# What differs between two dumps of one database: versions, moments, the random word of newer tools.
_VOLATILE = (
    b"-- Dumped from database version",
    b"-- Dumped by pg_dump version",
    b"-- Started on",
    b"-- Completed on",
    b"\\restrict",
    b"\\unrestrict",
)
_COMPLETE = (
    b"-- PostgreSQL database dump complete",
    b"-- PostgreSQL database cluster dump complete",
)
_ESCAPES = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_ESCAPED = re.compile(rb"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.S)
Fields = tuple[str | None, ...]


@dataclass(slots=True)
class Columns:
    """The columns of a table of a dump, with the types the dump declares for them."""

    names: tuple[str, ...]
    types: tuple[str, ...] = ()


@dataclass(slots=True)
class Dump:
    """What was read of a dump so far; complete only when ``rows`` has come to its end.

    ``tables`` are all tables met with their columns; ``complete`` whether the dump says of itself
    that it ended; ``cut_off`` the table in whose rows the text ended.
    """

    tables: dict[str, Columns] = field(default_factory=dict)
    complete: bool = False
    cut_off: str = ""
    _declared: dict[str, dict[str, str]] = field(default_factory=dict)
    _schema: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    _database: str = ""
    _creating: str = ""

    def rows(self, lines: Iterable[bytes]) -> Iterator[tuple[str, bytes, bool]]:
        """Every row as (table, raw line, whether it is a COPY line), in the order of the dump."""
        source = iter(lines)
        for line in source:
            begun = _COPY.match(line)
            if begun:
                yield from self._copied(self._named(begun[1], begun[2]), source)
            elif line.startswith(b"INSERT INTO "):
                yield self._inserted(line, source)
            else:
                self._aside(line)

    @property
    def columns(self) -> dict[str, Columns]:
        """Every table of the dump with its columns; also those without a single row."""
        declared = {name: Columns(tuple(types)) for name, types in self._declared.items()}
        found = declared | self.tables
        for name, columns in found.items():
            types = self._declared.get(name, {})
            columns.types = tuple(types.get(c, "") for c in columns.names)
        return found

    @property
    def schema(self) -> str:
        """The digest of everything beside rows, as far as read."""
        return self._schema.hexdigest()

    def _named(self, name: bytes, columns: bytes | None) -> str:
        table = self._table(name)
        known = tuple(identifiers(columns.decode("utf-8", "surrogateescape"))) if columns else ()
        self.tables.setdefault(table, Columns(known or tuple(self._declared.get(table, ()))))
        return table

    def _table(self, name: bytes) -> str:
        text = ".".join(identifiers(name.decode("utf-8", "surrogateescape"), "."))
        return f"{self._database}/{text}" if self._database else text

    def _copied(self, table: str, source: Iterator[bytes]) -> Iterator[tuple[str, bytes, bool]]:
        for line in source:
            row = line.rstrip(b"\r\n") if line.endswith(b"\r\n") else line.removesuffix(b"\n")
            if row == b"\\.":
                return
            yield table, row, True
        self.cut_off = table

    def _inserted(self, line: bytes, source: Iterator[bytes]) -> tuple[str, bytes, bool]:
        """A statement may run over several lines: as long as a quoted text is open."""
        whole = line
        while whole.count(b"'") % 2 or not whole.rstrip().endswith(b";"):
            more = next(source, None)
            if more is None:
                self.cut_off = whole[:60].decode("utf-8", "replace")
                break
            whole += more
        found = _INSERT.match(whole)
        table = self._named(found[1], found[2]) if found else self._named(b"?", None)
        return table, whole.rstrip(), False

    def _aside(self, line: bytes) -> None:
        if line.startswith(_COMPLETE):
            self.complete = True
        if not line.strip() or line.startswith(_VOLATILE):
            return
        moved = _CONNECT.match(line)
        if moved:
            self._database = moved[1].decode("utf-8", "surrogateescape")
        self._schema.update(line.rstrip() + b"\n")
        self._declare(line)

    def _declare(self, line: bytes) -> None:
        """Keep the declared type of each column: ``CREATE TABLE`` of pg_dump has one a line."""
        if line.startswith((b"CREATE TABLE ", b"CREATE UNLOGGED TABLE ")) and b"(" in line:
            name = line.split(b"TABLE ", 1)[1].rsplit(b"(", 1)[0].strip()
            self._creating = self._table(name)
            self._declared[self._creating] = {}
        elif self._creating and line.startswith(b"    "):
            parts = split_declaration(line.strip().rstrip(b",").decode("utf-8", "surrogateescape"))
            if parts:
                self._declared[self._creating][parts[0]] = parts[1]
        else:
            self._creating = ""


def split_declaration(text: str) -> tuple[str, str] | None:
    """A column and its type out of one line of CREATE TABLE; None for a constraint."""
    if text.startswith("CONSTRAINT ") or not text:
        return None
    name = next(identifiers(text, " "), "")
    rest = text[len(name) + (2 if text.startswith('"') else 0) :].strip()
    for end in (" DEFAULT ", " NOT NULL", " GENERATED ", " COLLATE ", " CONSTRAINT "):
        rest = rest.split(end, 1)[0]
    return name, rest.strip()


def identifiers(text: str, between: str = ",") -> Iterator[str]:
    """The names in a list such as ``id, "Họ tên"``; quoted ones without their quotes."""
    name, quoted = "", False
    for letter in text:
        if letter == '"':
            quoted = not quoted
        elif letter == between and not quoted:
            yield name.strip()
            name = ""
        else:
            name += letter
    if name.strip():
        yield name.strip()


def fields_of(row: bytes) -> Fields:
    """The values of a COPY line as PostgreSQL wrote them; None for NULL."""
    return tuple(
        None if cell == b"\\N" else _plain(cell).decode("utf-8", "surrogateescape")
        for cell in row.split(b"\t")
    )


def _plain(cell: bytes) -> bytes:
    return _ESCAPED.sub(_unescaped, cell) if b"\\" in cell else cell


def _unescaped(found: "re.Match[bytes]") -> bytes:
    mark = found[1]
    if mark in _ESCAPES:
        return _ESCAPES[mark]
    if mark[:1] == b"x" and len(mark) > 1:
        return bytes([int(mark[1:], 16)])
    return bytes([int(mark, 8) & 255]) if mark.isdigit() and mark < b"8" else mark
