"""Pages of difficulties: the list, raising in two steps, one of them, the library, the overview."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.authority.queries.fields import field_choices, field_name
from thongsuot.apps.authority.queries.matters import find_matters, matter_with
from thongsuot.apps.difficulties import actions, index, lists, permit, queries, routing
from thongsuot.apps.difficulties.choices import TONES, Sort, State
from thongsuot.apps.difficulties.models import Difficulty
from thongsuot.apps.registry.asking import Box, number_in, yes
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.difficulties import lifecycle as life
from thongsuot.rules.difficulties.access import Relation
from thongsuot.rules.difficulties.routing import explain
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import nfc, tidy


def tabs(current: str) -> dict[str, Any]:
    """The pages side by side of the room."""
    pages = (
        ("all", _("Vướng mắc, kiến nghị")),
        ("library", _("Thư viện tình huống")),
        ("overview", _("Hỏi nhiều nhất")),
    )
    return {
        "tabs": [(label, reverse(f"difficulties:{name}"), None) for name, label in pages],
        "tab": reverse(f"difficulties:{current}"),
        "today": clock.today(),
    }


@require_GET
@login_required
def every(request: HttpRequest) -> HttpResponseBase:
    """Everything that concerns the post: raised, to answer, in the area."""
    actor = actor_in(request)
    rows = permit.visible(actor)
    hat = actor.hat
    mine = hat.bodies | {hat.body} if hat else frozenset()
    today = clock.today()
    waiting = rows.filter(state=life.WAITING, same_as__isnull=True)
    listing = Listing(
        lists.table_for(actor), lists.rows_for(actor), request,
        Place(source=Source("difficulties.all", {})),
    )  # fmt: skip
    context = {
        **tabs("all"),
        "for_me": waiting.filter(holder__in=mine).count(),
        "late": waiting.filter(due_on__lt=today).count(),
        "mine": rows.filter(raiser__in=mine, state=life.WAITING).count(),
        "may_raise": permit.allowed(actor, "raise", Relation()),
    }
    return answer(listing, "difficulties/all.html", context)


def about_of(path: str) -> tuple[str, str]:
    """The page that somebody comes from, as a Ref and a path of this site; both empty otherwise.

    Shapes: the kind of the Ref is the name of the address, its id the last number in it.
    """
    given = urlsplit(nfc(path[:300]))
    if given.scheme or given.netloc or not given.path.startswith("/") or "\x00" in path:
        return "", ""
    try:
        match = resolve(given.path)
    except Resolver404:
        return "", ""
    numbers = [v for v in match.kwargs.values() if isinstance(v, int) and v < 2**63]
    ref = str(Ref(match.view_name.replace(":", "."), numbers[-1])) if numbers else ""
    return ref, given.path


def _boxes() -> tuple[Box, ...]:
    return (
        Box("sort", _("Loại"), "choice", choices=Sort.choices, value=Sort.DIFFICULTY),
        Box("title", _("Vướng mắc, nói gọn một câu"), most=300),
        Box("text", _("Đang vướng ở đâu, đề nghị gì"), "long", most=6_000,
            help=_("Không ghi tên, số giấy tờ của người dân: câu hỏi và câu trả lời có thể được nơi khác đọc.")),
        Box("field", _("Lĩnh vực"), "choice", choices=field_choices()),
        Box("article", _("Văn bản, điều, khoản"), required=False, most=200),
        Box("matter", _("Việc cụ thể, theo sổ thẩm quyền"), required=False, most=120,
            help=_("Ví dụ: cấp giấy phép xây dựng. Có việc cụ thể thì hệ thống tra được ai có thẩm quyền.")),
        Box("occasion", _("Nêu tại dịp, buổi làm việc nào"), required=False, most=200),
        Box("ordinal", _("Số thứ tự trong dịp ấy"), "number", required=False, most=3),
        Box("urgent", _("Khẩn: người dân, doanh nghiệp đang chờ"), "tick"),
        Box("reserved", _("Nội bộ: chỉ nơi nêu, nơi trả lời và cơ quan theo dõi địa bàn xem"), "tick"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def raise_one(request: HttpRequest) -> HttpResponse:
    """Raise something in two steps: what is like it and where it would go, then sending it."""
    actor = actor_in(request)
    permit.allow(actor, "raise", Relation())
    sent = request.POST if request.method == "POST" else None
    ref, path = about_of((sent or request.GET).get("tu", ""))
    boxes = _boxes()
    context: dict[str, Any] = {
        **tabs("all"), "tu": path, "step": "write", "boxes": boxes, "problems": (),
    }  # fmt: skip
    if sent is None:
        context["boxes"] = tuple(_begun(box, request.GET) for box in boxes)
        return render(request, "difficulties/raise.html", context)
    done = answered(request)
    if done is not None and "difficulty" in done:  # a key used for something else is refused below
        return redirect("difficulties:one", done["difficulty"])
    context["boxes"] = tuple(box.filled(sent) for box in boxes)
    typed = {name: nfc(str(value)).strip() for name, value in sent.items()}
    try:
        refuse_if(p for box in boxes if (p := box.problem(sent)))
        given = _given(typed)
        given["matter"] = matter_of(typed.get("matter", ""))
        problems = life.check_raised(
            given["title"], given["text"], given["field"], given["article"]
        )
        refuse_if(problems)
        if typed.get("do") == "gui":
            result = actions.raise_difficulty(act_of(request), about=ref, about_path=path, **given)
            messages.success(request, _("Đã gửi. Hạn trả lời tính từ hôm nay."))
            return redirect("difficulties:one", result["difficulty"])
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        context["problems"] = refused.problems
        return render(request, "difficulties/raise.html", context, status=refused.status)
    context |= _second(request, given, problems)
    context["boxes"] = _with_matters(context["boxes"], given["matter"])
    return render(request, "difficulties/raise.html", context)


def _begun(box: Box, given: Mapping[str, str]) -> Box:
    """A box of the first step, begun with what the page that somebody comes from says."""
    names = {
        "matter": "viec",
        "article": "dieu",
        "title": "ten",
        "text": "noi-dung",
        "sort": "loai",
    }
    if box.name not in names:
        return box
    return replace(box, value=tidy(given.get(names[box.name], "").replace("\x00", ""))[: box.most])


def _given(typed: dict[str, str]) -> dict[str, Any]:
    names = ("sort", "title", "text", "field", "article", "matter", "occasion")
    if typed.get("field", "") not in dict(field_choices()):
        raise Refused.because("difficulties.field-needed")
    return {
        **{name: typed.get(name, "") for name in names},
        "ordinal": number_in(typed.get("ordinal", "")[:3]) or None,
        "urgent": yes(typed.get("urgent", "")),
        "reserved": yes(typed.get("reserved", "")),
    }


def matter_of(text: str) -> str:
    """The code of the matter meant: a code as it is, else the likeliest for the words; or nothing."""
    if not text:
        return ""
    known = matter_with(text)
    if known is not None:
        return known.code
    found = find_matters(text, 1)
    return found[0].matter.code if found else ""


def _with_matters(boxes: tuple[Box, ...], code: str) -> tuple[Box, ...]:
    """The boxes of the second step: the matter is chosen from those that may be meant."""
    typed = {box.name: box.value for box in boxes}
    said = typed["matter"] or typed["title"]
    known = matter_with(code) if code else None
    choices = {known.code: known.name} if known else {}
    for words in (said, typed["title"]):
        choices |= {f.matter.code: f.matter.name for f in find_matters(words, 6)}
    return tuple(
        replace(box, kind="choice", choices=list(choices.items()), value=code)
        if box.name == "matter" and choices
        else box
        for box in boxes
    )


def _second(
    request: HttpRequest, given: dict[str, Any], problems: tuple[Problem, ...]
) -> dict[str, Any]:
    """The second step: what is like it, with answers; where it goes, why, by which day."""
    hat = actor_in(request).hat
    body = hat.body if hat else 0
    today = clock.today()
    route = routing.route_for(given["matter"], body, today)
    return {
        "step": "look",
        "similar": index.similar_to(f"{given['title']} {given['text']} {given['article']}"),
        "goes_to": body_names([route.body])[route.body],
        "route": explain(route),
        "due": routing.due_for(today, urgent=given["urgent"]),
        "problems": problems,
    }


@require_GET
@login_required
def similar(request: HttpRequest) -> HttpResponse:
    """What is like the text typed so far: the part that is fetched while typing, or a page."""
    permit.allow(actor_in(request), "raise", Relation())
    text = f"{request.GET.get('title', '')} {request.GET.get('text', '')}"
    context = {**tabs("all"), "similar": index.similar_to(nfc(text[:4_000])), "asked": text.strip()}
    part = request.headers.get("HX-Request") == "true"
    page = "difficulties/parts/similar.html" if part else "difficulties/similar.html"
    return render(request, page, context)


DOORS: dict[str, str] = {
    "tra-loi": "answer", "chuyen": "pass", "hoi-lai": "ask-again", "nhac": "remind",
    "rut": "withdraw", "tinh-huong": "situation",
}  # fmt: skip


@require_GET
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One difficulty: what, to whom, every step, who has the same, and what can be done now."""
    actor = actor_in(request)
    row = permit.in_sight(actor, pk)
    first = row.same_as or row
    joined = list(first.joined.exclude(state=life.WITHDRAWN).order_by("pk"))
    steps = list(first.steps.order_by("pk").select_related("entry"))
    bodies = {row.raiser_id, first.raiser_id, first.holder_id, *(j.raiser_id for j in joined)}
    bodies |= {b for s in steps for b in (s.by_body_id, s.to_body_id) if b}
    names = body_names(bodies)
    relation = permit.relation(first)
    hat = actor.hat
    same = {first.raiser_id, *(j.raiser_id for j in joined)}
    context = {
        **tabs("all"),
        "row": row,
        "first": first,
        "tone": lists.tone(first),
        "said": lists.said(first),
        "field": field_name(first.field),
        "names": names,
        "raiser": names[row.raiser_id],
        "holder": names[first.holder_id],
        "others": [names[j.raiser_id] for j in joined],
        "history": [_event(s, names) for s in steps],
        "late": life.days_late(actions.standing_of(first), clock.today(),
                               calendar_around(clock.today().year)),
        "situation": getattr(first, "situation", None),
        "doors": [
            (door, label, danger) for door, label, danger in _doors(first, row)
            if permit.allowed(actor, DOORS[door],
                              permit.relation(row) if door == "rut" else relation)
        ],
        "may_join": hat is not None and hat.body not in same and first.state != life.WITHDRAWN
        and permit.allowed(actor, "join", Relation()),
    }  # fmt: skip
    return render(request, "difficulties/one.html", context)


