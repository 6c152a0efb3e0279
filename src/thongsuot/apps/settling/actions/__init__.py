"""What is done in settling: each act one transaction and one entry in the trail."""

from thongsuot.apps.settling.actions.bundles import (
    add_parts,
    confirm_bundle,
    dissolve_bundle,
    except_from_bundle,
    make_bundle,
    remove_part,
    reopen_bundle,
)
from thongsuot.apps.settling.actions.finance import (
    except_difference,
    freeze_sheet,
    record_confirmation,
    remove_line,
    reopen_sheet,
    write_lines,
)
from thongsuot.apps.settling.actions.seals import issue_seal, move_seals, register_seals

__all__ = [
    "add_parts",
    "confirm_bundle",
    "dissolve_bundle",
    "except_difference",
    "except_from_bundle",
    "freeze_sheet",
    "issue_seal",
    "make_bundle",
    "move_seals",
    "record_confirmation",
    "register_seals",
    "remove_line",
    "remove_part",
    "reopen_bundle",
    "reopen_sheet",
    "write_lines",
]
