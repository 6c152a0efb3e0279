"""Pages of procedures: the catalogue, the grid, coverage, the shops, the desk log."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.authority.queries.fields import field_choices, field_names
from thongsuot.apps.procedures import imports, lists, permit, queries
from thongsuot.apps.procedures.models import TONES, DossierState, Procedure
from thongsuot.apps.procedures.views_acts import urlpatterns as acts
from thongsuot.apps.registry.asking import number_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.foundation import clock
from thongsuot.foundation.files.kinds import XLSX
from thongsuot.foundation.imports import views as importer
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.procedures import counting
from thongsuot.rules.procedures.access import Relation
from thongsuot.rules.procedures.columns import CATALOGUE, LOG

NATIONAL = "https://dichvucong.gov.vn"
WIDE = 10  # shops beside each other on the grid


def tabs(request: HttpRequest, current: str) -> dict[str, Any]:
    """The pages side by side of the room; the desk log is for those who are signed in."""
    pages = [
        ("catalogue", _("Danh mục thủ tục")),
        ("shops", _("Bộ phận một cửa")),
        ("coverage", _("Độ phủ n/N")),
        ("grid", _("Thủ tục × nơi nhận")),
    ]
    if actor_in(request).hat is not None:
        pages += [("dossiers", _("Sổ hồ sơ")), ("figures", _("Đúng hạn, trễ hạn"))]
    return {
        "tabs": [(label, reverse(f"procedures:{name}"), None) for name, label in pages],
        "tab": reverse(f"procedures:{current}"),
        "today": clock.today(),
        "national": NATIONAL,
    }


@require_GET
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """The catalogue: public."""
    actor = actor_in(request)
    listing = Listing(lists.PROCEDURES, lists.catalogue_rows(), request, Place())
    may = permit.allowed(actor, "catalogue", permit.over_area(actor))
    return answer(
        listing, "procedures/catalogue.html", {**tabs(request, "catalogue"), "may_write": may}
    )


@require_GET
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: days, fee, papers, workflow, who receives it, its earlier versions. Public."""
    row = Procedure.objects.filter(code=code[:60], live=True).select_related("announced").first()
    if row is None:
        raise Refused.missing(Problem("procedures.procedure-missing", code[:60]))
    shops = list(queries.shops_on(clock.today()).filter(offers__code=row.code, offers__live=True))
    context = {
        **tabs(request, "catalogue"),
        "row": row,
        "field": field_names().get(row.field, row.field),
        "papers": [p.strip() for p in row.papers.split(";") if p.strip()],
        "workflow": [p.strip() for p in row.workflow.split(";") if p.strip()],
        "shops": shops,
        "earlier": Procedure.objects.filter(code=row.code, live=False).order_by("-pk")[:10],
    }
    return render(request, "procedures/procedure.html", context)


@require_GET
def shops(request: HttpRequest) -> HttpResponseBase:
    """The one-stop shops: public."""
    actor = actor_in(request)
    rows = queries.shops_on(clock.today())
    modern = rows.filter(modern=True).count()
    listing = Listing(lists.SHOPS, lists.shop_rows(), request, Place())
    body = permit.desk_body(actor)
    may = bool(body) and permit.allowed(actor, "shop", Relation(desk=body))
    context = {**tabs(request, "shops"), "modern": modern, "all": rows.count(), "may_open": may}
    return answer(listing, "procedures/shops.html", context)


@require_GET
def shop(request: HttpRequest, pk: int) -> HttpResponse:
    """One shop: hours, equipment, what it receives, what is missing; its figures for its own people."""
    actor = actor_in(request)
    row = permit.shop_there(pk)
    to = permit.relation(row)
    (covered,) = queries.coverage_of([row], clock.today())
    offers = dict(row.offers.filter(live=True).values_list("code", "decides"))
    procedures = list(Procedure.objects.filter(live=True, code__in=offers).order_by("code"))
    missing = list(
        Procedure.objects.filter(live=True, code__in=covered.share.missing).order_by("code")[:200]
    )
    mine = permit.visible(actor).filter(shop=row)
    context = {
        **tabs(request, "shops"),
        "row": row,
        "body": body_names([row.body_id])[row.body_id],
        "share": covered.share,
        "offers": [(p, offers[p.code]) for p in procedures],
        "missing": missing,
        "tally": queries.tally_of(mine, clock.today()) if actor.hat else None,
        "may_change": row.until is None and permit.allowed(actor, "shop", to),
        "may_receive": row.until is None and permit.allowed(actor, "receive", to),
    }
    return render(request, "procedures/shop.html", context)


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """n of N: for each shop how many of the due procedures it receives; public."""
    found = queries.coverage_of(queries.shops_on(clock.today()), clock.today())
    full = sum(1 for c in found if c.share.whole and not c.share.missing)
    context = {**tabs(request, "coverage"), "rows": found, "full": full, "all": len(found)}
    return render(request, "procedures/coverage.html", context)


