"""Arithmetic over figures, read by a small parser and never run as code.

``xong / tong * 100``: numbers, names of figures, + - * / and brackets, ``min(a, b)``, ``max(a, b)``.
Everything is exact; a division by nothing has no result.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from thongsuot.rules.kernel.problem import Problem

LONGEST = 300
MOST_DIGITS = 18  # of a number written in a formula
KEPT_DIGITS = 40  # of each part of a result
DEEPEST = 20
_TOKEN = re.compile(r"\s*(?:(\d+(?:[.,]\d+)?)|([a-z][a-z0-9_]*)|([-+*/(),]))")


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A figure by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Call:
    """An operation on parts: + - * / neg min max."""

    what: str
    parts: tuple["Node", ...]


Node = Number | Name | Call
FUNCTIONS = frozenset({"min", "max"})


class Unreadable(ValueError):
    """The formula cannot be read; ``at`` is how far it was understood."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(f"unreadable at {at}")


@dataclass(slots=True)
class _Reader:
    """Walks over the tokens of a formula."""

    tokens: list[tuple[str, str, int]]
    place: int = 0
    depth: int = 0

    def peek(self) -> str:
        """The next sign, empty at the end."""
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def take(self) -> tuple[str, str, int]:
        """The next token. Raises Unreadable at the end."""
        if self.place >= len(self.tokens):
            raise Unreadable(self.tokens[-1][2] + 1 if self.tokens else 0)
        self.place += 1
        return self.tokens[self.place - 1]

    def want(self, sign: str) -> None:
        """Take exactly that sign."""
        _sort, text, at = self.take()
        if text != sign:
            raise Unreadable(at)


def _tokens(text: str) -> list[tuple[str, str, int]]:
    if len(text) > LONGEST:
        raise Unreadable(LONGEST)
    found, at = [], 0
    stripped = text.rstrip()
    while at < len(stripped):
        match = _TOKEN.match(stripped, at)
        if match is None:
            raise Unreadable(at)
        sort = "number" if match[1] else "name" if match[2] else "sign"
        found.append((sort, match[1] or match[2] or match[3], at))
        at = match.end()
    return found


def parse(text: str) -> Node:
    """The formula as a tree. Raises Unreadable with the place."""
    reader = _Reader(_tokens(text))
    node = _sum(reader)
    if reader.place != len(reader.tokens):
        raise Unreadable(reader.tokens[reader.place][2])
    return node


def _sum(reader: _Reader) -> Node:
    reader.depth += 1
    if reader.depth > DEEPEST:
        raise Unreadable(0)
    node = _product(reader)
    while reader.peek() in ("+", "-"):
        sign = reader.take()[1]
        node = Call(sign, (node, _product(reader)))
    reader.depth -= 1
    return node


def _product(reader: _Reader) -> Node:
    node = _atom(reader)
    while reader.peek() in ("*", "/"):
        sign = reader.take()[1]
        node = Call(sign, (node, _atom(reader)))
    return node


def _atom(reader: _Reader) -> Node:
    sort, text, at = reader.take()
    if sort == "number":
        return Number(Fraction(text.replace(",", ".")))
    if sort == "name":
        return _call(reader, text) if text in FUNCTIONS else Name(text)
    if text == "(":
        node = _sum(reader)
        reader.want(")")
        return node
    if text == "-" and reader.peek() != "-":
        return Call("neg", (_atom(reader),))
    raise Unreadable(at)


def _call(reader: _Reader, name: str) -> Node:
    reader.want("(")
    parts = [_sum(reader)]
    while reader.peek() == ",":
        reader.take()
        parts.append(_sum(reader))
    reader.want(")")
    return Call(name, tuple(parts))


def names(node: Node) -> frozenset[str]:
    """The figures that a formula asks for."""
    if isinstance(node, Name):
        return frozenset({node.key})
    if isinstance(node, Call):
        return frozenset().union(*(names(part) for part in node.parts))
    return frozenset()


_DO: Mapping[str, Callable[..., Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "neg": lambda a: -a,
    "min": min,
    "max": max,
}


def value(node: Node, known: Mapping[str, Fraction | int | None]) -> Fraction | None:
    """What the formula gives; None when a figure is missing or something is divided by nothing."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Name):
        found = known.get(node.key)
        return None if found is None else Fraction(found)
    parts = [value(part, known) for part in node.parts]
    ready = [part for part in parts if part is not None]
    if len(ready) < len(parts):
        return None
    if node.what == "/":
        return ready[0] / ready[1] if ready[1] else None
    return _DO[node.what](*ready)


def check_formula(text: str, known: frozenset[str], subject: str = "") -> tuple[Problem, ...]:
    """What is wrong with a formula: where it cannot be read, which figures are not there."""
    try:
        node = parse(text)
    except Unreadable as fault:
        return (Problem("reporting.formula-unreadable", subject, {"at": fault.at + 1}),)
    missing = sorted(names(node) - known)
    if missing:
        return (Problem("reporting.formula-unknown", subject, {"names": tuple(missing)}),)
    if any(len(sign) > MOST_DIGITS for sign in re.findall(r"\d+", text)):
        return (Problem("reporting.formula-number-long", subject, {"most": MOST_DIGITS}),)
    return ()


def fits(value: Fraction | None) -> bool:
    """Whether a result can be kept exactly: both its parts have no more signs than are kept."""
    return value is None or max(abs(value.numerator), value.denominator) < 10**KEPT_DIGITS
