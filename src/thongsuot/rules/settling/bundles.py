"""What moves together: a service unit, a project board or a scheme with all that belongs to it.

Remit, people, money, papers and contracts go to the same receiver on the same day, or the
exception is named with its reason and who decided it. The rule proposes what belongs; people say.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.settling.finance import account_key


class Sort(StrEnum):
    """What a bundle is about."""

    SERVICE_UNIT = "service-unit"  # đơn vị sự nghiệp công lập
    PROJECT_BOARD = "project-board"  # ban quản lý dự án, ban bồi thường
    SCHEME = "scheme"  # dự án, đề án


class Group(StrEnum):
    """What a part is in its bundle."""

    REMIT = "remit"
    PEOPLE = "people"
    MONEY = "money"
    PAPERS = "papers"
    CONTRACTS = "contracts"
    THINGS = "things"


NEEDED = (Group.REMIT, Group.PEOPLE, Group.MONEY, Group.PAPERS, Group.CONTRACTS)
LEADS: Mapping[Sort, frozenset[str]] = {
    Sort.SERVICE_UNIT: frozenset({"service_unit"}),
    Sort.PROJECT_BOARD: frozenset({"service_unit", "project"}),
    Sort.SCHEME: frozenset({"project"}),
}
_GROUPS: Mapping[str, Group] = {
    "task": Group.REMIT, "case": Group.REMIT, "service_unit": Group.REMIT, "project": Group.REMIT,
    "person": Group.PEOPLE, "finance": Group.MONEY, "archive": Group.PAPERS,
    "asset": Group.THINGS, "office": Group.THINGS, "seal": Group.THINGS, "dataset": Group.THINGS,
}  # fmt: skip
# Places in which nothing of an item is with its giver any more, and it went to nobody.
GONE = frozenset({"closed", "destroyed"})
STAYED = frozenset({"kept"})


@dataclass(frozen=True, slots=True)
class Thing:
    """An item of the ledger as far as a bundle asks.

    ``receiver`` is the confirmed one, 0: none; ``minutes`` the receiver of the live minutes it is
    on, 0: none; ``accepted_on`` the day on which it was received, None: not yet.
    """

    code: str
    kind: str
    title: str = ""
    giver: int = 0
    unit: int = 0
    field: str = ""
    parent: str = ""
    state: str = "held"
    receiver: int = 0
    accepted_on: date | None = None
    on_minutes: int = 0
    annex: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells items of all kinds apart: two kinds may share a code."""
        return f"{self.kind}:{self.code}"


def group_of(kind: str, annex: Mapping[str, object]) -> Group:
    """What an item of that kind is in a bundle; a data set may be a contract."""
    if kind == "dataset" and annex.get("dataset_type") == "contract":
        return Group.CONTRACTS
    return _GROUPS[kind]


