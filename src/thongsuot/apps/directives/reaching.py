"""Who may be named in what a body issues: the rule of reach, asked once for many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.apps.directives.models import Document, Duty, Manner
from thongsuot.apps.directives.naming import names_of
from thongsuot.apps.registry.reaching import reach_of, standings
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.reach import BINDING, Reach, Standing


@dataclass(frozen=True, slots=True)
class Naming:
    """Whom a duty or a draft of one names, and whose work its assigner does with it."""

    assigner: int
    lead: int
    others: tuple[int, ...] = ()
    orders: tuple[int, ...] = ()
    subject: str = ""

    @property
    def bodies(self) -> frozenset[int]:
        """Every body there is to look up."""
        return frozenset({self.assigner, self.lead, *self.others, *self.orders} - {0})


def orders_of(above: Duty | None, document: Document | None) -> tuple[int, ...]:
    """Who gave the work: the assigner of the duty above, the issuer of the document.

    A request from aside gives nobody an order to hand down.
    """
    given = [above.assigner_id] if above is not None and above.manner == Manner.TASK else []
    return (*given, document.issuer_id) if document is not None else tuple(given)


def naming_of(duty: Duty) -> Naming:
    """Whom a duty names as it stands."""
    parts = tuple(sorted(p.body_id for p in duty.parts.all()))
    return Naming(
        assigner=duty.assigner_id,
        lead=duty.lead_id or 0,
        others=(duty.report_to_id or 0, *parts),
        orders=orders_of(duty.above, duty.document),
        subject=duty.task[:80],
    )


def judge(named: Sequence[Naming], on: date) -> list[Problem]:
    """One problem for each body that is named and may be addressed in no way."""
    known = standings({b for one in named for b in one.bodies}, on)
    outside = [
        (one, b) for one in named for b in _reach(one, known).outside((one.lead, *one.others))
    ]
    names = names_of((b for _one, b in outside), on)
    return [
        Problem("directives.out-of-reach", one.subject, {"body": names[b]}) for one, b in outside
    ]


def manners(named: Sequence[Naming], on: date) -> list[Manner]:
    """For each, whether it binds its lead or asks it, in the order given."""
    known = standings({b for one in named for b in one.bodies}, on)
    return [
        Manner.TASK if _reach(one, known).way(one.lead) in BINDING else Manner.REQUEST
        for one in named
    ]


def requests_among(duties: Sequence[Duty], on: date) -> frozenset[int]:
    """Those of the drafts that will ask their lead, not bind it; a draft without lead is neither."""
    led = [d for d in duties if d.lead_id]
    found = manners([naming_of(d) for d in led], on)
    return frozenset(d.pk for d, m in zip(led, found, strict=True) if m == Manner.REQUEST)


def _reach(one: Naming, known: Mapping[int, Standing]) -> Reach:
    own = known.get(one.assigner) or Standing(one.assigner, "", "")
    return Reach(own, tuple(known[b] for b in one.orders if b in known), known)


def judge_bound(
    owner: int, bodies: Iterable[int], on: date, document: Document | None
) -> list[Problem]:
    """The problem of those that a body may not task, as boards and plans of others need; or none."""
    reach = reach_of(owner, bodies, on, orders_of(None, document))
    return _said("directives.not-below", reach.unbound(bodies), on)


def judge_named(owner: int, bodies: Iterable[int], on: date) -> list[Problem]:
    """The problem of those that a body may address in no way; or none."""
    reach = reach_of(owner, bodies, on)
    return _said("directives.out-of-reach-each", reach.outside(bodies), on)


SHOWN = 5


def _said(code: str, bodies: Sequence[int], on: date) -> list[Problem]:
    if not bodies:
        return []
    names = names_of(bodies[:SHOWN], on)
    more = f" … (+{len(bodies) - SHOWN})" if len(bodies) > SHOWN else ""
    return [
        Problem(code, ", ".join(names[b] for b in bodies[:SHOWN]) + more, {"count": len(bodies)})
    ]
