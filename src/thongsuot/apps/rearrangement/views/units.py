"""The units as they are: the page of a department, a unit of it, and bringing many at once."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.rearrangement import actions, imports, lists, permit, queries
from thongsuot.apps.rearrangement.models import Funding, PresentUnit, Scheme, UnitSort
from thongsuot.apps.rearrangement.views.frame import crumbs, frame, scheme_of
from thongsuot.apps.registry.asking import Asking, Box, ask, number_in
from thongsuot.foundation.imports import views as importer
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.rearrangement.lifecycle import DRAFT

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VALUES = ("code", "name", "sort", "people", "leaders", "funding", "basis", "note")


def _listing(request: HttpRequest, scheme: Scheme, owner: int = 0) -> Listing:
    args: dict[str, str | int | bool | None] = {"scheme": scheme.pk, "owner": owner}
    return Listing(
        lists.UNITS, lists.units_for(actor_in(request), scheme, owner), request,
        Place(f"scheme:{scheme.pk}:{owner}", Source("rearrangement.units", args)),
    )  # fmt: skip


@require_GET
@login_required
def every(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The units of a scheme as they are: all of them, or those of one's own department."""
    scheme = scheme_of(request, pk)
    context = frame(request, scheme, "units")
    only = None if context["whole"] else permit.own_bodies(actor_in(request))
    context["owners"] = queries.owners_of(scheme, only)
    return answer(_listing(request, scheme), "rearrangement/units.html", context)


def _owner_of(request: HttpRequest, scheme: Scheme, body: int) -> queries.OwnerRow:
    """A department of a scheme in sight. Raises Refused (404) for any other."""
    actor = actor_in(request)
    seen = permit.sees_whole(actor, scheme) or body in permit.own_bodies(actor)
    found = queries.owners_of(scheme, {body}) if seen and body < 2**63 else []
    if not found:
        raise Refused.missing(Problem("rearrangement.owner-missing"))
    return found[0]


def _writes(request: HttpRequest, scheme: Scheme, body: int, right: str = "units.write") -> bool:
    sides = permit.owned(scheme, body)
    return scheme.state == DRAFT and permit.allowed(actor_in(request), right, sides)


@require_GET
@login_required
def owner(request: HttpRequest, pk: int, body: int) -> HttpResponseBase:
    """One department: its units, and what it has still to do."""
    scheme = scheme_of(request, pk)
    context = {
        **frame(request, scheme, "units"),
        "owner": _owner_of(request, scheme, body),
        "writes": _writes(request, scheme, body),
        "sends": _writes(request, scheme, body, "units.send"),
    }
    return answer(_listing(request, scheme, body), "rearrangement/owner.html", context)


def _boxes(unit: PresentUnit | None) -> tuple[Box, ...]:
    at = {name: str(getattr(unit, name)) if unit else "" for name in VALUES}
    return (
        Box("code", _("Mã"), value=at["code"], most=30, help=_("Mỗi đơn vị một mã, không trùng trong cả phương án.")),
        Box("name", _("Tên đơn vị"), value=at["name"]),
        Box("sort", _("Loại"), "choice", choices=UnitSort.choices, value=at["sort"] or UnitSort.OFFICE),
        Box("people", _("Số người"), "number", value=at["people"], most=6),
        Box("leaders", _("Trong đó lãnh đạo"), "number", value=at["leaders"], most=6),
        Box("funding", _("Tự chủ"), "choice", choices=Funding.choices, value=at["funding"] or Funding.STATE),
        Box("basis", _("Căn cứ thành lập"), required=False, value=at["basis"]),
        Box("note", _("Ghi chú"), "long", required=False, value=at["note"], most=500),
    )  # fmt: skip


def _sent(sent: Any) -> dict[str, Any]:
    numbers = {n: number_in(sent.get(n)) for n in ("people", "leaders")}
    return {n: sent.get(n, "") for n in VALUES} | numbers


