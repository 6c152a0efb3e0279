"""The signed PDF of minutes: which side's certificate is under it, signing it, taking it away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.handover import papers, permit
from thongsuot.apps.handover import queries as handover
from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.handover.models.choices import Side
from thongsuot.apps.proof import actions, certificates, queries, signing
from thongsuot.apps.registry.models import Body
from thongsuot.foundation import clock
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.files import store
from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.foundation.wording import say
from thongsuot.rules.handover.access import Relation, check_may
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof.certified import check_certificate


def _minutes(request: HttpRequest, code: str) -> Minutes:
    """The minutes behind a code, for whoever may see them. Raises Refused (404)."""
    entry = queries.signing_of(code)
    return handover.minutes_in_sight(actor_in(request), entry.subject_id)


def _sides(actor: Actor, minutes: Minutes) -> list[dict[str, Any]]:
    """Both sides: whose, signed how, with which certificate it would sign, whether this person may."""
    done = {row.side: row for row in queries.signed_pdfs(minutes)}
    bodies = {side: actions.signs_for(minutes, side) for side in Side.values}
    names = handover.body_names(bodies.values())
    keys = dict(Body.objects.filter(pk__in=bodies.values()).values_list("pk", "key"))
    hands = certificates.load().hands
    place = Relation(bodies[Side.GIVER], minutes.receiver_id, minutes.transition.unit_id)
    found = []
    for side, label in ((Side.GIVER, _("Bên giao")), (Side.RECEIVER, _("Bên nhận"))):
        hand = hands.get(keys[bodies[side]])
        row = done.get(side)
        warned = check_certificate(hand.certificate, clock.now()) if hand and not row else ()
        found.append({
            "side": side.value,
            "label": label,
            "body": names[bodies[side]],
            "row": row,
            "certificate": hand.certificate if hand else None,
            "says": [say(p) for p in warned],
            "may": row is None
            and hand is not None
            and check_may(actor, f"sign.{side}", place) is None,
        })  # fmt: skip
    return found


@require_http_methods(["GET", "POST"])
@login_required
def signed_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Who has put which certificate under the PDF; whoever signs for a side puts its own there."""
    minutes = _minutes(request, code)
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        if not reauth.is_fresh(request, timezone.now()):
            back = urlencode({"next": request.path})
            return redirect(f"{reverse('accounts:confirm')}?{back}")
        try:
            _sign(request, minutes)
        except Refused as refused:
            if refused.status == 404:
                raise
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã ký số bản PDF."))
            return redirect("proof:signed-pdf", code)
    sides = _sides(actor_in(request), minutes)
    context = {
        "code": code,
        "minutes": minutes,
        "sides": sides,
        "count": sum(1 for side in sides if side["row"]),
        "wanted": certificates.wanted(),
        "problems": problems,
    }
    return render(request, "proof/signed_pdf.html", context, status=status)


def _sign(request: HttpRequest, minutes: Minutes) -> None:
    act, side = act_of(request), request.POST.get("side", "")
    if side not in Side.values:
        raise Refused([Problem("proof.form-without-key")], 400)
    place = Relation(
        actions.signs_for(minutes, Side.GIVER), minutes.receiver_id, minutes.transition.unit_id
    )
    permit.allow(act.by, f"sign.{side}", place)  # before a long paper is set for nothing
    content = papers.minutes_pdf(papers.minutes_values(minutes, act.at))
    name = f"bien-ban-{minutes.transition_id}-{minutes.number}.pdf"
    paper = store.keep(content, name, by=act.by)
    actions.sign_pdf(act, minutes_id=minutes.pk, side=side, paper=paper.sha256, fresh=True)
    signing.soon_checkpoint(act.at)


@require_GET
@login_required
def signed_pdf_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The PDF with every signature it has so far. Raises Refused (404) when it has none."""
    minutes = _minutes(request, code)
    rows = queries.signed_pdfs(minutes)
    if not rows:
        raise Refused.missing(Problem("proof.pdf-unsigned"))
    return send(rows[-1].file, f"bien-ban-{minutes.transition_id}-{minutes.number}-ky-so.pdf")
