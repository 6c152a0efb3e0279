"""Every act tried by every person: who may is one table, and nobody else may."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from tests.apps.handover.conftest import NOW

from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import MinutesLine
from thongsuot.foundation.refusal import Refused

EVERYBODY = ("lan", "clerk", "minh", "rival", "city", "inspector", "operator", "desk", "tu")
NOT_FOR_YOU = {"handover.items-missing", "handover.minutes-missing", "handover.nothing-chosen"}
AFTER = datetime(2025, 7, 2, 2, 0, tzinfo=UTC)  # the register of unfinished work may be frozen
Prepared = Callable[[Any], dict[str, Any]]


def listed(story) -> dict[str, Any]:
    return {"choice": {"ids": story.list_items(1)}}


def moved(story, name: str, **values) -> list[int]:
    ids = story.list_items(1)
    getattr(actions, name)(
        story.act(story.lan), transition_id=story.transition, choice={"ids": ids}, **values
    )
    return ids


def proposed(story) -> dict[str, Any]:
    choice = listed(story)
    actions.write_rule(
        story.act(story.city),
        transition_id=story.transition,
        rule={"name": "x", "reason": "x", "receiver": story.ward},
    )
    actions.propose_receivers(story.act(story.lan), transition_id=story.transition)
    return choice


def ready(story) -> dict[str, Any]:
    choice = listed(story)
    story.classify()
    story.give_to(story.ward)
    return choice


def on_paper(story) -> dict[str, Any]:
    return {"minutes_id": story.dispatched(1)[0]}


def signed_by_giver(story) -> dict[str, Any]:
    paper = counted(story)
    story.sign(paper["minutes_id"], "giver")
    return paper


def counted(story) -> dict[str, Any]:
    paper = on_paper(story)
    story.count_all(paper["minutes_id"])
    return paper


def count(side: str) -> Prepared:
    def prepare(story) -> dict[str, Any]:
        paper = on_paper(story)
        line = MinutesLine.objects.latest("id").pk
        return {**paper, "side": side, "counts": [{"line": line, "count": 10, "version": 0}]}

    return prepare


def to_sign(side: str) -> Prepared:
    def prepare(story) -> dict[str, Any]:
        paper = counted(story) if side == "giver" else signed_by_giver(story)
        content = story.content(paper["minutes_id"])
        return {**paper, "side": side, "content": content, "fresh": True}

    return prepare


def refusable(story) -> dict[str, Any]:
    paper = on_paper(story)
    return {**paper, "line_id": MinutesLine.objects.latest("id").pk, "reason": "x"}


def correctable(story) -> dict[str, Any]:
    minutes, _ = story.handed_over(1)
    return {
        "minutes_id": minutes,
        "lines": [MinutesLine.objects.get(minutes=minutes).pk],
        "reason": "x",
    }


def accepted(story) -> dict[str, Any]:
    _, (pk,) = story.handed_over(1)
    return {"item_id": pk, "of": "accepted", "reason": "x"}


def disputed(story) -> dict[str, Any]:
    given = accepted(story)
    actions.open_dispute(story.act(story.minh), transition_id=story.transition, **given)
    return {"item_id": given["item_id"], "to": "accepted", "reason": "x", "authority": "TB 1"}


def unfinished(story) -> dict[str, Any]:
    row = {"kind": "case", "measure": "hồ sơ", "quantity": 1, "value": None}
    return {"choice": {"ids": story.list_items(1, **row)}}


def frozen(story) -> dict[str, Any]:
    given = unfinished(story)
    actions.freeze_backlog(story.act(story.city, at=AFTER), transition_id=story.transition)
    return given


def imported(story) -> dict[str, Any]:
    actions.add_items(
        story.act(story.lan),
        transition_id=story.transition,
        giver_id=story.office,
        rows=[story.row(1)],
        batch=3,
    )
    return {"batch": 3}


def to_split(story) -> dict[str, Any]:
    (pk,) = story.list_items(1)
    return {"item_id": pk, "parts": [{"quantity": 4}, {"quantity": 6}], "reason": "x"}


def rows(story) -> dict[str, Any]:
    return {"giver_id": story.office, "rows": [story.row(1)]}


def rule(giver: bool) -> Prepared:
    def prepare(story) -> dict[str, Any]:
        own = {"giver": story.office} if giver else {}
        return {"rule": {"name": "x", "reason": "x", "receiver": story.ward, **own}}

    return prepare


def all_ended(story) -> dict[str, Any]:
    for body in (story.office, story.district):
        actions.close_body(
            story.act(story.city), transition_id=story.transition, body_id=body, in_registry=False
        )
    return {}


def with_(prepare: Prepared, **more: Any) -> Prepared:
    return lambda story: {**prepare(story), **more}


GIVING, HEAD, CITY = {"lan", "clerk"}, {"lan"}, {"city"}
# act, what it needs, who may.
WALK: list[tuple[str, Prepared, set[str]]] = [
    ("set_dates", lambda _: {"days": {"trial_from": "2025-06-28"}}, CITY),
    ("name_residual_desk", lambda s: {"body_id": s.department}, CITY),
    ("set_payroll", lambda s: {"body_id": s.ward, "payroll": 120}, CITY),
    ("add_items", rows, GIVING),
    ("add_late_finds", with_(rows, reason="x"), GIVING),
    ("undo_items", imported, GIVING),
    ("advance_step", with_(listed, to=2), GIVING),
    ("write_rule", rule(giver=False), CITY),
    ("write_rule", rule(giver=True), HEAD | CITY),
    (
        "propose_receivers",
        lambda s: {"wanted": {"kind": s.item(s.list_items(1)[0]).kind}},
        GIVING | CITY,
    ),
    ("confirm_allocation", proposed, HEAD | CITY),
    (
        "override_receiver",
        lambda s: {**listed(s), "receiver_id": s.other, "reason": "x"},
        HEAD | CITY,
    ),
    ("split_item", to_split, GIVING | CITY),
    (
        "keep_items",
        lambda s: {**listed(s), "keeper_id": s.department, "reason": "x", "authority": "x"},
        HEAD,
    ),
    ("close_items", with_(listed, reason="x"), HEAD),
    ("destroy_items", with_(listed, reason="x", authority="x"), HEAD),
    ("report_missing", with_(listed, reason="x"), GIVING),
    (
        "report_found",
        lambda s: {"choice": {"ids": moved(s, "report_missing", reason="x")}, "reason": "x"},
        GIVING,
    ),
    (
        "reopen_items",
        lambda s: {
            "choice": {"ids": moved(s, "close_items", reason="x")},
            "of": "closed",
            "reason": "x",
        },
        HEAD,
    ),
    ("dispatch", ready, GIVING),
    ("withdraw_minutes", with_(on_paper, reason="x"), HEAD),
    ("reopen_minutes", with_(signed_by_giver, reason="x"), {"lan", "minh"}),
    ("count_lines", count("giver"), GIVING),
    ("count_lines", count("receiver"), {"minh"}),
    ("count_rest_as_sent", with_(on_paper, side="giver"), GIVING),
    ("count_rest_as_sent", with_(on_paper, side="receiver"), {"minh"}),
    ("refuse_line", refusable, {"minh"}),
    ("sign", to_sign("giver"), HEAD),
    ("sign", to_sign("receiver"), {"minh"}),
    ("correct_after_signature", correctable, {"lan", "minh"}),
    ("open_dispute", accepted, {"lan", "minh"}),
    ("settle_dispute", disputed, CITY),
    (
        "give_position",
        lambda s: {
            "item_id": disputed(s)["item_id"],
            "body_id": s.ward,
            "stance": "claims",
            "text": "x",
        },
        {"minh"},
    ),
    (
        "name_provisional",
        lambda s: {"item_id": disputed(s)["item_id"], "body_id": s.ward, "reason": "x"},
        CITY,
    ),
    (
        "nominate_body",
        lambda s: {"giver_id": s.office, "body_id": s.department, "authority": "x"},
        CITY,
    ),
    ("freeze_backlog", lambda s: {**unfinished(s), "choice": None, "at": AFTER}, CITY),
    ("propose_carried", lambda s: {**unfinished(s), "text": "x"}, GIVING | CITY),
    ("finish_carried", with_(frozen, how="x", at=AFTER), GIVING),
    ("close_body", lambda s: {"body_id": s.office, "in_registry": False}, CITY),
    ("close_transition", all_ended, CITY),
]


def tried(story, name: str, who: str, values: dict[str, Any]) -> bool:
    """Whether the person could do it; whatever happened is taken back."""
    given = {n: v for n, v in values.items() if n != "at" and v is not None}
    act = story.act(getattr(story, who), at=values.get("at", NOW))
    with transaction.atomic():
        try:
            getattr(actions, name)(act, transition_id=story.transition, **given)
        except Refused as refused:
            if refused.status in (403, 404) or {p.code for p in refused.problems} <= NOT_FOR_YOU:
                return False
            raise
        transaction.set_rollback(True)
    return True


@pytest.mark.parametrize(
    ("name", "prepare", "may"), WALK, ids=lambda v: v if isinstance(v, str) else ""
)
def test_nobody_does_what_is_not_theirs(story, name, prepare, may):
    values = prepare(story)
    assert {who for who in EVERYBODY if tried(story, name, who, values)} == may


def test_the_walk_leaves_out_no_act():
    walked = {name for name, _, _ in WALK}
    also_seen_elsewhere = {
        "create_transition",
        "change_rule",
        "retire_rule",
        "divide_shared",
        "what_is_left",
    }
    assert walked | also_seen_elsewhere == set(actions.__all__)
