"""Issuing drafts together: what each still lacks is named on the same page, then all or none go out."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.apps.directives import actions, lists, naming, permit
from thongsuot.apps.directives.models import Duty
from thongsuot.apps.directives.naming import with_names
from thongsuot.apps.directives.reaching import requests_among
from thongsuot.apps.directives.views.frame import tabs
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.selection import read_selection
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold

MOST_ISSUED = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A draft to be issued, with the boxes for what it lacks; ``proposed``: nobody chose it yet."""

    duty: Duty
    lead: str
    person: str
    asks_lead: bool
    asks_person: bool
    proposed: bool


@require_POST
@login_required
def issue(request: HttpRequest) -> HttpResponse:
    """Show the drafts chosen on the list and what each lacks; sent again with a key, issue them.

    Lead and person may be named here, for all drafts at once; a proposal stands in the box of what
    the text names in short, and the head of the lead as its person.
    """
    actor, today = actor_in(request), clock.today()
    rows = with_names(permit.visible_duties(actor))
    choice = read_selection(lists.duties_table(actor), rows, request.POST, today=today)
    chosen = list(
        choice.rows.select_related("person", "above", "document")
        .prefetch_related("parts")
        .order_by("pk")[: MOST_ISSUED + 1]
    )
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.POST.get("key"):
        try:
            _name(request, chosen, today)
            actions.issue_duties(act_of(request), duty_ids=[d.pk for d in chosen])
        except Refused as refused:
            if refused.status in (400, 403, 404):
                raise
            problems, status = refused.problems, refused.status
            chosen = list(
                rows.filter(pk__in=[d.pk for d in chosen]).select_related("person").order_by("pk")
            )
        else:
            messages.success(request, _("Đã giao %(n)s nhiệm vụ.") % {"n": len(chosen)})
            return redirect("directives:duties")
    shown = _rows(request, chosen, today)
    leads = {d.lead_id for d in chosen if d.lead_id}
    context = {
        **tabs(request, "duties"),
        "rows": shown,
        "asked": requests_among(chosen, today),
        "hidden": choice.hidden,
        "problems": problems,
        "proposed": any(r.proposed for r in shown),
        "bodies": naming.offered_bodies({d.assigner_id for d in chosen}, today),
        "people": naming.offered_people(leads, today) if leads else [],
    }
    return render(request, "directives/issue.html", context, status=status)


def _name(request: HttpRequest, chosen: list[Duty], today: date) -> None:
    """Keep the names typed for drafts that lack them. Raises Refused with every name not known."""
    problems: list[Problem] = []
    named: list[dict[str, int]] = []
    for duty in chosen:
        typed_lead = request.POST.get(f"lead-{duty.pk}", "")[:300]
        typed_person = request.POST.get(f"person-{duty.pk}", "")[:120]
        try:
            lead = naming.body_called(typed_lead, today) or duty.lead_id or 0
            person = naming.person_called(typed_person, lead, today)
        except Refused as refused:
            problems += refused.problems
            continue
        changes_lead = lead != (duty.lead_id or 0)
        if changes_lead or (person and person != duty.person_id):
            named.append({"duty": duty.pk, "lead": lead, "person": person})
    if problems:
        raise Refused(problems)
    if named:
        actions.name_drafts(act_of(request).sub("names"), names=named)


def _rows(request: HttpRequest, chosen: list[Duty], today: date) -> list[Row]:
    """The drafts with what was typed, else with what is proposed, in the boxes of what they lack."""
    open_leads = [d for d in chosen if not d.lead_id]
    near = {d.assigner_id for d in open_leads}
    likely = naming.likely_bodies({d.lead_words for d in open_leads}, near, today) if near else {}
    by_name = naming.bodies_called(list(likely.values()), today)
    heads = naming.heads_named(
        [*(d.lead_id or 0 for d in chosen), *(ids[0] for ids in by_name.values())], today
    )
    rows = []
    for duty in chosen:
        guessed = likely.get(duty.lead_words, "")
        lead = duty.lead_id or next(iter(by_name.get(fold(guessed), ())), 0)
        named = duty.person.full_name if duty.person else ""
        asks_lead, asks_person = not duty.lead_id, duty.person is None
        rows.append(
            Row(
                duty,
                request.POST.get(f"lead-{duty.pk}", guessed or duty.lead_words),
                request.POST.get(f"person-{duty.pk}", named or heads.get(lead, "")),
                asks_lead,
                asks_person,
                bool((asks_lead and guessed) or (asks_person and heads.get(lead))),
            )
        )
    return rows
