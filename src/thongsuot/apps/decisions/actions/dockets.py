"""Dockets: opened, given papers, consulted on, submitted, opined on, published, withdrawn."""

from datetime import date

from django.db.models import Q

from thongsuot.apps.decisions import permit, queries
from thongsuot.apps.decisions.actions.steps import begin, chain_of, take, worded
from thongsuot.apps.decisions.models import (
    Consultation,
    Docket,
    DocketPaper,
    DocketStep,
    Opinion,
    Task,
)
from thongsuot.apps.decisions.models.choices import PaperKind, Stance, Track
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import Body, BodyKind, BodyVersion
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.successors import may_take_over
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.decisions import docket as rules
from thongsuot.rules.decisions.access import Relation
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

OWNERS = (BodyKind.PEOPLES_COMMITTEE.value,)
PLAIN = frozenset({"skip-consult", "endorse", "redraft", "submit", "opine", "opine-urgent",
                   "return", "postpone", "decide", "publish", "finish", "withdraw"})  # fmt: skip
MOST_ASKED = 60


@action("decisions.docket-opened")
def open_docket(  # noqa: PLR0913  # what such a paper says
    act: Act,
    *,
    title: str,
    summary: str,
    track: str,
    basis: str = "",
    matter: str = "",
    urgent: bool = False,
    demo: bool = False,
) -> Result:
    """Begin a docket for the committee that the post speaks for (lập hồ sơ trình).

    The Party committee and the council are those of the same unit that day.

    Raises Refused: without a committee, or where Party or council are not in the registry.
    """
    owner = permit.own_body(act.by, OWNERS, act.on)
    if not owner:
        raise Refused.forbidden(Problem("decisions.no-owner", act.by.name))
    permit.allow(act.by, "docket.open", Relation(owner=owner))
    party = permit.beside(owner, BodyKind.PARTY_COMMITTEE, act.on)
    council = permit.beside(owner, BodyKind.PEOPLES_COUNCIL, act.on)
    least: dict[str, object] = {"least": rules.SHORTEST_REASON}
    problems = (
        (len(title.strip()) < rules.SHORTEST_REASON, "decisions.title-needed"),
        (len(summary.strip()) < rules.SHORTEST_REASON, "decisions.summary-needed"),
        (track not in Track.values, "decisions.title-needed"),
        (not party, "decisions.no-party"),
        (track == Track.COUNCIL and not council, "decisions.no-council"),
    )
    refuse_if(Problem(code, "", least) for wrong, code in problems if wrong)
    chain = f"docket:of:{owner}"
    entry = act.record(
        chain=chain, subject=Ref("body", owner), after={"title": title, "track": track},
        authority=basis,
    )  # fmt: skip
    row = Docket.objects.create(
        title=tidy(title)[:300], summary=summary.strip(), track=track, matter=matter,
        basis=tidy(basis)[:500], owner_id=owner, party_id=party, council_id=council or None,
        unit_id=permit.unit_of(owner), since=act.on, urgent=urgent,
        folded=fold(f"{title} {basis}")[:700], demo=demo, entry=entry,
    )  # fmt: skip
    return {"docket": row.pk, "state": row.state}


@action("decisions.paper-added")
def add_paper(  # noqa: PLR0913  # what such a paper says
    act: Act,
    *,
    docket_id: int,
    kind: str,
    title: str,
    number: str = "",
    day: date | None = None,
    file_id: int | None = None,
) -> Result:
    """Put a paper into a docket; the newest of its kind counts, earlier ones stay."""
    row = begin(act, docket_id, "docket.paper")
    if kind not in PaperKind.values or not title.strip():
        raise Refused.because("decisions.title-needed", row.code, least=1)
    if row.state in rules.OVER:
        facts: dict[str, object] = {"state": row.state, "act": kind}
        refuse_if(worded((Problem("decisions.not-in-this-state", row.code, facts),)))
    entry = act.record(
        chain=chain_of(row), subject=Ref("docket", row.pk), authority=number,
        after={"paper": kind, "title": title, "file": file_id},
    )  # fmt: skip
    made = DocketPaper.objects.create(
        docket=row, kind=kind, title=tidy(title)[:300], number=tidy(number)[:100],
        day=day or act.on, file_id=file_id, entry=entry,
    )  # fmt: skip
    return {"paper": made.pk}


@action("decisions.consulted")
def consult(act: Act, *, docket_id: int, bodies: list[int], due_on: date) -> Result:
    """Ask bodies for their opinion on the draft by a day (xin ý kiến, phối hợp thống nhất)."""
    row = begin(act, docket_id, "docket.consult")
    wanted = sorted({int(b) for b in bodies} - {row.owner_id})[:MOST_ASKED]
    known = set(
        BodyVersion.objects.on(act.on).filter(body__in=wanted).values_list("body", flat=True)
    )
    refuse_if(
        [
            *([] if wanted else [Problem("decisions.nobody-asked", row.code)]),
            *(Problem("decisions.body-unknown", str(b)) for b in wanted if b not in known),
            *(
                [Problem("decisions.due-before-today", row.code, {"due": due_on})]
                if due_on < act.on
                else ()
            ),
        ]
    )
    done = take(act, row, rules.Step("consult", act.on), after={"asked": wanted, "due": due_on})
    Consultation.objects.bulk_create(
        Consultation(docket=row, body_id=body, due_on=due_on, on=act.on, entry=act.entry)
        for body in wanted
    )
    return done


