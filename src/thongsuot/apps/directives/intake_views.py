"""The intake page: the text with every directive found, the proposals beside it, one decision at a time."""

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.directives import actions, naming, permit
from thongsuot.apps.directives.actions.intake import accept_proposal, decide_proposal
from thongsuot.apps.directives.intake_given import Given, given_in
from thongsuot.apps.directives.intake_review import (
    boxes_of,
    cuts_shown,
    decided_of,
    gold_of,
    known_names,
    pieces_of,
    proposals_of,
    taken_of,
)
from thongsuot.apps.directives.models import (
    Document,
    DocumentKind,
    EveryWord,
    IntakeWord,
    TermWord,
)
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
from thongsuot.foundation.jobs.actions import start as start_job
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.directives.access import Sides, may
from thongsuot.rules.directives.intake import Draft, written_on
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold

both = require_http_methods(["GET", "POST"])


@both
@login_required
def bring(request: HttpRequest) -> HttpResponse:
    """Paste a text or bring a file: it is put on the register, then its directives are shown."""
    bodies, today = refuse_unless(request, "document.write"), clock.today()
    body = own_body(request, bodies)
    reach = naming.offered_bodies([body], today)
    own = naming.names_of([body], today).get(body, "")

    def boxes() -> tuple[Box, ...]:
        at = request.POST.get
        return (
            Box("text", _("Dán toàn văn"), "long", at("text", ""), wide=True, most=1_000_000, rows=10),
            Box("file", _("hoặc chọn tệp"), "file", wide=True,
                help=_("TXT, DOCX, PDF, EML; bản quét được đọc chữ nếu máy chủ có bộ đọc.")),
            Box("attached", _("Tệp đính kèm trong thư"), "choice", at("attached", "all"), _with_files(),
                help=_("Chỉ dùng khi tệp là thư (EML): mỗi tệp DOCX, PDF, TXT thành một văn bản để bóc tách.")),
            Box("title", _("Trích yếu"), "long", at("title", ""), wide=True, rows=2,
                help=_("Để trống: lấy dòng đầu của văn bản.")),
            Box("kind", _("Loại"), "choice", at("kind", DocumentKind.CONCLUSION), options(DocumentKind.choices), required=True),
            Box("number", _("Số, ký hiệu"), value=at("number", ""), most=60),
            Box("issued_on", _("Ngày ban hành"), "date", at("issued_on", ""),
                help=_("Để trống: lấy ngày ghi trong văn bản, không có thì hôm nay.")),
            Box("issuer", _("Cơ quan ban hành"), value=at("issuer", own), offer=reach, required=True, most=300),
        )  # fmt: skip

    def send(act: Act) -> str:
        return _record(request, act, (body, own), today)

    form = Form(
        _("Bóc tách nhiệm vụ từ văn bản"), boxes, send, reverse("directives:documents"), "documents",
        _("Đọc văn bản"), _("Hệ thống đề xuất từng nhiệm vụ kèm đúng câu trong văn bản. Không nhiệm vụ nào được lập nếu không có người nhận."),
    )  # fmt: skip
    return answer_form(request, form)


def _with_files() -> tuple[tuple[str, str], ...]:
    """Whether the files of an e-mail are brought in too."""
    return (("all", _("đưa cả vào sổ")), ("none", _("chỉ lời thư")))


