"""One option: what it lacks, the fate of each unit, units to be founded; and each step afterwards."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.rearrangement import actions, lists, permit, queries
from thongsuot.apps.rearrangement.models import (
    CarriedStep,
    FateLine,
    FateWord,
    Funding,
    Option,
    OptionVersion,
    PresentUnit,
    Scheme,
    StepWord,
    UnitSort,
)
from thongsuot.apps.rearrangement.values import founded_of, present_of, units_of
from thongsuot.apps.rearrangement.views.frame import crumbs, frame, scheme_of
from thongsuot.apps.registry.asking import Asking, Box, ask, day_in, number_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import sort_key
from thongsuot.rules.rearrangement.lifecycle import PROPOSED, opens_version

SHOWN_MISSING = 200


def _version(request: HttpRequest, scheme: Scheme, option: Option) -> int:
    """The version to show: the one asked for, else the one approved, else the one in use."""
    asked = number_in(request.GET.get("ban"))
    if asked:
        if asked > option.version:
            raise Refused.missing(Problem("rearrangement.option-missing"))
        return asked
    chosen = scheme.chosen_version if scheme.chosen_id == option.pk else None
    return chosen or option.version


@require_GET
@login_required
def one(request: HttpRequest, pk: int, option: int) -> HttpResponseBase:
    """One option in one version: coverage with the missing named, problems, fates, what is founded."""
    actor, scheme = actor_in(request), scheme_of(request, pk)
    found: Option = permit.option_in_sight(actor, scheme, option)
    permit.allow(actor, "whole.see", permit.sides(scheme))
    version = _version(request, scheme, found)
    rows = units_of(scheme)
    view = queries.view_of(found, present_of(rows), version)
    ids = {u.code: u.pk for u in rows}
    fresh = founded_of(found, version)
    names = body_names({u.owner_id for u in rows} | {f.owner for f in fresh})
    newest = version == found.version
    context = {
        **frame(request, scheme, "compare"),
        "view": view,
        "option": found,
        "version": version,
        "missing": [(p, ids[p.code], names[p.owner]) for p in view.covered.missing[:SHOWN_MISSING]],
        "problems": [p for p in view.problems if p.code != "rearrangement.without-fate"],
        "founded": [(f, names[f.owner]) for f in fresh],
        "versions": list(OptionVersion.objects.filter(option=found).order_by("-number")),
        "writes": newest and scheme.state in PROPOSED and permit.allowed(actor, "option.write", permit.sides(scheme)),
    }  # fmt: skip
    args: dict[str, str | int | bool | None] = {"scheme": pk, "option": option, "version": version}
    listing = Listing(
        lists.FATES, lists.fates_for(actor, scheme, found, version), request,
        Place(f"option:{option}:{version}", Source("rearrangement.fates", args), allow=("ban",)),
    )  # fmt: skip
    return answer(listing, "rearrangement/option.html", context)


def _open(request: HttpRequest, pk: int, option: int) -> tuple[Scheme, Option, str]:
    """The option to write in, with its page. Raises Refused 404, or 403 for who may not."""
    scheme = scheme_of(request, pk)
    found: Option = permit.option_in_sight(actor_in(request), scheme, option)
    permit.allow(actor_in(request), "option.write", permit.sides(scheme))
    return scheme, found, reverse("rearrangement:option", args=[pk, option])


def _reason(scheme: Scheme) -> tuple[Box, ...]:
    """After submission every change says why: it begins a new version."""
    if not opens_version(scheme.state):
        return ()
    return (
        Box("reason", _("Lý do điều chỉnh"), most=500, help=_("Phương án đã trình: lưu sẽ tạo bản mới, bản cũ vẫn còn để đọc.")),
    )  # fmt: skip


def _fate_boxes(
    scheme: Scheme, option: Option, unit: PresentUnit, row: FateLine | None
) -> tuple[Box, ...]:
    owners = body_names(scheme.owners.values_list("body", flat=True))
    named = sorted(owners.items(), key=lambda b: sort_key(b[1]))
    bodies: list[tuple[object, object]] = [("", "–"), *named]
    there = [("", "–"), *(t for t in queries.targets_of(option) if t[0] != unit.code)]

    def at(name: str) -> str:
        value = getattr(row, name) if row else None
        return "" if value is None else str(value)

    return (
        Box("fate", _("Hướng sắp xếp"), "choice", choices=FateWord.choices, value=at("fate") or FateWord.KEEP),
        Box("into", _("Sáp nhập, hợp nhất vào"), "choice", required=False, choices=there, value=at("into"),
            help=_("Chỉ có đơn vị còn hoạt động sau sắp xếp và đơn vị sẽ thành lập.")),
        Box("tasks_to", _("Giải thể: ai nhận nhiệm vụ"), "choice", required=False, choices=there, value=at("tasks_to")),
        Box("assets_to", _("Giải thể: ai nhận tài sản, hồ sơ"), "choice", required=False, choices=there, value=at("assets_to")),
        Box("people_to", _("Giải thể: ai nhận người"), "choice", required=False, choices=there, value=at("people_to")),
        Box("name", _("Tên mới"), required=False, value=at("name")),
        Box("owner", _("Chuyển về cơ quan"), "choice", required=False, choices=bodies, value=at("owner_id")),
        Box("funding", _("Mức tự chủ mới"), "choice", required=False, choices=[("", "–"), *Funding.choices], value=at("funding")),
        Box("released", _("Số người nghỉ, tinh giản"), "number", required=False, value=at("released") or "0", most=6),
        Box("leaders", _("Số lãnh đạo sau sắp xếp"), "number", required=False, value=at("leaders"), most=6, help=_("Để trống: như hiện nay.")),
        Box("note", _("Ghi chú"), "long", required=False, value=at("note"), most=500),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def fate(request: HttpRequest, pk: int, option: int, unit: int) -> HttpResponse:
    """Say what becomes of one unit in an option."""
    scheme, found, back = _open(request, pk, option)
    one = permit.unit_in_sight(actor_in(request), scheme, unit)
    row = FateLine.objects.filter(option=found, version=found.version, present=one).first()

    def do(act: Act, sent: Mapping[str, str]) -> Mapping[str, Any]:
        numbers = {
            "owner": number_in(sent.get("owner")),
            "released": number_in(sent.get("released")),
        }
        leaders = sent.get("leaders", "").strip()
        line = {**sent, **numbers, "leaders": number_in(leaders) if leaders else None, "unit": unit}
        return actions.set_fates(
            act, scheme_id=pk, option_id=option, fates=[line], reason=sent.get("reason", "")
        )

    asking = Asking(
        heading=one.name,
        lede=_("Phương án %(letter)s. Hiện có %(people)s người, %(leaders)s lãnh đạo.")
        % {"letter": found.letter, "people": one.people, "leaders": one.leaders},
        boxes=(*_fate_boxes(scheme, found, one, row), *_reason(scheme)),
        do=do,
        back=back,
        done=_("Đã ghi hướng sắp xếp."),
        submit=_("Lưu"),
        crumbs=crumbs(scheme, (f"{_('Phương án')} {found.letter}", back)),
    )
    return ask(request, asking)


@require_http_methods(["GET", "POST"])
@login_required
def keep(request: HttpRequest, pk: int, option: int) -> HttpResponse:
    """Everything of which nothing was said stays as it is."""
    scheme, found, back = _open(request, pk, option)
    asking = Asking(
        heading=_("Giữ nguyên các đơn vị còn lại"),
        lede=_("Mọi đơn vị chưa có hướng sắp xếp trong phương án %(letter)s được ghi là giữ nguyên. Sửa lại từng đơn vị được.")
        % {"letter": found.letter},
        boxes=_reason(scheme),
        do=lambda act, sent: actions.keep_rest(
            act, scheme_id=pk, option_id=option, reason=sent.get("reason", "")
        ),
        back=back,
        done=_("Đã ghi giữ nguyên."),
        crumbs=crumbs(scheme, (f"{_('Phương án')} {found.letter}", back)),
    )  # fmt: skip
    return ask(request, asking)


@require_http_methods(["GET", "POST"])
@login_required
def found(request: HttpRequest, pk: int, option: int) -> HttpResponse:
    """Name a unit that is to be founded, so that others can merge into it."""
    scheme, of, back = _open(request, pk, option)
    owners = body_names(scheme.owners.values_list("body", flat=True))
    bodies = sorted(owners.items(), key=lambda b: sort_key(b[1]))
    boxes = (
        Box("code", _("Mã"), most=30, help=_("Khác mã các đơn vị hiện có.")),
        Box("name", _("Tên đơn vị sẽ thành lập")),
        Box("owner", _("Thuộc cơ quan"), "choice", choices=bodies),
        Box("sort", _("Loại"), "choice", choices=UnitSort.choices, value=UnitSort.OFFICE),
        Box("leaders", _("Số lãnh đạo"), "number", most=6),
        *_reason(scheme),
    )  # fmt: skip

    def do(act: Act, sent: Mapping[str, str]) -> Mapping[str, Any]:
        unit = {
            **sent,
            "owner": number_in(sent.get("owner")),
            "leaders": number_in(sent.get("leaders")),
        }
        return actions.found_unit(
            act, scheme_id=pk, option_id=option, unit=unit, reason=sent.get("reason", "")
        )

    asking = Asking(
        heading=_("Đơn vị sẽ thành lập"),
        lede=f"{_('Phương án')} {of.letter}: {of.title}",
        boxes=boxes,
        do=do,
        back=back,
        done=_("Đã ghi. Nay có thể chọn sáp nhập vào đơn vị này."),
        submit=_("Lưu"),
        crumbs=crumbs(scheme, (f"{_('Phương án')} {of.letter}", back)),
    )
    return ask(request, asking)


@require_http_methods(["GET", "POST"])
@login_required
def unfound(request: HttpRequest, pk: int, option: int, code: str) -> HttpResponse:
    """Take back a unit that was to be founded."""
    scheme, of, back = _open(request, pk, option)
    there = {f.code: f.name for f in founded_of(of)}
    if code not in there:
        raise Http404
    asking = Asking(
        heading=_("Thôi thành lập"),
        lede=there[code],
        boxes=_reason(scheme),
        do=lambda act, sent: actions.unfound_unit(
            act, scheme_id=pk, option_id=option, code=code, reason=sent.get("reason", "")
        ),
        back=back,
        done=_("Đã bỏ đơn vị sẽ thành lập."),
        danger=True,
        crumbs=crumbs(scheme, (f"{_('Phương án')} {of.letter}", back)),
    )
    return ask(request, asking)


@require_http_methods(["GET", "POST"])
@login_required
def carry(request: HttpRequest, pk: int, unit: int, step: str) -> HttpResponse:
    """Say that a step was taken for a unit."""
    scheme = scheme_of(request, pk)
    of = permit.unit_in_sight(actor_in(request), scheme, unit)
    row = CarriedStep.objects.filter(scheme=scheme, present=of, step=step[:10]).first()
    if row is None:
        raise Http404
    permit.allow(actor_in(request), "step.carry", permit.owned(scheme, of.owner_id))
    back = reverse("rearrangement:steps", args=[pk])
    asking = Asking(
        heading=str(StepWord(row.step).label),
        lede=of.name,
        boxes=(
            Box("done_on", _("Xong ngày"), "day", value=(row.done_on or clock.today()).isoformat()),
            Box("paper", _("Số quyết định, biên bản"), required=False, value=row.paper, most=120),
            Box("note", _("Ghi chú"), "long", required=False, value=row.note, most=500),
        ),
        do=lambda act, sent: actions.carry_step(
            act, scheme_id=pk, unit_id=unit, step=row.step, paper=sent.get("paper", ""),
            done_on=day_in(sent.get("done_on", ""), _("Xong ngày")), note=sent.get("note", ""),
        ),
        back=back,
        done=_("Đã ghi bước này."),
        submit=_("Ghi là xong"),
        crumbs=crumbs(scheme, (_("Tiến độ"), back)),
    )  # fmt: skip
    return ask(request, asking)
