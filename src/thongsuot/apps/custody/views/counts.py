"""Counting a room by scanning, the sheet of a count, and alarms."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.custody import actions_counts, permit, queries, sheets
from thongsuot.apps.custody.models import AlarmOutcome, Count
from thongsuot.apps.custody.views.frame import frame, second_person
from thongsuot.apps.handover.views.frame import number_in
from thongsuot.foundation import clock
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.files.kinds import XLSX
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.foundation.wording import say
from thongsuot.rules.custody.access import may
from thongsuot.rules.custody.counting import MOST_SCANS
from thongsuot.rules.custody.labels import by_eye
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.problem import Problem

LAST = 30  # scans shown, newest first
SHOWN = 100  # counts and alarms on one page


@require_http_methods(["GET", "POST"])
@login_required
def counts(request: HttpRequest) -> HttpResponse:
    """Every count in sight, and beginning one."""
    actor = actor_in(request)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            done = actions_counts.open_count(
                act_of(request), place_id=number_in(request.POST.get("place"))
            )
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            problems = refused.problems
        else:
            return redirect("custody:count", count_id=int(str(done["count"])))
    places = [
        p
        for p in permit.visible_containers(actor)
        .filter(kind__in=("store", "shelf"))
        .select_related("transition")
        .order_by("-kind", "folded", "pk")
        if may(actor, "count", permit.relation(p))
    ]
    above = queries.last_places(p.pk for p in places)
    context = {
        **frame(request, "counts"),
        "rows": queries.counts(actor)[:SHOWN],
        "places": [(p.pk, " · ".join(filter(None, (above.get(p.pk, ""), p.name)))) for p in places],
        "problems": problems,
    }
    return render(request, "custody/counts.html", context, status=422 if problems else 200)


def _count(request: HttpRequest, count_id: int) -> Count:
    found = permit.count_in_sight(actor_in(request), count_id)
    return Count.objects.select_related("place__transition").get(pk=found.pk)


@require_GET
@login_required
def count(request: HttpRequest, count_id: int) -> HttpResponse:
    """One count: what is expected, what has been seen, the difference; and the place to scan."""
    found = _count(request, count_id)
    return render(request, "custody/count.html", _context(request, found))


def _context(request: HttpRequest, found: Count) -> dict[str, Any]:
    tally = queries.tally_of(found)
    parts = queries.found_and_missing(found, tally)
    places = queries.last_places(c.pk for boxes in parts.values() for c in boxes)
    counting = may(actor_in(request), "count", permit.relation(found.place))
    scans = found.scans.select_related("container").order_by("-received_at", "-pk")[:LAST]
    return {
        **frame(request, "counts"),
        "count": found,
        "place": found.place,
        "tally": tally,
        "expected": len(tally.found) + len(tally.short),
        "parts": {
            name: [(c, by_eye(c.label), places.get(c.pk, "")) for c in boxes]
            for name, boxes in parts.items()
        },
        "unknown": sorted(tally.unknown),
        "scans": scans,
        "may_scan": counting and found.closed_at is None,
        "problems": (),
    }


def _sent(request: HttpRequest) -> list[dict[str, object]]:
    """The scans of a sending: JSON from the page's script, or one of a plain form."""
    if request.content_type == "application/json":
        try:
            sent = json.loads(request.body or b"{}")
        except (ValueError, UnicodeDecodeError, RecursionError):
            sent = None
        scans = sent.get("scans") if isinstance(sent, Mapping) else None
        if not isinstance(scans, list) or not all(isinstance(s, Mapping) for s in scans):
            raise Refused([Problem("custody.scans-number", "", {"most": MOST_SCANS})], 400)
        return [
            {name: str(s.get(name, "")).replace("\x00", "")[:100] for name in ("key", "text", "at", "via")}
            for s in scans[: MOST_SCANS + 1]
        ]  # fmt: skip
    key = request.POST.get("key", "")[:60]
    return [{"key": key, "text": request.POST.get("text", "")[:100], "via": "typed", "at": ""}]


