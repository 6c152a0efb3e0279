"""What a column of a table that people fill in is: its title, how its cells are read, its choices."""

from dataclasses import dataclass
from enum import StrEnum

from thongsuot.rules.kernel.cells import Words


class ColumnType(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    CODE = "code"
    INT = "int"
    QUANTITY = "quantity"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    CHOICE = "choice"
    BOOL = "bool"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a column allows: as kept, as shown, and the other ways people write it."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an inventory, or of another table that comes in from a file.

    ``key`` is the name in the code and, for the columns all kinds share, of the field of the item;
    the others (``annex`` True) are kept in the item's annex. ``unit`` is the unit of a quantity,
    "" for the one the row states. ``partial`` lets a date be only a month or a year.
    ``suggestions`` are offered, others are allowed. ``examples`` fill the two rows of a template.
    ``source`` says where the column comes from: "read" in a text that was read, else "inferred".
    """

    key: str
    title: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    unit: str = ""
    partial: bool = False
    most: int = 500
    examples: tuple[object, object] = ("", "")
    help: str = ""
    aliases: tuple[str, ...] = ()
    annex: bool = True
    source: str = "inferred"

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title by which the column is known, the printed one first, its key last."""
        return (self.title, *self.aliases, self.key)

    @property
    def words(self) -> Words:
        """The choices with every way of writing them."""
        return Words({c.value: (c.label, *c.aliases) for c in self.choices})

    def label(self, value: str) -> str:
        """The words shown for a value of a choice; the value itself when it is no choice."""
        return next((c.label for c in self.choices if c.value == value), value)
