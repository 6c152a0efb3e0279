"""Keeping what people like about lists, and long files. Each goes back to where the list was."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.foundation.jobs.actions import start
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables import actions
from thongsuot.foundation.tables.listing import SALT
from thongsuot.foundation.tables.table import COLUMNS, SIZE, SIZES, VIEW
from thongsuot.rules.kernel.problem import Problem

A_DAY = 24 * 3600


def _back(request: HttpRequest, more: str = "") -> HttpResponseRedirect:
    """To the list the form was on, if that is on this site."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not safe or not address.startswith("/"):
        return HttpResponseRedirect("/")
    joint = "&" if "?" in address else "?"
    return HttpResponseRedirect(f"{address.rstrip('?&')}{joint}{more}" if more else address)


def _me(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


@require_POST
def remember(request: HttpRequest) -> HttpResponse:
    """Remember columns or page size; for the public they go into the address instead."""
    table = request.POST.get("table", "")[:80]
    keys = [key for key in request.POST.getlist(COLUMNS) if key.replace("-", "").isidentifier()]
    text = request.POST.get(SIZE, "")
    size = int(text) if text in {str(n) for n in SIZES} else None
    if not request.user.is_authenticated:
        more = f"{SIZE}={size}" if size else f"{COLUMNS}={','.join(keys[:50])}"
        return _back(request, more)
    columns = None if size else keys
    if request.POST.get("usual") == "1":
        columns = []
    actions.remember(owner=_me(request), table=table, size=size, columns=columns)
    return _back(request)


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter in use under a name, and go on with its own link."""
    view = actions.save_view(
        owner=_me(request),
        table=request.POST.get("table", "")[:80],
        scope=request.POST.get("scope", "")[:80],
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        shared=request.POST.get("shared") == "1",
    )
    messages.success(request, _("Đã lưu bộ lọc “{name}”.").format(name=view.name))
    return _back(request, f"{VIEW}={view.slug}")


@require_POST
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """Forget a saved filter of one's own."""
    actions.delete_view(owner=_me(request), slug=request.POST.get(VIEW, ""))
    messages.success(request, _("Đã xóa bộ lọc đã lưu."))
    return _back(request)


@require_POST
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """Have a long list written into a workbook, and go to the page that watches it."""
    ticket = _ticket(request)
    job = start(
        "tables.export",
        owner=_me(request),
        title=_("Xuất ra Excel: {title}").format(title=ticket["heading"]),
        ticket=ticket,
    )
    return redirect("jobs:one", job.pk)


def _ticket(request: HttpRequest) -> dict[str, Any]:
    """What the list has signed for this person today. Raises Refused (400) for anything else."""
    wrong = Refused([Problem("tables.unknown-source", "")], 400)
    try:
        ticket = signing.loads(request.POST.get("ticket", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature as error:
        raise wrong from error
    if ticket.pop("user", None) != _me(request):
        raise wrong
    return dict(ticket)
