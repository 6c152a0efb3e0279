"""Whether what is kept equals what was moved: items, balance, digests, steps, signed minutes."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

from thongsuot.apps.handover.models import LineCount, Minutes, ReceiverLine, StepLine, Transition
from thongsuot.apps.handover.models.choices import MinutesState, TransitionState
from thongsuot.apps.handover.models.items import bucket
from thongsuot.apps.handover.posting import (
    FIGURES,
    KEY,
    KEY_OF_ITEM,
    figures_sql,
    line_key_sql,
    lines_digest,
    movement_digest,
)
from thongsuot.apps.handover.queries.holders import without_holder
from thongsuot.apps.handover.queries.minutes import content_of
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover.ledger import PLACES, REPLACED, UNDONE, URGENCY
from thongsuot.rules.kernel.problem import Problem

MOST = 100  # so many faults of one sort are listed; one is already too many


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _of_transition(alias: str, transition: int | None) -> tuple[str, list[int]]:
    return (f" AND {alias}.transition_id = %s", [transition]) if transition else ("", [])


def bucket_faults(transition: int | None = None) -> Iterator[Problem]:
    """Items whose buckets are not what their movements add up to."""
    moved = ", ".join(
        f"SUM(CASE WHEN dst = '{p}' THEN quantity ELSE 0 END) "
        f"- SUM(CASE WHEN src = '{p}' THEN quantity ELSE 0 END) AS m_{p}"
        for p in PLACES
    )
    differs = " OR ".join(f"i.{bucket(p)} <> COALESCE(m.m_{p}, 0)" for p in PLACES)
    pairs = ", ".join(f"i.{bucket(p)}, COALESCE(m.m_{p}, 0)" for p in PLACES)
    where, params = _of_transition("i", transition)
    found = _rows(
        f"SELECT i.code, {pairs} FROM handover_item i LEFT JOIN (SELECT item_id, {moved} "
        "FROM handover_movement GROUP BY item_id) m ON m.item_id = i.id "
        f"WHERE ({differs}){where} ORDER BY i.id LIMIT {MOST}",
        params,
    )
    for code, *figures in found:
        for place, kept, summed in zip(PLACES, figures[::2], figures[1::2], strict=True):
            if kept != summed:
                facts = {"place": place, "kept": int(kept), "moved": int(summed)}
                yield Problem("handover.bucket-differs", code, facts)


def state_faults(transition: int | None = None) -> Iterator[Problem]:
    """Items whose state is not the most urgent place that holds a part of them."""
    whens = " ".join(f"WHEN i.{bucket(p)} > 0 THEN '{p}'" for p in URGENCY)
    right = f"CASE {whens} WHEN i.state = '{REPLACED}' THEN '{REPLACED}' ELSE '{UNDONE}' END"
    where, params = _of_transition("i", transition)
    found = _rows(
        f"SELECT i.code, i.state, {right} FROM handover_item i WHERE i.state <> {right}{where} "
        f"ORDER BY i.id LIMIT {MOST}",
        params,
    )
    for code, kept, counted in found:
        yield Problem("handover.state-differs", code, {"kept": kept, "counted": counted})


def _counted(transition: int | None) -> str:
    """The balance as it follows from the items, in the columns of a balance line."""
    where, _ = _of_transition("i", transition)
    return (
        f"SELECT {line_key_sql()}, {figures_sql('i')} FROM handover_item i "
        f"WHERE i.state NOT IN ('{UNDONE}', '{REPLACED}'){where} "
        f"GROUP BY {', '.join(KEY_OF_ITEM.values())}"
    )


def balance_faults(transition: int | None = None) -> Iterator[Problem]:
    """Balance lines that are not what the items add up to, and lines that are lacking."""
    where, params = _of_transition("b", transition)
    columns = ", ".join((*KEY, *FIGURES))
    kept = {
        row[: len(KEY)]: row[len(KEY) :]
        for row in _rows(f"SELECT {columns} FROM handover_balanceline b WHERE 1 = 1{where}", params)
    }
    counted = {row[: len(KEY)]: row[len(KEY) :] for row in _rows(_counted(transition), params)}
    nothing = (0,) * len(FIGURES)
    for key in sorted({*kept, *counted}):
        pairs = zip(FIGURES, kept.get(key, nothing), counted.get(key, nothing), strict=True)
        for column, have, want in pairs:
            if have != want:
                facts = {"column": column, "kept": int(have), "counted": int(want)}
                subject = "/".join(map(str, key))
                yield Problem("handover.balance-differs", subject, facts)


def digest_faults(transition: int | None = None) -> Iterator[Problem]:
    """Acts whose movements are not the ones that their entry on the trail was written for."""
    chain = {"chain": f"transition:{transition}"} if transition else {}
    entries = Entry.objects.filter(
        chain__startswith="transition:", after__has_key="digest", **chain
    )
    for entry in entries.order_by("id").iterator(500):
        after = entry.after or {}
        if (after.get("lines"), after.get("digest")) != movement_digest(entry.pk):
            yield Problem("handover.digest-differs", f"{entry.chain}/{entry.seq}")


def _stored_digest(entry: Entry, name: str) -> str:
    """The digest of the steps, counts or receivers that an act has left behind."""
    if name == "receivers_digest":
        chosen = ReceiverLine.objects.filter(entry=entry).order_by("item")
        return lines_digest(chosen.values_list("item", "receiver").iterator(5_000))
    if name == "step_digest":
        steps = StepLine.objects.filter(entry=entry).order_by("item")
        return lines_digest(steps.values_list("item", "at_step", "to_step").iterator(5_000))
    counts = LineCount.objects.filter(entry=entry).order_by("line")
    return lines_digest(counts.values_list("line", "count").iterator(5_000))


def line_digest_faults(transition: int | None = None) -> Iterator[Problem]:
    """Acts whose steps, counts or receivers are not those that their entry was written for."""
    chain = {"chain": f"transition:{transition}"} if transition else {}
    for name in ("step_digest", "counts_digest", "receivers_digest"):
        entries = Entry.objects.filter(
            chain__startswith="transition:", after__has_key=name, **chain
        )
        for entry in entries.order_by("id").iterator(500):
            if (entry.after or {}).get(name) != _stored_digest(entry, name):
                yield Problem("handover.digest-differs", f"{entry.chain}/{entry.seq}")


def step_faults(transition: int | None = None) -> Iterator[Problem]:
    """Items that stand at a step to which no line on record has brought them."""
    where, params = _of_transition("i", transition)
    found = _rows(
        "SELECT i.code, i.step, COALESCE(s.last, 1) FROM handover_item i LEFT JOIN "
        "(SELECT item_id, MAX(to_step) AS last FROM handover_stepline GROUP BY item_id) s "
        "ON s.item_id = i.id WHERE i.parent_id IS NULL AND i.step <> COALESCE(s.last, 1)"
        f"{where} ORDER BY i.id LIMIT {MOST}",
        params,
    )
    for code, kept, counted in found:
        facts = {"place": "step", "kept": kept, "moved": counted}
        yield Problem("handover.bucket-differs", code, facts)


def minutes_faults(transition: int | None = None) -> Iterator[Problem]:
    """Minutes whose content is no longer what was signed."""
    signed = Minutes.objects.filter(state__in=(MinutesState.GIVER_SIGNED, MinutesState.SIGNED))
    if transition:
        signed = signed.filter(transition=transition)
    for minutes in signed.order_by("id"):
        if content_of(minutes) != minutes.content:
            yield Problem("handover.minutes-differ", str(minutes.number))


def holder_faults(transition: int | None = None) -> Iterator[Problem]:
    """Items that on the day their giver ends would be held by nobody, or by who has ended."""
    open_ones = Transition.objects.exclude(state=TransitionState.CLOSED)
    for one in open_ones.filter(pk=transition) if transition else open_ones:
        for item in islice(without_holder(one, one.effective_on), MOST):
            yield Problem("handover.no-holder", item.code, {"on": one.effective_on})


CHECKS = (
    bucket_faults,
    state_faults,
    step_faults,
    balance_faults,
    minutes_faults,
    digest_faults,
    line_digest_faults,
    holder_faults,
)


def faults(transition: int | None = None) -> Iterator[Problem]:
    """Everything that does not fit, of one transition or of all; nothing when all is well."""
    for check in CHECKS:
        yield from check(transition)


def rebuild_balance(transition: int) -> int:
    """Write the balance lines of a transition anew from its items; returns how many there are.

    Only inside a maintenance act that holds the transition.
    """
    columns = ", ".join((*KEY, *FIGURES))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM handover_balanceline WHERE transition_id = %s", [transition])
        cursor.execute(
            f"INSERT INTO handover_balanceline ({columns}) {_counted(transition)}", [transition]
        )
        return int(cursor.rowcount)
