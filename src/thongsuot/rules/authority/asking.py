"""Who may decide this, here, on this day, by which article: the one question of the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.authority.delegating import Delegated, delegates_of
from thongsuot.rules.authority.table import Finding, State, Table
from thongsuot.rules.authority.values import Office, Rule, Status, Tier
from thongsuot.rules.authority.world import BodyAt, PostAt, Seat, World
from thongsuot.rules.kernel.text import fold

COUNCIL = "peoples-council"


@dataclass(frozen=True, slots=True)
class Question:
    """A matter (its code), a place (a unit id), a day, and the money at stake when it matters."""

    matter: str
    place: int
    on: date
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """Who had the power before: the office, until which day, by which rule; None: as the text says."""

    office: Office
    until: date | None = None
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Exactly one answer, or a named gap or clash.

    ``state``: one, doubtful, gap or ask (name the amount). ``reason`` says why it is not one (the
    codes of ``Finding``, and no-unit, no-organ, no-body, vacant). With ONE: ``office`` by the
    text, ``unit``, and as far as the registry knows them ``body``, ``post``, ``seat``; what it
    does not know stands in ``missing`` (organ, body, post). ``delegates`` may sign instead, those
    acting in absence first. ``confirmed``: two people compared every rule with its text.
    """

    question: Question
    state: str
    reason: str = ""
    office: Office | None = None
    unit: int | None = None
    body: BodyAt | None = None
    post: PostAt | None = None
    seat: Seat | None = None
    basis: tuple[Rule, ...] = ()
    chain: tuple[Rule, ...] = ()
    delegates: tuple[Delegated, ...] = ()
    former: tuple[Former, ...] = ()
    missing: tuple[str, ...] = ()
    near: tuple[Rule, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether every rule it rests on was compared with its text by two people."""
        rules = self.chain or self.basis
        return bool(rules) and all(rule.confirmed for rule in rules)

    @property
    def expires(self) -> date | None:
        """The first day on which it no longer stands, by the rules it rests on."""
        ends = (rule.end_after(self.question.on) for rule in (self.chain or self.basis))
        return min((day for day in ends if day is not None), default=None)


def who_may(table: Table, world: World, question: Question) -> Answer:
    """Who may decide a matter in a place on a day, by which article.

    Returns one answer, or a gap or clash with its reason; ASK only when no amount was given.
    """
    units = world.chain(question.place, question.on)
    if not units:
        return Answer(question, State.GAP, "no-unit")
    found = table.find(question.matter, units.values(), question.on, question.amount)
    if found.state != State.ONE:
        former = _former(table, question, units, found.ends)
        return Answer(
            question, found.state, found.reason, basis=found.ends, former=former, near=found.near
        )
    return _place(table, world, question, units, found)


def by_law(table: Table, world: World, question: Question) -> Answer:
    """The same without a place: what holds wherever no rule of its own place says otherwise.

    Returns an answer with an office but no unit, body or person.
    """
    found = table.find(question.matter, (), question.on, question.amount)
    former = _former(table, question, {}, found.ends)
    if found.state != State.ONE:
        return Answer(
            question, found.state, found.reason, basis=found.ends, former=former, near=found.near
        )
    office = found.ends[0].to
    told = {"office": office, "basis": found.ends, "chain": found.chain, "former": former}
    if not world.has_tier(office.tier, question.on):
        return Answer(question, State.GAP, "no-unit", **told)  # type: ignore[arg-type]
    return Answer(question, State.ONE, missing=("place",), **told)  # type: ignore[arg-type]


def _place(
    table: Table, world: World, question: Question, units: Mapping[str, int], found: Finding
) -> Answer:
    """Bring an answer of the rules down to the ground: unit, body, post, person."""
    office = found.ends[0].to
    told = {
        "office": office, "basis": found.ends, "chain": found.chain,
        "former": _former(table, question, units, found.ends),
    }  # fmt: skip
    unit = units.get(office.tier)
    if unit is None and office.tier != Tier.CENTRE:
        return Answer(question, State.GAP, "no-unit", **told)  # type: ignore[arg-type]  # named above
    if unit is None or not office.organ:
        gone = ("organ",) if not office.organ else ("body",)
        return Answer(question, State.ONE, unit=unit, missing=gone, **told)  # type: ignore[arg-type]
    told["unit"] = unit
    if world.lacks(unit, office.organ, question.on):
        return Answer(question, State.GAP, "no-organ", **told)  # type: ignore[arg-type]
    body = _body(world, unit, office, question.on)
    if body is None:
        if world.ever(unit, office.organ) and not world.bodies(unit, office.organ, question.on):
            return Answer(question, State.GAP, "no-body", **told)  # type: ignore[arg-type]
        return Answer(question, State.ONE, missing=("body",), **told)  # type: ignore[arg-type]
    told["body"] = body
    post = _post(world, body.body, office, question.on)
    rule = found.ends[0]
    delegates = delegates_of(
        table, world, body.body, post.post if post else 0, question, rule.field
    )
    told["delegates"] = delegates
    if post is None:
        return Answer(question, State.ONE, missing=("post",), **told)  # type: ignore[arg-type]
    told["post"] = post
    seat = world.seat(post.post, question.on)
    if seat is None and not delegates:
        return Answer(question, State.GAP, "vacant", **told)  # type: ignore[arg-type]
    missing = () if seat is not None else ("person",)
    return Answer(question, State.ONE, seat=seat, missing=missing, **told)  # type: ignore[arg-type]


def _body(world: World, unit: int, office: Office, on: date) -> BodyAt | None:
    """The body of that kind there; with several, the one of that name, else nobody in particular."""
    held = world.bodies(unit, office.organ, on)
    if office.name:
        wanted = fold(office.name)
        held = tuple(b for b in held if wanted in fold(b.name))
    return held[0] if len(held) == 1 else None


def _post(world: World, body: int, office: Office, on: date) -> PostAt | None:
    """The post of that title; without a title the head of the body, who signs for it."""
    held = world.posts(body, on)
    if not office.title:
        return held[0] if held else None
    wanted = fold(office.title)
    exact = next((p for p in held if p.title == wanted), None)
    return exact or next((p for p in held if p.title.startswith(wanted)), None)


def _former(
    table: Table, question: Question, units: Mapping[str, int], ends: tuple[Rule, ...]
) -> tuple[Former, ...]:
    """Who had the power before: by rules that are over, and by what today's rules say of it."""
    here = frozenset(units.values())
    now = {(rule.code, rule.to) for rule in ends}  # a new version of a rule is not a new holder
    found: dict[Office, Former] = {}
    for rule in table.by_matter.get(question.matter, ()):
        over = [p.until for p in rule.stretches if p.until is not None and p.until <= question.on]
        if (
            over
            and (not rule.place or not here.isdisjoint(rule.place))
            and rule.status == Status.PUBLISHED
            and (rule.code, rule.to) not in now
        ):
            found[rule.to] = Former(rule.to, max(over), rule)
    for rule in ends:
        if rule.origin is not None and rule.origin not in found:
            found[rule.origin] = Former(
                rule.origin, rule.stretches[0].since if rule.stretches else None
            )
    return tuple(found.values())
