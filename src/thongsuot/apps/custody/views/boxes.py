"""Boxes: the list, the passport, everything that is done to one of them, labels, stores."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.custody import actions_boxes, actions_seals, lists, permit, queries, sheets
from thongsuot.apps.custody.models import Condition, Container, ContainerKind, LabelPrint, Seal
from thongsuot.apps.custody.steps import MOST
from thongsuot.apps.custody.views.frame import bodies_kept, frame, second_person, transition_for
from thongsuot.apps.handover.models import Item
from thongsuot.apps.handover.permit import visible_transitions
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.handover.views.frame import number_in
from thongsuot.foundation import clock
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.selection import read_selection
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.tables.table import Bulk, Table
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.custody.access import may
from thongsuot.rules.custody.labels import by_eye, read_label
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

Words = str | Promise


@require_GET
@login_required
def boxes(request: HttpRequest) -> HttpResponseBase:
    """Every box and folder in sight: filter, print labels, take away as a file."""
    actor = actor_in(request)
    rows, table = lists.boxes(actor), _table(actor)
    bulk = (Bulk(_("In nhãn"), reverse("custody:labels")),) if permit.keepers(actor) else ()
    listing = Listing(
        table,
        rows,
        request,
        Place(scope="custody", source=Source("custody.boxes", {})),
        bulk=bulk,
        today=clock.today(),
    )
    context = {**frame(request, "boxes"), "figures": queries.figures(actor)}
    return answer(listing, "custody/boxes.html", context)


def _table(actor: Actor) -> Table:
    known = list(visible_transitions(actor).values_list("pk", "name"))
    holders = permit.visible_containers(actor).order_by().values_list("holder", flat=True)
    names = body_names(set(holders.distinct()))
    return lists.boxes_table(known, sorted(names.items(), key=lambda p: p[1]))


@require_GET
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """From a label as read or typed to its passport."""
    read = read_label(request.GET.get("ma", "")[:60])
    found = permit.visible_containers(actor_in(request)).filter(label=read.label or "–").first()
    if found is not None:
        return redirect("custody:one", container_id=found.pk)
    context = {**frame(request, "boxes"), "read": read, "status": 404}
    return render(request, "custody/not_found.html", context, status=404)


@dataclass(frozen=True, slots=True)
class Doing:
    """Something done to one container: its words, its right, what the form asks, how it is sent."""

    label: Words
    explain: Words
    right: str
    asks: tuple[str, ...]
    send: Callable[[HttpRequest, Container], Mapping[str, Any]]
    fits: Callable[[Container, Seal | None], bool]
    danger: bool = False
    fresh: bool = False


def _seal(request: HttpRequest, box: Container) -> Mapping[str, Any]:
    witness = second_person(request)
    sent = request.FILES.get("photo")
    photo = keep(sent, sent.name or "anh.jpg", by=actor_in(request)) if sent else None
    return actions_seals.seal_box(
        act_of(request),
        container_id=box.pk,
        number=request.POST.get("number", ""),
        condition=request.POST.get("condition", ""),
        witness_id=witness,
        photo_id=photo.pk if photo else None,
        note=request.POST.get("note", ""),
    )


def _open(request: HttpRequest, box: Container) -> Mapping[str, Any]:
    return actions_seals.open_box(
        act_of(request),
        container_id=box.pk,
        reason=request.POST.get("reason", ""),
        condition=request.POST.get("condition", ""),
        authority=request.POST.get("authority", ""),
        witness_id=second_person(request),
    )


def _move(request: HttpRequest, container: Container) -> Mapping[str, Any]:
    return actions_boxes.move_container(
        act_of(request),
        container_id=container.pk,
        to_id=number_in(request.POST.get("to")),
        reason=request.POST.get("reason", ""),
    )


def _place(request: HttpRequest, container: Container) -> Mapping[str, Any]:
    codes = request.POST.get("codes", "").splitlines()[: MOST + 1]
    return actions_boxes.place_items(act_of(request), container_id=container.pk, codes=codes)


def _take_out(request: HttpRequest, container: Container) -> Mapping[str, Any]:
    return actions_boxes.take_out(
        act_of(request),
        container_id=container.pk,
        items=[number_in(i) for i in request.POST.getlist("items")],
        reason=request.POST.get("reason", ""),
    )


def _receive(request: HttpRequest, box: Container) -> Mapping[str, Any]:
    bodies = permit.receiving_bodies(actor_in(request), _with_folders(box))
    return actions_boxes.receive_box(
        act_of(request),
        container_id=box.pk,
        body_id=min(bodies, default=0),
        seal_number=request.POST.get("number", ""),
        condition=request.POST.get("condition", ""),
    )


def _with_folders(box: Container) -> list[int]:
    inner = Container.objects.filter(stays__place=box, stays__until__isnull=True)
    return [box.pk, *inner.values_list("pk", flat=True)]


BOX, FOLDER = ContainerKind.BOX, ContainerKind.FOLDER
DOINGS: dict[str, Doing] = {
    "niem-phong": Doing(
        gettext_lazy("Niêm phong"),
        gettext_lazy(
            "Hai người cùng nhìn thấy. Từ lúc niêm phong, không cho vào, không lấy ra cho tới khi mở."
        ),
        "box.seal",
        ("number", "condition", "photo", "note", "second"),
        _seal,
        lambda c, seal: c.kind == BOX and seal is None and c.things > 0,
    ),
    "mo": Doing(
        gettext_lazy("Mở niêm phong"),
        gettext_lazy("Số niêm phong này coi như đã dùng. Niêm phong lại phải dùng số mới."),
        "box.open",
        ("reason", "authority", "condition", "second"),
        _open,
        lambda c, seal: seal is not None,
        danger=True,
        fresh=True,
    ),
    "chuyen": Doing(
        gettext_lazy("Chuyển chỗ"),
        gettext_lazy("Lần ở trước kết thúc đúng lúc lần ở mới bắt đầu; lịch sử giữ nguyên."),
        "container.move",
        ("to", "reason"),
        _move,
        lambda c, _seal: c.kind != ContainerKind.STORE,
    ),
    "xep": Doing(
        gettext_lazy("Xếp hồ sơ vào"),
        gettext_lazy("Mỗi dòng một mã trong danh mục bàn giao."),
        "contents.change",
        ("codes",),
        _place,
        lambda c, seal: c.kind in (BOX, FOLDER) and seal is None,
    ),
    "lay-ra": Doing(
        gettext_lazy("Lấy hồ sơ ra"),
        gettext_lazy("Chọn hồ sơ và ghi lý do."),
        "contents.change",
        ("items", "reason"),
        _take_out,
        lambda c, seal: c.kind in (BOX, FOLDER) and seal is None and c.things > 0,
    ),
    "nhan": Doing(
        gettext_lazy("Nhận hộp"),
        gettext_lazy("Đọc số niêm phong trên chính chiếc hộp, xem tình trạng, rồi ghi."),
        "box.receive",
        ("number", "condition"),
        _receive,
        lambda c, _seal: c.kind == BOX and c.things > 0,
    ),
}


def _may(actor: Actor, doing: Doing, container: Container) -> bool:
    if doing.right == "box.receive":
        bodies = permit.receiving_bodies(actor, _with_folders(container)) - {container.holder_id}
        return may(actor, doing.right, permit.relation(container, frozenset(bodies)))
    return may(actor, doing.right, permit.relation(container))


def _container(request: HttpRequest, container_id: int) -> Container:
    found = permit.container_in_sight(actor_in(request), container_id)
    return Container.objects.select_related("transition").get(pk=found.pk)


@require_GET
@login_required
def one(request: HttpRequest, container_id: int) -> HttpResponse:
    """The passport of a container: seals, places, who keeps it, who counted it, its contents."""
    container = _container(request, container_id)
    actor = actor_in(request)
    passport = queries.passport(actor, container)
    context = {
        **frame(request, "rooms" if container.kind in ("store", "shelf") else "boxes"),
        "passport": passport,
        "container": container,
        "code": by_eye(container.label),
        "holder": passport.names[container.holder_id],
        "owner": passport.names[container.owner_id],
        "doings": [
            (name, d)
            for name, d in DOINGS.items()
            if d.fits(container, passport.seal) and _may(actor, d, container)
        ],
        "holdings": [(h, passport.names[h.body_id]) for h in passport.holdings],
        "may_print": may(actor, "label.print", permit.relation(container)),
        "may_count": container.kind in ("store", "shelf")
        and may(actor, "count", permit.relation(container)),
    }
    return render(request, "custody/one.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@sensitive_post_parameters("second_password")
def act(request: HttpRequest, container_id: int, doing: str) -> HttpResponse:
    """One thing done to one container: the form, and doing it."""
    if doing not in DOINGS:
        raise Http404
    what, container = DOINGS[doing], _container(request, container_id)
    back = reverse("custody:one", args=[container.pk])
    if request.method == "POST" and answered(request) is not None:
        return redirect(back)
    if not _may(actor_in(request), what, container):
        permit.allow(actor_in(request), what.right, permit.relation(container))
        raise Refused.because("custody.received-already", container.name)
    if what.fresh and not reauth.is_fresh(request, timezone.now()):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.path})}")
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            what.send(request, container)
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("%(label)s: đã ghi.") % {"label": what.label})
            return redirect(back)
    passport = queries.passport(actor_in(request), container)
    context = {
        **frame(request, "boxes"),
        "what": what,
        "doing": doing,
        "container": container,
        "passport": passport,
        "places": _places(request, container) if "to" in what.asks else (),
        "conditions": Condition.choices,
        "direct": [p for p in passport.items if p.container_id == container.pk],
        "problems": problems,
        "back": back,
    }
    return render(request, "custody/act.html", context, status=status)


def _places(request: HttpRequest, container: Container) -> list[tuple[int, str]]:
    """Where a container could be moved to: places of a higher order that the person keeps."""
    above = {"shelf": ("store",), "box": ("store", "shelf"), "folder": ("store", "shelf", "box")}
    kinds = above.get(container.kind, ())
    rows = permit.visible_containers(actor_in(request)).filter(
        kind__in=kinds, transition=container.transition_id
    )
    mine = [
        c
        for c in rows.select_related("transition").order_by("kind", "folded", "pk")[:1_000]
        if may(actor_in(request), "container.move", permit.relation(c)) and c.pk != container.pk
    ]
    above_names = queries.last_places(c.pk for c in mine)
    return [
        (c.pk, " · ".join(filter(None, (above_names.get(c.pk, ""), c.name, by_eye(c.label)))))
        for c in mine
    ]


@require_http_methods(["GET", "POST"])
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Make stores, shelves, boxes or folders."""
    kept = bodies_kept(request)
    if not kept:
        raise Refused.forbidden(Problem("custody.not-allowed", "", {"post": _post(request)}))
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            done = _make(request)
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã lập %(count)s.") % {"count": done["count"]})
            return redirect(_after(request))
    context = {
        **frame(request, "rooms"),
        "kinds": ContainerKind.choices,
        "bodies": kept,
        "places": _all_places(request),
        "kind": request.POST.get("kind") or request.GET.get("loai", "box"),
        "problems": problems,
    }
    return render(request, "custody/make.html", context, status=status)