def _event(step: Any, names: dict[int, str]) -> dict[str, object]:
    parts = []
    if step.act in ("raise", "passed", "ask-again", "move"):
        parts.append(_("tới %(body)s") % {"body": names.get(step.to_body_id, "")})
    if step.why:
        parts.append(str(step.get_why_display()))
    parts += [t for t in (step.basis, step.text) if t]
    parts.append(f"{step.entry.actor_name}, {names.get(step.by_body_id or 0, '')}".strip(", "))
    return {"on": step.on, "title": step.get_act_display(), "detail": " · ".join(parts)}


def _doors(first: Difficulty, row: Difficulty) -> list[tuple[str, str, bool]]:
    """What can be done in this state: door, words, whether it is grave."""
    if row.same_as_id:
        return [("rut", _("Rút vướng mắc của cơ quan tôi"), True)] if row.state == "waiting" else []
    if first.state == life.WAITING:
        return [
            ("tra-loi", _("Trả lời"), False),
            ("chuyen", _("Chuyển đúng nơi có thẩm quyền"), False),
            ("nhac", _("Nhắc trả lời"), False),
            ("rut", _("Rút"), True),
        ]
    if first.state == life.ANSWERED:
        more = [("hoi-lai", _("Chưa giải quyết được: hỏi cấp trên"), False)]
        if not hasattr(first, "situation") and not first.reserved:
            more.append(("tinh-huong", _("Đưa vào thư viện tình huống"), False))
        return more
    return []


