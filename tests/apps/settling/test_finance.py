"""The closing sheet through its acts: what is refused, what is written, what the database holds."""

import pytest
from django.db import DatabaseError, transaction
from tests.apps.settling.conftest import TODAY, line

from thongsuot.apps.handover import actions as handover
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.settling import actions, queries
from thongsuot.apps.settling.models import Confirmation, SheetLine
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry


def codes(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


def test_lines_are_written_once_and_a_line_again_replaces_and_keeps_the_old(desk) -> None:
    desk.write(line("A"), line("B", "payable"))
    desk.write(line("A", amount=5))
    rows = SheetLine.objects.order_by("pk")
    assert [(r.code, r.amount, r.live) for r in rows] == [
        ("A", 1_000, False), ("B", 1_000, True), ("A", 5, True),
    ]  # fmt: skip
    assert rows[2].replaces_id == rows[0].pk
    assert Entry.objects.filter(act="settling.lines-written").count() == 2


def test_the_same_key_writes_once(desk) -> None:
    act = desk.act(key="mot-lan")
    for _ in range(2):
        actions.write_lines(desk.act(key="mot-lan"), lines=[line("A")], **desk.where)
    assert act.key == "mot-lan"
    assert SheetLine.objects.count() == 1


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (line("A", amount=-1), "settling.amount-range"),
        (line("A", amount=2**63), "settling.amount-range"),
        (line("A", account=""), "settling.account-needed"),
        (line("A", "gì đó"), "settling.section-unknown"),
        (line("A", title="x" * 301), "settling.text-too-long"),
        (line("A", title="a\x00b"), "settling.text-unfit"),
        (line("A", "estimate", granted=5, spent=9), "settling.spent-over-granted"),
        (line("A", "estimate", 3, granted=9, spent=5), "settling.left-differs"),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_nothing_is_written(desk, bad, code) -> None:
    with pytest.raises(Refused) as caught:
        desk.write(line("B"), bad)
    assert codes(caught) == [code]
    assert not SheetLine.objects.exists()


def test_two_lines_with_one_code_and_none_at_all_are_refused(desk) -> None:
    with pytest.raises(Refused) as caught:
        desk.write(line("A"), line("A"))
    assert codes(caught) == ["settling.code-twice"]
    with pytest.raises(Refused):
        desk.write()


@pytest.mark.parametrize("who", ["minh", "city", "inspector", "operator", "tu"])
def test_only_those_who_answer_for_the_body_write_its_sheet(desk, who) -> None:
    with pytest.raises(Refused) as caught:
        actions.write_lines(desk.act(who), lines=[line("A")], **desk.where)
    assert caught.value.status == 403


def test_a_body_that_does_not_end_here_has_no_sheet(desk) -> None:
    with pytest.raises(Refused):
        actions.write_lines(
            desk.act("minh"), transition_id=desk.story.transition, body_id=desk.story.ward,
            lines=[line("A")],
        )  # fmt: skip


def test_a_clerk_writes_and_a_head_freezes(desk) -> None:
    actions.write_lines(desk.act("clerk"), lines=[line("A")], **desk.where)
    with pytest.raises(Refused) as caught:
        actions.freeze_sheet(desk.act("clerk"), **desk.where)
    assert caught.value.status == 403
    desk.freeze()
    with pytest.raises(Refused) as caught:
        desk.write(line("A", amount=1))
    assert (codes(caught), caught.value.status) == (["settling.sheet-frozen"], 409)
    actions.reopen_sheet(desk.act(), reason="Sửa số", **desk.where)
    desk.write(line("A", amount=1))


def test_the_database_itself_refuses_a_change_on_a_frozen_sheet(desk) -> None:
    desk.write(line("A"))
    desk.freeze()
    row = SheetLine.objects.get()
    for change in (
        lambda: SheetLine.objects.filter(pk=row.pk).update(live=False),
        lambda: SheetLine.objects.create(
            sheet=row.sheet, section="cash", code="Z", title="z", amount=1, entry=row.entry
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_database_refuses_another_amount_and_a_line_gone(desk) -> None:
    desk.write(line("A"))
    for change in (
        lambda: SheetLine.objects.update(amount=9),
        lambda: SheetLine.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    desk.confirm(A=1_000)
    with pytest.raises(DatabaseError), transaction.atomic():
        Confirmation.objects.update(number="khác")


@pytest.mark.parametrize(
    ("amounts", "code"),
    [
        ([], "settling.amounts-needed"),
        ([{"account": "1", "amount": -1}], "settling.amount-range"),
        ([{"account": "1", "amount": None}], "settling.amount-range"),
        ([{"account": " ", "amount": 1}], "settling.account-needed"),
        (
            [{"account": "1.2", "amount": 1}, {"account": "12", "amount": 1}],
            "settling.account-twice",
        ),
    ],
)
def test_a_confirmation_that_cannot_be_is_refused(desk, amounts, code) -> None:
    with pytest.raises(Refused) as caught:
        actions.record_confirmation(desk.act(), number="1", on=TODAY, amounts=amounts, **desk.where)
    assert codes(caught) == [code]


def test_a_confirmation_has_a_number_and_a_day_that_has_come(desk) -> None:
    for number, on in (("", TODAY), ("1", TODAY.replace(day=25))):
        with pytest.raises(Refused):
            actions.record_confirmation(
                desk.act(), number=number, on=on, amounts=[{"account": "1", "amount": 1}],
                **desk.where,
            )  # fmt: skip


def test_minutes_with_money_wait_for_the_sheet_to_tie_and_then_are_signed(desk) -> None:
    item = desk.money("TC-1")
    minutes = desk.on_minutes(item)
    with pytest.raises(Refused) as caught:
        desk.story.sign(minutes, "giver")
    assert codes(caught) == ["settling.no-sheet"]
    desk.write(line("TC-1"))
    desk.freeze()
    actions.record_confirmation(
        desk.act(), number="1", on=TODAY, amounts=[{"account": "3714 TC-1", "amount": 999}],
        **desk.where,
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        desk.story.sign(minutes, "giver")
    problem = caught.value.problems[0]
    assert problem.code == "settling.sheet-says-more"
    assert (problem.facts["difference"], problem.facts["lines"]) == (1, ("TC-1",))
    desk.confirm(**{"TC-1": 1_000})
    desk.story.sign(minutes, "giver")
    desk.story.sign(minutes, "receiver")
    assert desk.item(item).state == "accepted"


def test_an_item_that_is_not_on_the_sheet_is_not_signed_until_somebody_answers_for_it(desk) -> None:
    desk.settled_books("TC-1")
    stray = desk.money("TC-2", 77, "cash")
    minutes = desk.on_minutes(stray)
    with pytest.raises(Refused) as caught:
        desk.story.sign(minutes, "giver")
    assert codes(caught) == ["settling.item-without-line"]
    actions.except_difference(
        desk.act(), code="TC-2", reason="Phát hiện sau khi chốt", decided_by="Chị Lan",
        **desk.where,
    )  # fmt: skip
    desk.story.sign(minutes, "giver")


def test_what_does_not_differ_is_not_excused(desk) -> None:
    desk.settled_books("TC-1")
    with pytest.raises(Refused) as caught:
        actions.except_difference(desk.act(), code="TC-1", reason="x", decided_by="y", **desk.where)
    assert (codes(caught), caught.value.status) == (["settling.nothing-to-excuse"], 404)


def test_minutes_without_money_ask_nothing_of_the_sheet(desk) -> None:
    minutes, _ids = desk.story.dispatched(1)
    desk.story.count_all(minutes)
    desk.story.sign(minutes, "giver")
    desk.story.sign(minutes, "receiver")


def test_a_body_does_not_end_while_its_books_differ(desk) -> None:
    desk.settled_books("TC-1")
    actions.record_confirmation(
        desk.act(), number="2", on=TODAY, amounts=[{"account": "3714.TC-1", "amount": 1_250}],
        **desk.where,
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        handover.close_body(desk.act("city"), **desk.where)
    assert "settling.treasury-says-more" in codes(caught)


def test_the_list_of_sheets_costs_the_same_however_many(desk, django_assert_num_queries) -> None:
    transition = Transition.objects.get(pk=desk.story.transition)
    desk.settled_books("TC-1")
    bodies = [desk.story.office, desk.story.district]
    with django_assert_num_queries(8):
        rows = queries.sheet_rows(transition, bodies)
    assert [row.problems for row in rows if row.statement] == [()]
