"""What becomes of an issued duty: every act by the table of states, each with its side."""

from collections.abc import Sequence
from datetime import date, datetime

from thongsuot.apps.directives import permit, telling
from thongsuot.apps.directives.actions.issuing import works_at
from thongsuot.apps.directives.models import Duty, DutyPart, LineKind
from thongsuot.apps.directives.steps import (
    Result,
    begin,
    put_evidence,
    record,
    rhythm_of,
    set_due,
    text_problems,
    write_line,
)
from thongsuot.apps.registry.models import Person
from thongsuot.foundation import workdays
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.directives.lifecycle import (
    OF_ASSIGNER,
    OF_LEAD,
    TO_DO,
    Event,
    Held,
    after,
    check_step,
)
from thongsuot.rules.kernel.deadline import end_of
from thongsuot.rules.kernel.problem import Problem

LONGEST = 5_000
WHOLE = 100
OF_THE_LEAD = (LineKind.ACCEPTED, LineKind.PROGRESS, LineKind.ANSWER, LineKind.DONE, LineKind.ASKED)


def _take(act: Act, duty_id: int, doing: str) -> Duty:
    """The duty, locked, with the right asked for. Raises Refused 404, 403, or 422 for its state."""
    duty = begin(act, duty_id)
    permit.allow(act.by, f"duty.{doing}", permit.sides(duty))
    problem = check_step(duty.state, doing, duty.task[:80])
    if problem is not None:
        raise Refused([problem])
    return duty


def _refuse_own(act: Act, duty: Duty) -> None:
    """Between two bodies nobody judges what he himself said for the other one, whatever his posts.

    A body that gives itself a duty answers to itself.
    """
    if duty.assigner_id == duty.lead_id:
        return
    told = duty.lines.filter(kind__in=OF_THE_LEAD).order_by("-number").first()
    if told is not None and told.user == act.by.user:
        raise Refused.because("directives.judges-own", duty.task[:80])


def _held(duty: Duty) -> Held:
    asked = end_of(duty.asked_on, workdays.end_of_work()) if duty.asked_on else None
    return Held(
        duty.state, duty.assigner_id, duty.lead_id or 0, duty.person_id or 0, duty.due_at, asked
    )


def _step(duty: Duty, doing: str, *, person: int = 0, due: datetime | None = None) -> Held:
    """What the table of states makes of the duty. Raises Refused when it says no."""
    side = duty.assigner_id if doing in OF_ASSIGNER else duty.lead_id if doing in OF_LEAD else 0
    found = after(_held(duty), Event(doing, side or 0, person=person, due=due))
    if isinstance(found, Problem):
        raise Refused([Problem(found.code, duty.task[:80], found.facts)])
    return found


def _write(  # noqa: PLR0913  # an act writes all of this at once
    act: Act,
    duty: Duty,
    kind: str,
    held: Held,
    *,
    words: str = "",
    files: Sequence[int] = (),
    body: int | None = None,
    **line: object,
) -> None:
    """Save the duty as it is now, its entry and its line with evidence."""
    before = {"state": duty.state, "person": duty.person_id}
    duty.state = held.state
    if duty.state not in TO_DO:  # a request for more time waits only while it is to be done
        duty.asked_on = None
    duty.version += 1
    duty.save()
    entry = record(
        act, duty, before, {"state": duty.state, "person": duty.person_id}, reason=words[:500]
    )
    put_evidence(write_line(act, duty, kind, words=words, body=body, entry=entry, **line), files)


def _said(words: str, *, needed: bool = False) -> str:
    refuse_if(text_problems("words", words, LONGEST, needed=needed))
    return words.strip()


@action("directives.duty-accepted")
def accept_duty(act: Act, *, duty_id: int, words: str = "") -> Result:
    """The lead takes the duty on (nhận nhiệm vụ)."""
    duty = _take(act, duty_id, "accept")
    held = _step(duty, "accept")
    duty.said_at = act.at
    _write(act, duty, LineKind.ACCEPTED, held, words=_said(words), body=duty.lead_id)
    return {"duty": duty.pk}


