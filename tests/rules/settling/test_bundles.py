"""Bundles: what is proposed, what is missing, what would be left behind."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.settling.bundles import (
    NEEDED,
    Thing,
    check_lead,
    closing_problems,
    confirm_problems,
    group_of,
    left_behind,
    missing,
    propose,
    scattered,
)

WARD, OTHER = 20, 30
LEAD = Thing(
    "DVSN-1", "service_unit", "Trường Mầm non Hà Cầu", giver=5, unit=8, field="Giáo dục",
    receiver=WARD, annex={"account": "3714.0.9", "contracts": "HĐ 12/2024 với Công ty A"},
)  # fmt: skip
PERSON = Thing("CB-1", "person", "Lê Thị Hoa", receiver=WARD, annex={"unit_code": "DVSN-1"})
MONEY = Thing("TCH-1", "finance", "Số dư", receiver=WARD, annex={"account": "3714 0 9"})
PAPER = Thing("LT-1", "archive", "Hồ sơ Trường Mầm non Hà Cầu năm 2024", receiver=WARD)
CONTRACT = Thing(
    "DL-1", "dataset", "Hợp đồng", receiver=WARD,
    annex={"dataset_type": "contract", "contract_no": "12/2024"},
)  # fmt: skip
NEAR = Thing("NV-1", "task", "Sửa cổng", giver=5, unit=8, field="Giáo dục", receiver=WARD)
FAR = Thing("NV-2", "task", "Việc khác", giver=6)
PARTS = (PERSON, MONEY, PAPER, CONTRACT)


def codes(problems) -> list[str]:
    return [p.code for p in problems]


def test_the_rule_says_why_each_part_belongs() -> None:
    found = propose(LEAD, (FAR, NEAR, *PARTS, LEAD))
    assert {p.key: p.why for p in found} == {
        "person:CB-1": "code",
        "finance:TCH-1": "account",
        "dataset:DL-1": "contract",
        "archive:LT-1": "name",
        "task:NV-1": "same-place",
    }
    assert [p.sure for p in found] == [True, True, True, True, False]


def test_a_part_split_from_the_lead_belongs_to_it() -> None:
    half = Thing("DVSN-1/2", "service_unit", parent="DVSN-1")
    assert [p.why for p in propose(LEAD, [half])] == ["parent"]


def test_a_whole_bundle_has_nothing_against_it() -> None:
    assert confirm_problems(LEAD, PARTS) == ()


def test_each_missing_group_is_named_unless_somebody_said_why() -> None:
    assert [g.value for g in missing(LEAD, (PERSON, PAPER))] == ["money", "contracts"]
    assert missing(LEAD, (PERSON, PAPER), frozenset({"money", "contracts"})) == ()
    assert codes(confirm_problems(LEAD, ())) == [
        "settling.bundle-empty",
        *(["settling.group-missing"] * 4),
    ]


def test_a_part_for_another_receiver_or_another_day_is_named() -> None:
    elsewhere = replace(MONEY, receiver=OTHER)
    assert codes(scattered(LEAD, (PERSON, elsewhere))) == ["settling.part-elsewhere"]
    assert list(scattered(LEAD, (elsewhere,), frozenset({"finance:TCH-1"}))) == []
    lead = replace(LEAD, accepted_on=date(2025, 6, 28))
    late = replace(PERSON, accepted_on=date(2025, 6, 30))
    assert codes(scattered(lead, (late,))) == ["settling.part-other-day"]
    assert codes(scattered(LEAD, (replace(PERSON, state="closed"),))) == ["settling.part-ended"]


def test_a_bundle_needs_a_receiver_and_a_lead_of_its_sort() -> None:
    assert "settling.lead-without-receiver" in codes(
        confirm_problems(replace(LEAD, receiver=0), PARTS)
    )
    assert check_lead("service-unit", LEAD) is None
    assert check_lead("scheme", LEAD).code == "settling.bundle-lead-unfit"
    assert check_lead("gì đó", LEAD).code == "settling.bundle-lead-unfit"


def test_a_bundle_begun_and_not_confirmed_keeps_its_body_open() -> None:
    assert closing_problems(LEAD, True, "Trường") == ()
    assert codes(closing_problems(LEAD, False, "Trường")) == ["settling.bundle-open"]
    assert closing_problems(replace(LEAD, state="closed"), False, "Trường") == ()


def test_minutes_with_the_lead_alone_leave_every_part_behind() -> None:
    lead = replace(LEAD, on_minutes=WARD)
    there = replace(MONEY, accepted_on=date(2025, 6, 28))
    found = list(left_behind((lead, PERSON, there), WARD))
    assert [p.subject for p in found] == ["CB-1"]
    assert list(left_behind((lead, PERSON), WARD, frozenset({"person:CB-1"}))) == []
    assert list(left_behind((lead, replace(PERSON, on_minutes=WARD)), WARD)) == []
    assert [p.subject for p in left_behind((lead, replace(PERSON, on_minutes=OTHER)), WARD)] == [
        "CB-1"
    ]


kinds = st.sampled_from(
    ["task", "case", "archive", "asset", "office", "finance", "project", "person", "dataset"]
)
things = st.builds(
    Thing,
    code=st.sampled_from([f"X{n}" for n in range(20)]),
    kind=kinds,
    receiver=st.sampled_from([WARD, OTHER]),
    accepted_on=st.sampled_from([None, date(2025, 6, 28), date(2025, 6, 29)]),
    on_minutes=st.sampled_from([0, WARD, OTHER]),
    annex=st.sampled_from([{}, {"dataset_type": "contract"}]),
)


@given(st.lists(things, unique_by=lambda t: t.key), st.sampled_from([None, date(2025, 6, 28)]))
def test_a_bundle_with_nothing_to_say_has_one_receiver_and_one_day(parts, day) -> None:
    lead = replace(LEAD, accepted_on=day)
    wrong = {p.subject for p in scattered(lead, parts)}
    right = [p for p in parts if p.code not in wrong]
    assert {p.receiver for p in right} <= {WARD}
    assert len({p.accepted_on for p in right if p.accepted_on and day} | ({day} - {None})) <= 1


@given(st.lists(things, unique_by=lambda t: t.key))
def test_an_exception_for_every_part_silences_every_part_and_nothing_else_does(parts) -> None:
    excepted = frozenset(p.key for p in parts)
    assert list(scattered(LEAD, parts, excepted)) == []
    assert list(left_behind(parts, WARD, excepted)) == []
    groups = {group_of(p.kind, p.annex) for p in parts} | {group_of(LEAD.kind, LEAD.annex)}
    assert set(missing(LEAD, parts)) == set(NEEDED) - groups


@given(st.lists(things))
def test_nothing_is_proposed_twice_and_never_the_lead(many) -> None:
    found = [p.key for p in propose(LEAD, [LEAD, *many])]
    assert len(found) == len(set(found))
    assert LEAD.key not in found