def _record(request: HttpRequest, act: Act, of: tuple[int, str], today: date) -> str:
    """Put the text on the register, and the files of an e-mail beside it; a scan goes to a job."""
    given = given_in(request)
    (body, own), issuer = of, request.POST.get("issuer", "").strip()
    common = {
        "kind": request.POST.get("kind", ""),
        "issuer": body if issuer == own else naming.body_called(issuer, today),
    }
    day = day_in(request.POST.get("issued_on"))
    pages = []
    for number, one in enumerate(given):
        first = next((line.strip() for line in one.text.splitlines() if line.strip()), "")
        title = request.POST.get("title", "").strip() if number == 0 else one.name
        values = {
            **common,
            "title": title[:300] or first[:300] or _("Văn bản quét"),
            "number": request.POST.get("number", "") if number == 0 else "",
            "issued_on": day or written_on(one.text) or today,
            "text": one.text,
            "file": one.file,
        }
        each = act if number == 0 else Act(by=act.by, key=f"{act.key}/{number}", at=act.at)
        done = actions.record_document(each, kept_by=body, document=values)
        pages.append(_page_of(request, int(str(done["document"])), one, str(values["title"])))
    if len(given) > 1:
        names = "; ".join(one.name for one in given[1:])
        messages.success(
            request, _("Tệp đính kèm đã vào sổ, mỗi tệp một văn bản: %(names)s.") % {"names": names}
        )
    return pages[0]


def _page_of(request: HttpRequest, pk: int, one: Given, title: str) -> str:
    """Where to go on with a text: its intake, or the job that reads its scan."""
    if not one.scan:
        return reverse("directives:intake", args=[pk])
    job = start_job(
        "directives.read-scan", owner=actor_in(request).user, title=title[:100], document=pk
    )
    return reverse("jobs:one", args=[job.pk])


@require_GET
@login_required
def intake(request: HttpRequest, document_id: int) -> HttpResponse:
    """The text on one side with what was found in it, the proposals on the other."""
    return _page(request, document_id)


