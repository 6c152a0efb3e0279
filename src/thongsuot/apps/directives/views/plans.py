"""Programmes, schemes, campaigns, congresses: the list, one roadmap, its versions."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.directives import actions, lists, naming, permit, queries
from thongsuot.apps.directives.models import Plan, PlanKind
from thongsuot.apps.directives.naming import names_of
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
from thongsuot.foundation.wording import day as said_day
from thongsuot.rules.directives.access import Sides, may
from thongsuot.rules.directives.templates import TEMPLATES
from thongsuot.rules.kernel.problem import Problem

both = require_http_methods(["GET", "POST"])


@require_GET
@login_required
def plans(request: HttpRequest) -> HttpResponseBase:
    """Every plan in sight, with how many of its milestones are done and late."""
    actor = actor_in(request)
    rows = lists.named_plans(permit.visible_plans(actor).distinct(), clock.today())
    listing = Listing(lists.PLANS, rows, request, Place(), today=clock.today())
    context = {**tabs(request, "plans"), "adding": bool(permit.own_bodies(actor, "plan.write"))}
    return answer(listing, "directives/plans.html", context)


def _page(
    request: HttpRequest, plan_id: int, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    actor, today = actor_in(request), clock.today()
    found = permit.plan_in_sight(actor, plan_id)
    version = number_in(request.GET.get("lan")) or found.version
    marks = queries.milestones_of(found, today, version)
    linked = list(
        permit.visible_plans(actor).filter(above=found).distinct().order_by("folded", "pk")[:300]
    )
    progress = queries.progress_of([found, *linked], today)
    names = names_of([found.owner_id, *(p.owner_id for p in linked)])
    own = found.closed_on is None and version == found.version
    context = {
        **tabs(request, "plans"),
        "plan": found,
        "owner": names[found.owner_id],
        "marks": [
            (m, own and may(actor, "plan.step", Sides(assigner=found.owner_id, lead=m.step.body_id or 0)))
            for m in marks
        ],
        "progress": progress.get(found.pk, (0, 0, 0)),
        "linked": [(p, names[p.owner_id], progress.get(p.pk, (0, 0, 0))) for p in linked],
        "versions": list(found.versions.order_by("-number")),
        "version": version,
        "writing": own and may(actor, "plan.write", Sides(assigner=found.owner_id)),
        "drafting": bool(permit.own_bodies(actor, "duty.draft")),
        "problems": problems,
    }  # fmt: skip
    return render(request, "directives/plan.html", context, status=status)


@require_GET
@login_required
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan: its milestones, what is late and what that pushes, the plans linked below it."""
    return _page(request, plan_id)


@require_POST
@login_required
def step_done(request: HttpRequest, plan_id: int, milestone_id: int) -> HttpResponse:
    """Say that a milestone is done."""
    act = act_of(request)
    try:
        actions.finish_step(
            act, plan_id=plan_id, milestone_id=milestone_id, note=request.POST.get("note", "")
        )
    except Refused as refused:
        if refused.status in (400, 403, 404):
            raise
        return _page(request, plan_id, refused.problems, refused.status)
    messages.success(request, _("Đã ghi mốc xong."))
    return redirect("directives:plan", plan_id=plan_id)


@require_POST
@login_required
def step_undone(request: HttpRequest, plan_id: int, milestone_id: int) -> HttpResponse:
    """Take back that a milestone is done, with the reason."""
    act, reason = act_of(request), request.POST.get("reason", "")
    try:
        actions.reopen_step(act, plan_id=plan_id, milestone_id=milestone_id, reason=reason)
    except Refused as refused:
        if refused.status in (400, 403, 404):
            raise
        return _page(request, plan_id, refused.problems, refused.status)
    messages.success(request, _("Mốc lại chưa xong."))
    return redirect("directives:plan", plan_id=plan_id)


def _steps(text: str, today: date) -> list[dict[str, Any]]:
    """Milestones typed one a line: 30/06/2025 | việc | cơ quan | chờ mốc số."""
    steps: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines_in(text, 300), 1):
        cells = [c.strip() for c in line.split("|")] + ["", "", ""]
        try:
            due = _typed_day(cells[0])
            body = naming.body_called(cells[2], today)
        except Refused as refused:
            problems.extend(refused.problems)
            continue
        steps.append(
            {"title": cells[1], "due_on": due, "body": body, "waits_for": number_in(cells[3])}
        )
        if number_in(cells[3]) == number:
            problems.append(Problem("directives.steps-in-ring"))
    if problems:
        raise Refused(problems)
    return steps


def _typed_day(text: str) -> date:
    parts = text.replace("-", "/").replace(".", "/").split("/")
    try:
        day, month, year = (int(p) for p in parts)
        return date(year, month, day)
    except ValueError as error:
        raise Refused.because("directives.day-unknown", text[:40], value=text[:40]) from error


STEPS_HELP = "30/06/2025 | Ban hành kế hoạch | UBND phường Hà Đông | 1"


