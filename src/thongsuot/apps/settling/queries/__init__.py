"""Looking into settling. Nothing here writes."""

from thongsuot.apps.settling.queries.bundles import Whole, candidates, things_of, whole, wholes
from thongsuot.apps.settling.queries.finance import (
    SheetRow,
    finance_items,
    sheet_of,
    sheet_rows,
    statement_of,
)
from thongsuot.apps.settling.queries.seals import (
    police_bodies,
    seals_of,
    steps_of,
    unregistered,
)

__all__ = [
    "SheetRow",
    "Whole",
    "candidates",
    "finance_items",
    "police_bodies",
    "seals_of",
    "sheet_of",
    "sheet_rows",
    "statement_of",
    "steps_of",
    "things_of",
    "unregistered",
    "whole",
    "wholes",
]