def _post(request: HttpRequest) -> str:
    hat = actor_in(request).hat
    return hat.post if hat else ""


def _after(request: HttpRequest) -> str:
    on_floor = request.POST.get("kind") in ("store", "shelf")
    return reverse("custody:rooms" if on_floor else "custody:boxes")


def _make(request: HttpRequest) -> Mapping[str, Any]:
    body = number_in(request.POST.get("body"))
    transition = transition_for(request, body)
    if transition is None:
        raise Refused.because("custody.body-not-here", request.POST.get("body", "")[:20])
    return actions_boxes.make_containers(
        act_of(request),
        transition_id=transition.pk,
        body_id=body,
        kind=request.POST.get("kind", "")[:20],
        names=[n for n in request.POST.get("names", "").splitlines() if n.strip()][: MOST + 1],
        place_id=number_in(request.POST.get("place")) or None,
    )


def _all_places(request: HttpRequest) -> list[tuple[int, str]]:
    rows = permit.visible_containers(actor_in(request)).filter(kind__in=("store", "shelf", "box"))
    mine = [
        c
        for c in rows.select_related("transition").order_by("kind", "folded", "pk")[:1_000]
        if may(actor_in(request), "container.move", permit.relation(c))
    ]
    above = queries.last_places(c.pk for c in mine)
    return [
        (c.pk, f"{c.get_kind_display()} · " + " · ".join(filter(None, (above.get(c.pk), c.name))))
        for c in mine
    ]