@both
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Make a plan from a template counted back from its day, or from milestones typed."""
    bodies, actor, today = refuse_unless(request, "plan.write"), actor_in(request), clock.today()
    body = own_body(request, bodies)
    above = permit.visible_plans(actor).distinct().order_by("folded", "pk")[:200]
    at = request.POST.get

    def boxes() -> tuple[Box, ...]:
        return (
            Box("title", _("Tên"), value=at("title", ""), required=True, most=300, wide=True),
            Box("kind", _("Loại"), "choice", at("kind", ""), options(PlanKind.choices), required=True),
            Box("template", _("Lập từ mẫu"), "choice", at("template", ""), options((t.code, t.name) for t in TEMPLATES),
                help=_("Mẫu do phần mềm đề xuất, không phải quy định; sửa được sau.")),
            Box("day", _("Ngày đích"), "date", at("day", ""), help=_("Các mốc của mẫu lùi từ ngày này theo ngày làm việc.")),
            Box("above", _("Nằm trong kế hoạch cấp trên"), "choice", at("above", ""), options((p.pk, p.title) for p in above)),
            Box("year", _("Năm"), "number", at("year", str(today.year)), most=4),
            Box("theme", _("Chủ đề công tác năm"), value=at("theme", ""), most=300),
            Box("steps", _("Hoặc ghi các mốc"), "long", at("steps", ""), wide=True, most=60_000, rows=6,
                help=_("Mỗi dòng: ngày | việc | cơ quan | chờ mốc số. Ví dụ: %(line)s") % {"line": STEPS_HELP}),
        )  # fmt: skip

    def send(act: Act) -> str:
        values = {n: at(n, "") for n in ("title", "kind", "template", "theme")}
        done = actions.make_plan(
            act,
            owner_id=body,
            plan={
                **values,
                "day": day_in(at("day")),
                "above": number_in(at("above")),
                "year": min(number_in(at("year")), 9999),
            },
            steps=_steps(at("steps", ""), today),
        )
        return reverse("directives:plan", args=[done["plan"]])

    form = Form(
        _("Lập kế hoạch"), boxes, send, reverse("directives:plans"), "plans", _("Lập kế hoạch")
    )
    return answer_form(request, form)


def _as_typed(found: Plan) -> str:
    """The roadmap in use as it would be typed."""
    marks = queries.milestones_of(found, clock.today())
    order = {m.step.pk: n for n, m in enumerate(marks, 1)}
    return "\n".join(
        f"{said_day(m.step.due_on)} | {m.step.title} | {m.body} | {order.get(m.step.waits_for_id or 0, '')}"
        for m in marks
    )


@both
@login_required
def rewrite(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Write the roadmap again, with the reason; the old version stays to be read."""
    actor = actor_in(request)
    found = permit.plan_in_sight(actor, plan_id)
    permit.allow(actor, "plan.write", Sides(assigner=found.owner_id))
    at = request.POST.get

    def boxes() -> tuple[Box, ...]:
        return (
            Box("reason", _("Vì sao điều chỉnh"), value=at("reason", ""), required=True, wide=True),
            Box("day", _("Ngày đích"), "date", at("day", found.day.isoformat() if found.day else "")),
            Box("steps", _("Các mốc"), "long", at("steps", _as_typed(found)), required=True, wide=True, most=60_000, rows=14,
                help=_("Mỗi dòng: ngày | việc | cơ quan | chờ mốc số. Ví dụ: %(line)s") % {"line": STEPS_HELP}),
        )  # fmt: skip

    def send(act: Act) -> str:
        actions.rewrite_roadmap(
            act, plan_id=plan_id, reason=at("reason", ""),
            steps=_steps(at("steps", ""), clock.today()), day=day_in(at("day")),
        )  # fmt: skip
        messages.success(request, _("Đã ghi lộ trình mới; bản trước vẫn xem được."))
        return reverse("directives:plan", args=[plan_id])

    form = Form(
        _("Điều chỉnh lộ trình"), boxes, send, reverse("directives:plan", args=[plan_id]), "plans",
        _("Ghi lộ trình mới"),
    )  # fmt: skip
    return answer_form(request, form)


@both
@login_required
def spread(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give many bodies a plan of their own below this one, from one template."""
    actor, today = actor_in(request), clock.today()
    found = permit.plan_in_sight(actor, plan_id)
    permit.allow(actor, "plan.write", Sides(assigner=found.owner_id))
    at = request.POST.get
    reach = naming.offered_bodies([found.owner_id], today)

    def boxes() -> tuple[Box, ...]:
        return (
            Box("title", _("Tên chung"), value=at("title", found.title[:180]), required=True, most=200, wide=True),
            Box("template", _("Lập từ mẫu"), "choice", at("template", found.template), options((t.code, t.name) for t in TEMPLATES), required=True),
            Box("owners", _("Cơ quan và ngày đích"), "long", at("owners", ""), required=True, wide=True, most=60_000, rows=8, offer=reach,
                help=_("Mỗi dòng: tên cơ quan | ngày. Ví dụ: %(line)s") % {"line": "Đảng ủy phường Hà Đông | 15/08/2025"}),
        )  # fmt: skip

    def send(act: Act) -> str:
        owners: list[dict[str, Any]] = []
        problems: list[Problem] = []
        for line in lines_in(at("owners", ""), 400):
            name, _bar, day = line.partition("|")
            try:
                owners.append(
                    {"body": naming.body_called(name, today), "day": _typed_day(day.strip())}
                )
            except Refused as refused:
                problems.extend(refused.problems)
        if problems:
            raise Refused(problems)
        actions.spread_plan(
            act, plan_id=plan_id, title=at("title", ""), template=at("template", ""), owners=owners
        )
        return reverse("directives:plan", args=[plan_id])

    form = Form(
        _("Lập kế hoạch cho nhiều nơi"), boxes, send, reverse("directives:plan", args=[plan_id]),
        "plans", _("Lập cho các nơi"), _("Mỗi nơi một kế hoạch riêng, mốc lùi từ ngày đích của nơi đó, nằm trong kế hoạch này."),
    )  # fmt: skip
    return answer_form(request, form)
