"""Minutes: the list, one with both counts side by side, refusing, signing, the paper."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.handover import actions, beside, competence, papers, queries
from thongsuot.apps.handover.models import Minutes, MinutesLine, Transition
from thongsuot.apps.handover.models.choices import Kind, MinutesState, Side
from thongsuot.apps.handover.views.fields import parts_of
from thongsuot.apps.handover.views.frame import frame, minutes_on, number_in, open_transition
from thongsuot.foundation import clock
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.foundation.trail.queries import history_of
from thongsuot.foundation.wording import number, say
from thongsuot.rules.authority.signing import Basis
from thongsuot.rules.handover.access import Relation, check_may
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import UNITS, to_decimal
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

PAGE = 50
SHOWN: dict[str, tuple[str | Promise, Q]] = {
    "": (gettext_lazy("Tất cả"), Q()),
    "chua-dem": (gettext_lazy("Chưa đếm đủ"), Q(refused=False) & (Q(giver_count=None) | Q(receiver_count=None))),
    "lech": (gettext_lazy("Chênh lệch"), Q(refused=False) & (~Q(giver_count=F("quantity")) | ~Q(receiver_count=F("quantity"))) & Q(giver_count__isnull=False, receiver_count__isnull=False)),
    "tu-choi": (gettext_lazy("Từ chối"), Q(refused=True)),
}  # fmt: skip
STATES = {
    MinutesState.COUNTING: "wait",
    MinutesState.GIVER_SIGNED: "wait",
    MinutesState.SIGNED: "even",
    MinutesState.WITHDRAWN: "quiet",
}


def _relation(minutes: Minutes) -> Relation:
    return Relation(minutes.giver_id, minutes.receiver_id, minutes.transition.unit_id)


def _may(actor: Actor, act: str, minutes: Minutes) -> bool:
    return check_may(actor, act, _relation(minutes)) is None


def _refuse_stranger(request: HttpRequest, act: str, minutes: Minutes) -> None:
    """Who may not send the form is not shown it either."""
    problem = check_may(actor_in(request), act, _relation(minutes))
    if problem is not None:
        raise Refused.forbidden(problem)


def _found(request: HttpRequest, transition_id: int, minutes_id: int) -> tuple[Transition, Minutes]:
    transition = open_transition(request, transition_id)
    return transition, minutes_on(request, transition, minutes_id)


@require_GET
@login_required
def minutes_list(request: HttpRequest, transition_id: int) -> HttpResponse:
    """The minutes of a transition in sight, with how far each is."""
    transition = open_transition(request, transition_id)
    rows = queries.minutes_of(actor_in(request), transition.pk)
    state = request.GET.get("tinh-trang", "")
    if state in MinutesState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    names = queries.body_names(b for m in page for b in (m.giver_id, m.receiver_id))
    context = {
        **frame(request, transition, "minutes"),
        "page": page,
        "rows": [
            (m, names[m.giver_id], names[m.receiver_id], STATES[MinutesState(m.state)])
            for m in page
        ],
        "states": [("", _("Tất cả"), not state)]
        + [(value, label, value == state) for value, label in MinutesState.choices],
    }
    return render(request, "handover/minutes_list.html", context)


@require_GET
@login_required
def minutes_page(request: HttpRequest, transition_id: int, minutes_id: int) -> HttpResponse:
    """One set of minutes: lines with both counts, what differs, signatures, what to do next."""
    transition, minutes = _found(request, transition_id, minutes_id)
    return render(request, "handover/minutes.html", _context(request, transition, minutes))


def _context(
    request: HttpRequest,
    transition: Transition,
    minutes: Minutes,
    problems: tuple[Problem, ...] = (),
) -> dict[str, Any]:
    actor = actor_in(request)
    names = queries.body_names([minutes.giver_id, minutes.receiver_id])
    shown = request.GET.get("xem", "")
    word = request.GET.get("q", "")[:200]
    lines = _narrowed(minutes, shown, word)
    page = Paginator(lines, PAGE).get_page(request.GET.get("trang"))
    live = minutes.state == MinutesState.COUNTING
    left = queries.left_to_count(minutes) if live else {}
    side = _side(actor, minutes) if live else ""
    signed = {s.side: s for s in queries.signature_rows(minutes).filter(round=minutes.round)}
    return {
        **frame(request, transition, "minutes"),
        "minutes": minutes,
        "state": STATES[MinutesState(minutes.state)],
        "giver": names[minutes.giver_id],
        "receiver": names[minutes.receiver_id],
        "annexes": [(str(Kind(a.kind).label).capitalize(), a) for a in queries.annexes_of(minutes)],
        "tally": queries.tally_of(minutes),
        "page": page,
        "side": side,
        "lines": [_line(line, side, request.POST if problems else {}) for line in page],
        "shown": [(key, label, key == shown) for key, (label, _q) in SHOWN.items()],
        "word": word,
        "signed": signed,
        "grounds": competence.shown(minutes),
        "may_sign_giver": live and not any(left.values()) and _may(actor, "sign.giver", minutes),
        "left": left,
        "may_sign_receiver": minutes.state == MinutesState.GIVER_SIGNED
        and _may(actor, "sign.receiver", minutes),
        "may_withdraw": minutes.state != MinutesState.SIGNED
        and minutes.state != MinutesState.WITHDRAWN
        and _may(actor, "minutes.withdraw", minutes),
        "may_reopen": minutes.state == MinutesState.GIVER_SIGNED
        and _may(actor, "minutes.reopen", minutes),
        "may_correct": minutes.state == MinutesState.SIGNED
        and _may(actor, "minutes.correct", minutes),
        "corrections": list(minutes.corrections.order_by("number")),
        "history": history_of(Ref("minutes", minutes.pk))[:20],
        "problems": problems,
        "beside": beside.links_of("minutes", minutes.pk, actor),
    }


def _narrowed(minutes: Minutes, shown: str, word: str) -> "QuerySet[MinutesLine]":
    lines = queries.lines_of(minutes)
    if shown in SHOWN and shown:
        lines = lines.filter(SHOWN[shown][1])
    for part in fold(word).split():
        lines = lines.filter(item__folded__contains=part)
    return lines


def _side(actor: Actor, minutes: Minutes) -> str:
    """The side for which the person counts: the receiver's where both are possible."""
    if _may(actor, "count.receiver", minutes):
        return str(Side.RECEIVER)
    return str(Side.GIVER) if _may(actor, "count.giver", minutes) else ""


