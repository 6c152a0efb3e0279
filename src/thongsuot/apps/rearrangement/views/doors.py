"""What can be done with a scheme as a whole: making it, and every step of its way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thongsuot.apps.directives import permit as directives
from thongsuot.apps.rearrangement import actions, permit
from thongsuot.apps.rearrangement.models import Option, Scheme, SchemeKind, Stance, StepWord
from thongsuot.apps.rearrangement.queries import bodies_named
from thongsuot.apps.rearrangement.views.frame import crumbs, scheme_of
from thongsuot.apps.registry.asking import Asking, Box, ask, day_in, maybe_day, number_in
from thongsuot.apps.registry.find import places_of
from thongsuot.apps.registry.models import BodyKind, BodyVersion, Coverage
from thongsuot.apps.registry.naming import body_names
from thongsuot.foundation import clock
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.text import sort_key
from thongsuot.rules.rearrangement.access import Sides
from thongsuot.rules.rearrangement.lifecycle import STEPS

MOST_OFFERED = 400
Sent = Mapping[str, str]


def may_make(actor: Actor) -> bool:
    """Whether the post acted in may begin a scheme of one of its bodies."""
    return any(
        permit.allowed(actor, "scheme.write", Sides(keeper=b)) for b in permit.own_bodies(actor)
    )


def _around(bodies: frozenset[int]) -> list[tuple[int, str]]:
    """The bodies that act in the same territory: who may pull together, and who decides."""
    units = {unit for body in bodies for unit in places_of(body)}
    covering = Coverage.objects.on(clock.today()).filter(unit__in=units).values("body")
    rows = BodyVersion.objects.on(clock.today()).filter(body__in=covering)
    found = sorted(rows.values_list("body", "name")[:MOST_OFFERED], key=lambda b: sort_key(b[1]))
    return list(found)


def _departments(bodies: frozenset[int]) -> str:
    """The departments that the registry knows below the bodies, one name a line."""
    rows = BodyVersion.objects.on(clock.today()).filter(
        parent__in=bodies, body__kind=BodyKind.DEPARTMENT
    )
    return "\n".join(sorted(rows.values_list("name", flat=True)[:MOST_OFFERED], key=sort_key))


@require_http_methods(["GET", "POST"])
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Begin a scheme."""
    actor = actor_in(request)
    own = frozenset(
        b
        for b in permit.own_bodies(actor)
        if permit.allowed(actor, "scheme.write", Sides(keeper=b))
    )
    if not own:
        permit.allow(actor, "scheme.write", Sides())
    around = _around(own)
    hat = actor.hat
    first = hat.body if hat and hat.body in own else next(iter(own), 0)
    plans = directives.visible_plans(actor).filter(closed_on=None).order_by("-pk")[:200]
    documents = directives.visible_documents(actor).order_by("-issued_on", "-pk")[:200]

    def do(act: Act, sent: Sent) -> dict[str, Any]:
        values = {
            "title": sent["title"], "kind": sent["kind"], "basis": sent.get("basis", ""),
            "due_on": maybe_day(sent.get("due_on", ""), _("Hạn gửi hiện trạng")),
            **{n: number_in(sent.get(n)) for n in ("gatherer", "approver", "document", "plan")},
        }  # fmt: skip
        return actions.make_scheme(
            act, keeper_id=number_in(sent.get("keeper")), scheme=values,
            owners=bodies_named(sent.get("owners", ""), clock.today()),
        )  # fmt: skip

    names = sorted(body_names(own).items(), key=lambda b: sort_key(b[1]))
    none = (("", "–"),)
    boxes = (
        Box("title", _("Tên phương án"), most=300),
        Box("kind", _("Sắp xếp"), "choice", choices=SchemeKind.choices, value=SchemeKind.BOTH),
        Box("keeper", _("Cơ quan chủ trì"), "choice", choices=names, value=str(first)),
        Box("gatherer", _("Cơ quan tổng hợp"), "choice", choices=around, value=str(first),
            help=_("Nơi các sở, ngành gửi hiện trạng về.")),
        Box("approver", _("Cấp có thẩm quyền phê duyệt"), "choice", choices=around, value=str(first)),
        Box("owners", _("Cơ quan có đơn vị phải sắp xếp, mỗi dòng một tên"), "long", value=_departments(own), most=20_000),
        Box("basis", _("Căn cứ, văn bản giao việc"), required=False),
        Box("document", _("Thực hiện văn bản chỉ đạo"), "choice", required=False,
            choices=[*none, *((d.pk, f"{d.number} {d.title}"[:120]) for d in documents)]),
        Box("plan", _("Thuộc kế hoạch, tiến độ chung"), "choice", required=False,
            choices=[*none, *((p.pk, p.title[:120]) for p in plans)]),
        Box("due_on", _("Hạn gửi hiện trạng"), "day", required=False),
    )  # fmt: skip
    asking = Asking(
        heading=_("Lập phương án sắp xếp"),
        lede=_("Các cơ quan có tên nhập đơn vị của mình; cơ quan tổng hợp lập phương án A, B, … để so sánh."),
        boxes=boxes,
        do=do,
        back=reverse("rearrangement:all"),
        then=lambda result: reverse("rearrangement:one", args=[result["scheme"]]),
        done=_("Đã lập. Các cơ quan có tên đã được báo."),
        crumbs=((_("Phương án sắp xếp"), reverse("rearrangement:all")),),
    )  # fmt: skip
    return ask(request, asking)


