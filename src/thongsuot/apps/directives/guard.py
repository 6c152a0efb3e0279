"""What the database itself refuses in this room, on both engines, whoever asks; and how duties are found by words."""

from thongsuot.foundation.words.index import keep

# Tables that are only ever added to, with their unique columns.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "directives_intakedecision": ("id", "document_id+number"),
    "directives_dutyline": ("id", "duty_id+number"),
    "directives_evidence": ("id", "line_id+number"),
    "directives_pointnote": ("id",),
    "directives_planversion": ("id", "plan_id+number"),
    "directives_reminder": ("id", "duty_id+due_on+rung"),
}

WORDS = keep("directives_duty")
