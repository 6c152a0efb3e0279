"""Forms of the room: plan, prove, check, stop; servers; drills. Each is one act."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.apps.continuity import actions, queries, views
from thongsuot.apps.continuity.labels import LABELS, label
from thongsuot.apps.continuity.models import CopyKind, DrillResult
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.kernel.problem import Problem

Choices = Iterable[tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form: what it is called, what stands in it, what it offers."""

    name: str
    kind: str = "text"  # text, long, date, number, choice
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    help: str = ""

    @property
    def label(self) -> object:
        """What it is called."""
        return LABELS[self.name]


def whole(request: HttpRequest, name: str) -> int:
    """A whole number as typed, 0 when empty. Raises Refused for anything else."""
    text = request.POST.get(name, "").strip().replace(".", "")
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise Refused.because("continuity.not-a-number", label(name), value=text[:40])
    return int(text)


def day(request: HttpRequest, name: str) -> date:
    """A day as the box of the browser sends it. Raises Refused when there is none."""
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError as error:
        raise Refused.because("continuity.needed", label(name)) from error


def _options(choices: Choices) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(words)) for value, words in choices)


def _offered(request: HttpRequest, name: str, choices: Choices) -> int:
    """A number out of those offered, 0 when empty. Raises Refused for any other."""
    number = whole(request, name)
    if number and str(number) not in {value for value, _words in _options(choices)}:
        raise Refused.because("continuity.choice-unknown", label(name), value=str(number))
    return number


def _form(
    request: HttpRequest,
    heading: str,
    boxes: Callable[[], tuple[Box, ...]],
    send: Callable[[Act], str],
    cancel: str,
) -> HttpResponse:
    """Show a form, or send it: back with all problems when refused, on to ``send``'s page when done."""
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        act = act_of(request)
        try:
            return redirect(send(act))
        except Refused as refused:
            if refused.status in (400, 403, 404):
                raise
            problems, status = refused.problems, refused.status
    context = {"heading": heading, "boxes": boxes(), "problems": problems, "cancel": cancel,
               **views.tabs(request)}  # fmt: skip
    return render(request, "continuity/form.html", context, status=status)


def _refuse_unless(request: HttpRequest, doing: str) -> None:
    """Who may send a form for no body at all is not shown it either. Raises Refused (403)."""
    actor = actor_in(request)
    if not views.may_somewhere(actor, doing):
        post = actor.hat.post if actor.hat else ""
        facts: dict[str, object] = {"act": doing, "post": post}
        raise Refused.forbidden(Problem("continuity.not-allowed", actor.name, facts))


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a copy."""
    _refuse_unless(request, "copy.plan")
    actor, sent = actor_in(request), request.POST
    owners, receivers = queries.owners(actor), queries.receivers(actor)
    items, servers = queries.datasets(actor), queries.servers(actor)

    def boxes() -> tuple[Box, ...]:
        one = owners[0][0] if len(owners) == 1 else ""
        return (
            Box("owner", "choice", sent.get("owner", str(one)), _options(owners), required=True),
            Box("system", "text", sent.get("system", ""), required=True),
            Box("kind", "choice", sent.get("kind", ""), _options(CopyKind.choices), required=True),
            Box("receiver", "choice", sent.get("receiver", ""), _options(receivers), required=True),
            Box("server", "choice", sent.get("server", ""), _options(servers)),
            Box("place", "text", sent.get("place", ""), help=_("Ví dụ: /du-lieu/quan-ha-dong/mot-cua")),
            Box("item", "choice", sent.get("item", ""), _options(items),
                help=_("Bộ dữ liệu bàn giao phải có bản sao đúng trước khi cơ quan kết thúc.")),
            Box("due_on", "date", sent.get("due_on", ""), required=True),
            Box("every_days", "number", sent.get("every_days", ""), help=_("Để trống nếu chỉ sao một lần.")),
        )  # fmt: skip

    def send(act: Act) -> str:
        values = {
            "system": sent.get("system", ""),
            "kind": sent.get("kind", ""),
            "due_on": day(request, "due_on"),
            "every_days": whole(request, "every_days"),
            "place": sent.get("place", ""),
            "item": _offered(request, "item", items),
            "server": _offered(request, "server", servers),
        }
        owner = _offered(request, "owner", owners)
        receiver = _offered(request, "receiver", receivers)
        actions.plan_copy(act, owner_id=owner, receiver_id=receiver, plan=values)
        messages.success(request, _("Đã lập kế hoạch sao."))
        return "continuity:copies"

    return _form(request, _("Lập kế hoạch sao dữ liệu"), boxes, send, "/sao-luu/")


def _kept(request: HttpRequest) -> StoredFile:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused.because("continuity.file-needed")
    return keep(upload, upload.name or "", by=actor_in(request))


def _on_copy(request: HttpRequest, copy_id: int, send: Callable[[Act], str]) -> HttpResponse:
    """An act on one copy: back to its page, or the page again with all problems."""
    found = queries.copy_in_sight(actor_in(request), copy_id)
    if answered(request) is not None:
        return redirect("continuity:copy", copy_id)
    act = act_of(request)
    try:
        messages.success(request, send(act))
    except Refused as refused:
        if refused.status in (400, 403, 404):
            raise
        context = {**views.copy_context(request, found), "problems": refused.problems}
        return render(request, "continuity/copy.html", context, status=refused.status)
    return redirect("continuity:copy", copy_id)


@require_POST
@login_required
def prove(request: HttpRequest, copy_id: int) -> HttpResponse:
    """The giver hands in a proof."""

    def send(act: Act) -> str:
        file = _kept(request)
        actions.record_proof(act, copy_id=copy_id, file_id=file.pk)
        return _("Đã ghi chứng nhận. Bên nhận đã được báo để đối chiếu.")

    return _on_copy(request, copy_id, send)


@require_POST
@login_required
def check(request: HttpRequest, copy_id: int) -> HttpResponse:
    """The receiver hands in what the check found."""

    def send(act: Act) -> str:
        file = _kept(request)
        done = actions.record_check(act, copy_id=copy_id, file_id=file.pk)
        if done["equal"]:
            return _("Bản sao đúng với chứng nhận.")
        return _("Đã ghi: bản sao khác với chứng nhận. Bên giao đã được báo để sao lại.")

    return _on_copy(request, copy_id, send)


@require_POST
@login_required
def stop(request: HttpRequest, copy_id: int) -> HttpResponse:
    """No further copy."""

    def send(act: Act) -> str:
        reason = request.POST.get("reason", "")
        actions.stop_copy(act, copy_id=copy_id, reason=reason)
        return _("Đã thôi sao; những gì đã chứng nhận vẫn còn trong sổ.")

    return _on_copy(request, copy_id, send)


@require_http_methods(["GET", "POST"])
@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Put a server on the register."""
    _refuse_unless(request, "server.write")
    sent, owners = request.POST, queries.owners(actor_in(request))
    sizes, texts = ("cores", "memory_gb", "disk_gb"), ("name", "place", "system", "purpose")

    def boxes() -> tuple[Box, ...]:
        one = str(owners[0][0]) if len(owners) == 1 else ""
        return (
            Box("body", "choice", sent.get("body", one), _options(owners), required=True),
            *(Box(n, "text", sent.get(n, ""), required=n == "name") for n in texts),
            *(Box(n, "number", sent.get(n, "")) for n in sizes),
        )

    def send(act: Act) -> str:
        values = {n: sent.get(n, "") for n in texts} | {n: whole(request, n) for n in sizes}
        body = _offered(request, "body", owners)
        actions.register_server(act, body_id=body, server=values)
        messages.success(request, _("Đã ghi máy chủ. Hãy đánh giá có phù hợp không."))
        return "continuity:servers"

    return _form(request, _("Ghi máy chủ"), boxes, send, "/sao-luu/may-chu/")


