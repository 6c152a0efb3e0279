"""Seals through their acts: the register, the steps, the body that may not end."""

import pytest
from django.db import DatabaseError, transaction
from tests.apps.settling.conftest import TODAY

from thongsuot.apps.handover import actions as handover
from thongsuot.apps.settling import actions
from thongsuot.apps.settling.conditions import closing, faults
from thongsuot.apps.settling.models import Seal, SealStep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry


def codes(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


def test_the_inventory_is_the_source_of_the_register_and_each_seal_comes_once(desk) -> None:
    assert len(desk.seals(2)) == 2
    with pytest.raises(Refused) as caught:
        actions.register_seals(desk.act(), transition_id=desk.story.transition)
    assert codes(caught) == ["settling.seals-all-registered"]
    with pytest.raises(Refused) as caught:
        actions.register_seals(desk.act("minh"), transition_id=desk.story.transition)
    assert caught.value.status == 403


def test_seals_go_back_with_receiver_and_certificate_and_the_ledger_closes_them(desk) -> None:
    seals = desk.seals(2)
    desk.move("report", *seals, who="clerk")
    desk.move("return", *seals, receiver_id=desk.police, number="15/BB")
    done = desk.move("certify", *seals, number="221/GCN")
    assert done == {"count": 2, "closed": 2}
    seal = Seal.objects.get(pk=seals[0])
    assert (seal.state, seal.receiver_id, seal.paper) == ("certified", desk.police, "221/GCN")
    assert desk.item(seal.item_id).state == "closed"
    assert SealStep.objects.count() == 6
    assert Entry.objects.filter(act="settling.seals-moved").count() == 3
    assert list(faults()) == []
    assert closing(desk.story.transition, desk.story.office) == []


@pytest.mark.parametrize(
    ("doing", "more", "code"),
    [
        ("certify", {"number": "1"}, "settling.seal-not-in-this-state"),
        ("gì đó", {}, "settling.seal-not-in-this-state"),
        ("lose", {}, "settling.reason-needed"),
        ("report", {"on": TODAY.replace(day=25)}, "settling.day-to-come"),
        ("report", {"reason": "a\x00"}, "settling.text-unfit"),
        ("report", {"number": "x" * 101}, "settling.text-too-long"),
    ],
)
def test_a_step_that_may_not_be_is_refused(desk, doing, more, code) -> None:
    seals = desk.seals(1)
    with pytest.raises(Refused) as caught:
        desk.move(doing, *seals, **more)
    assert codes(caught) == [code]


def test_a_seal_goes_to_a_police_body_only(desk) -> None:
    seals = desk.seals(1)
    desk.move("report", *seals)
    for receiver, code in (
        (None, "settling.receiver-needed"),
        (desk.story.department, "settling.receiver-not-police"),
        (987_654, "settling.receiver-needed"),
    ):
        with pytest.raises(Refused) as caught:
            desk.move("return", *seals, receiver_id=receiver)
        assert codes(caught) == [code]


def test_all_or_none_of_the_chosen_seals_move(desk) -> None:
    first, second = desk.seals(2)
    desk.move("report", first)
    with pytest.raises(Refused) as caught:
        desk.move("report", first, second)
    assert [p.subject for p in caught.value.problems] == ["CD-1"]
    assert Seal.objects.get(pk=second).state == "in-use"


@pytest.mark.parametrize("who", ["minh", "city", "inspector", "operator", "tu"])
def test_others_neither_move_seals_nor_learn_of_them(desk, who) -> None:
    seals = desk.seals(1)
    with pytest.raises(Refused) as caught:
        desk.move("report", *seals, who=who)
    assert caught.value.status == (403 if who in ("city", "inspector") else 404)
    with pytest.raises(Refused) as caught:
        desk.move("report", 987_654)
    assert caught.value.status == 404


def test_a_clerk_does_not_record_the_certificate(desk) -> None:
    seals = desk.seals(1)
    desk.move("report", *seals)
    desk.move("return", *seals, receiver_id=desk.police)
    with pytest.raises(Refused) as caught:
        desk.move("certify", *seals, who="clerk", number="1")
    assert caught.value.status == 403


def test_a_lost_seal_is_announced_and_may_be_found_again(desk) -> None:
    seals = desk.seals(1)
    desk.move("lose", *seals, reason="Mất khi chuyển trụ sở")
    assert [p.code for p in closing(desk.story.transition, desk.story.office)] == [
        "settling.seals-outstanding",
        "settling.seal-outstanding",
    ]
    desk.move("announce", *seals, number="3/TB")
    assert closing(desk.story.transition, desk.story.office) == []
    desk.move("find", *seals, reason="Thấy trong tủ")
    assert Seal.objects.get().state == "reported"


def test_a_body_with_a_seal_outside_the_register_does_not_end_either(desk) -> None:
    desk.add(desk.story.row(1, kind="seal", code="CD-9", quantity=1, measure="con dấu"))
    with pytest.raises(Refused) as caught:
        handover.close_body(desk.act("city"), **desk.where)
    assert "settling.seals-outstanding" in codes(caught)


def test_the_steps_of_a_seal_are_only_added_to(desk) -> None:
    desk.move("report", *desk.seals(1))
    for change in (
        lambda: SealStep.objects.update(on=TODAY),
        lambda: SealStep.objects.all().delete(),
        lambda: Seal.objects.update(code="khác"),
        lambda: Seal.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_state_without_its_step_is_found(desk) -> None:
    seals = desk.seals(1)
    Seal.objects.filter(pk=seals[0]).update(state="certified")
    assert [p.code for p in faults()] == ["settling.seal-differs"]


def issue(desk, who: str = "city", **more):
    values = {
        "body_id": desk.story.ward, "code": "M-1", "title": "Con dấu UBND (minh họa)",
        "seal_type": "round", "certificate_no": "9/CNMD", "issuer_id": desk.police, "on": TODAY,
    } | more  # fmt: skip
    return actions.issue_seal(desk.act(who), transition_id=desk.story.transition, **values)


def test_a_body_that_begins_gets_its_new_seal(desk) -> None:
    issue(desk, "minh")
    seal = Seal.objects.get()
    assert (seal.old, seal.body_id, seal.state) == (False, desk.story.ward, "in-use")
    with pytest.raises(Refused) as caught:
        issue(desk)
    assert codes(caught) == ["settling.code-twice"]
    with pytest.raises(Refused) as caught:
        desk.move("report", seal.pk, who="minh")
    assert codes(caught) == ["settling.seal-is-new"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"code": ""}, "settling.code-needed"),
        ({"certificate_no": " "}, "settling.number-needed"),
        ({"issuer_id": 987_654}, "settling.receiver-not-police"),
        ({"seal_type": "vuông"}, "settling.seal-type-unknown"),
        ({"on": TODAY.replace(day=25)}, "settling.day-to-come"),
    ],
)
def test_a_new_seal_that_cannot_be_is_refused(desk, more, code) -> None:
    with pytest.raises(Refused) as caught:
        issue(desk, **more)
    assert codes(caught) == [code]


def test_new_seals_are_for_bodies_that_begin_here(desk) -> None:
    with pytest.raises(Refused) as caught:
        issue(desk, body_id=desk.story.department)
    assert codes(caught) == ["settling.body-does-not-begin"]
    with pytest.raises(Refused) as caught:
        issue(desk, "rival")
    assert caught.value.status == 403
