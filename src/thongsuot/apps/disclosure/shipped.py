"""The matters that the product brings: read once from the table beside this module."""

import csv
from functools import lru_cache
from pathlib import Path

from thongsuot.apps.registry.sources import day
from thongsuot.rules.disclosure.matters import Rule
from thongsuot.rules.kernel.period import Period

TABLE = Path(__file__).with_name("matters.csv")


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every matter of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(_rule(row) for row in csv.DictReader(lines))


def _rule(row: dict[str, str]) -> Rule:
    words = {name: row[name] for name in ("code", "name", "name_en", "reach", "kind", "sector",
             "organ", "bring", "law", "clause", "note", "group", "power")}  # fmt: skip
    period = Period(day(row["since"]), day(row["until"]))
    return Rule(**words, period=period, read=row["read"] == "yes", source="docs/law/register.csv")
