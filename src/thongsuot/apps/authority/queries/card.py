"""The card: who may decide this, here, on this day, by which article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.apps.authority.models import Rule
from thongsuot.apps.authority.queries.table import answering_rules, delegations_from, rule_values
from thongsuot.apps.authority.queries.world import add_people, picture_of, spans
from thongsuot.rules.authority import asking
from thongsuot.rules.authority.asking import Answer, Question
from thongsuot.rules.authority.table import Table
from thongsuot.rules.authority.world import Picture


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with the rows of the rules it names, for a page or a program."""

    answer: Answer
    rows: dict[int, Rule]


def ground(matters: Iterable[str], place: int) -> tuple[Table, Picture]:
    """The rules of those matters and what the registry says of a place, ready to be asked."""
    rules = rule_values(answering_rules().filter(matter__code__in=set(matters)))
    organs = {r.to.organ for r in rules if r.to.organ}
    world = picture_of([place], organs)
    bodies = {b.body for held in world.acting.values() for b in held}
    delegations = delegations_from(bodies)
    abroad = {d.body for d in delegations} - bodies
    if abroad:  # somebody of another body signs: its posts and people belong to the picture too
        add_people(world, abroad)
    return Table(rules).under(delegations), world


def who_may(matter: str, place: int, on: date, amount: int | None = None) -> Answer:
    """Who may decide a matter (its code) in a unit (its id) on a day; a dozen queries at most.

    Returns one answer, or a gap or clash with its reason; ``ask`` when it depends on the amount.
    """
    table, world = ground([matter], place)
    return asking.who_may(table, world, Question(matter, place, on, amount))


def who_may_all(
    matters: Iterable[str], place: int, on: date, amount: int | None = None
) -> dict[str, Answer]:
    """The same for many matters in one place, with as many queries as for one."""
    wanted = list(dict.fromkeys(matters))
    table, world = ground(wanted, place)
    return {m: asking.who_may(table, world, Question(m, place, on, amount)) for m in wanted}


def by_law(matter: str, on: date, amount: int | None = None) -> Answer:
    """Who may decide a matter wherever no rule of one place says otherwise; no unit, no person."""
    world = Picture()
    world.spans = spans()
    rules = rule_values(answering_rules().filter(matter__code=matter))
    return asking.by_law(Table(rules), world, Question(matter, 0, on, amount))


def rows_of(answer: Answer) -> dict[int, Rule]:
    """The rows of every rule an answer names, by id; one query."""
    ids = {r.id for r in (*answer.basis, *answer.chain, *answer.near)}
    ids |= {f.rule.id for f in answer.former if f.rule is not None}
    rows = (
        Rule.objects.filter(pk__in=ids)
        .select_related("text__days", "matter")
        .prefetch_related("checks")
    )
    return {row.pk: row for row in rows}


def ask(matter: str, place: int, on: date, amount: int | None = None) -> Asked:
    """The answer with the rows of its rules, for showing; ``place`` 0 asks what the law says alone."""
    answer = who_may(matter, place, on, amount) if place else by_law(matter, on, amount)
    return Asked(answer, rows_of(answer))
