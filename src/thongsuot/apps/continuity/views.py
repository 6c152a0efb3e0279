"""Looking at data copies, servers and drills; files and papers of a copy."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.apps.continuity import lists, papers, queries, words
from thongsuot.apps.continuity.models import Copy, CopyState, Fitness
from thongsuot.apps.handover.papers import download
from thongsuot.apps.handover.queries import body_names
from thongsuot.foundation import clock
from thongsuot.foundation.files.store import open_file
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.continuity.access import check_may
from thongsuot.rules.continuity.schedule import standing
from thongsuot.rules.kernel.actor import Actor

SHOWN = 20  # proofs, checks and differences on the page of a copy


def tabs(request: HttpRequest) -> dict[str, object]:
    """The three lists of the room, with how many copies are late."""
    late = queries.late_count(actor_in(request), clock.today())
    found = (
        (_("Bản sao"), reverse("continuity:copies"), late or None),
        (_("Máy chủ"), reverse("continuity:servers"), None),
        (_("Diễn tập phục hồi"), reverse("continuity:drills"), None),
    )
    return {"tabs": found, "late": late}


def may(actor: Actor, doing: str, owner: int, receiver: int = 0) -> bool:
    """Whether the person may do that here; what a page offers, the action asks again."""
    return check_may(actor, doing, queries.about(owner, receiver)) is None


def may_somewhere(actor: Actor, doing: str) -> bool:
    """Whether there is any body for which the person may do that."""
    return any(may(actor, doing, body) for body, _name in queries.owners(actor)[:50])


@require_GET
@login_required
def copies(request: HttpRequest) -> HttpResponseBase:
    """Every copy in sight: due, late, checked; filter, sort, CSV, XLSX, print."""
    actor = actor_in(request)
    rows = queries.named(queries.visible_copies(actor))
    place = Place(source=Source("continuity.copies", {}))
    listing = Listing(lists.COPIES, rows, request, place, today=clock.today())
    context = {**tabs(request), "tab": reverse("continuity:copies"),
               "adding": may_somewhere(actor, "copy.plan")}  # fmt: skip
    return answer(listing, "continuity/copies.html", context)


@require_GET
@login_required
def servers(request: HttpRequest) -> HttpResponseBase:
    """Every server in sight, with its configuration and whether it is fit."""
    actor = actor_in(request)
    rows = queries.with_body(queries.visible_servers(actor))
    listing = Listing(lists.SERVERS, rows, request, Place(), today=clock.today())
    context = {**tabs(request), "tab": reverse("continuity:servers"),
               "adding": may_somewhere(actor, "server.write")}  # fmt: skip
    return answer(listing, "continuity/servers.html", context)


@require_GET
@login_required
def drills(request: HttpRequest) -> HttpResponseBase:
    """Every restore that was tried, as far as in sight."""
    actor = actor_in(request)
    rows = queries.with_body(queries.visible_drills(actor))
    listing = Listing(lists.DRILLS, rows, request, Place(), today=clock.today())
    context = {**tabs(request), "tab": reverse("continuity:drills"),
               "adding": may_somewhere(actor, "drill.record")}  # fmt: skip
    return answer(listing, "continuity/drills.html", context)


def copy_context(request: HttpRequest, found: Copy) -> dict[str, Any]:
    """Everything the page of a copy shows; the forms on it as far as the person may send them."""
    actor, today = actor_in(request), clock.today()
    names = body_names([found.owner_id, found.receiver_id])
    stands = standing(found.state, found.due_on, today)
    proofs = list(found.proofs.select_related("file").order_by("-number")[:SHOWN])
    checks = list(found.checks.select_related("proof").order_by("-number")[:SHOWN])
    live = found.state != CopyState.STOPPED
    return {
        **tabs(request),
        "tab": reverse("continuity:copies"),
        "copy": found,
        "owner": names.get(found.owner_id, ""),
        "receiver": names.get(found.receiver_id, ""),
        "late": stands.late,
        "tone": lists.TONES[CopyState(found.state)],
        "rhythm": lists.rhythm(found),
        "proofs": proofs,
        "checks": checks,
        "newest": words.differences(checks[0].differences[:SHOWN]) if checks else [],
        "may_prove": live and may(actor, "copy.prove", found.owner_id, found.receiver_id),
        "may_check": live
        and bool(proofs)
        and found.state != CopyState.PLANNED
        and may(actor, "copy.check", found.owner_id, found.receiver_id),
        "may_stop": live and may(actor, "copy.stop", found.owner_id, found.receiver_id),
    }


@require_GET
@login_required
def copy(request: HttpRequest, copy_id: int) -> HttpResponse:
    """One copy: its plan, its proofs, what checks found, and what is to be done next."""
    found = queries.copy_in_sight(actor_in(request), copy_id)
    return render(request, "continuity/copy.html", copy_context(request, found))


def server_context(request: HttpRequest, server_id: int) -> dict[str, Any]:
    """Everything the page of a server shows."""
    actor = actor_in(request)
    found = queries.server_in_sight(actor, server_id)
    mine = queries.visible_copies(actor).filter(server=found).order_by("due_on", "pk")
    return {
        **tabs(request),
        "tab": reverse("continuity:servers"),
        "server": found,
        "body": body_names([found.body_id]).get(found.body_id, ""),
        "tone": lists.FIT_TONES[Fitness(found.fit)],
        "copies": [(c, lists.TONES[CopyState(c.state)]) for c in mine[:SHOWN]],
        "choices": [c for c in Fitness.choices if c[0] != Fitness.UNKNOWN],
        "may_assess": may(actor, "server.write", found.body_id),
    }


@require_GET
@login_required
def server(request: HttpRequest, server_id: int) -> HttpResponse:
    """One server: configuration, whether it is fit and why, which copies go to it."""
    return render(request, "continuity/server.html", server_context(request, server_id))


@require_GET
@login_required
def proof_file(request: HttpRequest, copy_id: int, number: int) -> HttpResponse:
    """The proof as the giver handed it in, for the receiver's ``verify``."""
    found = queries.copy_in_sight(actor_in(request), copy_id)
    proof = found.proofs.select_related("file").filter(number=min(number, 2**31 - 1)).first()
    if proof is None:
        raise Http404
    with open_file(proof.file) as handle:
        content = handle.read()
    return download(content, "application/json", f"chung-nhan-{found.pk}-{proof.number}.json")


@require_GET
@login_required
def paper(request: HttpRequest, copy_id: int, form: str) -> HttpResponse:
    """The record of a copy to be signed, as PDF or DOCX."""
    found = queries.copy_in_sight(actor_in(request), copy_id)
    if form not in papers.FORMS:
        raise Http404
    content, media = papers.copy_record(found, form, clock.now())
    return download(content, media, f"phieu-sao-du-lieu-{found.pk}.{form}")
