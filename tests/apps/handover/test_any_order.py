"""Any acts in any order against the real tables: after each, everything still fits."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import Sum
from tests.apps.handover.conftest import JULY, NOW
from tests.apps.handover.test_holders import in_one, one_by_one

from thongsuot.apps.handover import actions, verify
from thongsuot.apps.handover.models import Item, Minutes, MinutesLine, Movement
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail import chains
from thongsuot.rules.handover.ledger import PLACES

STEPS = 70


class Chance:
    """Draws what to do next, mostly sensible and sometimes not."""

    def __init__(self, story, seed: int) -> None:
        self.story, self.draw, self.serial, self.done = story, Random(seed), 0, 0

    def ids(self) -> list[int]:
        known = list(Item.objects.order_by("id").values_list("pk", flat=True))
        return self.draw.sample(known, min(len(known), self.draw.randint(1, 4))) if known else [0]

    def paper(self) -> int:
        return self.draw.choice(list(Minutes.objects.values_list("pk", flat=True)) or [0])

    def line(self, minutes: int) -> MinutesLine | None:
        lines = list(MinutesLine.objects.filter(minutes=minutes))
        return self.draw.choice(lines) if lines else None

    def do(self, by: str, name: str, **values: Any) -> None:
        act = self.story.act(getattr(self.story, by))
        try:
            getattr(actions, name)(act, transition_id=self.story.transition, **values)
            self.done += 1
        except Refused:
            return

    def choice(self) -> dict[str, Any]:
        return {"ids": self.ids()}

    def list_some(self) -> None:
        self.serial += 10
        rows = [self.story.row(self.serial + n, quantity=self.draw.randint(1, 9)) for n in range(3)]
        batch = self.serial if self.draw.random() < 0.5 else None
        self.do("lan", "add_items", giver_id=self.story.office, rows=rows, batch=batch)

    def undo(self) -> None:
        self.do("lan", "undo_items", batch=self.serial)

    def work(self) -> None:
        for to in (2, 3, 4):
            choice = {"filter": {"state": "held", "step": to - 1}}
            self.do("clerk", "advance_step", to=to, choice=choice)

    def give(self) -> None:
        receiver = self.draw.choice([self.story.ward, self.story.other])
        choice = self.draw.choice([self.choice(), {"filter": {"state": "held", "receiver": 0}}])
        self.do("lan", "override_receiver", choice=choice, receiver_id=receiver, reason="x")

    def dispatch(self) -> None:
        self.do("lan", "dispatch", choice={"filter": {}})

    def count(self) -> None:
        minutes = self.paper()
        line = self.line(minutes)
        if line is None:
            return
        receiver = self.draw.choice(["minh", "rival"])
        for by, side in (("lan", "giver"), (receiver, "receiver")):
            number = max(0, line.quantity + self.draw.choice([0, 0, 0, -1, 1]))
            counts = [
                {"line": line.pk, "count": number, "version": getattr(line, f"{side}_version")}
            ]
            self.do(by, "count_lines", minutes_id=minutes, side=side, counts=counts)

    def count_rest(self) -> None:
        minutes = self.paper()
        for by, side in (("lan", "giver"), ("minh", "receiver"), ("rival", "receiver")):
            self.do(by, "count_rest_as_sent", minutes_id=minutes, side=side)

    def refuse(self) -> None:
        minutes = self.paper()
        line = self.line(minutes)
        if line is not None:
            values = {"line_id": line.pk, "reason": "x", "version": line.receiver_version}
            self.do("minh", "refuse_line", minutes_id=minutes, **values)

    def sign(self) -> None:
        for minutes in Minutes.objects.exclude(state__in=("signed", "withdrawn")):
            for by, side in (("lan", "giver"), ("minh", "receiver"), ("rival", "receiver")):
                content = self.story.content(minutes.pk)
                values = {"side": side, "content": content, "fresh": True}
                self.do(by, "sign", minutes_id=minutes.pk, **values)

    def withdraw(self) -> None:
        self.do("lan", "withdraw_minutes", minutes_id=self.paper(), reason="x")

    def reopen_paper(self) -> None:
        self.do("lan", "reopen_minutes", minutes_id=self.paper(), reason="x")

    def correct(self) -> None:
        minutes = self.paper()
        line = self.line(minutes)
        if line is not None:
            values = {"lines": [line.pk], "reason": "x"}
            self.do("lan", "correct_after_signature", minutes_id=minutes, **values)

    def outcome(self) -> None:
        name, more = self.draw.choice(
            [
                ("close_items", {}),
                ("destroy_items", {"authority": "QĐ"}),
                ("keep_items", {"authority": "QĐ", "keeper_id": self.story.department}),
                ("report_missing", {}),
                ("report_found", {}),
                ("reopen_items", {"of": "closed"}),
                ("reopen_items", {"of": "kept"}),
            ]
        )
        self.do("lan", name, choice={"ids": self.ids()[:1]}, reason="x", **more)

    def part_missing(self) -> None:
        name = self.draw.choice(["report_missing", "report_found"])
        choice = {"ids": self.ids()[:1]}
        self.do("lan", name, choice=choice, reason="x", quantity=self.draw.randint(1, 3))

    def split(self) -> None:
        (pk,) = self.ids()[:1]
        item = Item.objects.filter(pk=pk).first()
        if item is not None and item.q_held > 1:
            parts = [{"quantity": 1}, {"quantity": item.q_held - 1, "receiver": self.story.ward}]
            self.do("lan", "split_item", item_id=pk, parts=parts, reason="x")

    def dispute(self) -> None:
        (pk,) = self.ids()[:1]
        of = self.draw.choice(["held", "accepted"])
        self.do("lan", "open_dispute", item_id=pk, of=of, reason="x")

    def settle(self) -> None:
        to = self.draw.choice(["held", "accepted", "missing"])
        for item in Item.objects.filter(state="disputed")[:2]:
            self.do("city", "settle_dispute", item_id=item.pk, to=to, reason="x", authority="TB")

    def end(self) -> None:
        if self.done > STEPS:
            self.do("city", "close_body", body_id=self.story.office, in_registry=False)

    def one(self) -> None:
        usual = ["list_some", "work", "give", "give", "dispatch", "count_rest", "sign"]
        rare = [
            *("undo", "count", "refuse", "withdraw", "reopen_paper", "correct", "outcome"),
            *("part_missing", "split", "dispute", "settle", "end"),
        ]
        getattr(self, self.draw.choice(usual * 6 + rare))()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_every_act_everything_fits(story, seed):
    chance = Chance(story, seed)
    for _ in range(STEPS):
        chance.one()
        assert list(verify.faults()) == []
        figures = Item.objects.aggregate(opened=Sum("opened"), **{p: Sum(f"q_{p}") for p in PLACES})
        opened = figures.pop("opened") or 0
        assert opened == sum(n or 0 for n in figures.values())
        came = Movement.objects.filter(src="").aggregate(n=Sum("quantity"))["n"] or 0
        left = Movement.objects.filter(dst="").aggregate(n=Sum("quantity"))["n"] or 0
        assert opened == came - left
    assert chance.done > STEPS // 3
    for day in (NOW.date(), JULY):  # one statement and the rules agree on who holds what
        assert in_one(story, day, JULY + timedelta(9)) == one_by_one(day)
        assert in_one(story, day, NOW.date()) == one_by_one(day)
    assert list(chains.faults()) == []
