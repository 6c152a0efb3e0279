"""Doing: each form of the registry sends one act and goes back to where it came from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.registry import actions, body_queries, find, forms, queries
from thongsuot.apps.registry.actors import ActorRequest
from thongsuot.apps.registry.holdings import holdings_of
from thongsuot.apps.registry.intake import CODE, COLUMNS
from thongsuot.apps.registry.models import (
    BodyVersion,
    LegalText,
    Neighbourhood,
    NeighbourhoodOfficer,
    Person,
    PostRole,
    UnitVersion,
)
from thongsuot.apps.registry.steps import local_problem
from thongsuot.apps.registry.values import BodyLink, BodyView, UnitLink, UnitView
from thongsuot.foundation import clock
from thongsuot.foundation.files.kinds import XLSX
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.imports.views import bring
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold, tidy
from thongsuot.rules.registry.access import may_edit

Text = str | Promise
Send = Callable[[Act, Mapping[str, Any]], object]
both = require_http_methods(["GET", "POST"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form page needs: its words, where it leads, and what sending it does."""

    heading: Text
    about: str
    submit: Text
    done: Text
    back: str
    send: Send
    note: Text = ""
    extra: Mapping[str, object] | None = None


def _answer(request: ActorRequest, form: forms.ActForm, asked: Asked) -> HttpResponse:
    """Show the form, or send it: 422 with every problem, or back with what was done."""
    problems: Sequence[Problem] = ()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = dict(form.cleaned_data)
            act = Act(by=request.actor, key=values.pop("key"), at=clock.now())
            try:
                asked.send(act, values)
            except Refused as refused:
                problems, status = refused.problems, refused.status
            else:
                messages.success(request, str(asked.done))
                return HttpResponseRedirect(asked.back)
    context = {"form": form, "asked": asked, "problems": problems, **(asked.extra or {})}
    return render(request, "registry/act.html", context, status=status)


def _typed(request: ActorRequest) -> dict[str, Any]:
    """What the form starts with: what was sent, or a fresh key and today."""
    if request.method == "POST":
        return {"data": request.POST}
    today = clock.today()
    return {"initial": {"key": uuid4().hex, "since": today, "on": today}}


def _started(request: ActorRequest, **initial: object) -> dict[str, Any]:
    typed = _typed(request)
    if "initial" in typed:
        typed["initial"] |= initial
    return typed


def _unit(request: ActorRequest, key: str, *, local: bool = False) -> UnitView:
    view = queries.unit_as_of(key, clock.today())
    if view is None:
        raise Http404
    if not local or local_problem(request.actor, view.id, clock.today()) is not None:
        _refuse_stranger(request, [view.id])
    return view


def _body(request: ActorRequest, number: int) -> BodyView:
    view = body_queries.body_as_of(number, clock.today())
    if view is None:
        raise Http404
    _refuse_stranger(request, find.places_of(number))
    return view


def _refuse_stranger(request: ActorRequest, units: Sequence[int]) -> None:
    """Who may not send the form does not see it either."""
    problem = may_edit(request.actor, units)
    if problem is not None:
        raise Refused.forbidden(problem)


def _near(units: Sequence[int], but: int = 0) -> tuple[BodyLink, ...]:
    """Bodies to choose from: those of the units today."""
    today = clock.today()
    found = {b.id: b for unit in units for b in body_queries.bodies_of(unit, today)}
    found.pop(but, None)
    return tuple(found.values())


def person_called(act: Act, typed: str) -> int:
    """The number of the person typed by name or as #number; a new name is a new person.

    Raises Refused when several people bear the name, or nobody the number.
    """
    name = tidy(typed)
    if name.startswith("#") and name[1:].isdecimal():
        return find.person(int(name[1:])).pk
    found = list(
        Person.objects.filter(folded=fold(name), full_name__iexact=name).order_by("pk")[:9]
    )
    if len(found) > 1:
        numbers = tuple(f"#{p.pk}" for p in found)
        raise Refused.because("registry.several-people", name, numbers=numbers)
    if found:
        return found[0].pk
    made = actions.record_person(act.sub(f"person-{fold(name)}"), full_name=name)
    return int(str(made["person"]))


def posts_typed(text: str) -> list[dict[str, str]]:
    """Posts written one a line as ``title | role``; without a role the post is a clerk's."""
    roles = {fold(str(r.label)): r.value for r in PostRole}
    posts = []
    for line in text.splitlines():
        title, _bar, role = line.partition("|")
        if tidy(title):
            posts.append(
                {"title": tidy(title), "role": roles.get(fold(role), PostRole.CLERK.value)}
            )
    return posts


def _key_for(name: str, act: Act) -> str:
    return f"{slugify(fold(name))[:60]}-{act.key[:6]}".strip("-")


