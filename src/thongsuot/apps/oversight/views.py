"""Pages of the log of commendations: the list, one of them, proposing, and every step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.directives import permit as directives
from thongsuot.apps.directives.naming import body_called, person_called
from thongsuot.apps.oversight import actions, lists, permit
from thongsuot.apps.oversight.choices import TONES, FormWord, StateWord, View
from thongsuot.apps.oversight.models import Commendation
from thongsuot.apps.registry.asking import Asking, Box, ask, day_in, number_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.reporting import permit as reporting
from thongsuot.foundation import clock
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.text import sort_key
from thongsuot.rules.oversight.commendation import STEPS, Sides, may

Sent = Mapping[str, str]
FIGURES = {
    "in-time": gettext_lazy("Nhiệm vụ xong đúng hạn"),
    "done": gettext_lazy("Nhiệm vụ đã báo cáo xong"),
    "accepted": gettext_lazy("Nhiệm vụ đã nghiệm thu"),
}
OFFERED = 200


def _may_propose(actor: Actor) -> frozenset[int]:
    return frozenset(
        b for b in permit.own_bodies(actor) if may(actor, "propose", Sides(proposer=b))
    )


@require_GET
@login_required
def every(request: HttpRequest) -> HttpResponseBase:
    """The log as far as it is in sight; one's own first of all."""
    actor = actor_in(request)
    listing = Listing(
        lists.COMMENDATIONS, lists.rows_for(actor), request,
        Place(source=Source("oversight.commendations", {})),
    )  # fmt: skip
    own = permit.visible(actor).filter(person__account=actor.user, person__isnull=False)
    context = {"may_propose": bool(_may_propose(actor)), "own": list(own[:20])}
    return answer(listing, "oversight/all.html", context)


