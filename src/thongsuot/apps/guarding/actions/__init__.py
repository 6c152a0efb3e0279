"""Everything that can be done at a guarded place."""

from thongsuot.apps.guarding.actions.alarms import raise_alarm
from thongsuot.apps.guarding.actions.places import (
    add_point,
    end_place,
    enrol_guard,
    hand_place_on,
    open_place,
    retire_point,
)
from thongsuot.apps.guarding.actions.rosters import (
    change_shift,
    publish_roster,
    record_absence,
)
from thongsuot.apps.guarding.actions.watch import order_watch, scan_badge, scan_point

__all__ = [
    "add_point",
    "change_shift",
    "end_place",
    "enrol_guard",
    "hand_place_on",
    "open_place",
    "order_watch",
    "publish_roster",
    "raise_alarm",
    "record_absence",
    "retire_point",
    "scan_badge",
    "scan_point",
]
