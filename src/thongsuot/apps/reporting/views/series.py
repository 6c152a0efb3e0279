"""Series: which reports are asked, of whom, for whom; opening periods; who owes them."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.registry.models import Body, BodyKind, BodyVersion, Coverage, UnitVersion
from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.actions import forms as actions
from thongsuot.apps.reporting.models import (
    Bloc,
    Expected,
    Form,
    PeriodKind,
    Recipient,
    Series,
    Snapshot,
)
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.rounds import round_lines
from thongsuot.apps.reporting.queries.snapshots import due_of
from thongsuot.apps.reporting.views.frame import (
    Asking,
    Box,
    ask,
    day_in,
    frame,
    number_in,
    reason_box,
)
from thongsuot.apps.reporting.words import due_words, period_words
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.reporting.access import Stand, may
from thongsuot.rules.reporting.periods import periods

WEEKLY = (PeriodKind.WEEK, PeriodKind.FORTNIGHT)


def timed_words(timed: Series | Recipient) -> str:
    """The rhythm and deadline of something timed: tuần, 12:00 thứ Sáu."""
    kind = str(PeriodKind(timed.kind).label)
    due = due_words(timed.due_after, f"{timed.due_at:%H:%M}", weekly=timed.kind in WEEKLY)
    return f"{kind}, {due}"


def may_write(request: HttpRequest) -> bool:
    """Whether the post acted in may have reports made in the name of its body."""
    actor = actor_in(request)
    body = actor.hat.body if actor.hat else 0
    return may(actor, "form.write", Stand(body))


@require_GET
@login_required
def all_series(request: HttpRequest) -> HttpResponse:
    """Every report that is asked of one's bodies or that they gather."""
    actor = actor_in(request)
    whole = set(permit.gathered_series(actor).values_list("pk", flat=True))
    asked = set(permit.visible_series(actor).values_list("pk", flat=True))
    rows = Series.objects.filter(pk__in=whole | asked).select_related("form")
    found = list(rows.order_by("closed_at", "name", "pk"))
    names = body_names(s.body_id for s in found)
    context = {
        **frame(request, "all-series"),
        "rows": [(s, names[s.body_id], timed_words(s), s.pk in whole) for s in found],
        "may_write": may_write(request),
    }
    return render(request, "reporting/all_series.html", context)


@require_GET
@login_required
def series(request: HttpRequest, series_id: int) -> HttpResponse:
    """One series: its recipients with their cut-offs, its periods with their counts, who owes it."""
    actor, now = actor_in(request), clock.now()
    found = permit.series_in_sight(actor, series_id, whole=True)
    owing = list(found.expected.filter(until__isnull=True).order_by("pk")[:200])
    names = body_names([found.body_id, *(e.body_id for e in owing)])
    context = {
        **frame(request, "all-series"),
        "series": found,
        "gatherer": names[found.body_id],
        "timed": timed_words(found),
        "rounds": [
            (line, period_words(found.kind, line.round.period)) for line in round_lines(found, now)
        ],
        "recipients": _recipients(found),
        "owing": [names[e.body_id] for e in owing],
        "owing_count": found.expected.filter(until__isnull=True).count(),
        "may_open": found.closed_at is None and permit.allowed(actor, "round.open", found),
        "may_write": found.closed_at is None and permit.allowed(actor, "form.write", found),
        "may_freeze": permit.allowed(actor, "snapshot.take", found),
        "ad_hoc": found.kind == PeriodKind.AD_HOC,
    }
    return render(request, "reporting/series.html", context)


def _recipients(found: Series) -> list[dict[str, Any]]:
    """Each recipient with what it is to get of the periods opened so far, the newest first."""
    now = clock.now()
    rounds = list(found.rounds.filter(opened_at__lte=now).order_by("since"))
    newest: dict[tuple[int, Any], Snapshot] = {}
    taken = Snapshot.objects.filter(recipient__series=found, taken_at__lte=now).defer("content")
    for snapshot in taken.order_by("version"):
        newest[snapshot.recipient_id, snapshot.since] = snapshot
    rows = []
    for recipient in found.recipients.filter(ended_at__isnull=True).order_by("place", "pk"):
        dues = []
        if rounds and recipient.kind != PeriodKind.AD_HOC:
            span = type(rounds[0].period)(rounds[0].since, rounds[-1].until)
            whole = [p for p in periods(recipient.rhythm, span) if _ends_in(rounds, p)]
            dues = [due_of(recipient, p, newest.get((recipient.pk, p.since))) for p in whole[-4:]]
        rows.append(
            {
                "recipient": recipient,
                "timed": timed_words(recipient),
                "dues": list(reversed(dues)),
                "bloc": recipient.get_bloc_display(),
            }
        )
    return rows


def _ends_in(rounds: list[Any], period: Any) -> bool:
    return any(period.since < r.until <= period.until for r in rounds)