@both
@login_required
def create_body(request: ActorRequest, key: str) -> HttpResponse:
    """Set up a body in a unit."""
    unit = _unit(request, key)
    links = _near([unit.id, *(p.id for p in unit.parents)])
    form = forms.BodyForm(links=links, **_typed(request))

    def send(act: Act, values: Mapping[str, Any]) -> object:
        body_key = _key_for(values["name"], act)
        parent = values["parent"] or 0
        return actions.create_body(
            act, key=body_key, units=[unit.id], **{**values, "parent": parent}
        )

    heading, done = _("Thành lập cơ quan"), _("Đã ghi cơ quan mới.")
    back = reverse("registry:unit", args=[key])
    return _answer(request, form, Asked(heading, unit.name, _("Thành lập"), done, back, send))


@both
@login_required
def create_team(request: ActorRequest, key: str) -> HttpResponse:
    """Set up a task force whose area is a unit."""
    unit = _unit(request, key)
    form = forms.TeamForm(links=_near([unit.id]), **_typed(request))

    def send(act: Act, values: Mapping[str, Any]) -> object:
        fields = dict(values)
        head = person_called(act, fields.pop("head"))
        names = [n for n in fields.pop("members").splitlines() if tidy(n)]
        members = [person_called(act, n) for n in names]
        team_key = _key_for(fields["name"], act)
        return actions.create_task_force(
            act, key=team_key, units=[unit.id], head=head, members=members, **fields
        )

    heading, done = _("Lập tổ công tác"), _("Đã lập tổ công tác.")
    back = reverse("registry:unit", args=[key])
    return _answer(request, form, Asked(heading, unit.name, _("Lập tổ"), done, back, send))


@both
@login_required
def record_neighbourhood(request: ActorRequest, key: str) -> HttpResponse:
    """Write down a community below a commune."""
    unit = _unit(request, key, local=True)
    form = forms.NeighbourhoodForm(**_typed(request))

    def send(act: Act, values: Mapping[str, Any]) -> object:
        fields = dict(values)
        head = fields.pop("head")
        number = person_called(act, head) if tidy(head) else 0
        return actions.record_neighbourhood(act, unit=unit.id, head=number, **fields)

    heading, done = _("Thêm khu phố, tổ dân phố, thôn, ấp"), _("Đã ghi.")
    back = reverse("registry:unit", args=[key])
    return _answer(request, form, Asked(heading, unit.name, _("Ghi"), done, back, send))


@both
@login_required
def import_neighbourhoods(request: ActorRequest, key: str) -> HttpResponse:
    """Take in the neighbourhoods of a commune from a spreadsheet."""
    unit = _unit(request, key, local=True)
    scope = {"unit": unit.id}
    return bring(request, kind=CODE, scope=scope)  # type: ignore[arg-type]  # the same request


