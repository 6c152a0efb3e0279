"""Every guarded place, one place with its watch and rounds, its people, its book."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.guarding import actions, codes, forms, papers, permit, queries
from thongsuot.apps.guarding.actions.places import SETTINGS
from thongsuot.apps.guarding.models import CheckPoint, Guard
from thongsuot.apps.guarding.views.frame import ask, frame, open_place
from thongsuot.apps.handover.papers import PDF, download
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.handover.views.asking import Asking
from thongsuot.apps.handover.views.frame import number_in
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import Appointment, BodyVersion, Coverage, UnitEdge, UnitVersion
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.guarding.rounds import State
from thongsuot.rules.guarding.spans import Span
from thongsuot.rules.guarding.watch import Watch
from thongsuot.rules.kernel.actor import Actor

A_DAY = timedelta(days=1)
PAGE = 20
MOST_DAYS = 31
TONES = {
    State.ON_TIME: "even",
    State.GRACE: "wait",
    State.LATE: "wait",
    State.SILENT: "lost",
}


def words_of(state: State) -> str:
    """A state of the clock, as an office says it."""
    return {
        State.ON_TIME: _("đúng giờ"),
        State.GRACE: _("trong hạn châm chước"),
        State.LATE: _("muộn"),
        State.SILENT: _("im lặng"),
    }[state]


def bodies_of(actor: Actor) -> list[tuple[int, str]]:
    """The bodies in whose name the person may open a guarded place."""
    ids = actor.hat.bodies | {actor.hat.body} if actor.hat else frozenset()
    mine = [b for b in ids if permit.may(actor, "place.open", b)]
    return sorted(body_names(mine).items(), key=lambda pair: pair[1])


@require_GET
@login_required
def places(request: HttpRequest) -> HttpResponse:
    """Every guarded place in sight: who answers for it at this moment, and what is late."""
    actor, now = actor_in(request), clock.now()
    rows = permit.visible_places(actor).filter(until__isnull=True).order_by("name", "pk")
    page = Paginator(rows.select_related("head__person"), PAGE).get_page(request.GET.get("trang"))
    names = body_names(p.body_id for p in page)
    standing = [queries.standing_of(p, now, names.get(p.body_id, "")) for p in page]
    lines = [
        {
            "at": one,
            "word": words_of(one.round.state) if one.round else "",
            "tone": TONES[one.round.state] if one.round else "quiet",
            "ends_soon": one.until is None or one.until - now < 2 * A_DAY,
        }
        for one in standing
    ]
    context = {"page": page, "rows": lines, "bodies": bodies_of(actor)}
    return render(request, "guarding/places.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def open_new(request: HttpRequest, body_id: int) -> HttpResponse:
    """Open a guarded place of one's body."""
    permit.allow(actor_in(request), "place.open", body_id)
    pairs = forms.by_name(queries.guards_of(body_id))
    form = forms.PlaceForm(request.POST or None, guards=pairs)

    def send(act: Any, values: dict[str, Any]) -> Any:
        given = {name: values.pop(name) for name in SETTINGS}
        return actions.open_place(act, body_id=body_id, settings=given, **values)

    asking = Asking(
        heading=_("Mở nơi bảo vệ 24/24"),
        submit=_("Bắt đầu bảo vệ"),
        back=reverse("guarding:places"),
        form=form,
        send=send,
        done=lambda _r: _("Đã mở nơi bảo vệ. Xếp lịch trực ngay để không có khoảng trống."),
        lede=_("Từ phút bấm nút, luôn có một người giữ ca. Giờ làm, giờ nghỉ là quy định của cơ quan, cần được xác nhận bằng văn bản."),
        notes=() if pairs else (_("Cơ quan chưa có người bảo vệ nào: cấp mã cho người trực trước."),),
    )  # fmt: skip
    return ask(request, asking, {"enrol": reverse("guarding:enrol", args=[body_id])})


