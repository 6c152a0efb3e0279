"""The same acts leave the same ledger on both databases, compared with numbers of rows taken out.

The expected digest is one for both: this test runs on SQLite and on PostgreSQL. When an act changes
what it writes, run it, look at what differs, and write the new digest down.
"""

import hashlib
import json
from typing import Any

import pytest
from tests.apps.handover.conftest import Story

from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import (
    BalanceLine,
    Item,
    LineCount,
    Minutes,
    MinutesLine,
    Movement,
    Signature,
    StepLine,
)
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
SAME = "7003ae6402ea6e06c00369532d8394718d1a90a93de24379cd92c03d4179bb77"
PLACES = ("held", "transit", "accepted", "kept", "closed", "destroyed", "disputed", "missing")


def play(story: Story) -> None:
    """Listed, classified, handed over with a refusal, a difference, a division, a withdrawal."""
    at = {"transition_id": story.transition}
    minutes, _ids = story.dispatched(6, value=1_000_003)
    lines = list(MinutesLine.objects.filter(minutes=minutes).order_by("item__code"))
    actions.count_lines(
        story.act(story.minh), **at, minutes_id=minutes, side="receiver",
        counts=[{"line": lines[0].pk, "count": lines[0].quantity - 1, "version": 0}],
    )  # fmt: skip
    actions.refuse_line(
        story.act(story.minh), **at, minutes_id=minutes, line_id=lines[1].pk, reason="không có"
    )
    story.count_all(minutes)
    story.sign(minutes, "giver")
    story.sign(minutes, "receiver")
    actions.keep_items(
        story.act(story.lan), **at, choice={"ids": [lines[1].item_id]}, reason="giữ lại",
        keeper_id=story.department, authority="Quyết định số 1",
    )  # fmt: skip
    second = actions.add_items(
        story.act(story.lan), **at, giver_id=story.office, rows=[story.row(50), story.row(51)]
    )
    story.classify()
    story.give_to(story.other, second["items"])
    made = actions.dispatch(story.act(story.lan), **at, choice={"ids": second["items"]})
    actions.withdraw_minutes(
        story.act(story.lan), **at, minutes_id=made["minutes"][0], reason="lập nhầm"
    )


def ledger(story: Story) -> dict[str, list[Any]]:
    """Everything the acts left, in an order and with names that do not depend on the database."""
    buckets = [f"q_{place}" for place in PLACES]
    name = {
        story.office: "office", story.ward: "ward", story.other: "other",
        story.district: "district", story.department: "department", None: "", 0: "",
    }  # fmt: skip
    figures = [f.name for f in BalanceLine._meta.fields if f.name.split("_")[0] in FIGURES]
    return {
        "items": [
            [*row[:-1], name[row[-1]]]
            for row in Item.objects.order_by("code").values_list(
                "kind", "code", "title", "folded", "opened", "measure", "value", "step", "state",
                "allocation", "reason", *buckets, "receiver",
            )
        ],
        "movements": [
            [*row[:-1], name[row[-1]]]
            for row in Movement.objects.order_by("entry__seq", "item__code", "src", "dst")
            .values_list("entry__seq", "item__code", "kind", "src", "dst", "quantity", "note", "body")
        ],
        "steps": list(
            StepLine.objects.order_by("item__code", "to_step").values_list(
                "item__code", "at_step", "to_step", "entry__seq"
            )
        ),
        "lines": list(
            MinutesLine.objects.order_by("minutes__number", "item__code").values_list(
                "minutes__number", "item__code", "quantity", "giver_count", "receiver_count",
                "refused", "reason", "live",
            )
        ),
        "counts": list(
            LineCount.objects.order_by("line__item__code", "side", "version").values_list(
                "line__item__code", "side", "version", "count", "refused", "reason", "name"
            )
        ),
        "signatures": list(
            Signature.objects.order_by("minutes__number", "side").values_list(
                "minutes__number", "side", "name", "post", "round", "entry__seq"
            )
        ),
        "minutes": list(Minutes.objects.order_by("number").values_list("number", "state", "round")),
        "balance": sorted(
            [name[row[0]], row[1], name[row[2]], *row[3:]]
            for row in BalanceLine.objects.values_list(
                "giver", "kind", "receiver", "decided", "measure", *figures
            )
        ),
        "trail": [
            [*row[:-1], row[-1].isoformat()]
            for row in Entry.objects.filter(chain=f"transition:{story.transition}")
            .order_by("seq")
            .values_list("seq", "act", "subject_kind", "actor_name", "actor_post", "reason", "at")
        ],
    }  # fmt: skip


FIGURES = ("items", "q", "value")


def test_the_same_acts_leave_the_same_ledger_on_both_databases(story: Story) -> None:
    play(story)
    found = ledger(story)
    assert len(found["items"]) == 8
    assert len(found["movements"]) > 15
    text = json.dumps(found, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == SAME, text