def _line(line: MinutesLine, side: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """One line on the page; what was ``typed`` on a form that was refused is not lost."""
    mine = getattr(line, f"{side}_count") if side else None
    both = line.giver_count is not None and line.receiver_count is not None
    kept = _text(line.quantity if mine is None and side == Side.GIVER else mine, line)
    return {
        "line": line,
        "item": line.item,
        "text": typed.get(f"c_{line.pk}", kept)[:40],
        "kept": kept,
        "version": getattr(line, f"{side}_version") if side else 0,
        "difference": (line.receiver_count or 0) - (line.giver_count or 0) if both else None,
    }


def _text(parts: int | None, line: MinutesLine) -> str:
    """A count as it stands in its box: without the unit, empty while nobody counted."""
    if parts is None:
        return ""
    unit = UNITS.get(line.item.measure)
    return number(to_decimal(parts, unit) if unit else parts)


@require_POST
@login_required
def count(request: HttpRequest, transition_id: int, minutes_id: int) -> HttpResponse:
    """Write down what one side counted on the lines of the page."""
    transition, minutes = _found(request, transition_id, minutes_id)
    side = _side(actor_in(request), minutes)
    if not side:
        _refuse_stranger(request, "count.receiver", minutes)
    where: dict[str, Any] = {
        "transition_id": transition.pk,
        "minutes_id": minutes.pk,
        "side": side,
    }
    try:
        if request.POST.get("con-lai"):
            done = actions.count_rest_as_sent(act_of(request), **where)
            said = _("Đã ghi %(n)s dòng còn lại đúng như bên giao ghi.") % {"n": done["count"]}
        else:
            counts = _typed(minutes, request.POST)
            actions.count_lines(act_of(request), counts=counts, **where)
            said = _("Đã ghi số đếm của %(n)s dòng.") % {"n": len(counts)}
    except Refused as refused:
        context = _context(request, transition, minutes, refused.problems)
        return render(request, "handover/minutes.html", context, status=refused.status)
    messages.success(request, said)
    return redirect(_again(request, minutes))


def _typed(minutes: Minutes, sent: Mapping[str, str]) -> list[dict[str, int]]:
    """The counts typed on the page, in smallest parts. Raises Refused naming what is no number."""
    ids = [number_in(k[2:]) for k in sent if k.startswith("c_") and sent[k].strip()]
    lines = MinutesLine.objects.filter(minutes=minutes, pk__in=ids[: 2 * PAGE]).select_related(
        "item"
    )
    counts, problems = [], []
    for line in lines:
        text = sent[f"c_{line.pk}"].strip()[:40]
        parts = parts_of(text, line.item.measure)
        version = sent.get(f"v_{line.pk}", "0")
        if parts is None:
            problems.append(Problem("handover.not-a-number", line.item.code, {"value": text}))
        elif sent.get(f"o_{line.pk}") != text:
            counts.append(
                {
                    "line": line.pk,
                    "count": parts,
                    "version": number_in(version),
                }
            )
    if problems:
        raise Refused(problems)
    if not counts:
        raise Refused.because("handover.nothing-chosen")
    return counts


def _again(request: HttpRequest, minutes: Minutes) -> str:
    here = reverse("handover:minutes-page", args=[minutes.transition_id, minutes.pk])
    kept = {k: request.GET[k] for k in ("xem", "q", "trang") if request.GET.get(k)}
    return f"{here}?{urlencode(kept)}" if kept else here


@require_http_methods(["GET", "POST"])
@login_required
def refuse(request: HttpRequest, transition_id: int, minutes_id: int, line_id: int) -> HttpResponse:
    """The receiver refuses one line, with the reason."""
    transition, minutes = _found(request, transition_id, minutes_id)
    line = queries.lines_of(minutes).filter(pk=line_id).first()
    if line is None:
        raise Http404
    _refuse_stranger(request, "line.refuse", minutes)
    seen = request.POST.get("version", str(line.receiver_version))

    def send() -> None:
        actions.refuse_line(
            act_of(request),
            transition_id=transition.pk,
            minutes_id=minutes.pk,
            line_id=line.pk,
            reason=request.POST.get("reason", "")[:2_000],
            version=number_in(seen),
        )

    return _asked(
        request,
        minutes,
        send,
        question=_("Từ chối nhận: %(title)s") % {"title": line.item.title},
        consequences=[
            _("Khi hai bên ký, mục này trở lại bên giao."),
            _("Lý do được in trong biên bản."),
        ],
        confirm=_("Từ chối nhận"),
        hidden=[("version", seen)],
    )


def _asked(  # noqa: PLR0913  # the words of one page
    request: HttpRequest,
    minutes: Minutes,
    send: Callable[[], object],
    *,
    question: str,
    consequences: list[str],
    confirm: str,
    hidden: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """Ask for a reason, then do it and go back to the minutes."""
    problems: tuple[Problem, ...] = ()
    status = 200
    back = reverse("handover:minutes-page", args=[minutes.transition_id, minutes.pk])
    if request.method == "POST":
        try:
            send()
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã ghi: %(what)s.") % {"what": confirm.lower()})
            return redirect(back)
    context = {
        "question": question,
        "consequences": consequences,
        "action": request.path,
        "confirm": confirm,
        "cancel": back,
        "ask_reason": True,
        "reason": request.POST.get("reason", ""),
        "hidden": hidden or [],
        "key": request.POST.get("key") or _new_key(),
        "problems": problems,
    }
    return render(request, "ui/confirm.html", context, status=status)


def _new_key() -> str:
    return uuid4().hex


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, transition_id: int, minutes_id: int) -> HttpResponse:
    """The giver takes unsigned minutes back."""
    transition, minutes = _found(request, transition_id, minutes_id)
    _refuse_stranger(request, "minutes.withdraw", minutes)
    return _asked(
        request,
        minutes,
        lambda: actions.withdraw_minutes(
            act_of(request),
            transition_id=transition.pk,
            minutes_id=minutes.pk,
            reason=request.POST.get("reason", "")[:2_000],
        ),
        question=_("Rút biên bản số %(n)s") % {"n": minutes.number},
        consequences=[
            _("Mọi mục trong biên bản trở lại tay bên giao; số đếm vẫn còn trong nhật ký.")
        ],
        confirm=_("Rút biên bản"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def reopen(request: HttpRequest, transition_id: int, minutes_id: int) -> HttpResponse:
    """Before the receiver signs, either side may have the minutes counted again."""
    transition, minutes = _found(request, transition_id, minutes_id)
    _refuse_stranger(request, "minutes.reopen", minutes)
    return _asked(
        request,
        minutes,
        lambda: actions.reopen_minutes(
            act_of(request),
            transition_id=transition.pk,
            minutes_id=minutes.pk,
            reason=request.POST.get("reason", "")[:2_000],
        ),
        question=_("Đếm lại biên bản số %(n)s") % {"n": minutes.number},
        consequences=[_("Chữ ký của bên giao không còn hiệu lực; hai bên đếm và ký lại.")],
        confirm=_("Đếm lại"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def correct(request: HttpRequest, transition_id: int, minutes_id: int) -> HttpResponse:
    """After both have signed: open correcting minutes for some lines."""
    transition, minutes = _found(request, transition_id, minutes_id)
    _refuse_stranger(request, "minutes.correct", minutes)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = [n for n in map(number_in, sent.getlist("dong")[: 2 * PAGE]) if n]
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            done = actions.correct_after_signature(
                act_of(request),
                transition_id=transition.pk,
                minutes_id=minutes.pk,
                lines=chosen,
                reason=request.POST.get("reason", "")[:2_000],
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(
                request, _("Đã mở biên bản đính chính; hai bên đếm và ký lại các dòng này.")
            )
            return redirect("handover:minutes-page", transition.pk, int(str(done["minutes"])))
    context = {
        "question": _("Đính chính biên bản số %(n)s") % {"n": minutes.number},
        "consequences": [
            _("Biên bản đã ký giữ nguyên từng chữ."),
            _("%(n)s dòng được đưa vào một biên bản đính chính, hai bên đếm và ký lại.")
            % {"n": len(chosen)},
        ],
        "action": request.path,
        "confirm": _("Mở biên bản đính chính"),
        "cancel": reverse("handover:minutes-page", args=[transition.pk, minutes.pk]),
        "ask_reason": True,
        "reason": request.POST.get("reason", ""),
        "hidden": [("dong", str(x)) for x in chosen],
        "key": request.POST.get("key") or _new_key(),
        "problems": problems,
    }
    return render(request, "ui/confirm.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def sign(request: HttpRequest, transition_id: int, minutes_id: int, side: str) -> HttpResponse:
    """A head reads the whole once more and signs for one side, after proving who it is."""
    transition, minutes = _found(request, transition_id, minutes_id)
    if side not in Side.values:
        raise Http404
    _refuse_stranger(request, f"sign.{side}", minutes)
    now = timezone.now()  # the proof is of this hour, whatever day a story plays on
    if not reauth.is_fresh(request, now):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.path})}")
    problems: tuple[Problem, ...] = (
        *competence.problems_of(actor_in(request), minutes, side, clock.today()),
        *beside.signing_problems(minutes.pk),
    )
    status = 200
    if request.method == "POST":
        try:
            actions.sign(
                act_of(request),
                transition_id=transition.pk,
                minutes_id=minutes.pk,
                side=side,
                content=request.POST.get("content", ""),
                fresh=True,
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã ký. Từ nay bên bạn không sửa được biên bản này nữa."))
            return redirect("handover:minutes-page", transition.pk, minutes.pk)
    names = queries.body_names([minutes.giver_id, minutes.receiver_id])
    context = {
        **frame(request, transition, "minutes"),
        "minutes": minutes,
        "side": side,
        "giver": names[minutes.giver_id],
        "receiver": names[minutes.receiver_id],
        "annexes": [(str(Kind(a.kind).label).capitalize(), a) for a in queries.annexes_of(minutes)],
        "tally": queries.tally_of(minutes),
        "content": queries.content_of(minutes),
        "differing": _narrowed(minutes, "lech", "")[:30],
        "refused": _narrowed(minutes, "tu-choi", "")[:30],
        "problems": problems,
        "rests_on": _rests_on(request, minutes, side),
        "says": [say(p) for p in problems],
    }
    return render(request, "handover/sign.html", context, status=status)


def _rests_on(request: HttpRequest, minutes: Minutes, side: str) -> str:
    """What the signature would rest on, for the person to read before signing."""
    found = competence.asked(actor_in(request), minutes, side, clock.today())
    return competence.told(found) if isinstance(found, Basis) else ""


@require_GET
@login_required
def paper(request: HttpRequest, transition_id: int, minutes_id: int, form: str) -> HttpResponse:
    """The minutes as a paper: PDF to print and sign, DOCX to edit."""
    _transition, minutes = _found(request, transition_id, minutes_id)
    if form not in ("pdf", "docx"):
        raise Http404
    content, media, ending = papers.minutes_as(papers.minutes_values(minutes, clock.now()), form)
    return papers.download(
        content, media, f"bien-ban-{minutes.transition_id}-{minutes.number}.{ending}"
    )


BASE = "ban-giao/<int:transition_id>/bien-ban/"
ONE = f"{BASE}<int:minutes_id>/"
urlpatterns = [
    path(BASE, minutes_list, name="minutes"),
    path(ONE, minutes_page, name="minutes-page"),
    path(f"{ONE}dem/", count, name="count"),
    path(f"{ONE}dong/<int:line_id>/tu-choi/", refuse, name="refuse"),
    path(f"{ONE}rut/", withdraw, name="withdraw"),
    path(f"{ONE}dem-lai/", reopen, name="reopen"),
    path(f"{ONE}dinh-chinh/", correct, name="correct"),
    path(f"{ONE}ky/<slug:side>/", sign, name="sign"),
    path(f"{ONE}bien-ban.<slug:form>", paper, name="paper"),
]
