"""What a decision says is to be done becomes drafts of duties: the two rooms meet here.

A draft binds nobody: the head of the body that decided issues it, with a person and a place.
"""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from thongsuot.apps.decisions.handing import ToDo, register
from thongsuot.apps.decisions.models import Docket
from thongsuot.apps.directives.actions import draft_duties
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.ref import Ref


def keep_duties(act: Act, of: Ref, todos: Sequence[ToDo]) -> Mapping[int, Ref]:
    """Draft a duty for each task, for the committee whose decision it is.

    Returns the Ref of each draft by task. Raises Refused with everything wrong in any of them.
    """
    if not todos:
        return {}
    docket = Docket.objects.get(pk=of.id)
    made = draft_duties(
        act.sub("duties"),
        assigner_id=docket.owner_id,
        drafts=[
            {
                "task": todo.text,
                "lead": todo.lead,
                "term_kind": "on",
                "term_day": todo.due_on,
                "laws": [todo.number] if todo.number else [],
                "places": [docket.unit_id] if docket.unit_id else [],
            }
            for todo in todos
        ],
        demo=docket.demo,
    )
    ids = [int(str(pk)) for pk in list(made["duties"])]  # type: ignore[call-overload]  # plain values
    return {todo.task: Ref("duty", pk) for todo, pk in zip(todos, ids, strict=True)}


def page_of(duty: Ref) -> str:
    """The page of a duty; empty for anything else."""
    return reverse("directives:duty", args=[duty.id]) if duty.kind == "duty" else ""


def declare() -> None:
    """Take over what decisions leave to be done."""
    register(keep_duties, page_of)