def _owners(text: str) -> list[int]:
    return bodies_named(text, clock.today())


def _option_name(option: Option) -> str:
    facts = {"l": option.letter, "t": option.title, "n": option.version}
    return _("%(l)s: %(t)s (bản %(n)s)") % facts


def _option(scheme: Scheme) -> list[tuple[object, object]]:
    return [(o.pk, _option_name(o)) for o in scheme.options.order_by("letter")]


def _opine(act: Act, scheme: Scheme, sent: Sent) -> Mapping[str, Any]:
    return actions.give_opinion(
        act, scheme_id=scheme.pk, body_id=number_in(sent.get("body")),
        stance=sent.get("stance", ""), words=sent.get("words", ""),
    )  # fmt: skip


def _approve(act: Act, scheme: Scheme, sent: Sent) -> Mapping[str, Any]:
    pk, _dot, version = sent.get("option", "").partition(".")  # the version that was read
    return actions.approve_scheme(
        act, scheme_id=scheme.pk, option_id=number_in(pk), version=number_in(version),
        number=sent.get("number", ""), basis=sent.get("basis", ""),
        decided_on=day_in(sent.get("on", ""), _("Ngày quyết định")),
    )  # fmt: skip


def _begin(act: Act, scheme: Scheme, sent: Sent) -> Mapping[str, Any]:
    days = {step: day_in(sent.get(step, ""), label) for step, label in StepWord.choices}
    return actions.begin_carrying(act, scheme_id=scheme.pk, days=days)


def _opinion_boxes(actor: Actor, scheme: Scheme) -> tuple[Box, ...]:
    asked = scheme.opinions.filter(body__in=permit.own_bodies(actor))
    names = body_names(asked.values_list("body", flat=True))
    return (
        Box("body", _("Thay mặt"), "choice", choices=sorted(names.items()), value=str(next(iter(names), ""))),
        Box("stance", _("Ý kiến"), "choice", choices=Stance.choices),
        Box("words", _("Nội dung"), "long", required=False, most=10_000, help=_("Bắt buộc khi có góp ý hoặc chưa nhất trí.")),
    )  # fmt: skip


def _words(
    label: Any, name: str, *, required: bool = True
) -> Callable[[Actor, Scheme], tuple[Box, ...]]:
    return lambda _actor, _scheme: (Box(name, label, "long", required=required, most=500),)


def _reason(
    action: Callable[..., Mapping[str, Any]], name: str
) -> Callable[[Act, Scheme, Sent], Mapping[str, Any]]:
    return lambda act, scheme, sent: action(act, scheme_id=scheme.pk, **{name: sent.get(name, "")})


@dataclass(frozen=True, slots=True)
class Door:
    """One act on a scheme: right and step it needs, its boxes, what it does, what it says."""

    label: str | Promise
    right: str
    step: str
    boxes: Callable[[Actor, Scheme], tuple[Box, ...]]
    do: Callable[[Act, Scheme, Sent], Mapping[str, Any]]
    done: str | Promise
    danger: bool = False


def _consult_boxes(_actor: Actor, scheme: Scheme) -> tuple[Box, ...]:
    names = body_names(scheme.owners.values_list("body", flat=True))
    return (
        Box("bodies", _("Lấy ý kiến cơ quan, mỗi dòng một tên"), "long", value="\n".join(sorted(names.values(), key=sort_key)), most=20_000),
        Box("due_on", _("Hạn gửi ý kiến"), "day"),
    )  # fmt: skip


def _approve_boxes(_actor: Actor, scheme: Scheme) -> tuple[Box, ...]:
    return (
        Box(
            "option",
            _("Phương án được chọn"),
            "choice",
            choices=[
                (f"{o.pk}.{o.version}", _option_name(o)) for o in scheme.options.order_by("letter")
            ],
        ),
        Box("number", _("Số quyết định"), most=60),
        Box("on", _("Ngày quyết định"), "day", value=clock.today().isoformat()),
        Box("basis", _("Căn cứ pháp lý: văn bản, điều, khoản")),
    )


