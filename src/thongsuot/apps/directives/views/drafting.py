"""Drafts of duties by hand, and passing duties on to a successor."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.directives import actions, imports, naming, permit
from thongsuot.apps.directives.actions.moving import successors_of
from thongsuot.apps.directives.models import Document, Duty, EveryWord, Lane, TermWord
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
)
from thongsuot.foundation import clock
from thongsuot.foundation.files.kinds import XLSX
from thongsuot.foundation.imports import views as importer
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.foundation.wording import say
from thongsuot.rules.directives.lifecycle import STEPS, check_step
from thongsuot.rules.kernel.problem import Problem

both = require_http_methods(["GET", "POST"])
TEXTS = ("task", "product", "place_words", "lead_words", "quote")


def first_of(ids: object) -> int:
    """The first of the ids that an act answered with."""
    return int(str(next(iter(list(ids)))))  # type: ignore[call-overload]  # plain values


def _typed(request: HttpRequest, today: date, document: Document | None) -> dict[str, Any]:
    """The draft as typed, names resolved. Raises Refused with every name that is not known."""
    post = request.POST
    problems: list[Problem] = []

    def name(box: str, value: Any) -> int:
        try:
            return int(value())
        except Refused as refused:
            problems.extend(refused.problems)
            return 0

    lead = name("lead", lambda: naming.body_called(post.get("lead", ""), today))
    values: dict[str, Any] = {n: post.get(n, "") for n in TEXTS}
    values |= {
        "lane": post.get("lane") or Lane.NORMAL,
        "lead": lead,
        "person": name("person", lambda: naming.person_called(post.get("person", ""), lead, today)),
        "report_to": name(
            "report_to", lambda: naming.body_called(post.get("report_to", ""), today)
        ),
        "places": naming.units_called(post.get("place_words", ""), today),
        "laws": lines_in(post.get("laws")),
        "term_kind": post.get("term_kind", ""),
        "term_day": day_in(post.get("term_day")),
        "every": post.get("every", ""),
        "anchor_on": day_in(post.get("anchor_on")) or (today if post.get("every") else None),
        "hours": post.get("hours", "").replace(",", " ").split(),
        "until_on": day_in(post.get("until_on")),
        "parts": [],
    }
    if not values["term_day"]:
        values["term_kind"] = ""
    for line in lines_in(post.get("parts")):
        body, _colon, what = line.partition(":")
        found = name("parts", lambda body=body: naming.body_called(body, today))
        if found:
            values["parts"].append({"body": found, "what": what})
    if problems:
        raise Refused(problems)
    return values | _span(values["quote"], document)


def _span(quote: str, document: Document | None) -> dict[str, Any]:
    """Where the quoted sentence stands in the text of the document, when it stands there."""
    text = document.text if document else ""
    quoted = quote.replace("\r\n", "\n").strip()
    at = text.find(quoted) if quoted else -1
    if at < 0:
        return {"quote": quoted}
    return {"quote": quoted, "start": at, "end": at + len(quoted)}


def _start_of(duty: Duty | None, today: date) -> dict[str, str]:
    """What the boxes start with: the duty as it is, or nothing."""
    if duty is None:
        return {"lane": Lane.NORMAL, "term_kind": TermWord.ON}
    parts = list(duty.parts.order_by("pk"))
    names = naming.names_of([duty.lead_id, duty.report_to_id, *(p.body_id for p in parts)], today)

    def iso(day: date | None) -> str:
        return day.isoformat() if day else ""

    return {
        **{n: getattr(duty, n) for n in TEXTS},
        "lane": duty.lane,
        "lead": names.get(duty.lead_id or 0, duty.lead_words),
        "person": duty.person.full_name if duty.person else "",
        "report_to": names.get(duty.report_to_id or 0, ""),
        "laws": "\n".join(duty.laws),
        "term_kind": duty.term_kind,
        "term_day": iso(duty.term_day),
        "every": duty.every,
        "anchor_on": iso(duty.anchor_on),
        "until_on": iso(duty.until_on),
        "hours": " ".join(duty.hours),
        "parts": "\n".join(f"{names[p.body_id]}: {p.what}" for p in parts),
    }


def _boxes(
    request: HttpRequest, start: dict[str, str], reach: list[str], people: list[str]
) -> tuple[Box, ...]:
    def at(name: str) -> str:
        return request.POST.get(name, start.get(name, ""))

    return (
        Box("task", _("Việc phải làm"), "long", at("task"), required=True, wide=True, most=1000),
        Box("lead", _("Cơ quan chủ trì"), value=at("lead"), offer=reach, most=300,
            help=_("Gõ vài chữ rồi chọn. Mỗi nhiệm vụ một cơ quan chủ trì.")),
        Box("person", _("Người phụ trách (rõ người)"), value=at("person"), offer=people, most=120),
        Box("place_words", _("Địa bàn (rõ địa bàn)"), value=at("place_words"),
            help=_("Tên phường, xã, cách nhau dấu phẩy; hoặc phạm vi thực hiện.")),
        Box("product", _("Sản phẩm"), value=at("product"), help=_("Báo cáo, quyết định, danh mục …")),
        Box("term_kind", _("Hạn"), "choice", at("term_kind"), options(TermWord.choices)),
        Box("term_day", _("Ngày"), "date", at("term_day")),
        Box("every", _("Hoặc định kỳ"), "choice", at("every"), options(EveryWord.choices)),
        Box("anchor_on", _("Kỳ đầu"), "date", at("anchor_on"), help=_("Thứ và ngày của kỳ đầu là của mọi kỳ sau.")),
        Box("hours", _("Giờ trong ngày"), value=at("hours"), help=_("Ví dụ 09:00; để trống là hết giờ làm việc."), most=80),
        Box("until_on", _("Thôi định kỳ từ ngày"), "date", at("until_on")),
        Box("lane", _("Ưu tiên"), "choice", at("lane"), options(Lane.choices)),
        Box("report_to", _("Báo cáo về"), value=at("report_to"), offer=reach, most=300),
        Box("parts", _("Cơ quan phối hợp, phần việc"), "long", at("parts"), wide=True, most=8000,
            help=_("Mỗi dòng một cơ quan: Tên cơ quan: phần việc của cơ quan đó.")),
        Box("laws", _("Căn cứ"), "long", at("laws"), wide=True, most=4000, help=_("Mỗi dòng một văn bản, điều, khoản.")),
        Box("quote", _("Câu giao việc trong văn bản"), "long", at("quote"), wide=True, most=20_000),
    )  # fmt: skip


def _after(act: Act, request: HttpRequest, duty_id: int) -> str:
    """Where to go after a draft was written; with the second button it is issued at once."""
    if request.POST.get("issue"):
        try:
            actions.issue_duties(act.sub("issue"), duty_ids=[duty_id])
        except Refused as refused:  # the draft is kept, and its page says what it lacks
            messages.warning(request, _("Đã lưu dự thảo, chưa giao được:"))
            for problem in refused.problems:
                messages.warning(request, say(problem))
        else:
            messages.success(request, _("Đã giao nhiệm vụ."))
    else:
        messages.success(request, _("Đã lưu dự thảo. Chưa ai bị ràng buộc cho tới khi giao."))
    return reverse("directives:duty", args=[duty_id])


@both
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Draft a duty by hand: of a document, below another duty, or of neither."""
    bodies, actor, today = refuse_unless(request, "duty.draft"), actor_in(request), clock.today()
    document_id = number_in(request.GET.get("van-ban"))
    document = permit.document_in_sight(actor, document_id) if document_id else None
    above = number_in(request.GET.get("tren"))
    upper = permit.duty_in_sight(actor, above) if above else None
    body = upper.lead_id if upper and upper.lead_id in bodies else own_body(request, bodies)
    reach = naming.offered_bodies([body or 0], today)
    people = naming.offered_people(bodies, today)
    start = _start_of(None, today)
    if upper is not None:
        start |= {"task": upper.task, "product": upper.product}

    def send(act: Act) -> str:
        values = _typed(request, today, document) | {
            "above": above,
            "point": number_in(request.GET.get("noi-dung")),
            "milestone": number_in(request.GET.get("moc")),
        }
        done = actions.draft_duties(
            act, assigner_id=body or 0, document_id=document_id, drafts=[values]
        )
        return _after(act, request, first_of(done["duties"]))

    cancel = (
        reverse("directives:document", args=[document_id])
        if document
        else reverse("directives:duties")
    )
    form = Form(
        _("Lập nhiệm vụ"),
        lambda: _boxes(request, start, reach, people),
        send,
        cancel,
        "duties",
        _("Lưu dự thảo"),
        _("Dự thảo có thể còn thiếu. Khi giao phải đủ: rõ người, rõ việc, rõ địa bàn và có ngày."),
        ("issue", _("Lưu và giao ngay")),
    )
    return answer_form(request, form)