@require_http_methods(["GET", "POST"])
@login_required
def by_list(request: HttpRequest) -> HttpResponse:
    """Make the boxes that the inventory of a body names, with what it says is in them."""
    kept = bodies_kept(request)
    if not kept:
        raise Refused.forbidden(Problem("custody.not-allowed", "", {"post": _post(request)}))
    body = number_in(request.POST.get("body") or request.GET.get("body")) or kept[0][0]
    transition = transition_for(request, body) if body in dict(kept) else None
    if transition is None:
        raise Refused.missing(Problem("custody.container-missing"))
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            done = actions_boxes.box_by_list(
                act_of(request),
                transition_id=transition.pk,
                body_id=body,
                place_id=number_in(request.POST.get("place")),
                codes=request.POST.getlist("codes")[: MOST + 1],
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            words = {"count": done["count"], "items": done["items"]}
            messages.success(request, _("Đã lập %(count)s hộp, xếp %(items)s hồ sơ.") % words)
            return redirect("custody:boxes")
    there = Container.objects.filter(transition=transition, owner=body, kind=BOX)
    waiting = (
        Item.objects.filter(transition=transition, giver=body)
        .exclude(container="")
        .exclude(state__in=("undone", "replaced"))
        .exclude(container__in=there.values("name"))
        .order_by("container")
        .values_list("container", flat=True)
        .distinct()
    )
    context = {
        **frame(request, "boxes"),
        "bodies": kept,
        "body": body,
        "codes": list(waiting[:MOST]),
        "places": _all_places(request),
        "problems": problems,
    }
    return render(request, "custody/by_list.html", context, status=status)


@require_GET
@login_required
def rooms(request: HttpRequest) -> HttpResponse:
    """Every store with its shelves, and how many boxes stand where."""
    context = {**frame(request, "rooms"), "rooms": queries.rooms(actor_in(request))}
    return render(request, "custody/rooms.html", context)


def _chosen(request: HttpRequest) -> list[int]:
    """The containers whose labels are wanted: named one by one, or ticked in the list."""
    given = request.POST.get("ids") or request.GET.get("ids", "")
    if given:
        return [number_in(part) for part in given.split(",")[: MOST + 1]]
    if request.method != "POST":
        return []
    rows = lists.boxes(actor_in(request))
    chosen = read_selection(_table(actor_in(request)), rows, request.POST, today=clock.today())
    return list(chosen.rows.order_by("folded", "pk").values_list("pk", flat=True)[: MOST + 1])


@require_http_methods(["GET", "POST"])
@login_required
def labels(request: HttpRequest) -> HttpResponse:
    """Labels: which sheet, from which place on; then the sheet as PDF, and the print counted."""
    ids = _chosen(request)
    rows = list(
        permit.visible_containers(actor_in(request))
        .filter(pk__in=ids)
        .select_related("transition")
        .order_by("kind", "folded", "pk")
    )
    for container in rows:
        permit.allow(actor_in(request), "label.print", permit.relation(container))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and request.POST.get("do") == "1":
        try:
            return _printed(request, rows)
        except Refused as refused:
            problems = refused.problems
    printed = LabelPrint.objects.filter(container__in=rows).values("container").distinct().count()
    context = {
        **frame(request, "boxes"),
        "rows": rows,
        "ids": ",".join(str(c.pk) for c in rows),
        "layouts": list(sheets.LAYOUTS.items()),
        "printed": printed,
        "problems": problems,
    }
    return render(request, "custody/labels.html", context, status=422 if problems else 200)


def _printed(request: HttpRequest, rows: list[Container]) -> HttpResponse:
    layout = sheets.LAYOUTS.get(request.POST.get("layout", ""))
    start = number_in(request.POST.get("start", "1"))
    if layout is None or not 1 <= start <= layout.places:
        raise Refused.because("custody.sheet-unknown")
    actions_boxes.print_labels(act_of(request), containers=[c.pk for c in rows])
    content = sheets.label_sheets(
        [c.label for c in rows], request.POST["layout"], start, timezone.now()
    )
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="nhan-niem-phong.pdf"'},
    )


@require_GET
@login_required
def photo(request: HttpRequest, container_id: int, seal_id: int) -> HttpResponseBase:
    """The photo of a seal, for those who see the box."""
    container = _container(request, container_id)
    seal = Seal.objects.filter(box=container, pk=min(seal_id, permit.LARGEST)).first()
    if seal is None or seal.photo is None:
        raise Refused.missing(Problem("custody.container-missing"))
    return send(seal.photo)