@require_http_methods(["GET", "POST"])
@login_required
def add(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """Write one more unit of a department down."""
    scheme = scheme_of(request, pk)
    found = _owner_of(request, scheme, body)
    permit.allow(actor_in(request), "units.write", permit.owned(scheme, body))
    back = reverse("rearrangement:owner", args=[pk, body])
    asking = Asking(
        heading=_("Thêm đơn vị"),
        lede=found.name,
        boxes=_boxes(None),
        do=lambda act, sent: actions.put_unit(act, scheme_id=pk, owner_id=body, unit=_sent(sent)),
        back=back,
        done=_("Đã thêm đơn vị."),
        crumbs=crumbs(scheme, (found.name, back)),
    )
    return ask(request, asking)


@require_http_methods(["GET", "POST"])
@login_required
def one(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """One unit as it is: to read, or to correct while the scheme is being drafted."""
    scheme = scheme_of(request, pk)
    found = permit.unit_in_sight(actor_in(request), scheme, unit)
    back = reverse("rearrangement:owner", args=[pk, found.owner_id])
    if request.method == "GET" and not _writes(request, scheme, found.owner_id):
        context = {**frame(request, scheme, "units"), "unit": found, "back": back,
                   "fates": _fates(request, scheme, found)}  # fmt: skip
        return render(request, "rearrangement/unit.html", context)
    permit.allow(actor_in(request), "units.write", permit.owned(scheme, found.owner_id))
    asking = Asking(
        heading=_("Sửa đơn vị"),
        lede=found.name,
        boxes=_boxes(found),
        do=lambda act, sent: actions.put_unit(
            act, scheme_id=pk, owner_id=found.owner_id, unit=_sent(sent), unit_id=unit
        ),
        back=back,
        done=_("Đã lưu."),
        submit=_("Lưu"),
        crumbs=crumbs(scheme, (found.name, back)),
        more={"drop": reverse("rearrangement:unit-drop", args=[pk, unit])},
    )
    return ask(request, asking, "rearrangement/unit_form.html")


def _fates(request: HttpRequest, scheme: Scheme, unit: PresentUnit) -> list[tuple[str, Any]]:
    """The fate of the unit in each option, as far as the person sees options."""
    actor = actor_in(request)
    return [
        (f"{o.letter}: {o.title}", lists.fates_for(actor, scheme, o, o.version).filter(present=unit).first())
        for o in scheme.options.order_by("letter")
    ]  # fmt: skip


@require_POST
@login_required
def drop(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Take a unit out that was written down by mistake."""
    scheme = scheme_of(request, pk)
    found = permit.unit_in_sight(actor_in(request), scheme, unit)
    actions.drop_unit(act_of(request), scheme_id=pk, unit_id=unit)
    messages.success(request, _("Đã bỏ đơn vị khỏi hiện trạng."))
    return redirect("rearrangement:owner", pk, found.owner_id)


@require_POST
@login_required
def bring_known(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """Take the units that the registry knows below the department."""
    _owner_of(request, scheme_of(request, pk), body)
    try:
        done = actions.bring_known_units(act_of(request), scheme_id=pk, owner_id=body)
    except Refused as refused:
        if refused.status != 422:
            raise
        messages.warning(
            request, _("Sổ đăng ký cơ quan không ghi đơn vị trực thuộc nào khác. Hãy nhập từ Excel hoặc thêm từng đơn vị.")
        )  # fmt: skip
    else:
        messages.success(
            request, _("Đã lấy %(n)s đơn vị từ sổ đăng ký cơ quan.") % {"n": done["units"]}
        )
    return redirect("rearrangement:owner", pk, body)


@require_POST
@login_required
def send(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """The department says that its list is whole."""
    _owner_of(request, scheme_of(request, pk), body)
    done = actions.send_units(act_of(request), scheme_id=pk, owner_id=body)
    messages.success(request, _("Đã gửi %(n)s đơn vị cho cơ quan tổng hợp.") % {"n": done["units"]})
    return redirect("rearrangement:owner", pk, body)


@require_http_methods(["GET", "POST"])
@login_required
def bring_file(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """Units out of a spreadsheet: preview, mend, apply, take back."""
    scheme = scheme_of(request, pk)
    _owner_of(request, scheme, body)
    imports.may_import(actor_in(request), imports.scope_of(pk, body))
    return importer.bring(request, kind=imports.CODE, scope=imports.scope_of(pk, body))  # type: ignore[arg-type]  # the same request


@require_GET
@login_required
def template(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """The spreadsheet to fill in: header, examples, the words to choose from."""
    _owner_of(request, scheme_of(request, pk), body)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hien-trang.xlsx"
        write_template(path, _("Hiện trạng đơn vị"), imports.COLUMNS)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="hien-trang.xlsx"'
    return response
