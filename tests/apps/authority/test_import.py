"""Rules come in from Excel as drafts, are judged at the cell, and go out again whole."""

from datetime import date

import pytest
from django.db.models import Q
from tests.apps.authority.conftest import Office

from thongsuot.apps.authority.imports import RuleSession, as_row, undo, write
from thongsuot.apps.authority.models import Rule
from thongsuot.foundation.imports.engine import BatchView, Ready, kind_of
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.ref import Ref

pytestmark = pytest.mark.django_db
BATCH = BatchView(7, "authority.rules", 0, {}, "tep.xlsx", "Bảng kê", "", 2)


def row(code: str, **more: object) -> dict:
    values = {"code": code, "kind": "division", "matter": "Cấp giấy phép xây dựng",
              "to_tier": "commune", "to_organ": "peoples-committee", "text": "140/2025/NĐ-CP",
              "article": "5", "since": "2025-07-01"}  # fmt: skip
    return {column.key: None for column in kind_of("authority.rules").columns} | values | more


@action("imports.applied-in-a-test")
def apply(act: Act, *, pages: list) -> dict[str, object]:
    act.record(chain="authority", subject=Ref("register", 0))
    return dict(write(act, BATCH, iter(pages)))


@action("imports.taken-back-in-a-test")
def take_back(act: Act) -> dict[str, object]:
    act.record(chain="authority", subject=Ref("register", 0))
    return dict(undo(act, BATCH))


def ready(values: dict, changes: dict | None = None) -> Ready:
    RuleSession({}).fill(values)
    return Ready(2, values["code"], values, changes or {})


def standing() -> set[tuple[object, ...]]:
    rows = Rule.objects.filter(Q(live=True) | Q(waiting=True))
    return set(rows.values_list("code", "status", "article", "waiting"))


def test_rows_become_drafts_and_a_batch_is_taken_back_whole(office: Office) -> None:
    office.publish("R1")
    changed = ready(row("R1", article="6"), {"article": "5"})
    apply(office.act("khanh"), pages=[[ready(row("R9")), changed]])
    assert standing() == {
        ("R9", "draft", "5", False), ("R1", "published", "5", False), ("R1", "draft", "6", True),
    }  # fmt: skip
    take_back(office.act("khanh"))
    assert standing() == {("R1", "published", "5", False)}
    apply(office.act("khanh"), pages=[[ready(row("R1", article="7"), {"article": "5"})]])
    assert standing() == {("R1", "published", "5", False), ("R1", "draft", "7", True)}


def test_taking_back_a_batch_brings_back_the_draft_that_waited(office: Office) -> None:
    office.publish("R1")
    office.write("R1", article="8")
    before = standing()
    apply(office.act("khanh"), pages=[[ready(row("R1", article="9"), {"article": "8"})]])
    assert ("R1", "draft", "9", True) in standing()
    take_back(office.act("khanh"))
    assert standing() == before


def test_a_batch_of_which_a_rule_was_checked_stays(office: Office) -> None:
    apply(office.act("khanh"), pages=[[ready(row("R9"))]])
    office.check("R9", "chair")
    with pytest.raises(Refused):
        take_back(office.act("khanh"))
    assert Rule.objects.filter(live=True, code="R9").exists()


def test_what_is_wrong_in_a_row_is_told_at_its_cell(office: Office) -> None:
    session = RuleSession({})
    values = row("R9", matter="không có", text="1/1999", clause="2", article=None,
                 since="2025-07-01", until="2025-01-01", least=5, most=3)  # fmt: skip
    session.fill(values)
    assert {(p.code, p.subject) for p in session.judge(values)} == {
        ("authority.matter-unknown", "matter"), ("authority.text-unknown", "text"),
        ("authority.clause-without-article", "article"), ("authority.days-crossed", "until"),
        ("authority.amounts-crossed", "most"),
    }  # fmt: skip


def test_a_rule_goes_out_as_it_came_in(office: Office) -> None:
    office.publish("R1", least=1, most=9, until=date(2026, 1, 1))
    rule = Rule.objects.select_related("matter", "text").get(live=True)
    out = as_row(rule)
    known = RuleSession({}).known(["r1"])
    assert known["r1"].values == out
    assert (out["since"], out["until"], out["least"], out["text"]) == (
        "2025-07-01", "2026-01-01", 1, "nd-140",
    )  # fmt: skip
