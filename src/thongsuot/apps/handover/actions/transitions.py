"""Opening, dating and locking a transition."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thongsuot.apps.handover import listing, permit
from thongsuot.apps.handover.actions.steps import Result, begin, chain_of, name_of
from thongsuot.apps.handover.models import Transition, TransitionBody, TransitionTeam
from thongsuot.apps.handover.models.choices import TransitionSide, TransitionState
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.handover.balance import check_headcount
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import tidy

DAYS = ("freeze_on", "trial_from", "trial_to", "lessons_on", "effective_on", "deadline_on")
Rows = Sequence[Mapping[str, Any]]


@action("handover.transition-created")
def create_transition(  # noqa: PLR0913  # keyword-only
    act: Act,
    *,
    name: str,
    unit_id: int,
    days: Mapping[str, Any],
    ends: Rows,
    begins: Rows,
    teams: Rows = (),
    residual_id: int | None = None,
    basis: str = "",
    demo: bool = False,
) -> Result:
    """Open a transition: which bodies end, which begin, when, and which teams work on it.

    Shapes: ``days`` maps the names in DAYS to days, ``effective_on`` at least. ``ends`` and
    ``begins`` are ``{"body": id, "payroll": posts or None}``; ``teams`` are
    ``{"team": id, "side": "handing" | "receiving", "for_body": id}``.

    Raises Refused: no body on a side, one body on both, days out of order, a body that ends
    elsewhere, and more posts after than before.
    """
    permit.allow(act.by, "transition.create", Relation(place=unit_id))
    clean = tidy(name)
    dated = _in_order(days)
    refuse_if([*_side_problems(ends, begins), *_headcount(ends, begins)])
    if not clean or Transition.objects.filter(unit=unit_id, name=clean).exists():
        raise Refused.because("handover.transition-exists", clean)
    transition = Transition.objects.create(
        name=clean,
        unit_id=unit_id,
        basis=basis,
        residual_id=residual_id,
        demo=demo,
        state=TransitionState.OPEN,
        **dated,
    )
    for side, rows in ((TransitionSide.ENDS, ends), (TransitionSide.BEGINS, begins)):
        TransitionBody.objects.bulk_create(
            TransitionBody(
                transition=transition, side=side, body_id=r["body"], payroll=r.get("payroll")
            )
            for r in rows
        )
    TransitionTeam.objects.bulk_create(
        TransitionTeam(
            transition=transition, team_id=r["team"], side=r["side"], for_body_id=r["for_body"]
        )
        for r in teams
    )
    act.record(
        chain=chain_of(transition.pk),
        subject=Ref("transition", transition.pk),
        after={
            "name": clean,
            "unit": unit_id,
            "days": dated,
            "ends": list(ends),
            "begins": list(begins),
            "teams": list(teams),
            "residual": residual_id,
        },
        authority=basis,
    )
    return {"transition": transition.pk}


def _in_order(days: Mapping[str, Any]) -> dict[str, Any]:
    """The days by name, in the order in which they must come; empty ones are left out."""
    known: dict[str, Any] = {
        n: v if isinstance(v, date) else date.fromisoformat(str(v))
        for n, v in days.items()
        if v and n in DAYS
    }
    given = [known[n] for n in DAYS if n in known]
    if "effective_on" not in known or given != sorted(given):
        raise Refused.because("handover.transition-order")
    return known


def _side_problems(ends: Rows, begins: Rows) -> list[Problem]:
    ending, beginning = {r["body"] for r in ends}, {r["body"] for r in begins}
    problems = [] if ending and beginning else [Problem("handover.bodies-needed")]
    problems += [
        Problem("handover.body-on-both-sides", name_of(body)) for body in sorted(ending & beginning)
    ]
    elsewhere = TransitionBody.objects.filter(body__in=ending, side=TransitionSide.ENDS)
    problems += [Problem("handover.body-ends-elsewhere", name_of(row.body_id)) for row in elsewhere]
    return problems


def _headcount(ends: Rows, begins: Rows) -> list[Problem]:
    """Posts after may not exceed posts before; judged once every ending body's number is known."""
    before = [r.get("payroll") for r in ends]
    if None in before:
        return []
    known = [r.get("payroll") or 0 for r in begins]
    problem = check_headcount(sum(n or 0 for n in before), sum(known))
    return [problem] if problem else []


@action("handover.transition-dated")
def set_dates(act: Act, *, transition_id: int, days: Mapping[str, Any], reason: str = "") -> Result:
    """Change the days of a transition.

    Raises Refused when they are out of order, or a body has already ended on the effective day.
    """
    transition = begin(act, transition_id, "change")
    permit.allow(act.by, "transition.change", Relation(place=transition.unit_id))
    before = {n: getattr(transition, n) for n in DAYS}
    dated = _in_order({**before, **days})
    ended = TransitionBody.objects.filter(transition=transition, ended_on__isnull=False).first()
    if ended is not None and dated["effective_on"] != transition.effective_on:
        raise Refused.because("handover.day-passed", name_of(ended.body_id), on=ended.ended_on)
    Transition.objects.filter(pk=transition_id).update(**dated)
    if dated["effective_on"] != transition.effective_on:
        listing.date_seasons(transition_id, dated["effective_on"])
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("transition", transition_id),
        before=before,
        after={**before, **dated},
        reason=reason,
    )
    return {"transition": transition_id}


@action("handover.residual-desk-named")
def name_residual_desk(act: Act, *, transition_id: int, body_id: int, reason: str = "") -> Result:
    """Name the body that receives late finds and answers for what is missing after the end."""
    transition = begin(act, transition_id, "change")
    permit.allow(act.by, "transition.change", Relation(place=transition.unit_id))
    before = transition.residual_id
    Transition.objects.filter(pk=transition_id).update(residual=body_id)
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("transition", transition_id),
        before={"residual": before},
        after={"residual": body_id},
        reason=reason,
    )
    return {"transition": transition_id}


@action("handover.payroll-set")
def set_payroll(
    act: Act, *, transition_id: int, body_id: int, payroll: int, authority: str = ""
) -> Result:
    """Write down the posts of a body (biên chế).

    Raises Refused when the bodies that begin would together have more than those that end.
    """
    transition = begin(act, transition_id, "change")
    permit.allow(act.by, "transition.change", Relation(place=transition.unit_id))
    row = TransitionBody.objects.filter(transition=transition, body=body_id).first()
    if row is None:
        raise Refused.because("handover.body-not-in-transition", name_of(body_id))
    before, row.payroll = row.payroll, payroll
    sides: dict[str, list[dict[str, Any]]] = {"ends": [], "begins": []}
    for other in TransitionBody.objects.filter(transition=transition):
        posts = payroll if other.pk == row.pk else other.payroll
        sides[other.side].append({"payroll": posts})
    refuse_if(_headcount(sides["ends"], sides["begins"]))
    row.save(update_fields=["payroll"])
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("body", body_id),
        before={"payroll": before},
        after={"payroll": payroll},
        authority=authority,
    )
    return {"body": body_id, "payroll": payroll}
