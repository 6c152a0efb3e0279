"""What was frozen for a recipient: figures, who reported, what changed; freezing it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.actions import papers, targets
from thongsuot.apps.reporting.models import Brief, BriefKind, Measure, Snapshot, Standing
from thongsuot.apps.reporting.queries.snapshots import (
    changed_lines,
    figure_from,
    figure_text,
    fresh_texts,
    frozen,
    previous,
    works,
)
from thongsuot.apps.reporting.views.frame import Asking, Box, ask, day_in, frame, reason_box
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.foundation.wording import say
from thongsuot.rules.reporting.forms import Across

NAMED = 200


@require_http_methods(["GET", "POST"])
@login_required
def freeze(request: HttpRequest, recipient_id: int) -> HttpResponse:
    """Freeze the figures of one period for a recipient, at its cut-off or early."""
    actor = actor_in(request)
    recipient = permit.recipient_in_sight(actor, recipient_id)
    permit.allow(actor, "snapshot.take", recipient)

    def do(act: Any, sent: Mapping[str, str]) -> str:
        done = papers.take_snapshot(
            act,
            recipient_id=recipient.pk,
            on=day_in(sent.get("on", "")),
            reason=sent.get("reason", ""),
            early=bool(sent.get("early")),
        )
        return reverse("reporting:snapshot", args=[done["snapshot"]])

    given = request.GET.get("ngay", "")[:10]
    asking = Asking(
        heading=_("Chốt số liệu gửi %(to)s") % {"to": recipient.name},
        lede=_("Bản chốt giữ đúng những gì đã nộp tới giờ chốt. Về sau có sửa, bản đã chốt không đổi."),
        boxes=[
            Box("on", _("Một ngày trong kỳ cần chốt"), "day", value=given or clock.today().isoformat()),
            Box("early", _("Chốt sớm, trước giờ chốt"), "check", required=False,
                help=_("Văn bản sẽ ghi rõ mấy đơn vị trên mấy đơn vị đã báo cáo.")),
            reason_box(_("Lý do, nếu chốt lại một kỳ đã chốt"), required=False),
        ],
        do=do,
        done=_("Đã chốt."),
        back=reverse("reporting:series", args=[recipient.series_id]),
        submit=_("Chốt số liệu"),
    )  # fmt: skip
    return ask(request, "all-series", asking)


def _groups(content: Mapping[str, Any], form: Any) -> tuple[list[Any], list[tuple[str, list[str]]]]:
    """The figures of each group, one column a number."""
    asked = [f for f in form.fields if f.across in (Across.SUM, Across.AVERAGE, Across.SHARE)]
    rows = []
    for group in content["groups"]:
        by_key = {f["key"]: figure_from(f) for f in group["figures"]}
        rows.append((group["name"], [figure_text(one, by_key.get(one.key)) for one in asked]))
    return asked, rows


@require_GET
@login_required
def one(request: HttpRequest, snapshot_id: int) -> HttpResponse:
    """A snapshot: what the recipient was told, what it rests on, what changed since the last."""
    actor = actor_in(request)
    found = permit.snapshot_in_sight(actor, snapshot_id)
    last = previous(found)
    now, before = frozen(found), frozen(last) if last else None
    fresh = fresh_texts(now, before)
    asked, groups = _groups(found.content, now.form)
    newest = Snapshot.objects.filter(recipient=found.recipient_id, since=found.since)
    context = {
        **frame(request, "briefs"),
        "snapshot": found,
        "recipient": found.recipient,
        "series": found.recipient.series,
        "now": now,
        "before": before,
        "last": last,
        "works": works(now, before),
        "changed": changed_lines(now, before),
        "fresh": [(now.form.field(key), texts) for key, texts in fresh.items()] if before else [],
        "units": [
            (u["name"], Standing(u["standing"]), len(u["filings"]))
            for u in found.content["units"][:NAMED]
        ],
        "columns": asked,
        "groups": groups,
        "versions": newest.order_by("version").defer("content"),
        "briefs": Brief.objects.filter(snapshot=found).order_by("kind"),
        "kinds": [
            (value, label)
            for value, label in BriefKind.choices
            if value not in set(found.briefs.values_list("kind", flat=True))
        ],
        "may_write": permit.allowed(actor, "brief.write", found),
        "measured": Measure.objects.filter(snapshot=found).exists(),
        "measurable": found.recipient.series.indicators.filter(ended_at__isnull=True).exists(),
    }
    return render(request, "reporting/snapshot.html", context)


@require_POST
@login_required
def begin_brief(request: HttpRequest, snapshot_id: int) -> HttpResponse:
    """Begin a brief on a snapshot, and go to its page."""
    found = permit.snapshot_in_sight(actor_in(request), snapshot_id)
    done = answered(request)
    if done is None:
        try:
            done = papers.start_brief(
                act_of(request), snapshot_id=found.pk, kind=request.POST.get("kind", "")[:20]
            )
        except Refused as refused:
            return _refused(request, refused, found.pk)
    if not done.get("brief"):
        return redirect("reporting:snapshot", snapshot_id=found.pk)
    return redirect("reporting:brief", brief_id=int(str(done["brief"])))


@require_POST
@login_required
def measure(request: HttpRequest, snapshot_id: int) -> HttpResponse:
    """Reckon the indicators of the series from a snapshot."""
    found = permit.snapshot_in_sight(actor_in(request), snapshot_id)
    if answered(request) is None:
        try:
            done = targets.measure(act_of(request), snapshot_id=found.pk)
        except Refused as refused:
            return _refused(request, refused, found.pk)
        messages.success(request, _("Đã đo %(n)s chỉ tiêu.") % {"n": done["indicators"]})
    return redirect("reporting:indicators")


def _refused(request: HttpRequest, refused: Refused, snapshot_id: int) -> HttpResponse:
    if refused.status in (400, 403, 404):
        raise refused
    for problem in refused.problems:
        messages.error(request, say(problem))
    return redirect("reporting:snapshot", snapshot_id=snapshot_id)
