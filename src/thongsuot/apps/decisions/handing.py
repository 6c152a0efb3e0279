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
_RECEIVERS: list[Receiver] = []


def register(receiver: Receiver) -> None:
    """Let a room take over what is to be done; the last one registered takes it."""
    if receiver not in _RECEIVERS:
        _RECEIVERS.append(receiver)


def hand_over(act: Act, of: Ref, todos: Sequence[ToDo]) -> Mapping[int, Ref]:
    """The duties made of the tasks, by task; empty when no room keeps duties."""
    return _RECEIVERS[-1](act, of, todos) if _RECEIVERS else {}