@require_GET
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One commendation: for what, on which grounds, with which figures, who thinks what, who decided."""
    actor = actor_in(request)
    row = permit.in_sight(actor, pk)
    views = list(row.views.order_by("pk"))
    names = body_names({row.proposer_id, row.decider_id, row.body_id, *(v.body_id for v in views)})
    inside = {row.proposer_id, row.decider_id, *(v.body_id for v in views)}
    context = {
        "row": row,
        "tone": TONES[StateWord(row.state)],
        "proposer": names[row.proposer_id],
        "decider": names[row.decider_id],
        "body": names[row.body_id],
        "figures": [(FIGURES[str(f["label"])], f["done"], f["of"]) for f in row.figures],
        "views": [(names[v.body_id], v) for v in views]
        if inside & permit.own_bodies(actor)
        else [],
        "doors": _doors_of(actor, row),
        "link": _link(actor, row),
    }
    return render(request, "oversight/one.html", context)


def _link(actor: Actor, row: Commendation) -> str:
    """The page of the work, when the person may open it."""
    if row.duty_id and directives.visible_duties(actor).filter(pk=row.duty_id).exists():
        return reverse("directives:duty", args=[row.duty_id])
    if row.plan_id and directives.visible_plans(actor).filter(pk=row.plan_id).exists():
        return reverse("directives:plan", args=[row.plan_id])
    if row.series_id and reporting.visible_series(actor).filter(pk=row.series_id).exists():
        return reverse("reporting:series", args=[row.series_id])
    return ""


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a person or a collective."""
    actor, today = actor_in(request), clock.today()
    own = _may_propose(actor)
    if not own:
        permit.allow(actor, "propose", Sides())
    hat = actor.hat
    first = hat.body if hat and hat.body in own else next(iter(own), 0)
    duty = number_in(request.GET.get("nhiem-vu"))

    def do(act: Act, sent: Sent) -> Mapping[str, Any]:
        body = body_called(sent.get("body", ""), today)
        values = {
            "body": body,
            "person": person_called(sent.get("person", ""), body, today),
            "decider": body_called(sent.get("decider", ""), today),
            **{n: sent.get(n, "") for n in ("form", "about", "grounds")},
            **{n: number_in(sent.get(n)) for n in ("duty", "plan", "series")},
        }
        return actions.propose(
            act, proposer_id=number_in(sent.get("proposer")), commendation=values
        )

    names = body_names(own)
    proposers = sorted(names.items(), key=lambda b: sort_key(b[1]))
    none = [("", "–")]
    duties = (
        directives.visible_duties(actor).exclude(state__in=("draft", "dropped")).order_by("-pk")
    )
    plans = directives.visible_plans(actor).order_by("-pk")
    series = reporting.visible_series(actor).order_by("-pk")
    boxes = (
        Box("proposer", _("Nơi đề nghị"), "choice", choices=proposers, value=str(first)),
        Box("body", _("Tập thể, hoặc cơ quan của cá nhân"), most=300, help=_("Tên cơ quan như trong sổ đăng ký.")),
        Box("person", _("Cá nhân"), required=False, most=120, help=_("Để trống khi biểu dương tập thể.")),
        Box("duty", _("Vì nhiệm vụ"), "choice", required=False, value=str(duty or ""), choices=[*none, *((d.pk, f"{d.code} {d.task}"[:120]) for d in duties[:OFFERED])]),
        Box("plan", _("Vì phong trào, đề án"), "choice", required=False, choices=[*none, *((p.pk, p.title[:120]) for p in plans[:OFFERED])]),
        Box("series", _("Vì chế độ báo cáo"), "choice", required=False, choices=[*none, *((s.pk, s.name[:120]) for s in series[:OFFERED])]),
        Box("about", _("Việc được biểu dương"), required=False, most=500, help=_("Để trống thì lấy tên nhiệm vụ, phong trào, chế độ báo cáo đã chọn.")),
        Box("grounds", _("Căn cứ, thành tích"), "long", most=4_000, help=_("Số nhiệm vụ đúng hạn của nơi này được hệ thống tự ghi kèm.")),
        Box("form", _("Hình thức đề nghị"), "choice", choices=FormWord.choices, value=FormWord.PRAISE),
        Box("decider", _("Nơi quyết định"), value=names.get(first, ""), most=300),
    )  # fmt: skip
    asking = Asking(
        heading=_("Đề nghị ghi nhận, biểu dương"),
        boxes=boxes,
        do=do,
        back=reverse("oversight:all"),
        then=lambda result: reverse("oversight:one", args=[result["commendation"]]),
        done=_("Đã đề nghị. Nơi quyết định đã được báo."),
        submit=_("Đề nghị"),
        crumbs=((_("Sổ ghi nhận, biểu dương"), reverse("oversight:all")),),
    )
    return ask(request, asking)


@dataclass(frozen=True, slots=True)
class Door:
    """One act on a commendation: the right it needs, its boxes, what it does, what it says."""

    label: str | Promise
    right: str
    boxes: Callable[[Actor, Commendation], tuple[Box, ...]]
    do: Callable[[Act, int, Sent], Mapping[str, Any]]
    done: str | Promise
    danger: bool = False


def _reason(_actor: Actor, _row: Commendation) -> tuple[Box, ...]:
    return (Box("reason", _("Lý do"), "long", most=500),)


def _views(actor: Actor, row: Commendation) -> tuple[Box, ...]:
    asked = row.views.filter(body__in=permit.own_bodies(actor)).values_list("body", flat=True)
    names = body_names(asked)
    return (
        Box("body", _("Thay mặt"), "choice", choices=sorted(names.items()), value=str(next(iter(names), ""))),
        Box("view", _("Ý kiến"), "choice", choices=View.choices, value=View.AGREE),
        Box("words", _("Nội dung"), "long", required=False, most=1000, help=_("Bắt buộc khi không đồng ý.")),
    )  # fmt: skip


