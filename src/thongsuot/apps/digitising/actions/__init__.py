"""Everything that can be done with a fonds."""

from thongsuot.apps.digitising.actions.fixity import record_checks
from thongsuot.apps.digitising.actions.fonds import (
    close_fonds,
    hand_fonds_on,
    open_fonds,
    take_items,
)
from thongsuot.apps.digitising.actions.lots import accept_lot, decide_lot, draw_lot, judge
from thongsuot.apps.digitising.actions.records import box_records, keep_scan, keep_scans

__all__ = [
    "accept_lot",
    "box_records",
    "close_fonds",
    "decide_lot",
    "draw_lot",
    "hand_fonds_on",
    "judge",
    "keep_scan",
    "keep_scans",
    "open_fonds",
    "record_checks",
    "take_items",
]
