"""Pages for everybody: a receipt by its code, the log, the check in the browser; and its downloads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.apps.handover import queries as handover
from thongsuot.apps.handover.papers import PDF, download
from thongsuot.apps.proof import documents, held, permit, prints, queries, rounds
from thongsuot.apps.proof.acts_words import act_name
from thongsuot.apps.proof.check_words import check_words
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.foundation.wording import say
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof.checkpoint import NotANote
from thongsuot.rules.proof.code import code_of
from thongsuot.rules.proof.verify import read_held

STATES = {"holds": "even", "waits": "wait", "broken": "lost"}
JSON, ZIP, TEXT = "application/json", "application/zip", "text/plain; charset=utf-8"


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Where a code is typed; a right one leads to its receipt."""
    code = request.GET.get("ma", "").strip()[:60]
    problems: list[Problem] = []
    if code:
        try:
            entry = queries.signing_of(code)
        except Refused as refused:
            problems = list(refused.problems)
        else:
            return redirect("proof:receipt", code_of(entry.hash))
    context = {
        "code": code,
        "problems": problems,
        "says": [say(p) for p in problems],
        "keys": held.own_keys(),
    }
    return render(request, "proof/find.html", context)


@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """One receipt: to everybody its code, hash and whether it holds; its content to the parties."""
    entry = queries.signing_of(code)
    standing = queries.standing_of(entry)
    if code != standing.code:
        return redirect("proof:receipt", standing.code)
    user = request.user
    minutes = queries.minutes_of(actor_in(request), entry) if user.is_authenticated else None
    context = {
        "standing": standing,
        "state": STATES[standing.state],
        "origin": standing.checkpoint.origin if standing.checkpoint else standing.chain,
        "minutes": minutes,
    }
    if minutes is not None:
        names = handover.body_names([minutes.giver_id, minutes.receiver_id], minutes.opened_on)
        signed = documents.signatures_of(minutes)
        context |= {
            "giver": names[minutes.giver_id],
            "receiver": names[minutes.receiver_id],
            "signed": [signed[side] for side in ("giver", "receiver") if side in signed],
            "tally": handover.tally_of(minutes),
        }
    return render(request, "proof/receipt.html", context)


@require_GET
@login_required
def receipt_file(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt to take away, for whoever may see the minutes. 404 for everybody else."""
    entry = queries.signing_of(code)
    minutes = handover.minutes_in_sight(actor_in(request), entry.subject_id)
    return download(documents.receipt_of(minutes), JSON, f"bien-nhan-{code}.json")


@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """The check in the browser: nothing is sent anywhere."""
    context = {"keys": held.own_keys(), "words": check_words()}
    return render(request, "proof/check.html", context)


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Every log with its newest checkpoints; a kept checkpoint can be held against it."""
    kept = request.GET.get("giu", "").strip()[:4_000]
    found = rounds.last()
    context: dict[str, object] = {
        "logs": queries.logs(),
        "rows": queries.checkpoints()[:50],
        "witnesses": queries.witnesses(),
        "keys": held.own_keys(),
        "kept": kept,
        "round": found,
        "round_old": found is not None and found.is_old(timezone.now()),
        "round_faults": found.faults if found and permit.may_keep_keys(actor_in(request)) else (),
    }
    if kept:
        context |= _compared(kept)
    return render(request, "proof/log.html", context)


def _compared(kept: str) -> dict[str, object]:
    """What a kept checkpoint is against the log as it is now."""
    text = kept.replace("\r\n", "\n") + ("\n" if "\n" in kept else "")
    try:
        found, mark = queries.compared(read_held(text))
    except NotANote:
        return {"answer": _("Đây không phải điểm kiểm tra hay mã vuông của biên nhận."),
                "answer_state": "wait"}  # fmt: skip
    says = {
        "holds": _("Khớp: nhật ký hiện nay tiếp nối đúng điểm kiểm tra bạn giữ."),
        "differs": _("KHÔNG KHỚP: nhật ký hiện nay không tiếp nối điểm kiểm tra bạn giữ."),
        "ahead": _("KHÔNG KHỚP: nhật ký hiện nay ngắn hơn điểm kiểm tra bạn giữ."),
        "unknown": _("KHÔNG KHỚP: không có nhật ký nào ở đây từng như điểm kiểm tra bạn giữ."),
    }
    return {"answer": says[found], "answer_state": "even" if mark else "lost", "mark": mark}


@require_GET
def checkpoint(request: HttpRequest, checkpoint_id: int) -> HttpResponse:
    """One checkpoint with its signatures, as everybody may keep it."""
    row = queries.checkpoint(checkpoint_id)
    context = {
        "row": row,
        "note": documents.full_note(row),
        "seen": row.cosignatures.select_related("witness").order_by("seen_at"),
    }
    return render(request, "proof/checkpoint.html", context)


@require_GET
def checkpoint_file(request: HttpRequest, checkpoint_id: int, form: str) -> HttpResponse:
    """A checkpoint to keep: as text, or printed with its square code."""
    row = queries.checkpoint(checkpoint_id)
    name = f"diem-kiem-tra-{row.chain.replace(':', '-')}-{row.size}"
    if form == "txt":
        return download(documents.full_note(row).encode(), TEXT, f"{name}.txt")
    if form == "pdf":
        return download(prints.checkpoint_paper(row), PDF, f"{name}.pdf")
    raise Refused.missing(Problem("proof.checkpoint-missing"))


@require_GET
def checker(request: HttpRequest) -> HttpResponse:
    """The small program that checks a receipt anywhere, to take away."""
    return download(documents.CHECKER.read_bytes(), "text/x-python", "kiem_bien_nhan.py")


@require_GET
@login_required
def item_evidence(request: HttpRequest, item_id: int) -> HttpResponse:
    """The folder of evidence about an item in sight."""
    matter = queries.matter_of_item(actor_in(request), item_id)
    return _evidence(matter, f"ho-so-muc-{item_id}.zip")


@require_GET
@login_required
def act_evidence(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The folder of evidence about an act."""
    matter = queries.matter_of_act(actor_in(request), entry_id)
    return _evidence(matter, f"ho-so-viec-{entry_id}.zip")


def _evidence(matter: documents.Matter, name: str) -> HttpResponse:
    return download(documents.evidence_of(matter), ZIP, name)


@require_GET
@login_required
def own_acts(request: HttpRequest) -> HttpResponse:
    """What the person has done, newest first, each with its folder of evidence."""
    rows = queries.own_acts(actor_in(request))[:100]
    context = {"rows": [(e, act_name(e.act)) for e in rows]}
    return render(request, "proof/own_acts.html", context)
