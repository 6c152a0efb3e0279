"""The list of dockets, a new one, one of them, its papers and printed papers."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.authority.queries.competence import shown
from thongsuot.apps.authority.queries.fields import matter_names
from thongsuot.apps.authority.queries.matters import find_matters, matter_with
from thongsuot.apps.decisions import actions, handing, lists, papers, permit, queries
from thongsuot.apps.decisions.actions.dockets import OWNERS
from thongsuot.apps.decisions.models import Docket
from thongsuot.apps.decisions.models.choices import TONES, PaperKind, State, Track
from thongsuot.apps.decisions.views.doors import offered
from thongsuot.apps.decisions.views.frame import tabs
from thongsuot.apps.registry.asking import Asking, Box, ask, number_in, yes
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.successors import offered as successors
from thongsuot.foundation import clock
from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.decisions import docket as rules
from thongsuot.rules.decisions.access import Relation
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

# The way as the page draws it: a step is done once the docket stands behind it.
WAY = {
    Track.COUNCIL: (
        State.DRAFT, State.CONSULTING, State.READY, State.SUBMITTED, State.OPINED, State.SCHEDULED,
        State.RESOLVED, State.PUBLISHED, State.IMPLEMENTING, State.DONE,
    ),
    Track.COMMITTEE: (
        State.DRAFT, State.CONSULTING, State.READY, State.SUBMITTED, State.OPINED, State.RESOLVED,
        State.PUBLISHED, State.IMPLEMENTING, State.DONE,
    ),
}  # fmt: skip
NEXT_PAPERS = ("submit", "schedule", "pass", "decide")


def matter_of(text: str) -> str:
    """The code of the matter meant: a code as it is, else the likeliest for the words; or nothing."""
    known = matter_with(text) if text else None
    if known is not None:
        return known.code
    found = find_matters(text, 1)
    return found[0].matter.code if found else ""


@require_http_methods(["GET", "POST"])
@login_required
def move(request: HttpRequest, body: int) -> HttpResponse:
    """Everything of a body that is not over goes to its successor: the body is ending."""
    places = acts_in(body) if body < 2**63 else frozenset()
    permit.allow(actor_in(request), "docket.move", Relation(body, body, body, places=places))
    back = reverse("decisions:dockets")
    asking = Asking(
        heading=_("Bàn giao hồ sơ trình đang giải quyết"),
        lede=body_names([body]).get(body, ""),
        boxes=(
            Box("to_id", _("Nơi tiếp nhận"), "choice", choices=successors(body, clock.today())),
            Box("reason", _("Căn cứ, lý do"), "long", most=1_000),
        ),
        do=lambda act, sent: actions.move_open(
            act, from_id=body, to_id=number_in(sent.get("to_id")), reason=sent.get("reason", "")
        ),
        back=back,
        done=_("Đã bàn giao; hồ sơ đi tiếp từ bước đang có."),
        submit=_("Bàn giao"),
        crumbs=((_("Hồ sơ trình"), back),),
    )
    return ask(request, asking)


@require_GET
@login_required
def every(request: HttpRequest) -> HttpResponseBase:
    """The dockets that concern the post."""
    actor = actor_in(request)
    hat = actor.hat
    mine = hat.bodies | {hat.body} if hat else frozenset()
    rows = permit.visible(actor)
    listing = Listing(
        lists.dockets_table(actor), lists.docket_rows(actor), request,
        Place(source=Source("decisions.dockets", {})),
    )  # fmt: skip
    owner = permit.own_body(actor, OWNERS, clock.today())
    context = {
        **tabs("dockets"),
        "open": rows.exclude(state__in=sorted(rules.OVER)).count(),
        "for_me": queries.waiting_for(frozenset(mine)),
        "done": rows.filter(state=State.DONE).count(),
        "may_open": bool(owner) and permit.allowed(actor, "docket.open", Relation(owner=owner)),
    }
    return answer(listing, "decisions/dockets.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a docket."""
    actor = actor_in(request)
    owner = permit.own_body(actor, OWNERS, clock.today())
    if not owner:
        raise Refused.forbidden(Problem("decisions.no-owner", actor.name))
    permit.allow(actor, "docket.open", Relation(owner=owner))
    asking = Asking(
        heading=_("Lập hồ sơ trình"),
        lede=body_names([owner])[owner],
        boxes=(
            Box("title", _("Trích yếu"), most=300),
            Box("summary", _("Nội dung trình, phương án"), "long", most=20_000),
            Box("track", _("Cấp quyết định"), "choice", choices=Track.choices,
                help=_("Việc thuộc thẩm quyền HĐND phải qua kỳ họp; việc của UBND thì sau ý kiến Ban Thường vụ UBND quyết định.")),
            Box("basis", _("Căn cứ"), required=False, most=500),
            Box("matter", _("Việc cụ thể, theo sổ thẩm quyền"), required=False, most=120,
                help=_("Có việc cụ thể thì khi ký quyết định, thẩm quyền được kiểm tra và ghi lại.")),
            Box("urgent", _("Khẩn"), "tick"),
        ),
        do=lambda act, sent: actions.open_docket(
            act, title=sent.get("title", ""), summary=sent.get("summary", ""),
            track=sent.get("track", ""), basis=sent.get("basis", ""),
            matter=matter_of(sent.get("matter", "")),
            urgent=yes(sent.get("urgent", "")),
        ),
        back=reverse("decisions:dockets"),
        then=lambda done: reverse("decisions:docket", args=[done["docket"]]),
        done=_("Đã lập hồ sơ. Bước sau: thêm tài liệu, gửi lấy ý kiến."),
        submit=_("Lập hồ sơ"),
        crumbs=((_("Hồ sơ trình"), reverse("decisions:dockets")),),
    )  # fmt: skip
    return ask(request, asking)


