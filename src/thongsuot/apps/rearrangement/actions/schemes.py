"""A scheme from its beginning to its approval."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thongsuot.apps.directives import permit as directives
from thongsuot.apps.rearrangement import permit, telling
from thongsuot.apps.rearrangement.models import Opinion, Option, Owner, Scheme, SchemeKind, Stance
from thongsuot.apps.rearrangement.steps import (
    MOST_OWNERS,
    Result,
    chain_of,
    known_bodies,
    refuse_out_of_reach,
    take,
    worded,
)
from thongsuot.apps.rearrangement.values import founded_of, lines_of, present_of, units_of
from thongsuot.apps.registry.find import places_of
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.reaching import reach_of
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.rearrangement.access import Sides
from thongsuot.rules.rearrangement.lifecycle import STEPS
from thongsuot.rules.rearrangement.option import check_option

LONGEST = 10_000


@action("rearrangement.scheme-made")
def make_scheme(
    act: Act,
    *,
    keeper_id: int,
    scheme: Mapping[str, Any],
    owners: Sequence[int],
    demo: bool = False,
) -> Result:
    """Begin a scheme: who leads it, pulls it together and decides, and whose units it rearranges.

    Shapes: ``scheme`` has kind, title; any of basis, gatherer and approver (bodies; else the
    keeper), document and plan (ids), due_on (day by which departments send in their units).
    """
    permit.allow(act.by, "scheme.write", Sides(keeper=keeper_id))
    title = worded(scheme.get("title"), "title", needed=True)
    basis = worded(scheme.get("basis"), "basis")
    kind = str(scheme.get("kind") or "")
    if kind not in SchemeKind.values:
        raise Refused.because("rearrangement.choice-unknown", kind[:40])
    gatherer = int(scheme.get("gatherer") or keeper_id)
    approver = int(scheme.get("approver") or keeper_id)
    wanted = _owners(owners)
    known_bodies({keeper_id, gatherer, approver, *wanted})
    refuse_out_of_reach(act, keeper_id, wanted, basis)
    _refuse_outside(act, keeper_id, (gatherer, approver))
    due_on = scheme.get("due_on")
    made = Scheme.objects.create(
        keeper_id=keeper_id,
        gatherer_id=gatherer,
        approver_id=approver,
        unit_id=next(iter(places_of(keeper_id)), None),
        kind=kind,
        title=title,
        basis=basis,
        document_id=_document(act, int(scheme.get("document") or 0)),
        plan_id=_plan(act, int(scheme.get("plan") or 0)),
        due_on=due_on if isinstance(due_on, date) else None,
        folded=fold(f"{title} {basis}")[:700],
        demo=demo,
        made_at=act.at,
    )
    Owner.objects.bulk_create(Owner(scheme=made, body_id=b) for b in wanted)
    act.lock(chain_of(made.pk))
    act.record(
        chain=chain_of(made.pk),
        subject=Ref("scheme", made.pk),
        after={"title": title, "keeper": keeper_id, "owners": wanted, "approver": approver},
    )
    telling.called(act, made, wanted)
    return {"scheme": made.pk}


def _owners(given: Sequence[int]) -> list[int]:
    wanted = list(dict.fromkeys(given))
    if not 0 < len(wanted) <= MOST_OWNERS:
        raise Refused.because("rearrangement.owners-number", most=MOST_OWNERS)
    return wanted


def _refuse_outside(act: Act, keeper: int, bodies: Sequence[int]) -> None:
    outside = reach_of(keeper, bodies, act.on).outside(bodies)
    if outside:
        names = body_names(outside, act.on)
        raise Refused([Problem("rearrangement.outside", names[b]) for b in outside])


def _document(act: Act, pk: int) -> int | None:
    return directives.document_in_sight(act.by, pk).pk if pk else None


def _plan(act: Act, pk: int) -> int | None:
    return directives.plan_in_sight(act.by, pk).pk if pk else None


def move(scheme: Scheme, doing: str, **columns: Any) -> None:
    """Take the step of the table, with what it writes."""
    for name, value in columns.items():
        setattr(scheme, name, value)
    scheme.state = STEPS[scheme.state, doing]
    scheme.version += 1
    scheme.save()


@action("rearrangement.scheme-submitted")
def submit_scheme(act: Act, *, scheme_id: int, words: str = "") -> Result:
    """Submit a scheme (trình): every option gives every unit one fate, or all gaps are named."""
    scheme = take(act, scheme_id, "scheme.submit", "submit")
    said = worded(words, "words", 500)
    options = list(scheme.options.order_by("letter"))
    units = present_of(units_of(scheme))
    if not options or not units:
        raise Refused.because("rearrangement.no-option", scheme.title[:80])
    refuse_if(
        Problem(p.code, f"{o.letter}: {p.subject}", p.facts)
        for o in options
        for p in check_option(units, lines_of(o), founded_of(o))
    )
    move(scheme, "submit")
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"state": scheme.state, "options": [o.letter for o in options], "units": len(units)},
        reason=said,
    )
    telling.submitted(act, scheme)
    return {"scheme": scheme.pk}


@action("rearrangement.opinions-asked")
def ask_opinions(act: Act, *, scheme_id: int, bodies: Sequence[int], due_on: date) -> Result:
    """Ask bodies for their opinion by a day (lấy ý kiến)."""
    scheme = take(act, scheme_id, "scheme.consult", "consult")
    wanted = _owners(bodies)
    known_bodies(wanted)
    _refuse_outside(act, scheme.keeper_id, wanted)
    if due_on < act.on:
        raise Refused.because("rearrangement.day-past", on=due_on)
    there = set(scheme.opinions.values_list("body", flat=True))
    fresh = [b for b in wanted if b not in there]
    Opinion.objects.bulk_create(Opinion(scheme=scheme, body_id=b, due_on=due_on) for b in fresh)
    move(scheme, "consult")
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"asked": fresh, "due_on": due_on},
    )
    telling.asked(act, scheme, fresh)
    return {"scheme": scheme.pk, "asked": len(fresh)}


@action("rearrangement.opinion-given")
def give_opinion(act: Act, *, scheme_id: int, body_id: int, stance: str, words: str = "") -> Result:
    """A body that was asked says what it thinks; comments and a no need their words."""
    scheme = take(act, scheme_id, "opinion.give", "opine", Sides(asked=frozenset({body_id})))
    row = Opinion.objects.filter(scheme=scheme, body=body_id).first()
    if row is None:
        raise Refused.missing(Problem("rearrangement.missing"))
    if stance not in Stance.values:
        raise Refused.because("rearrangement.choice-unknown", stance[:40])
    said = worded(words, "words", LONGEST, needed=stance != Stance.AGREE)
    row.stance, row.words, row.given_at, row.by_name = stance, said, act.at, act.by.name[:200]
    row.save()
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"body": body_id, "stance": stance},
        reason=said[:500],
    )
    return {"scheme": scheme.pk}


@action("rearrangement.scheme-sent-back")
def send_back_scheme(act: Act, *, scheme_id: int, reason: str) -> Result:
    """The competent body wants it worked over: back to its beginning, with the reason."""
    return _moved_for_a_reason(act, scheme_id, "send-back", reason)


@action("rearrangement.scheme-dropped")
def drop_scheme(act: Act, *, scheme_id: int, reason: str) -> Result:
    """A scheme is given up before it was decided; it stays to be read."""
    return _moved_for_a_reason(act, scheme_id, "drop", reason)


def _moved_for_a_reason(act: Act, scheme_id: int, door: str, reason: str) -> Result:
    scheme = take(act, scheme_id, f"scheme.{door}", door)
    why = worded(reason, "reason", 500, needed=True)
    move(scheme, door)
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"state": scheme.state},
        reason=why,
    )
    return {"scheme": scheme.pk}


@action("rearrangement.scheme-approved")
def approve_scheme(  # noqa: PLR0913  # an act names all it needs
    act: Act, *, scheme_id: int, option_id: int, number: str, decided_on: date, basis: str,
    version: int = 0,
) -> Result:  # fmt: skip
    """The competent body approves one option by a decision with its number, day and legal basis.

    ``version`` is the one that was read; 0: the one in use. Raises Refused (409) when it was
    changed meanwhile, and when a unit is without its one fate.
    """
    scheme = take(act, scheme_id, "scheme.approve", "approve")
    option: Option = permit.option_in_sight(act.by, scheme, option_id)
    if version and version != option.version:
        raise Refused.conflict(Problem("rearrangement.changed-meanwhile", option.letter))
    signed = worded(number, "number", 60, needed=True)
    rests = worded(basis, "basis", needed=True)
    if decided_on > act.on:
        raise Refused.because("rearrangement.day-ahead", on=decided_on)
    refuse_if(check_option(present_of(units_of(scheme)), lines_of(option), founded_of(option)))
    move(
        scheme, "approve", chosen=option, chosen_version=option.version, decision_number=signed,
        decision_on=decided_on, decision_basis=rests,
    )  # fmt: skip
    act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme", scheme.pk),
        after={"option": option.letter, "version": option.version, "number": signed, "on": decided_on},
        reason=rests,
    )  # fmt: skip
    telling.approved(act, scheme)
    return {"scheme": scheme.pk}
