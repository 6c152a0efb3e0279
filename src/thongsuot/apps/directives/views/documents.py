"""Documents: the register, one document with its text and its duties, putting one on the register."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.directives import actions, lists, naming, permit, queries
from thongsuot.apps.directives.models import Document, DocumentKind, DutyState
from thongsuot.apps.directives.naming import names_of, with_names
from thongsuot.apps.directives.views.frame import (
    Box,
    Form,
    answer_form,
    day_in,
    files_in,
    lines_in,
    number_in,
    options,
    own_body,
    refuse_unless,
    tabs,
)
from thongsuot.foundation import clock
from thongsuot.foundation.files.downloads import send as send_file
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.directives.access import Sides, may
from thongsuot.rules.kernel.text import fold

both = require_http_methods(["GET", "POST"])
CHOICES = 200


@require_GET
@login_required
def documents(request: HttpRequest) -> HttpResponseBase:
    """Every document in sight; search goes through title and text, marks or none."""
    actor = actor_in(request)
    rows = lists.named_documents(permit.visible_documents(actor))
    listing = Listing(lists.DOCUMENTS, rows, request, Place(), today=clock.today())
    context = {
        **tabs(request, "documents"),
        "adding": bool(permit.own_bodies(actor, "document.write")),
    }
    return answer(listing, "directives/documents.html", context)


@require_GET
@login_required
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document: its text with the sentences that duties came from, the duties beside it."""
    actor, today = actor_in(request), clock.today()
    found = permit.document_in_sight(actor, document_id)
    duties = list(
        with_names(permit.visible_duties(actor).filter(document=found))
        .exclude(state=DutyState.DROPPED)
        .select_related("person")
        .order_by("start", "pk")[:500]
    )
    recipients = list(found.recipients.values_list("body", flat=True))
    names = names_of([found.issuer_id, found.kept_by_id, *recipients], today)
    sides = Sides(assigner=found.kept_by_id)
    drafts = [d for d in duties if d.state == DutyState.DRAFT]
    context = {
        **tabs(request, "documents"),
        "document": found,
        "issuer": names.get(found.issuer_id, ""),
        "kept_by": names.get(found.kept_by_id, ""),
        "recipients": sorted(names[b] for b in recipients),
        "pieces": queries.pieces_of(found, duties),
        "duties": [(d, lists.TONES[DutyState(d.state)]) for d in duties],
        "drafts": drafts,
        "issuing": bool(drafts) and all(may(actor, "duty.issue", permit.sides(d)) for d in drafts),
        "writing": may(actor, "document.write", sides),
        "drafting": bool(permit.own_bodies(actor, "duty.draft")),
        "carried_out_by": list(permit.visible_documents(actor).filter(carries_out=found)[:50]),
        "meetings": list(permit.visible_meetings(actor).filter(conclusion=found)[:20]),
    }
    return render(request, "directives/document.html", context)


