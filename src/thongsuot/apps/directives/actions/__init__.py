"""Everything that is done with documents and duties: one function, one act, one entry."""

from thongsuot.apps.directives.actions.documents import change_document, record_document
from thongsuot.apps.directives.actions.drafting import change_draft, draft_duties, drop_draft
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
from thongsuot.apps.directives.actions.issuing import issue_duties
from thongsuot.apps.directives.actions.moving import move_duties

__all__ = [
    "accept_duty",
    "answer_round",
    "ask_extension",
    "change_document",
    "change_draft",
    "complete_duty",
    "draft_duties",
    "drop_draft",
    "extend_duty",
    "finish_part",
    "issue_duties",
    "move_duties",
    "reassign_duty",
    "recall_duty",
    "record_document",
    "refuse_extension",
    "report_done",
    "report_progress",
    "return_duty",
    "send_back",
]
