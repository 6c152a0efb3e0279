"""What can be done with one docket: a table of doors, and the page behind each."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thongsuot.apps.decisions import actions, permit, queries
from thongsuot.apps.decisions.models import Docket, Session
from thongsuot.apps.decisions.models.choices import Act as Doing
from thongsuot.apps.decisions.models.choices import PaperKind, SessionState, Stance
from thongsuot.apps.decisions.views.frame import near
from thongsuot.apps.registry.asking import Asking, Box, ask, day_in, maybe_day, number_in
from thongsuot.foundation import clock
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.decisions import docket as rules
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

Sent = Mapping[str, str]
Send = Callable[[Act, HttpRequest, Docket, Sent], Mapping[str, Any]]
ROWS = 3  # things to do that fit on one form; more are added by the same form again
MOST_VOTES = 6


@dataclass(frozen=True, slots=True)
class Door:
    """One thing to do: the act of the table behind it (empty: none), its right, its form."""

    doing: str
    right: str
    label: str | Promise
    send: Send
    boxes: Callable[[Docket], tuple[Box, ...]]
    danger: bool = False
    fresh: bool = False


def _step(doing: str) -> Send:
    def send(act: Act, request: HttpRequest, row: Docket, sent: Sent) -> Mapping[str, Any]:
        return actions.take_step(
            act, docket_id=row.pk, doing=doing, number=sent.get("number", ""),
            reason=sent.get("reason", ""), fresh=doing in rules.SIGNED,
        )  # fmt: skip

    return send


def _step_boxes(doing: str) -> Callable[[Docket], tuple[Box, ...]]:
    def boxes(row: Docket) -> tuple[Box, ...]:
        found = []
        if doing in rules.NUMBERED:
            found.append(Box("number", _("Số, ký hiệu văn bản"), most=100))
        needed = doing in rules.REASONED
        label = _("Lý do") if needed else _("Ghi chú")
        found.append(Box("reason", label, "long", required=needed, most=2_000))
        return tuple(found)

    return boxes


def _plain(doing: str, *, danger: bool = False) -> Door:
    return Door(
        doing, f"docket.{doing}", Doing(doing).label, _step(doing), _step_boxes(doing), danger,
        doing in rules.SIGNED,
    )  # fmt: skip


def _paper(act: Act, request: HttpRequest, row: Docket, sent: Sent) -> Mapping[str, Any]:
    given = request.FILES.get("tep")
    file = None
    if isinstance(given, UploadedFile) and given.name:
        file = keep(io.BytesIO(given.read()), given.name, by=actor_in(request)).pk
    return actions.add_paper(
        act, docket_id=row.pk, kind=sent.get("kind", ""), title=sent.get("title", ""),
        number=sent.get("number", ""), day=maybe_day(sent.get("day", ""), _("Ngày")), file_id=file,
    )  # fmt: skip


def _paper_boxes(row: Docket) -> tuple[Box, ...]:
    return (
        Box("kind", _("Tài liệu"), "choice", choices=PaperKind.choices),
        Box("title", _("Tên tài liệu"), most=300),
        Box("number", _("Số, ký hiệu"), required=False, most=100),
        Box("day", _("Ngày"), "day", required=False, value=clock.today().isoformat()),
        Box("tep", _("Tệp"), "file", required=False),
    )


def _consult(act: Act, request: HttpRequest, row: Docket, sent: Sent) -> Mapping[str, Any]:
    bodies = [number_in(sent.get(f"body_{n}")) for n in range(1, ROWS + 1)]
    return actions.consult(
        act, docket_id=row.pk, bodies=[b for b in bodies if b],
        due_on=day_in(sent.get("due_on", ""), _("Hạn")),
    )  # fmt: skip


def _consult_boxes(row: Docket) -> tuple[Box, ...]:
    offered = near(row.owner_id)
    week = clock.today() + timedelta(days=7)
    return (
        *(
            Box(f"body_{n}", _("Nơi lấy ý kiến %(n)s") % {"n": n}, "choice", required=n == 1,
                choices=offered)
            for n in range(1, ROWS + 1)
        ),
        Box("due_on", _("Hạn trả lời"), "day", value=week.isoformat()),
    )  # fmt: skip


def _opinion(act: Act, request: HttpRequest, row: Docket, sent: Sent) -> Mapping[str, Any]:
    return actions.give_opinion(
        act, docket_id=row.pk, stance=sent.get("stance", ""), text=sent.get("text", ""),
        number=sent.get("number", ""),
    )  # fmt: skip


def _opinion_boxes(row: Docket) -> tuple[Box, ...]:
    return (
        Box("stance", _("Ý kiến"), "choice", choices=Stance.choices),
        Box("text", _("Nội dung góp ý"), "long", required=False, most=6_000),
        Box("number", _("Số văn bản"), required=False, most=100),
    )


def _schedule(act: Act, request: HttpRequest, row: Docket, sent: Sent) -> Mapping[str, Any]:
    return actions.schedule(act, docket_id=row.pk, session_id=number_in(sent.get("session_id")))


def _schedule_boxes(row: Docket) -> tuple[Box, ...]:
    open_ones = row.council_id and [
        (s.pk, s.name)
        for s in Session.objects.filter(
            council=row.council_id, state__in=[SessionState.PLANNED, SessionState.CONVENED]
        ).order_by("on")
    ]
    return (Box("session_id", _("Kỳ họp"), "choice", choices=open_ones or ()),)


def _vote(act: Act, request: HttpRequest, row: Docket, sent: Sent) -> Mapping[str, Any]:
    return actions.record_vote(
        act, docket_id=row.pk, votes_for=number_in(sent.get("votes_for", "")[:MOST_VOTES]),
        against=number_in(sent.get("against", "")[:MOST_VOTES]),
        abstained=number_in(sent.get("abstained", "")[:MOST_VOTES]),
        number=sent.get("number", ""), reason=sent.get("reason", ""), fresh=True,
    )  # fmt: skip


def _vote_boxes(row: Docket) -> tuple[Box, ...]:
    return (
        Box("votes_for", _("Tán thành"), "number", most=MOST_VOTES),
        Box("against", _("Không tán thành"), "number", most=MOST_VOTES, value="0"),
        Box("abstained", _("Không biểu quyết"), "number", most=MOST_VOTES, value="0"),
        Box("number", _("Số nghị quyết, khi được thông qua"), required=False, most=100),
        Box("reason", _("Ghi chú"), "long", required=False, most=2_000),
    )


def _implement(act: Act, request: HttpRequest, row: Docket, sent: Sent) -> Mapping[str, Any]:
    tasks: list[Any] = [
        {
            "text": sent.get(f"text_{n}", ""),
            "lead": number_in(sent.get(f"lead_{n}")),
            "due_on": day_in(sent.get(f"due_{n}", ""), _("Hạn")),
        }
        for n in range(1, ROWS + 1)
        if sent.get(f"text_{n}", "")
    ]
    return actions.implement(act, docket_id=row.pk, tasks=tasks)


def _implement_boxes(row: Docket) -> tuple[Box, ...]:
    offered = [(row.owner_id, _("chính UBND")), *near(row.owner_id, above=0)]
    return tuple(
        box
        for n in range(1, ROWS + 1)
        for box in (
            Box(f"text_{n}", _("Việc %(n)s") % {"n": n}, required=n == 1, most=500),
            Box(f"lead_{n}", _("Cơ quan chủ trì"), "choice", required=n == 1, choices=offered),
            Box(f"due_{n}", _("Hạn"), "day", required=n == 1),
        )
    )


DOORS: dict[str, Door] = {
    "tai-lieu": Door("", "docket.paper", gettext_lazy("Thêm tài liệu"), _paper, _paper_boxes),
    "lay-y-kien": Door(
        "consult", "docket.consult", Doing.CONSULT.label, _consult, _consult_boxes
    ),
    "cho-y-kien": Door(
        "", "docket.opinion", gettext_lazy("Cho ý kiến"), _opinion, _opinion_boxes
    ),
    "khong-lay-y-kien": _plain("skip-consult"),
    "thong-nhat": _plain("endorse"),
    "trinh": _plain("submit"),
    "y-kien-dang": _plain("opine"),
    "y-kien-khan": _plain("opine-urgent"),
    "tra-lai": _plain("return"),
    "vao-ky-hop": Door(
        "schedule", "docket.schedule", Doing.SCHEDULE.label, _schedule, _schedule_boxes
    ),
    "bieu-quyet": Door(
        "pass", "docket.pass", gettext_lazy("Ghi kết quả biểu quyết"), _vote, _vote_boxes,
        fresh=True,
    ),
    "lui": _plain("postpone"),
    "quyet-dinh": _plain("decide"),
    "cong-bo": _plain("publish"),
    "giao-viec": Door(
        "implement", "docket.implement", Doing.IMPLEMENT.label, _implement, _implement_boxes
    ),
    "ket-thuc": _plain("finish"),
    "du-thao-lai": _plain("redraft"),
    "rut": _plain("withdraw", danger=True),
}  # fmt: skip


def offered(actor: Actor, row: Docket, value: rules.Docket) -> list[tuple[str, str, bool]]:
    """What this person can do with it now: door, words, whether it is grave."""
    to = permit.relation(row, with_asked=True)
    found = []
    for slug, door in DOORS.items():
        possible = (
            rules.next_state(value, door.doing) is not None
            if door.doing
            else row.state == rules.CONSULTING and _still_asked(actor, row)
            if slug == "cho-y-kien"
            else row.state not in rules.OVER
        )
        if possible and permit.allowed(actor, door.right, to):
            found.append((slug, str(door.label), door.danger))
    return found


def _still_asked(actor: Actor, row: Docket) -> bool:
    mine = actor.hat.bodies | {actor.hat.body} if actor.hat else frozenset()
    return queries.newest_round(row).filter(body__in=mine, opinion__isnull=True).exists()


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, door: str) -> HttpResponse:
    """One thing done to one docket: the form, and doing it."""
    if door not in DOORS:
        raise Http404
    row = permit.docket_in_sight(actor_in(request), pk)
    found = DOORS[door]
    permit.allow(actor_in(request), found.right, permit.relation(row, with_asked=True))
    back = reverse("decisions:docket", args=[row.pk])
    asking = Asking(
        heading=f"{found.label}: {row.code}",
        lede=row.title,
        boxes=found.boxes(row),
        do=lambda act, sent: found.send(act, request, row, sent),
        back=back,
        done=_("Đã ghi."),
        submit=str(found.label),
        danger=found.danger,
        fresh=found.fresh,
        crumbs=((_("Hồ sơ trình"), reverse("decisions:dockets")), (row.code, back)),
    )
    return ask(request, asking)


@require_http_methods(["GET", "POST"])
@login_required
def finish_task(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """One of the things to do was done."""
    row = permit.docket_in_sight(actor_in(request), pk)
    permit.allow(actor_in(request), "docket.implement", permit.relation(row))
    found = row.tasks.filter(pk=task).first() if task < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("decisions.task-missing"))
    back = reverse("decisions:docket", args=[row.pk])
    asking = Asking(
        heading=_("Ghi việc đã xong"),
        lede=found.text,
        boxes=(Box("how", _("Kết quả"), "long", most=500),),
        do=lambda act, sent: actions.finish_task(
            act, docket_id=row.pk, task_id=task, how=sent.get("how", "")
        ),
        back=back,
        done=_("Đã ghi xong việc."),
        crumbs=((_("Hồ sơ trình"), reverse("decisions:dockets")), (row.code, back)),
    )
    return ask(request, asking)


urlpatterns = [
    path("ho-so-trinh/<int:pk>/viec/<int:task>/", finish_task, name="finish-task"),
    path("ho-so-trinh/<int:pk>/<slug:door>/", act, name="act"),
]