@require_POST
@login_required
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own body has the same."""
    done = actions.join_difficulty(act_of(request), difficulty_id=pk)
    messages.success(request, _("Đã gộp: một câu trả lời dùng cho tất cả nơi cùng vướng."))
    return redirect("difficulties:one", done["difficulty"])


@require_GET
@login_required
def library(request: HttpRequest) -> HttpResponseBase:
    """Situations with their answers, to look up before asking."""
    actor = actor_in(request)
    listing = Listing(
        lists.SITUATIONS, lists.situation_rows(actor), request,
        Place(source=Source("difficulties.situations", {})),
    )  # fmt: skip
    return answer(listing, "difficulties/library.html", tabs("library"))


@require_GET
@login_required
def situation(request: HttpRequest, pk: int) -> HttpResponse:
    """One situation with its answer, and who has used it."""
    actor = actor_in(request)
    row = permit.situation_in_sight(actor, pk)
    used = list(row.uses.values_list("body", flat=True))
    names = body_names([row.body_id, *used])
    hat = actor.hat
    places = acts_in(row.body_id)
    context = {
        **tabs("library"),
        "row": row,
        "field": field_name(row.field),
        "body": names[row.body_id],
        "used": [names[b] for b in used],
        "may_use": hat is not None and hat.body not in used and row.retired_on is None
        and permit.allowed(actor, "join", Relation()),
        "may_retire": row.retired_on is None
        and permit.allowed(actor, "situation", Relation(holder=row.body_id, places=places)),
    }  # fmt: skip
    return render(request, "difficulties/situation.html", context)


@require_POST
@login_required
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer of the library helps: no need to ask."""
    actions.use_situation(act_of(request), situation_id=pk)
    messages.success(request, _("Đã ghi: câu trả lời này dùng được cho cơ quan bạn."))
    return redirect("difficulties:situation", pk)


@require_GET
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What the bodies in sight ask most, by field and by article."""
    actor = actor_in(request)
    permit.allow(actor, "overview", Relation())
    rows = permit.visible(actor)
    context = {
        **tabs("overview"),
        "figures": queries.overview(rows, clock.today()),
        "states": [(str(State(s).label), TONES[State(s)]) for s in State.values],
    }
    return render(request, "difficulties/overview.html", context)
