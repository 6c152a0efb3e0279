"""A lot: its sample looked at file by file, decided, accepted by another person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.apps.digitising import actions
from thongsuot.apps.digitising.models import Lot, Scan
from thongsuot.apps.digitising.views.frame import frame, open_fonds
from thongsuot.apps.handover.views.frame import number_in
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of
from thongsuot.rules.digitising.sampling import ACCEPT, REJECT
from thongsuot.rules.kernel.problem import Problem

LARGEST = 2**63 - 1


@require_POST
@login_required
def draw(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """Everything scanned and in no lot becomes a lot, with its sample."""
    seen = open_fonds(request, fonds_id, "lot.draw")
    done = actions.draw_lot(act_of(request), fonds_id=seen.pk)
    messages.success(request, _("Đã lập lô %(size)s hồ sơ, rút mẫu %(sample)s.") % done)
    return redirect("digitising:lot", seen.pk, done["lot"])


@require_http_methods(["GET", "POST"])
@login_required
def lot(request: HttpRequest, fonds_id: int, lot_id: int) -> HttpResponse:
    """One lot with its sample: judge a file, decide the lot, accept it."""
    seen = open_fonds(request, fonds_id)
    one = Lot.objects.filter(pk=min(lot_id, LARGEST), fonds=seen).first()
    if one is None:
        raise Refused.missing(Problem("digitising.lot-missing"))
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            _do(request, seen.pk, one.pk)
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            problems, status = refused.problems, refused.status
        else:
            return redirect("digitising:lot", seen.pk, one.pk)
    sample = list(one.sample.select_related("record").order_by("place"))
    scans: dict[int, list[Scan]] = {}
    for scan in Scan.objects.filter(record__in=[s.record_id for s in sample]).order_by("pk"):
        scans.setdefault(scan.record_id, []).append(scan)
    context = {
        **frame(request, seen, "lots"),
        "lot": one,
        "sample": [{"at": s, "scans": scans.get(s.record_id, [])} for s in sample],
        "judged": sum(s.good is not None for s in sample),
        "bad": sum(s.good is False for s in sample),
        "problems": problems,
    }
    return render(request, "digitising/lot.html", context, status=status)


def _do(request: HttpRequest, fonds_id: int, lot_id: int) -> None:
    sent, act = request.POST, act_of(request)
    what = sent.get("do", "")
    if what in ("good", "bad"):
        actions.judge(
            act, fonds_id=fonds_id, lot_id=lot_id, record_id=number_in(sent.get("record")),
            good=what == "good", fault=sent.get("fault", "")[:400],
        )  # fmt: skip
    elif what in (ACCEPT, REJECT):
        actions.decide_lot(
            act,
            fonds_id=fonds_id,
            lot_id=lot_id,
            decision=what,
            reason=sent.get("reason", "")[:600],
        )
        said = (
            _("Lô đạt, chờ nghiệm thu.") if what == ACCEPT else _("Lô không đạt: cả lô quét lại.")
        )
        messages.success(request, said)
    elif what == "final":
        actions.accept_lot(act, fonds_id=fonds_id, lot_id=lot_id)
        messages.success(request, _("Đã nghiệm thu lô."))
    else:
        raise Refused.because("digitising.decision-unknown")
