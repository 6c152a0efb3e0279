"""A pointer to a thing in another room: a kind and an id, written ``kind:id``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """The thing of that kind with that id. ``str(ref)`` and ``Ref.parse`` are inverse."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read ``kind:id``. Raises ValueError when the text has another form."""
        kind, sep, number = text.partition(":")
        if not sep or not kind or not number.isdigit():
            raise ValueError(f"not a reference: {text!r}")
        return cls(kind, int(number))