DOORS: dict[str, Door] = {
    "them-co-quan": Door(
        gettext_lazy("Thêm cơ quan"), "scheme.write", "units",
        lambda _a, _s: (Box("owners", _("Cơ quan, mỗi dòng một tên"), "long", most=20_000),),
        lambda act, s, sent: actions.add_owners(act, scheme_id=s.pk, bodies=_owners(sent.get("owners", ""))),
        gettext_lazy("Đã thêm."),
    ),
    "lap-phuong-an": Door(
        gettext_lazy("Lập thêm phương án"), "option.write", "option",
        lambda _a, s: (
            Box("title", _("Tên phương án, nói gọn khác gì")),
            Box("like", _("Bắt đầu như"), "choice", required=False, choices=[("", _("để trống")), *_option(s)]),
        ),
        lambda act, s, sent: actions.make_option(act, scheme_id=s.pk, title=sent.get("title", ""), like=number_in(sent.get("like"))),
        gettext_lazy("Đã lập phương án."),
    ),
    "trinh": Door(
        gettext_lazy("Trình"), "scheme.submit", "submit", _words(gettext_lazy("Ghi chú"), "words", required=False),
        _reason(actions.submit_scheme, "words"), gettext_lazy("Đã trình. Từ nay mỗi lần điều chỉnh là một bản mới."),
    ),
    "lay-y-kien": Door(
        gettext_lazy("Lấy ý kiến"), "scheme.consult", "consult", _consult_boxes,
        lambda act, s, sent: actions.ask_opinions(act, scheme_id=s.pk, bodies=_owners(sent.get("bodies", "")),
                                                  due_on=day_in(sent.get("due_on", ""), _("Hạn gửi ý kiến"))),
        gettext_lazy("Đã gửi lấy ý kiến."),
    ),
    "gop-y": Door(gettext_lazy("Gửi ý kiến"), "opinion.give", "opine", _opinion_boxes, _opine, gettext_lazy("Đã gửi ý kiến.")),
    "phe-duyet": Door(
        gettext_lazy("Phê duyệt"), "scheme.approve", "approve", _approve_boxes, _approve, gettext_lazy("Đã phê duyệt."),
    ),
    "bat-dau": Door(
        gettext_lazy("Bắt đầu thực hiện"), "scheme.begin", "begin",
        lambda _a, _s: tuple(Box(step, label, "day") for step, label in StepWord.choices),
        _begin, gettext_lazy("Đã giao các bước cho từng đơn vị."),
    ),
    "ket-thuc": Door(
        gettext_lazy("Kết thúc"), "scheme.close", "close", _words(gettext_lazy("Ghi chú"), "words", required=False),
        _reason(actions.close_scheme, "words"), gettext_lazy("Đã kết thúc."),
    ),
    "tra-lai": Door(
        gettext_lazy("Trả lại để hoàn chỉnh"), "scheme.send-back", "send-back", _words(gettext_lazy("Lý do"), "reason"),
        _reason(actions.send_back_scheme, "reason"), gettext_lazy("Đã trả lại."), danger=True,
    ),
    "thoi": Door(
        gettext_lazy("Thôi xây dựng"), "scheme.drop", "drop", _words(gettext_lazy("Lý do"), "reason"),
        _reason(actions.drop_scheme, "reason"), gettext_lazy("Đã thôi xây dựng phương án."), danger=True,
    ),
}  # fmt: skip


def doors_of(actor: Actor, scheme: Scheme) -> list[tuple[str, Door]]:
    """What the person may do with the scheme as it stands; the actions ask again."""
    sides = permit.sides(scheme)
    return [
        (name, door)
        for name, door in DOORS.items()
        if (scheme.state, door.step) in STEPS and permit.allowed(actor, door.right, sides)
    ]


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, door: str) -> HttpResponse:
    """One act on one scheme: the form, and doing it."""
    if door not in DOORS:
        raise Http404
    scheme, wanted = scheme_of(request, pk), DOORS[door]
    permit.allow(actor_in(request), wanted.right, permit.sides(scheme))
    asking = Asking(
        heading=str(wanted.label),
        lede=scheme.title,
        boxes=wanted.boxes(actor_in(request), scheme),
        do=lambda act, sent: wanted.do(act, scheme, sent),
        back=reverse("rearrangement:one", args=[pk]),
        done=str(wanted.done),
        danger=wanted.danger,
        crumbs=crumbs(scheme),
    )
    return ask(request, asking)