@require_GET
@login_required
def file(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The file of a document."""
    found = permit.document_in_sight(actor_in(request), document_id)
    if found.file is None:
        raise Http404
    return send_file(found.file)


def _boxes(request: HttpRequest, found: Document | None, reach: list[str]) -> tuple[Box, ...]:
    actor, today = actor_in(request), clock.today()
    issuer = names_of([found.issuer_id], today)[found.issuer_id] if found else ""
    uppers = permit.visible_documents(actor).order_by("-issued_on", "-pk")[:CHOICES]

    def at(name: str, value: object = "") -> str:
        kept = getattr(found, name, value) if found else value
        shown = kept.isoformat() if hasattr(kept, "isoformat") else str(kept or "")
        return request.POST.get(name, shown)

    return (
        Box("title", _("Trích yếu"), "long", at("title"), required=True, wide=True, rows=2),
        Box("kind", _("Loại"), "choice", at("kind"), options(DocumentKind.choices), required=True),
        Box("number", _("Số, ký hiệu"), value=at("number"), most=60),
        Box("issued_on", _("Ngày ban hành"), "date", at("issued_on"), required=True),
        Box("issuer", _("Cơ quan ban hành"), value=request.POST.get("issuer", issuer), offer=reach, required=True, most=300),
        Box("signer", _("Người ký"), value=at("signer"), most=200),
        Box("covers_from", _("Kỳ đề cập, từ ngày"), "date", at("covers_from")),
        Box("covers_to", _("đến hết ngày"), "date", at("covers_to")),
        Box("carries_out", _("Triển khai văn bản"), "choice",
            request.POST.get("carries_out", str(found.carries_out_id or "") if found else ""),
            options((d.pk, f"{d.number} {d.title}"[:120]) for d in uppers if found is None or d.pk != found.pk)),
        *((Box("recipients", _("Nơi nhận"), "long", request.POST.get("recipients", ""), offer=reach, most=20_000,
               help=_("Mỗi dòng một cơ quan.")),) if found is None else ()),
        Box("file", _("Tệp (PDF, DOCX, ảnh chụp)"), "file"),
        Box("text", _("Toàn văn"), "long", at("text"), wide=True, most=1_000_000, rows=12,
            help=_("Dán toàn văn để tìm kiếm và lập nhiệm vụ từ từng câu.")),
    )  # fmt: skip


def _typed(request: HttpRequest, found: Document | None) -> dict[str, object]:
    post, today = request.POST, clock.today()
    files = files_in(request, "file")
    kept = found.file_id if found else None
    return {
        **{n: post.get(n, "") for n in ("title", "kind", "number", "signer", "text")},
        "issuer": naming.body_called(post.get("issuer", ""), today),
        "issued_on": day_in(post.get("issued_on")),
        "covers_from": day_in(post.get("covers_from")),
        "covers_to": day_in(post.get("covers_to")),
        "carries_out": number_in(post.get("carries_out")),
        "file": files[0] if files else kept or 0,
    }


def _recipients(request: HttpRequest) -> list[int]:
    """The bodies named, one a line. Raises Refused with every name that is not known."""
    today, names = clock.today(), lines_in(request.POST.get("recipients"))
    found = naming.bodies_called(names, today)
    bodies = {name: found.get(fold(name), ()) for name in names}
    refused = [
        Refused.because("directives.row-without-lead", n[:80], value=n[:80]).problems[0]
        for n, ids in bodies.items()
        if len(ids) != 1
    ]
    if refused:
        raise Refused(refused)
    return [ids[0] for ids in bodies.values()]


@both
@login_required
def record(request: HttpRequest) -> HttpResponse:
    """Put a document on the register."""
    bodies = refuse_unless(request, "document.write")
    body = own_body(request, bodies)
    reach = naming.offered_bodies([body], clock.today())

    def send(act: Act) -> str:
        done = actions.record_document(
            act, kept_by=body, document=_typed(request, None), recipients=_recipients(request)
        )
        messages.success(request, _("Đã vào sổ. Lập nhiệm vụ từ từng câu giao việc."))
        return reverse("directives:document", args=[done["document"]])

    form = Form(
        _("Vào sổ văn bản"), lambda: _boxes(request, None, reach), send,
        reverse("directives:documents"), "documents", _("Vào sổ"),
    )  # fmt: skip
    return answer_form(request, form)


@both
@login_required
def change(request: HttpRequest, document_id: int) -> HttpResponse:
    """Correct what was written down of a document."""
    actor = actor_in(request)
    found = permit.document_in_sight(actor, document_id)
    permit.allow(actor, "document.write", Sides(assigner=found.kept_by_id))
    reach = naming.offered_bodies([found.kept_by_id], clock.today())

    def send(act: Act) -> str:
        actions.change_document(act, document_id=document_id, document=_typed(request, found))
        messages.success(request, _("Đã sửa; nội dung cũ còn trong nhật ký."))
        return reverse("directives:document", args=[document_id])

    form = Form(
        _("Sửa thông tin văn bản"), lambda: _boxes(request, found, reach), send,
        reverse("directives:document", args=[document_id]), "documents", _("Lưu"),
    )  # fmt: skip
    return answer_form(request, form)
