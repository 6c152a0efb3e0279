"""Everything that is done with documents and duties: one function, one act, one entry."""

from thongsuot.apps.directives.actions.boards import say_points, set_up_board
from thongsuot.apps.directives.actions.documents import change_document, record_document
from thongsuot.apps.directives.actions.drafting import (
    change_draft,
    draft_duties,
    drop_draft,
    name_drafts,
)
from thongsuot.apps.directives.actions.duties import (
    accept_duty,
    answer_round,
    ask_extension,
    complete_duty,
    extend_duty,
    finish_part,
    reassign_duty,
    recall_duty,
    refuse_extension,
    report_done,
    report_progress,
    return_duty,
    send_back,
)
from thongsuot.apps.directives.actions.feeds import make_feed, revoke_feed
from thongsuot.apps.directives.actions.issuing import issue_duties
from thongsuot.apps.directives.actions.meetings import (
    answer_question,
    ask_question,
    conclude_meeting,
    record_meeting,
)
from thongsuot.apps.directives.actions.moving import move_duties
from thongsuot.apps.directives.actions.plans import (
    finish_step,
    make_plan,
    reopen_step,
    rewrite_roadmap,
    spread_plan,
)

__all__ = [
    "accept_duty",
    "answer_question",
    "answer_round",
    "ask_extension",
    "ask_question",
    "change_document",
    "change_draft",
    "complete_duty",
    "conclude_meeting",
    "draft_duties",
    "drop_draft",
    "extend_duty",
    "finish_part",
    "finish_step",
    "issue_duties",
    "make_feed",
    "make_plan",
    "move_duties",
    "name_drafts",
    "reassign_duty",
    "recall_duty",
    "record_document",
    "record_meeting",
    "refuse_extension",
    "reopen_step",
    "report_done",
    "report_progress",
    "return_duty",
    "revoke_feed",
    "rewrite_roadmap",
    "say_points",
    "send_back",
    "set_up_board",
    "spread_plan",
]
