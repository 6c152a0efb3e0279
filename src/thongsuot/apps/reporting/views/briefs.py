"""Briefs: from draft to signed within one page; as DOCX and PDF, also in the office's template."""

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.reporting import papers, permit
from thongsuot.apps.reporting.actions import papers as actions
from thongsuot.apps.reporting.downloads import download
from thongsuot.apps.reporting.filling import Unfit, places_in
from thongsuot.apps.reporting.models import Brief, OfficeTemplate
from thongsuot.apps.reporting.queries.snapshots import frozen, previous
from thongsuot.apps.reporting.views.frame import Asking, Box, ask, frame, number_in, typed
from thongsuot.apps.reporting.views.series import may_write
from thongsuot.apps.reporting.words import PARTS, period_words
from thongsuot.foundation import clock
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.reporting import brief as rules

SHOWN = 60
LARGEST_TEMPLATE = 5_000_000


@require_GET
@login_required
def briefs(request: HttpRequest) -> HttpResponse:
    """What was written for recipients, drafts first, then what was signed; and the templates."""
    actor = actor_in(request)
    rows = (
        permit.visible_briefs(actor)
        .filter(made_at__lte=clock.now())
        .select_related("snapshot__recipient__series")
        .defer("snapshot__content", "words")
        .order_by("signed_at", "-snapshot__since", "pk")
    )
    drafts = list(rows.filter(signed_at__isnull=True)[:SHOWN])
    signed = list(rows.filter(signed_at__isnull=False).order_by("-signed_at")[:SHOWN])
    templates = OfficeTemplate.objects.filter(
        body__in=permit.own_bodies(actor), retired_at__isnull=True
    )
    context = {
        **frame(request, "briefs"),
        "drafts": [(b, _period(b)) for b in drafts],
        "signed": [(b, _period(b)) for b in signed],
        "templates": templates.order_by("name"),
        "may_write": may_write(request),
    }
    return render(request, "reporting/briefs.html", context)


def _period(found: Brief) -> str:
    taken = found.snapshot
    return period_words(taken.recipient.kind, Period(taken.since, taken.until))


@require_http_methods(["GET", "POST"])
@login_required
def one(request: HttpRequest, brief_id: int) -> HttpResponse:
    """A brief: the parts that are made stand as they will be printed, the others are written."""
    actor = actor_in(request)
    found = permit.brief_in_sight(actor, brief_id)
    writes = found.signed_at is None and permit.allowed(actor, "brief.write", found)
    problems: tuple[Problem, ...] = ()
    sent: Mapping[str, str] = {}
    if request.method == "POST":
        permit.allow(actor, "brief.write", found)
        if answered(request) is not None:
            return redirect("reporting:brief", brief_id=found.pk)
        sent = typed(request)
        try:
            _keep(request, found, sent)
        except Refused as refused:
            if refused.status in (400, 403, 404):
                raise
            problems = refused.problems
        else:
            return _onward(request, found, sent.get("lam", ""))
    last = previous(found.snapshot)
    context = {
        **frame(request, "briefs"),
        "brief": found,
        "recipient": found.snapshot.recipient,
        "period": _period(found),
        "last": last,
        "now": frozen(found.snapshot),
        "parts": _parts(found, sent),
        "head": {n: sent.get(n, getattr(found, n)) for n in ("number", "symbol", "place")},
        "templates": OfficeTemplate.objects.filter(
            body=found.snapshot.recipient.series.body_id, retired_at__isnull=True
        ).order_by("name"),
        "writes": writes,
        "may_sign": found.signed_at is None and permit.allowed(actor, "brief.sign", found),
        "problems": problems,
    }
    return render(request, "reporting/brief.html", context, status=422 if problems else 200)


