"""What a rule must say before it stands in the register, and when it may be published."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from thongsuot.rules.authority.texts import within
from thongsuot.rules.authority.values import CHECKERS, Rule, RuleKind, Status, Tier
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem

REVIEWS = ("applies", "ready", "blocked", "not-ours")


def check_rule(rule: Rule, texts: Collection[str]) -> Iterator[Problem]:
    """Everything wrong with one rule; ``texts`` are the keys of the register of texts."""
    for column, value in (("code", rule.code), ("matter", rule.matter)):
        if not value:
            yield Problem(f"authority.{column}-missing", column, {"code": rule.code})
    if rule.kind not in set(RuleKind):
        yield Problem("authority.kind-unknown", "kind", {"value": rule.kind})
    yield from _offices(rule)
    yield from _citation(rule, texts)
    if rule.least is not None and rule.most is not None and rule.most < rule.least:
        yield Problem("authority.amounts-crossed", "most", {"least": rule.least})


def _offices(rule: Rule) -> Iterator[Problem]:
    for column, office in (("to_tier", rule.to), ("from_tier", rule.origin)):
        if office is not None and office.tier not in set(Tier):
            yield Problem("authority.tier-unknown", column, {"value": office.tier})
    if rule.origin == rule.to:
        yield Problem("authority.to-itself", "to_tier", {"code": rule.code})


def _citation(rule: Rule, texts: Collection[str]) -> Iterator[Problem]:
    if not rule.basis.text:
        yield Problem("authority.basis-missing", "text", {"code": rule.code})
    elif rule.basis.text not in texts:
        yield Problem("authority.text-unknown", "text", {"value": rule.basis.text})
    if rule.basis.clause and not rule.basis.article:
        yield Problem("authority.clause-without-article", "article", {"value": rule.basis.clause})


def check_publish(rule: Rule, checkers: int) -> Iterator[Problem]:
    """Why a draft may not be published yet."""
    if rule.status != Status.DRAFT:
        yield Problem("authority.not-a-draft", rule.code)
    if checkers < CHECKERS:
        yield Problem("authority.not-checked", rule.code, {"count": checkers, "needed": CHECKERS})


def own_period(period: Period, held_until: date | None) -> Period:
    """The days for which a version answers, once a later one took its place from a day on."""
    if held_until is None or (period.until is not None and period.until <= held_until):
        return period
    return Period(period.since, held_until)


def held_before(since: date | None, held_until: date | None, then: date | None) -> date | None:
    """Until when an earlier version answers when one that begins on ``then`` is published.

    Shapes: ``then`` None begins before all days; ``held_until`` is what held already.

    Returns None when nothing of it is left: the new version says the same days anew.
    """
    if then is None or (since is not None and since >= then):
        return None
    return then if held_until is None else min(held_until, then)


def versions_in_force(published: Sequence[Rule]) -> tuple[Rule, ...]:
    """The versions of one rule that answer, each for its own days.

    Shapes: in the order in which they were published; each takes over from its first day on, and
    those before it keep the days before.
    """
    left: list[Rule] = []
    for rule in published:
        since = rule.period.since
        kept = []
        for old in left:
            until = held_before(old.period.since, None, since)
            if until is not None:
                period = own_period(old.period, until)
                force = None if old.force is None else within(period, old.force)
                kept.append(replace(old, period=period, force=force))
        left = [*kept, rule]
    return tuple(left)


def check_review(state: str, reason: str) -> Iterator[Problem]:
    """What is wrong with a ward's word on a rule: blocked needs to say by what."""
    if state not in REVIEWS:
        yield Problem("authority.review-unknown", "state", {"value": state})
    if state in ("blocked", "not-ours") and not reason.strip():
        yield Problem("authority.review-reason", "reason")
