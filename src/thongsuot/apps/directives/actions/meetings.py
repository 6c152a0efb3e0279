"""Working sessions: who came, what was heard, what was asked, what is still owed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.models import Attendance, Document, Meeting, Question
from thongsuot.apps.directives.reaching import judge_named
from thongsuot.apps.directives.steps import Result, chain_of, text_problems
from thongsuot.foundation import workdays
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

MOST = 4_000
LONGEST_ANSWER = 20_000


@action("directives.meeting-recorded")
def record_meeting(
    act: Act,
    *,
    host_id: int,
    meeting: Mapping[str, Any],
    attendance: Sequence[Mapping[str, Any]] = (),
    demo: bool = False,
) -> Result:
    """Record a working session: who led it, which bodies were called and came, what each reported.

    Shapes: ``meeting`` has on (day), title, head; any of place, conclusion (document id). Each of
    ``attendance`` has body (id); any of came (true, false, or not known), people, heard.
    """
    act.lock(chain_of(host_id))
    permit.allow(act.by, "meeting.write", Sides(assigner=host_id))
    words = {name: tidy(str(meeting.get(name) or "")) for name in ("title", "head", "place")}
    problems = text_problems("title", words["title"], 500, needed=True)
    problems += text_problems("head", words["head"], 300, needed=True)
    problems += text_problems("place", words["place"], 300)
    if not isinstance(meeting.get("on"), date):
        problems.append(Problem("directives.needed", "on", {"field": "on"}))
    if len(attendance) > MOST:
        problems.append(Problem("directives.too-many-recipients", "", {"most": MOST}))
    problems += permit.bodies_known(int(a["body"]) for a in attendance)
    for one in attendance:
        problems += text_problems("heard", str(one.get("heard") or ""), 1000)
        problems += text_problems("people", str(one.get("people") or ""), 500)
    refuse_if(problems)
    conclusion = int(meeting.get("conclusion") or 0)
    if conclusion:
        permit.document_in_sight(act.by, conclusion)
    made = Meeting.objects.create(
        host_id=host_id,
        unit_id=permit.unit_of(host_id),
        on=meeting["on"],
        conclusion_id=conclusion or None,
        folded=fold(f"{words['title']} {words['head']}")[:700],
        demo=demo,
        made_at=act.at,
        **words,
    )
    Attendance.objects.bulk_create(
        Attendance(
            meeting=made,
            body_id=body,
            came=one.get("came"),
            people=str(one.get("people") or "").strip(),
            heard=str(one.get("heard") or "").strip(),
        )
        for body, one in {int(a["body"]): a for a in attendance}.items()
    )
    act.record(
        chain=chain_of(host_id),
        subject=Ref("meeting", made.pk),
        after={"title": words["title"], "on": meeting["on"], "bodies": len(attendance)},
    )
    return {"meeting": made.pk}


def _take(act: Act, meeting_id: int) -> Meeting:
    found = permit.meeting_in_sight(act.by, meeting_id)
    act.lock(chain_of(found.host_id))
    return found


@action("directives.meeting-concluded")
def conclude_meeting(act: Act, *, meeting_id: int, document_id: int) -> Result:
    """Link the document that concludes a session; its duties are drafted from there."""
    meeting = _take(act, meeting_id)
    permit.allow(act.by, "meeting.write", Sides(assigner=meeting.host_id))
    document: Document = permit.document_in_sight(act.by, document_id)
    Meeting.objects.filter(pk=meeting_id).update(conclusion=document)
    act.record(
        chain=chain_of(meeting.host_id),
        subject=Ref("meeting", meeting_id),
        before={"conclusion": meeting.conclusion_id},
        after={"conclusion": document.pk},
    )
    return {"meeting": meeting_id}


@action("directives.question-asked")
def ask_question(  # noqa: PLR0913  # an act names all it needs
    act: Act,
    *,
    meeting_id: int,
    asked: str,
    owed_by: int,
    asked_by: str = "",
    answer: str = "",
    due_on: date | None = None,
) -> Result:
    """Put a question of a session on record, with its answer or the day the answer is due."""
    meeting = _take(act, meeting_id)
    permit.allow(act.by, "meeting.write", Sides(assigner=meeting.host_id))
    problems = text_problems("asked", asked, 1000, needed=True)
    problems += text_problems("asked_by", asked_by, 200)
    problems += text_problems("answer", answer, LONGEST_ANSWER)
    problems += permit.bodies_known([owed_by])
    if due_on is None and not answer.strip():
        problems.append(Problem("directives.no-day", asked[:80]))
    refuse_if(problems)
    if not meeting.attendance.filter(body=owed_by).exists():  # who came may owe an answer
        refuse_if(judge_named(meeting.host_id, [owed_by], act.on))
    done = bool(answer.strip()) and due_on is None
    made = Question.objects.create(
        meeting=meeting,
        asked=asked.strip(),
        asked_by=asked_by.strip(),
        owed_by_id=owed_by,
        due_on=workdays.calendar().on_or_after(due_on) if due_on else None,
        answer=answer.strip(),
        answered_by=act.by.name if done else "",
        closed_at=act.at if done else None,
    )
    act.record(
        chain=chain_of(meeting.host_id),
        subject=Ref("question", made.pk),
        after={"asked": asked[:200], "owed_by": owed_by, "due_on": made.due_on},
    )
    return {"question": made.pk}


@action("directives.question-answered")
def answer_question(act: Act, *, meeting_id: int, question_id: int, answer: str) -> Result:
    """Put the answer, or the follow-up report that was promised, on record."""
    meeting = _take(act, meeting_id)
    question = Question.objects.filter(pk=question_id, meeting=meeting_id).first()
    if question is None:
        raise Refused.missing(Problem("directives.question-missing"))
    sides = Sides(assigner=meeting.host_id, lead=question.owed_by_id)
    permit.allow(act.by, "meeting.answer", sides)
    if question.closed_at is not None:
        raise Refused.because("directives.question-closed")
    refuse_if(text_problems("answer", answer, LONGEST_ANSWER, needed=True))
    whole = f"{question.answer}\n{answer.strip()}".strip()
    question.answer, question.answered_by, question.closed_at = whole, act.by.name, act.at
    question.save(update_fields=["answer", "answered_by", "closed_at"])
    act.record(
        chain=chain_of(meeting.host_id),
        subject=Ref("question", question_id),
        after={"answered_by": act.by.name},
    )
    return {"question": question_id}
