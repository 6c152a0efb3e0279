"""Forms as data: the list, one with its versions, the editor."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.reporting import figures, permit
from thongsuot.apps.reporting.actions import forms as actions
from thongsuot.apps.reporting.models import Across, Check, FieldType, Form, FormVersion, OverTime
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.values import content_of, form_of
from thongsuot.apps.reporting.views.frame import day_in, frame, number_in, typed
from thongsuot.apps.reporting.views.series import may_write
from thongsuot.apps.reporting.words import PARTS
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.reporting.brief import Kind, written
from thongsuot.rules.reporting.forms import MOST_FIELDS

SPARE_FIELDS, SPARE_RULES, MOST_RULES = 4, 2, 60
TEXTS = ("key", "title", "unit", "work", "help", "weight", "figure", "part")


@require_GET
@login_required
def forms(request: HttpRequest) -> HttpResponse:
    """The forms of one's bodies, and those one is asked to fill in."""
    actor = actor_in(request)
    rows = list(permit.visible_forms(actor).order_by("retired_at", "title", "pk"))
    names = body_names(f.body_id for f in rows)
    context = {
        **frame(request, "forms"),
        "rows": [(f, names[f.body_id]) for f in rows],
        "may_write": may_write(request),
    }
    return render(request, "reporting/forms.html", context)


@require_GET
@login_required
def form(request: HttpRequest, form_id: int) -> HttpResponse:
    """One form: what it asks, the rules between its fields, its versions by date."""
    actor = actor_in(request)
    found = permit.form_in_sight(actor, form_id)
    versions = list(found.versions.select_related("form").order_by("-since", "-number"))
    wanted = number_in(request.GET.get("ban"))
    shown = next((v for v in versions if v.number == wanted), versions[0])
    asked = form_of(shown)
    titles = {one.key: one.title for one in asked.fields}
    context = {
        **frame(request, "forms"),
        "form": found,
        "gatherer": body_names([found.body_id])[found.body_id],
        "versions": versions,
        "shown": shown,
        "fields": [
            (
                one,
                FieldType(one.type.value).label,
                Across(one.across.value).label,
                OverTime(one.over_time.value).label,
            )
            for one in asked.fields
        ],
        "rules": [
            (Check(r.check.value).label, [titles[k] for k in r.fields], r.bound, r.blocks)
            for r in asked.rules
        ],
        "may_write": permit.allowed(actor, "form.write", found),
    }
    return render(request, "reporting/form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, form_id: int = 0) -> HttpResponse:
    """Write a form or its next version: one row a field, one row a rule, empty rows at the end."""
    actor = actor_in(request)
    found: Form | None = None
    if form_id:
        found = permit.form_in_sight(actor, form_id)
        permit.allow(actor, "form.write", found)
    elif not may_write(request):
        post = actor.hat.post if actor.hat else ""
        raise Refused.forbidden(Problem("reporting.not-allowed", "", {"post": post}))
    problems: tuple[Problem, ...] = ()
    content, head = _now(found)
    if request.method == "POST":
        if answered(request) is not None:
            return redirect("reporting:forms")
        sent = typed(request)
        head = {name: sent.get(name, "")[:500] for name in ("title", "since", "reason")}
        try:
            content = _content(sent)
            if sent.get("lam") != "them":
                done = actions.write_form(
                    act_of(request),
                    title=head["title"],
                    since=day_in(head["since"]),
                    content=content,
                    form_id=found.pk if found else None,
                    reason=head["reason"],
                )
                messages.success(
                    request, _("Đã ghi mẫu. Kỳ mở trước ngày áp dụng vẫn theo mẫu cũ.")
                )
                return redirect("reporting:form", form_id=int(str(done["form"])))
        except Refused as refused:
            if refused.status in (400, 403, 404):
                raise
            problems = refused.problems
    context = {
        **frame(request, "forms"),
        "form": found,
        "head": head,
        "fields": [*content["fields"], *[{} for _n in range(SPARE_FIELDS)]],
        "rules": [*content["rules"], *[{} for _n in range(SPARE_RULES)]],
        "types": FieldType.choices,
        "across": Across.choices,
        "over_time": OverTime.choices,
        "checks": Check.choices,
        "parts": [(key, PARTS[key]) for key in dict.fromkeys(k for kind in Kind for k in written(kind))],
        "sources": [(s.key, s.title) for s in figures.sources()],
        "problems": problems,
    }  # fmt: skip
    return render(request, "reporting/edit.html", context, status=422 if problems else 200)


def _now(found: Form | None) -> tuple[dict[str, Any], dict[str, str]]:
    """What the editor begins with: the newest version, or an empty form."""
    today = clock.today().isoformat()
    if found is None:
        return {"fields": [], "rules": []}, {"title": "", "since": today, "reason": ""}
    newest: FormVersion = found.versions.select_related("form").order_by("-since", "-number")[0]
    plain = content_of(form_of(newest))
    return plain, {"title": newest.title, "since": today, "reason": ""}


def _whole(sent: Mapping[str, str], name: str) -> int | None:
    text = sent.get(name, "").strip().replace(".", "")
    if not text:
        return None
    bare = text.removeprefix("-")
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 18):
        raise Refused.because(
            "reporting.form-field-unfit", name.rpartition("-")[2], value=text[:20]
        )
    return int(text)


def _choice(sent: Mapping[str, str], name: str, known: list[str]) -> str:
    given = sent.get(name, "")
    if given and given not in known:
        raise Refused.because(
            "reporting.form-field-unfit", name.rpartition("-")[2], value=given[:20]
        )
    return given or known[0]


def _content(sent: Mapping[str, str]) -> dict[str, Any]:
    """The fields and rules of the editor; rows without a key and a title are empty rows."""
    fields = []
    for n in range(MOST_FIELDS + 10):
        row = f"f-{n}-"
        if not (sent.get(row + "key", "").strip() or sent.get(row + "title", "").strip()):
            continue
        fields.append(
            {
                **{name: " ".join(sent.get(row + name, "").split())[:300] for name in TEXTS},
                "type": _choice(sent, row + "type", FieldType.values),
                "across": _choice(sent, row + "across", Across.values),
                "over_time": _choice(sent, row + "over_time", OverTime.values),
                "required": bool(sent.get(row + "required")),
                "places": _whole(sent, row + "places") or 0,
                "least": _whole(sent, row + "least"),
                "most": _whole(sent, row + "most"),
            }
        )
    rules = []
    for n in range(MOST_RULES):
        keys = sent.get(f"r-{n}-fields", "").replace(",", " ").split()
        if keys:
            rules.append(
                {
                    "check": _choice(sent, f"r-{n}-check", Check.values),
                    "fields": keys[:40],
                    "bound": _whole(sent, f"r-{n}-bound") or 0,
                    "blocks": bool(sent.get(f"r-{n}-blocks")),
                }
            )
    return {"fields": fields, "rules": rules}
