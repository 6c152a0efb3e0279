"""The card: ask who may decide, read the answer with its article, print it, send its address."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from thongsuot.apps.authority import beside
from thongsuot.apps.authority.models import Clash, FieldGroup, Matter
from thongsuot.apps.authority.queries.card import Asked, ask
from thongsuot.apps.authority.queries.matters import (
    find_matters,
    like_matters,
    matter_with,
    sure_of,
)
from thongsuot.apps.authority.queries.places import elsewhen, names_above, own_place, place_named
from thongsuot.apps.authority.views.frame import money_in, tabs, text_in
from thongsuot.apps.authority.words import MISSING, REASONS, cited, office_words, period_words
from thongsuot.apps.registry.asof import day_asked
from thongsuot.apps.registry.models import UnitVersion
from thongsuot.foundation.papers.qr import qr_svg
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.authority.values import Rule
from thongsuot.rules.kernel.actor import Actor

FEW = 12
SHEETS = ("a5", "a4")


@require_GET
def card(request: HttpRequest) -> HttpResponse:
    """Search by everyday words, then the card. Everything asked stands in the address."""
    return render(request, "authority/card.html", _asked(request))


@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The card alone on a sheet of paper (A5 or A4), with the square code that opens it again."""
    context = _asked(request)
    if "card" not in context:
        return redirect(f"{reverse('authority:card')}?{request.GET.urlencode()}")
    size = request.GET.get("kho", "")
    context["sheet"] = size if size in SHEETS else SHEETS[0]
    context["other"] = SHEETS[context["sheet"] == SHEETS[0]]
    context["address"] = request.build_absolute_uri(context["link"])
    context["square"] = qr_svg(context["address"], fits=True)
    return render(request, "authority/sheet_card.html", context)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What was asked and what is answered: the card, or what has to be chosen first."""
    actor, on = actor_in(request), day_asked(request)
    text = text_in(request, "viec", 200)
    context: dict[str, Any] = {
        **tabs(request, "card"), "on": on, "as_of": on, "text": text,
        "money": text_in(request, "tien", 24), "problems": (),
    }  # fmt: skip
    context |= _placed(request, actor, on)
    context["amount"] = _amount(context)
    matter = matter_with(text)
    if matter is None:
        found = find_matters(text, FEW, public=actor.hat is None)
        matter = sure_of(found)
        nothing = bool(text) and not found
        near = like_matters(text, public=actor.hat is None) if nothing else ()
        context |= {
            "found": [(f.matter, _address(request, f.matter.code)) for f in found],
            "like": [(m, _address(request, m.code)) for m in near],
            "nothing": nothing,
            "groups": None if text else _groups(actor),
        }
    if matter is not None:
        context["found"] = []
        context |= _answer(request, actor, matter, context)
    return context


def _placed(request: HttpRequest, actor: Actor, on: date) -> dict[str, Any]:
    """The place that is meant, or those that may be; on another day when there is none that day."""
    where = text_in(request, "noi", 120)
    places: tuple[UnitVersion, ...] = ()
    if where:
        places = place_named(where, on)
    elif "noi" not in request.GET:
        own = own_place(actor, on)
        places = (own,) if own is not None else ()
    told: dict[str, Any] = {
        "place": places[0] if len(places) == 1 else None,
        "where": places[0].full_name if len(places) == 1 else where,
    }
    if where and len(places) != 1:
        above = names_above(places)
        told["choices"] = [
            (p, above.get(p.unit_id, ""), _address(request, noi=p.unit.key)) for p in places
        ]
        told["unplaced"] = not places
        told["elsewhen"] = [
            (e.was, [(v, _address(request, noi=v.unit.key)) for v in e.now])
            for e in (() if places else elsewhen(where, on))
        ]
    return told


def _amount(context: dict[str, Any]) -> int | None:
    try:
        return money_in(context["money"])
    except Refused as refused:
        context["problems"] = refused.problems
        return None


def _address(request: HttpRequest, viec: str = "", noi: str = "") -> str:
    """This page with another matter or place, everything else as it was asked."""
    asked = {name: request.GET.get(name, "") for name in ("viec", "noi", "ngay", "tien")}
    asked |= {name: value for name, value in (("viec", viec), ("noi", noi)) if value}
    return f"{reverse('authority:card')}?{urlencode({k: v for k, v in asked.items() if v})}"


def _groups(actor: Actor) -> list[tuple[FieldGroup, list[Matter]]]:
    """Every matter by the twelve groups, for who does not know what to type. Three queries."""
    rows = Matter.objects.select_related("field").order_by("folded")
    if actor.hat is None:
        rows = rows.filter(public=True)
    by_group: dict[int, list[Matter]] = {}
    for matter in rows:
        by_group.setdefault(matter.field.group_id, []).append(matter)
    return [
        (group, by_group[group.pk])
        for group in FieldGroup.objects.order_by("number")
        if group.pk in by_group
    ]


def _answer(
    request: HttpRequest, actor: Actor, matter: Matter, context: dict[str, Any]
) -> dict[str, Any]:
    place: UnitVersion | None = context["place"]
    unit = place.unit_id if place else 0
    told = ask(matter.code, unit, context["on"], context["amount"])
    address = {"viec": matter.code, "noi": place.unit.key if place else "",
               "ngay": context["on"].isoformat(), "tien": context["amount"] or ""}  # fmt: skip
    about = beside.About("matter", matter.code, unit or None)
    return {
        "matter": matter,
        "card": shown(told, staff=actor.hat is not None),
        "link": f"{reverse('authority:card')}?{urlencode({k: v for k, v in address.items() if v})}",
        "on_paper": f"{reverse('authority:card-sheet')}?{urlencode({k: v for k, v in address.items() if v})}",
        "links": beside.links_of(about, actor),
    }


def shown(told: Asked, *, staff: bool) -> dict[str, Any]:
    """An answer in words, for the page. People who are named by delegations are shown to staff."""
    answer = told.answer
    unread = [r for r in (answer.chain or answer.basis) if not _read(told, r)]
    return {
        "state": str(answer.state),
        "tone": {"one": "even", "doubtful": "lost", "gap": "lost"}.get(str(answer.state), "wait"),
        "answer": answer,
        "office": office_words(answer.office) if answer.office else "",
        "reason": REASONS.get(answer.reason, ""),
        "missing": [MISSING[m] for m in answer.missing if m in MISSING],
        "basis": [_cited(told, r) for r in answer.basis],
        "chain": [_cited(told, r) for r in answer.chain] if len(answer.chain) > 1 else [],
        "near": [_cited(told, r) for r in answer.near],
        "begins": _begins(told),
        "by_amount": any(
            r.least is not None or r.most is not None for r in (*answer.basis, *answer.near)
        ),
        "former": [(office_words(f.office), f.until) for f in answer.former],
        "delegates": answer.delegates if staff else (),
        "hidden_delegates": 0 if staff else len(answer.delegates),
        "unread": unread,
        "confirmed": answer.confirmed,
        "clashes": _clashes(answer.basis) if answer.reason == "declared" else (),
    }


def _begins(told: Asked) -> date | None:
    """When the first of the rules that are still to come begins; for "ask again on that day"."""
    on = told.answer.question.on
    days = (p.since for r in told.answer.near for p in r.stretches if p.since is not None)
    return min((day for day in days if day > on), default=None)


def _read(told: Asked, rule: Rule) -> bool:
    row = told.rows.get(rule.id)
    return row is not None and row.reading == "read"


def _cited(told: Asked, rule: Rule) -> dict[str, Any]:
    row = told.rows.get(rule.id)
    days = getattr(row.text, "days", None) if row else None
    return {
        "rule": rule,
        "row": row,
        "office": office_words(rule.to),
        "cited": cited(rule.basis),
        "title": row.text.title if row else "",
        "period": period_words(
            rule.stretches[0].since if rule.stretches else None,
            rule.stretches[-1].until if rule.stretches else None,
        ),
        "reading": row.get_reading_display() if row else "",
        "reading_tone": {"read": "even", "part": "plain"}.get(row.reading if row else "", "wait"),
        "days": days,
        "checks": [c for c in row.checks.all() if c.verdict == "same"] if row else [],
    }


def _clashes(rules: tuple[Rule, ...]) -> list[Clash]:
    codes = [r.code for r in rules]
    return list(Clash.objects.filter(first__in=codes, second__in=codes, settled_on__isnull=True))


urlpatterns = [
    path("tham-quyen/", card, name="card"),
    path("tham-quyen/the/", sheet, name="card-sheet"),
]
