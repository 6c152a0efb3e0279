"""Sessions of the council: planned, convened, opened, closed; the days counted back from each."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.decisions import actions, lists, papers, permit, queries
from thongsuot.apps.decisions.actions.sessions import COUNCILS
from thongsuot.apps.decisions.models import Session
from thongsuot.apps.decisions.models.choices import (
    SESSION_TONES,
    TONES,
    Milestone,
    PaperKind,
    SessionKind,
    SessionState,
    State,
)
from thongsuot.apps.decisions.views.frame import tabs
from thongsuot.apps.registry.asking import Asking, Box, ask, day_in, number_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.decisions import session as rules
from thongsuot.rules.decisions.access import Relation
from thongsuot.rules.decisions.docket import Docket, missing_papers

DOORS = {"trieu-tap": "convene", "khai-mac": "open", "be-mac": "close", "huy": "cancel"}


@require_GET
@login_required
def every(request: HttpRequest) -> HttpResponseBase:
    """The sessions of the councils in sight."""
    actor = actor_in(request)
    listing = Listing(
        lists.SESSIONS, lists.session_rows(actor), request,
        Place(source=Source("decisions.sessions", {})),
    )  # fmt: skip
    council = permit.own_body(actor, COUNCILS, clock.today())
    may = bool(council) and permit.allowed(actor, "session.plan", Relation(council=council))
    return answer(listing, "decisions/sessions.html", {**tabs("sessions"), "may_plan": may})


def _clock_in(text: str) -> str:
    try:
        return time.fromisoformat(text).strftime("%H:%M")
    except ValueError as error:
        raise Refused.because("registry.day-unfit", _("Giờ"), value=text[:20]) from error


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    actor = actor_in(request)
    council = permit.own_body(actor, COUNCILS, clock.today())
    permit.allow(actor, "session.plan", Relation(council=council))
    asking = Asking(
        heading=_("Lập kỳ họp"),
        lede=body_names([council]).get(council, ""),
        boxes=(
            Box("name", _("Tên kỳ họp"), most=200),
            Box("kind", _("Loại"), "choice", choices=SessionKind.choices),
            Box("on", _("Ngày họp"), "day"),
            Box("starts_at", _("Giờ khai mạc"), value="08:00", most=8),
            Box("place", _("Nơi họp"), most=300),
            Box("members", _("Tổng số đại biểu đương nhiệm"), "number", most=4),
        ),
        do=lambda act, sent: actions.plan_session(
            act, name=sent.get("name", ""), kind=sent.get("kind", ""),
            on=day_in(sent.get("on", ""), _("Ngày họp")),
            starts_at=_clock_in(sent.get("starts_at", "")), place=sent.get("place", ""),
            members=number_in(sent.get("members", "")[:4]),
        ),
        back=reverse("decisions:sessions"),
        then=lambda done: reverse("decisions:session", args=[done["session"]]),
        done=_("Đã lập kỳ họp; các mốc đã tính ngược từ ngày họp."),
        submit=_("Lập kỳ họp"),
        crumbs=((_("Kỳ họp HĐND"), reverse("decisions:sessions")),),
    )  # fmt: skip
    return ask(request, asking)


@require_GET
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: the days counted back, the agenda with missing papers, votes, what can be done."""
    actor = actor_in(request)
    row = permit.session_in_sight(actor, pk)
    dockets = list(row.dockets.prefetch_related("papers").order_by("pk"))
    dockets += [v.docket for v in row.votes.select_related("docket") if v.docket not in dockets]
    votes = {v.docket_id: v for v in row.votes.all()}
    today = clock.today()
    marks = rules.milestones(row.on, row.kind, calendar_around(row.on.year), queries.parameters())
    to = Relation(council=row.council_id)
    context = {
        **tabs("sessions"),
        "row": row,
        "tone": SESSION_TONES[SessionState(row.state)],
        "council": body_names([row.council_id])[row.council_id],
        "marks": [
            (Milestone(m.step).label, m.day, abs(m.working_days), m.confirmed, _standing(row, m.step, m.day, today))
            for m in marks
        ],
        "agenda": [
            (d, TONES[State(d.state)], _missing(d), votes.get(d.pk)) for d in dockets
        ],
        "doors": [
            (slug, label, slug == "huy")
            for slug, label in _doors()
            if (row.state, DOORS[slug]) in rules.TABLE
            and permit.allowed(actor, f"session.{DOORS[slug]}", to)
        ],
    }  # fmt: skip
    return render(request, "decisions/session.html", context)


