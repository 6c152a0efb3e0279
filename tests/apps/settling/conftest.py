"""The story of the handover, with money, seals and a school that moves as a bundle."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from tests.apps.handover.conftest import LOADED, Story, _body, story, trail

from thongsuot.apps.handover import actions as handover
from thongsuot.apps.handover.models import Item
from thongsuot.apps.registry.models import Unit
from thongsuot.apps.settling import actions
from thongsuot.apps.settling.models import Seal

__all__ = ["LOADED", "desk", "story", "trail"]

TODAY = date(2025, 6, 24)


def line(code: str, section: str = "balance", amount: int = 1_000, **more: Any) -> dict[str, Any]:
    """A complete line of a closing sheet."""
    whole = {"code": code, "section": section, "title": f"Khoản {code} (minh họa)",
             "amount": amount, "account": f"3714.{code}", "counterparty": "Ai đó",
             "paper": "KL 1"}  # fmt: skip
    return whole | more


@dataclass
class Desk:
    """Short ways to do what every test of settling does first."""

    story: Story
    police: int

    @property
    def where(self) -> dict[str, int]:
        return {"transition_id": self.story.transition, "body_id": self.story.office}

    def act(self, who: str = "lan", key: str = ""):
        return self.story.act(getattr(self.story, who), key)

    def add(self, *rows: dict[str, Any]) -> list[int]:
        s = self.story
        done = handover.add_items(
            self.act(), transition_id=s.transition, giver_id=s.office, rows=list(rows)
        )
        return list(done["items"])

    def money(self, code: str, value: int = 1_000, sort: str = "balance") -> int:
        """A finance item on the list."""
        return self.add(
            self.story.row(
                1, kind="finance", code=code, title=f"Khoản {code}", quantity=1, measure="mục",
                value=value, annex={"finance_type": sort, "account": f"3714.{code}"},
            )
        )[0]  # fmt: skip

    def write(self, *lines: dict[str, Any]) -> None:
        actions.write_lines(self.act(), lines=list(lines), **self.where)

    def confirm(self, **amounts: int) -> None:
        actions.record_confirmation(
            self.act(), number="7/XN-KB (minh họa)", on=TODAY,
            amounts=[{"account": f"3714.{c}", "amount": n} for c, n in amounts.items()],
            **self.where,
        )  # fmt: skip

    def freeze(self) -> None:
        actions.freeze_sheet(self.act(), **self.where)

    def settled_books(self, code: str = "TC-1", value: int = 1_000) -> int:
        """An item, its line, the kho bạc saying the same, and all of it frozen; the item."""
        item = self.money(code, value)
        self.write(line(code, amount=value))
        self.confirm(**{code: value})
        self.freeze()
        return item

    def on_minutes(self, *items: int, receiver: int = 0) -> int:
        """Minutes with these items, counted by both sides, ready to be signed."""
        s = self.story
        if Item.objects.filter(pk__in=items, step=1).exists():
            s.classify()
        s.give_to(receiver or s.ward, list(items))
        done = handover.dispatch(
            self.act(), transition_id=s.transition, choice={"ids": list(items)}
        )
        minutes = int(done["minutes"][0])
        taker = s.rival if receiver == s.other else s.minh
        for who, side in ((s.lan, "giver"), (taker, "receiver")):
            handover.count_rest_as_sent(
                s.act(who), transition_id=s.transition, minutes_id=minutes, side=side
            )
        return minutes

    def seals(self, count: int = 2) -> list[int]:
        """Seals on the list and in the register; their ids in the register, by code."""
        rows = [
            self.story.row(n, kind="seal", code=f"CD-{n}", title=f"Con dấu {n}", quantity=1,
                           measure="con dấu", value=None, annex={"seal_type": "round"})
            for n in range(1, count + 1)
        ]  # fmt: skip
        self.add(*rows)
        actions.register_seals(self.act(), transition_id=self.story.transition)
        return list(Seal.objects.order_by("code").values_list("pk", flat=True))

    def move(self, doing: str, *seals: int, who: str = "lan", **more: Any):
        values: dict[str, Any] = {"on": TODAY, **more}
        return actions.move_seals(
            self.act(who), transition_id=self.story.transition, seals=list(seals), doing=doing,
            **values,
        )  # fmt: skip

    def school(self, *without: str) -> tuple[int, dict[str, int]]:
        """A school and what belongs to it, all confirmed for the ward: (lead, part by kind)."""
        s = self.story
        kinds = {"person": {}, "finance": {"finance_type": "receivable"}, "archive": {},
                 "dataset": {"dataset_type": "contract"}}  # fmt: skip
        lead, *parts = self.add(
            s.row(1, kind="service_unit", code="DV-1", title="Trường Mầm non Vạn Phúc",
                  quantity=1, measure="đơn vị"),
            *(
                s.row(n, kind=kind, code=f"P-{n}", quantity=1, annex={**annex, "holder": "DV-1"})
                for n, (kind, annex) in enumerate(kinds.items(), 2)
                if kind not in without
            ),
        )  # fmt: skip
        s.give_to(s.ward)
        there = [kind for kind in kinds if kind not in without]
        return lead, dict(zip(there, parts, strict=True))

    def bundle(self, lead: int, *parts: int) -> int:
        made = actions.make_bundle(
            self.act(), transition_id=self.story.transition, sort="service-unit", lead_id=lead
        )
        pk = int(made["bundle"])
        if parts:
            actions.add_parts(
                self.act(), transition_id=self.story.transition, bundle_id=pk,
                parts=[{"item": item, "why": "chosen"} for item in parts],
            )  # fmt: skip
        return pk

    def on_bundle(self, action: Callable[..., Any], pk: int, who: str = "lan", **more: Any):
        return action(self.act(who), transition_id=self.story.transition, bundle_id=pk, **more)

    def item(self, pk: int) -> Item:
        return Item.objects.get(pk=pk)


@pytest.fixture
def desk(story) -> Desk:
    police = _body("cong-an-thanh-pho", "police", "state", Unit.objects.get(key="ha-noi"))
    return Desk(story, police.pk)