@both
@login_required
def change(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Change a draft, or a duty that was returned."""
    actor, today = actor_in(request), clock.today()
    found = permit.duty_in_sight(actor, duty_id)
    permit.allow(actor, "duty.change", permit.sides(found))
    if (found.state, "change") not in STEPS:
        problem = check_step(found.state, "change", found.task[:80])
        raise Refused([problem] if problem else [], 409)
    start = _start_of(found, today) | {"version": str(found.version)}
    reach = naming.offered_bodies([found.assigner_id], today)
    people = naming.offered_people([found.lead_id or found.assigner_id], today)

    def boxes() -> tuple[Box, ...]:
        version = request.POST.get("version", start["version"])
        return (
            *_boxes(request, start, reach, people),
            Box("version", "", "hidden", version),
        )

    def send(act: Act) -> str:
        values = _typed(request, today, found.document)
        kept = {"above": found.above_id, "point": found.point_id, "milestone": found.milestone_id,
                "meeting": found.meeting_id}  # fmt: skip
        actions.change_draft(
            act, duty_id=duty_id, draft={**values, **{k: v or 0 for k, v in kept.items()}},
            version=number_in(request.POST.get("version")),
        )  # fmt: skip
        return _after(act, request, duty_id)

    form = Form(
        _("Sửa dự thảo"), boxes, send, reverse("directives:duty", args=[duty_id]), "duties",
        _("Lưu dự thảo"), "", ("issue", _("Lưu và giao ngay")),
    )  # fmt: skip
    return answer_form(request, form)


@both
@login_required
def move(request: HttpRequest) -> HttpResponse:
    """Pass the open duties of a body on to its successor."""
    actor, today = actor_in(request), clock.today()
    bodies = refuse_unless(request, "duty.recall")
    hat = actor.hat
    own = naming.names_of(bodies, today)
    reach = naming.offered_bodies(bodies, today)
    heirs = naming.names_of([h for b in bodies for h in successors_of(b)], today)
    start = own.get(hat.body, "") if hat else ""

    def boxes() -> tuple[Box, ...]:
        at = request.POST.get
        first = next(iter(heirs.values()), "")
        return (
            Box("from", _("Cơ quan đang giữ"), value=at("from", start), offer=reach, required=True, most=300),
            Box("to", _("Cơ quan kế thừa"), value=at("to", first), offer=[*heirs.values(), *reach], required=True,
                most=300, help=_("Đề xuất lấy từ sổ đăng ký cơ quan, đơn vị.")),
            Box("reason", _("Lý do"), value=at("reason", ""), required=True),
            Box("authority", _("Căn cứ"), value=at("authority", ""), most=300),
        )  # fmt: skip

    def send(act: Act) -> str:
        done = actions.move_duties(
            act,
            from_body=naming.body_called(request.POST.get("from", ""), today),
            to_body=naming.body_called(request.POST.get("to", ""), today),
            reason=request.POST.get("reason", ""),
            authority=request.POST.get("authority", ""),
        )
        count = len(list(done["duties"]))  # type: ignore[call-overload]  # plain values
        words = _("Đã chuyển %(n)s nhiệm vụ; %(m)s nhiệm vụ có hạn mới.")
        messages.success(request, words % {"n": count, "m": done["later"]})
        return reverse("directives:duties")

    form = Form(
        _("Chuyển nhiệm vụ cho cơ quan kế thừa"), boxes, send, reverse("directives:duties"), "duties",
        _("Chuyển tất cả nhiệm vụ đang mở"),
        _("Hạn quá gần được lùi để nơi nhận có ít nhất ba ngày làm việc; hạn đầu vẫn còn ghi. Không nhiệm vụ nào mất."),
    )  # fmt: skip
    return answer_form(request, form)


@both
@login_required
def bring_file(request: HttpRequest) -> HttpResponse:
    """Drafts out of a spreadsheet: preview, mend, apply, take back."""
    bodies = refuse_unless(request, "duty.draft")
    scope = {"body": own_body(request, bodies)}
    return importer.bring(request, kind=imports.CODE, scope=scope)  # type: ignore[arg-type]  # the same request


@require_GET
@login_required
def template(request: HttpRequest) -> HttpResponse:
    """The spreadsheet to fill in: header, examples, the words to choose from."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "nhiem-vu.xlsx"
        write_template(path, _("Dự thảo nhiệm vụ"), imports.COLUMNS)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="nhiem-vu.xlsx"'
    return response