@action("directives.duty-returned")
def return_duty(act: Act, *, duty_id: int, reason: str) -> Result:
    """The lead gives the duty back to the assigner, saying why (trả lại): it holds it again."""
    duty = _take(act, duty_id, "return")
    why = _said(reason, needed=True)
    _write(act, duty, LineKind.RETURNED, _step(duty, "return"), words=why, body=duty.lead_id)
    telling.to_assigner(act, duty, telling.RETURNED)
    return {"duty": duty.pk}


@action("directives.duty-progressed")
def report_progress(
    act: Act, *, duty_id: int, words: str, percent: int, files: Sequence[int] = ()
) -> Result:
    """Say how far it is, with evidence (báo cáo tiến độ). Below 100: the end is another act."""
    duty = _take(act, duty_id, "progress")
    said = _said(words, needed=True)
    if not 0 <= percent < WHOLE:
        raise Refused.because("directives.percent", duty.task[:80])
    held = _step(duty, "progress")
    duty.percent, duty.said_at = percent, act.at
    _write(
        act, duty, LineKind.PROGRESS, held, words=said, files=files, body=duty.lead_id,
        percent=percent, due_at=duty.due_at,
    )  # fmt: skip
    return {"duty": duty.pk}


@action("directives.round-answered")
def answer_round(
    act: Act, *, duty_id: int, words: str = "", nothing: bool = False, files: Sequence[int] = ()
) -> Result:
    """Answer the round that is due of a duty with a rhythm; *nothing to report* is an answer.

    The next round is then due. After the last one the duty waits for its assigner.
    """
    duty = _take(act, duty_id, "answer")
    rhythm, answered = rhythm_of(duty), duty.due_at
    if rhythm is None or answered is None:
        raise Refused.because("directives.no-rhythm", duty.task[:80])
    said = _said(words, needed=not nothing)
    following = rhythm.after(answered, workdays.calendar())
    held = _step(duty, "answer") if following else _step(duty, "report-done")
    if following:
        set_due(duty, following)
    else:
        duty.done_at = act.at
    _write(
        act, duty, LineKind.ANSWER, held, words=said, files=files, body=duty.lead_id,
        nothing=nothing, due_at=answered, new_due_at=following,
    )  # fmt: skip
    if not following:
        telling.to_assigner(act, duty, telling.DONE)
    return {"duty": duty.pk, "next": following.isoformat() if following else ""}


@action("directives.duty-reported-done")
def report_done(act: Act, *, duty_id: int, words: str, files: Sequence[int] = ()) -> Result:
    """The lead says that it is done; it ends when the assigner accepts that."""
    duty = _take(act, duty_id, "report-done")
    said = _said(words, needed=True)
    held = _step(duty, "report-done")
    duty.percent, duty.done_at, duty.said_at = WHOLE, act.at, act.at
    _write(
        act, duty, LineKind.DONE, held, words=said, files=files, body=duty.lead_id,
        percent=WHOLE, due_at=duty.due_at,
    )  # fmt: skip
    telling.to_assigner(act, duty, telling.DONE)
    return {"duty": duty.pk}


@action("directives.duty-sent-back")
def send_back(act: Act, *, duty_id: int, reason: str) -> Result:
    """The assigner does not accept it as done, and says what is missing (yêu cầu làm tiếp)."""
    duty = _take(act, duty_id, "send-back")
    why = _said(reason, needed=True)
    held = _step(duty, "send-back")
    duty.done_at, duty.percent = None, min(duty.percent, WHOLE - 1)
    _write(act, duty, LineKind.SENT_BACK, held, words=why, body=duty.assigner_id)
    telling.to_lead(act, [duty], telling.BACK)
    return {"duty": duty.pk}


@action("directives.duty-completed")
def complete_duty(act: Act, *, duty_id: int, words: str = "") -> Result:
    """The assigner accepts it as done (nghiệm thu): the only way in which a duty is completed."""
    duty = _take(act, duty_id, "complete")
    _refuse_own(act, duty)
    held = _step(duty, "complete")
    duty.ended_at = act.at
    _write(act, duty, LineKind.COMPLETED, held, words=_said(words), body=duty.assigner_id)
    return {"duty": duty.pk}


