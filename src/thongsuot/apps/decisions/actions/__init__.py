"""Doing: dockets step by step, sessions, registers."""

from thongsuot.apps.decisions.actions.dockets import (
    add_paper,
    consult,
    give_opinion,
    move_open,
    open_docket,
    take_step,
)
from thongsuot.apps.decisions.actions.outcomes import (
    finish_task,
    implement,
    record_vote,
    schedule,
)
from thongsuot.apps.decisions.actions.registers import (
    issue_version,
    set_parameter,
    write_version,
)
from thongsuot.apps.decisions.actions.sessions import (
    cancel_session,
    close_session,
    convene_session,
    open_session,
    plan_session,
)

__all__ = [
    "add_paper",
    "cancel_session",
    "close_session",
    "consult",
    "convene_session",
    "finish_task",
    "give_opinion",
    "implement",
    "issue_version",
    "move_open",
    "open_docket",
    "open_session",
    "plan_session",
    "record_vote",
    "schedule",
    "set_parameter",
    "take_step",
    "write_version",
]
