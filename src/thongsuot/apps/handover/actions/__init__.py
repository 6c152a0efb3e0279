"""Everything that can be done in a handover: one function, one transaction, one entry."""

from thongsuot.apps.handover.actions.allocation import (
    change_rule,
    confirm_allocation,
    override_receiver,
    propose_receivers,
    retire_rule,
    write_rule,
)
from thongsuot.apps.handover.actions.backlog import (
    finish_carried,
    freeze_backlog,
    propose_carried,
)
from thongsuot.apps.handover.actions.closing import close_body, close_transition, what_is_left
from thongsuot.apps.handover.actions.disputes import (
    give_position,
    name_provisional,
    open_dispute,
    settle_dispute,
)
from thongsuot.apps.handover.actions.items import (
    add_items,
    add_late_finds,
    advance_step,
    undo_items,
)
from thongsuot.apps.handover.actions.minutes import (
    correct_after_signature,
    count_lines,
    count_rest_as_sent,
    dispatch,
    refuse_line,
    reopen_minutes,
    sign,
    withdraw_minutes,
)
from thongsuot.apps.handover.actions.nomination import nominate_body
from thongsuot.apps.handover.actions.outcomes import (
    close_items,
    destroy_items,
    divide_shared,
    keep_items,
    reopen_items,
    report_found,
    report_missing,
    split_item,
)
from thongsuot.apps.handover.actions.transitions import (
    create_transition,
    name_residual_desk,
    set_dates,
    set_payroll,
)

__all__ = [
    "add_items",
    "add_late_finds",
    "advance_step",
    "change_rule",
    "close_body",
    "close_items",
    "close_transition",
    "confirm_allocation",
    "correct_after_signature",
    "count_lines",
    "count_rest_as_sent",
    "create_transition",
    "destroy_items",
    "dispatch",
    "divide_shared",
    "finish_carried",
    "freeze_backlog",
    "give_position",
    "keep_items",
    "name_provisional",
    "name_residual_desk",
    "nominate_body",
    "open_dispute",
    "override_receiver",
    "propose_carried",
    "propose_receivers",
    "refuse_line",
    "reopen_items",
    "reopen_minutes",
    "report_found",
    "report_missing",
    "retire_rule",
    "set_dates",
    "set_payroll",
    "settle_dispute",
    "sign",
    "split_item",
    "undo_items",
    "what_is_left",
    "withdraw_minutes",
    "write_rule",
]
