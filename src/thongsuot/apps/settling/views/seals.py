"""The register of seals, one seal, the steps of many at once, and new ones."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.models.choices import TransitionSide
from thongsuot.apps.handover.views.frame import number_in, open_transition
from thongsuot.apps.settling import actions, lists, permit, queries
from thongsuot.apps.settling.models import Seal
from thongsuot.apps.settling.models.choices import SealAct, SealState, SealType
from thongsuot.apps.settling.queries.seals import named_bodies
from thongsuot.apps.settling.views.frame import Box, asked, day_in, frame, reason_box
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.selection import read_selection
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.tables.table import Bulk
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.settling import seals as rules
from thongsuot.rules.settling.access import may
from thongsuot.rules.settling.seals import SETTLED

DOORS = {"ke-khai": "report", "nop": "return", "chung-nhan": "certify", "bao-mat": "lose",
         "thong-bao": "announce", "tim-thay": "find"}  # fmt: skip


def may_somewhere(actor: Actor, right: str, transition: Transition) -> bool:
    """Whether the person may do that for some ending body here."""
    return right in permit.allowed_somewhere(actor, [right], transition)


@require_GET
@login_required
def register(request: HttpRequest, transition_id: int) -> HttpResponseBase:
    """The register: old seals on their way back, new ones issued."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    rows = permit.visible_seals(actor, transition)
    rights = permit.allowed_somewhere(
        actor, ["seal.register", *(f"seal.{act}" for act in rules.ACTS)], transition
    )
    doing = [
        Bulk(str(SealAct(act).label), reverse("settling:move-seals", args=[transition.pk, door]),
             danger=act in ("lose", "announce"))
        for door, act in DOORS.items()
        if f"seal.{act}" in rights
    ]  # fmt: skip
    listing = Listing(
        lists.seals_table(rows),
        lists.seal_rows(actor, transition),
        request,
        Place(
            scope=f"transition:{transition.pk}",
            source=Source("settling.seals", {"transition": transition.pk}),
        ),
        bulk=tuple(doing),
    )
    context = {
        **frame(request, transition, "seals"),
        "left": rows.filter(old=True).exclude(state__in=sorted(SETTLED)).count(),
        "settled": rows.filter(old=True, state__in=sorted(SETTLED)).count(),
        "issued": rows.filter(old=False).count(),
        "waiting": _waiting(actor, transition),
        "may_register": "seal.register" in rights,
        "may_issue": bool(_beginning(actor, transition)),
    }
    return answer(listing, "settling/seals.html", context)


def _waiting(actor: Actor, transition: Transition) -> int:
    """How many seals of the inventory, of bodies in sight, are not in the register yet."""
    bodies = permit.bodies_in_sight(actor, transition)
    return queries.unregistered(transition).filter(giver__in=bodies).count()


def _beginning(actor: Actor, transition: Transition) -> list[tuple[int, str]]:
    """The bodies that begin here and for which the person may enter new seals."""
    begins = transition.bodies.filter(side=TransitionSide.BEGINS).values_list("body", flat=True)
    return named_bodies(
        body
        for body in begins
        if may(actor, "seal.issue", Relation(receiver=body, place=transition.unit_id))
    )