def _timing_boxes(*, kind: str = "week") -> list[Box]:
    return [
        Box("kind", gettext_lazy("Kỳ báo cáo"), "choice", choices=PeriodKind.choices, value=kind),
        Box("due_after", gettext_lazy("Hạn, số ngày sau ngày cuối kỳ"), "number", value="-2",
            help=gettext_lazy("Số âm là trước ngày cuối kỳ. Kỳ tuần kết thúc Chủ nhật: −2 là thứ Sáu, 1 là thứ Hai tuần sau.")),
        Box("due_at", gettext_lazy("Giờ"), value="12:00", most=5),
        Box("due_earlier", gettext_lazy("Trùng ngày nghỉ thì lùi về ngày làm việc trước"), "check", required=False, value="1"),
        Box("cut_day", gettext_lazy("Ngày trong tháng bắt đầu chốt số liệu"), "number", required=False, value="1",
            help=gettext_lazy("1 là theo tháng dương lịch. 15 là từ ngày 15 tháng trước đến ngày 14 (quy định cần xác nhận).")),
        Box("anchor", gettext_lazy("Ngày thứ Hai đầu tiên của kỳ hai tuần"), "day", required=False),
    ]  # fmt: skip


def timing_in(sent: Mapping[str, str]) -> dict[str, Any]:
    """A rhythm out of a form. Raises Refused for boxes that hold something else."""
    found: dict[str, Any] = {"kind": sent.get("kind", "")}
    for name, usual in (("due_after", "0"), ("cut_day", "1")):
        text = (sent.get(name, "") or usual).strip().replace("−", "-")
        if not text.lstrip("-").isascii() or not text.lstrip("-").isdigit() or len(text) > 5:
            raise Refused.because("reporting.form-field-unfit", name, value=text[:20])
        found[name] = int(text)
    hour = sent.get("due_at", "").strip()
    parts = hour.split(":")
    fits = len(parts) == 2 and all(p.isascii() and p.isdigit() and len(p) <= 2 for p in parts)
    if not fits or int(parts[0]) > 23 or int(parts[1]) > 59:
        raise Refused.because("reporting.form-field-unfit", _("Giờ"), value=hour[:20])
    found["due_at"] = f"{int(parts[0]):02d}:{int(parts[1]):02d}"
    found["due_earlier"] = bool(sent.get("due_earlier"))
    if sent.get("anchor", "").strip():
        found["anchor"] = day_in(sent["anchor"])
    return found


def _own_forms(request: HttpRequest) -> list[tuple[object, object]]:
    actor = actor_in(request)
    mine = permit.own_bodies(actor)
    rows = Form.objects.filter(body__in=mine, retired_at__isnull=True).order_by("title")
    return [(f.pk, f.title) for f in rows]


def bodies_named(text: str) -> list[int]:
    """Bodies out of lines: a code of the registry or the whole name. Raises Refused, all at once."""
    lines = list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))[:5_000]
    by_key = dict(Body.objects.filter(key__in=lines).values_list("key", "pk"))
    rows = BodyVersion.objects.known().filter(name__in=lines)
    by_name = dict(rows.values_list("name", "body"))
    missing = [line for line in lines if line not in by_key and line not in by_name]
    if missing:
        raise Refused(
            [Problem("reporting.form-field-unfit", _("Đơn vị"), {"value": m[:80]}) for m in missing[:20]]
        )  # fmt: skip
    return [by_key.get(line) or by_name[line] for line in lines]


