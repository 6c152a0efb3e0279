"""What is wrong, as a value: a stable code, the thing at fault, the facts, the article of law."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Fact = str | int | bool | None | tuple[str, ...]
NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one subject.

    ``code`` is ``room.name-with-dashes`` and never changes once released; the sentence for it
    lives in the messages of the app. ``subject`` says what is at fault (an item code, a cell,
    ``kind:id``). ``facts`` stay numbers, days and names; nothing is formatted here. ``law`` is a
    key of docs/law/register.csv or empty. ``blocks`` False means a warning: shown, not refused.
    """

    code: str
    subject: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    law: str = ""
    blocks: bool = True


def blocking(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that forbid going on, in the order given."""
    return tuple(p for p in problems if p.blocks)
