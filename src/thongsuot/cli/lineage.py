"""``thongsuot lineage``: what a unit was, what became of it, by which clause. No database."""

import argparse
import gc
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from thongsuot.apps.registry.sources import UnreadableSourceError
from thongsuot.apps.registry.sources_registry import registry_from_sources
from thongsuot.cli import lineage_text
from thongsuot.rules.kernel.period import ONE_DAY
from thongsuot.rules.kernel.text import sort_key
from thongsuot.rules.registry.lineage import Succession
from thongsuot.rules.registry.registry import Registry, full_name, name_key
from thongsuot.rules.registry.values import COMMUNE, DISTRICT, PROVINCE, Portion, UnitFact

FORMATS = ("%d/%m/%Y", "%Y-%m-%d")
TIERS = (PROVINCE, DISTRICT, COMMUNE)
CLOSE_LOOK = 4  # more candidates than this are listed, not told in full


def add(subparsers: Any) -> None:
    """Add the command ``lineage``."""
    one = subparsers.add_parser(
        "lineage",
        help="một đơn vị đã là gì, nay thành gì, theo khoản nào / what a unit was and became",
        description="Tra một đơn vị hành chính theo tên, mã hoặc khóa riêng, trước và sau 01/07/2025. "
        "Không cần cơ sở dữ liệu, không dùng mạng. Tên có thể kèm cấp trên: “Tân An, Cần Thơ”. / "
        "Looks a unit up by name, official code or own key; a name may carry what stands above it "
        "after a comma. Needs no database and no network. Exit code 1: nothing found.",
    )
    one.add_argument("unit", metavar="TÊN_HOẶC_MÃ/NAME_OR_CODE", nargs="+")
    one.add_argument(
        "--on",
        type=read_day,
        metavar="dd/mm/yyyy",
        help="chỉ đơn vị có vào ngày này / only units in force on this day",
    )
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.set_defaults(run=run)


def read_day(text: str) -> date:
    """A day written 01/07/2025 or 2025-07-01. Raises what argparse turns into a message."""
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(
        f"“{text}”: hãy ghi ngày/tháng/năm, ví dụ 01/07/2025 / write dd/mm/yyyy"
    )


def run(chosen: argparse.Namespace) -> int:
    """Answer one question. Returns 0 found, 1 nothing found, 2 the sources cannot be read."""
    gc.disable()  # a short life that makes a hundred thousand values and throws none away
    try:
        registry = registry_from_sources()
    except UnreadableSourceError as unreadable:
        print(
            f"Không đọc được nguồn dữ liệu / cannot read the sources: {unreadable}", file=sys.stderr
        )
        return 2
    asked = " ".join(chosen.unit)
    units = candidates(registry, asked, chosen.on)
    if chosen.json:
        told = [as_plain(registry, unit, chosen.on) for unit in units]
        print(
            json.dumps(
                {"query": asked, "on": chosen.on, "units": told}, ensure_ascii=False, default=str
            )
        )
    elif len(units) > CLOSE_LOOK:
        print(lineage_text.many(registry, asked, units))
    else:
        print(
            "\n\n".join(lineage_text.unit(registry, u, chosen.on) for u in units)
            or lineage_text.none(asked, chosen.on)
        )
    return 0 if units else 1


def candidates(registry: Registry, asked: str, on: date | None) -> tuple[int, ...]:
    """Every unit meant by a key, a code or a name; never one for another.

    Shapes: after a comma come names of what stands or stood above it, the nearest first.
    """
    name, *above = (part.strip() for part in asked.split(","))
    if name in registry.facts.keys:
        found: Iterable[UnitFact] = registry.versions(registry.facts.keys.index(name))
    elif name.isdigit():
        found = registry.with_code(name, on)
    else:
        found = registry.named(name, on)
    wanted = [name_key(part) for part in above if part]
    kept = {f.unit: f for f in found if _stands_below(registry, f, wanted)}
    return tuple(sorted(kept, key=lambda u: _order(registry, kept[u])))