# Why something is proposed, the surest first. The last two are hints that a person must tick.
PARENT, CODE, ACCOUNT, CONTRACT, NAME, PLACE = (
    "parent", "code", "account", "contract", "name", "same-place",
)  # fmt: skip
SURE = frozenset({PARENT, CODE, ACCOUNT, CONTRACT, NAME})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may belong to a bundle, by its key, and why."""

    key: str
    why: str

    @property
    def sure(self) -> bool:
        """Whether the link is written down somewhere, not only near."""
        return self.why in SURE


def propose(lead: Thing, things: Iterable[Thing]) -> tuple[Proposal, ...]:
    """What may belong to the lead, the surest first; never the lead itself, nothing twice."""
    seen = {lead.key}
    found = []
    for thing in things:
        if thing.key in seen:
            continue
        why = _why(lead, thing)
        if why:
            seen.add(thing.key)
            found.append(Proposal(thing.key, why))
    order = (PARENT, CODE, ACCOUNT, CONTRACT, NAME, PLACE)
    return tuple(sorted(found, key=lambda p: (order.index(p.why), p.key)))


def _why(lead: Thing, thing: Thing) -> str:
    if lead.code in (thing.parent, *_words(thing.annex)) or thing.code in _words(lead.annex):
        return PARENT if thing.parent == lead.code else CODE
    account = account_key(str(lead.annex.get("account") or ""))
    if account and account == account_key(str(thing.annex.get("account") or "")):
        return ACCOUNT
    number = str(thing.annex.get("contract_no") or "").strip()
    if number and fold(number) in fold(str(lead.annex.get("contracts") or "")):
        return CONTRACT
    if _names(lead, thing):
        return NAME
    near = thing.giver == lead.giver and thing.field == lead.field and thing.unit == lead.unit
    return PLACE if near and lead.unit and thing.kind != lead.kind else ""


def _words(annex: Mapping[str, object]) -> frozenset[str]:
    """The words of the annex that could be codes."""
    texts = (str(value) for value in annex.values() if isinstance(value, str))
    return frozenset(
        word.strip(".,;:()") for text in texts for word in text.replace(";", " ").split()
    )


def _names(lead: Thing, thing: Thing) -> bool:
    """Whether the thing speaks of the lead by its full name, of three words or more."""
    name = fold(lead.title)
    if len(name.split()) < 3:
        return False
    said = " ".join((thing.title, *(str(v) for v in thing.annex.values() if isinstance(v, str))))
    return f" {name} " in f" {fold(said)} "


def missing(
    lead: Thing, parts: Iterable[Thing], excepted: frozenset[str] = frozenset()
) -> tuple[Group, ...]:
    """The groups of which a bundle has no part and for which nobody has said why.

    Shapes: ``excepted`` are keys of items and names of groups. The lead counts as remit.
    """
    there = {group_of(part.kind, part.annex) for part in parts}
    there.add(group_of(lead.kind, lead.annex))
    return tuple(g for g in NEEDED if g not in there and g.value not in excepted)


def check_lead(sort: str, lead: Thing) -> Problem | None:
    """Whether that item may lead a bundle of that sort."""
    if sort not in set(Sort) or lead.kind not in LEADS[Sort(sort)]:
        return Problem("settling.bundle-lead-unfit", lead.code, {"kind": lead.kind})
    return None


def scattered(
    lead: Thing, parts: Iterable[Thing], excepted: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Parts that go to another receiver than the lead, or on another day, and are not excepted."""
    for part in parts:
        if part.key in excepted:
            continue
        if part.state in GONE or part.state in STAYED:
            yield Problem(
                "settling.part-ended", part.code, {"state": part.state, "lead": lead.code}
            )
        elif part.receiver != lead.receiver:
            yield Problem(
                "settling.part-elsewhere",
                part.code,
                {"lead": lead.code, "receiver": part.receiver, "wanted": lead.receiver},
            )
        elif _other_day(lead, part):
            yield Problem(
                "settling.part-other-day",
                part.code,
                {"lead": lead.code, "on": part.accepted_on, "wanted": lead.accepted_on},
            )


def _other_day(lead: Thing, part: Thing) -> bool:
    days = (lead.accepted_on, part.accepted_on)
    return None not in days and days[0] != days[1]


def left_behind(
    members: Iterable[Thing], receiver: int, excepted: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """What would stay behind if minutes to that receiver were signed.

    Shapes: ``members`` are the lead and the parts of one bundle, each with the receiver of the
    live minutes it is on. A member comes along when it is on live minutes to the same receiver, or
    was received by it already.
    """
    for one in members:
        comes = receiver in (one.on_minutes, one.receiver if one.accepted_on else 0)
        if not comes and one.key not in excepted:
            yield Problem(
                "settling.part-left-behind",
                one.code,
                {"title": one.title, "state": one.state, "minutes": one.on_minutes},
            )


def confirm_problems(
    lead: Thing, parts: tuple[Thing, ...], excepted: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Why a bundle is not yet one: no receiver, nothing in a group, parts that scatter."""
    found: list[Problem] = []
    if not lead.receiver:
        found.append(Problem("settling.lead-without-receiver", lead.code))
    if not parts:
        found.append(Problem("settling.bundle-empty", lead.code))
    found += [
        Problem("settling.group-missing", lead.code, {"group": group.value})
        for group in missing(lead, parts, excepted)
    ]
    found += scattered(lead, parts, excepted)
    return tuple(found)


def closing_problems(lead: Thing, confirmed: bool, about: str) -> tuple[Problem, ...]:
    """A bundle that was begun and never confirmed keeps the body of its lead from ending."""
    if confirmed or lead.state in GONE:
        return ()
    return (Problem("settling.bundle-open", lead.code, {"title": about}),)
