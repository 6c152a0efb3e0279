"""Duties: the list, one duty with everything done to it, drafts, evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from thongsuot.apps.directives import actions, lists, naming, permit, queries
from thongsuot.apps.directives.models import Duty, DutyState, Evidence, Manner
from thongsuot.apps.directives.naming import names_of, person_called, with_names
from thongsuot.apps.directives.steps import chain_above
from thongsuot.apps.directives.views.frame import Words, day_in, files_in, number_in, tabs
from thongsuot.foundation import clock
from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.tables.table import Bulk
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.directives.access import may
from thongsuot.rules.directives.lifecycle import STEPS
from thongsuot.rules.kernel.problem import Problem


@require_GET
@login_required
def duties(request: HttpRequest) -> HttpResponseBase:
    """Every duty in sight: filter, issue drafts, take away as a file."""
    actor = actor_in(request)
    rows = with_names(permit.visible_duties(actor))
    drafts = permit.own_bodies(actor, "duty.draft")
    bulk: tuple[Bulk, ...] = ()
    if permit.own_bodies(actor, "duty.issue"):
        bulk = (Bulk(_("Giao các dự thảo đã chọn"), reverse("directives:issue")),)
    place = Place(scope="directives", source=Source("directives.duties", {}))
    table = lists.duties_table(actor)
    listing = Listing(table, rows, request, place, bulk=bulk, today=clock.today())
    context = {
        **tabs(request, "duties"),
        "figures": queries.figures(actor, clock.today()),
        "drafting": bool(drafts),
        "moving": bool(permit.own_bodies(actor, "duty.recall")),
    }
    return answer(listing, "directives/duties.html", context)


@dataclass(frozen=True, slots=True)
class Doing:
    """Something done to one duty: its words, its right, what the form asks, how it is sent.

    ``asks``: words, reason, percent, until, person, files, nothing.
    """

    label: Words
    right: str
    asks: tuple[str, ...]
    send: Callable[[HttpRequest, Act, Duty], Mapping[str, Any]]
    done: Words
    danger: bool = False
    optional: bool = False  # the words may be left out
    fits: Callable[[Duty], bool] = lambda _duty: True


def _words(request: HttpRequest) -> str:
    return request.POST.get("words", "")


def _progress(request: HttpRequest, act: Act, duty: Duty) -> Mapping[str, Any]:
    return actions.report_progress(
        act, duty_id=duty.pk, words=_words(request),
        percent=number_in(request.POST.get("percent")), files=files_in(request),
    )  # fmt: skip


def _answer(request: HttpRequest, act: Act, duty: Duty) -> Mapping[str, Any]:
    return actions.answer_round(
        act, duty_id=duty.pk, words=_words(request),
        nothing=request.POST.get("nothing") == "1", files=files_in(request),
    )  # fmt: skip


def _until(request: HttpRequest) -> Any:
    until = day_in(request.POST.get("until"))
    if until is None:
        raise Refused.because("directives.needed", str(_("đến ngày")), field="until")
    return until


def _reassign(request: HttpRequest, act: Act, duty: Duty) -> Mapping[str, Any]:
    person = person_called(request.POST.get("person", ""), duty.lead_id or 0, clock.today())
    return actions.reassign_duty(act, duty_id=duty.pk, person_id=person, reason=_words(request))


DOINGS: dict[str, Doing] = {
    "nhan": Doing(
        gettext_lazy("Nhận nhiệm vụ"), "accept", ("words",),
        lambda r, a, d: actions.accept_duty(a, duty_id=d.pk, words=_words(r)),
        gettext_lazy("Đã nhận nhiệm vụ."), optional=True,
    ),
    "bao-cao-ky": Doing(
        gettext_lazy("Báo cáo kỳ này"), "answer", ("words", "nothing", "files"), _answer,
        gettext_lazy("Đã báo cáo kỳ."), optional=True, fits=lambda d: bool(d.every),
    ),
    "tien-do": Doing(
        gettext_lazy("Báo cáo tiến độ"), "progress", ("words", "percent", "files"), _progress,
        gettext_lazy("Đã ghi tiến độ."), fits=lambda d: not d.every,
    ),
    "xong": Doing(
        gettext_lazy("Báo cáo hoàn thành"), "report-done", ("words", "files"),
        lambda r, a, d: actions.report_done(a, duty_id=d.pk, words=_words(r), files=files_in(r)),
        gettext_lazy("Đã báo cáo hoàn thành, chờ nơi giao nghiệm thu."),
    ),
    "xin-gia-han": Doing(
        gettext_lazy("Xin gia hạn"), "ask-extension", ("until", "words"),
        lambda r, a, d: actions.ask_extension(a, duty_id=d.pk, until=_until(r), reason=_words(r)),
        gettext_lazy("Đã gửi đề nghị gia hạn."), fits=lambda d: d.asked_on is None,
    ),
    "doi-nguoi": Doing(
        gettext_lazy("Đổi người phụ trách"), "reassign", ("person", "words"), _reassign,
        gettext_lazy("Đã đổi người phụ trách."), optional=True,
    ),
    "tra-lai": Doing(
        gettext_lazy("Trả lại"), "return", ("words",),
        lambda r, a, d: actions.return_duty(a, duty_id=d.pk, reason=_words(r)),
        gettext_lazy("Đã trả lại nơi giao."), danger=True, fits=lambda d: d.manner == Manner.TASK,
    ),
    "tu-choi": Doing(
        gettext_lazy("Từ chối phối hợp"), "return", ("words",),
        lambda r, a, d: actions.return_duty(a, duty_id=d.pk, reason=_words(r)),
        gettext_lazy("Đã từ chối, lý do đã gửi nơi đề nghị."), danger=True,
        fits=lambda d: d.manner == Manner.REQUEST,
    ),
    "nghiem-thu": Doing(
        gettext_lazy("Nghiệm thu, hoàn thành"), "complete", ("words",),
        lambda r, a, d: actions.complete_duty(a, duty_id=d.pk, words=_words(r)),
        gettext_lazy("Đã nghiệm thu."), optional=True,
    ),
    "lam-tiep": Doing(
        gettext_lazy("Yêu cầu làm tiếp"), "send-back", ("words",),
        lambda r, a, d: actions.send_back(a, duty_id=d.pk, reason=_words(r)),
        gettext_lazy("Đã yêu cầu làm tiếp."),
    ),
    "gia-han": Doing(
        gettext_lazy("Gia hạn"), "extend", ("until", "words"),
        lambda r, a, d: actions.extend_duty(a, duty_id=d.pk, until=_until(r), reason=_words(r)),
        gettext_lazy("Đã gia hạn."), optional=True,
    ),
    "khong-gia-han": Doing(
        gettext_lazy("Không đồng ý gia hạn"), "refuse-extension", ("words",),
        lambda r, a, d: actions.refuse_extension(a, duty_id=d.pk, reason=_words(r)),
        gettext_lazy("Đã trả lời, hạn giữ nguyên."), fits=lambda d: d.asked_on is not None,
    ),
    "thu-hoi": Doing(
        gettext_lazy("Thu hồi"), "recall", ("words",),
        lambda r, a, d: actions.recall_duty(a, duty_id=d.pk, reason=_words(r)),
        gettext_lazy("Đã thu hồi nhiệm vụ."), danger=True,
    ),
    "giao": Doing(
        gettext_lazy("Giao nhiệm vụ"), "issue", (),
        lambda r, a, d: actions.issue_duties(a, duty_ids=[d.pk]),
        gettext_lazy("Đã giao nhiệm vụ."),
    ),
    "bo": Doing(
        gettext_lazy("Bỏ dự thảo"), "drop", ("words",),
        lambda r, a, d: actions.drop_draft(a, duty_id=d.pk, reason=_words(r)),
        gettext_lazy("Đã bỏ dự thảo."), danger=True, optional=True,
    ),
}  # fmt: skip


def _offered(request: HttpRequest, duty: Duty) -> list[tuple[str, Doing]]:
    """What the person may do to the duty as it stands; the actions ask again."""
    actor, sides = actor_in(request), permit.sides(duty)
    return [
        (name, doing)
        for name, doing in DOINGS.items()
        if (duty.state, doing.right) in STEPS
        and doing.fits(duty)
        and may(actor, f"duty.{doing.right}", sides)
    ]


def _page(
    request: HttpRequest, duty_id: int, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    permit.duty_in_sight(actor_in(request), duty_id)
    found = with_names(
        Duty.objects.select_related("person", "document", "above", "point", "milestone", "meeting")
    ).get(pk=duty_id)
    actor, now, today = actor_in(request), clock.now(), clock.today()
    parts = list(found.parts.order_by("pk"))
    above = chain_above(found)
    below = list(with_names(permit.visible_duties(actor).filter(above=found)).order_by("pk")[:100])
    names = names_of([*(p.body_id for p in parts), found.report_to_id, *(d.lead_id for d in above),
                      *(d.assigner_id for d in above)], today)  # fmt: skip
    sides = permit.sides(found)
    context = {
        **tabs(request, "duties"),
        "duty": found,
        "tone": lists.TONES[DutyState(found.state)],
        "stands": lists.stands(found),
        "stands_tone": lists.stands_tone(found),
        "late": queries.late_by(found, now) if found.state in ("issued", "accepted", "in-progress") else 0,
        "left": queries.days_left(found, today),
        "parts": [
            (p, names.get(p.body_id, ""), p.done_at is None and actor.speaks_for(p.body_id)
             and (found.state, "part-done") in STEPS) for p in parts
        ],
        "report_to": names.get(found.report_to_id or 0, ""),
        "above": [(d, names.get(d.assigner_id, ""), names.get(d.lead_id or 0, "")) for d in reversed(above)],
        "below": below,
        "lines": queries.lines_of(found),
        "doings": _offered(request, found),
        "people": naming.offered_people([found.lead_id or 0], today) if found.lead_id else [],
        "changing": (found.state, "change") in STEPS and may(actor, "duty.change", sides),
        "handing_on": found.state in ("issued", "accepted", "in-progress") and bool(found.lead_id)
        and found.lead_id in permit.own_bodies(actor, "duty.draft"),
        "problems": problems,
    }  # fmt: skip
    return render(request, "directives/duty.html", context, status=status)


@require_GET
@login_required
def duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    """One duty: who, what, where, by when, everything said about it, what may be done now."""
    return _page(request, duty_id)


@require_POST
@login_required
def do(request: HttpRequest, duty_id: int, doing: str) -> HttpResponse:
    """Do one thing to a duty; back on its page with every problem when it is refused."""
    wanted = DOINGS.get(doing)
    if wanted is None:
        raise Http404
    act = act_of(request)
    found = permit.duty_in_sight(actor_in(request), duty_id)
    try:
        wanted.send(request, act, found)
    except Refused as refused:
        if refused.status in (400, 403, 404):
            raise
        return _page(request, duty_id, refused.problems, refused.status)
    messages.success(request, str(wanted.done))
    return redirect("directives:duty", duty_id=duty_id)


@require_POST
@login_required
def part_done(request: HttpRequest, duty_id: int, part_id: int) -> HttpResponse:
    """A co-ordinating body says that its piece is done."""
    act = act_of(request)
    try:
        actions.finish_part(act, duty_id=duty_id, part_id=part_id, words=_words(request))
    except Refused as refused:
        if refused.status in (400, 403, 404):
            raise
        return _page(request, duty_id, refused.problems, refused.status)
    messages.success(request, _("Đã ghi phần phối hợp là xong."))
    return redirect("directives:duty", duty_id=duty_id)


@require_GET
@login_required
def evidence(request: HttpRequest, duty_id: int, line: int, number: int) -> HttpResponseBase:
    """A file put to a line of the history."""
    permit.duty_in_sight(actor_in(request), duty_id)
    rows = Evidence.objects.filter(
        line__duty=duty_id, line__number=min(line, 2**31 - 1), number=min(number, 2**15 - 1)
    )
    found = rows.select_related("file").first()
    if found is None:
        raise Http404
    return send(found.file, found.name)
