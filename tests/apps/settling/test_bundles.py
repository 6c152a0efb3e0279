"""Bundles through their acts: parts by people, exceptions by name, nothing left behind."""

import pytest
from django.db import DatabaseError, transaction

from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.settling import actions, permit, queries
from thongsuot.apps.settling.conditions import closing
from thongsuot.apps.settling.models import Bundle, BundleException, BundlePart
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.settling.bundles import propose


def codes(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


def test_the_rule_proposes_from_the_list_what_names_the_lead(desk) -> None:
    lead, parts = desk.school()
    other = desk.add(desk.story.row(40, code="TS-40"))[0]
    items = Item.objects.filter(transition=desk.story.transition)
    found = queries.candidates(desk.item(lead), items)
    things = queries.things_of([desk.item(lead), *found])
    proposed = propose(things[lead], things.values())
    assert {p.key for p in proposed} == {
        f"{kind}:{desk.item(pk).code}" for kind, pk in parts.items()
    }
    assert {p.why for p in proposed} == {"code"}
    assert other not in {item.pk for item in found}


def test_a_whole_bundle_is_confirmed_and_then_its_parts_stand(desk) -> None:
    lead, parts = desk.school()
    pk = desk.bundle(lead, *parts.values())
    assert desk.on_bundle(actions.confirm_bundle, pk)["parts"] == 4
    for refused in (
        lambda: desk.on_bundle(actions.remove_part, pk, item_id=parts["person"], reason="nhầm"),
        lambda: desk.on_bundle(actions.confirm_bundle, pk),
        lambda: desk.on_bundle(actions.dissolve_bundle, pk, reason="thôi"),
    ):
        with pytest.raises(Refused) as caught:
            refused()
        assert caught.value.status == 409
    desk.on_bundle(actions.reopen_bundle, pk, reason="thêm phần")
    desk.on_bundle(actions.remove_part, pk, item_id=parts["person"], reason="nhầm")
    assert BundlePart.objects.filter(live=True).count() == 3


def test_a_group_without_a_part_is_refused_until_somebody_says_why(desk) -> None:
    lead, parts = desk.school("dataset")
    pk = desk.bundle(lead, *parts.values())
    with pytest.raises(Refused) as caught:
        desk.on_bundle(actions.confirm_bundle, pk)
    assert codes(caught) == ["settling.group-missing"]
    assert caught.value.problems[0].facts["group"] == "hợp đồng"
    desk.on_bundle(
        actions.except_from_bundle, pk, group="contracts", reason="Trường không ký hợp đồng nào",
        decided_by="Chị Lan",
    )  # fmt: skip
    desk.on_bundle(actions.confirm_bundle, pk)


def test_a_part_for_another_receiver_is_refused_until_it_is_excepted(desk) -> None:
    lead, parts = desk.school()
    desk.story.give_to(desk.story.department, [parts["archive"]])
    pk = desk.bundle(lead, *parts.values())
    with pytest.raises(Refused) as caught:
        desk.on_bundle(actions.confirm_bundle, pk)
    assert codes(caught) == ["settling.part-elsewhere"]
    assert caught.value.problems[0].facts["receiver"] == "so giao duc"
    desk.on_bundle(
        actions.except_from_bundle, pk, "city", item_id=parts["archive"],
        reason="Nộp lưu trữ", decided_by="Ban Chỉ đạo",
    )  # fmt: skip
    desk.on_bundle(actions.confirm_bundle, pk)


def test_minutes_that_leave_a_part_behind_are_refused_with_the_part_named(desk) -> None:
    lead, parts = desk.school("finance")
    pk = desk.bundle(lead, *parts.values())
    desk.on_bundle(
        actions.except_from_bundle, pk, group="money", reason="Chưa có", decided_by="Chị Lan"
    )
    desk.on_bundle(actions.confirm_bundle, pk)
    alone = desk.on_minutes(lead)
    with pytest.raises(Refused) as caught:
        desk.story.sign(alone, "giver")
    assert codes(caught) == ["settling.part-left-behind"] * 3
    assert {p.subject for p in caught.value.problems} == {
        desk.item(parts[k]).code for k in ("person", "archive", "dataset")
    }
    desk.on_minutes(parts["person"], parts["archive"], parts["dataset"])
    desk.story.sign(alone, "giver")
    desk.story.sign(alone, "receiver")


def test_an_excepted_part_goes_its_own_way(desk) -> None:
    lead, parts = desk.school("finance")
    desk.story.give_to(desk.story.other, [parts["archive"]])
    pk = desk.bundle(lead, *parts.values())
    for more in ({"group": "money"}, {"item_id": parts["archive"]}):
        desk.on_bundle(
            actions.except_from_bundle, pk, reason="đi riêng", decided_by="Chị Lan", **more
        )
    desk.on_bundle(actions.confirm_bundle, pk)
    away = desk.on_minutes(parts["archive"], receiver=desk.story.other)
    desk.story.sign(away, "giver")


def test_a_bundle_that_nobody_confirmed_keeps_its_body_open(desk) -> None:
    lead, _parts = desk.school()
    pk = desk.bundle(lead)
    found = closing(desk.story.transition, desk.story.office)
    assert "settling.bundle-open" in [p.code for p in found]
    desk.on_bundle(actions.dissolve_bundle, pk, reason="làm lại")
    found = closing(desk.story.transition, desk.story.office)
    assert "settling.bundle-open" not in [p.code for p in found]
    assert desk.bundle(lead) != pk


def test_an_item_is_in_one_bundle_at_most(desk) -> None:
    lead, parts = desk.school()
    desk.bundle(lead, parts["person"])
    second = desk.add(
        desk.story.row(30, kind="service_unit", code="DV-2", quantity=1, measure="đơn vị")
    )[0]
    pk = desk.bundle(second)
    for item in (lead, parts["person"]):
        with pytest.raises(Refused) as caught:
            desk.on_bundle(actions.add_parts, pk, parts=[{"item": item}])
        assert codes(caught) == ["settling.part-taken"]
    with pytest.raises(Refused):
        desk.bundle(lead)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"group": "money", "reason": ""}, "settling.text-needed"),
        ({"group": "money", "decided_by": " "}, "settling.text-needed"),
        ({"group": "gì đó"}, "settling.exception-of-one-thing"),
        ({}, "settling.exception-of-one-thing"),
        ({"item_id": 987_654}, "settling.part-missing"),
    ],
)
def test_an_exception_names_one_thing_its_reason_and_who_decided(desk, more, code) -> None:
    lead, _parts = desk.school()
    pk = desk.bundle(lead)
    with pytest.raises(Refused) as caught:
        desk.on_bundle(
            actions.except_from_bundle, pk, **{"reason": "vì", "decided_by": "ai", **more}
        )
    assert codes(caught) == [code]
    assert not BundleException.objects.exists()


