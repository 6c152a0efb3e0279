"""Rules of competence as plain values: who passed what to whom, by which article, until when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.rules.kernel.period import Period


class Tier(StrEnum):
    """A tier of government; the district tier has no unit in force after 30 June 2025."""

    CENTRE = "centre"  # trung ương
    PROVINCE = "province"  # cấp tỉnh
    DISTRICT = "district"  # cấp huyện
    COMMUNE = "commune"  # cấp xã


class RuleKind(StrEnum):
    """By which of the four ways a power came to whoever has it."""

    DEVOLUTION = "devolution"  # phân quyền: by law
    DECENTRALISATION = "decentralisation"  # phân cấp: by a normative document
    DELEGATION = "delegation"  # ủy quyền: for a time, the giver still answers
    DIVISION = "division"  # phân định thẩm quyền: among the tiers


EVER = Period()
PASSES_ON = frozenset({RuleKind.DECENTRALISATION, RuleKind.DELEGATION})


class Status(StrEnum):
    """How far a rule is in the register."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """Whoever has a power, told without a place: tier, organ, post.

    ``organ`` is a kind of body, empty when the text only names the tier. ``title`` empty: the
    organ as a whole. ``name`` tells one of several organs of a kind apart (a department).
    """

    tier: str
    organ: str = ""
    title: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """The document (a key of the register of texts) and where in it; ``read``: somebody read it."""

    text: str = ""
    article: str = ""
    clause: str = ""
    number: str = ""
    read: bool = False


NOWHERE_CITED = Citation()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of competence.

    ``place`` are unit ids, empty for the whole country. ``least`` and ``most`` are đồng, both
    inside. ``passable`` None: the text was not read on that point. ``replaces`` and ``clashes``
    are codes of other rules. ``force`` are the stretches in which both the rule and the article
    it rests on are in force; None means just ``period``. ``checkers`` are those who compared it
    with the text: two make it confirmed.
    """

    code: str
    kind: str
    matter: str
    to: Office
    field: str = ""
    origin: Office | None = None
    basis: Citation = NOWHERE_CITED
    period: Period = EVER
    place: frozenset[int] = frozenset()
    least: int | None = None
    most: int | None = None
    passable: bool | None = None
    replaces: frozenset[str] = frozenset()
    clashes: frozenset[str] = frozenset()
    status: str = Status.PUBLISHED
    force: tuple[Period, ...] | None = None
    checkers: int = 0
    id: int = 0

    @property
    def stretches(self) -> tuple[Period, ...]:
        """When it counts, in order of days."""
        return (self.period,) if self.force is None else self.force

    @property
    def confirmed(self) -> bool:
        """Whether two people compared it with its text."""
        return self.checkers >= CHECKERS

    def holds(self, on: date) -> bool:
        """Whether it is published and in force on that day."""
        return self.status == Status.PUBLISHED and any(on in p for p in self.stretches)

    def takes(self, amount: int | None) -> bool:
        """Whether it speaks of that amount; without an amount every rule does."""
        return amount is None or (
            (self.least is None or self.least <= amount)
            and (self.most is None or amount <= self.most)
        )

    def end_after(self, on: date) -> date | None:
        """The day from which it no longer counts, seen from a day on which it does."""
        return next((p.until for p in self.stretches if on in p), None)


CHECKERS = 2


@dataclass(frozen=True, slots=True)
class Delegation:
    """One delegation (ủy quyền) or acting in absence, from one post to another or to a person.

    ``matters`` and ``fields`` are its scope, both empty: everything the giver may decide.
    ``place`` are unit ids, empty: wherever the giver acts. ``giver_tenure`` and
    ``receiver_tenure`` are how long each side is in the post: it stops by itself when either
    leaves. ``person`` 0: whoever is in the post that day. ``revoked`` is the first day on which it
    no longer counts. ``parent`` is the delegation it was passed on from.
    """

    id: int
    code: str
    giver_body: int
    giver_post: int
    giver_person: int
    body: int
    post: int
    person: int
    period: Period
    matters: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    place: frozenset[int] = frozenset()
    most: int | None = None
    passable: bool = False
    parent: int = 0
    absence: bool = False
    signed: bool = True
    revoked: date | None = None
    giver_tenure: Period = EVER
    receiver_tenure: Period = EVER
    form: str = ""  # how the receiver signs: TUQ., KT., Q.
    seal: str = ""

    def counts(self, on: date) -> bool:
        """Whether it counts on that day, its parent apart."""
        return (
            self.signed
            and on in self.period
            and on in self.giver_tenure
            and on in self.receiver_tenure
            and (self.revoked is None or on < self.revoked)
        )

    def stops(self) -> date | None:
        """The first day on which it no longer counts, whatever ends it; None: no end known."""
        ends = (
            self.period.until, self.giver_tenure.until, self.receiver_tenure.until, self.revoked
        )  # fmt: skip
        return min((day for day in ends if day is not None), default=None)

    def speaks_of(self, matter: str, field: str) -> bool:
        """Whether the matter lies in its scope."""
        if not self.matters and not self.fields:
            return True
        return matter in self.matters or (bool(field) and field in self.fields)