@require_POST
@login_required
def assess(request: HttpRequest, server_id: int) -> HttpResponse:
    """Say whether a server is fit."""
    context = views.server_context(request, server_id)
    fit, reason = request.POST.get("fit", ""), request.POST.get("reason", "")
    try:
        actions.assess_server(act_of(request), server_id=server_id, fit=fit, reason=reason)
    except Refused as refused:
        if refused.status in (400, 403, 404):
            raise
        context |= {"problems": refused.problems, "sent": request.POST}
        return render(request, "continuity/server.html", context, status=refused.status)
    messages.success(request, _("Đã ghi đánh giá."))
    return redirect("continuity:server", server_id)


@require_http_methods(["GET", "POST"])
@login_required
def drill(request: HttpRequest) -> HttpResponse:
    """Put a restore that was tried on record."""
    _refuse_unless(request, "drill.record")
    actor, sent = actor_in(request), request.POST
    owners = queries.owners(actor)
    made = [(c.pk, c.system) for c in queries.visible_copies(actor).order_by("folded")[:500]]

    def boxes() -> tuple[Box, ...]:
        one = str(owners[0][0]) if len(owners) == 1 else ""
        return (
            Box("body", "choice", sent.get("body", one), _options(owners), required=True),
            Box("on", "date", sent.get("on", ""), required=True),
            Box("what", "text", sent.get("what", ""), required=True),
            Box("copy", "choice", sent.get("copy", ""), _options(made)),
            Box("result", "choice", sent.get("result", ""), _options(DrillResult.choices), required=True),
            Box("minutes", "number", sent.get("minutes", ""), required=True),
            Box("compared", "long", sent.get("compared", ""), required=True,
                help=_("Ví dụ: số dòng từng bảng và mã gốc bằng chứng nhận ngày 20/06/2025.")),
        )  # fmt: skip

    def send(act: Act) -> str:
        values = {
            "on": day(request, "on"),
            "what": sent.get("what", ""),
            "copy": _offered(request, "copy", made),
            "result": sent.get("result", ""),
            "minutes": whole(request, "minutes"),
            "compared": sent.get("compared", ""),
        }
        body = _offered(request, "body", owners)
        actions.record_drill(act, body_id=body, drill=values)
        messages.success(request, _("Đã ghi lần diễn tập."))
        return "continuity:drills"

    return _form(request, _("Ghi lần diễn tập phục hồi"), boxes, send, "/sao-luu/dien-tap/")