def test_an_asset_leads_no_bundle_and_a_stranger_makes_none(desk) -> None:
    asset = desk.add(desk.story.row(1))[0]
    with pytest.raises(Refused) as caught:
        desk.bundle(asset)
    assert codes(caught) == ["settling.bundle-lead-unfit"]
    lead, _parts = desk.school()
    for who, status in (("minh", 403), ("rival", 404), ("inspector", 403), ("operator", 404)):
        with pytest.raises(Refused) as caught:
            actions.make_bundle(
                desk.act(who), transition_id=desk.story.transition, sort="service-unit",
                lead_id=lead,
            )  # fmt: skip
        assert caught.value.status == status, who


def test_the_receiver_sees_the_bundle_of_what_comes_to_it_and_others_do_not(desk) -> None:
    lead, _parts = desk.school()
    pk = desk.bundle(lead)
    transition = Transition.objects.get(pk=desk.story.transition)
    for who, seen in (("lan", True), ("minh", True), ("city", True), ("rival", False)):
        rows = permit.visible_bundles(getattr(desk.story, who), transition)
        assert rows.filter(pk=pk).exists() is seen, who


def test_exceptions_are_only_added_to_and_bundles_stay_what_they_are(desk) -> None:
    lead, _parts = desk.school()
    pk = desk.bundle(lead)
    desk.on_bundle(actions.except_from_bundle, pk, group="money", reason="vì", decided_by="ai")
    for change in (
        lambda: BundleException.objects.update(reason="khác"),
        lambda: Bundle.objects.update(sort="scheme"),
        lambda: Bundle.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_bundle_costs_the_same_queries_however_many_parts(
    desk, django_assert_num_queries
) -> None:
    lead, parts = desk.school()
    pk = desk.bundle(lead, *parts.values())
    row = Bundle.objects.get(pk=pk)
    with django_assert_num_queries(4):
        everything = queries.whole(row)
    assert len(everything.parts) == 4
