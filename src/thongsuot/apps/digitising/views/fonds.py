"""Every fonds with its figures, one fonds with its pace and what is left, opening and closing."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.digitising import actions, forms, lists, permit, queries
from thongsuot.apps.digitising.actions.fonds import SETTINGS
from thongsuot.apps.digitising.models import Lot
from thongsuot.apps.digitising.views.frame import ask, frame, open_fonds
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.handover.views.asking import Asking
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import BodyVersion, Coverage, UnitEdge, UnitVersion
from thongsuot.foundation import clock
from thongsuot.foundation.jobs.actions import start
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

LATER = timedelta(days=60)


def openable(actor: Actor) -> list[int]:
    """The bodies in whose name the person may open a fonds."""
    ids = actor.hat.bodies | {actor.hat.body} if actor.hat else frozenset()
    return sorted(b for b in ids if permit.may(actor, "fonds.open", b))


@require_GET
@login_required
def fonds_list(request: HttpRequest) -> HttpResponseBase:
    """Every fonds in sight with its five figures."""
    actor = actor_in(request)
    rows = queries.with_figures(permit.visible_fonds(actor))
    listing = Listing(lists.FONDS, rows, request, today=clock.today())
    return answer(listing, "digitising/list.html", {"may_open": bool(openable(actor))})


@require_http_methods(["GET", "POST"])
@login_required
def open_new(request: HttpRequest) -> HttpResponse:
    """Begin to digitise a fonds that the archive items of one's body name."""
    actor = actor_in(request)
    bodies = openable(actor)
    if not bodies:
        facts: dict[str, object] = {"post": actor.hat.post if actor.hat else ""}
        raise Refused.forbidden(Problem("digitising.not-allowed", actor.name, facts))
    names = body_names(bodies)
    known = set(permit.visible_fonds(actor).values_list("body", "name"))
    offered = {
        f"{body}:{name}": (body, name, count)
        for body, name, count in queries.fonds_named(bodies)
        if (body, name) not in known
    }
    choices = [
        (key, _("%(name)s, %(body)s: %(n)s hồ sơ") % {"name": name, "body": names[body], "n": n})
        for key, (body, name, n) in offered.items()
    ]

    def send(act: Any, values: dict[str, Any]) -> Any:
        body, name, _count = offered[values.pop("which")]
        given = {key: values.pop(key) for key in SETTINGS}
        return actions.open_fonds(act, body_id=body, name=name, settings=given, **values)

    asking = Asking(
        heading=_("Mở phông để số hóa"),
        submit=_("Mở phông"),
        back=reverse("digitising:list"),
        form=forms.FondsForm(request.POST or None, choices=choices),
        send=send,
        done=lambda r: _("Đã mở phông với %(records)s hồ sơ đã kiểm đếm.") % r,
        lede=_("Hồ sơ lấy từ danh mục tài liệu lưu trữ của cơ quan, theo cột phông lưu trữ."),
    )
    return ask(request, asking, {})