def _page(
    request: HttpRequest, document_id: int, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    actor, today = actor_in(request), clock.today()
    document = permit.document_in_sight(actor, document_id)
    decided = decided_of(document)
    found = proposals_of(document, decided)
    chosen = _chosen(found, number_in(request.POST.get("start") or request.GET.get("cau")))
    deciding = may(actor, "duty.draft", Sides(assigner=document.kept_by_id))
    names = known_names(found, today)
    accepted = [d for d in decided if d.kind == IntakeWord.ACCEPTED]
    reach = naming.offered_bodies([document.kept_by_id], today) if deciding and chosen else []
    context = {
        **tabs(request, "documents"),
        "document": document,
        "pieces": pieces_of(document, found, decided),
        "proposals": list(enumerate(found, 1)),
        "chosen": chosen,
        "here": found.index(chosen) + 1 if chosen else 0,
        "boxes": _boxes(request, chosen, names) if chosen else {},
        "cuts": cuts_shown(chosen) if chosen else [],
        "can_join": bool(chosen and chosen is not found[-1]),
        "reach": reach,
        "every": options(EveryWord.choices),
        "terms": options(TermWord.choices),
        "deciding": deciding,
        "accepted": accepted,
        "taken": taken_of(accepted),
        "rejected": sum(d.kind == IntakeWord.REJECTED for d in decided),
        "problems": problems,
    }
    return render(request, "directives/intake.html", context, status=status)


def _chosen(found: tuple[Draft, ...], start: int) -> Draft | None:
    """The proposal asked for, else the next one after that place, else the first."""
    for one in found:
        if one.start >= start:
            return one
    return found[0] if found else None


def _boxes(request: HttpRequest, chosen: Draft, names: dict[int, str]) -> dict[str, str]:
    begun = boxes_of(chosen, names)
    if number_in(request.POST.get("start")) != chosen.start:
        return begun
    return {name: request.POST.get(name, value) for name, value in begun.items()}


@require_POST
@login_required
def decide(request: HttpRequest, document_id: int) -> HttpResponse:
    """One decision: accept as written in the boxes, reject, split, join, add."""
    act, today = act_of(request), clock.today()
    document = permit.document_in_sight(actor_in(request), document_id)
    kind = request.POST.get("kind", "")
    try:
        start, end = _span(request, document, kind)
        if kind == IntakeWord.ACCEPTED:
            _accept(request, act, document, (start, end), today)
        else:
            decide_proposal(
                act, document_id=document_id, start=start, end=end, kind=kind,
                cut=number_in(request.POST.get("cut")),
            )  # fmt: skip
    except Refused as refused:
        if refused.status in (400, 403, 404):
            raise
        return _page(request, document_id, refused.problems, refused.status)
    goes_on = start if kind in (IntakeWord.SPLIT, IntakeWord.JOINED, IntakeWord.ADDED) else end
    return redirect(f"{reverse('directives:intake', args=[document_id])}?cau={goes_on}#dang-xet")


def _span(request: HttpRequest, document: Document, kind: str) -> tuple[int, int]:
    if kind != IntakeWord.ADDED:
        return number_in(request.POST.get("start")), number_in(request.POST.get("end"))
    quote = request.POST.get("quote", "").replace("\r\n", "\n").strip()
    at = document.text.find(quote) if quote else -1
    if at < 0:
        raise Refused.because("intake.quote-not-in-text")
    return at, at + len(quote)


def _accept(
    request: HttpRequest, act: Act, document: Document, span: tuple[int, int], today: date
) -> None:
    """The draft as the boxes say; a name the registry does not know stays as words, to be chosen later."""
    post = request.POST
    leads = [post.get("lead", ""), *_parts(post.get("others", ""))]
    helpers, receivers = _parts(post.get("parts", "")), _parts(post.get("report_to", ""))
    every, day = post.get("every", ""), day_in(post.get("term_day"))
    laws = lines_in(post.get("laws"))
    called = naming.bodies_called([*leads, *helpers, *receivers], today)

    def one(name: str) -> int:
        found = called.get(fold(name), ())
        return found[0] if len(found) == 1 else 0

    lead, known = one(leads[0]), [name for name in (*leads[1:], *helpers) if one(name)]
    draft: dict[str, Any] = {
        "task": post.get("task", ""),
        "lead": lead,
        "lead_words": "" if lead else leads[0],
        "parts": [
            {"body": body, "what": ""} for body in dict.fromkeys(map(one, known)) if body != lead
        ],
        "parts_words": "; ".join(n for n in (*leads[1:], *helpers) if n and not one(n)),
        "place_words": post.get("place_words", ""),
        "places": naming.units_called(post.get("place_words", ""), today),
        "term_day": None if every else day,
        "term_kind": post.get("term_kind", "") if day and not every else "",
        "every": every,
        "anchor_on": (day or today) if every else None,
        "due_words": post.get("due_words", "")[:300],
        "report_to": next((one(n) for n in receivers if one(n)), 0),
        "report_words": "; ".join(receivers),
        "laws": laws,
    }
    told = {
        "action": draft["task"],
        "responsible": [name for name in leads if name.strip()],
        "coordinating": helpers,
        "scope": [n.strip() for n in post.get("place_words", "").split(",") if n.strip()],
        "deadline": day if not every else None,
        "recurrence": every,
        "report_to": receivers,
        "legal_refs": laws,
    }
    bodies = permit.own_bodies(actor_in(request), "duty.draft")
    issuer = document.issuer_id if document.issuer_id in bodies else own_body(request, bodies)
    done = accept_proposal(
        act, document_id=document.pk, span=span, assigner_id=issuer, draft=draft, told=told,
    )  # fmt: skip
    messages.success(
        request, _("Đã lập dự thảo nhiệm vụ. Còn %(n)s đề xuất.") % {"n": done["left"]}
    )


def _parts(told: str) -> list[str]:
    return [name.strip() for name in told.replace("\n", ";").split(";") if name.strip()]


@require_GET
@login_required
def corrections(request: HttpRequest, document_id: int) -> HttpResponse:
    """What people accepted, as they left it, in the form of the annotation guide."""
    document = permit.document_in_sight(actor_in(request), document_id)
    rows = json.dumps(gold_of(decided_of(document)), ensure_ascii=False, indent=1)
    response = HttpResponse(rows, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="van-ban-{document.pk}.json"'
    return response
