"""The ward's review of each rule, and the grid of wards × rules for the city."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.authority import actions, beside, permit
from thongsuot.apps.authority.models import Field, Review, Rule
from thongsuot.apps.authority.models.choices import ReviewState
from thongsuot.apps.authority.queries.places import own_place, unit_with_key
from thongsuot.apps.authority.queries.reviews import Grid, grid_of, sheet_of
from thongsuot.apps.authority.views.frame import Box, Form, asked, tabs, text_in
from thongsuot.apps.authority.views.rules import rule_of
from thongsuot.apps.authority.words import cited, office_of
from thongsuot.apps.registry.models import Coverage, UnitLevel, UnitVersion
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.authority.access import may_review
from thongsuot.rules.authority.values import Citation
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

TONES = {"applies": "even", "ready": "plain", "blocked": "lost", "not-ours": "quiet"}
MARKS = {"applies": "●", "ready": "○", "blocked": "✕", "not-ours": "–"}
MOST_UNITS = 200
TWO_TIERS = date(2025, 7, 1)  # from this day there are two tiers, and these communes
NONE: Counter[str] = Counter()


@require_GET
@login_required
def reviews(request: HttpRequest) -> HttpResponse:
    """Where somebody lands: the sheet of the own commune, or the grid of one's area."""
    actor = actor_in(request)
    if actor.hat is not None and actor.hat.area:
        return redirect("authority:grid")
    own = own_place(actor, clock.today(), coming=True)
    if own is not None and own.unit.level == UnitLevel.COMMUNE:
        return redirect("authority:sheet", own.unit.key)
    return render(request, "authority/no_reviews.html", tabs(request, "reviews"))


def _covering(unit: int) -> frozenset[int]:
    today = clock.today()
    return frozenset(Coverage.objects.on(today).filter(unit=unit).values_list("body", flat=True))


def commune_in_sight(actor: Actor, key: str) -> UnitVersion:
    """A commune that the person may look at: one's own, or in one's area. 404 otherwise."""
    unit = unit_with_key(key)
    hat = actor.hat
    seen = hat is not None and bool(unit) and (
        unit in hat.area or bool(_covering(unit) & (hat.bodies | {hat.body}))
    )  # fmt: skip
    rows = UnitVersion.objects.known().filter(unit=unit, unit__level=UnitLevel.COMMUNE)
    row = rows.select_related("unit").order_by("-since").first()
    if not seen or row is None:
        raise Refused.missing(Problem("authority.place-unknown", key[:80]))
    return row


def _field(request: HttpRequest) -> str:
    return text_in(request, "linh-vuc", 40)


def _fields() -> Any:
    return Field.objects.order_by("group__number", "name").values_list("code", "name")


@require_GET
@login_required
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """One commune: every rule that concerns it, what it said, what is still to be looked at."""
    actor = actor_in(request)
    place = commune_in_sight(actor, key)
    field = _field(request)
    rows = sheet_of(place.unit_id, field)
    wanted = request.GET.get("tinh-trang", "")
    counted = {
        s: sum(1 for r in rows if r.review and r.review.state == s) for s in ReviewState.values
    }
    shown = [r for r in rows if not wanted or (r.review.state if r.review else "none") == wanted]
    context = {
        **tabs(request, "reviews"),
        "place": place,
        "rows": [
            {
                "rule": r.rule,
                "to": office_of(r.rule, "to"),
                "review": r.review,
                "tone": TONES[r.review.state] if r.review else "wait",
                "links": beside.links_of(_about(r.rule, place.unit_id), actor)
                if r.review and r.review.state == "blocked"
                else (),
            }
            for r in shown
        ],
        "stats": [(ReviewState(s).label, n, s) for s, n in counted.items()],
        "none": sum(1 for r in rows if r.review is None),
        "fields": _fields(),
        "field": field,
        "may_review": may_review(actor, _covering(place.unit_id)) is None,
    }
    return render(request, "authority/sheet.html", context)