def _order(registry: Registry, fact: UnitFact) -> tuple[int, date, str, int]:
    """The higher tier first, then the earlier unit, then dictionary order."""
    born = registry.versions(fact.unit)[0].period.since or date.min
    return (TIERS.index(fact.level), born, sort_key(full_name(fact)), fact.unit)


def above(registry: Registry, fact: UnitFact) -> tuple[UnitFact, ...]:
    """What stands above a unit in that version, the nearest first."""
    day = fact.period.last_day or fact.period.since or date.max
    chain: list[UnitFact] = []
    parent = fact.parent
    while parent is not None:
        chain.append(registry.nearest(parent, day))
        parent = chain[-1].parent
    return tuple(chain)


def _stands_below(registry: Registry, fact: UnitFact, wanted: Sequence[str]) -> bool:
    names = {
        key
        for version in registry.versions(fact.unit)
        for parent in above(registry, version)
        for key in (name_key(parent.name), name_key(full_name(parent)))
    }
    return all(part in names for part in wanted)


def as_plain(registry: Registry, unit: int, on: date | None) -> dict[str, object]:
    """Everything known about a unit as plain values, for programs."""
    versions = registry.versions(unit)
    now = registry.on(unit, on) if on else versions[-1]
    return {
        "key": registry.facts.keys[unit],
        "name": full_name(now or versions[-1]),
        "level": versions[-1].level,
        "versions": [
            {
                "name": full_name(f), "kind": f.kind, "code": f.code,
                "since": f.period.since, "until": f.period.until,
                "above": [full_name(a) for a in above(registry, f)],
                "basis": f.basis.key, "clause": f.basis.clause, "source": f.source,
            }
            for f in versions
        ],
        "came_from": [step_plain(registry, s) for s in registry.history.steps_to(unit)],
        "became": [step_plain(registry, s) for s in registry.history.steps_from(unit)],
        "portions": [_portion_plain(registry, p) for p in registry.portions(unit)],
        "today": _today(registry, unit, on),
        "other_readings": [
            {"topic": d.topic, "source": d.source, "reading": d.reading, "held": d.held, "note": d.note}
            for d in registry.facts.disagreements
            if d.unit == unit
        ],
    }  # fmt: skip


def step_plain(registry: Registry, step: Succession) -> dict[str, object]:
    """One step of a lineage as plain values."""
    event = registry.event_of(step)
    return {
        "on": step.on,
        "from": _end(registry, step.src, step.on - ONE_DAY),
        "to": _end(registry, step.dst, step.on),
        "share": step.share, "event": event.kind, "resolution": lineage_text.number(registry, step),
        "clause": step.clause, "detail": step.detail, "note": event.note,
    }  # fmt: skip


def _end(registry: Registry, unit: int | None, day: date) -> dict[str, str] | None:
    if unit is None:
        return None
    fact = registry.nearest(unit, day)
    return {"key": registry.facts.keys[unit], "name": full_name(fact), "code": fact.code}


def _portion_plain(registry: Registry, portion: Portion) -> dict[str, object]:
    day = portion.steps[0].on
    return {
        "unit": _end(registry, portion.unit, day),
        "entire": portion.entire,
        "main": portion.main,
        "from": [step_plain(registry, step) for step in portion.steps],
    }


def _today(registry: Registry, unit: int, on: date | None) -> dict[str, object] | None:
    """Where the unit of the day asked about (or its last day) is after every known event."""
    last = registry.versions(unit)[-1]
    if last.level == DISTRICT:
        return None
    latest = lineage_text.latest(registry)
    asked = on or last.period.last_day or latest
    answer = registry.whereabouts(unit, asked, max(asked, latest))
    return {
        "divided": answer.divided,
        "residents_certain": answer.certain,
        "units": [
            {**(_end(registry, a.thing, answer.on) or {}), "residents": a.residents}
            for a in answer.arrivals
        ],
    }
