"""Bundles: the list, one with its parts by group, what may belong, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.handover.views.frame import number_in, open_transition
from thongsuot.apps.settling import actions, lists, permit, queries
from thongsuot.apps.settling.models import Bundle
from thongsuot.apps.settling.models.choices import BundleState, Group, Sort, Why
from thongsuot.apps.settling.queries.bundles import GONE, Whole
from thongsuot.apps.settling.views.frame import Box, asked, decider_box, frame, reason_box
from thongsuot.apps.settling.views.seals import may_somewhere
from thongsuot.apps.settling.words import with_names
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.settling.bundles import LEADS, propose
from thongsuot.rules.settling.bundles import Group as RuleGroup
from thongsuot.rules.settling.bundles import Sort as RuleSort

SHOWN = 40
MOST_PROPOSED = 200


@require_GET
@login_required
def bundles(request: HttpRequest, transition_id: int) -> HttpResponseBase:
    """Every bundle in sight, with filters and files."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    rows = lists.bundle_rows(actor, transition)
    listing = Listing(
        lists.BUNDLES,
        rows,
        request,
        Place(
            scope=f"transition:{transition.pk}",
            source=Source("settling.bundles", {"transition": transition.pk}),
        ),
    )
    context = {
        **frame(request, transition, "bundles"),
        "may_make": may_somewhere(actor, "bundle.make", transition),
    }
    return answer(listing, "settling/bundles.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def make(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Choose what the bundle is about: a sort, and the item that leads it."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    if not may_somewhere(actor, "bundle.make", transition):
        raise Refused.forbidden(
            Problem("settling.not-allowed", "", {"act": "bundle.make", "post": _post(request)})
        )
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            done = actions.make_bundle(
                act_of(request), transition_id=transition.pk, sort=request.POST.get("sort", ""),
                lead_id=number_in(request.POST.get("lead")),
            )  # fmt: skip
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            return redirect("settling:bundle", transition.pk, int(str(done["bundle"])))
    sort = request.POST.get("sort") or request.GET.get("loai") or Sort.SERVICE_UNIT.value
    sort = sort if sort in Sort.values else Sort.SERVICE_UNIT.value
    word = request.GET.get("q", "")[:100]
    context = {
        **frame(request, transition, "bundles"),
        "sorts": [(value, label, value == sort) for value, label in Sort.choices],
        "sort": sort,
        "word": word,
        "leads": _leads(request, transition, sort, word),
        "problems": problems,
    }
    return render(request, "settling/bundle_new.html", context, status=status)


def _post(request: HttpRequest) -> str:
    hat = actor_in(request).hat
    return hat.post if hat else ""


def _leads(request: HttpRequest, transition: Transition, sort: str, word: str) -> list[Item]:
    """Items that could lead a bundle of that sort and do not yet, by name."""
    kinds = LEADS[RuleSort(sort)]
    taken = Bundle.objects.filter(transition=transition).exclude(state=BundleState.DISSOLVED)
    items = permit.seen_items(actor_in(request), transition).filter(kind__in=kinds)
    for part in fold(word).split()[:6]:
        items = items.filter(folded__contains=part)
    free = items.exclude(state__in=GONE).exclude(pk__in=taken.values("lead"))
    return list(free.order_by("folded", "pk")[:SHOWN])


def _bundle_on(request: HttpRequest, transition_id: int, pk: int) -> tuple[Transition, Bundle]:
    """A bundle of a transition, when its lead is in sight. Raises Refused (404) otherwise."""
    transition = open_transition(request, transition_id)
    rows = permit.visible_bundles(actor_in(request), transition)
    found = rows.select_related("lead").filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("settling.bundle-missing"))
    return transition, found


@require_GET
@login_required
def bundle(request: HttpRequest, transition_id: int, pk: int) -> HttpResponse:
    """One bundle: its parts by group, what is missing, what was excepted, what stands against it."""
    transition, found = _bundle_on(request, transition_id, pk)
    everything = queries.whole(found)
    seen = set(
        permit.seen_items(actor_in(request), transition)
        .filter(pk__in=[p.item.pk for p in everything.parts])
        .values_list("pk", flat=True)
    )
    names = body_names(
        {found.lead.receiver_id or 0, found.lead.giver_id}
        | {p.item.receiver_id or 0 for p in everything.parts}
    )
    context = {
        **frame(request, transition, "bundles"),
        "bundle": found,
        "tone": lists.BUNDLE_TONES[BundleState(found.state)],
        "giver": names.get(found.lead.giver_id, ""),
        "receiver": names.get(found.lead.receiver_id or 0, ""),
        "groups": _groups(everything, seen, names),
        "missing": [str(Group(g.value).label) for g in everything.missing],
        "problems": with_names(everything.problems) if found.state == BundleState.DRAFT else (),
        "exceptions": [
            (e, str(Group(e.group).label) if e.group else "") for e in everything.exceptions
        ],
        "hidden_parts": len(everything.parts) - len(seen),
        "may": _may(request, transition, found),
    }
    return render(request, "settling/bundle.html", context)