@require_GET
@login_required
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """One place now: who holds the watch, the rounds of the last day, the next shifts, alarms."""
    seen = open_place(request, place_id)
    now = clock.now()
    watch = queries.watch_of(seen)
    until = seen.until or now
    since, last = max(seen.since, until - A_DAY), until + timedelta(minutes=1)
    rounds = queries.rounds_of(seen, Span(since, last), now) if since < last else ()
    points = dict(CheckPoint.objects.filter(place=seen).values_list("pk", "name"))
    planned = queries.planned(seen, Span(now, now + queries.AHEAD))
    tenures = watch.tenures[-8:]
    names = queries.names_of({t.guard for t in tenures} | {watch.holder, *(_pending(watch))})
    reached = queries.covered_until(seen)
    context = {
        **frame(request, seen, "place"),
        "now": now,
        "body": body_names([seen.body_id])[seen.body_id],
        "holder": names[watch.holder],
        "held_since": watch.held_since,
        "coming": names[watch.coming[0]] if watch.coming else "",
        "going": watch.going,
        "rounds": [
            {
                "at": r,
                "word": words_of(r.state),
                "tone": TONES[r.state],
                "missing": [points[p] for p in r.missing],
            }
            for r in reversed(rounds)
        ],
        "shifts": planned[:6],
        "tenures": [{"at": t, "name": names[t.guard]} for t in reversed(tenures)],
        "alarms": queries.alarms_of(seen, now - 7 * A_DAY)[:20],
        "until": reached,
        "uncovered": reached is None or reached <= now,
        "points": CheckPoint.objects.filter(place=seen, until__isnull=True).order_by("name"),
    }
    return render(request, "guarding/place.html", context)


def _pending(watch: Watch) -> list[int]:
    return [watch.coming[0]] if watch.coming else []


@require_POST
@login_required
def scan(request: HttpRequest, place_id: int) -> HttpResponse:
    """A code given at the place: a guard's own, or that of a check point."""
    seen = open_place(request, place_id, "watch.scan")
    typed = codes.cleaned(request.POST.get("code", "").replace("\x00", "")[:40])
    try:
        if request.POST.get("what") == "round":
            done = actions.scan_point(act_of(request), place_id=seen.pk, code=typed)
            messages.success(request, _("Đã qua điểm %(point)s.") % done)
        else:
            done = actions.scan_badge(act_of(request), place_id=seen.pk, badge=codes.hashed(typed))
            said = (
                _("%(holder)s đã nhận ca.")
                if done["passed"]
                else _(
                    "Đã nghe mã của %(heard)s. Còn thiếu mã của người kia; %(holder)s vẫn giữ ca."
                )
            )
            messages.success(request, said % done)
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        context = {**frame(request, seen, "place"), "problems": refused.problems}
        return render(request, "guarding/refused.html", context, status=refused.status)
    return redirect("guarding:place", seen.pk)


@require_http_methods(["GET", "POST"])
@login_required
def order(request: HttpRequest, place_id: int) -> HttpResponse:
    """A head orders who holds the watch from now on."""
    seen = open_place(request, place_id, "watch.order")
    form = forms.OrderForm(
        request.POST or None, guards=forms.by_name(queries.guards_of(seen.body_id))
    )
    asking = Asking(
        heading=_("Ra lệnh giữ ca"),
        submit=_("Ra lệnh"),
        back=reverse("guarding:place", args=[seen.pk]),
        form=form,
        send=lambda act, v: actions.order_watch(act, place_id=seen.pk, **v),
        done=lambda r: _("%(holder)s giữ ca từ bây giờ.") % r,
        lede=_(
            "Dùng khi người giữ ca không giao được bằng mã: ốm, bị gọi đi, người sau không đến."
        ),
        danger=True,
    )
    return ask(request, asking, frame(request, seen, "place"))


