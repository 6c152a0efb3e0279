"""Delegations: the register, one delegation, proposing, signing, refusing, revoking; absence."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.authority import actions, beside, lists, permit
from thongsuot.apps.authority.models import Delegation, Field, Matter
from thongsuot.apps.authority.models.choices import DelegationState, Seal
from thongsuot.apps.authority.models.choices import Form as SignForm
from thongsuot.apps.authority.queries.competence import shown
from thongsuot.apps.authority.queries.places import unit_names
from thongsuot.apps.authority.queries.table import delegation_values
from thongsuot.apps.authority.views.frame import (
    Box,
    Form,
    asked,
    money_in,
    number_in,
    sure_day,
    tabs,
)
from thongsuot.apps.registry.body_queries import links_of
from thongsuot.apps.registry.models import Appointment, Coverage, Post
from thongsuot.foundation import clock
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.authority.access import IN_A_BODY, may_propose, may_revoke, may_sign
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

HALF_A_YEAR = timedelta(days=180)


@require_GET
@login_required
def delegations(request: HttpRequest) -> HttpResponseBase:
    """The delegations given or received by one's bodies, or in one's area."""
    actor = actor_in(request)
    listing = Listing(
        lists.DELEGATIONS,
        lists.delegation_rows(actor),
        request,
        Place(source=Source("authority.delegations", {})),
    )
    context = {**tabs(request, "delegations"), "may_propose": _may_propose(actor)}
    return answer(listing, "authority/delegations.html", context)


def _may_propose(actor: Actor) -> bool:
    return actor.hat is not None and actor.role in IN_A_BODY


@require_GET
@login_required
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """One delegation: from whom, to whom, for what, until when, what stops it."""
    actor, today = actor_in(request), clock.today()
    row = permit.delegation_in_sight(actor, min(pk, 2**62))
    value = delegation_values([row])[0]
    bodies = {b.id: b.name for b in links_of([row.giver_body_id, row.body_id], today)}
    context = {
        **tabs(request, "delegations"),
        "row": row,
        "giver_body": bodies.get(row.giver_body_id, ""),
        "body": bodies.get(row.body_id, ""),
        "tone": lists.DELEGATION_TONES[DelegationState(row.state)],
        "counts": row.state == DelegationState.SIGNED and value.counts(today),
        "stopped": row.state == DelegationState.SIGNED
        and row.since <= today
        and not value.counts(today),
        "stops": value.stops(),
        "giver_leaves": value.giver_tenure.until,
        "receiver_leaves": value.receiver_tenure.until,
        "matters": row.matters.order_by("folded"),
        "fields": row.fields.order_by("name"),
        "places": [
            v.full_name for v in _places(row)
        ],
        "passed_on": Delegation.objects.filter(parent=row).select_related("person", "post").order_by("pk"),
        "may_sign": row.state == DelegationState.PROPOSED and may_sign(actor, row.giver_id) is None,
        "may_revoke": row.state == DelegationState.SIGNED
        and may_revoke(actor, row.giver_body_id, row.giver_id, _units(row)) is None,
        "may_pass_on": row.passable and value.counts(today) and _may_propose(actor)
        and may_propose(actor, row.body_id) is None,
        "grounds": shown(Ref("delegation", row.pk)),
        "links": beside.links_of(beside.About("delegation", row.number), actor),
    }  # fmt: skip
    return render(request, "authority/delegation.html", context)


def _places(row: Delegation) -> list[Any]:
    from_names = {u.pk for u in row.places.all()}
    return list(unit_names(from_names, clock.today()).values()) if from_names else []


def _units(row: Delegation) -> frozenset[int]:
    rows = Coverage.objects.known().filter(body=row.giver_body_id)
    return frozenset(rows.values_list("unit", flat=True))


def _people(bodies: set[int]) -> list[tuple[int, str]]:
    """Those who hold a post in these bodies today, by appointment: whoever heads them first."""
    rows = (
        Appointment.objects.on(clock.today())
        .filter(post__body__in=bodies)
        .select_related("person", "post")
        .order_by("post__rank", "post__body", "pk")
    )
    return [(a.pk, f"{a.person.full_name}, {a.post.title}") for a in rows[:500]]


def _receivers(bodies: set[int]) -> list[tuple[int, str]]:
    """The posts that may receive: of these bodies and of those below them, with who is in them."""
    today = clock.today()
    below = set(bodies) | set(
        Post.objects.on(today)
        .filter(body__versions__parent__in=bodies)
        .values_list("body", flat=True)
    )
    posts = list(
        Post.objects.on(today).filter(body__in=below).order_by("body", "rank", "pk")[:1_000]
    )
    held = Appointment.objects.on(today).filter(post__in=[p.pk for p in posts])
    people = dict(held.values_list("post", "person__full_name"))
    names = {b.id: b.name for b in links_of({p.body_id for p in posts}, today)}
    return [
        (p.pk, ", ".join(x for x in (p.title, names.get(p.body_id, ""), people.get(p.pk, "")) if x))
        for p in posts
    ]


def _boxes(actor: Actor, parent: Delegation | None, *, absence: bool) -> tuple[Box, ...]:
    today = clock.today()
    hat = actor.hat
    bodies = {hat.body, *hat.bodies} if hat else set()
    givers = _people(bodies)
    own = hat is not None and (parent is not None or hat.role is Role.LEADER)
    giver = hat.appointment if hat and own else next((pk for pk, _name in givers), 0)
    until = parent.until if parent else today + (timedelta(days=7) if absence else HALF_A_YEAR)
    scope = () if absence else (
        Box("matters", _("Việc được ủy quyền"), "many", required=False,
            choices=list(Matter.objects.order_by("folded").values_list("code", "name")),
            help=_("Giữ Ctrl để chọn nhiều. Không chọn việc, lĩnh vực nào: mọi việc của người ủy quyền.")),
        Box("fields", _("Hoặc cả lĩnh vực"), "many", required=False,
            choices=list(Field.objects.order_by("name").values_list("code", "name"))),
        Box("most", _("Đến số tiền (đồng)"), "money", required=False, most=24),
    )  # fmt: skip
    return (
        Box("number", _("Số văn bản ủy quyền"), most=80,
            help=_("Số, ký hiệu của văn bản giấy hoặc điện tử.")),
        Box("giver", _("Người ủy quyền"), "choice", choices=givers, value=str(giver or "")),
        Box("post", _("Nhận ủy quyền"), "choice", choices=_receivers(bodies)),
        Box("person", _("Chỉ người đang giữ chức vụ này, không phải người kế nhiệm"), "tick", value="1"),
        *scope,
        Box("since", _("Từ ngày"), "day", value=today.isoformat()),
        Box("until", _("Đến trước ngày"), "day", value=until.isoformat()),
        Box("form", _("Hình thức ký"), "choice", choices=SignForm.choices,
            value="KT." if absence else "TUQ."),
        Box("seal", _("Đóng dấu"), "choice", choices=Seal.choices, value="giver"),
        *(() if absence else (Box("passable", _("Được ủy quyền lại"), "tick"),)),
        Box("conditions", _("Điều kiện khác"), "long", required=False, most=2_000),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: HttpRequest, kind: str = "uy-quyen") -> HttpResponse:
    """Prepare a delegation, a sub-delegation (``?tu=``) or acting in absence, for the giver to sign."""
    actor = actor_in(request)
    absence = kind == "vang-mat"
    if actor.hat is None or not _may_propose(actor):
        permit.refuse(may_propose(actor, actor.hat.body if actor.hat else 0))
    number = number_in(request.GET.get("tu") or request.POST.get("tu"))
    parent = permit.delegation_in_sight(actor, number) if number else None
    heading = _("Ký thay khi vắng mặt") if absence else _("Văn bản ủy quyền mới")
    if parent is not None:
        heading = _("Ủy quyền lại từ %(number)s") % {"number": parent.number}
    lede = _(
        "Người ủy quyền ký ở bước sau, sau khi nhập lại mật khẩu. Văn bản tự dừng khi một trong hai bên thôi giữ chức vụ."
    )
    return asked(
        request,
        Form(heading, _boxes(actor, parent, absence=absence), reverse("authority:delegations"),
             _("Trình ký"), lede),
        lambda act: actions.propose(act, **_sent(request, parent, absence=absence)),
        _("Đã lập văn bản, chờ người ủy quyền ký."),
        tabs(request, "delegations"),
        to=lambda done: reverse("authority:delegation", args=[done["delegation"]]),
    )  # fmt: skip


def _sent(request: HttpRequest, parent: Delegation | None, *, absence: bool) -> dict[str, Any]:
    sent = request.POST
    return {
        "number": sent.get("number", ""),
        "giver_id": number_in(sent.get("giver")),
        "post_id": number_in(sent.get("post")),
        "to_person": sent.get("person") == "1",
        "matters": [] if absence else sent.getlist("matters")[:500],
        "fields": [] if absence else sent.getlist("fields")[:100],
        "most": None if absence else money_in(sent.get("most", "")),
        "since": sure_day(sent.get("since", "")),
        "until": sure_day(sent.get("until", "")),
        "form": sent.get("form", ""),
        "seal": sent.get("seal", ""),
        "passable": not absence and sent.get("passable") == "1",
        "absence": absence,
        "parent_id": parent.pk if parent else None,
        "conditions": sent.get("conditions", ""),
    }


@require_http_methods(["GET", "POST"])
@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The giver reads it once more and signs, after proving who it is."""
    actor = actor_in(request)
    row = permit.delegation_in_sight(actor, min(pk, 2**62))
    permit.refuse(may_sign(actor, row.giver_id))
    if not reauth.is_fresh(request, timezone.now()):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.path})}")
    problems: tuple[Problem, ...] = ()
    status = 200
    back = reverse("authority:delegation", args=[row.pk])
    if request.method == "POST":
        try:
            actions.sign(act_of(request), delegation_id=row.pk, fresh=True)
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã ký văn bản ủy quyền."))
            return redirect(back)
    receiver = row.person.full_name if row.person else row.post.title
    context = {
        "question": _("Ký văn bản ủy quyền %(number)s") % {"number": row.number},
        "consequences": [
            _("%(who)s được ký thay từ %(since)s đến trước %(until)s.")
            % {"who": receiver, "since": f"{row.since:%d/%m/%Y}", "until": f"{row.until:%d/%m/%Y}"},
            _("Người ủy quyền vẫn chịu trách nhiệm về việc đã ủy quyền."),
            _("Văn bản tự dừng khi một trong hai bên thôi giữ chức vụ."),
        ],
        "action": request.path,
        "confirm": _("Ký"),
        "cancel": back,
        "key": request.POST.get("key") or f"uq-{row.pk}",
        "hidden": [],
        "problems": problems,
    }
    return render(request, "ui/confirm.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The giver does not sign, and says why."""
    actor = actor_in(request)
    row = permit.delegation_in_sight(actor, min(pk, 2**62))
    permit.refuse(may_sign(actor, row.giver_id))
    return asked(
        request,
        Form(_("Không ký %(number)s") % {"number": row.number},
             (Box("reason", _("Lý do"), "long", most=2_000),),
             reverse("authority:delegation", args=[row.pk]), _("Không ký"), danger=True),
        lambda act: actions.refuse(act, delegation_id=row.pk, reason=request.POST.get("reason", "")),
        _("Đã ghi không ký."),
        tabs(request, "delegations"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation from a day, with the reason."""
    actor = actor_in(request)
    row = permit.delegation_in_sight(actor, min(pk, 2**62))
    permit.refuse(may_revoke(actor, row.giver_body_id, row.giver_id, _units(row)))
    boxes = (
        Box("on", _("Ngày đầu tiên không còn hiệu lực"), "day", value=clock.today().isoformat()),
        Box("reason", _("Lý do"), "long", most=2_000),
    )
    return asked(
        request,
        Form(_("Chấm dứt ủy quyền %(number)s") % {"number": row.number}, boxes,
             reverse("authority:delegation", args=[row.pk]), _("Chấm dứt"),
             _("Các ủy quyền lại từ văn bản này dừng theo."), danger=True),
        lambda act: actions.revoke(
            act, delegation_id=row.pk, on=sure_day(request.POST.get("on", "")),
            reason=request.POST.get("reason", ""),
        ),
        _("Đã chấm dứt văn bản ủy quyền."),
        tabs(request, "delegations"),
    )  # fmt: skip


BASE = "tham-quyen/uy-quyen/"
urlpatterns = [
    path(BASE, delegations, name="delegations"),
    path(f"{BASE}moi/", propose, name="new-delegation"),
    path(f"{BASE}vang-mat/", propose, {"kind": "vang-mat"}, name="absence"),
    path(f"{BASE}<int:pk>/", delegation, name="delegation"),
    path(f"{BASE}<int:pk>/ky/", sign, name="sign-delegation"),
    path(f"{BASE}<int:pk>/khong-ky/", refuse, name="refuse-delegation"),
    path(f"{BASE}<int:pk>/cham-dut/", revoke, name="revoke-delegation"),
]
