"""A new version of a rule: the published one stays in force until two people checked the next one.

Any order of drafts, checks, publication and expiry is walked against a small model of what must be
in force; nobody loses a basis because somebody writes, checks or drops a draft.
"""

import random
from datetime import date, timedelta

import pytest
from tests.apps.authority.conftest import JULY, TODAY, Office

from thongsuot.apps.authority import actions, queries
from thongsuot.apps.authority.models import Rule
from thongsuot.apps.authority.queries.table import whole_table
from thongsuot.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
PROBES = [date(2025, 7, 1) + timedelta(days=30 * n) for n in range(8)]
STEPS = (
    "draft",
    "draft",
    "check",
    "check",
    "check",
    "publish",
    "publish",
    "drop",
    "end",
    "withdraw",
)
REFUSALS = {
    "authority.checked-already", "authority.not-checked", "authority.not-a-draft",
    "authority.withdrawn-already", "authority.days-crossed",
}  # fmt: skip
CHECKERS = ("chair", "clerk", "deputy")


def articles(office: Office, on: date) -> list[str]:
    answer = queries.who_may("xay-nha", office.units["phuong-mot"], on)
    return [r.basis.article for r in answer.basis]


def test_the_published_version_answers_while_its_successor_is_being_checked(
    office: Office,
) -> None:
    office.publish("R1")
    for step in (
        lambda: office.write("R1", article="6"),
        lambda: office.check("R1", "chair"),
        lambda: office.write("R1", article="7"),
        lambda: office.check("R1", "chair"),
        lambda: office.check("R1", "clerk"),
    ):
        step()
        assert articles(office, TODAY) == ["5"]
        assert queries.who_may("xay-nha", office.units["phuong-mot"], TODAY).confirmed
    actions.publish(office.act("khanh"), code="R1")
    assert articles(office, TODAY) == ["7"]
    assert Rule.objects.filter(live=True).count() == 1


def test_a_version_that_begins_later_leaves_the_days_before_to_the_one_before(
    office: Office,
) -> None:
    office.publish("R1")
    turn = date(2025, 10, 1)
    office.publish("R1", article="6", since=turn)
    assert articles(office, turn - timedelta(days=1)) == ["5"]
    assert articles(office, turn) == ["6"]
    told = queries.ask("xay-nha", office.units["phuong-mot"], turn)
    assert (
        told.answer.former[0].office.tier == "district"
    )  # an earlier version is no earlier holder
    office.publish("R1", article="7", since=JULY)
    assert articles(office, turn - timedelta(days=1)) == ["7"]
    assert articles(office, turn) == ["7"]


def test_a_draft_is_dropped_and_the_rule_stays(office: Office) -> None:
    office.publish("R1")
    with pytest.raises(Refused) as caught:
        actions.withdraw(office.act("khanh"), code="R1", reason="Nhầm", draft=True)
    assert [p.code for p in caught.value.problems] == ["authority.not-a-draft"]
    office.write("R1", article="6")
    actions.withdraw(office.act("khanh"), code="R1", reason="Nhầm", draft=True)
    assert articles(office, TODAY) == ["5"]
    office.publish("R1", article="8")
    assert articles(office, TODAY) == ["8"]


def test_a_draft_beside_a_rule_that_is_withdrawn_stands_for_itself(office: Office) -> None:
    office.publish("R1")
    office.write("R1", article="6")
    actions.withdraw(office.act("khanh"), code="R1", reason="Ghi sai")
    row = Rule.objects.get(live=True)
    assert (row.article, row.status, row.waiting) == ("6", "draft", False)
    answer = queries.who_may("xay-nha", office.units["phuong-mot"], TODAY)
    assert answer.reason == "draft-only"


@pytest.mark.parametrize("seed", range(10))
def test_any_order_of_drafts_checks_publication_and_expiry(office: Office, seed: int) -> None:
    dice = random.Random(seed)
    office.publish("R1", article="1")
    model = Model()
    for turn in range(14):
        step = dice.choice(STEPS)
        walk(office, model, dice, step, turn)
        for on in PROBES:
            assert articles(office, on) == model.in_force(on), (seed, turn, step, on)
    assert whole_table().find("xay-nha", (), PROBES[0]).ends == tuple(
        r for r in queries.who_may("xay-nha", office.units["phuong-mot"], PROBES[0]).basis
    )


class Model:
    """What must be in force, told without the register: published versions, in order."""

    def __init__(self) -> None:
        self.published: list[tuple[str, date, date | None, bool]] = [("1", JULY, None, True)]
        self.draft: tuple[str, date] | None = None
        self.checks: set[str] = set()

    def in_force(self, on: date) -> list[str]:
        begun = [v for v in self.published if v[1] <= on]
        if not begun:
            return []
        article, _since, until, counts = begun[-1]
        return [article] if counts and (until is None or on < until) else []


def walk(office: Office, model: Model, dice: random.Random, step: str, turn: int) -> None:
    """Take one step in both; what the register refuses must change nothing."""
    month = timedelta(days=30)
    taken = {
        "draft": lambda: draft(office, model, str(100 + turn), JULY + month * dice.randrange(6)),
        "check": lambda: check(office, model, dice.choice(CHECKERS)),
        "publish": lambda: publish(office, model),
        "drop": lambda: drop(office, model),
        "end": lambda: end(office, model, JULY + month * dice.randrange(1, 8)),
        "withdraw": lambda: withdraw(office, model),
    }
    try:
        taken[step]()
    except Refused as refused:
        strange = {p.code for p in refused.problems} - REFUSALS
        if strange:
            raise


def draft(office: Office, model: Model, article: str, since: date) -> None:
    office.write("R1", article=article, since=since)
    model.draft, model.checks = (article, since), set()


def check(office: Office, model: Model, who: str) -> None:
    office.check("R1", who)
    if model.draft:
        model.checks.add(who)


def publish(office: Office, model: Model) -> None:
    actions.publish(office.act("khanh"), code="R1")
    assert model.draft is not None
    assert len(model.checks) >= 2
    model.published.append((*model.draft, None, True))
    model.draft, model.checks = None, set()


def drop(office: Office, model: Model) -> None:
    actions.withdraw(office.act("khanh"), code="R1", reason="Bỏ", draft=True)
    assert model.draft is not None
    model.draft, model.checks = None, set()


def end(office: Office, model: Model, on: date) -> None:
    article, since, _until, counts = model.published[-1]
    if counts:
        actions.withdraw(office.act("khanh"), code="R1", reason="Hết", on=on)
        model.published[-1] = (article, since, on, True)


def withdraw(office: Office, model: Model) -> None:
    article, since, until, counts = model.published[-1]
    actions.withdraw(office.act("khanh"), code="R1", reason="Ghi sai")
    if counts:
        model.published[-1] = (article, since, until, False)
    else:
        model.draft, model.checks = None, set()