def _below(request: HttpRequest) -> str:
    """The committees of the communes below the place where the gatherer acts: what is usual."""
    hat = actor_in(request).hat
    today = clock.today()
    if hat is None:
        return ""
    units = Coverage.objects.on(today).filter(body=hat.body).values("unit")
    below = UnitVersion.objects.on(today).filter(parent__in=units).values("unit")
    covering = Coverage.objects.on(today).filter(
        unit__in=below, body__kind=BodyKind.PEOPLES_COMMITTEE
    )
    names = body_names(covering.values_list("body", flat=True)[:400])
    return "\n".join(sorted(names.values()))


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Have a form filled in again and again."""
    if not may_write(request):
        raise Refused.forbidden(Problem("reporting.not-allowed", "", {"post": _post(request)}))
    back = reverse("reporting:all-series")

    def do(act: Any, sent: Mapping[str, str]) -> str:
        recipients = []
        if sent.get("to", "").strip():
            recipients = [{"name": sent["to"], "bloc": sent.get("bloc", ""), **timing_in(sent)}]
        done = actions.open_series(
            act,
            form_id=number_in(sent.get("form")),
            name=sent.get("name", ""),
            rhythm=timing_in(sent),
            since=day_in(sent.get("since", "")),
            bodies=bodies_named(sent.get("bodies", "")),
            recipients=recipients,
            basis=sent.get("basis", ""),
        )
        return reverse("reporting:series", args=[done["series"]])

    asking = Asking(
        heading=_("Lập chế độ báo cáo"),
        lede=_("Một mẫu, một kỳ, những đơn vị phải nộp. Số liệu gom một lần, gửi được nhiều nơi."),
        boxes=[
            Box("form", _("Mẫu báo cáo"), "choice", choices=_own_forms(request)),
            Box("name", _("Tên chế độ báo cáo"), most=300),
            *_timing_boxes(),
            Box("since", _("Áp dụng từ ngày"), "day", value=clock.today().isoformat()),
            Box("bodies", _("Đơn vị phải báo cáo, mỗi dòng một đơn vị"), "long", rows=8, most=20_000,
                value=_below(request), help=_("Tên đầy đủ hoặc mã trong danh bạ cơ quan.")),
            Box("to", _("Nơi nhận đầu tiên"), required=False, most=200,
                help=_("Thêm nơi nhận khác, mỗi nơi một kỳ và một hạn, ở trang sau.")),
            Box("bloc", _("Thể thức văn bản gửi nơi nhận"), "choice", choices=Bloc.choices, value="state"),
            Box("basis", _("Căn cứ"), required=False, most=300),
        ],
        do=do,
        done=_("Đã lập. Mở kỳ đầu tiên để các đơn vị thấy."),
        back=back,
        submit=_("Lập"),
    )  # fmt: skip
    return ask(request, "all-series", asking)


def _post(request: HttpRequest) -> str:
    hat = actor_in(request).hat
    return hat.post if hat else ""


def _mine(request: HttpRequest, series_id: int) -> Series:
    actor = actor_in(request)
    found = permit.series_in_sight(actor, series_id, whole=True)
    permit.allow(actor, "form.write", found)
    return found


@require_http_methods(["GET", "POST"])
@login_required
def add_recipient(request: HttpRequest, series_id: int) -> HttpResponse:
    """One more recipient of the same figures, with its own rhythm and cut-off."""
    found = _mine(request, series_id)

    def do(act: Any, sent: Mapping[str, str]) -> None:
        actions.add_recipient(
            act,
            series_id=found.pk,
            recipient={"name": sent.get("to", ""), "bloc": sent.get("bloc", ""), **timing_in(sent)},
        )

    asking = Asking(
        heading=_("Thêm nơi nhận"),
        lede=_(
            "Cùng một bộ số liệu, không gõ lại; mỗi nơi nhận một kỳ, một giờ chốt, một bản chốt."
        ),
        boxes=[
            Box("to", _("Nơi nhận"), most=200),
            Box("bloc", _("Thể thức văn bản"), "choice", choices=Bloc.choices, value="state"),
            *_timing_boxes(),
        ],
        do=do,
        done=_("Đã thêm nơi nhận."),
        back=reverse("reporting:series", args=[found.pk]),
        submit=_("Thêm"),
    )
    return ask(request, "all-series", asking)


@require_http_methods(["GET", "POST"])
@login_required
def expected(request: HttpRequest, series_id: int) -> HttpResponse:
    """From a day on more bodies owe the reports, or some no longer."""
    found = _mine(request, series_id)
    rows = Expected.objects.filter(series=found, until__isnull=True)
    names = body_names(rows.values_list("body", flat=True))

    def do(act: Any, sent: Mapping[str, str]) -> None:
        wanted = bodies_named(sent.get("bodies", ""))
        gone = [body for body in names if body not in set(wanted)]
        actions.change_expected(
            act,
            series_id=found.pk,
            on=day_in(sent.get("on", "")),
            add=[body for body in wanted if body not in names],
            end=gone,
        )

    asking = Asking(
        heading=_("Đơn vị phải báo cáo"),
        lede=_("Bỏ một dòng là đơn vị ấy thôi phải nộp từ ngày ghi dưới đây; các kỳ đã mở giữ nguyên."),
        boxes=[
            Box("on", _("Từ ngày"), "day", value=clock.today().isoformat()),
            Box("bodies", _("Mỗi dòng một đơn vị"), "long", rows=14, most=20_000,
                value="\n".join(sorted(names.values()))),
        ],
        do=do,
        done=_("Đã ghi."),
        back=reverse("reporting:series", args=[found.pk]),
        submit=_("Ghi"),
    )  # fmt: skip
    return ask(request, "all-series", asking)


@require_http_methods(["GET", "POST"])
@login_required
def close(request: HttpRequest, series_id: int) -> HttpResponse:
    """End a series, with the reason."""
    found = _mine(request, series_id)

    def do(act: Any, sent: Mapping[str, str]) -> None:
        actions.close_series(act, series_id=found.pk, reason=sent.get("reason", ""))

    asking = Asking(
        heading=_("Dừng chế độ báo cáo"),
        lede=_("Không mở kỳ mới nữa; mọi thứ đã báo cáo giữ nguyên."),
        boxes=[reason_box()],
        do=do,
        done=_("Đã dừng."),
        back=reverse("reporting:series", args=[found.pk]),
        submit=_("Dừng"),
        danger=True,
    )
    return ask(request, "all-series", asking)
