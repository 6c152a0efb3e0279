"""Registers: regulations and duty assignments, their versions, and who has which matter."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.authority.queries.competence import shown
from thongsuot.apps.authority.queries.fields import field_choices, field_names, matter_names
from thongsuot.apps.decisions import actions, fields, lists, papers, permit, queries
from thongsuot.apps.decisions.actions.registers import KEEPERS
from thongsuot.apps.decisions.models.choices import VERSION_TONES, Sort, VersionState
from thongsuot.apps.decisions.queries.registers import assignment_of
from thongsuot.apps.decisions.views.frame import near, tabs
from thongsuot.apps.registry.asking import Asking, Box, ask, day_in, number_in, yes
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import Appointment, BodyKind, Coverage
from thongsuot.apps.registry.naming import body_names
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.decisions import parameters, registers
from thongsuot.rules.decisions.access import Relation
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

MOST_LINES = 200


@require_GET
@login_required
def every(request: HttpRequest) -> HttpResponseBase:
    """The regulations and assignments in sight."""
    actor = actor_in(request)
    listing = Listing(
        lists.VERSIONS, lists.version_rows(actor), request,
        Place(source=Source("decisions.versions", {})),
    )  # fmt: skip
    body = permit.own_body(actor, KEEPERS, clock.today())
    may = bool(body) and permit.allowed(actor, "register.write", Relation(owner=body))
    return answer(listing, "decisions/versions.html", {**tabs("versions"), "may_write": may})


def lines_in(text: str, body: int) -> list[dict[str, Any]]:
    """The lines of an assignment as typed: person | field | matter | deputy, one a line.

    A person who holds a post in the unit that day is tied to it, so that leaving it is noticed.
    Raises Refused naming the line that has another form.
    """
    today = clock.today()
    units = acts_in(body)
    covering = Coverage.objects.on(today).filter(unit__in=units).values("body")
    held = Appointment.objects.on(today).filter(post__body__in=covering)
    by_name = {
        fold(name): pk for name, pk in held.order_by("-pk").values_list("person__full_name", "pk")
    }
    known = {fold(name): code for code, name in field_choices()}
    found = []
    for number, raw in enumerate(text.splitlines()[:MOST_LINES], 1):
        if not raw.strip():
            continue
        parts = [tidy(p) for p in raw.split("|")]
        field = known.get(fold(parts[1])) if len(parts) > 1 else None
        if not parts[0] or field is None or len(parts) > 4:
            raise Refused.because(
                "decisions.row-unfit", "", line=number, form=_("người | lĩnh vực | việc | thay")
            )
        deputy = len(parts) > 3 and bool(parts[3])
        found.append(
            {"person": parts[0], "field": field, "matter": parts[2] if len(parts) > 2 else "",
             "role": registers.DEPUTY if deputy else registers.LEAD,
             "appointment": by_name.get(fold(parts[0]), 0)}
        )  # fmt: skip
    return found


@require_http_methods(["GET", "POST"])
@login_required
def write(request: HttpRequest) -> HttpResponse:
    """Write a draft of a regulation or an assignment."""
    actor = actor_in(request)
    body = permit.own_body(actor, KEEPERS, clock.today())
    permit.allow(actor, "register.write", Relation(owner=body))
    example = _(
        "Mỗi dòng: người | lĩnh vực | việc (nếu riêng) | thay (nếu là người thay). Lĩnh vực: "
    )
    asking = Asking(
        heading=_("Soạn quy chế, phân công"),
        lede=body_names([body]).get(body, ""),
        boxes=(
            Box("sort", _("Loại"), "choice", choices=Sort.choices),
            Box("title", _("Trích yếu"), most=300),
            Box("since", _("Dự kiến áp dụng từ"), "day", value=clock.today().isoformat()),
            Box("other_id", _("Cơ quan phối hợp"), "choice", required=False,
                choices=near(body, above=0), help=_("Bắt buộc với quy chế phối hợp.")),
            Box("text", _("Nội dung"), "long", required=False, most=60_000),
            Box("lines", _("Phân công"), "long", required=False, most=20_000,
                help=example + "; ".join(name for _code, name in field_choices())),
        ),
        do=lambda act, sent: actions.write_version(
            act, sort=sent.get("sort", ""), title=sent.get("title", ""),
            since=day_in(sent.get("since", ""), _("Dự kiến áp dụng từ")), text=sent.get("text", ""),
            other_id=number_in(sent.get("other_id")) or None,
            lines=lines_in(sent.get("lines", ""), body),
        ),
        back=reverse("decisions:versions"),
        then=lambda done: reverse("decisions:version", args=[done["version"]]),
        done=_("Đã lưu dự thảo."),
        submit=_("Lưu dự thảo"),
        crumbs=((_("Quy chế, phân công"), reverse("decisions:versions")),),
    )  # fmt: skip
    return ask(request, asking)


@require_GET
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its words, its lines, what it leaves to nobody."""
    actor = actor_in(request)
    row = permit.version_in_sight(actor, pk)
    names = body_names([row.body_id, row.other_id])
    lines = list(row.lines.order_by("pk"))
    called, matters = field_names(), matter_names(x.matter for x in lines)
    assigning = row.sort == Sort.ASSIGNMENT
    covered = queries.coverage_of(row, row.body_id, clock.today()) if assigning else ()
    context = {
        **tabs("versions"),
        "row": row,
        "tone": VERSION_TONES[VersionState(row.state)],
        "body": names[row.body_id],
        "other": names.get(row.other_id or 0, ""),
        "lines": [
            (x, called.get(x.field, x.field), matters.get(x.matter, x.matter)) for x in lines
        ],
        "assigning": assigning,
        "grounds": shown(Ref("version", row.pk)),
        "problems": registers.coverage_problems(covered)[:30],
        "earlier": permit.visible_versions(actor)
        .filter(sort=row.sort, body=row.body_id, other=row.other_id)
        .exclude(pk=row.pk)
        .order_by("-since")[:20],
        "may_issue": row.state == VersionState.DRAFT
        and permit.allowed(actor, "register.issue", Relation(owner=row.body_id)),
    }
    return render(request, "decisions/version.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign and issue a draft, after proving who it is; gaps are shown before signing."""
    row = permit.version_in_sight(actor_in(request), pk)
    permit.allow(actor_in(request), "register.issue", Relation(owner=row.body_id))
    back = reverse("decisions:version", args=[pk])
    covered = (
        queries.coverage_of(row, row.body_id, clock.today()) if row.sort == Sort.ASSIGNMENT else ()
    )
    asking = Asking(
        heading=_("Ký ban hành"),
        lede=row.title,
        boxes=(
            Box("number", _("Số, ký hiệu"), most=100),
            Box("since", _("Áp dụng từ"), "day", value=row.since.isoformat()),
        ),
        do=lambda act, sent: actions.issue_version(
            act, version_id=pk, number=sent.get("number", ""),
            since=day_in(sent.get("since", ""), _("Áp dụng từ")), fresh=True,
        ),
        back=back,
        done=_("Đã ban hành; bản trước hết áp dụng từ ngày ấy."),
        fresh=True,
        notes=registers.coverage_problems(covered)[:30],
        crumbs=((_("Quy chế, phân công"), reverse("decisions:versions")), (row.title, back)),
    )  # fmt: skip
    return ask(request, asking)


@require_GET
@login_required
def printed(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The version as a paper to sign, DOCX or PDF."""
    row = permit.version_in_sight(actor_in(request), pk)
    if form not in papers.FORMS:
        raise Http404
    content, kind = papers.FORMS[form](papers.version_paper(row, clock.now()))
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": content_disposition_header(True, f"van-ban-{pk}.{form}")},
    )


@require_GET
@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    """Who in one's own unit has which matter today: gaps first."""
    actor = actor_in(request)
    today = clock.today()
    body = permit.own_body(actor, KEEPERS, today)
    if body:
        committee = permit.beside(body, BodyKind.PEOPLES_COMMITTEE, today)
        body = committee or body
    version = assignment_of(body, today) if body else None
    found = queries.coverage_of(version, body, today) if body else ()
    called = field_names()
    context = {
        **tabs("coverage"),
        "body": body_names([body]).get(body, "") if body else "",
        "version": version,
        "rows": [(c, called.get(c.matter.field, c.matter.field)) for c in found],
        "gaps": sum(1 for c in found if c.gap),
        "clashes": sum(1 for c in found if c.clash),
        "held": sum(1 for c in found if len(c.leads) == 1),
    }
    return render(request, "decisions/coverage.html", context)


@require_GET
@login_required
def numbers(request: HttpRequest) -> HttpResponse:
    """The numbers of the law in force today, and which nobody has confirmed."""
    actor = actor_in(request)
    hat = actor.hat
    today = clock.today()
    given = queries.parameters()
    context = {
        **tabs("sessions"),
        "rows": [
            (fields.parameter_name(k), k, parameters.in_force(k, today, given))
            for k in parameters.KEYS
        ],
        "may_set": hat is not None
        and permit.allowed(actor, "parameter.set", Relation(places=hat.area)),
    }
    return render(request, "decisions/numbers.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def set_number(request: HttpRequest, key: str) -> HttpResponse:
    """Set a number of the law from a day on."""
    actor = actor_in(request)
    if key not in parameters.KEYS:
        raise Http404
    hat = actor.hat
    permit.allow(actor, "parameter.set", Relation(places=hat.area if hat else frozenset()))
    back = reverse("decisions:numbers")
    now = parameters.in_force(key, clock.today(), queries.parameters())
    asking = Asking(
        heading=fields.parameter_name(key),
        lede=_("Tỷ lệ ghi bằng phần vạn: 6667 là 66,67 %."),
        boxes=(
            Box("value", _("Giá trị"), "number", value=str(now.value), most=5),
            Box("since", _("Áp dụng từ"), "day", value=clock.today().isoformat()),
            Box("source", _("Đọc ở văn bản, điều, khoản nào"), most=300),
            Box("confirmed", _("Đã đối chiếu với văn bản"), "tick"),
        ),
        do=lambda act, sent: actions.set_parameter(
            act, key=key, value=number_in(sent.get("value", "")[:5]),
            since=day_in(sent.get("since", ""), _("Áp dụng từ")), source=sent.get("source", ""),
            confirmed=yes(sent.get("confirmed", "")),
        ),
        back=back,
        done=_("Đã ghi."),
        submit=_("Ghi"),
        crumbs=((_("Mốc và tỷ lệ theo luật"), back),),
    )  # fmt: skip
    return ask(request, asking)


BASE = "quy-che/"
urlpatterns = [
    path(BASE, every, name="versions"),
    path(f"{BASE}soan/", write, name="write-version"),
    path(f"{BASE}<int:pk>/", one, name="version"),
    path(f"{BASE}<int:pk>/ban-hanh/", issue, name="issue-version"),
    path(f"{BASE}<int:pk>/in/<slug:form>/", printed, name="version-print"),
    path("phan-cong/", coverage, name="coverage"),
    path("ky-hop/moc-theo-luat/", numbers, name="numbers"),
    path("ky-hop/moc-theo-luat/<slug:key>/", set_number, name="set-number"),
]
