"""Mistakes made on purpose: each is planted into the running product, and the checks must find it.

A defect changes the text of one function (compiled again in the place of the old one, wherever it
is known by name), or takes something away from the database, or both where both hold the same
rule. ``found`` is asked by docs/reliability.md: which check it is that finds it.
"""

import contextlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db import connection

HANDOVER = "thongsuot.apps.handover."
ACTS = "thongsuot.foundation.trail.acts"


@dataclass(frozen=True)
class Defect:
    """What is wrong, and how it is made wrong: (place, old text, new text), triggers, indexes."""

    name: str
    invariant: str
    edits: tuple[tuple[str, str, str], ...] = ()
    triggers: tuple[tuple[str, str], ...] = ()
    indexes: tuple[str, ...] = ()


LISTED = (
    Defect(
        "late item into a dissolved body", "I9",
        ((HANDOVER + "actions.steps:refuse_ended", "ended = TransitionBody.objects", "return\n    ended = TransitionBody.objects"),),
        (("handover_item_not_under_ended_body", "handover_item"),),
    ),
    Defect("key not unique", "I7", ((ACTS + ":Act.record", "key=self.key,", 'key=f"{self.key}#{head.size}",'),)),
    Defect("no update trigger", "I4", (), (("trail_entry_no_update", "trail_entry"),)),
    Defect(
        "no seal trigger", "I8", (),
        (("handover_minutesline_sealed", "handover_minutesline"), ("handover_minutesline_frozen", "handover_minutesline"),
         ("handover_minutes_sealed", "handover_minutes")),
    ),
    Defect(
        "no lock of a closed transition (no period trigger)", "I10",
        ((HANDOVER + "actions.steps:begin", "if problem is not None:", "if False:"),),
    ),
    Defect(
        "no dissolve trigger", "I9",
        ((HANDOVER + "actions.closing:what_is_left", "return problems", "return []"),),
        (("handover_transitionbody_nothing_left_behind", "handover_transitionbody"),),
    ),
    Defect(
        "clock not clamped", "I5",
        ((ACTS + ":Act.record", "if head.at is None or self.at > head.at else head.at + TICK", ""),),
    ),
    Defect(
        "accept without event", "I1",
        ((HANDOVER + "posting:_write_movements", "ORDER BY item_id", "WHERE kind <> 'received' ORDER BY item_id"),),
    ),
    Defect(
        "import not idempotent", "I6",
        ((HANDOVER + "actions.items:row_problems", "both = doubled | (taken & set(keys))", "both = doubled"),),
        (), ("handover_item_code_once",),
    ),
    Defect("chain omits a field", "I4", ((ACTS + ":HASHED", "reason", ""),)),
    Defect(
        "split loses remainder", "I17",
        ((HANDOVER + "actions.outcomes:_children", "divide(whole, quantities)",
          "[whole * q // sum(quantities) for q in quantities]"),),
    ),
    Defect(
        "refused item stays pending", "I2",
        ((HANDOVER + "settling:stage_signed", "lines__refused=True)", "lines__refused=True).none()"),),
    ),
)  # fmt: skip
MORE = (
    Defect(
        "parts need not add up", "I17",
        ((HANDOVER + "actions.outcomes:_check_parts", "(total != held,", "(False,"),
         (HANDOVER + "actions.outcomes:_post_split", "held = sum(c.opened for c in children)",
          "held = Item.objects.get(pk=parent).q_held")),
    ),
    Defect("a step is skipped", "steps", ((HANDOVER + "actions.items:advance_step", "refuse_if(p for p in found if p is not None)", "list(found)"),)),
    Defect("counted after signing", "I8", ((HANDOVER + "actions.minutes:take", "if doing:", "if False:"),)),
    Defect("one person signs for both sides", "I16", (("thongsuot.rules.handover.minutes:check_signing", "s.user == new.user or s.body == new.body", "False"),)),
    Defect("the balance is not carried along", "I1", ((HANDOVER + "posting:Posting.post", "_balance_more()", "pass"),)),
    Defect("what is over is forgotten", "I1", ((HANDOVER + "settling:stage_signed", "Greatest(receiver - sent, ZERO)", "ZERO"),)),
    Defect("a difference is booked as missing", "I1", ((HANDOVER + "settling:stage_signed", "Greatest(Least(giver, sent) - received, ZERO)", "ZERO"),)),
    Defect("withdrawn minutes give nothing back", "I2", ((HANDOVER + "actions.minutes:withdraw_minutes", "if not minutes.corrects_id:", "if False:"),)),
    Defect("more is moved than is there", "I1", ((HANDOVER + "posting:Posting.problems", "return tuple(", "return () and tuple("),)),
    Defect("steps without a line", "steps", ((HANDOVER + "actions.items:write_steps", "insert_select(", "(lambda *a: None)("),)),
    Defect("an entry not linked to the one before", "I4", ((ACTS + ":Act.record", "prev=head.hash", 'prev="00" * 32'),)),
    Defect("the head of the chain stays behind", "I4", ((ACTS + ":Act.record", "update(size=entry.seq", "update(size=head.size"),)),
    Defect("a worked-on import is undone", "I17", ((HANDOVER + "actions.items:take_back", "if count:", "if False:"),)),
    Defect("the first answer is not kept", "I7", ((ACTS + ":_keep_result", "result=result", "result={}"),)),
    Defect("no delete trigger", "I4", (), (("handover_movement_no_delete", "handover_movement"),)),
    Defect("the digest leaves out the quantity", "I1", ((HANDOVER + "posting:_write_movements", "SELECT item_id, kind, src, dst, quantity,", "SELECT item_id, kind, src, dst, quantity + (CASE kind WHEN 'missed' THEN 1 ELSE 0 END),"),)),
    Defect("the state is not the most urgent place", "I1", ((HANDOVER + "posting:_state", "for p in URGENCY", "for p in PLACES"),)),
)  # fmt: skip


