"""What people type, checked before it reaches a column."""

from collections.abc import Iterator, Mapping

from thongsuot.foundation.refusal import refuse_if
from thongsuot.rules.kernel.problem import Problem

LONGEST = {
    "reason": 2_000, "decided_by": 300, "number": 100, "code": 60, "title": 300, "account": 40,
    "source": 200, "counterparty": 200, "paper": 200, "note": 1_000, "keeper": 120,
    "certificate_no": 60, "item_code": 80,
}  # fmt: skip


def text_problems(values: Mapping[str, object], needed: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Texts that are needed and empty, too long, or hold a character that no text has."""
    for name, value in values.items():
        text = str(value or "")
        if name in needed and not text.strip():
            yield Problem("settling.text-needed", name, {"column": name})
        if len(text) > LONGEST.get(name, 300):
            facts: dict[str, object] = {"column": name, "most": LONGEST.get(name, 300)}
            yield Problem("settling.text-too-long", name, facts)
        if "\x00" in text:
            yield Problem("settling.text-unfit", name, {"column": name})


def refuse_texts(values: Mapping[str, object], needed: tuple[str, ...] = ()) -> None:
    """Refuse texts that cannot be kept."""
    refuse_if(text_problems(values, needed))
