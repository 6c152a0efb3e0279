"""Pages and doors for those who keep keys and witness: naming them, cosigning, bringing signatures."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.apps.proof import actions, jobs, permit, queries, sending, signing
from thongsuot.apps.proof.models import Witness
from thongsuot.apps.proof.permit import SYSTEM
from thongsuot.foundation import clock
from thongsuot.foundation.jobs.actions import start
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.foundation.wording import say
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof.checkpoint import COSIGNS, Key, read_key

MOST = 64 * 1024  # bytes of a request to cosign
SIZE = "text/x.tlog.size"


def _own_witness_key() -> str:
    office = signing.known_key()
    return str(Key(office.name, read_key(office.key).public, COSIGNS)) if office else ""


@require_http_methods(["GET", "POST"])
@login_required
def witnesses(request: HttpRequest) -> HttpResponse:
    """Whose cosignatures count here, whose logs are watched here; a checkpoint can be cosigned by hand."""
    problems: tuple[Problem, ...] = ()
    status, line = 200, ""
    if request.method == "POST":
        try:
            line = _do(request)
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            if not line:
                return redirect("proof:witnesses")
    logs, seen = queries.watched()
    actor = actor_in(request)
    context: dict[str, Any] = {
        "sends": actor.hat is not None and bool(sending.addressed()),
        "witnesses": [(one, _last(one)) for one in queries.witnesses()],
        "logs": logs,
        "seen": seen[:30],
        "own_key": _own_witness_key(),
        "may": permit.may_keep_keys(actor),
        "line": line,
        "problems": problems,
        "says": [say(p) for p in problems],
    }
    return render(request, "proof/witnesses.html", context, status=status)


def _last(witness: Witness) -> str:
    """How the last sending to a witness went, in a sentence; empty when nothing was ever sent."""
    call = getattr(witness, "call", None)
    if call is None:
        return ""
    return say(Problem(call.problem, call.subject, call.facts)) if call.problem else ""


def _do(request: HttpRequest) -> str:
    """Do what the form asks; returns a cosignature when that was asked for."""
    act, doing = act_of(request), request.POST.get("lam", "")
    if doing == "lam-chung":
        actions.name_witness(act, key=request.POST.get("khoa", "").strip())
        messages.success(request, _("Đã công nhận người làm chứng."))
    elif doing == "theo-doi":
        actions.trust_log(act, key=request.POST.get("khoa", "").strip())
        messages.success(request, _("Từ nay nhật ký của cơ quan ấy được theo dõi ở đây."))
    elif doing == "dia-chi":
        url = request.POST.get("dia-chi", "").strip().rstrip("/").removesuffix("/add-checkpoint")
        number = request.POST.get("nguoi", "")
        found = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
        actions.address_witness(act, witness_id=found, url=url)
        messages.success(request, _("Đã ghi địa chỉ gửi."))
    elif doing == "gui":
        permit.allow_bringing(act.by)
        start(jobs.SEND, owner=request.user.pk or 0)
        messages.success(request, _("Đang gửi. Kết quả hiện ở trang này và ở Việc chạy nền."))
    elif doing == "xac-nhan":
        permit.allow_bringing(act.by)
        text = request.POST.get("yeu-cau", "")[:MOST].replace("\r\n", "\n")
        done = actions.cosign(act, request=text.rstrip("\n") + "\n", name=signing.own_name(act.at))
        return str(done["line"])
    else:
        raise Refused([Problem("proof.form-without-key")], 400)
    return ""


@require_POST
@login_required
def bring(request: HttpRequest, checkpoint_id: int) -> HttpResponse:
    """Put a witness's line under a checkpoint of ours."""
    act = act_of(request)
    try:
        actions.keep_cosignature(
            act, checkpoint_id=checkpoint_id, line=request.POST.get("dong", "")[:600]
        )
    except Refused as refused:
        if refused.status != 422:
            raise
        for problem in refused.problems:
            messages.error(request, say(problem))
    else:
        messages.success(request, _("Đã ghi chữ ký xác nhận."))
    return redirect("proof:checkpoint", checkpoint_id)


@require_POST
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Make the checkpoints now that the day would make."""
    permit.allow_bringing(actor_in(request))
    made = signing.checkpoint_all(clock.now())
    messages.success(request, _("Đã lập %(n)d điểm kiểm tra.") % {"n": len(made)})
    return redirect("proof:log")


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """The door for other offices' programs, by c2sp.org/tlog-witness: what comes proves itself.

    Shapes: takes no form of a browser (403), so nobody's session can be made to use it.
    """
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return HttpResponse(status=403)
    if int(request.headers.get("Content-Length") or 0) > MOST:
        return HttpResponse(status=413)
    try:
        text = request.body.decode()
        act = Act(by=SYSTEM, key=f"cosign/{digest(text)}", at=clock.now())
        done = actions.cosign(act, request=text, name=signing.own_name(act.at))
    except UnicodeDecodeError:
        return HttpResponse(status=400)
    except Refused as refused:
        (problem,) = refused.problems
        if problem.code in ("proof.not-from-last", "proof.shorter"):
            return HttpResponse(f"{problem.facts['size']}\n", content_type=SIZE, status=409)
        return HttpResponse(say(problem), content_type="text/plain", status=refused.status)
    return HttpResponse(str(done["line"]), content_type="text/plain; charset=utf-8")