@require_POST
@login_required
def scan(request: HttpRequest, count_id: int) -> HttpResponse:
    """Keep scans. The same scans sent again are answered as the first time and double nothing."""
    found = _count(request, count_id)
    actor, plain = actor_in(request), request.content_type != "application/json"
    back = redirect("custody:count", count_id=found.pk)
    try:
        scans = _sent(request)
        key = digest([found.pk, sorted(str(s["key"]) for s in scans)])
        done = actions_counts.record_scans(
            Act(by=actor, key=f"{actor.user}/scan/{key}", at=clock.now()),
            count_id=found.pk,
            scans=scans,
        )
    except Refused as refused:
        if plain:
            if refused.status in (403, 404):
                raise
            messages.error(request, " ".join(say(p) for p in refused.problems))
            return back
        words = [{"code": p.code, "message": say(p)} for p in refused.problems]
        return JsonResponse({"problems": words}, status=refused.status)
    if plain:
        return back
    tally = queries.tally_of(found)
    return JsonResponse(
        {
            "keys": [s["key"] for s in scans],
            "alarms": done["alarms"],
            "found": len(tally.found),
            "short": len(tally.short),
            "over": len(tally.over),
            "unknown": len(tally.unknown),
        }
    )


@require_http_methods(["GET", "POST"])
@login_required
@sensitive_post_parameters("second_password")
def close(request: HttpRequest, count_id: int) -> HttpResponse:
    """Two people close a count: the first proves who they are again, the second signs beside."""
    found = _count(request, count_id)
    permit.allow(actor_in(request), "count", permit.relation(found.place))
    back = reverse("custody:count", args=[found.pk])
    if request.method == "POST" and answered(request) is not None:
        return redirect(back)
    if not reauth.is_fresh(request, timezone.now()):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.path})}")
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            actions_counts.close_count(
                act_of(request),
                count_id=found.pk,
                witness_id=second_person(request),
                reason=request.POST.get("reason", "").strip(),
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã khóa kiểm đếm, hai người đã ký."))
            return redirect(back)
    context = {**_context(request, found), "problems": problems}
    return render(request, "custody/close.html", context, status=status)


@require_GET
@login_required
def sheet(request: HttpRequest, count_id: int, form: str) -> HttpResponse:
    """The sheet of a count as PDF or XLSX."""
    found = _count(request, count_id)
    makers = {
        "pdf": (sheets.count_pdf, "application/pdf"),
        "xlsx": (sheets.count_workbook, XLSX),
    }
    if form not in makers:
        raise Http404
    maker, media = makers[form]
    return HttpResponse(
        maker(found, clock.now()),
        content_type=media,
        headers={"Content-Disposition": f'attachment; filename="kiem-dem-{found.pk}.{form}"'},
    )


@require_GET
@login_required
def alarms(request: HttpRequest) -> HttpResponse:
    """Every alarm in sight, open ones first."""
    context = {**frame(request, "alarms"), "rows": queries.alarms(actor_in(request))[:SHOWN]}
    return render(request, "custody/alarms.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def alarm(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """One alarm: where the label was seen, where it is on record, and how it ended."""
    actor = actor_in(request)
    found = permit.alarm_in_sight(actor, alarm_id)
    if request.method == "POST" and answered(request) is not None:
        return redirect("custody:alarms")
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            actions_counts.resolve_alarm(
                act_of(request),
                alarm_id=found.pk,
                outcome=request.POST.get("outcome", "")[:20],
                reason=request.POST.get("reason", ""),
            )
        except Refused as refused:
            if refused.status == 403:
                raise
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã ghi cách giải quyết cảnh báo."))
            return redirect("custody:alarms")
    context = {
        **frame(request, "alarms"),
        "alarm": found,
        "code": by_eye(found.container.label),
        "outcomes": AlarmOutcome.choices,
        "may_resolve": found.resolved_at is None
        and may(actor, "alarm.resolve", permit.relation(found.container)),
        "problems": problems,
    }
    return render(request, "custody/alarm.html", context, status=status)
