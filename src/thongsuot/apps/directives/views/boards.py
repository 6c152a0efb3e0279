"""Standing points × units: the boards, one as a grid, saying how its points stand."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.directives import actions, naming, permit, queries
from thongsuot.apps.directives.actions.boards import rounds_of
from thongsuot.apps.directives.models import Board, EveryWord, MarkWord, Point
from thongsuot.apps.directives.naming import names_of
from thongsuot.apps.directives.views.frame import (
    Box,
    Form,
    answer_form,
    day_in,
    lines_in,
    number_in,
    options,
    own_body,
    refuse_unless,
    tabs,
)
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.foundation.wording import day
from thongsuot.rules.directives.access import scope_of
from thongsuot.rules.directives.grid import Change, Mark
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.deadline import local_day
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold

both = require_http_methods(["GET", "POST"])
MARK_TONES = {
    Mark.NOT_BEGUN: "quiet", Mark.UNDER_WAY: "plain", Mark.STUCK: "lost", Mark.DONE: "even",
    Mark.NOTHING: "quiet",
}  # fmt: skip
SAME_POINT = "…"


def change_words() -> dict[Change, str]:
    """What changed since the round before, in a word."""
    return {
        Change.FIRST: _("mới"), Change.SAME: _("như kỳ trước"), Change.BETTER: _("tiến triển"),
        Change.WORSE: _("xấu đi"), Change.SILENT: _("chưa báo"),
    }  # fmt: skip


@require_GET
@login_required
def boards(request: HttpRequest) -> HttpResponse:
    """The boards in sight, each with its last round."""
    actor = actor_in(request)
    found = list(permit.visible_boards(actor).order_by("closed_on", "-pk")[:100])
    names, last = names_of(b.owner_id for b in found), queries.last_notes(found)
    context = {
        **tabs(request, "boards"),
        "boards": [(b, names[b.owner_id], last.get(b.pk)) for b in found],
        "adding": bool(permit.own_bodies(actor, "board.write")),
    }
    return render(request, "directives/boards.html", context)


def _round(request: HttpRequest, board: Board) -> tuple[date, list[date]]:
    """The round on show, and all rounds newest first: the one asked for, else the current one."""
    now = clock.now()
    days = [local_day(m) for m in rounds_of(board, now)]
    asked = request.GET.get("ky") or request.POST.get("ky")
    wanted = day_in(asked) if asked else None
    if wanted is not None and wanted not in days:
        raise Refused.because("directives.round-unknown", board.title, on=wanted)
    past = [d for d in days if d <= clock.today()]
    current = past[-1] if past else days[0]
    return wanted or current, sorted(days, reverse=True)


def _mine(actor: Actor, board: Board) -> list[int]:
    """The bodies of the person that report on the board."""
    own = scope_of(actor).bodies
    return list(board.places.filter(body__in=own).values_list("body", flat=True))


@require_GET
@login_required
def board(request: HttpRequest, board_id: int) -> HttpResponse:
    """A board as a grid at a round: what each unit said, and what changed since last time."""
    actor = actor_in(request)
    found = permit.board_in_sight(actor, board_id)
    on, days = _round(request, found)
    mine = _mine(actor, found)
    scope = scope_of(actor)
    owns = found.owner_id in scope.bodies or found.unit_id in scope.area
    shown = queries.grid_of(found, on, None if owns else frozenset(mine))
    words = change_words()
    context = {
        **tabs(request, "boards"),
        "board": found,
        "owner": names_of([found.owner_id])[found.owner_id],
        "grid": shown,
        "rows": [
            (r, [(c, c.now or c.before, MARK_TONES[(c.now or c.before).mark] if c.now or c.before else "quiet",  # type: ignore[union-attr]  # one of them is there
              str(MarkWord((c.now or c.before).mark).label) if c.now or c.before else "",  # type: ignore[union-attr]
              words[c.change] if c.now or c.before else "") for c in r.cells])
            for r in shown.rows
        ],
        "changes": [(words[c], n) for c, n in sorted(shown.changes.items()) if c is not Change.SAME],
        "on": on,
        "days": days[:30],
        "mine": mine,
        "closed": found.closed_on is not None,
    }  # fmt: skip
    return render(request, "directives/board.html", context)


@both
@login_required
def say(request: HttpRequest, board_id: int) -> HttpResponse:
    """Say for a round how the points stand; what was said last time is shown beside each."""
    actor = actor_in(request)
    found = permit.board_in_sight(actor, board_id)
    bodies = frozenset(_mine(actor, found))
    if not bodies:
        post = actor.hat.post if actor.hat else ""
        raise Refused.forbidden(Problem("directives.not-allowed", actor.name, {"post": post}))
    body = own_body(request, bodies)
    on, _days = _round(request, found)
    points = list(found.points.filter(stated=True).order_by("number"))
    row = next(iter(queries.grid_of(found, on, frozenset({body})).rows))
    before = {n.point: n for c in row.cells if (n := c.now or c.before) is not None}

    def boxes() -> tuple[Box, ...]:
        made: list[Box] = [
            Box("ky", "", "hidden", on.isoformat()),
            Box("body", "", "hidden", str(body)),
        ]
        for p in points:
            last = before.get(p.pk)
            said = f"{day(last.round)}: {MarkWord(last.mark).label}. {last.words}" if last else ""
            made.append(
                Box(f"mark-{p.pk}", f"{p.number}. {p.words}"[:200], "choice",
                    request.POST.get(f"mark-{p.pk}", last.mark if last else ""), options(MarkWord.choices),
                    help=said and _("Lần trước, %(said)s") % {"said": said[:200]})
            )  # fmt: skip
            made.append(
                Box(f"words-{p.pk}", _("Nội dung %(n)s: kết quả, khó khăn") % {"n": p.number}, "long",
                    request.POST.get(f"words-{p.pk}", ""), most=1000, rows=2)
            )  # fmt: skip
        return tuple(made)

    def send(act: Act) -> str:
        notes = [_note(request, p) for p in points]
        actions.say_points(
            act, board_id=board_id, body_id=body, round_on=on, notes=[n for n in notes if n["mark"]]
        )
        messages.success(request, _("Đã ghi kỳ %(on)s.") % {"on": day(on)})
        return f"{reverse('directives:board', args=[board_id])}?ky={on.isoformat()}"

    form = Form(
        _("Báo cáo nội dung trọng tâm"), boxes, send,
        reverse("directives:board", args=[board_id]), "boards", _("Ghi báo cáo kỳ này"),
        _("%(body)s, kỳ %(on)s. Nội dung để trống là chưa báo; không có gì mới thì chọn “không phát sinh”.")
        % {"body": row.name, "on": day(on)},
    )  # fmt: skip
    return answer_form(request, form)


def _note(request: HttpRequest, point: Point) -> dict[str, object]:
    return {
        "point": point.pk,
        "mark": request.POST.get(f"mark-{point.pk}", ""),
        "words": request.POST.get(f"words-{point.pk}", ""),
    }


@both
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Set up a board of standing points."""
    bodies, today = refuse_unless(request, "board.write"), clock.today()
    body = own_body(request, bodies)
    reach = naming.offered_bodies([body], today)
    documents = permit.visible_documents(actor_in(request)).order_by("-issued_on", "-pk")[:200]
    at = request.POST.get

    def boxes() -> tuple[Box, ...]:
        return (
            Box("title", _("Tên bảng"), value=at("title", ""), required=True, most=300, wide=True),
            Box("points", _("Các nội dung"), "long", at("points", ""), required=True, wide=True, most=30_000, rows=6,
                help=_("Mỗi dòng một nội dung, theo số thứ tự. Gõ … ở dòng mà văn bản có đếm nhưng không nêu.")),
            Box("bodies", _("Các nơi báo cáo"), "long", at("bodies", ""), required=True, wide=True, most=60_000,
                offer=reach, rows=6, help=_("Mỗi dòng một cơ quan.")),
            Box("every", _("Định kỳ"), "choice", at("every", "weekly"), options(EveryWord.choices), required=True),
            Box("anchor_on", _("Kỳ đầu"), "date", at("anchor_on", today.isoformat()), required=True),
            Box("at_time", _("Giờ"), "time", at("at_time", "")),
            Box("document", _("Theo văn bản"), "choice", at("document", ""),
                options((d.pk, f"{d.number} {d.title}"[:120]) for d in documents)),
        )  # fmt: skip

    def send(act: Act) -> str:
        names = lines_in(at("bodies", ""))
        known = naming.bodies_called(names, today)
        ids = [known.get(fold(n), (0, 0)) for n in names]
        wrong = [n for n, i in zip(names, ids, strict=True) if len(i) != 1]
        if wrong:
            raise Refused(
                [Problem("directives.row-without-lead", n[:80], {"value": n[:80]}) for n in wrong]
            )
        points = [p if p != SAME_POINT else "" for p in lines_in(at("points", ""))]
        done = actions.set_up_board(
            act, owner_id=body, title=at("title", ""), points=points, bodies=[i[0] for i in ids],
            every=at("every", ""), anchor_on=day_in(at("anchor_on")) or today,
            at_time=at("at_time", ""), document_id=number_in(at("document")),
        )  # fmt: skip
        return reverse("directives:board", args=[done["board"]])

    form = Form(
        _("Lập bảng nội dung trọng tâm"), boxes, send, reverse("directives:boards"), "boards",
        _("Lập bảng"),
    )  # fmt: skip
    return answer_form(request, form)
