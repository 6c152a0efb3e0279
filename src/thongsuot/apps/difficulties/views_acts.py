"""What can be done with one difficulty: answering, passing on, asking again, reminding, withdrawing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.difficulties import actions, lists, papers, permit
from thongsuot.apps.difficulties.choices import Answer
from thongsuot.apps.difficulties.models import Difficulty
from thongsuot.apps.difficulties.views import DOORS, tabs
from thongsuot.apps.registry.asking import Asking, Box, ask, number_in
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import BodyVersion, Coverage, UnitVersion
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.successors import offered
from thongsuot.foundation import clock
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.difficulties.access import Relation
from thongsuot.rules.kernel.text import sort_key, tidy

MOST_OFFERED = 400
Send = Callable[[Act, Difficulty, Mapping[str, str]], Mapping[str, Any]]


def near(body: int) -> list[tuple[int, str]]:
    """The bodies that a difficulty may be passed to: those around and above where a body acts."""
    today = clock.today()
    units = set(acts_in(body))
    for _tier in range(2):
        units |= set(
            UnitVersion.objects.on(today)
            .filter(unit__in=units, parent__isnull=False)
            .values_list("parent", flat=True)
        )
    covering = Coverage.objects.on(today).filter(unit__in=units).values("body")
    rows = BodyVersion.objects.on(today).filter(body__in=covering)
    found = sorted(rows.values_list("body", "name")[:MOST_OFFERED], key=lambda b: sort_key(b[1]))
    return [(pk, name) for pk, name in found if pk != body]


def _answer(act: Act, row: Difficulty, sent: Mapping[str, str]) -> Mapping[str, Any]:
    return actions.answer_difficulty(
        act, difficulty_id=row.pk, answer=sent.get("answer", ""), text=sent.get("text", ""),
        basis=sent.get("basis", ""),
    )  # fmt: skip


def _pass(act: Act, row: Difficulty, sent: Mapping[str, str]) -> Mapping[str, Any]:
    return actions.pass_on(
        act, difficulty_id=row.pk, to_id=number_in(sent.get("to_id")), text=sent.get("text", ""),
        basis=sent.get("basis", ""),
    )  # fmt: skip


def _situation(act: Act, row: Difficulty, sent: Mapping[str, str]) -> Mapping[str, Any]:
    return actions.write_situation(
        act, difficulty_id=row.pk, title=sent.get("title", ""),
        question=sent.get("question", ""), answer=sent.get("said", ""),
    )  # fmt: skip


def _text(action: Callable[..., Mapping[str, Any]]) -> Send:
    return lambda act, row, sent: action(act, difficulty_id=row.pk, text=sent.get("text", ""))


SEND: dict[str, Send] = {
    "tra-loi": _answer,
    "chuyen": _pass,
    "tinh-huong": _situation,
    "hoi-lai": _text(actions.ask_again),
    "nhac": _text(actions.remind),
    "rut": _text(actions.withdraw),
}


def _words(door: str) -> tuple[str, str, str]:
    """Heading, button and what is said when it is done."""
    return {
        "tra-loi": (_("Trả lời"), _("Gửi trả lời"), _("Đã trả lời: mọi nơi cùng vướng đều nhận được.")),
        "chuyen": (_("Chuyển đúng nơi có thẩm quyền"), _("Chuyển"), _("Đã chuyển, hạn trả lời tính lại.")),
        "hoi-lai": (_("Hỏi lại cấp trên"), _("Gửi cấp trên"), _("Đã gửi cấp trên của nơi trả lời.")),
        "nhac": (_("Nhắc trả lời"), _("Nhắc"), _("Đã nhắc, có ghi trong diễn biến.")),
        "rut": (_("Rút vướng mắc"), _("Rút"), _("Đã rút.")),
        "tinh-huong": (_("Đưa vào thư viện tình huống"), _("Đưa vào thư viện"), _("Đã đưa vào thư viện.")),
    }[door]  # fmt: skip


def _boxes(door: str, row: Difficulty) -> tuple[Box, ...]:
    text = Box("text", _("Nội dung"), "long", most=6_000)
    basis = Box("basis", _("Căn cứ: văn bản, điều, khoản"), most=500)
    if door == "tra-loi":
        optional = Box("basis", basis.label, required=False, most=500,
                       help=_("Bắt buộc khi không chấp nhận."))  # fmt: skip
        return (Box("answer", _("Kết quả"), "choice", choices=Answer.choices), text, optional)
    if door == "chuyen":
        return (
            Box("to_id", _("Nơi có thẩm quyền"), "choice", choices=near(row.raiser_id),
                help=_("Không chuyển ngược về nơi đã trả lời là không có thẩm quyền.")),
            basis,
            text,
        )  # fmt: skip
    if door == "tinh-huong":
        said = row.steps.filter(act=row.answer).order_by("pk").last()
        return (
            Box("title", _("Tình huống, nói gọn một câu"), value=row.title, most=300),
            Box("question", _("Tình huống"), "long", value=row.text, most=6_000,
                help=_("Bỏ tên người, tên nơi, số giấy tờ.")),
            Box("said", _("Câu trả lời"), "long", value=said.text if said else "", most=6_000),
        )  # fmt: skip
    return (Box("text", _("Lý do"), "long", required=door != "nhac", most=2_000),)


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, door: str) -> HttpResponse:
    """One thing done to one difficulty: the form, and doing it."""
    if door not in DOORS:
        raise Http404
    row = permit.in_sight(actor_in(request), pk)
    permit.allow(actor_in(request), DOORS[door], permit.relation(row))
    heading, submit, done = _words(door)
    back = reverse("difficulties:one", args=[row.pk])
    asking = Asking(
        heading=f"{heading}: {row.code}",
        lede=row.title,
        boxes=_boxes(door, row),
        do=lambda act, sent: SEND[door](act, row, sent),
        back=back,
        done=done,
        submit=submit,
        danger=door == "rut",
        crumbs=((_("Vướng mắc, kiến nghị"), reverse("difficulties:all")), (row.code, back)),
    )
    return ask(request, asking)


@require_http_methods(["GET", "POST"])
@login_required
def move(request: HttpRequest, body: int) -> HttpResponse:
    """Everything that waits with a body goes to its successor: the body is ending."""
    places = acts_in(body) if body < 2**63 else frozenset()
    permit.allow(actor_in(request), "move", Relation(holder=body, places=places))
    name = body_names([body])[body]
    back = reverse("difficulties:all")
    asking = Asking(
        heading=_("Bàn giao vướng mắc đang chờ"),
        lede=name,
        boxes=(
            Box("to_id", _("Nơi tiếp nhận"), "choice", choices=offered(body, clock.today())),
            Box("text", _("Căn cứ, lý do"), "long", most=2_000),
        ),
        do=lambda act, sent: actions.move_open(
            act, from_id=body, to_id=number_in(sent.get("to_id")), text=sent.get("text", "")
        ),
        back=back,
        done=_("Đã bàn giao."),
        submit=_("Bàn giao"),
        crumbs=((_("Vướng mắc, kiến nghị"), back),),
    )
    return ask(request, asking)


@require_http_methods(["GET", "POST"])
@login_required
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer of the library no longer holds."""
    row = permit.situation_in_sight(actor_in(request), pk)
    to = Relation(holder=row.body_id, places=acts_in(row.body_id))
    permit.allow(actor_in(request), "situation", to)
    back = reverse("difficulties:situation", args=[pk])
    asking = Asking(
        heading=_("Thôi áp dụng tình huống"),
        lede=row.title,
        boxes=(Box("reason", _("Lý do: văn bản nào thay"), "long", most=500),),
        do=lambda act, sent: actions.retire_situation(
            act, situation_id=pk, reason=sent.get("reason", "")
        ),
        back=back,
        done=_("Đã thôi áp dụng; trang vẫn đọc được."),
        danger=True,
        crumbs=((_("Thư viện tình huống"), reverse("difficulties:library")), (row.title, back)),
    )
    return ask(request, asking)


@require_GET
@login_required
def occasion(request: HttpRequest) -> HttpResponse:
    """The numbered proposals of one occasion, as a page and as a paper to send up."""
    actor = actor_in(request)
    called = tidy(request.GET.get("dip", ""))[:200]
    rows = list(lists.proposals_of(actor, called)[:200]) if called else []
    form = request.GET.get("xuat", "")
    if form in papers.FORMS and rows:
        content, kind, name = papers.FORMS[form](called, rows, clock.now())
        return HttpResponse(
            content,
            content_type=kind,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )
    context = {
        **tabs("all"),
        "occasion": called,
        "rows": rows,
        "answered": sum(1 for row in rows if row.answer),
    }
    return render(request, "difficulties/occasion.html", context)
