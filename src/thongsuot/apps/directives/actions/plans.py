"""Programmes, schemes, campaigns and congresses: their milestones, versions, and what is done."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.models import Milestone, Plan, PlanKind, PlanVersion
from thongsuot.apps.directives.naming import names_of
from thongsuot.apps.directives.reaching import judge_bound, judge_named
from thongsuot.apps.directives.steps import Result, chain_of, text_problems
from thongsuot.foundation import workdays
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.directives.roadmap import Step, check_roadmap, count_back
from thongsuot.rules.directives.templates import BY_CODE
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

MOST, MOST_OWNERS = 200, 400
DEEPEST = 12


@action("directives.plan-made")
def make_plan(
    act: Act,
    *,
    owner_id: int,
    plan: Mapping[str, Any],
    steps: Sequence[Mapping[str, Any]] = (),
    demo: bool = False,
) -> Result:
    """Make a plan with its first roadmap: of a template counted back from its day, or of steps.

    Shapes: ``plan`` has kind, title; any of day, template, above (id), document (id), year,
    theme. Each of ``steps`` has title and due_on; any of body (id), waits_for (the number of an
    earlier step here) and waits_for_id (a milestone of another plan).
    """
    act.lock(chain_of(owner_id))
    permit.allow(act.by, "plan.write", Sides(assigner=owner_id))
    title, theme = tidy(str(plan.get("title") or "")), tidy(str(plan.get("theme") or ""))
    problems = text_problems("title", title, 300, needed=True) + text_problems("theme", theme, 300)
    if plan.get("kind") not in PlanKind.values:
        value = str(plan.get("kind"))[:40]
        problems.append(Problem("directives.choice-unknown", title, {"value": value}))
    day, template = plan.get("day"), str(plan.get("template") or "")
    wanted, more = _wanted(template, day, steps)
    problems += more or _judged(act, wanted, day if isinstance(day, date) else None)
    refuse_if(problems)
    refuse_if(judge_named(owner_id, _bodies_of(wanted), act.on))
    made = Plan.objects.create(
        owner_id=owner_id,
        unit_id=permit.unit_of(owner_id),
        above_id=_above(act, int(plan.get("above") or 0)),
        document_id=_document(act, int(plan.get("document") or 0)),
        kind=plan["kind"],
        title=title,
        year=int(plan.get("year") or 0) or None,
        theme=theme,
        day=day,
        template=template,
        folded=fold(f"{title} {theme}")[:700],
        demo=demo,
        made_at=act.at,
    )
    entry = act.record(
        chain=chain_of(owner_id),
        subject=Ref("plan", made.pk),
        after={"title": title, "steps": len(wanted), "day": day},
    )
    PlanVersion.objects.create(
        plan=made, number=1, reason="", by_name=act.by.name, at=act.at, entry=entry.pk
    )
    _put(made, 1, wanted)
    return {"plan": made.pk}


def _wanted(
    template: str, day: object, steps: Sequence[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[Problem]]:
    """The steps to write: those of the template with their days, else those handed in."""
    if not template:
        return list(steps), []
    if template not in BY_CODE:
        return [], [Problem("directives.template-unknown", template[:40])]
    if not isinstance(day, date):
        return [], [Problem("directives.needed", "day", {"field": "day"})]
    dated = count_back(BY_CODE[template].lines, day, workdays.calendar())
    return [
        {"title": line.title, "due_on": on, "waits_for": n - 1}
        for n, (on, line) in enumerate(dated, 1)
    ], []


def _judged(act: Act, steps: Sequence[Mapping[str, Any]], day: date | None) -> list[Problem]:
    """Everything wrong with the steps of a roadmap, links into other plans among them."""
    if len(steps) > MOST:
        return [Problem("directives.steps-number", "", {"most": MOST})]
    found: list[Problem] = []
    for number, step in enumerate(steps, 1):
        title = tidy(str(step.get("title") or ""))
        found += text_problems("title", title, 500, needed=True, subject=title or f"#{number}")
        if not isinstance(step.get("due_on"), date):
            found.append(
                Problem("directives.day-unknown", title, {"value": str(step.get("due_on"))[:40]})
            )
        elif step.get("waits_for_id"):
            found += _elsewhere(act, number, step)
    if found:
        return found
    values = [
        Step(n, s["due_on"], (int(s["waits_for"]),) if s.get("waits_for") else ())
        for n, s in enumerate(steps, 1)
    ]
    last = workdays.calendar().on_or_after(day) if day else None
    return [
        *check_roadmap(values, last),
        *permit.bodies_known(int(s["body"]) for s in steps if s.get("body")),
    ]


def _bodies_of(steps: Sequence[Mapping[str, Any]]) -> list[int]:
    return [int(s["body"]) for s in steps if s.get("body")]


def _elsewhere(act: Act, number: int, step: Mapping[str, Any]) -> list[Problem]:
    """A milestone of another plan is in sight, in use, and not after the step that waits for it."""
    other = Milestone.objects.filter(pk=step["waits_for_id"]).select_related("plan").first()
    if other is None or not permit.visible_plans(act.by).filter(pk=other.plan_id).exists():
        return [Problem("directives.step-missing")]
    if other.due_on <= step["due_on"]:
        return []
    facts = {"on": step["due_on"], "after": other.due_on, "other": other.title[:60]}
    return [Problem("directives.step-too-early", str(number), facts)]


def _put(plan: Plan, version: int, steps: Sequence[Mapping[str, Any]]) -> None:
    made = Milestone.objects.bulk_create(
        Milestone(
            plan=plan,
            version=version,
            number=n,
            title=tidy(str(s["title"])),
            due_on=s["due_on"],
            body_id=int(s.get("body") or 0) or None,
            waits_for_id=int(s.get("waits_for_id") or 0) or None,
            done_on=s.get("done_on"),
            note=str(s.get("note") or "")[:500],
        )
        for n, s in enumerate(steps, 1)
    )
    for milestone, step in zip(made, steps, strict=True):
        if step.get("waits_for"):
            milestone.waits_for = made[int(step["waits_for"]) - 1]
    Milestone.objects.bulk_update(made, ["waits_for"], batch_size=500)


def _above(act: Act, plan_id: int) -> int | None:
    return permit.plan_in_sight(act.by, plan_id).pk if plan_id else None


def _document(act: Act, document_id: int) -> int | None:
    return permit.document_in_sight(act.by, document_id).pk if document_id else None


def _take(act: Act, plan_id: int, right: str, body: int = 0) -> Plan:
    found = permit.plan_in_sight(act.by, plan_id)
    act.lock(chain_of(found.owner_id))
    permit.allow(act.by, right, Sides(assigner=found.owner_id, lead=body))
    plan = Plan.objects.get(pk=plan_id)
    if plan.closed_on is not None:
        raise Refused.because("directives.plan-closed", plan.title)
    return plan


@action("directives.plan-spread")
def spread_plan(
    act: Act, *, plan_id: int, title: str, template: str, owners: Sequence[Mapping[str, Any]]
) -> Result:
    """Give many bodies a plan of their own, linked below this one, from one template.

    Shapes: each of ``owners`` has body (id) and day. A congress at two levels is made so: the
    upper one once, and each ward's with its own day. Who has one below it already is refused.
    """
    plan = _take(act, plan_id, "plan.write")
    called = tidy(title)
    problems = text_problems("title", called, 200, needed=True)
    if not 0 < len(owners) <= MOST_OWNERS:
        problems.append(Problem("directives.plans-number", called, {"most": MOST_OWNERS}))
    bodies = [int(o["body"]) for o in owners]
    problems += permit.bodies_known(bodies)
    taken = set(plan.below.filter(closed_on__isnull=True).values_list("owner", flat=True))
    if taken & set(bodies) or len(set(bodies)) != len(bodies):
        problems.append(Problem("directives.plan-twice", called))
    wanted = [_wanted(template, o.get("day"), ()) for o in owners]
    refuse_if([*problems, *(p for _steps, more in wanted for p in more)])
    refuse_if(judge_bound(plan.owner_id, bodies, act.on, plan.document))
    names = names_of(bodies, act.on)
    entry = act.record(
        chain=chain_of(plan.owner_id),
        subject=Ref("plan", plan.pk),
        after={"title": called, "owners": bodies, "template": template},
    )
    made = []
    for owner, (steps, _none) in zip(owners, wanted, strict=True):
        body = int(owner["body"])
        below = Plan.objects.create(
            owner_id=body,
            unit_id=permit.unit_of(body),
            above=plan,
            document=plan.document,
            kind=plan.kind,
            title=f"{called}, {names[body]}"[:300],
            year=plan.year,
            theme=plan.theme,
            day=owner["day"],
            template=template,
            folded=fold(f"{called} {names[body]}")[:700],
            demo=plan.demo,
            made_at=act.at,
        )
        PlanVersion.objects.create(
            plan=below, number=1, reason="", by_name=act.by.name, at=act.at, entry=entry.pk
        )
        _put(below, 1, steps)
        made.append(below.pk)
    return {"plans": made}


@action("directives.roadmap-rewritten")
def rewrite_roadmap(
    act: Act,
    *,
    plan_id: int,
    reason: str,
    steps: Sequence[Mapping[str, Any]],
    day: date | None = None,
) -> Result:
    """Write a roadmap again, with the reason: a new version; the old one stays to be read.

    What was done stays done where the title stays; who waited for a step of the old version waits
    for the one of the same title in the new one.
    """
    plan = _take(act, plan_id, "plan.write")
    problems = text_problems("reason", reason, 500, needed=True)
    if not steps:
        problems.append(Problem("directives.steps-number", plan.title, {"most": MOST}))
    refuse_if(problems + _judged(act, steps, day or plan.day))
    refuse_if(judge_named(plan.owner_id, _bodies_of(steps), act.on))
    old = {m.title: m for m in plan.milestones.filter(version=plan.version)}
    kept = [
        {**s, "done_on": o.done_on, "note": o.note}
        if (o := old.get(tidy(str(s["title"])))) is not None
        else s
        for s in steps
    ]
    before = {"version": plan.version, "day": plan.day}
    plan.version, plan.day = plan.version + 1, day or plan.day
    plan.save(update_fields=["version", "day"])
    _put(plan, plan.version, kept)
    _relink(plan, old)
    entry = act.record(
        chain=chain_of(plan.owner_id),
        subject=Ref("plan", plan.pk),
        before=before,
        after={"version": plan.version, "day": plan.day, "steps": len(steps)},
        reason=reason,
    )
    PlanVersion.objects.create(
        plan=plan, number=plan.version, reason=reason.strip(), by_name=act.by.name, at=act.at,
        entry=entry.pk,
    )  # fmt: skip
    return {"plan": plan.pk, "version": plan.version}


def _relink(plan: Plan, old: Mapping[str, Milestone]) -> None:
    """Whoever in another plan waited for a step goes on waiting for it in the new version."""
    fresh = {m.title: m for m in plan.milestones.filter(version=plan.version)}
    for title, milestone in old.items():
        if title in fresh:
            waiting = milestone.awaited_by.exclude(plan=plan)
            waiting.update(waits_for=fresh[title])
            milestone.duties.update(milestone=fresh[title])


@action("directives.step-done")
def finish_step(act: Act, *, plan_id: int, milestone_id: int, note: str = "") -> Result:
    """Say that a milestone of the roadmap in use is done; not before the one it waits for."""
    found = Milestone.objects.filter(pk=milestone_id, plan=plan_id).first()
    plan = _take(act, plan_id, "plan.step", found.body_id or 0 if found else 0)
    if found is None or found.version != plan.version:
        raise Refused.missing(Problem("directives.step-missing"))
    milestone = Milestone.objects.select_related("waits_for").get(pk=milestone_id)
    if milestone.done_on is not None:
        raise Refused.because("directives.step-done-already", milestone.title)
    awaited = milestone.waits_for
    if awaited is not None and awaited.done_on is None:
        raise Refused.because("directives.step-waits", milestone.title, other=awaited.title)
    refuse_if(text_problems("note", note, 500))
    milestone.done_on, milestone.note = act.on, note.strip()
    milestone.save(update_fields=["done_on", "note"])
    act.record(
        chain=chain_of(plan.owner_id),
        subject=Ref("milestone", milestone.pk),
        after={"done_on": act.on},
        reason=note,
    )
    return {"plan": plan.pk}


@action("directives.step-reopened")
def reopen_step(act: Act, *, plan_id: int, milestone_id: int, reason: str) -> Result:
    """A milestone was called done by mistake: it is open again, with the reason.

    Not while a milestone that waits for it, in whichever plan, is done.
    """
    found = Milestone.objects.filter(pk=milestone_id, plan=plan_id).first()
    plan = _take(act, plan_id, "plan.step", found.body_id or 0 if found else 0)
    if found is None or found.version != plan.version:
        raise Refused.missing(Problem("directives.step-missing"))
    milestone = Milestone.objects.get(pk=milestone_id)
    if milestone.done_on is None:
        raise Refused.because("directives.step-not-done", milestone.title)
    following = milestone.awaited_by.filter(done_on__isnull=False, version=F("plan__version"))
    follower = following.order_by("pk").first()
    if follower is not None:
        raise Refused.because("directives.step-followed", milestone.title, other=follower.title)
    refuse_if(text_problems("reason", reason, 500, needed=True))
    before = {"done_on": milestone.done_on, "note": milestone.note}
    milestone.done_on, milestone.note = None, ""
    milestone.save(update_fields=["done_on", "note"])
    act.record(
        chain=chain_of(plan.owner_id),
        subject=Ref("milestone", milestone.pk),
        before=before,
        after={"done_on": None},
        reason=reason.strip(),
    )
    return {"plan": plan.pk}
