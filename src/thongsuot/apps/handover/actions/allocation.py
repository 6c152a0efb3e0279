"""Writing allocation rules, running them over the items, and people confirming what they say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.actions.steps import (
    Result,
    begin,
    chain_of,
    name_of,
    not_held,
    refuse_first,
    select,
)
from thongsuot.apps.handover.models import (
    AllocationRule,
    Item,
    ReceiverLine,
    RuleShare,
    Transition,
)
from thongsuot.apps.handover.models.choices import Allocation, ItemState
from thongsuot.apps.handover.posting import insert_select, lines_digest, rebalanced
from thongsuot.apps.handover.queries.allocation import (
    heirs,
    rule_value,
    rules_in_force,
    subjects,
    undecided,
)
from thongsuot.apps.handover.selection import Choice, narrowed
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.handover.allocation import CLASH, GAP, PROPOSED, SHARED, Proposal, propose
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

Shares = Sequence[Mapping[str, int]]
OUTCOMES = {
    PROPOSED: Allocation.PROPOSED,
    SHARED: Allocation.SHARED,
    GAP: Allocation.GAP,
    CLASH: Allocation.CLASH,
}


@action("handover.rule-written")
def write_rule(
    act: Act, *, transition_id: int, rule: Mapping[str, Any], shares: Shares = ()
) -> Result:
    """Write an allocation rule.

    Shapes: ``rule`` has name and reason, any of kind, field, place (unit id), giver, priority,
    law, and one of receiver, to_successor (with heir_kind); or ``shares`` of {body, weight}.
    """
    transition = begin(act, transition_id)
    _may_write(act, transition, rule.get("giver"))
    made = _write(transition, rule, shares, None)
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("rule", made.pk),
        after={**rule, "shares": list(shares)},
        reason=made.reason,
        authority=made.law,
    )
    return {"rule": made.pk}


def _may_write(act: Act, transition: Transition, giver: int | None) -> None:
    permit.allow(act.by, "rule.write", Relation(giver=giver or 0, place=transition.unit_id))


RULE_FIELDS = {
    "name": "name",
    "kind": "kind",
    "field": "field",
    "place": "place_id",
    "giver": "giver_id",
    "priority": "priority",
    "receiver": "receiver_id",
    "to_successor": "to_successor",
    "heir_kind": "heir_kind",
    "reason": "reason",
    "law": "law",
}


def _write(
    transition: Transition, rule: Mapping[str, Any], shares: Shares, replaces: int | None
) -> AllocationRule:
    ways = bool(rule.get("receiver")) + bool(rule.get("to_successor")) + bool(shares)
    problems = [] if ways == 1 else [Problem("handover.rule-receiver")]
    problems += [
        Problem("handover.reason-needed", str(rule.get("name", "")))
        for key in ("name", "reason")
        if not str(rule.get(key, "")).strip()
    ]
    if rule.get("giver") and rule.get("giver") == rule.get("receiver"):
        problems.append(Problem("handover.receiver-is-giver"))
    refuse_if([*problems, *_unknown({rule.get("receiver"), *(s["body"] for s in shares)})])
    values = {column: rule[name] for name, column in RULE_FIELDS.items() if name in rule}
    made = AllocationRule.objects.create(transition=transition, replaces_id=replaces, **values)
    RuleShare.objects.bulk_create(
        RuleShare(rule=made, body_id=s["body"], weight=s["weight"]) for s in shares
    )
    return made


def _unknown(bodies: set[Any]) -> list[Problem]:
    wanted = {b for b in bodies if b}
    known = set(BodyVersion.objects.known().filter(body__in=wanted).values_list("body", flat=True))
    return [Problem("handover.receiver-unknown", str(b)) for b in sorted(wanted - known)]


def _rule(transition: Transition, rule_id: int) -> AllocationRule:
    found = AllocationRule.objects.filter(transition=transition, pk=rule_id).first()
    if found is None:
        raise Refused.missing(Problem("handover.rule-missing"))
    if found.retired_at is not None:
        raise Refused.because("handover.rule-retired", found.name)
    return found


@action("handover.rule-changed")
def change_rule(
    act: Act, *, transition_id: int, rule_id: int, rule: Mapping[str, Any], shares: Shares = ()
) -> Result:
    """Replace a rule by another; the old one stays on record, retired."""
    transition = begin(act, transition_id)
    old = _rule(transition, rule_id)
    _may_write(act, transition, old.giver_id)
    _may_write(act, transition, rule.get("giver"))
    AllocationRule.objects.filter(pk=rule_id).update(retired_at=act.at)
    made = _write(transition, rule, shares, rule_id)
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("rule", made.pk),
        before={"rule": rule_id},
        after={**rule, "shares": list(shares)},
        reason=made.reason,
        authority=made.law,
    )
    return {"rule": made.pk}


@action("handover.rule-retired")
def retire_rule(act: Act, *, transition_id: int, rule_id: int, reason: str) -> Result:
    """A rule no longer proposes anything; what it proposed before stays until it is run again."""
    transition = begin(act, transition_id)
    old = _rule(transition, rule_id)
    _may_write(act, transition, old.giver_id)
    AllocationRule.objects.filter(pk=rule_id).update(retired_at=act.at)
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("rule", rule_id),
        before={"name": old.name},
        reason=reason,
    )
    return {"rule": rule_id}


@action("handover.receivers-proposed")
def propose_receivers(
    act: Act, *, transition_id: int, wanted: Mapping[str, Any] | None = None
) -> Result:
    """Run the rules over every undecided item, or those of a filter (đề xuất nơi nhận).

    Confirmed items are left alone. Returns how many were proposed, shared, gaps and clashes.

    Raises Refused when there is no undecided item on which the person may do this.
    """
    transition = begin(act, transition_id)
    mine = permit.items_for(act.by, "items.propose", transition)
    items = undecided(narrowed(mine, wanted or {}))
    rules = [rule_value(r) for r in rules_in_force(transition_id)]
    counted = subjects(items)
    if not counted:
        raise Refused.because("handover.nothing-chosen")
    known = heirs(transition, {s.place for s in counted if s.place})
    answers = {subject: propose(subject, rules, known) for subject in counted}
    outcome = dict.fromkeys(OUTCOMES, 0)
    for subject, answer in answers.items():
        outcome[_lawful(subject.giver, answer).outcome] += counted[subject]
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("transition", transition_id),
        after={**outcome, "filter": dict(wanted or {}), "rules": [r.id for r in rules]},
    )
    with rebalanced(items) as fixed:
        _write_answers(
            [(s.kind, s.field, s.place, s.giver, _lawful(s.giver, a)) for s, a in answers.items()],
            fixed,
        )
    return {**outcome}


def _lawful(giver: int, answer: Proposal) -> Proposal:
    """A body cannot receive from itself: such an answer is a gap."""
    if answer.receiver and answer.receiver == giver:
        return Proposal(GAP, rule=answer.rule, why="receiver-is-giver")
    return answer


ANSWERS = """CREATE TEMP TABLE IF NOT EXISTS handover_answer (
    kind varchar(16) NOT NULL, field varchar(120) NOT NULL, place bigint NOT NULL,
    giver bigint NOT NULL, allocation varchar(9) NOT NULL, receiver bigint, rule bigint,
    reason text NOT NULL, why varchar(16) NOT NULL, candidates text NOT NULL,
    PRIMARY KEY (kind, field, place, giver))"""


def _write_answers(
    answers: Sequence[tuple[str, str, int, int, Proposal]], items: "QuerySet[Item]"
) -> None:
    """Write every answer to the items it is about, in one statement."""
    json = "a.candidates" if connection.vendor == "sqlite" else "CAST(a.candidates AS jsonb)"
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS)
        cursor.execute("DELETE FROM handover_answer")
        cursor.executemany(
            f"INSERT INTO handover_answer VALUES ({', '.join(['%s'] * 10)})",
            [
                (
                    kind,
                    field,
                    place,
                    giver,
                    str(OUTCOMES[a.outcome]),
                    a.receiver or None,
                    a.rule or None,
                    a.reason,
                    a.why[:16],
                    str(list(a.candidates)),
                )
                for kind, field, place, giver, a in answers
            ],
        )
        cursor.execute(
            "UPDATE handover_item SET allocation = a.allocation, receiver_id = a.receiver, "
            f"rule_id = a.rule, reason = a.reason, why = a.why, candidates = {json} "
            "FROM handover_answer a WHERE a.kind = handover_item.kind "
            "AND a.field = handover_item.field AND a.giver = handover_item.giver_id "
            "AND a.place = COALESCE(handover_item.unit_id, 0) "
            "AND handover_item.id IN (SELECT item_id FROM handover_touched)"
        )
        cursor.execute("DELETE FROM handover_answer")


@action("handover.allocation-confirmed")
def confirm_allocation(act: Act, *, transition_id: int, choice: Choice) -> Result:
    """People confirm the proposed receivers of the chosen items (chốt nơi nhận).

    Raises Refused naming items without a proposal or no longer with their giver.
    """
    transition = begin(act, transition_id)
    items = select(act, transition, "items.confirm", choice)
    refuse_first(items.exclude(state=ItemState.HELD), not_held)
    refuse_first(
        items.exclude(allocation__in=(Allocation.PROPOSED, Allocation.CONFIRMED)),
        lambda item: Problem("handover.no-proposal", item.code),
    )
    waiting = items.filter(allocation=Allocation.PROPOSED)
    rows = waiting.order_by("pk").values_list("pk", "receiver").iterator(5_000)
    digest, count = lines_digest(rows), waiting.count()
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("transition", transition_id),
        after={"confirmed": count, "receivers_digest": digest},
    )
    with rebalanced(waiting) as fixed:
        write_decisions(fixed, entry, F("receiver"), F("rule"), F("reason"))
        fixed.update(allocation=Allocation.CONFIRMED, changed_at=entry.at)
    return {"count": count}


def write_decisions(
    items: "QuerySet[Item]", entry: Entry, receiver: int | F, rule: int | F | None, reason: str | F
) -> int:
    """Write one line per item whose receiver people have decided; returns how many."""
    values = {
        "receiver": receiver,
        "rule": rule,
        "reason": reason,
        "at": entry.at,
        "entry": entry.pk,
    }
    return insert_select(ReceiverLine, ("item", *values), items, values)


@action("handover.receiver-chosen")
def override_receiver(
    act: Act,
    *,
    transition_id: int,
    choice: Choice,
    receiver_id: int,
    reason: str,
    authority: str = "",
) -> Result:
    """A person names the receiver of the chosen items, against or without the rules; confirmed.

    Raises Refused without a reason, for items no longer with their giver, and for a receiver that
    is the giver, is unknown or ends itself.
    """
    transition = begin(act, transition_id)
    items = select(act, transition, "items.override", choice)
    refuse_first(items.exclude(state=ItemState.HELD), not_held)
    problems = [] if reason.strip() else [Problem("handover.reason-needed")]
    problems += _unknown({receiver_id})
    if items.filter(giver=receiver_id).exists():
        problems.append(Problem("handover.receiver-is-giver"))
    if transition.bodies.filter(body=receiver_id, side="ends").exists():
        problems.append(Problem("handover.receiver-unknown", name_of(receiver_id)))
    refuse_if(problems)
    rows = items.order_by("pk").values_list("pk", flat=True).iterator(5_000)
    digest, count = lines_digest((pk, receiver_id) for pk in rows), items.count()
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("transition", transition_id),
        after={"chosen": count, "receiver": receiver_id, "receivers_digest": digest},
        reason=reason,
        authority=authority,
    )
    with rebalanced(items) as fixed:
        write_decisions(fixed, entry, receiver_id, None, reason)
        fixed.update(
            allocation=Allocation.CONFIRMED,
            receiver=receiver_id,
            rule=None,
            reason=reason,
            why="",
            candidates=[],
            changed_at=entry.at,
        )
    return {"count": count}
