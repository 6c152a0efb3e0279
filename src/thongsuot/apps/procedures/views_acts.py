"""What is done with procedures: sets announced, shops opened and changed, dossiers received and decided."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongsuot.apps.authority.queries.fields import field_choices
from thongsuot.apps.procedures import actions, permit
from thongsuot.apps.procedures.models import AnnouncedSet, DossierAct, Procedure
from thongsuot.apps.registry.asking import Asking, Box, ask, day_in, number_in, yes
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.successors import offered
from thongsuot.foundation import clock
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.procedures.access import Relation

both = require_http_methods(["GET", "POST"])
STEPS = {"bo-sung": "pause", "tiep": "resume", "tra-ket-qua": "finish", "tra-lai": "return"}
SLUGS = {act: slug for slug, act in STEPS.items()}


def _crumbs(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((_("Thủ tục hành chính"), reverse("procedures:catalogue")), *more)


@both
@login_required
def announce(request: HttpRequest) -> HttpResponse:
    """Write down a decision that announced a set."""
    actor = actor_in(request)
    permit.allow(actor, "catalogue", permit.over_area(actor))
    asking = Asking(
        heading=_("Ghi quyết định công bố"),
        boxes=(
            Box("number", _("Số, ký hiệu"), most=100),
            Box("day", _("Ngày"), "day", value=clock.today().isoformat()),
            Box("issuer", _("Cơ quan công bố"), most=300),
            Box("title", _("Trích yếu"), most=300),
            Box("confirmed", _("Đã đối chiếu với văn bản"), "tick"),
        ),
        do=lambda act, sent: actions.announce_set(
            act, number=sent.get("number", ""), day=day_in(sent.get("day", ""), _("Ngày")),
            issuer=sent.get("issuer", ""), title=sent.get("title", ""),
            confirmed=yes(sent.get("confirmed", "")),
        ),
        back=reverse("procedures:catalogue"),
        done=_("Đã ghi quyết định công bố."),
        submit=_("Ghi"),
        crumbs=_crumbs(),
    )  # fmt: skip
    return ask(request, asking)


@both
@login_required
def write(request: HttpRequest) -> HttpResponse:
    """Write one procedure, or a new version of one (``?ma=``)."""
    actor = actor_in(request)
    permit.allow(actor, "catalogue", permit.over_area(actor))
    code = request.GET.get("ma", "")[:60]
    row = Procedure.objects.filter(code=code, live=True).select_related("announced").first()

    def of(name: str) -> str:
        return str(getattr(row, name)) if row else ""

    def tick(name: str) -> str:
        return "1" if row and getattr(row, name) else ""

    sets = [
        (n, n) for n in AnnouncedSet.objects.order_by("-day").values_list("number", flat=True)[:200]
    ]
    asking = Asking(
        heading=_("Ghi thủ tục"),
        lede=row.name if row else "",
        boxes=(
            Box("code", _("Mã thủ tục"), most=60, value=of("code")),
            Box("name", _("Tên thủ tục"), most=400, value=of("name")),
            Box("field", _("Lĩnh vực"), "choice", choices=field_choices(), value=of("field")),
            Box("commune", _("Nhận ở cấp xã"), "tick", value=tick("commune")),
            Box("province", _("Nhận ở cấp tỉnh"), "tick", value=tick("province")),
            Box("days", _("Thời hạn, ngày làm việc"), "number", most=3, value=of("days")),
            Box("fee", _("Phí, lệ phí"), required=False, most=200, value=of("fee")),
            Box("papers", _("Thành phần hồ sơ, cách nhau bằng dấu chấm phẩy"), "long", required=False, most=2_000, value=of("papers")),
            Box("workflow", _("Quy trình nội bộ, các bước cách nhau bằng dấu chấm phẩy"), "long", required=False, most=2_000, value=of("workflow")),
            Box("decision", _("Quyết định công bố"), "choice", required=False, choices=sets,
                value=row.announced.number if row and row.announced else ""),
            Box("boundary_free", _("Không phụ thuộc địa giới"), "tick", value=tick("boundary_free")),
            Box("portal", _("Trang trên Cổng Dịch vụ công quốc gia"), required=False, most=300, value=of("portal")),
        ),
        do=lambda act, sent: actions.write_procedure(act, values=_values(sent)),
        back=reverse("procedures:catalogue"),
        done=_("Đã ghi thủ tục."),
        submit=_("Ghi"),
        crumbs=_crumbs(),
    )  # fmt: skip
    return ask(request, asking)


def _values(sent: Mapping[str, str]) -> dict[str, Any]:
    texts = ("code", "name", "field", "fee", "papers", "workflow", "decision", "portal")
    ticks = ("commune", "province", "boundary_free")
    days = sent.get("days", "")[:3]
    return {
        **{name: sent.get(name, "") for name in texts},
        **{name: yes(sent.get(name, "")) for name in ticks},
        "days": number_in(days) if days.isascii() and days.isdigit() else -1,
    }


def _shop_boxes(row: Any = None) -> tuple[Box, ...]:
    def of(name: str) -> str:
        return str(getattr(row, name)) if row else ""

    return (
        Box("address", _("Địa chỉ"), most=300, value=of("address")),
        Box("hours", _("Giờ làm việc"), most=300, value=of("hours") or _("Thứ Hai đến thứ Sáu, 8:00–12:00, 13:30–17:30")),
        Box("phone", _("Điện thoại"), required=False, most=60, value=of("phone")),
        Box("equipment", _("Trang thiết bị, mỗi loại một dòng"), "long", required=False, most=2_000, value=of("equipment")),
        Box("modern", _("Trang thiết bị hiện đại, đồng bộ"), "tick", value="1" if row and row.modern else ""),
    )  # fmt: skip


@both
@login_required
def open_shop(request: HttpRequest) -> HttpResponse:
    """Open a one-stop shop of one's own body."""
    actor = actor_in(request)
    body = permit.desk_body(actor)
    permit.allow(actor, "shop", Relation(desk=body))
    asking = Asking(
        heading=_("Mở bộ phận một cửa"),
        lede=body_names([body]).get(body, ""),
        boxes=(
            Box("name", _("Tên"), most=200),
            *_shop_boxes(),
            Box("since", _("Hoạt động từ"), "day", value=clock.today().isoformat()),
        ),
        do=lambda act, sent: actions.open_shop(
            act, body_id=body, name=sent.get("name", ""), address=sent.get("address", ""),
            hours=sent.get("hours", ""), phone=sent.get("phone", ""),
            equipment=sent.get("equipment", ""), modern=yes(sent.get("modern", "")),
            since=day_in(sent.get("since", ""), _("Hoạt động từ")),
        ),
        back=reverse("procedures:shops"),
        then=lambda done: reverse("procedures:shop", args=[done["shop"]]),
        done=_("Đã mở bộ phận một cửa."),
        submit=_("Mở"),
        crumbs=_crumbs((_("Bộ phận một cửa"), reverse("procedures:shops"))),
    )  # fmt: skip
    return ask(request, asking)