@contextlib.contextmanager
def planted(defect: Defect) -> Iterator[None]:
    """Make the mistake; its triggers and indexes come back with the transaction of the test."""
    with contextlib.ExitStack() as stack:
        for place, old, new in defect.edits:
            stack.enter_context(_edited(place, old, new))
        with connection.cursor() as cursor:
            for name, table in defect.triggers:
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER {name}{on}")
            for name in defect.indexes:
                cursor.execute(f"DROP INDEX {name}")
        yield


@contextlib.contextmanager
def _edited(place: str, old: str, new: str) -> Iterator[None]:
    module_name, _, path = place.partition(":")
    module = import_module(module_name)
    owner_name, _, name = path.rpartition(".")
    owner: Any = getattr(module, owner_name) if owner_name else module
    before = owner.__dict__[name]
    after = (
        tuple(x for x in before if x != old)
        if isinstance(before, tuple)
        else _compiled(module, before, old, new)
    )
    assert after != before, f"{place}: {old!r} is not there any more"
    homes = [owner, *(_who_know(name, before) if not owner_name else ())]
    for home in homes:
        setattr(home, name, after)
    try:
        yield
    finally:
        for home in homes:
            setattr(home, name, before)


def _compiled(module: Any, function: Any, old: str, new: str) -> Any:
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(function)))
    assert old in source, f"{function.__qualname__}: {old!r} is not there any more"
    found: dict[str, Any] = {}
    exec(compile(source.replace(old, new), module.__file__, "exec"), module.__dict__, found)
    return found[inspect.unwrap(function).__name__]


def _who_know(name: str, value: Any) -> list[Any]:
    """Every module of ours that has imported it by name."""
    return [
        m
        for key, m in list(sys.modules.items())
        if key.startswith("thongsuot.") and getattr(m, name, None) is value
    ]