def _doors() -> list[tuple[str, str]]:
    return [
        ("trieu-tap", _("Triệu tập")), ("khai-mac", _("Khai mạc")), ("be-mac", _("Bế mạc")),
        ("huy", _("Hủy kỳ họp")),
    ]  # fmt: skip


def _standing(row: Session, step: str, day: Any, today: Any) -> str:
    """How a milestone stands: done, late, or to come."""
    if step == rules.CONVENE and row.convened_on:
        return "even" if row.convened_on <= day else "lost"
    if step == rules.SESSION and row.state == SessionState.CLOSED:
        return "even"
    return "lost" if day < today and row.state in ("planned", "convened") else "plain"


def _missing(docket: Any) -> list[str]:
    """The papers that a matter on the agenda still lacks to be voted on."""
    there = frozenset(p.kind for p in docket.papers.all())
    value = Docket(docket.code, docket.track, docket.state, papers=there)
    return [str(PaperKind(kind).label) for kind in missing_papers(value, "pass")]


def _boxes(door: str, row: Session) -> tuple[Box, ...]:
    if door == "trieu-tap":
        return (
            Box("number", _("Số giấy triệu tập"), most=100),
            Box("reason", _("Lý do triệu tập muộn"), "long", required=False, most=2_000),
        )
    if door == "khai-mac":
        return (
            Box("present", _("Số đại biểu có mặt"), "number", most=4,
                help=_("Tổng số đại biểu: %(n)s") % {"n": row.members}),
            Box("absent", _("Vắng mặt, lý do"), "long", required=False, most=2_000),
        )  # fmt: skip
    if door == "huy":
        return (Box("reason", _("Lý do"), "long", most=2_000),)
    return ()


def _send(door: str, act: Act, row: Session, sent: Mapping[str, str]) -> Mapping[str, Any]:
    if door == "trieu-tap":
        return actions.convene_session(
            act, session_id=row.pk, number=sent.get("number", ""), reason=sent.get("reason", "")
        )
    if door == "khai-mac":
        return actions.open_session(
            act, session_id=row.pk, present=number_in(sent.get("present", "")[:4]),
            absent=sent.get("absent", ""),
        )  # fmt: skip
    if door == "be-mac":
        return actions.close_session(act, session_id=row.pk)
    return actions.cancel_session(act, session_id=row.pk, reason=sent.get("reason", ""))


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, door: str) -> HttpResponse:
    """One thing done to one session."""
    if door not in DOORS:
        raise Http404
    row = permit.session_in_sight(actor_in(request), pk)
    permit.allow(actor_in(request), f"session.{DOORS[door]}", Relation(council=row.council_id))
    back = reverse("decisions:session", args=[pk])
    label = dict(_doors())[door]
    asking = Asking(
        heading=label,
        lede=row.name,
        boxes=_boxes(door, row),
        do=lambda act, sent: _send(door, act, row, sent),
        back=back,
        done=_("Đã ghi."),
        danger=door == "huy",
        crumbs=((_("Kỳ họp HĐND"), reverse("decisions:sessions")), (row.name, back)),
    )
    return ask(request, asking)


@require_GET
@login_required
def invitation(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The invitation to the session with its agenda."""
    row = permit.session_in_sight(actor_in(request), pk)
    if form not in papers.FORMS:
        raise Http404
    content, kind = papers.FORMS[form](papers.invitation(row, clock.now()))
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": content_disposition_header(True, f"giay-moi-{pk}.{form}")},
    )


BASE = "ky-hop/"
urlpatterns = [
    path(BASE, every, name="sessions"),
    path(f"{BASE}lap/", plan, name="plan-session"),
    path(f"{BASE}<int:pk>/", one, name="session"),
    path(f"{BASE}<int:pk>/giay-moi/<slug:form>/", invitation, name="invitation"),
    path(f"{BASE}<int:pk>/<slug:door>/", act, name="session-act"),
]