@action("directives.duty-recalled")
def recall_duty(act: Act, *, duty_id: int, reason: str) -> Result:
    """The assigner takes the duty back for good, with the reason (thu hồi)."""
    duty = _take(act, duty_id, "recall")
    why = _said(reason, needed=True)
    held = _step(duty, "recall")
    duty.ended_at, duty.asked_on = act.at, None
    _write(act, duty, LineKind.RECALLED, held, words=why, body=duty.assigner_id)
    telling.to_lead(act, [duty], telling.RECALLED)
    return {"duty": duty.pk}


def _later(duty: Duty, until: date) -> datetime:
    """The end of the working day until which a duty is put off, later than now its day."""
    calendar = workdays.calendar()
    return end_of(calendar.on_or_after(until), workdays.end_of_work())


@action("directives.extension-asked")
def ask_extension(act: Act, *, duty_id: int, until: date, reason: str) -> Result:
    """The lead asks for more time, until a day, and says why (xin gia hạn)."""
    duty = _take(act, duty_id, "ask-extension")
    why, due = _said(reason, needed=True), _later(duty, until)
    held = _step(duty, "ask-extension", due=due)
    duty.asked_on, duty.said_at = due.date(), act.at
    _write(
        act, duty, LineKind.ASKED, held, words=why, body=duty.lead_id,
        due_at=duty.due_at, new_due_at=due,
    )  # fmt: skip
    telling.to_assigner(act, duty, telling.ASKED)
    return {"duty": duty.pk}


@action("directives.duty-extended")
def extend_duty(act: Act, *, duty_id: int, until: date, reason: str = "") -> Result:
    """The assigner gives more time, asked for or not (gia hạn). The day first given stays known."""
    duty = _take(act, duty_id, "extend")
    _refuse_own(act, duty)
    due, old = _later(duty, until), duty.due_at
    held = _step(duty, "extend", due=due)
    set_due(duty, due)
    duty.asked_on = None
    _write(
        act, duty, LineKind.EXTENDED, held, words=_said(reason), body=duty.assigner_id,
        due_at=old, new_due_at=due,
    )  # fmt: skip
    telling.to_lead(act, [duty], telling.EXTENDED)
    return {"duty": duty.pk}


@action("directives.extension-refused")
def refuse_extension(act: Act, *, duty_id: int, reason: str) -> Result:
    """The assigner does not give more time: the day stays."""
    duty = _take(act, duty_id, "refuse-extension")
    why = _said(reason, needed=True)
    held = _step(duty, "refuse-extension")
    duty.asked_on = None
    _write(act, duty, LineKind.NOT_EXTENDED, held, words=why, body=duty.assigner_id)
    telling.to_lead(act, [duty], telling.NOT_EXTENDED)
    return {"duty": duty.pk}


@action("directives.duty-reassigned")
def reassign_duty(act: Act, *, duty_id: int, person_id: int, reason: str = "") -> Result:
    """The head of the lead body names another person of that body."""
    duty = _take(act, duty_id, "reassign")
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not works_at(person.pk, duty.lead_id or 0, act.on):
        raise Refused.because("directives.person-elsewhere", duty.task[:80])
    held = _step(duty, "reassign", person=person.pk)
    duty.person = person
    _write(act, duty, LineKind.REASSIGNED, held, words=_said(reason), body=duty.lead_id)
    telling.to_lead(act, [duty], telling.ISSUED)
    return {"duty": duty.pk}


@action("directives.part-finished")
def finish_part(act: Act, *, duty_id: int, part_id: int, words: str) -> Result:
    """A co-ordinating body says that its own piece is done."""
    duty = begin(act, duty_id)
    part = DutyPart.objects.filter(pk=part_id, duty=duty).first()
    if part is None:
        raise Refused.missing(Problem("directives.part-missing"))
    permit.allow(act.by, "duty.part-done", Sides(helps=frozenset({part.body_id})))
    problem = check_step(duty.state, "part-done", duty.task[:80])
    if problem is not None:
        raise Refused([problem])
    if part.done_at is not None:
        raise Refused.because("directives.part-over", part.what[:80])
    said = _said(words, needed=True)
    part.done_at, part.said = act.at, said[:1000]
    part.save(update_fields=["done_at", "said"])
    entry = record(act, duty, {}, {"part": part.body_id})
    write_line(act, duty, LineKind.PART_DONE, words=said, body=part.body_id, entry=entry)
    return {"duty": duty.pk}
