"""Everything that is done with a commendation: one function, one act, one entry."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thongsuot.apps.directives import permit as directives
from thongsuot.apps.directives.actions.issuing import works_at
from thongsuot.apps.oversight import permit, telling
from thongsuot.apps.oversight.choices import FormWord, View, WorkKind
from thongsuot.apps.oversight.evidence import figures_of
from thongsuot.apps.oversight.models import LIVE, Commendation, CommendationView
from thongsuot.apps.registry.find import places_of
from thongsuot.apps.registry.models import Body, Person
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.reaching import reach_of
from thongsuot.apps.reporting import permit as reporting
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy
from thongsuot.rules.oversight import commendation as rules
from thongsuot.rules.registry.reach import BINDING

Result = dict[str, object]
CHAIN = "commendations"
MOST_ASKED = 50


def worded(text: object, name: str, most: int = 300, *, needed: bool = False) -> str:
    """A text on one line. Raises Refused: missing, too long, or no text."""
    clean = tidy(str(text or ""))
    if needed and not clean:
        raise Refused.because("oversight.needed", name)
    if len(clean) > most:
        raise Refused.because("oversight.too-long", name, most=most)
    if "\x00" in clean:
        raise Refused.because("oversight.not-text", name)
    return clean


def _chosen(value: object, allowed: Sequence[str]) -> str:
    text = str(value or "")
    if text not in allowed:
        raise Refused.because("oversight.choice-unknown", text[:40])
    return text


@action("oversight.commendation-proposed")
def propose(
    act: Act, *, proposer_id: int, commendation: Mapping[str, Any], demo: bool = False
) -> Result:
    """Propose a person or a collective for commendation, for a work, with its grounds.

    Shapes: ``commendation`` has body, form, grounds, decider; any of person (id), duty, plan or
    series (id), about (words). The figures of duties are taken as they stand today.

    Raises Refused: the same work in the same form is there already; a decider that is not the body
    itself or one above it; a person who does not work there.
    """
    permit.allow(act.by, "propose", rules.Sides(proposer=proposer_id))
    body, decider = int(commendation.get("body") or 0), int(commendation.get("decider") or 0)
    _judge_bodies(act, proposer_id, body, decider)
    person = _person(int(commendation.get("person") or 0), body, act.on)
    work, link, about = _work(act, commendation)
    grounds = worded(commendation.get("grounds"), "grounds", 4_000, needed=True)
    form = _chosen(commendation.get("form"), FormWord.values)
    name = person.full_name if person else body_names([body], act.on)[body]
    honoree = f"person:{person.pk}" if person else f"body:{body}"
    key = rules.work_key(work, link.get(f"{work}_id", 0), about)
    act.lock(CHAIN)
    _refuse_twice(rules.Given(honoree, key, form), name)
    figures = figures_of(body, person.pk if person else None, act.on)
    made = Commendation.objects.create(
        proposer_id=proposer_id, decider_id=decider, body_id=body, person=person,
        unit_id=next(iter(places_of(body)), None), honoree=honoree, named=name, form=form,
        work=work, work_key=key, about=about, grounds=grounds, figures=figures,
        proposed_on=act.on, folded=fold(f"{name} {about}")[:900], demo=demo, **link,
    )  # fmt: skip
    act.record(
        chain=CHAIN,
        subject=Ref("commendation", made.pk),
        after={"for": name, "about": about[:200], "form": form, "figures": figures},
        reason=grounds[:500],
    )
    telling.proposed(act, made)
    return {"commendation": made.pk}


def _refuse_twice(wanted: rules.Given, name: str) -> None:
    there = Commendation.objects.filter(LIVE, honoree=wanted.honoree, work_key=wanted.work)
    others = [rules.Given(*v) for v in there.values_list("honoree", "work_key", "form")]
    problem = rules.check_new(wanted, others, name)
    if problem is not None:
        raise Refused([problem])


def _judge_bodies(act: Act, proposer: int, body: int, decider: int) -> None:
    wanted = {body, decider}
    known = set(Body.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise Refused.because("oversight.body-unknown", ", ".join(map(str, sorted(wanted - known))))
    names = body_names(wanted, act.on)
    outside = reach_of(proposer, wanted, act.on).outside(sorted(wanted))
    if outside:
        raise Refused([Problem("oversight.outside", names[b]) for b in outside])
    if reach_of(decider, [body], act.on).way(body) not in BINDING:
        raise Refused.because("oversight.decider-not-above", names[decider])


def _person(pk: int, body: int, on: date) -> Person | None:
    if not pk:
        return None
    found = Person.objects.filter(pk=pk).first()
    if found is None or not works_at(pk, body, on):
        raise Refused.because("oversight.person-elsewhere", found.full_name if found else str(pk))
    return found


def _work(act: Act, given: Mapping[str, Any]) -> tuple[str, dict[str, int], str]:
    """What the work is in the system, and in words; what is out of sight cannot be named."""
    about = worded(given.get("about"), "about", 500)
    if given.get("duty"):
        duty = directives.duty_in_sight(act.by, int(given["duty"]))
        return WorkKind.DUTY, {"duty_id": duty.pk}, about or duty.task[:500]
    if given.get("plan"):
        plan = directives.plan_in_sight(act.by, int(given["plan"]))
        return WorkKind.PLAN, {"plan_id": plan.pk}, about or plan.title
    if given.get("series"):
        series = reporting.series_in_sight(act.by, int(given["series"]))
        return WorkKind.SERIES, {"series_id": series.pk}, about or series.name
    if not about:
        raise Refused.because("oversight.work-needed")
    return WorkKind.FREE, {}, about


def _take(act: Act, pk: int, doing: str, to: rules.Sides | None = None) -> Commendation:
    """The commendation, locked, with the right asked for. Raises Refused 404, 403, or 422."""
    permit.in_sight(act.by, pk)
    act.lock(CHAIN)
    row = Commendation.objects.get(pk=pk)
    permit.allow(act.by, doing, to or permit.sides(row))
    problem = rules.check_step(row.state, doing, row.named)
    if problem is not None:
        raise Refused([problem])
    return row


def _write(act: Act, row: Commendation, doing: str, reason: str = "", **columns: Any) -> None:
    before = {"state": row.state}
    for name, value in columns.items():
        setattr(row, name, value)
    row.state = rules.STEPS[row.state, doing]
    row.save(update_fields=["state", *columns])
    act.record(
        chain=CHAIN,
        subject=Ref("commendation", row.pk),
        before=before,
        after={"state": row.state, **{n: v for n, v in columns.items() if v}},
        reason=reason,
    )


@action("oversight.views-asked")
def ask_views(act: Act, *, commendation_id: int, bodies: Sequence[int]) -> Result:
    """Ask bodies what they think of it (lấy ý kiến)."""
    row = _take(act, commendation_id, "consult")
    wanted = list(dict.fromkeys(bodies))
    known = set(Body.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if not 0 < len(wanted) <= MOST_ASKED or set(wanted) - known:
        raise Refused.because("oversight.needed", "bodies")
    outside = reach_of(row.proposer_id, wanted, act.on).outside(wanted)
    if outside:
        names = body_names(outside, act.on)
        raise Refused([Problem("oversight.outside", names[b]) for b in outside])
    there = set(row.views.values_list("body", flat=True))
    fresh = [b for b in wanted if b not in there]
    CommendationView.objects.bulk_create(
        CommendationView(commendation=row, body_id=b) for b in fresh
    )
    _write(act, row, "consult")
    telling.asked(act, row, fresh)
    return {"commendation": row.pk, "asked": len(fresh)}


@action("oversight.view-given")
def give_view(
    act: Act, *, commendation_id: int, body_id: int, view: str, words: str = ""
) -> Result:
    """A body that was asked says what it thinks; a no says why."""
    row = _take(act, commendation_id, "opine", rules.Sides(asked=frozenset({body_id})))
    one = row.views.filter(body=body_id).first()
    if one is None:
        raise Refused.missing(Problem("oversight.missing"))
    one.view = _chosen(view, View.values)
    one.words = worded(words, "words", 1000, needed=one.view == View.DISAGREE)
    one.given_at, one.by_name = act.at, act.by.name[:200]
    one.save()
    _write(act, row, "opine", one.words[:500])
    return {"commendation": row.pk}


@action("oversight.commendation-decided")
def decide(act: Act, *, commendation_id: int, form: str, on: date, number: str = "") -> Result:
    """The head of the competent body decides: form, number of the decision, day, by whom.

    Praise may stand in a conclusion and needs no number; every other form does.
    """
    row = _take(act, commendation_id, "decide")
    chosen, signed = _chosen(form, FormWord.values), worded(number, "number", 60)
    if chosen != FormWord.PRAISE and not signed:
        raise Refused.because("oversight.number-needed", row.named)
    if on > act.on:
        raise Refused.because("oversight.day-ahead", on=on)
    if chosen != row.form:
        _refuse_twice(rules.Given(row.honoree, row.work_key, chosen), row.named)
    post = act.by.hat.post if act.by.hat else ""
    _write(
        act, row, "decide", form=chosen, number=signed, decided_on=on,
        decided_by=f"{act.by.name}, {post}"[:300],
    )  # fmt: skip
    telling.decided(act, row)
    return {"commendation": row.pk}


@action("oversight.commendation-declined")
def decline(act: Act, *, commendation_id: int, reason: str) -> Result:
    """The competent body does not commend, and says why."""
    row = _take(act, commendation_id, "decline")
    why = worded(reason, "reason", 500, needed=True)
    _end(act, row, "decline", why)
    return {"commendation": row.pk}


@action("oversight.commendation-withdrawn")
def withdraw(act: Act, *, commendation_id: int, reason: str) -> Result:
    """The proposer takes it back before it is decided."""
    row = _take(act, commendation_id, "withdraw")
    _end(act, row, "withdraw", worded(reason, "reason", 500, needed=True))
    return {"commendation": row.pk}


def _end(act: Act, row: Commendation, doing: str, why: str) -> None:
    row.reason = why
    row.save(update_fields=["reason"])
    _write(act, row, doing, why)


@action("oversight.commendation-announced")
def announce(act: Act, *, commendation_id: int, on: date, where: str) -> Result:
    """It was announced: when, and where (hội nghị, trang thông tin)."""
    row = _take(act, commendation_id, "announce")
    place = worded(where, "where", 300, needed=True)
    if on > act.on:
        raise Refused.because("oversight.day-ahead", on=on)
    if row.decided_on and on < row.decided_on:
        raise Refused.because("oversight.day-early", on=on)
    _write(act, row, "announce", announced_on=on, announced_at=place)
    return {"commendation": row.pk}
