"""What a room declares to have its tables imported; the rest of this package does the work.

A room makes one ``ImportKind`` per table it takes and registers it when its app is ready.
See README.md for a whole example.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.cells import Words
from thongsuot.rules.kernel.cells_row import HeaderNames
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

# What one cell is kept as: text, whole number, yes/no, nothing. Days are ISO text ("2025-07-01",
# partial ones "2025-07" and "2025"); a number with a fraction is text ("2.5").
Value = str | int | bool | None
Values = dict[str, Value]
Scope = Mapping[str, Any]  # where the rows are to go, as plain values: {"transition": 3}


class ColumnSpec(Protocol):
    """A column as a room describes it. ``rules/handover/kinds_columns.py`` has the model.

    ``type`` is one of text, code, int, quantity, money, date, year, choice, bool, unit.
    """

    @property
    def key(self) -> str:
        """The name of the column in the code."""
        ...

    @property
    def title(self) -> str:
        """The title as printed in a template."""
        ...

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title it is known by, the printed one first."""
        ...

    @property
    def type(self) -> str:
        """How its cells are read."""
        ...

    @property
    def required(self) -> bool:
        """Whether the file must have the column and every row a value in it."""
        ...

    @property
    def words(self) -> Words:
        """The words a choice allows, with the other ways of writing them."""
        ...

    @property
    def unit(self) -> str:
        """The unit of a quantity, "" for a plain number."""
        ...

    @property
    def partial(self) -> bool:
        """Whether a day may be only a month or a year."""
        ...

    @property
    def most(self) -> int:
        """The greatest length of a text."""
        ...

    def label(self, value: str) -> str:
        """The words shown for a value of a choice."""


class Known(NamedTuple):
    """What is there already under a key.

    ``values`` are compared with the row: only the keys given here are. ``problem`` says why the
    row may not touch it (it was handed over already, it belongs to another body). ``closed`` says
    why a row that differs may not change it; a row that says the same is simply there already.
    """

    values: Mapping[str, Value]
    problem: Problem | None = None
    closed: Problem | None = None


class Session(Protocol):
    """The rules of a kind for one scope, with what they need looked up once."""

    def fill(self, values: Values) -> None:
        """Fill in what follows from the row; ``values`` is changed in place, alike each time."""

    def judge(self, values: Values) -> Iterable[Problem]:
        """Say what is wrong in a row that was filled in; alike each time.

        ``Problem.subject`` is the key of the column at fault, "" for the whole row. A problem
        that does not block is a warning.
        """

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """Which of these keys exist already, and with what values."""


class Ready(NamedTuple):
    """One row about to be written: ``values`` are complete.

    ``changes`` is empty for a new row; for a changed one it maps each column that differs to what
    stood there before. Blank cells of a changed row are no changes.
    """

    number: int
    key: str
    values: Values
    changes: Mapping[str, Value]


class BatchView(NamedTuple):
    """What a kind is told about the batch that it writes or takes back."""

    id: int
    kind: str
    body: int
    scope: Scope
    file: str
    sheet: str
    digest: str
    rows: int


Open = Callable[[Scope], Session]
Write = Callable[[Any, BatchView, Iterator[Sequence[Ready]]], Mapping[str, object]]
TakeBack = Callable[[Any, BatchView], Mapping[str, object]]


@dataclass(frozen=True)
class ImportKind:
    """One sort of table that a room takes in.

    ``code`` is ``room.name``. ``columns`` in the order of the template. ``key`` names the column
    that tells rows apart. ``summed`` are the columns whose totals are shown and compared.
    ``unique`` are further columns in which a value may stand only once (seal numbers). ``parent``
    names a column that holds the key of another row.

    ``open`` gives the rules for a scope. ``write`` gets the act (its entry is recorded, the chain
    locked), the batch and pages of ready rows, and writes them with ``bulk_insert``, in the
    transaction that is open. ``take_back`` undoes a batch or raises Refused; None: no undo.
    ``chain`` and ``subject`` say where applying stands on the trail. ``may`` refuses (Refused)
    whoever may not import into the scope; ``title`` and ``place`` name kind and scope on a page;
    ``back`` is the page to return to.
    """

    code: str
    title: str
    columns: tuple[ColumnSpec, ...]
    key: str
    open: Open
    write: Write
    chain: Callable[[Scope], str]
    subject: Callable[[Scope], Ref]
    may: Callable[[Actor, Scope], None]
    take_back: TakeBack | None = None
    place: Callable[[Scope], str] = field(default=lambda _scope: "")
    back: Callable[[Scope], str] = field(default=lambda _scope: "/")
    body: Callable[[Scope], int] = field(default=lambda _scope: 0)
    summed: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    parent: str = ""

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        for named in (self.key, *self.summed, *self.unique, *filter(None, [self.parent])):
            if named not in keys:
                raise ValueError(f"{self.code}: no column {named!r}")
        object.__setattr__(self, "at", {key: at for at, key in enumerate(keys)})
        object.__setattr__(self, "names", tuple(keys))
        header = HeaderNames({column.key: column.titles for column in self.columns})
        object.__setattr__(self, "header", header)

    at: Mapping[str, int] = field(init=False, repr=False, compare=False)
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    header: HeaderNames = field(init=False, repr=False, compare=False)

    @property
    def required(self) -> tuple[str, ...]:
        """The keys of the columns a file must have."""
        return tuple(column.key for column in self.columns if column.required)


_KINDS: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Make a kind known. Raises ValueError when the code stands for another kind already."""
    if _KINDS.get(kind.code, kind) is not kind:
        raise ValueError(f"two import kinds {kind.code}")
    _KINDS[kind.code] = kind


Family = Callable[[str], ImportKind | None]
_FAMILIES: dict[str, Family] = {}


def register_family(name: str, make: Family) -> None:
    """Make kinds known whose columns are data: ``name:12`` is made when it is first asked for.

    ``make`` gets what stands after the colon and gives the same kind each time, None for none.
    """
    _FAMILIES[name] = make


def kind_of(code: str) -> ImportKind:
    """The kind with that code. Raises KeyError when no room declared it."""
    name, colon, member = code.partition(":")
    found = _FAMILIES[name](member) if colon and name in _FAMILIES else None
    return found or _KINDS[code]


def kinds() -> tuple[ImportKind, ...]:
    """Every kind declared, in the order of their codes."""
    return tuple(_KINDS[code] for code in sorted(_KINDS))