@action("decisions.opinion-given")
def give_opinion(
    act: Act, *, docket_id: int, stance: str, text: str = "", number: str = ""
) -> Result:
    """Answer as a body that was asked: agrees, with comments, or not; once."""
    row = begin(act, docket_id, "docket.opinion")
    if row.state != rules.CONSULTING:
        facts: dict[str, object] = {"state": row.state, "act": "consult"}
        refuse_if(worded((Problem("decisions.not-in-this-state", row.code, facts),)))
    hat = act.by.hat
    mine = hat.bodies | {hat.body} if hat else frozenset()
    asked = queries.newest_round(row).filter(body__in=mine)
    waiting = asked.filter(opinion__isnull=True).order_by("pk").first()
    if waiting is None:
        code = "decisions.answered-already" if asked.exists() else "decisions.not-asked"
        raise Refused.conflict(Problem(code, row.code))
    if stance not in Stance.values or (stance != Stance.AGREES and not text.strip()):
        raise Refused.because("decisions.comment-needed", row.code)
    entry = act.record(
        chain=chain_of(row), subject=Ref("docket", row.pk), authority=number,
        after={"opinion": stance, "of": waiting.body_id}, reason=text.strip(),
    )  # fmt: skip
    Opinion.objects.create(
        consultation=waiting, stance=stance, text=text.strip(), number=tidy(number)[:100],
        on=act.on, entry=entry,
    )  # fmt: skip
    return {"docket": row.pk, "of": waiting.body_id}


@action("decisions.step-taken")
def take_step(  # noqa: PLR0913  # what such a paper says
    act: Act,
    *,
    docket_id: int,
    doing: str,
    number: str = "",
    reason: str = "",
    on: date | None = None,
    fresh: bool = False,
) -> Result:
    """One step that needs no more than a number or a reason: submit, opine, decide, publish …

    ``fresh``: the person has just proved who it is; signing needs it.

    Raises Refused when the table does not allow it now, a paper, number or reason is missing.
    """
    if doing not in PLAIN:
        raise Refused.missing(Problem("decisions.missing"))
    row = begin(act, docket_id, f"docket.{doing}")
    if doing == "finish":
        refuse_if(queries.open_task_problems(row))
    return take(act, row, rules.Step(doing, on or act.on, tidy(number), reason, fresh))


@action("decisions.dockets-moved")
def move_open(act: Act, *, from_id: int, to_id: int, reason: str) -> Result:
    """Everything of a body that is not over goes to its successor: the body is ending.

    What a committee submits goes on with the committee, the Party and the council of the new
    unit; where the body only gives the opinion or decides in session, only that part changes. What
    it leads of decisions being carried out goes along.

    Raises Refused: 403 without the right; 422 when the successor is none, of another kind, has no
    council, when a docket still stands on an agenda, or nothing is open.
    """
    to = Relation(from_id, from_id, from_id, places=acts_in(from_id))
    permit.allow(act.by, "docket.move", to)
    act.lock(f"docket:of:{from_id}")
    name = body_names([from_id])[from_id]
    kind = Body.objects.filter(pk=from_id).values_list("kind", flat=True).first() or ""
    rows = list(
        Docket.objects.filter(Q(owner=from_id) | Q(party=from_id) | Q(council=from_id))
        .exclude(state__in=sorted(rules.OVER))
        .order_by("pk")
    )
    tasks = Task.objects.filter(lead=from_id, done_on__isnull=True, duty="")
    leads = tasks.count()
    if not rows and not leads:
        raise Refused.because("decisions.nothing-open", name)
    kinds = (kind,) if rows else ()
    if not may_take_over(from_id, to_id, act.on, kinds=kinds):
        raise Refused.because("decisions.no-successor", name)
    if len(reason.strip()) < rules.SHORTEST_REASON:
        raise Refused.because("decisions.reason-needed", name, least=rules.SHORTEST_REASON)
    changed = [_with_successor(row, from_id, to_id, act.on) for row in rows]
    refuse_if([p for row in changed for p in _not_movable(row)])
    entry = act.record(
        chain=f"docket:of:{from_id}", subject=Ref("body", from_id), reason=reason.strip(),
        after={"to": to_id, "count": len(rows), "tasks": leads, "dockets": [r.pk for r in rows[:100]]},
    )  # fmt: skip
    Docket.objects.bulk_update(changed, ["owner", "party", "council", "unit", "since"])
    DocketStep.objects.bulk_create(
        DocketStep(
            docket=row, act=rules.MOVE, src=row.state, dst=row.state, on=act.on,
            reason=reason.strip(), by_body_id=from_id, entry=entry,
        )
        for row in changed
    )  # fmt: skip
    tasks.update(lead=to_id)
    return {"count": len(rows), "tasks": leads}


def _with_successor(row: Docket, from_id: int, to_id: int, on: date) -> Docket:
    """The docket as it goes on, not saved yet: with what stands around its committee."""
    if row.owner_id == from_id:
        row.owner_id = to_id
        row.party_id = permit.beside(to_id, BodyKind.PARTY_COMMITTEE, on) or None
        row.council_id = permit.beside(to_id, BodyKind.PEOPLES_COUNCIL, on) or None
        row.unit_id = permit.unit_of(to_id)
    if row.party_id == from_id:
        row.party_id = to_id
    if row.council_id == from_id:
        row.council_id = to_id
    row.since = on
    return row


def _not_movable(row: Docket) -> list[Problem]:
    """What keeps a docket from going on with the successor."""
    problems = []
    if row.state == rules.SCHEDULED:
        problems.append(Problem("decisions.still-on-agenda", row.code, {"title": row.title}))
    if row.party_id is None:
        problems.append(Problem("decisions.no-party", row.code))
    if row.track == Track.COUNCIL and row.council_id is None:
        problems.append(Problem("decisions.no-council", row.code))
    return problems
