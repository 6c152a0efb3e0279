"""Doing: raising, joining, answering, passing on, asking again, and keeping the library."""

from datetime import date

from thongsuot.apps.difficulties import index, permit, routing, telling
from thongsuot.apps.difficulties.choices import Answer, Sort, State
from thongsuot.apps.difficulties.models import (
    Difficulty,
    DifficultyStep,
    Situation,
    SituationUse,
)
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.successors import may_take_over
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.difficulties import lifecycle as life
from thongsuot.rules.difficulties.access import Relation
from thongsuot.rules.difficulties.routing import NAMED, Route
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

CHAIN = "difficulties"
BULK = 2_000


def standing_of(row: Difficulty) -> life.Standing:
    """A difficulty as the rules see it. Passing bodies since it was last asked again."""
    passed: set[int] = set()
    for step in row.steps.order_by("pk"):
        if step.act == life.ASK_AGAIN:
            passed.clear()
        elif step.act == life.PASSED and step.by_body_id:
            passed.add(step.by_body_id)
    return life.Standing(
        row.state, row.holder_id, row.raiser_id, row.due_on, frozenset(passed), row.answer
    )


def _mine(act: Act) -> int:
    """The body for which the person raises: the body served by a team, else the own one."""
    hat = act.by.hat
    if hat is None:
        raise Refused.forbidden(Problem("difficulties.no-post-today", act.by.name))
    return hat.body


@action("difficulties.raised")
def raise_difficulty(  # what such a paper says
    act: Act,
    *,
    sort: str,
    title: str,
    text: str,
    field: str,
    article: str = "",
    matter: str = "",
    urgent: bool = False,
    reserved: bool = False,
    about: str = "",
    about_path: str = "",
    occasion: str = "",
    ordinal: int | None = None,
    demo: bool = False,
) -> Result:
    """Raise a difficulty or a proposal; the rules of authority say who must answer, by a day.

    Raises Refused: 403 without a post that may, 422 for what is missing in it.
    """
    body = _mine(act)
    permit.allow(act.by, "raise", Relation(raiser=body))
    refuse_if(life.check_raised(title, text, field, article))
    if sort not in Sort.values:
        raise Refused.because("difficulties.field-needed", sort[:20])
    act.lock(CHAIN)
    found = routing.route_for(matter, body, act.on)
    due = life.due_on(act.on, calendar_around(act.on.year), urgent=urgent)
    ref = Ref.parse(about) if about else None
    units = sorted(acts_in(body))
    row = Difficulty(
        sort=sort, title=tidy(title)[:300], text=text.strip(), field=field, article=tidy(article),
        matter=matter, raiser_id=body, unit_id=units[0] if units else None,
        holder_id=found.body, urgent=urgent, reserved=reserved, raised_on=act.on, due_on=due,
        occasion=tidy(occasion), ordinal=ordinal, about_kind=ref.kind if ref else "",
        about_id=ref.id if ref else None, about_path=about_path,
        folded=fold(f"{title} {article} {occasion}")[:700], demo=demo,
    )  # fmt: skip
    return _raised(act, row, found)


def _raised(act: Act, row: Difficulty, found: Route) -> Result:
    entry = act.record(
        chain=CHAIN,
        subject=Ref("body", row.raiser_id),
        after={"title": row.title, "field": row.field, "article": row.article,
               "holder": row.holder_id, "why": found.why, "due": row.due_on,
               "same_as": row.same_as_id},
        authority=found.basis,
    )  # fmt: skip
    row.entry = entry
    row.save(force_insert=True)
    index.note_difficulty(row)
    _step(act, row, life.RAISE, why=found.why, basis=found.basis)
    telling.arrived(act, row)
    return {"difficulty": row.pk, "holder": row.holder_id, "why": found.why,
            "due": row.due_on.isoformat()}  # fmt: skip