def _decides(_actor: Actor, row: Commendation) -> tuple[Box, ...]:
    return (
        Box("form", _("Hình thức"), "choice", choices=FormWord.choices, value=row.form),
        Box("number", _("Số quyết định"), required=False, most=60, help=_("Chỉ ghi nhận, biểu dương trong kết luận thì để trống được.")),
        Box("on", _("Ngày quyết định"), "day", value=clock.today().isoformat()),
    )  # fmt: skip


def _announces(_actor: Actor, _row: Commendation) -> tuple[Box, ...]:
    return (
        Box("on", _("Ngày công bố"), "day", value=clock.today().isoformat()),
        Box("where", _("Công bố ở đâu"), most=300),
    )


def _names(text: str) -> list[int]:
    return [body_called(line, clock.today()) for line in text.splitlines() if line.strip()]


DOORS: dict[str, Door] = {
    "quyet-dinh": Door(
        gettext_lazy("Quyết định"), "decide", _decides,
        lambda a, pk, s: actions.decide(a, commendation_id=pk, form=s.get("form", ""), number=s.get("number", ""),
                                        on=day_in(s.get("on", ""), _("Ngày quyết định"))),
        gettext_lazy("Đã ghi quyết định."),
    ),
    "lay-y-kien": Door(
        gettext_lazy("Lấy ý kiến"), "consult",
        lambda _a, _r: (Box("bodies", _("Lấy ý kiến cơ quan, mỗi dòng một tên"), "long", most=8_000),),
        lambda a, pk, s: actions.ask_views(a, commendation_id=pk, bodies=_names(s.get("bodies", ""))),
        gettext_lazy("Đã gửi lấy ý kiến."),
    ),
    "y-kien": Door(
        gettext_lazy("Gửi ý kiến"), "opine", _views,
        lambda a, pk, s: actions.give_view(a, commendation_id=pk, body_id=number_in(s.get("body")),
                                           view=s.get("view", ""), words=s.get("words", "")),
        gettext_lazy("Đã gửi ý kiến."),
    ),
    "cong-bo": Door(
        gettext_lazy("Công bố"), "announce", _announces,
        lambda a, pk, s: actions.announce(a, commendation_id=pk, on=day_in(s.get("on", ""), _("Ngày công bố")),
                                          where=s.get("where", "")),
        gettext_lazy("Đã ghi công bố."),
    ),
    "khong-dong-y": Door(
        gettext_lazy("Không đồng ý"), "decline", _reason,
        lambda a, pk, s: actions.decline(a, commendation_id=pk, reason=s.get("reason", "")),
        gettext_lazy("Đã trả lời không đồng ý."), danger=True,
    ),
    "rut": Door(
        gettext_lazy("Rút đề nghị"), "withdraw", _reason,
        lambda a, pk, s: actions.withdraw(a, commendation_id=pk, reason=s.get("reason", "")),
        gettext_lazy("Đã rút đề nghị."), danger=True,
    ),
}  # fmt: skip


def _doors_of(actor: Actor, row: Commendation) -> list[tuple[str, Door]]:
    """What the person may do with it as it stands; the actions ask again."""
    sides = permit.sides(row)
    return [
        (name, door)
        for name, door in DOORS.items()
        if (row.state, door.right) in STEPS and may(actor, door.right, sides)
    ]


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, door: str) -> HttpResponse:
    """One act on one commendation: the form, and doing it."""
    if door not in DOORS:
        raise Http404
    actor, wanted = actor_in(request), DOORS[door]
    row = permit.in_sight(actor, pk)
    permit.allow(actor, wanted.right, permit.sides(row))
    back = reverse("oversight:one", args=[pk])
    asking = Asking(
        heading=str(wanted.label),
        lede=f"{row.named}: {row.about}",
        boxes=wanted.boxes(actor, row),
        do=lambda act, sent: wanted.do(act, pk, sent),
        back=back,
        done=str(wanted.done),
        danger=wanted.danger,
        crumbs=((_("Sổ ghi nhận, biểu dương"), reverse("oversight:all")), (row.named[:60], back)),
    )
    return ask(request, asking)