@both
@login_required
def change_shop(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the hours, the address or the equipment of a shop."""
    row = permit.shop_there(pk)
    permit.allow(actor_in(request), "shop", permit.relation(row))
    back = reverse("procedures:shop", args=[pk])
    asking = Asking(
        heading=_("Sửa giờ làm việc, trang thiết bị"),
        lede=row.name,
        boxes=_shop_boxes(row),
        do=lambda act, sent: actions.change_shop(
            act, shop_id=pk, address=sent.get("address", ""), hours=sent.get("hours", ""),
            phone=sent.get("phone", ""), equipment=sent.get("equipment", ""),
            modern=yes(sent.get("modern", "")),
        ),
        back=back,
        done=_("Đã sửa."),
        submit=_("Lưu"),
        crumbs=_crumbs((row.name, back)),
    )  # fmt: skip
    return ask(request, asking)


@both
@login_required
def end_shop(request: HttpRequest, pk: int) -> HttpResponse:
    """A shop ends."""
    row = permit.shop_there(pk)
    permit.allow(actor_in(request), "shop", permit.relation(row))
    back = reverse("procedures:shop", args=[pk])
    asking = Asking(
        heading=_("Thôi hoạt động"),
        lede=row.name,
        boxes=(Box("on", _("Từ ngày"), "day"),),
        do=lambda act, sent: actions.end_shop(
            act, shop_id=pk, on=day_in(sent.get("on", ""), _("Từ ngày"))
        ),
        back=back,
        done=_("Đã ghi."),
        danger=True,
        crumbs=_crumbs((row.name, back)),
    )
    return ask(request, asking)


@both
@login_required
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which procedures a shop receives."""
    row = permit.shop_there(pk)
    permit.allow(actor_in(request), "offer", permit.relation(row))
    back = reverse("procedures:shop", args=[pk])
    ways = (("receives", _("tiếp nhận")), ("decides", _("tiếp nhận và xã, phường quyết định")),
            ("none", _("thôi tiếp nhận")))  # fmt: skip
    asking = Asking(
        heading=_("Thủ tục tiếp nhận"),
        lede=row.name,
        boxes=(
            Box("codes", _("Mã thủ tục, mỗi mã một dòng"), "long", most=20_000,
                help=_("Dán từ Excel được.")),
            Box("way", _("Cách tiếp nhận"), "choice", choices=ways),
        ),
        do=lambda act, sent: actions.offer(
            act, shop_id=pk, codes=sent.get("codes", "").replace(";", "\n").splitlines(),
            receives=sent.get("way") in ("receives", "decides"),
            decides=sent.get("way") == "decides",
        ),
        back=back,
        done=_("Đã ghi bảng thủ tục."),
        submit=_("Ghi"),
        crumbs=_crumbs((row.name, back)),
    )  # fmt: skip
    return ask(request, asking)


@both
@login_required
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive a dossier at a desk."""
    row = permit.shop_there(pk)
    permit.allow(actor_in(request), "receive", permit.relation(row))
    offered = row.offers.filter(live=True).values("code")
    choices = [
        (p.code, f"{p.code} {p.name}"[:120])
        for p in Procedure.objects.filter(live=True, code__in=offered).order_by("code")
    ]
    asking = Asking(
        heading=_("Nhận hồ sơ"),
        lede=row.name,
        boxes=(
            Box("code", _("Thủ tục"), "choice", choices=choices),
            Box("received", _("Ngày nhận"), "day", value=clock.today().isoformat()),
            Box("outside", _("Mã trên hệ thống một cửa"), required=False, most=60,
                help=_("Không ghi tên, số giấy tờ của người dân.")),
        ),
        do=lambda act, sent: actions.receive(
            act, shop_id=pk, code=sent.get("code", ""),
            received=day_in(sent.get("received", ""), _("Ngày nhận")),
            outside=sent.get("outside", ""),
        ),
        back=reverse("procedures:shop", args=[pk]),
        then=lambda done: reverse("procedures:dossier", args=[done["dossier"]]),
        done=_("Đã nhận hồ sơ, có số biên nhận và hạn trả."),
        crumbs=_crumbs((row.name, reverse("procedures:shop", args=[pk]))),
    )  # fmt: skip
    return ask(request, asking)


@both
@login_required
def step(request: HttpRequest, pk: int, door: str) -> HttpResponse:
    """One step of a dossier."""
    if door not in STEPS:
        raise Http404
    row = permit.in_sight(actor_in(request), pk)
    permit.allow(actor_in(request), "step", Relation(row.body_id, frozenset({row.shop.unit_id})))
    doing = STEPS[door]
    needs = doing in ("pause", "return")
    back = reverse("procedures:dossier", args=[pk])
    asking = Asking(
        heading=str(DossierAct(doing).label),
        lede=row.number,
        boxes=(
            Box("on", _("Ngày"), "day", value=clock.today().isoformat()),
            Box("reason", _("Lý do") if needs else _("Ghi chú"), "long", required=needs, most=1_000,
                help=_("Không ghi thông tin của người dân.")),
        ),
        do=lambda act, sent: actions.take_step(
            act, dossier_id=pk, doing=doing, on=day_in(sent.get("on", ""), _("Ngày")),
            reason=sent.get("reason", ""),
        ),
        back=back,
        done=_("Đã ghi."),
        danger=doing == "return",
        crumbs=_crumbs((row.number, back)),
    )  # fmt: skip
    return ask(request, asking)


@both
@login_required
def move(request: HttpRequest, body: int) -> HttpResponse:
    """Everything undecided that a body handles goes to its successor."""
    places = acts_in(body) if body < 2**63 else frozenset()
    permit.allow(actor_in(request), "move", Relation(body, places))
    back = reverse("procedures:dossiers")
    asking = Asking(
        heading=_("Bàn giao hồ sơ đang giải quyết"),
        lede=body_names([body]).get(body, ""),
        boxes=(
            Box("to_id", _("Nơi tiếp nhận"), "choice", choices=offered(body, clock.today())),
            Box("reason", _("Căn cứ"), "long", most=1_000),
        ),
        do=lambda act, sent: actions.move_open(
            act, from_id=body, to_id=number_in(sent.get("to_id")), reason=sent.get("reason", "")
        ),
        back=back,
        done=_("Đã bàn giao; người dân không phải nộp lại giấy tờ."),
        submit=_("Bàn giao"),
        crumbs=_crumbs((_("Sổ hồ sơ"), back)),
    )
    return ask(request, asking)


BASE = "thu-tuc/"
urlpatterns = [
    path(f"{BASE}cong-bo/", announce, name="announce"),
    path(f"{BASE}ghi/", write, name="write"),
    path(f"{BASE}mot-cua/mo/", open_shop, name="open-shop"),
    path(f"{BASE}mot-cua/<int:pk>/sua/", change_shop, name="change-shop"),
    path(f"{BASE}mot-cua/<int:pk>/thoi/", end_shop, name="end-shop"),
    path(f"{BASE}mot-cua/<int:pk>/tiep-nhan/", offer, name="offer"),
    path(f"{BASE}mot-cua/<int:pk>/nhan/", receive, name="receive"),
    path(f"{BASE}ho-so/ban-giao/<int:body>/", move, name="move"),
    path(f"{BASE}ho-so/<int:pk>/<slug:door>/", step, name="step"),
]