def _step(
    act: Act,
    row: Difficulty,
    what: str,
    *,
    text: str = "",
    basis: str = "",
    why: str = "",
    by: int | None = None,
) -> None:
    hat = act.by.hat
    DifficultyStep.objects.create(
        difficulty=row, act=what, by_body_id=by or (hat.body if hat and hat.body else None),
        to_body_id=row.holder_id, why=why, text=text.strip(), basis=basis.strip()[:500],
        due_on=row.due_on, on=act.on, entry=act.entry,
    )  # fmt: skip


@action("difficulties.joined")
def join_difficulty(act: Act, *, difficulty_id: int, text: str = "") -> Result:
    """Say that one's own body has the same: one answer then serves both.

    What was answered already is answered for the new one at once.

    Raises Refused: 404 for a reserved one of others, 409 when the body has raised or joined it.
    """
    body = _mine(act)
    permit.allow(act.by, "join", Relation(raiser=body))
    act.lock(CHAIN)
    first = Difficulty.objects.filter(pk=difficulty_id).first()
    if first is not None and first.same_as_id:
        first = Difficulty.objects.get(pk=first.same_as_id)
    if first is None or (first.reserved and not permit.visible(act.by).filter(pk=first.pk)):
        raise Refused.missing(Problem("difficulties.missing"))
    refuse_if(life.check_same(first.state, first.pk, 0))
    same = first.joined.filter(raiser=body).exclude(state=life.WITHDRAWN)
    if first.raiser_id == body or same.exists():
        raise Refused.conflict(Problem("difficulties.joined-already", first.code))
    units = sorted(acts_in(body))
    row = Difficulty(
        sort=first.sort, title=first.title, text=text.strip() or first.text, field=first.field,
        article=first.article, matter=first.matter, raiser_id=body,
        unit_id=units[0] if units else None, holder_id=first.holder_id, state=first.state,
        answer=first.answer, answered_on=first.answered_on, urgent=first.urgent,
        reserved=first.reserved, raised_on=act.on, due_on=first.due_on, same_as=first,
        folded=first.folded, demo=first.demo,
    )  # fmt: skip
    return _raised(act, row, Route(first.holder_id, ""))


def _root(act: Act, difficulty_id: int, right: str) -> Difficulty:
    """The difficulty, locked, in sight, not following another, and open to that right."""
    act.lock(CHAIN)
    row = permit.in_sight(act.by, difficulty_id)
    permit.allow(act.by, right, permit.relation(row))
    if row.same_as_id:
        raise Refused.because("difficulties.follows", f"VM-{row.same_as_id}")
    return row


def _take(act: Act, row: Difficulty, step: life.Step, *, why: str = "") -> Result:
    """Check a step, record it, and let all that have the same follow."""
    standing = standing_of(row)
    refuse_if(_named(life.check_step(standing, step, row.code)))
    due = life.due_on(act.on, calendar_around(act.on.year), urgent=row.urgent)
    now = life.after(standing, step, due)
    act.record(
        chain=CHAIN,
        subject=Ref("difficulty", row.pk),
        before={"state": row.state, "holder": row.holder_id},
        after={"act": step.act, "state": now.state, "holder": now.holder, "due": now.due_on},
        reason=step.text.strip(),
        authority=step.basis.strip(),
    )
    row.state, row.holder_id, row.due_on = now.state, now.holder, now.due_on
    row.answer = now.answer if now.answer in Answer.values else ""
    row.answered_on = act.on if row.answer else None
    row.save(update_fields=["state", "holder", "due_on", "answer", "answered_on"])
    _step(act, row, step.act, text=step.text, basis=step.basis, why=why)
    _follow(row)
    return {"difficulty": row.pk, "state": row.state, "holder": row.holder_id,
            "due": row.due_on.isoformat()}  # fmt: skip


