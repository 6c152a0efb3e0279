"""How what is to be done reaches the room that keeps duties, without this room knowing it.

A room that keeps duties registers a receiver in its own or a higher room's ``AppConfig.ready``. It
gets the act (already recorded, inside its transaction), the decision and its tasks, and returns for
each task the Ref of the duty it made. Without a receiver the tasks stay here and are finished here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: its id here, what, who leads, by which day, on which number."""

    task: int
    text: str
    lead: int
    due_on: date
    number: str


Receiver = Callable[[Act, Ref, Sequence[ToDo]], Mapping[int, Ref]]
Where = Callable[[Ref], str]
_RECEIVERS: list[tuple[Receiver, Where | None]] = []


def register(receiver: Receiver, where: Where | None = None) -> None:
    """Let a room take over what is to be done; the last one registered takes it.

    ``where`` gives the address of the page of a duty, empty when it has none.
    """
    if (receiver, where) not in _RECEIVERS:
        _RECEIVERS.append((receiver, where))


def hand_over(act: Act, of: Ref, todos: Sequence[ToDo]) -> Mapping[int, Ref]:
    """The duties made of the tasks, by task; empty when no room keeps duties."""
    return _RECEIVERS[-1][0](act, of, todos) if _RECEIVERS else {}


def page_of(duty: str) -> str:
    """The address of a duty kept elsewhere, written as its Ref; empty when nobody knows one."""
    where = _RECEIVERS[-1][1] if _RECEIVERS else None
    return where(Ref.parse(duty)) if where and duty else ""