def _may(request: HttpRequest, transition: Transition, found: Bundle) -> dict[str, bool]:
    actor, giver = actor_in(request), found.lead.giver_id
    may = {
        right: found.state != BundleState.DISSOLVED
        and permit.allowed(actor, f"bundle.{right}", transition, giver=giver)
        for right in ("part", "except", "confirm", "dissolve")
    }
    draft = found.state == BundleState.DRAFT
    may["reopen"] = may["confirm"] and not draft
    for right in ("part", "confirm", "dissolve"):
        may[right] = may[right] and draft
    return may


def _groups(everything: Whole, seen: set[int], names: dict[int, str]) -> list[dict[str, Any]]:
    """Each group with its parts in sight, and whether it lacks some."""
    excepted = {e.group for e in everything.exceptions if e.group}
    shown = []
    for group in RuleGroup:
        parts = everything.of(group)
        shown.append(
            {
                "code": group.value,
                "label": str(Group(group.value).label),
                "count": len(parts),
                "missing": group in everything.missing,
                "excepted": group.value in excepted,
                "parts": [
                    {
                        "item": p.item,
                        "why": str(Why(p.why).label),
                        "receiver": names.get(p.item.receiver_id or 0, ""),
                        "elsewhere": p.thing.receiver != everything.lead.receiver,
                        "exception": p.exception,
                    }
                    for p in parts
                    if p.item.pk in seen
                ],
            }
        )
    return shown


