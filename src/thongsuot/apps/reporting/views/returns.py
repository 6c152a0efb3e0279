"""One return: filling it in with last time's values, checking, submitting, recalling, reopening."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.actions import returns
from thongsuot.apps.reporting.figures import Known
from thongsuot.apps.reporting.models import Filing, Return, Standing, State
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.returns import (
    before_of,
    known_figures,
    last_filing,
    standing,
    standing_filing,
)
from thongsuot.apps.reporting.values import boxes, form_of, from_kept, kept, read, shown
from thongsuot.apps.reporting.views.frame import Asking, ask, frame, reason_box, typed
from thongsuot.apps.reporting.words import period_words
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.foundation.ui.parts import wants_part
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem, blocking
from thongsuot.rules.reporting.forms import FieldType, Form, Value, Values, check_values
from thongsuot.rules.reporting.returns import RECEIVED

WRITABLE = frozenset(State) - {State(s.value) for s in RECEIVED}


def _open(owner: Return) -> bool:
    return owner.state in WRITABLE and (owner.round.locked_at is None or owner.unlocked)


@require_http_methods(["GET", "POST"])
@login_required
def one(request: HttpRequest, return_id: int) -> HttpResponse:
    """The return of one unit: to fill in while it is open, to read afterwards."""
    actor = actor_in(request)
    owner = permit.return_in_sight(actor, return_id)
    writes = permit.allowed(actor, "return.write", owner) and _open(owner)
    if request.method == "POST":
        permit.allow(actor, "return.write", owner)
        return _sent(request, owner, writes)
    last = _read_by(actor, owner)
    form = form_of(owner.round.version)
    known = known_figures(form, owner, at=clock.now()) if writes else {}
    values: dict[str, Value] = from_kept(last.values) if last else {}
    if last is None:
        values = {key: found.value for key, found in known.items()}
    confirmed = {k for k, s in (last.sources if last else {}).items() if s.get("confirmed")}
    page = _page(request, owner, form, known, _boxes(form, values), confirmed, ())
    return render(request, "reporting/return.html", page)


def _read_by(actor: Actor, owner: Return) -> Filing | None:
    """What the person reads: who fills it in the newest writing, everybody else what was submitted."""
    own = permit.allowed(actor, "return.write", owner)
    return last_filing(owner) if own else standing_filing(owner)


def _boxes(form: Form, values: Values) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in form.fields:
        found[one.key], second = boxes(one, values.get(one.key))
        if second:
            found[f"{one.key}-n"] = second
    return found


def _sent(request: HttpRequest, owner: Return, writes: bool) -> HttpResponse:
    """Save, check or submit what was typed; whatever is refused stays in the boxes."""
    sent = typed(request)
    doing = sent.get("lam", "kiem")
    here = reverse("reporting:return", args=[owner.pk])
    if doing in ("luu", "nop") and answered(request) is not None:
        return redirect(here)
    form = form_of(owner.round.version)
    known = known_figures(form, owner, at=clock.now())
    values, unread = read(form, sent)
    sources = _sources(known, values, sent)
    confirmed = {key for key, source in sources.items() if source["confirmed"]}
    problems: tuple[Problem, ...] = unread
    status = 422 if unread else 200
    if doing == "kiem" or (doing == "nop" and unread):
        before = before_of(owner)
        problems = (*unread, *check_values(form, values, before.values if before else None))
    if doing in ("luu", "nop") and not unread:
        try:
            return _done(request, owner, doing, kept(values), sources)
        except Refused as refused:
            if refused.status in (400, 403, 404) or not writes:
                raise
            problems, status = refused.problems, refused.status
    if wants_part(request):
        context = {"problems": problems, "fine": not blocking(problems), "checked": True}
        return render(request, "reporting/parts/check.html", context)
    page = _page(request, owner, form, known, sent, confirmed, problems, checked=doing == "kiem")
    return render(request, "reporting/return.html", page, status=status)


def _done(
    request: HttpRequest, owner: Return, doing: str, values: Mapping[str, Any], sources: Any
) -> HttpResponse:
    act, given = act_of(request), {"return_id": owner.pk, "values": values, "sources": sources}
    if doing == "luu":
        returns.save_draft(act, **given)
        messages.success(request, _("Đã lưu nháp. Báo cáo chưa nộp."))
    else:
        returns.submit(act, **given)
        messages.success(request, _("Đã nộp báo cáo. Còn trong hạn mở kỳ thì rút lại được."))
    return redirect("reporting:return", return_id=owner.pk)


def _sources(
    known: Mapping[str, Known], values: Values, sent: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Where the figures of the system come from, and whether a person confirmed each."""
    return {
        key: {
            "value": list(found.value) if isinstance(found.value, tuple) else found.value,
            "source": found.source,
            "confirmed": bool(sent.get(f"{key}-ok")),
            "same": values.get(key) == found.value,
        }
        for key, found in known.items()
    }