@require_POST
@login_required
def fill(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Take the seals of the inventory into the register."""
    transition = open_transition(request, transition_id)
    done = actions.register_seals(act_of(request), transition_id=transition.pk)
    messages.success(request, _("Đã đưa %(n)s con dấu vào sổ.") % {"n": done["count"]})
    return redirect("settling:seals", transition.pk)


def _seal_on(request: HttpRequest, transition: Transition, pk: int) -> Seal:
    rows = lists.seal_rows(actor_in(request), transition)
    found = rows.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("settling.seal-missing"))
    return found


@require_GET
@login_required
def seal(request: HttpRequest, transition_id: int, pk: int) -> HttpResponse:
    """One seal: what it is, where it stands, every step it took."""
    transition = open_transition(request, transition_id)
    found = _seal_on(request, transition, pk)
    actor = actor_in(request)
    possible = [
        (door, str(SealAct(act).label), act in ("lose", "announce"))
        for door, act in DOORS.items()
        if found.old
        and act in rules.doable(found.state)
        and permit.allowed(actor, f"seal.{act}", transition, giver=found.body_id)
    ]
    history = [
        {
            "on": step.on,
            "title": step.act,
            "detail": " · ".join(
                t for t in (step.number, step.receiver, step.reason, step.who) if t
            ),
        }
        for step in queries.steps_of(found)
    ]
    context = {
        **frame(request, transition, "seals"),
        "seal": found,
        "tone": lists.SEAL_TONES[SealState(found.state)],
        "possible": possible,
        "history": history,
    }
    return render(request, "settling/seal.html", context)


def _chosen(request: HttpRequest, transition: Transition) -> list[int]:
    """The seals chosen: on the list by its own choice, or one by its number."""
    one = number_in(request.POST.get("dau"))
    if one:
        return [one]
    if request.POST.get("cac-dau"):
        return [number_in(part) for part in request.POST["cac-dau"].split(",")[:1_000]]
    rows = permit.visible_seals(actor_in(request), transition)
    chosen = read_selection(lists.seals_table(rows), rows, request.POST, today=clock.today())
    return sorted(chosen.rows.values_list("pk", flat=True)[:1_001])


@require_http_methods(["GET", "POST"])
@login_required
def move(request: HttpRequest, transition_id: int, door: str) -> HttpResponse:
    """One step for the chosen seals: asks for the day, the paper, the receiver, the reason."""
    transition = open_transition(request, transition_id)
    if door not in DOORS:
        raise Http404
    doing = DOORS[door]
    if not may_somewhere(actor_in(request), f"seal.{doing}", transition):
        raise Refused.forbidden(
            Problem("settling.not-allowed", "", {"act": doing, "post": _post(request)})
        )
    if request.method == "GET":
        return redirect("settling:seals", transition.pk)
    ids = _chosen(request, transition)
    seen = permit.visible_seals(actor_in(request), transition).filter(pk__in=ids)
    codes = list(seen.order_by("code").values_list("code", flat=True))
    context = {
        **frame(request, transition, "seals"),
        "hidden": [("cac-dau", ",".join(str(pk) for pk in ids)), ("lam", "1")],
        "sample": codes[:20],
        "count": len(codes),
    }
    heading = str(SealAct(doing).label)
    back = reverse("settling:seals", args=[transition.pk])
    if request.POST.get("lam") != "1":
        context |= {"heading": heading, "boxes": _boxes(doing), "back": back, "submit": heading,
                    "danger": doing in ("lose", "announce"), "problems": ()}  # fmt: skip
        return render(request, "settling/form.html", context)
    return asked(
        request,
        context,
        heading=heading,
        boxes=_boxes(doing),
        do=lambda act: actions.move_seals(
            act, transition_id=transition.pk, seals=ids, doing=doing,
            on=day_in(request.POST.get("on", "")), number=request.POST.get("number", ""),
            receiver_id=number_in(request.POST.get("receiver_id")) or None,
            reason=request.POST.get("reason", ""),
        ),
        done=_("Đã ghi."),
        back=back,
        danger=doing in ("lose", "announce"),
    )  # fmt: skip


def _post(request: HttpRequest) -> str:
    hat = actor_in(request).hat
    return hat.post if hat else ""


def _boxes(doing: str) -> list[Box]:
    boxes = [Box("on", _("Ngày"), "day", value=clock.today().isoformat())]
    if doing == "return":
        boxes.append(Box("receiver_id", _("Cơ quan công an nhận"), "choice",
                         choices=queries.police_bodies()))  # fmt: skip
        boxes.append(Box("number", _("Số biên bản giao nhận"), required=False, most=100))
    if doing in rules.NUMBERED:
        label = {"certify": _("Số giấy chứng nhận đã thu hồi"), "announce": _("Số thông báo")}
        boxes.append(Box("number", label[doing], most=100))
    boxes.append(
        reason_box()
        if doing in rules.REASONED
        else Box("reason", _("Ghi chú"), "long", required=False, most=2_000)
    )
    return boxes


@require_http_methods(["GET", "POST"])
@login_required
def issue(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Enter a new seal of a body that begins."""
    transition = open_transition(request, transition_id)
    bodies = _beginning(actor_in(request), transition)
    if not bodies:
        raise Refused.forbidden(
            Problem("settling.not-allowed", "", {"act": "seal.issue", "post": _post(request)})
        )
    sent: Any = request.POST
    return asked(
        request,
        frame(request, transition, "seals"),
        heading=_("Ghi con dấu mới cấp"),
        boxes=[
            Box("body_id", _("Cơ quan được cấp"), "choice", choices=bodies),
            Box("code", _("Mã"), most=80),
            Box("title", _("Tên con dấu"), most=300),
            Box("seal_type", _("Loại dấu"), "choice", choices=SealType.choices),
            Box("certificate_no", _("Giấy chứng nhận mẫu dấu số"), most=60),
            Box("issuer_id", _("Cơ quan công an cấp"), "choice", choices=queries.police_bodies()),
            Box("on", _("Ngày cấp"), "day", value=clock.today().isoformat()),
            Box("keeper", _("Người giữ dấu"), required=False, most=120),
        ],
        do=lambda act: actions.issue_seal(
            act, transition_id=transition.pk, body_id=number_in(sent.get("body_id")),
            code=sent.get("code", "").strip(), title=sent.get("title", "").strip(),
            seal_type=sent.get("seal_type", ""),
            certificate_no=sent.get("certificate_no", "").strip(),
            issuer_id=number_in(sent.get("issuer_id")), on=day_in(sent.get("on", "")),
            keeper=sent.get("keeper", "").strip(),
        ),
        done=_("Đã ghi con dấu mới."),
        back=reverse("settling:seals", args=[transition.pk]),
        submit=_("Ghi con dấu"),
    )  # fmt: skip


BASE = "ban-giao/<int:transition_id>/con-dau/"
urlpatterns = [
    path(BASE, register, name="seals"),
    path(f"{BASE}lap-so/", fill, name="register-seals"),
    path(f"{BASE}cap-moi/", issue, name="issue-seal"),
    path(f"{BASE}lam/<slug:door>/", move, name="move-seals"),
    path(f"{BASE}<int:pk>/", seal, name="seal"),
]