def _parts(found: Brief, sent: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every part in its order: the made ones as they will be printed, the others as written."""
    paper = papers.brief_paper(found, clock.now())
    return [
        {
            "key": part.key,
            "title": PARTS[part.key],
            "made": part.made,
            "required": part.required,
            "text": sent.get(f"p-{part.key}", found.words.get(part.key, "")),
            "blocks": papers.shown_blocks(paper, part.key) if part.made else (),
        }
        for part in rules.PARTS[actions.KINDS[found.kind]]
    ]


def _keep(request: HttpRequest, found: Brief, sent: Mapping[str, str]) -> None:
    kind = actions.KINDS[found.kind]
    chosen = number_in(sent.get("template"))
    actions.write_brief(
        act_of(request),
        brief_id=found.pk,
        words={key: sent.get(f"p-{key}", "") for key in rules.written(kind)},
        head={name: sent.get(name, "") for name in ("number", "symbol", "place")},
        template_id=chosen or None,
    )


def _onward(request: HttpRequest, found: Brief, doing: str) -> HttpResponse:
    if doing == "ky":
        return redirect("reporting:sign", brief_id=found.pk)
    messages.success(request, _("Đã lưu bản nháp."))
    return redirect("reporting:brief", brief_id=found.pk)


@require_http_methods(["GET", "POST"])
@login_required
def sign(request: HttpRequest, brief_id: int) -> HttpResponse:
    """A head reads the whole once more and signs, after proving who it is."""
    actor = actor_in(request)
    found = permit.brief_in_sight(actor, brief_id)
    permit.allow(actor, "brief.sign", found)
    now = timezone.now()  # the proof is of this hour, whatever day a story plays on
    if not reauth.is_fresh(request, now):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.path})}")
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            if answered(request) is None:
                actions.sign_brief(
                    act_of(request),
                    brief_id=found.pk,
                    content=request.POST.get("content", "")[:64],
                )
        except Refused as refused:
            problems, status = refused.problems, refused.status
            if status in (400, 403, 404):
                raise
        else:
            messages.success(request, _("Đã ký. Từ nay văn bản này không sửa được nữa."))
            return redirect("reporting:brief", brief_id=found.pk)
    else:
        kind = actions.KINDS[found.kind]
        signed = found.signed_at is not None
        missing = rules.check_signing(
            kind, found.words, signed=signed, subject=found.snapshot.recipient.name
        )
        problems = tuple(
            Problem(p.code, str(PARTS.get(p.subject, p.subject)), p.facts) for p in missing
        )
    context = {
        **frame(request, "briefs"),
        "brief": found,
        "recipient": found.snapshot.recipient,
        "period": _period(found),
        "parts": _parts(found, {}),
        "now": frozen(found.snapshot),
        "content": actions.content_digest(found),
        "problems": problems,
    }
    return render(request, "reporting/sign.html", context, status=status)


def _places(content: bytes, name: str) -> list[str]:
    """The places of a template. Raises Refused with what is wrong with the file."""
    try:
        found = places_in(content, name)
    except Unfit as unfit:
        raise Refused([unfit.problem]) from unfit
    if not found:
        raise Refused.because("reporting.template-without-places", name)
    return sorted(found)


@require_GET
@login_required
def paper(request: HttpRequest, brief_id: int, form: str) -> HttpResponse:
    """A brief as PDF, as DOCX, or as DOCX in the office's own template."""
    found = permit.brief_in_sight(actor_in(request), brief_id)
    if form not in papers.FORMS or (form == "mau.docx" and found.template is None):
        raise Http404
    try:
        content, media = papers.FORMS[form](found, clock.now())
    except Unfit as unfit:
        raise Refused.because("reporting.template-gone", unfit.problem.subject) from unfit
    name = f"bao-cao-{found.snapshot.since:%Y-%m-%d}.{form.rpartition('.')[2]}"
    return download(content, media, name)


@require_http_methods(["GET", "POST"])
@login_required
def template(request: HttpRequest) -> HttpResponse:
    """Keep a DOCX template of one's office."""
    if not may_write(request):
        hat = actor_in(request).hat
        post = hat.post if hat else ""
        raise Refused.forbidden(Problem("reporting.not-allowed", "", {"post": post}))

    def do(act: Any, sent: Mapping[str, str]) -> None:
        file = request.FILES.get("tep")
        if not isinstance(file, UploadedFile):
            raise Refused.because("reporting.template-needed")
        shown = display_name(file.name or "")
        if (file.size or 0) > LARGEST_TEMPLATE:
            most = LARGEST_TEMPLATE // 1_000_000
            raise Refused.because("reporting.template-too-large", shown, most=most)
        content = file.read()
        places = _places(content, shown)
        stored = keep(io.BytesIO(content), shown, by=actor_in(request))
        actions.keep_template(act, name=sent.get("name", ""), file_id=stored.pk, places=places)
        unknown = [f"{{{{{place}}}}}" for place in places if place not in papers.PLACES]
        if unknown:
            words = _("Chỗ điền hệ thống không biết sẽ in thành dòng chấm để viết tay: %(names)s.")
            messages.warning(request, words % {"names": ", ".join(unknown)[:400]})

    asking = Asking(
        heading=_("Mẫu văn bản của cơ quan"),
        lede=_("Tệp DOCX của cơ quan với các chỗ điền như {{noi_nhan}}, {{ky}}, {{tinh_hinh}}; giữ nguyên chữ, dòng kẻ, dấu của mẫu."),
        boxes=[
            Box("name", _("Tên mẫu"), most=200),
            Box("tep", _("Tệp DOCX"), "file", help=_("Các chỗ điền dùng được: %(places)s.") % {"places": ", ".join(f"{{{{{p}}}}}" for p in papers.PLACES)}),
        ],
        do=do,
        done=_("Đã giữ mẫu. Chọn mẫu này trong trang soạn văn bản."),
        back=reverse("reporting:briefs"),
        submit=_("Giữ mẫu"),
    )  # fmt: skip
    return ask(request, "briefs", asking)
