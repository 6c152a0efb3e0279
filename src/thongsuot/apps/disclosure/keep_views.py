"""Keeping what the public is told: addresses and hours of offices, and who answers for what."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.disclosure import actions, forms, intake, offered
from thongsuot.apps.disclosure.contacts import contacts_of, history_of
from thongsuot.apps.disclosure.models import Matter
from thongsuot.apps.disclosure.reach import places_of
from thongsuot.apps.disclosure.responsible import rules
from thongsuot.apps.registry import body_queries
from thongsuot.apps.registry.actors import ActorRequest
from thongsuot.apps.registry.forms import ActForm
from thongsuot.foundation import clock
from thongsuot.foundation.files.kinds import XLSX
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.imports.views import bring
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.disclosure.access import may_keep_matters, may_tell
from thongsuot.rules.disclosure.matters import Rule
from thongsuot.rules.kernel.problem import Problem

both = require_http_methods(["GET", "POST"])
LARGEST = 2**63 - 1


@require_GET
@login_required
def contacts(request: ActorRequest) -> HttpResponse:
    """The offices that the person answers for, with what each has told."""
    intake.scope_of(request.actor)  # refuses who may tell none
    lines = offered.lines_for(request.actor, clock.today())
    told = sum(1 for line in lines if line.contact)
    return render(request, "disclosure/contacts.html", {"lines": lines, "told": told})


@both
@login_required
def contact(request: ActorRequest, body_id: int) -> HttpResponse:
    """Tell where one office is and when it is open."""
    today = clock.today()
    view = body_queries.body_as_of(body_id, today) if body_id <= LARGEST else None
    if view is None:
        raise Http404
    problem = may_tell(request.actor, body_id, places_of(body_id, today))
    if problem is not None:
        raise Refused.forbidden(problem)
    since = max(today, view.since or today)
    card = contacts_of([body_id], since).get(body_id)
    initial = {key: getattr(card, key) for key in (*actions.TOLD, "checked_on")} if card else {}
    form = forms.ContactForm(**_typed(request, since=since, **initial))
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = dict(form.cleaned_data)
            act = Act(by=request.actor, key=values.pop("key"), at=clock.now())
            try:
                actions.tell_contact(act, body=body_id, **values)
            except Refused as refused:
                problems, status = refused.problems, refused.status
            else:
                messages.success(request, _("Đã công bố; người dân thấy ngay."))
                return HttpResponseRedirect(reverse("disclosure:contacts"))
    context = {"form": form, "body": view, "problems": problems, "history": history_of(body_id)}
    return render(request, "disclosure/contact.html", context, status=status)


def _typed(request: ActorRequest, **initial: Any) -> dict[str, Any]:
    if request.method == "POST":
        return {"data": request.POST}
    return {"initial": {"key": uuid4().hex, **initial}}


@both
@login_required
def import_contacts(request: ActorRequest) -> HttpResponse:
    """Tell of many offices out of a spreadsheet."""
    scope = intake.scope_of(request.actor)
    return bring(request, kind=intake.CODE, scope=scope)  # type: ignore[arg-type]  # the same request


@require_GET
@login_required
def contacts_template(request: ActorRequest) -> HttpResponse:
    """The spreadsheet to fill in."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dia-chi.xlsx"
        write_template(path, _("Địa chỉ, điện thoại, giờ làm việc"), intake.COLUMNS)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="dia-chi-co-quan.xlsx"'
    return response


@require_GET
@login_required
def matters(request: ActorRequest) -> HttpResponse:
    """Every matter with the office that answers for it and by which text."""
    own = {m.code for m in Matter.objects.order_by("id") if not m.withdrawn}
    context = {
        "rules": rules(),
        "own": own,
        "today": clock.today(),
        "may": may_keep_matters(request.actor) is None,
    }
    return render(request, "disclosure/matters.html", context)


@both
@login_required
def matter(request: ActorRequest, code: str) -> HttpResponse:
    """Put one matter right, or take back what was put."""
    problem = may_keep_matters(request.actor)
    if problem is not None:
        raise Refused.forbidden(problem)
    rule = next((r for r in rules() if r.code == code[:40]), None)
    if rule is None and code != "moi":
        raise Http404
    start = _as_initial(rule) if rule else {"since": clock.today(), "reach": "commune"}
    form = forms.MatterForm(**_typed(request, **start))
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            if _sent(request, form, rule.code if rule else ""):
                messages.success(request, _("Đã ghi."))
                return HttpResponseRedirect(reverse("disclosure:matters"))
            status = 422
        except Refused as refused:
            problems, status = refused.problems, refused.status
    context = {
        "form": form,
        "rule": rule,
        "problems": problems,
        "own": Matter.objects.filter(code=code[:40]).order_by("-id")[:20],
    }
    return render(request, "disclosure/matter.html", context, status=status)


def _sent(request: ActorRequest, form: ActForm, code: str) -> bool:
    """Carry out what was sent; False when the form is not whole."""
    if request.POST.get("do") == "withdraw" and code:
        key = request.POST.get("key", "")[:64]
        if not key:
            return False
        actions.withdraw_matter(Act(by=request.actor, key=key, at=clock.now()), code=code)
        return True
    if not form.is_valid():
        return False
    values = dict(form.cleaned_data)
    act = Act(by=request.actor, key=values.pop("key"), at=clock.now())
    actions.keep_matter(act, code=code or f"viec-{uuid4().hex[:8]}", **values)
    return True


def _as_initial(rule: Rule) -> dict[str, Any]:
    words = ("name", "name_en", "group", "reach", "kind", "sector", "organ", "bring", "law",
             "clause", "read", "note", "source")  # fmt: skip
    told: dict[str, Any] = {word: getattr(rule, word) for word in words}
    return told | {"since": rule.period.since, "until": rule.period.until}
