"""Delegation (ủy quyền) and acting in absence: who may sign instead, and what forbids a delegation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from thongsuot.rules.authority.table import Table
from thongsuot.rules.authority.values import Delegation
from thongsuot.rules.authority.world import Seat, World
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem

if TYPE_CHECKING:
    from thongsuot.rules.authority.asking import Question

DEEPEST = 5  # links of sub-delegation that are followed; no text allows so many


@dataclass(frozen=True, slots=True)
class Delegated:
    """Somebody who may sign instead: by which delegations, the first giver's first."""

    chain: tuple[Delegation, ...]
    seat: Seat | None

    @property
    def last(self) -> Delegation:
        """The delegation by which this person signs."""
        return self.chain[-1]


def chain_of(table: Table, one: Delegation) -> tuple[Delegation, ...]:
    """The delegation with those it was passed on from, the first giver's first."""
    chain = [one]
    while chain[0].parent and len(chain) < DEEPEST:
        parent = table.delegation.get(chain[0].parent)
        if parent is None or parent in chain:
            break
        chain.insert(0, parent)
    return tuple(chain)


def why_not(
    table: Table, one: Delegation, question: "Question", units: Iterable[int], field: str
) -> str:
    """Why a delegation does not cover a question; empty when it does.

    Returns not-signed, not-begun, over, parent-over, not-passable, scope, place or amount.
    """
    here = frozenset(units)
    chain = chain_of(table, one)
    if chain[0].parent:
        return "parent-over"  # it hangs on nothing
    for at, link in enumerate(chain):
        if not link.counts(question.on):
            return _silent(link, question.on) if link is one else "parent-over"
        if at and not chain[at - 1].passable:
            return "not-passable"
        if not link.speaks_of(question.matter, field):
            return "scope"
        if link.place and here.isdisjoint(link.place):
            return "place"
        if link.most is not None and (question.amount or 0) > link.most:
            return "amount"
    return ""


def _silent(one: Delegation, on: date) -> str:
    if not one.signed:
        return "not-signed"
    begun = one.period.since is None or one.period.since <= on
    return "over" if begun else "not-begun"


def delegates_of(
    table: Table, world: World, body: int, post: int, question: "Question", field: str
) -> tuple[Delegated, ...]:
    """Everybody who may sign for that post of that body, those acting in absence first.

    Shapes: ``post`` 0 takes the delegations of the body whatever the post that gave them.
    """
    units = tuple(world.chain(question.place, question.on).values())
    found = [
        Delegated(chain_of(table, one), seat)
        for one in _below(table, body, post)
        if not why_not(table, one, question, units, field)
        for seat in [_seat(world, one, question.on)]
        if seat is not None
    ]
    found.sort(key=lambda d: (not d.last.absence, len(d.chain), d.last.code, d.last.id))
    return tuple(found)


def _below(table: Table, body: int, post: int) -> Iterator[Delegation]:
    """The delegations of a post, and all that was passed on from them."""
    first = [
        d
        for d in table.given_by.get(body, ())
        if not d.parent and (not post or d.giver_post == post)
    ]
    seen: set[int] = set()
    waiting = list(first)
    while waiting:
        one = waiting.pop(0)
        if one.id in seen:
            continue
        seen.add(one.id)
        yield one
        waiting += [d for d in table.given_by.get(one.body, ()) if d.parent == one.id]


def _seat(world: World, one: Delegation, on: date) -> Seat | None:
    """Who signs by it that day: the person named, while in the post, or whoever is in the post."""
    seat = world.seat(one.post, on)
    if seat is None or (one.person and seat.person != one.person):
        return None
    return seat


def check_delegation(
    one: Delegation, parent: Delegation | None, longest: int | None = None
) -> list[Problem]:
    """What forbids a proposed delegation.

    Shapes: ``longest`` is the most days that the text allows, when one was read.
    """
    problems = list(_of_itself(one, longest))
    if parent is not None:
        problems += _under(one, parent)
    elif one.parent:
        problems.append(Problem("authority.parent-missing", one.code))
    return problems


def _of_itself(one: Delegation, longest: int | None) -> Iterator[Problem]:
    if one.post == one.giver_post or (one.giver_person and one.person == one.giver_person):
        yield Problem("authority.to-oneself", one.code)
    if one.period.since is None or one.period.until is None:
        yield Problem("authority.days-needed", one.code)
    elif longest is not None and (one.period.until - one.period.since).days > longest:
        yield Problem("authority.too-long", one.code, {"most": longest})
    if one.most is not None and one.most <= 0:
        yield Problem("authority.amount-unfit", one.code)
    for tenure, who in ((one.giver_tenure, "giver"), (one.receiver_tenure, "receiver")):
        if not _inside(one.period, tenure):
            yield Problem(f"authority.{who}-leaves-before", one.code, {"on": tenure.until})


def _inside(inner: Period, outer: Period) -> bool:
    """Whether a period begins in the other; it may be longer: then it stops with the other."""
    return inner.since is None or inner.since in outer


def _under(one: Delegation, parent: Delegation) -> Iterator[Problem]:
    facts = {"parent": parent.code}
    if one.absence:
        yield Problem("authority.absence-not-passed-on", one.code, facts)
    if not parent.passable:
        yield Problem("authority.not-passable", one.code, facts)
    if parent.post != one.giver_post:
        yield Problem("authority.parent-of-others", one.code, facts)
    end, most = parent.period.until, parent.most
    if end is not None and (one.period.until is None or one.period.until > end):
        yield Problem("authority.longer-than-parent", one.code, {**facts, "on": end})
    if most is not None and (one.most is None or one.most > most):
        yield Problem("authority.more-than-parent", one.code, {**facts, "most": most})
    if parent.matters and not (one.matters and one.matters <= parent.matters):
        yield Problem("authority.wider-than-parent", one.code, facts)
    if parent.place and not (one.place and one.place <= parent.place):
        yield Problem("authority.elsewhere-than-parent", one.code, facts)