@require_GET
@login_required
def fonds(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """One fonds: the five figures, the last weeks, when it would be done and how that is counted."""
    seen = open_fonds(request, fonds_id)
    figures = queries.figures(seen)
    outlook, weeks = queries.outlook(seen, figures.left, clock.today())
    words = (_("kiểm đếm"), _("đóng hộp"), _("quét"), _("kiểm tra"), _("nghiệm thu"))
    most = max((n for _day, n in weeks), default=0)
    context = {
        **frame(request, seen, "fonds"),
        "body": body_names([seen.body_id])[seen.body_id],
        "figures": figures,
        "steps": [
            {"word": word, "n": n, "share": figures.hundredths(n), "whole": figures.counted}
            for word, n in zip(words, figures.row, strict=True)
        ],
        "outlook": outlook,
        "weeks": [{"monday": m, "n": n, "share": n * 100 // most if most else 0} for m, n in weeks],
        "left": () if seen.closed_at else queries.what_is_left(seen),
        "new_items": _coming(seen),
        "settings": [(forms.LABELS[name], getattr(seen, name)) for name in SETTINGS],
    }
    return render(request, "digitising/fonds.html", context)


def _coming(seen: Any) -> int:
    """How many archive items of the handover name the fonds and are not among its files."""
    if seen.closed_at:
        return 0
    rows = queries.archive_items(seen.body_id, seen.name)
    return rows.exclude(code__in=queries.records_of(seen).values("code")).count()


@require_POST
@login_required
def take(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """Put archive items that came since then among the files."""
    seen = open_fonds(request, fonds_id, "records.take")
    done = actions.take_items(act_of(request), fonds_id=seen.pk)
    messages.success(request, _("Đã thêm %(records)s hồ sơ.") % done)
    return redirect("digitising:fonds", seen.pk)


@require_http_methods(["GET", "POST"])
@login_required
def close(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """Close a fonds; refused with the list of what is left."""
    seen = open_fonds(request, fonds_id, "fonds.close")
    asking = Asking(
        heading=_("Đóng phông"),
        submit=_("Đóng phông"),
        back=reverse("digitising:fonds", args=[seen.pk]),
        form=forms.CloseForm(request.POST or None),
        send=lambda act, v: actions.close_fonds(act, fonds_id=seen.pk, **v),
        done=lambda _r: _("Đã đóng phông."),
        lede=_("Chỉ đóng khi mọi hồ sơ đã nghiệm thu và mọi bản quét còn nguyên khi đọc lại."),
        danger=True,
    )
    return ask(request, asking, frame(request, seen, "fonds"))


@require_http_methods(["GET", "POST"])
@login_required
def hand_on(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """Another body goes on with the fonds."""
    seen = open_fonds(request, fonds_id, "fonds.hand-on")
    units = acts_in(seen.body_id)
    edges = UnitEdge.objects.known()
    below = UnitVersion.objects.known().filter(parent__in=units).values_list("unit", flat=True)
    after = edges.filter(src__in={*units, *below}).values_list("dst", flat=True)
    named = BodyVersion.objects.on(clock.today() + LATER).exclude(body=seen.body_id)
    acting = Coverage.objects.known().filter(unit__in={*units, *after}).values("body")
    near = named.filter(body__in=acting).order_by("name")
    pairs = list(dict(near.values_list("body", "name")).items())
    asking = Asking(
        heading=_("Giao phông cho cơ quan khác"),
        submit=_("Giao lại"),
        back=reverse("digitising:list"),
        form=forms.HandOnForm(request.POST or None, bodies=pairs),
        send=lambda act, v: actions.hand_fonds_on(act, fonds_id=seen.pk, **v),
        done=lambda _r: _("Đã giao phông; số liệu và bản quét đi theo."),
        danger=True,
    )
    return ask(request, asking, frame(request, seen, "fonds"))


@require_GET
@login_required
def lots(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """The lots of a fonds, newest first."""
    seen = open_fonds(request, fonds_id)
    rows = Lot.objects.filter(fonds=seen).order_by("-number")[:200]
    waiting = queries.records_of(seen).filter(stage=3, lot=None).count()
    context = {**frame(request, seen, "lots"), "lots": rows, "waiting": waiting}
    return render(request, "digitising/lots.html", context)


@require_GET
@login_required
def fixity(request: HttpRequest, fonds_id: int) -> HttpResponseBase:
    """The scans that count, and what was found when each was last read."""
    seen = open_fonds(request, fonds_id)
    where = Place(scope=f"digitising:{seen.pk}")
    rows = lists.checks_of(seen)
    listing = Listing(lists.CHECKS, rows, request, where, today=clock.today())
    counts = queries.fixity_counts(seen)
    context = {
        **frame(request, seen, "fixity"),
        "sound": counts.get("sound", 0),
        "changed": counts.get("changed", 0),
        "missing": counts.get("missing", 0),
        "unread": counts.get("", 0),
        "last": queries.last_check(seen),
    }
    return answer(listing, "digitising/fixity.html", context)


@require_POST
@login_required
def read_again(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """Have the scans that are due read now, as long work."""
    seen = open_fonds(request, fonds_id, "records.scan")
    job = start("digitising.fixity", owner=actor_in(request).user)
    messages.success(
        request, _("Đang đọc lại các bản quét đến hạn của %(name)s.") % {"name": seen.name}
    )
    return redirect("jobs:one", job.pk)