@require_http_methods(["GET", "POST"])
@login_required
def proposals(request: HttpRequest, transition_id: int, pk: int) -> HttpResponse:
    """What may belong to the bundle, with the reason; people tick what does."""
    transition, found = _bundle_on(request, transition_id, pk)
    actor = actor_in(request)
    permit.allow(actor, "bundle.part", transition, giver=found.lead.giver_id)
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        parts = [
            {"item": number_in(value.partition(":")[0]), "why": value.partition(":")[2]}
            for value in request.POST.getlist("phan")[:2_000]
        ]
        try:
            done = actions.add_parts(
                act_of(request), transition_id=transition.pk, bundle_id=found.pk, parts=parts
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã đưa %(n)s phần vào gói.") % {"n": done["count"]})
            return redirect("settling:bundle", transition.pk, found.pk)
    word = request.GET.get("q", "")[:100]
    context = {
        **frame(request, transition, "bundles"),
        "bundle": found,
        "rows": _proposed(request, transition, found),
        "word": word,
        "found": _searched(request, transition, word) if word.strip() else [],
        "problems": problems,
    }
    return render(request, "settling/bundle_parts.html", context, status=status)


def _proposed(
    request: HttpRequest, transition: Transition, found: Bundle
) -> list[tuple[Item, str, str, bool]]:
    """Item, code of the reason, the reason in words, whether it is sure."""
    items = queries.candidates(found.lead, permit.seen_items(actor_in(request), transition))
    things = queries.things_of([found.lead, *items])
    by_key = {things[item.pk].key: item for item in items}
    proposed = propose(things[found.lead_id], (things[item.pk] for item in items))
    return [(by_key[p.key], p.why, str(Why(p.why).label), p.sure) for p in proposed[:MOST_PROPOSED]]


def _searched(request: HttpRequest, transition: Transition, word: str) -> list[Item]:
    """Items that somebody looks for by code or name, whatever the rule thinks."""
    items = permit.seen_items(actor_in(request), transition).exclude(state__in=GONE)
    for part in fold(word).split()[:6]:
        items = items.filter(folded__contains=part)
    return list(items.order_by("folded", "pk")[:SHOWN])


@require_http_methods(["GET", "POST"])
@login_required
def remove(request: HttpRequest, transition_id: int, pk: int, item_id: int) -> HttpResponse:
    """Take a part out of a bundle."""
    transition, found = _bundle_on(request, transition_id, pk)
    permit.allow(actor_in(request), "bundle.part", transition, giver=found.lead.giver_id)
    return asked(
        request,
        frame(request, transition, "bundles"),
        heading=_("Bỏ khỏi gói"),
        lede=found.title,
        boxes=[reason_box()],
        do=lambda act: actions.remove_part(
            act, transition_id=transition.pk, bundle_id=found.pk, item_id=min(item_id, 2**63 - 1),
            reason=request.POST.get("reason", ""),
        ),
        done=_("Đã bỏ khỏi gói."),
        back=reverse("settling:bundle", args=[transition.pk, found.pk]),
        danger=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def exception(request: HttpRequest, transition_id: int, pk: int) -> HttpResponse:
    """Name a part that goes another way, or a group the bundle has nothing of."""
    transition, found = _bundle_on(request, transition_id, pk)
    permit.allow(actor_in(request), "bundle.except", transition, giver=found.lead.giver_id)
    parts = queries.whole(found).parts
    choices = [(f"nhom:{value}", str(label)) for value, label in Group.choices]
    choices += [(f"muc:{p.item.pk}", f"{p.item.code} – {p.item.title}") for p in parts]
    asked_for = request.GET.get("ve", "")[:40]
    what, _sep, which = request.POST.get("what", "").partition(":")
    return asked(
        request,
        frame(request, transition, "bundles"),
        heading=_("Ghi ngoại lệ của gói"),
        lede=found.title,
        boxes=[
            Box("what", _("Ngoại lệ về"), "choice", choices=choices, value=asked_for),
            reason_box(_("Vì sao không đi cùng, hoặc vì sao không có")),
            decider_box(),
        ],
        do=lambda act: actions.except_from_bundle(
            act, transition_id=transition.pk, bundle_id=found.pk,
            item_id=number_in(which) or None if what == "muc" else None,
            group=which if what == "nhom" else "",
            reason=request.POST.get("reason", ""), decided_by=request.POST.get("decided_by", ""),
        ),
        done=_("Đã ghi ngoại lệ."),
        back=reverse("settling:bundle", args=[transition.pk, found.pk]),
    )  # fmt: skip


@require_POST
@login_required
def confirm(request: HttpRequest, transition_id: int, pk: int) -> HttpResponse:
    """Confirm a bundle."""
    transition, found = _bundle_on(request, transition_id, pk)
    actions.confirm_bundle(act_of(request), transition_id=transition.pk, bundle_id=found.pk)
    messages.success(request, _("Đã chốt gói."))
    return redirect("settling:bundle", transition.pk, found.pk)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, transition_id: int, pk: int, door: str) -> HttpResponse:
    """Open a confirmed bundle again, or give up one that was begun."""
    transition, found = _bundle_on(request, transition_id, pk)
    right, action, heading, done = {
        "mo-lai": ("bundle.confirm", actions.reopen_bundle, _("Mở lại gói"), _("Đã mở lại gói.")),
        "bo": ("bundle.dissolve", actions.dissolve_bundle, _("Bỏ gói"), _("Đã bỏ gói.")),
    }[door]
    permit.allow(actor_in(request), right, transition, giver=found.lead.giver_id)
    return asked(
        request,
        frame(request, transition, "bundles"),
        heading=heading,
        lede=found.title,
        boxes=[reason_box()],
        do=lambda act: action(
            act, transition_id=transition.pk, bundle_id=found.pk,
            reason=request.POST.get("reason", ""),
        ),
        done=done,
        back=reverse("settling:bundle", args=[transition.pk, found.pk]),
        danger=True,
    )  # fmt: skip


BASE = "ban-giao/<int:transition_id>/goi/"
ONE = f"{BASE}<int:pk>/"
urlpatterns = [
    path(BASE, bundles, name="bundles"),
    path(f"{BASE}moi/", make, name="make-bundle"),
    path(ONE, bundle, name="bundle"),
    path(f"{ONE}phan/", proposals, name="bundle-parts"),
    path(f"{ONE}phan/<int:item_id>/bo/", remove, name="remove-part"),
    path(f"{ONE}ngoai-le/", exception, name="bundle-exception"),
    path(f"{ONE}chot/", confirm, name="confirm-bundle"),
    path(f"{ONE}mo-lai/", change, {"door": "mo-lai"}, name="reopen-bundle"),
    path(f"{ONE}bo/", change, {"door": "bo"}, name="dissolve-bundle"),
]