@require_GET
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One docket: where it stands on its way, papers, opinions, votes, tasks, what can be done."""
    actor = actor_in(request)
    row = permit.docket_in_sight(actor, pk)
    value = queries.docket_value(row, clock.today())
    asked = list(row.consultations.select_related("opinion").order_by("-pk"))
    tasks = list(row.tasks.order_by("pk"))
    steps = list(row.steps.order_by("pk").select_related("entry", "session"))
    wanted = {row.owner_id, row.party_id, row.council_id, *(c.body_id for c in asked),
              *(t.lead_id for t in tasks), *(s.by_body_id for s in steps)}  # fmt: skip
    names = body_names(wanted)
    acts = [a for a in NEXT_PAPERS if rules.next_state(value, a) or a == "pass"]
    missing = [k for a in acts for k in rules.missing_papers(value, a)]
    context = {
        **tabs("dockets"),
        "row": row,
        "tone": TONES[State(row.state)],
        "way": _way(row),
        "owner": names[row.owner_id],
        "party": names.get(row.party_id or 0, ""),
        "council": names.get(row.council_id or 0, ""),
        "papers": list(row.papers.select_related("file").order_by("kind", "-pk")),
        "missing": [PaperKind(k).label for k in dict.fromkeys(missing)],
        "asked": [(c, names[c.body_id], getattr(c, "opinion", None)) for c in asked],
        "tasks": [(t, names[t.lead_id], handing.page_of(t.duty)) for t in tasks],
        "votes": list(row.votes.select_related("session").order_by("pk")),
        "history": [_event(s, names) for s in steps],
        "doors": offered(actor, row, value),
        "may_finish": row.state == State.IMPLEMENTING
        and permit.allowed(actor, "docket.implement", permit.relation(row)),
        "prints": _prints(row),
        "matter": matter_names([row.matter]).get(row.matter, row.matter),
        "grounds": shown(Ref("docket", row.pk)),
    }
    return render(request, "decisions/docket.html", context)


def _way(row: Docket) -> list[tuple[str, str]]:
    """The steps of the way and how each stands: done, now, to come."""
    way = WAY[Track(row.track)]
    if row.state not in way:
        return [(str(State(s).label), "") for s in way]
    at = way.index(State(row.state))
    return [
        (str(State(s).label), "done" if n < at or row.state == State.DONE else "now" if n == at else "")
        for n, s in enumerate(way)
    ]  # fmt: skip


def _event(step: Any, names: dict[int, str]) -> dict[str, object]:
    parts = [step.number, step.session.name if step.session else "", step.reason]
    parts.append(f"{step.entry.actor_name}, {names.get(step.by_body_id or 0, '')}".strip(", "))
    return {
        "on": step.on,
        "title": step.get_act_display(),
        "detail": " · ".join(p for p in parts if p),
    }


def _prints(row: Docket) -> list[tuple[str, str]]:
    """The papers of this docket that can be printed now."""
    found = [("to-trinh", _("Tờ trình"))]
    if row.decided_on:
        council = row.track == Track.COUNCIL
        found.append(("nghi-quyet", _("Nghị quyết") if council else _("Quyết định")))
    return found


@require_GET
@login_required
def printed(request: HttpRequest, pk: int, which: str, form: str) -> HttpResponse:
    """A paper of the docket, as DOCX or PDF."""
    row = permit.docket_in_sight(actor_in(request), pk)
    make = papers.DOCKET.get(which)
    if make is None or form not in papers.FORMS or which not in dict(_prints(row)):
        raise Http404
    content, kind = papers.FORMS[form](make(row, clock.now()))
    name = f"{which}-{row.code.lower()}.{form}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@require_GET
@login_required
def paper_file(request: HttpRequest, pk: int, paper: int) -> FileResponse:
    """The file of one paper."""
    row = permit.docket_in_sight(actor_in(request), pk)
    found = row.papers.filter(pk=paper, file__isnull=False).first() if paper < 2**63 else None
    if found is None or found.file is None:
        raise Refused.missing(Problem("decisions.missing"))
    return send(found.file)


BASE = "ho-so-trinh/"
urlpatterns = [
    path(BASE, every, name="dockets"),
    path(f"{BASE}lap/", new, name="new-docket"),
    path(f"{BASE}ban-giao/<int:body>/", move, name="move"),
    path(f"{BASE}<int:pk>/", one, name="docket"),
    path(f"{BASE}<int:pk>/tep/<int:paper>/", paper_file, name="paper-file"),
    path(f"{BASE}<int:pk>/in/<slug:which>/<slug:form>/", printed, name="docket-print"),
]