@require_GET
def grid(request: HttpRequest) -> HttpResponse:
    """Procedure × shop: decided, received, or not; by field, ten shops beside each other; public."""
    every = list(queries.shops_on(clock.today()).order_by("name", "pk"))
    pages = max(1, -(-len(every) // WIDE))
    page = min(max(number_in(request.GET.get("nhom", "")[:4]), 1), pages)
    chosen = request.GET.get("linh-vuc", "")
    fields = field_choices()
    rows = Procedure.objects.filter(live=True, commune=True).order_by("field", "code")
    if chosen in dict(fields):
        rows = rows.filter(field=chosen)
    columns = every[(page - 1) * WIDE : page * WIDE]
    context = {
        **tabs(request, "grid"),
        "columns": columns,
        "rows": queries.grid(rows[:500], columns),
        "fields": fields,
        "chosen": chosen if chosen in dict(fields) else "",
        "page": page,
        "pages": range(1, pages + 1),
    }
    return render(request, "procedures/grid.html", context)


@require_GET
@login_required
def dossiers(request: HttpRequest) -> HttpResponseBase:
    """The desk log as far as it is in sight."""
    actor = actor_in(request)
    listing = Listing(
        lists.DOSSIERS, lists.dossier_rows(actor), request,
        Place(source=Source("procedures.dossiers", {})),
    )  # fmt: skip
    tally = queries.tally_of(permit.visible(actor), clock.today())
    return answer(
        listing, "procedures/dossiers.html", {**tabs(request, "dossiers"), "tally": tally}
    )


@require_GET
@login_required
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier: its days and every step."""
    actor = actor_in(request)
    row = permit.in_sight(actor, pk)
    names = body_names([row.body_id, *row.steps.values_list("to_body", flat=True)])
    to = Relation(row.body_id, frozenset({row.shop.unit_id}))
    words = {"pause": _("Yêu cầu bổ sung"), "resume": _("Giải quyết tiếp"),
             "finish": _("Trả kết quả"), "return": _("Trả lại")}  # fmt: skip
    context = {
        **tabs(request, "dossiers"),
        "row": row,
        "tone": TONES[DossierState(row.state)],
        "body": names[row.body_id],
        "judged": counting.judge(
            queries.dossier_value(row), calendar_around(row.received.year), clock.today()
        ),
        "history": [
            {"on": s.on, "title": s.get_act_display(),
             "detail": " · ".join(t for t in (s.reason, names.get(s.to_body_id or 0, ""), s.entry.actor_name) if t)}
            for s in row.steps.order_by("pk").select_related("entry")
        ],
        "doors": [
            (act, label, act == "return")
            for act, label in words.items()
            if (row.state, act) in counting.TABLE and permit.allowed(actor, "step", to)
        ],
    }  # fmt: skip
    return render(request, "procedures/dossier.html", context)


@require_GET
@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """Early, on time, late, by shop: each rate with its whole."""
    actor = actor_in(request)
    found = queries.tallies(permit.visible(actor), clock.today())
    rows = [(s, found[s.pk]) for s in lists.shop_rows().filter(pk__in=found).order_by("name")]
    context = {
        **tabs(request, "figures"),
        "rows": rows,
        "whole": queries.tally_of(permit.visible(actor), clock.today()),
    }
    return render(request, "procedures/figures.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def bring_catalogue(request: HttpRequest) -> HttpResponse:
    """Bring the catalogue in from Excel."""
    hat = actor_in(request).hat
    scope = {"body": hat.body if hat else 0}
    return importer.bring(request, kind=imports.PROCEDURES, scope=scope)  # type: ignore[arg-type]  # has an actor


@require_http_methods(["GET", "POST"])
@login_required
def bring_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the desk log of a shop in from Excel."""
    row = permit.shop_there(pk)
    scope = {"shop": row.pk, "body": row.body_id}
    return importer.bring(request, kind=imports.DOSSIERS, scope=scope)  # type: ignore[arg-type]  # has an actor


@require_GET
@login_required
def template(request: HttpRequest, which: str) -> HttpResponse:
    """An empty workbook for one of the two tables, with examples."""
    books = {
        "danh-muc": (_("Danh mục thủ tục"), CATALOGUE),
        "so-ho-so": (_("Sổ theo dõi hồ sơ"), LOG),
    }
    if which not in books:
        raise Refused.missing(Problem("procedures.missing"))
    title, columns = books[which]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mau.xlsx"
        write_template(file, title, columns)
        content = file.read_bytes()
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": content_disposition_header(True, f"mau-{which}.xlsx")},
    )


BASE = "thu-tuc/"
urlpatterns = [
    path(BASE, catalogue, name="catalogue"),
    path(f"{BASE}nhap/", bring_catalogue, name="bring-catalogue"),
    path(f"{BASE}mau/<slug:which>.xlsx", template, name="template"),
    path(f"{BASE}mot-cua/", shops, name="shops"),
    path(f"{BASE}mot-cua/<int:pk>/", shop, name="shop"),
    path(f"{BASE}mot-cua/<int:pk>/nhap/", bring_log, name="bring-log"),
    path(f"{BASE}do-phu/", coverage, name="coverage"),
    path(f"{BASE}bang/", grid, name="grid"),
    path(f"{BASE}ho-so/", dossiers, name="dossiers"),
    path(f"{BASE}ho-so/<int:pk>/", dossier, name="dossier"),
    path(f"{BASE}dung-han/", figures, name="figures"),
    *acts,
    path(f"{BASE}ma/<str:code>/", procedure, name="procedure"),
]
