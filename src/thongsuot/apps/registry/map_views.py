"""The map: outlines that an office has loaded, of two days over each other, with the table beside it."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.registry import actions_boundaries, outlines
from thongsuot.apps.registry.actors import ActorRequest
from thongsuot.apps.registry.asof import day_asked, read_day
from thongsuot.apps.registry.models import UnitLevel, UnitVersion
from thongsuot.foundation import clock
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import sort_key
from thongsuot.rules.registry.address.gazetteer import REFORM
from thongsuot.rules.registry.boundaries import unknown

EVE = date(2025, 6, 30)
LARGEST_KEY = 2**63 - 1


@require_GET
def the_map(request: HttpRequest) -> HttpResponse:
    """A province on a day: the map where there is anything to draw, and the same as a table."""
    on = day_asked(request) if request.GET.get("ngay") else max(REFORM, clock.today())
    before = read_day(request.GET.get("cu", "")) if request.GET.get("cu") else None
    provinces = _provinces(on)
    wanted = request.GET.get("tinh", "")
    chosen = next((v for v in provinces if v.unit.key == wanted), None)
    if chosen is None and wanted:
        raise Http404
    chosen = chosen or _first(provinces)
    drawn = outlines.drawn_on(outlines.units_in(chosen.unit_id, on), on) if chosen else []
    sets = list(outlines.live_sets()[:50])
    used = {d.set for d in drawn}
    context = {
        "provinces": provinces,
        "chosen": chosen,
        "as_of": on,
        "before": before,
        "drawn": drawn,
        "outlined": sum(1 for d in drawn if d.outline is not None),
        "pointed": sum(1 for d in drawn if d.point is not None),
        "sets": [s for s in sets if s.pk in used],
        "days": sorted({EVE, REFORM, *(s.since for s in sets)}),
        "may": _may_bring(request),
    }
    return render(request, "registry/map.html", context)


def _provinces(on: date) -> list[UnitVersion]:
    rows = UnitVersion.objects.on(on).filter(unit__level=UnitLevel.PROVINCE).select_related("unit")
    return sorted(rows, key=lambda v: sort_key(v.name))


def _first(provinces: list[UnitVersion]) -> UnitVersion | None:
    """The capital where nobody asked for another, else the first."""
    return next((v for v in provinces if v.code == "01"), provinces[0] if provinces else None)


def _may_bring(request: HttpRequest) -> bool:
    role = getattr(getattr(request, "actor", None), "role", None)
    return role in (Role.STEERING, Role.OPERATOR)


@require_GET
def map_shapes(request: HttpRequest) -> HttpResponse:
    """What the map draws for a province on a day, as GeoJSON."""
    on = read_day(request.GET.get("ngay", "")) or max(REFORM, clock.today())
    row = UnitVersion.objects.filter(
        unit__key=request.GET.get("tinh", "")[:80], unit__level=UnitLevel.PROVINCE
    ).first()
    if row is None:
        raise Http404
    drawn = outlines.drawn_on(outlines.units_in(row.unit_id, on), on)
    return JsonResponse(outlines.as_geojson(drawn))


@require_http_methods(["GET", "POST"])
@login_required
def bring_outlines(request: ActorRequest) -> HttpResponse:
    """Pick a GeoJSON file, look at what is in it, and have it drawn."""
    if not _may_bring(request):
        hat = request.actor.hat
        raise Refused.forbidden(
            Problem(
                "registry.not-your-role", facts={"post": hat.post if hat else request.actor.name}
            )
        )
    context: dict[str, object] = {
        "sets": outlines.live_sets()[:50],
        "since": read_day(request.POST.get("since", "")) or REFORM,
        "source": request.POST.get("source", "")[:300],
        "licence": request.POST.get("licence", "")[:200],
        "demo": request.POST.get("demo") == "1",
    }
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("file", "").isdecimal():
                return _drawn_now(request, context)
            context |= _preview(request, context)
        except Refused as refused:
            context["problems"], status = refused.problems, refused.status
    return render(request, "registry/map_bring.html", context, status=status)


def _preview(request: ActorRequest, context: dict[str, object]) -> dict[str, object]:
    """What is in the file: nothing is drawn yet."""
    sent = request.FILES.get("tep")
    if not isinstance(sent, UploadedFile):
        raise Refused.because("imports.no-file")
    if (sent.size or 0) > actions_boundaries.LARGEST:
        limit = actions_boundaries.LARGEST // 1_048_576
        raise Refused.because("files.too-big", display_name(sent.name or ""), limit=limit)
    name = display_name(sent.name or "ranh-gioi")
    stored = keep(
        sent, name if "." not in name else f"{name.rpartition('.')[0]}.geojson", by=request.actor
    )
    brought = actions_boundaries.read_file(stored)
    if brought.problems:
        raise Refused(brought.problems)
    since = context["since"]
    known = actions_boundaries.units_by_code([s.code for s in brought.shapes], since)  # type: ignore[arg-type]  # a day
    return {
        "file": stored,
        "shapes": len(brought.shapes),
        "points": brought.points,
        "known": sorted(known.values(), key=lambda v: v.code)[:60],
        "known_count": len(known),
        "unknown": unknown(brought.shapes, known.__contains__),
    }


def _drawn_now(request: ActorRequest, context: dict[str, object]) -> HttpResponse:
    number = int(request.POST["file"][:20])
    stored = StoredFile.objects.filter(pk=number).first() if number <= LARGEST_KEY else None
    act = Act(by=request.actor, key=request.POST.get("key", "")[:64], at=clock.now())
    if stored is None or not act.key:
        raise Refused.because("imports.no-file")
    done = actions_boundaries.bring_boundaries(
        act, file=stored.pk, since=context["since"], source=str(context["source"]),  # type: ignore[arg-type]  # a day
        licence=str(context["licence"]), demo=bool(context["demo"]),
    )  # fmt: skip
    messages.success(request, _("Đã nạp ranh giới của {n} đơn vị.").format(n=done["units"]))
    return HttpResponseRedirect(reverse("registry:map-bring"))


@require_POST
@login_required
def take_back_outlines(request: ActorRequest, set_id: int) -> HttpResponse:
    """Stop drawing a set."""
    if set_id > LARGEST_KEY:
        raise Http404
    act = Act(
        by=request.actor, key=request.POST.get("key", "")[:64] or f"rut-{set_id}", at=clock.now()
    )
    actions_boundaries.take_back_boundaries(act, set_id=set_id)
    messages.success(request, _("Đã rút lại; bản đồ không vẽ tệp này nữa."))
    return HttpResponseRedirect(reverse("registry:map-bring"))
