"""Working sessions: the list, one session with who came, what was heard, asked and concluded."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.directives import actions, lists, naming, permit
from thongsuot.apps.directives.models import DutyState
from thongsuot.apps.directives.naming import names_of, with_names
from thongsuot.apps.directives.views.frame import (
    Box,
    Form,
    answer_form,
    day_in,
    lines_in,
    number_in,
    options,
    own_body,
    refuse_unless,
    tabs,
)
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.directives.access import Sides, may
from thongsuot.rules.kernel.problem import Problem

both = require_http_methods(["GET", "POST"])
ABSENT = "vắng"


@require_GET
@login_required
def meetings(request: HttpRequest) -> HttpResponseBase:
    """Every working session in sight."""
    actor = actor_in(request)
    rows = lists.named_meetings(permit.visible_meetings(actor))
    listing = Listing(lists.MEETINGS, rows, request, Place(), today=clock.today())
    context = {
        **tabs(request, "meetings"),
        "adding": bool(permit.own_bodies(actor, "meeting.write")),
    }
    return answer(listing, "directives/meetings.html", context)


def _page(
    request: HttpRequest, meeting_id: int, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    actor, today = actor_in(request), clock.today()
    found = permit.meeting_in_sight(actor, meeting_id)
    attendance = list(found.attendance.order_by("pk"))
    questions = list(found.questions.order_by("pk"))
    names = names_of([found.host_id, *(a.body_id for a in attendance), *(q.owed_by_id for q in questions)],
                     found.on)  # fmt: skip
    writing = may(actor, "meeting.write", Sides(assigner=found.host_id))
    duties = []
    if found.conclusion is not None:
        mine = permit.visible_duties(actor).filter(document=found.conclusion)
        duties = list(with_names(mine.exclude(state=DutyState.DROPPED)).order_by("pk")[:200])
    context = {
        **tabs(request, "meetings"),
        "meeting": found,
        "host": names[found.host_id],
        "attendance": [(a, names[a.body_id]) for a in attendance],
        "came": sum(a.came is True for a in attendance),
        "questions": [
            (q, names[q.owed_by_id], q.closed_at is None and q.due_on is not None and q.due_on < today,
             q.closed_at is None and may(actor, "meeting.answer", Sides(assigner=found.host_id, lead=q.owed_by_id)))
            for q in questions
        ],
        "duties": [(d, lists.TONES[DutyState(d.state)]) for d in duties],
        "writing": writing,
        "documents": permit.visible_documents(actor).order_by("-issued_on", "-pk")[:100] if writing else (),
        "reach": naming.offered_bodies([found.host_id], today) if writing else (),
        "problems": problems,
    }  # fmt: skip
    return render(request, "directives/meeting.html", context, status=status)


@require_GET
@login_required
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One session: who came, what was heard, asked, answered and concluded."""
    return _page(request, meeting_id)


def _send(request: HttpRequest, meeting_id: int, send: Any, done: str) -> HttpResponse:
    act = act_of(request)
    try:
        send(act)
    except Refused as refused:
        if refused.status in (400, 403, 404):
            raise
        return _page(request, meeting_id, refused.problems, refused.status)
    messages.success(request, done)
    return redirect("directives:meeting", meeting_id=meeting_id)


@require_POST
@login_required
def ask(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put a question on record, with its answer or the day the answer is due."""
    post = request.POST

    def send(act: Act) -> None:
        actions.ask_question(
            act,
            meeting_id=meeting_id,
            asked=post.get("asked", ""),
            owed_by=naming.body_called(post.get("owed_by", ""), clock.today()),
            asked_by=post.get("asked_by", ""),
            answer=post.get("answer", ""),
            due_on=day_in(post.get("due_on")),
        )

    return _send(request, meeting_id, send, _("Đã ghi câu hỏi."))


@require_POST
@login_required
def answer_question(request: HttpRequest, meeting_id: int, question_id: int) -> HttpResponse:
    """Put an answer on record."""

    def send(act: Act) -> None:
        actions.answer_question(
            act,
            meeting_id=meeting_id,
            question_id=question_id,
            answer=request.POST.get("answer", ""),
        )

    return _send(request, meeting_id, send, _("Đã ghi trả lời."))


@require_POST
@login_required
def conclude(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Link the document that concludes the session."""

    def send(act: Act) -> None:
        document = number_in(request.POST.get("document"))
        actions.conclude_meeting(act, meeting_id=meeting_id, document_id=document)

    return _send(request, meeting_id, send, _("Đã gắn kết luận."))


def _attendance(text: str) -> list[dict[str, Any]]:
    """Bodies one a line: name | người dự | báo cáo đã nghe; *vắng* for who did not come."""
    today, rows = clock.today(), []
    problems: list[Problem] = []
    for line in lines_in(text):
        cells = [c.strip() for c in line.split("|")] + ["", ""]
        try:
            body = naming.body_called(cells[0], today)
        except Refused as refused:
            problems.extend(refused.problems)
            continue
        came = cells[1].casefold() != ABSENT
        rows.append(
            {"body": body, "came": came, "people": cells[1] if came else "", "heard": cells[2]}
        )
    if problems:
        raise Refused(problems)
    return rows


@both
@login_required
def record(request: HttpRequest) -> HttpResponse:
    """Record a working session."""
    bodies, today = refuse_unless(request, "meeting.write"), clock.today()
    body = own_body(request, bodies)
    reach = naming.offered_bodies([body], today)
    documents = permit.visible_documents(actor_in(request)).order_by("-issued_on", "-pk")[:200]
    at = request.POST.get

    def boxes() -> tuple[Box, ...]:
        return (
            Box("title", _("Nội dung buổi làm việc"), value=at("title", ""), required=True, wide=True),
            Box("on", _("Ngày"), "date", at("on", today.isoformat()), required=True),
            Box("head", _("Chủ trì, trưởng đoàn"), value=at("head", ""), required=True, most=300),
            Box("place", _("Nơi họp"), value=at("place", ""), most=300),
            Box("attendance", _("Thành phần"), "long", at("attendance", ""), wide=True, most=60_000, rows=8, offer=reach,
                help=_("Mỗi dòng: cơ quan | người dự (hoặc “vắng”) | báo cáo đã nghe.")),
            Box("conclusion", _("Kết luận"), "choice", at("conclusion", ""),
                options((d.pk, f"{d.number} {d.title}"[:120]) for d in documents)),
        )  # fmt: skip

    def send(act: Act) -> str:
        values: dict[str, Any] = {n: at(n, "") for n in ("title", "head", "place")}
        values |= {"on": day_in(at("on")), "conclusion": number_in(at("conclusion"))}
        done = actions.record_meeting(
            act, host_id=body, meeting=values, attendance=_attendance(at("attendance", ""))
        )
        return reverse("directives:meeting", args=[done["meeting"]])

    form = Form(
        _("Ghi buổi làm việc"), boxes, send, reverse("directives:meetings"), "meetings", _("Ghi")
    )
    return answer_form(request, form)