@require_GET
@login_required
def people(request: HttpRequest, place_id: int) -> HttpResponse:
    """The guards of the body and the check points of the place."""
    seen = open_place(request, place_id)
    context = {
        **frame(request, seen, "people"),
        "guards": queries.guards_of(seen.body_id),
        "points": CheckPoint.objects.filter(place=seen).order_by("until", "name"),
        "settings": [(forms.LABELS[name], getattr(seen, name)) for name in SETTINGS],
    }
    return render(request, "guarding/people.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def enrol(request: HttpRequest, body_id: int) -> HttpResponse:
    """Make a person of the body a guard; the code is shown once, here and never again."""
    actor = actor_in(request)
    permit.allow(actor, "guard.enrol", body_id)
    held = Appointment.objects.on(clock.today()).filter(post__body=body_id)
    pairs = held.order_by("person__full_name").values_list("person", "person__full_name")
    form = forms.EnrolForm(request.POST or None, people=list(dict(pairs).items()))
    problems: Any = ()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            code = codes.badge_for(f"{actor.user}/{request.POST.get('key', '')[:100]}")
            try:
                done = actions.enrol_guard(
                    act_of(request), body_id=body_id, badge=codes.hashed(code), **form.cleaned_data
                )
            except Refused as refused:
                problems, status = refused.problems, refused.status
            else:
                named = Guard.objects.select_related("person").get(pk=int(str(done["guard"])))
                shown = {"code": f"{code[:5]}-{code[5:]}", "guard": named}
                return render(request, "guarding/badge.html", shown)
    asking = Asking(
        heading=_("Cấp mã cho người bảo vệ"),
        submit=_("Cấp mã"),
        back=reverse("guarding:places"),
        form=form,
        send=lambda _a, _v: {},
        done=lambda _r: "",
        lede=_("Mỗi người một mã của riêng mình, dùng để giao và nhận ca. Mã chỉ hiện một lần; mất thì cấp mã mới."),
    )  # fmt: skip
    context = {"asking": asking, "form": form, "problems": problems}
    return render(request, "guarding/act.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def add_point(request: HttpRequest, place_id: int) -> HttpResponse:
    """One more point that each round must pass."""
    seen = open_place(request, place_id, "point.add")
    code = codes.point_code_for(f"{actor_in(request).user}/{request.POST.get('key', '')[:100]}")
    asking = Asking(
        heading=_("Thêm điểm kiểm tra"),
        submit=_("Thêm điểm"),
        back=reverse("guarding:people", args=[seen.pk]),
        form=forms.PointForm(request.POST or None),
        send=lambda act, v: actions.add_point(act, place_id=seen.pk, code=code, **v),
        done=lambda _r: _("Đã thêm điểm, mã %(code)s. In mã và dán lên tường.") % {"code": code},
        lede=_("Mỗi vòng tuần tra phải qua mọi điểm; mã của điểm dán trên tường."),
    )
    return ask(request, asking, frame(request, seen, "people"))


@require_http_methods(["GET", "POST"])
@login_required
def retire_point(request: HttpRequest, place_id: int, point_id: int) -> HttpResponse:
    """Rounds no longer pass a point."""
    seen = open_place(request, place_id, "point.add")
    asking = Asking(
        heading=_("Bỏ điểm kiểm tra"),
        submit=_("Bỏ điểm"),
        back=reverse("guarding:people", args=[seen.pk]),
        form=forms.ReasonForm(request.POST or None),
        send=lambda act, v: actions.retire_point(
            act, place_id=seen.pk, point_id=number_in(str(point_id)), **v
        ),
        done=lambda _r: _("Đã bỏ điểm kiểm tra."),
        danger=True,
    )
    return ask(request, asking, frame(request, seen, "people"))


@require_http_methods(["GET", "POST"])
@login_required
def hand_on(request: HttpRequest, place_id: int) -> HttpResponse:
    """Another body answers for the store from now on."""
    seen = open_place(request, place_id, "place.hand-on")
    later = clock.today() + timedelta(days=60)
    named = BodyVersion.objects.on(later).exclude(body=seen.body_id)
    units = acts_in(seen.body_id)
    near = named.filter(body__in=_acting_in(_around(units))).order_by("name")
    pairs = list(dict(near.values_list("body", "name")).items())
    form = forms.HandOnForm(request.POST or None, bodies=pairs)
    asking = Asking(
        heading=_("Giao nơi bảo vệ cho cơ quan khác"),
        submit=_("Giao lại"),
        back=reverse("guarding:places"),
        form=form,
        send=lambda act, v: actions.hand_place_on(act, place_id=seen.pk, **v),
        done=lambda _r: _("Đã giao. Người đang giữ ca vẫn giữ ca, lịch trực không đổi."),
        lede=_("Khi cơ quan kết thúc hoạt động, kho vẫn có người giữ từng phút: lịch trực và người trực đi theo nơi bảo vệ."),
        danger=True,
    )  # fmt: skip
    return ask(request, asking, frame(request, seen, "place"))


def _acting_in(units: set[int]) -> "QuerySet[Coverage, int]":
    """The bodies that act, or will act, in these units."""
    return Coverage.objects.known().filter(unit__in=units).values_list("body", flat=True)


def _around(units: frozenset[int]) -> set[int]:
    """The units, and what comes after them."""
    after = UnitEdge.objects.known().filter(src__in=units).values_list("dst", flat=True)
    below = UnitVersion.objects.known().filter(parent__in=units).values_list("unit", flat=True)
    further = UnitEdge.objects.known().filter(src__in=list(below))
    return {*units, *after, *further.values_list("dst", flat=True)}


@require_http_methods(["GET", "POST"])
@login_required
def end(request: HttpRequest, place_id: int) -> HttpResponse:
    """Guarding ends by a decision."""
    seen = open_place(request, place_id, "roster.publish")
    asking = Asking(
        heading=_("Kết thúc bảo vệ"),
        submit=_("Kết thúc bảo vệ"),
        back=reverse("guarding:places"),
        form=forms.EndForm(request.POST or None),
        send=lambda act, v: actions.end_place(act, place_id=seen.pk, **v),
        done=lambda _r: _("Đã kết thúc bảo vệ."),
        lede=_("Chỉ khi kho không còn tài liệu phải giữ; ghi văn bản quyết định."),
        danger=True,
    )
    return ask(request, asking, frame(request, seen, "place"))


def days_asked(request: HttpRequest, today: date) -> tuple[date, date]:
    """The first and the last day of the book asked for; a week up to today when not said."""
    first = _day(request.GET.get("tu")) or today - timedelta(days=6)
    last = _day(request.GET.get("den")) or max(first, today)
    if last < first or (last - first).days >= MOST_DAYS:
        raise Refused.because("guarding.roster-too-long", "", most=MOST_DAYS)
    return first, last


def _day(text: str | None) -> date | None:
    try:
        return parse_date((text or "")[:10])
    except ValueError:
        return None


def window_of(first: date, last: date) -> Span:
    """From the midnight that begins the first day to the one that ends the last."""
    return Span(
        timezone.make_aware(datetime.combine(first, time.min)),
        timezone.make_aware(datetime.combine(last + A_DAY, time.min)),
    )


@require_GET
@login_required
def book(request: HttpRequest, place_id: int) -> HttpResponse:
    """The book of the watch: who held it, rounds and alarms, day by day; also as PDF."""
    seen = open_place(request, place_id)
    now = clock.now()
    first, last = days_asked(request, clock.today())
    pages = papers.book_of(seen, window_of(first, last), now)
    if request.GET.get("xuat") == "pdf":
        name = f"so-truc-{seen.pk}-{first:%Y%m%d}-{last:%Y%m%d}.pdf"
        return download(papers.book_pdf(seen, pages, first, last, now), PDF, name)
    context = {
        **frame(request, seen, "book"),
        "pages": pages,
        "first": first,
        "last": last,
        "rounds": [
            {"at": r, "word": words_of(r.state), "tone": TONES[r.state]} for r in pages.rounds
        ],
    }
    return render(request, "guarding/book.html", context)