@require_GET
@login_required
def neighbourhood_template(request: ActorRequest) -> HttpResponse:
    """The spreadsheet to fill in: header, examples, the kinds to choose from."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "khu-pho.xlsx"
        write_template(path, _("Khu phố, tổ dân phố, thôn, ấp"), COLUMNS)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="khu-pho.xlsx"'
    return response


@both
@login_required
def record_officer(request: ActorRequest, key: str, neighbourhood: int) -> HttpResponse:
    """Write down who else works for a neighbourhood."""
    unit = _unit(request, key, local=True)
    place = get_object_or_404(Neighbourhood, pk=neighbourhood, unit=unit.id)

    def send(act: Act, values: Mapping[str, Any]) -> object:
        fields = dict(values)
        person = person_called(act, fields.pop("person"))
        return actions.record_officer(
            act, unit=unit.id, neighbourhood=place.name, person=person, **fields
        )

    asked = Asked(
        _("Thêm người làm việc ở khu phố, tổ, thôn, ấp"), f"{place.name}, {unit.name}", _("Ghi"),
        _("Đã ghi."), reverse("registry:unit", args=[key]), send,
    )  # fmt: skip
    return _answer(request, forms.OfficerForm(**_typed(request)), asked)


@both
@login_required
def end_officer(request: ActorRequest, key: str, officer: int) -> HttpResponse:
    """A person stops working for a neighbourhood."""
    unit = _unit(request, key, local=True)
    held = get_object_or_404(
        NeighbourhoodOfficer.objects.known().select_related("person"), pk=officer, unit=unit.id
    )

    def send(act: Act, values: Mapping[str, Any]) -> object:
        return actions.end_officer(act, officer=officer, **values)

    asked = Asked(
        _("Thôi đảm nhận"), f"{held.person.full_name}, {held.neighbourhood}", _("Ghi"),
        _("Đã ghi."), reverse("registry:unit", args=[key]), send, extra={"danger": True},
    )  # fmt: skip
    return _answer(request, forms.EndForm(**_typed(request)), asked)


@both
@login_required
def set_governance(request: ActorRequest, key: str) -> HttpResponse:
    """Say by which model a territory is governed."""
    unit = _unit(request, key)
    laws = list(LegalText.objects.order_by("number").values_list("pk", "number"))

    def send(act: Act, values: Mapping[str, Any]) -> object:
        law = values["law"] or 0
        return actions.set_governance(act, unit=unit.id, **{**values, "law": law})

    asked = Asked(
        _("Mô hình tổ chức chính quyền"), unit.name, _("Ghi"), _("Đã ghi mô hình."),
        reverse("registry:unit", args=[key]), send,
    )  # fmt: skip
    return _answer(request, forms.GovernanceForm(laws=laws, **_typed(request)), asked)


@both
@login_required
def correct_unit(request: ActorRequest, key: str, record: int) -> HttpResponse:
    """Correct a version of a unit."""
    unit = _unit(request, key)
    old = get_object_or_404(UnitVersion, pk=record, unit=unit.id)
    started = _started(
        request, name=old.name, kind=old.kind, code=old.code, clause=old.clause,
        since=old.since, until=old.until,
    )  # fmt: skip

    def send(act: Act, values: Mapping[str, Any]) -> object:
        fields = dict(values)
        reason = fields.pop("reason")
        return actions.correct_unit(act, version=record, changes=fields, reason=reason)

    asked = Asked(
        _("Đính chính"), unit.name, _("Đính chính"), _("Đã đính chính; bản ghi cũ còn trong lịch sử."),
        reverse("registry:unit", args=[key]), send,
    )  # fmt: skip
    return _answer(request, forms.CorrectUnitForm(**started), asked)


@both
@login_required
def correct_body(request: ActorRequest, body_id: int, record: int) -> HttpResponse:
    """Correct a version of a body."""
    body = _body(request, body_id)
    old = get_object_or_404(BodyVersion, pk=record, body=body_id)
    started = _started(
        request, name=old.name, short_name=old.short_name, authority=old.authority,
        since=old.since, until=old.until,
    )  # fmt: skip

    def send(act: Act, values: Mapping[str, Any]) -> object:
        fields = dict(values)
        reason = fields.pop("reason")
        return actions.correct_body(act, version=record, changes=fields, reason=reason)

    asked = Asked(
        _("Đính chính"), body.name, _("Đính chính"), _("Đã đính chính; bản ghi cũ còn trong lịch sử."),
        _body_page(body_id), send,
    )  # fmt: skip
    return _answer(request, forms.CorrectBodyForm(**started), asked)


def _body_page(number: int) -> str:
    return reverse("registry:body", args=[number])


@both
@login_required
def rename_body(request: ActorRequest, body_id: int) -> HttpResponse:
    """Give a body another name from a day on."""
    body = _body(request, body_id)
    form = forms.RenameForm(**_started(request, name=body.name, short_name=body.short_name))

    def send(act: Act, values: Mapping[str, Any]) -> object:
        return actions.rename_body(act, body=body_id, **values)

    asked = Asked(
        _("Đổi tên cơ quan"), body.name, _("Đổi tên"), _("Đã đổi tên; tên cũ còn trong lịch sử."),
        _body_page(body_id), send,
    )  # fmt: skip
    return _answer(request, form, asked)


@both
@login_required
def close_body(request: ActorRequest, body_id: int) -> HttpResponse:
    """End a body, with the list of everything that keeps it open."""
    body = _body(request, body_id)
    today = clock.today()
    heirs = [heir for u in body.units for heir in queries.heirs_of(u.key, today)]
    links = _near(heirs or find.places_of(body_id), but=body_id)
    form = forms.CloseForm(links=links, **_typed(request))

    def send(act: Act, values: Mapping[str, Any]) -> object:
        return actions.close_body(act, body=body_id, **values)

    asked = Asked(
        _("Kết thúc hoạt động"), body.name, _("Kết thúc hoạt động"), _("Đã kết thúc hoạt động."),
        _body_page(body_id), send,
        extra={"holdings": holdings_of(body_id, today), "danger": True},
    )  # fmt: skip
    return _answer(request, form, asked)


@both
@login_required
def merge_bodies(request: ActorRequest, body_id: int) -> HttpResponse:
    """Make one body of this one and others."""
    body = _body(request, body_id)
    links = _near(find.places_of(body_id), but=body_id)
    form = forms.MergeForm(links=links, **_started(request, kind=body.kind))

    def send(act: Act, values: Mapping[str, Any]) -> object:
        fields = dict(values)
        bodies = [body_id, *fields.pop("others")]
        posts = posts_typed(fields.pop("posts"))
        key = _key_for(fields["name"], act)
        return actions.merge_bodies(act, bodies=bodies, key=key, posts=posts, **fields)

    asked = Asked(
        _("Hợp nhất cơ quan"), body.name, _("Hợp nhất"), _("Đã hợp nhất."), _body_page(body_id),
        send, note=_("Cơ quan mới phục vụ mọi tổ chức mà các cơ quan cũ phục vụ."),
    )  # fmt: skip
    return _answer(request, form, asked)


@both
@login_required
def move_body(request: ActorRequest, body_id: int) -> HttpResponse:
    """Put a body under another one."""
    body = _body(request, body_id)
    units = {u: None for place in body.units for u in queries.heirs_of(place.key, clock.today())}
    above = {p.id: None for place in body.units for p in _parents_of(place.key)}
    links = _near(list(units | above) or find.places_of(body_id), but=body_id)

    def send(act: Act, values: Mapping[str, Any]) -> object:
        return actions.move_body(act, body=body_id, **values)

    asked = Asked(
        _("Chuyển cơ quan cấp trên"), body.name, _("Chuyển"), _("Đã chuyển."),
        _body_page(body_id), send,
    )  # fmt: skip
    return _answer(request, forms.MoveForm(links=links, **_typed(request)), asked)


def _parents_of(key: str) -> Sequence[UnitLink]:
    view = queries.unit_as_of(key, clock.today())
    return view.parents if view else ()


@both
@login_required
def end_post(request: ActorRequest, body_id: int, post_id: int) -> HttpResponse:
    """End a post of a body."""
    body = _body(request, body_id)
    post = find.post(post_id)
    if post.body_id != body_id:
        raise Http404

    def send(act: Act, values: Mapping[str, Any]) -> object:
        return actions.end_post(act, post=post_id, **values)

    asked = Asked(
        _("Bỏ vị trí"), f"{post.title}, {body.name}", _("Bỏ vị trí"), _("Đã bỏ vị trí."),
        _body_page(body_id), send, extra={"danger": True},
    )  # fmt: skip
    return _answer(request, forms.EndPostForm(**_typed(request)), asked)


@both
@login_required
def change_head(request: ActorRequest, key: str, neighbourhood: int) -> HttpResponse:
    """Give a neighbourhood another head."""
    unit = _unit(request, key, local=True)
    old = get_object_or_404(Neighbourhood, pk=neighbourhood, unit=unit.id)

    def send(act: Act, values: Mapping[str, Any]) -> object:
        head = person_called(act, values["head"])
        return actions.change_neighbourhood_head(
            act, neighbourhood=neighbourhood, head=head, on=values["on"]
        )

    asked = Asked(
        _("Đổi người đứng đầu"), f"{old.name}, {unit.name}", _("Ghi"), _("Đã ghi."),
        reverse("registry:unit", args=[key]), send,
    )  # fmt: skip
    return _answer(request, forms.HeadForm(**_typed(request)), asked)


@both
@login_required
def create_post(request: ActorRequest, body_id: int) -> HttpResponse:
    """Add a post to a body."""
    body = _body(request, body_id)

    def send(act: Act, values: Mapping[str, Any]) -> object:
        return actions.create_post(act, body=body_id, **values)

    form = forms.PostForm(**_started(request, rank=100))
    asked = Asked(
        _("Thêm vị trí"), body.name, _("Thêm"), _("Đã thêm vị trí."), _body_page(body_id), send
    )
    return _answer(request, form, asked)


@both
@login_required
def appoint(request: ActorRequest, body_id: int, post_id: int) -> HttpResponse:
    """Put a person in a post."""
    body = _body(request, body_id)
    post = find.post(post_id)
    if post.body_id != body_id:
        raise Http404

    def send(act: Act, values: Mapping[str, Any]) -> object:
        fields = dict(values)
        person = person_called(act, fields.pop("person"))
        return actions.appoint(act, person=person, post=post_id, **fields)

    asked = Asked(
        _("Bổ nhiệm"), f"{post.title}, {body.name}", _("Bổ nhiệm"), _("Đã ghi bổ nhiệm."),
        _body_page(body_id), send,
    )  # fmt: skip
    return _answer(request, forms.AppointForm(**_typed(request)), asked)


@both
@login_required
def end_appointment(request: ActorRequest, body_id: int, appointment_id: int) -> HttpResponse:
    """A person leaves a post."""
    _body(request, body_id)
    held = find.appointment(appointment_id)
    if held.post.body_id != body_id:
        raise Http404

    def send(act: Act, values: Mapping[str, Any]) -> object:
        return actions.end_appointment(act, appointment=appointment_id, **values)

    asked = Asked(
        _("Thôi giữ chức vụ"), f"{held.person.full_name}, {held.post.title}", _("Ghi"),
        _("Đã ghi; quyền của chức vụ này hết từ ngày đó."), _body_page(body_id), send,
        extra={"danger": True},
    )  # fmt: skip
    return _answer(request, forms.EndForm(**_typed(request)), asked)
