"""Inventories from Excel: templates to fill, files to bring, what was brought before."""

import tempfile
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.handover import imports, papers
from thongsuot.apps.handover.models.choices import Kind
from thongsuot.apps.handover.views.frame import frame, number_in, open_transition
from thongsuot.foundation.imports import views as importer
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.imports.screens import BATCH_STATES
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.handover.kinds import KINDS

SHOWN = 20


def _name(kind: str) -> str:
    """A kind as a page calls it, in the language of the reader; templates keep the Vietnamese."""
    return capfirst(str(Kind(kind).label))


@require_GET
@login_required
def imports_page(request: HttpRequest, transition_id: int) -> HttpResponse:
    """The eleven kinds with their templates, and the imports of this transition so far."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    batches = ImportBatch.objects.filter(kind__startswith="handover.", owner=actor.user).order_by(
        "-id"
    )
    mine = [b for b in batches[:200] if b.scope.get("transition") == transition.pk][:SHOWN]
    context = {
        **frame(request, transition, "imports"),
        "kinds": [(kind.code, _name(kind.code), len(kind.columns)) for kind in KINDS.values()],
        "givers": imports.own_givers(actor, transition),
        "batches": [(b, _name(b.kind.partition(".")[2]), BATCH_STATES[b.state]) for b in mine],
    }
    return render(request, "handover/imports.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def bring(request: HttpRequest, transition_id: int, kind: str) -> HttpResponse:
    """Bring one file of one kind, for one body or for all of one's own."""
    transition = open_transition(request, transition_id)
    if kind not in Kind.values:
        raise Http404
    givers = imports.own_givers(actor_in(request), transition)
    chosen = number_in(request.GET.get("co-quan"))
    scope = {
        "transition": transition.pk,
        "givers": [chosen] if chosen in givers else sorted(givers),
    }
    if not givers:
        imports.may_import(actor_in(request), {"transition": transition.pk, "givers": [0]})
    return importer.bring(request, kind=f"handover.{kind}", scope=scope)  # type: ignore[arg-type]  # has an actor


@require_GET
@login_required
def template(request: HttpRequest, transition_id: int, kind: str) -> HttpResponse:
    """The workbook to fill in for a kind: columns, examples, allowed values, how to."""
    open_transition(request, transition_id)
    if kind not in KINDS:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mau.xlsx"
        write_template(file, KINDS[kind].name, KINDS[kind].columns)
        content = file.read_bytes()
    return papers.download(content, papers.XLSX, _("mau-%(kind)s.xlsx") % {"kind": kind})


BASE = "ban-giao/<int:transition_id>/nhap/"
urlpatterns = [
    path(BASE, imports_page, name="imports"),
    path(f"{BASE}<slug:kind>/", bring, name="bring"),
    path(f"{BASE}<slug:kind>/mau.xlsx", template, name="template"),
]