def _named(problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems with bodies and states called by their names."""
    bodies = body_names(int(str(p.facts["body"])) for p in problems if "body" in p.facts)
    words: dict[object, object] = dict(State.choices)
    return [
        Problem(p.code, p.subject, {
            **p.facts,
            **({"body": bodies.get(int(str(p.facts["body"])), "")} if "body" in p.facts else {}),
            **({"state": str(words.get(p.facts["state"], ""))} if "state" in p.facts else {}),
        }, p.law, p.blocks)
        for p in problems
    ]  # fmt: skip


def _follow(row: Difficulty) -> None:
    """Those that have the same stand where the first stands; the withdrawn ones stay withdrawn."""
    row.joined.exclude(state=life.WITHDRAWN).update(
        state=row.state, holder=row.holder_id, due_on=row.due_on, answer=row.answer,
        answered_on=row.answered_on,
    )  # fmt: skip


@action("difficulties.answered")
def answer_difficulty(
    act: Act, *, difficulty_id: int, answer: str, text: str, basis: str = ""
) -> Result:
    """Answer: accepted, partly, or refused with the article; it serves all who have the same."""
    row = _root(act, difficulty_id, "answer")
    if answer not in Answer.values:
        raise Refused.because("difficulties.answer-needed", row.code, least=life.SHORTEST_REASON)
    done = _take(act, row, life.Step(answer, act.on, text, basis))
    telling.answered(act, row)
    return done


@action("difficulties.passed-on")
def pass_on(act: Act, *, difficulty_id: int, to_id: int, text: str, basis: str) -> Result:
    """Pass it to the body that is competent: named, existing, and not one that passed it on before."""
    row = _root(act, difficulty_id, "pass")
    _refuse_unknown(to_id, act.on)
    done = _take(act, row, life.Step(life.PASSED, act.on, text, basis, to_id), why=NAMED)
    telling.arrived(act, row)
    return done


def _refuse_unknown(body: int, on: date) -> None:
    if body and not routing.exists_on(body, on):
        raise Refused.because("difficulties.body-unknown", str(body), on=on)


@action("difficulties.asked-again")
def ask_again(act: Act, *, difficulty_id: int, text: str) -> Result:
    """The answer does not help: the nearest superior of who gave it is asked."""
    row = _root(act, difficulty_id, "ask-again")
    above = next(iter(routing.superiors(row.holder_id, act.on)), row.holder_id)
    done = _take(act, row, life.Step(life.ASK_AGAIN, act.on, text, "", above))
    telling.arrived(act, row)
    return done


@action("difficulties.reminded")
def remind(act: Act, *, difficulty_id: int, text: str = "") -> Result:
    """Remind who holds it; the reminder is on record."""
    row = _root(act, difficulty_id, "remind")
    done = _take(act, row, life.Step(life.REMIND, act.on, text))
    telling.reminded(act, row)
    return done


@action("difficulties.withdrawn")
def withdraw(act: Act, *, difficulty_id: int, text: str) -> Result:
    """The raiser takes it back. When others have the same, the earliest of them goes on in its place."""
    act.lock(CHAIN)
    row = permit.in_sight(act.by, difficulty_id)
    permit.allow(act.by, "withdraw", permit.relation(row))
    heirs = list(row.joined.exclude(state=life.WITHDRAWN).order_by("pk"))
    if heirs and row.state == life.WAITING:
        heir, *others = heirs
        Difficulty.objects.filter(pk=heir.pk).update(same_as=None)
        Difficulty.objects.filter(pk__in=[o.pk for o in others]).update(same_as=heir.pk)
    return _take(act, row, life.Step(life.WITHDRAW, act.on, text))


@action("difficulties.moved")
def move_open(act: Act, *, from_id: int, to_id: int, text: str) -> Result:
    """Everything that waits with a body goes to its successor at once: the body is ending.

    The successor acts where the body acts or acted, or above; it may begin on the day of the change.

    Raises Refused: 403 without the right, 422 when nothing waits there or nobody takes it.
    """
    act.lock(CHAIN)
    permit.allow(act.by, "move", Relation(holder=from_id, places=acts_in(from_id)))
    if not may_take_over(from_id, to_id, act.on):
        raise Refused.because("difficulties.no-successor", body_names([from_id])[from_id])
    rows = list(Difficulty.objects.filter(holder=from_id, state=life.WAITING)[:BULK])
    if not rows:
        raise Refused.because("difficulties.nothing-open", body_names([from_id])[from_id])
    step = life.Step(life.MOVE, act.on, text, "", to_id)
    refuse_if(p for row in rows for p in life.check_step(standing_of(row), step, row.code))
    entry = act.record(
        chain=CHAIN,
        subject=Ref("body", from_id),
        after={"to": to_id, "count": len(rows), "difficulties": [r.pk for r in rows[:100]]},
        reason=text.strip(),
    )
    Difficulty.objects.filter(pk__in=[r.pk for r in rows]).update(holder=to_id)
    DifficultyStep.objects.bulk_create(
        DifficultyStep(
            difficulty=row, act=life.MOVE, by_body_id=from_id, to_body_id=to_id,
            text=text.strip(), due_on=row.due_on, on=act.on, entry=entry,
        )
        for row in rows
    )  # fmt: skip
    return {"count": len(rows)}


@action("difficulties.situation-written")
def write_situation(
    act: Act, *, difficulty_id: int, title: str, question: str, answer: str
) -> Result:
    """Put an answered difficulty into the library, in words that name nobody."""
    row = _root(act, difficulty_id, "situation")
    refuse_if(
        [
            *([Problem("difficulties.not-answered-yet", row.code)] if not row.answer else ()),
            *([Problem("difficulties.reserved-stays", row.code)] if row.reserved else ()),
            *life.check_raised(title, question, row.field, row.article or "–"),
            *(
                [Problem("difficulties.answer-needed", row.code, {"least": life.SHORTEST_REASON})]
                if len(answer.strip()) < life.SHORTEST_REASON
                else ()
            ),
        ]
    )
    if Situation.objects.filter(source=row).exists():
        raise Refused.conflict(Problem("difficulties.situation-there", row.code))
    entry = act.record(chain=CHAIN, subject=Ref("difficulty", row.pk), after={"title": title})
    made = Situation.objects.create(
        title=tidy(title)[:300], question=question.strip(), answer=answer.strip(),
        field=row.field, article=row.article, source=row, body_id=row.holder_id, on=act.on,
        folded=fold(f"{title} {row.article}")[:700], demo=row.demo, entry=entry,
    )  # fmt: skip
    index.note_situation(made)
    return {"situation": made.pk}


@action("difficulties.situation-retired")
def retire_situation(act: Act, *, situation_id: int, reason: str) -> Result:
    """An answer of the library no longer holds: it stays readable and is offered to nobody."""
    act.lock(CHAIN)
    row = permit.situation_in_sight(act.by, situation_id)
    permit.allow(act.by, "situation", Relation(holder=row.body_id, places=acts_in(row.body_id)))
    if row.retired_on:
        raise Refused.conflict(Problem("difficulties.situation-retired"))
    if len(reason.strip()) < life.SHORTEST_REASON:
        raise Refused.because("difficulties.answer-needed", "", least=life.SHORTEST_REASON)
    act.record(chain=CHAIN, subject=Ref("situation", row.pk), reason=reason.strip())
    Situation.objects.filter(pk=row.pk).update(retired_on=act.on, retired_why=reason.strip()[:500])
    return {"situation": row.pk}


@action("difficulties.situation-used")
def use_situation(act: Act, *, situation_id: int) -> Result:
    """Note that an answer of the library helped: one's own body need not ask any more."""
    body = _mine(act)
    permit.allow(act.by, "join", Relation(raiser=body))
    act.lock(CHAIN)
    row = permit.situation_in_sight(act.by, situation_id)
    if row.retired_on:
        raise Refused.because("difficulties.situation-retired")
    if SituationUse.objects.filter(situation=row, body=body).exists():
        raise Refused.conflict(Problem("difficulties.used-already"))
    entry = act.record(chain=CHAIN, subject=Ref("situation", row.pk), after={"body": body})
    SituationUse.objects.create(situation=row, body_id=body, on=act.on, entry=entry)
    return {"situation": row.pk}