def _about(rule: Rule, unit: int) -> beside.About:
    basis = Citation(rule.text.key, rule.article, rule.clause, rule.text.number)
    return beside.About("review", rule.code, unit, rule.matter.code, cited(basis))


@require_http_methods(["GET", "POST"])
@login_required
def review(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Say how a rule stands in the own commune."""
    actor = actor_in(request)
    place = commune_in_sight(actor, key)
    permit.refuse(may_review(actor, _covering(place.unit_id)))
    row = rule_of(code)
    held = Review.objects.filter(unit=place.unit_id, rule_code=row.code).first()
    boxes = (
        Box("state", _("Quy định này ở đây"), "choice", choices=ReviewState.choices,
            value=held.state if held else ""),
        Box("reason", _("Vướng gì, vì sao"), "long", required=False, most=2_000,
            value=held.reason if held else "", help=_("Bắt buộc khi đang vướng hoặc không phát sinh.")),
    )  # fmt: skip
    sent = request.POST
    return asked(
        request,
        Form(row.matter.name, boxes, reverse("authority:sheet", args=[key]), _("Ghi kết quả rà soát"),
             f"{place.full_name} · {office_of(row, 'to')} · {row.text.number}"),
        lambda act: actions.review(
            act, unit_id=place.unit_id, code=row.code, state=sent.get("state", ""),
            reason=sent.get("reason", ""),
        ),
        _("Đã ghi kết quả rà soát."),
        tabs(request, "reviews"),
    )  # fmt: skip


@require_GET
@login_required
def grid(request: HttpRequest) -> HttpResponse:
    """Wards × rules of one's area: applies, ready, blocked, nobody looked."""
    actor = actor_in(request)
    if actor.hat is None or not actor.hat.area:
        raise Refused.forbidden(
            Problem("authority.not-allowed", facts={"post": actor.hat.post if actor.hat else ""})
        )
    field = _field(request)
    # before its first day a commune reviews what it is about to get
    found = grid_of(actor.hat.area, max(clock.today(), TWO_TIERS), field)
    context = {
        **tabs(request, "reviews"),
        "grid": found,
        "rows": _rows(found),
        "hidden": max(0, len(found.units) - MOST_UNITS),
        "fields": _fields(),
        "field": field,
        "legend": [(MARKS[s], ReviewState(s).label, TONES[s]) for s in ReviewState.values],
        "states": ReviewState.choices,
        "totals": [
            (r, [found.by_rule.get(r.code, NONE).get(s, 0) for s in ReviewState.values]) for r in found.rules
        ],
    }  # fmt: skip
    return render(request, "authority/grid.html", context)


def _rows(found: Grid) -> list[dict[str, Any]]:
    """The wards that looked at something first, then the silent ones; each with its cells."""
    order = sorted(found.units, key=lambda v: -sum(found.by_unit.get(v.unit_id, NONE).values()))
    return [
        {
            "unit": unit,
            "told": sum(found.by_unit.get(unit.unit_id, NONE).values()),
            "blocked": found.by_unit.get(unit.unit_id, NONE).get("blocked", 0),
            "cells": [
                (rule, state, MARKS.get(state, "·"), TONES.get(state, "wait"),
                 ReviewState(state).label if state else _("chưa rà soát"))
                for rule in found.rules
                for state in [found.cells.get(unit.unit_id, {}).get(rule.code, "")]
            ],
        }
        for unit in order[:MOST_UNITS]
    ]  # fmt: skip


BASE = "tham-quyen/ra-soat/"
urlpatterns = [
    path(BASE, reviews, name="reviews"),
    path(f"{BASE}luoi/", grid, name="grid"),
    path(f"{BASE}<slug:key>/", sheet, name="sheet"),
    path(f"{BASE}<slug:key>/<slug:code>/", review, name="review"),
]