def _page(  # noqa: PLR0913  # everything the page shows
    request: HttpRequest,
    owner: Return,
    form: Form,
    known: Mapping[str, Known],
    sent: Mapping[str, str],
    confirmed: set[str],
    problems: tuple[Problem, ...],
    *,
    checked: bool = False,
) -> dict[str, Any]:
    actor, now = actor_in(request), clock.now()
    before = before_of(owner)
    last = _read_by(actor, owner)
    round_ = owner.round
    writes = permit.allowed(actor, "return.write", owner) and _open(owner)
    there = owner.state in (State.SUBMITTED, State.NOTHING)
    locked = round_.locked_at is not None and not owner.unlocked
    return {
        **frame(request, "home"),
        "owner": owner,
        "round": round_,
        "name": body_names([owner.body_id], round_.since)[owner.body_id],
        "period": period_words(round_.series.kind, round_.period),
        "standing": Standing(standing(owner, now).value),
        "works": _works(form, known, sent, confirmed, before.values if before else {}, problems),
        "before": before,
        "problems": problems,
        "fine": checked and not blocking(problems),
        "checked": checked,
        "writes": writes,
        "locked": locked,
        "stated": from_kept(last.values) if last else {},
        "filings": owner.filings.order_by("-number")[:20],
        "may_recall": there and not locked and permit.allowed(actor, "return.submit", owner),
        "may_reopen": there and permit.allowed(actor, "return.reopen", owner),
        "gathers": permit.allowed(actor, "remind", owner),
        "has_known": bool(known),
    }


def _works(  # one row of the page from all that is known of it
    form: Form,
    known: Mapping[str, Known],
    sent: Mapping[str, str],
    confirmed: set[str],
    before: Values,
    problems: tuple[Problem, ...],
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The fields by field of work: what stands in the box, last time's value, the source."""
    wrong = {str(p.facts.get("field", "")) for p in problems if p.blocks}
    works: dict[str, list[dict[str, Any]]] = {}
    for one in form.fields:
        found = known.get(one.key)
        works.setdefault(one.work, []).append(
            {
                "field": one,
                "box": sent.get(one.key, ""),
                "second": sent.get(f"{one.key}-n", ""),
                "before": shown(one, before.get(one.key)),
                "known": found,
                "known_text": shown(one, found.value) if found else "",
                "confirmed": one.key in confirmed,
                "wrong": one.key in wrong,
                "numeric": one.type in (FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY),
            }
        )
    return list(works.items())


@require_POST
@login_required
def nothing(request: HttpRequest, return_id: int) -> HttpResponse:
    """Say that there is nothing to report: a button, not an empty form."""
    owner = permit.return_in_sight(actor_in(request), return_id)
    if answered(request) is None:
        returns.report_nothing(act_of(request), return_id=owner.pk)
        messages.success(request, _("Đã báo không có phát sinh."))
    return redirect("reporting:return", return_id=owner.pk)


@require_http_methods(["GET", "POST"])
@login_required
def recall(request: HttpRequest, return_id: int) -> HttpResponse:
    """Take a submitted return back, with the reason."""
    actor = actor_in(request)
    owner = permit.return_in_sight(actor, return_id)
    permit.allow(actor, "return.submit", owner)
    here = reverse("reporting:return", args=[owner.pk])

    def do(act: Any, sent: Mapping[str, str]) -> None:
        returns.recall(act, return_id=owner.pk, reason=sent.get("reason", ""))

    asking = Asking(
        heading=_("Rút lại báo cáo"),
        crumb=owner.round.series.name,
        lede=_("Báo cáo coi như chưa nộp cho tới khi nộp lại; nơi tổng hợp được báo ngay."),
        boxes=[reason_box()],
        do=do,
        done=_("Đã rút lại. Sửa xong thì nộp lại."),
        back=here,
        submit=_("Rút lại"),
        danger=True,
    )
    return ask(request, "home", asking)


@require_http_methods(["GET", "POST"])
@login_required
def reopen(request: HttpRequest, return_id: int) -> HttpResponse:
    """Open one unit's return again so that it can be corrected, with the reason."""
    actor = actor_in(request)
    owner = permit.return_in_sight(actor, return_id)
    permit.allow(actor, "return.reopen", owner)

    def do(act: Any, sent: Mapping[str, str]) -> None:
        returns.reopen(act, return_id=owner.pk, reason=sent.get("reason", ""))

    asking = Asking(
        heading=_("Mở lại cho một đơn vị"),
        crumb=owner.round.series.name,
        lede=_("Chỉ đơn vị này sửa được. Số đã nộp vẫn tính cho tới khi có bản sửa."),
        boxes=[reason_box()],
        do=do,
        done=_("Đã mở lại và báo cho đơn vị."),
        back=reverse("reporting:round", args=[owner.round_id]),
        submit=_("Mở lại"),
    )
    return ask(request, "home", asking)
