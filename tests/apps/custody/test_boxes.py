"""Containers: made, moved, filled, emptied, handed over."""

import pytest
from django.db import IntegrityError, transaction
from tests.apps.custody.conftest import Room

from thongsuot.apps.custody import actions_boxes, permit, verify
from thongsuot.apps.custody.models import Container, Holding, LabelPrint, Placing, Stay
from thongsuot.apps.custody.queries import passport, room_of, rooms
from thongsuot.apps.handover import actions
from thongsuot.apps.handover.actions.closing import what_is_left
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.custody.labels import read_label

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs) -> set[str]:
    """The codes with which a call is refused; nothing of it stays behind."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused, transaction.atomic():
        call(*args, **kwargs)
    assert Entry.objects.count() == before
    return {p.code for p in refused.value.problems}


def test_a_box_stands_on_a_shelf_in_a_store_and_holds_files(room: Room) -> None:
    box = room.get(room.box)
    assert room_of(box).pk == room.store
    assert box.things == 2
    assert read_label(box.label).label == box.label
    assert [p.item.code for p in passport(room.lan, box).items] == ["TS-0001", "TS-0002"]
    assert list(verify.faults()) == []


def test_a_move_ends_the_old_stay_at_the_instant_the_new_one_begins(room: Room) -> None:
    actions_boxes.move_container(
        room.act(), container_id=room.box, to_id=room.other_store, reason="kho 1 dột"
    )
    old, new = Stay.objects.filter(container=room.box).order_by("since")
    assert (old.place_id, new.place_id) == (room.shelf, room.other_store)
    assert old.until == new.since
    assert new.until is None
    assert room_of(room.get(room.box), old.since).pk == room.store
    assert room_of(room.get(room.box)).pk == room.other_store
    assert (room.get(room.shelf).things, room.get(room.other_store).things) == (0, 1)
    assert list(verify.faults()) == []


def test_a_move_against_the_order_or_to_the_same_place_is_refused(room: Room) -> None:
    def move(what: int, to: int, why: str = "dọn") -> set[str]:
        return refusal(
            actions_boxes.move_container, room.act(), container_id=what, to_id=to, reason=why
        )

    assert move(room.box, room.shelf) == {"custody.already-there"}
    assert move(room.shelf, room.box) == {"custody.wrong-order"}
    assert move(room.store, room.other_store) == {"custody.store-stands-alone"}
    assert move(room.box, room.other_store, "  ") == {"custody.reason-needed"}
    assert move(room.box, room.other_store, "x" * 301) == {"custody.text-too-long"}
    assert move(room.box, 987_654) == {"custody.container-missing"}


@pytest.mark.parametrize(
    "change",
    [
        {"place_id": 1},
        {"since": "2020-01-01T00:00Z"},
        {"entry": 0},
    ],
)
def test_the_database_rewrites_no_stay(room: Room, change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.filter(container=room.box).update(**change)


def test_the_database_puts_no_box_in_two_places_and_leaves_no_gap(room: Room) -> None:
    stay = Stay.objects.get(container=room.box)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(
            container_id=room.box, place_id=room.other_store, since=stay.since, entry=1
        )
    later = room.act(minutes=60).at
    Stay.objects.filter(pk=stay.pk).update(until=later)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(
            container_id=room.box,
            place_id=room.other_store,
            since=room.act(minutes=90).at,
            entry=1,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.filter(pk=stay.pk).update(until=None)
    assert [p.code for p in verify.faults()][:1] == ["custody.stays-broken"]


def test_a_file_lies_in_one_box_and_is_taken_out_with_a_reason(room: Room) -> None:
    (second,) = room.make("box", "H-02", place=room.shelf)
    assert refusal(room.put, "TS-0001", box=second) == {"custody.item-lies-elsewhere"}
    assert refusal(room.put, "XX-9", box=second) == {"custody.item-not-on-list"}
    assert refusal(room.put, "TS-0003", box=room.shelf) == {"custody.holds-no-items"}
    assert refusal(room.put, box=second) == {"custody.codes-number"}
    out = {"container_id": room.box, "items": [room.items[0]]}
    assert refusal(actions_boxes.take_out, room.act(), reason="", **out) == {
        "custody.reason-needed"
    }
    actions_boxes.take_out(room.act(), reason="xếp nhầm", **out)
    room.put("TS-0001", box=second)
    assert refusal(actions_boxes.take_out, room.act(), reason="lại", **out) == {
        "custody.item-not-inside"
    }
    told = Placing.objects.filter(item=room.items[0]).order_by("since")
    assert [(p.container_id, p.until is None) for p in told] == [
        (room.box, False),
        (second, True),
    ]
    assert list(verify.faults()) == []


def test_boxes_are_made_and_filled_as_the_inventory_says(room: Room) -> None:
    rows = [room.story.row(n, kind="archive", container=f"H-{n % 2 + 5:02}") for n in range(10, 16)]
    actions.add_items(
        room.act(), transition_id=room.story.transition, giver_id=room.story.office, rows=rows
    )
    done = actions_boxes.box_by_list(
        room.act(),
        transition_id=room.story.transition,
        body_id=room.story.office,
        place_id=room.shelf,
        codes=["H-05", "H-06"],
    )
    assert (done["count"], done["items"]) == (2, 6)
    assert {room.get(pk).things for pk in done["containers"]} == {3}
    again = {
        "transition_id": room.story.transition,
        "body_id": room.story.office,
        "place_id": room.shelf,
    }
    assert refusal(actions_boxes.box_by_list, room.act(), codes=["H-05"], **again) == {
        "custody.name-taken"
    }
    assert refusal(actions_boxes.box_by_list, room.act(), codes=["H-99"], **again) == {
        "custody.box-not-on-list"
    }
    assert list(verify.faults()) == []


def test_names_are_needed_short_and_not_taken(room: Room) -> None:
    for names, code in (
        ((" ",), "custody.name-needed"),
        (("x" * 81,), "custody.text-too-long"),
        (("h-01",), "custody.name-taken"),
        (("A", "á"), "custody.names-number"),
        ((), "custody.names-number"),
    ):
        assert refusal(room.make, "box", *names, place=room.shelf) == {code}
    assert refusal(room.make, "box", "H-09") == {"custody.place-needed"}
    assert refusal(room.make, "chest", "H-09", place=room.shelf) == {"custody.kind-unknown"}
    assert refusal(room.make, "store", "Kho", by=room.story.minh) == {"custody.not-allowed"}


def test_every_box_may_have_its_first_folder_and_every_store_its_shelf_a(room: Room) -> None:
    (second,) = room.make("box", "H-02", place=room.shelf)
    for box in (room.box, second):
        room.make("folder", "Cặp 1", place=box)
    room.make("shelf", "Giá A", place=room.other_store)
    assert refusal(room.make, "folder", "cap 1", place=second) == {"custody.name-taken"}
    assert refusal(room.make, "shelf", "Giá A", place=room.store) == {"custody.name-taken"}


def test_the_same_key_makes_boxes_once(room: Room) -> None:
    def make() -> dict[str, object]:
        return actions_boxes.make_containers(
            room.act(key="mot-lan"),
            transition_id=room.story.transition,
            body_id=room.story.office,
            kind="box",
            names=["H-07"],
            place_id=room.shelf,
        )

    assert make() == make()
    assert Container.objects.filter(name="H-07").count() == 1


def test_each_print_of_a_label_is_counted(room: Room) -> None:
    first = actions_boxes.print_labels(room.act(), containers=[room.box, room.shelf])
    again = actions_boxes.print_labels(room.act(), containers=[room.box])
    assert (first["again"], again["again"]) == (0, 1)
    told = LabelPrint.objects.filter(container=room.box).order_by("number")
    assert [p.number for p in told] == [1, 2]
    assert refusal(actions_boxes.print_labels, room.act(), containers=[]) == {
        "custody.labels-number"
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        LabelPrint.objects.update(number=7)


def _sign_over(room: Room) -> None:
    story = room.story
    story.classify()
    story.give_to(story.ward, list(room.items))
    done = actions.dispatch(
        room.act(), transition_id=story.transition, choice={"ids": list(room.items)}
    )
    minutes = int(done["minutes"][0])
    story.count_all(minutes)
    story.sign(minutes, "giver")
    story.sign(minutes, "receiver")


def receive(room: Room, number: str = "NP-0001", body: int = 0, by=None) -> dict[str, object]:
    return actions_boxes.receive_box(
        room.act(by or room.story.minh),
        container_id=room.box,
        body_id=body or room.story.ward,
        seal_number=number,
        condition="intact",
    )


def test_a_receiver_takes_a_box_over_by_the_number_on_it_after_the_minutes(room: Room) -> None:
    room.seal()
    room.story.classify()
    room.story.give_to(room.story.ward, list(room.items))
    assert refusal(receive, room) == {
        "custody.contents-not-signed",
        "custody.nothing-for-receiver",
    }


def test_a_box_signed_for_changes_hands_with_seal_and_condition(room: Room) -> None:
    room.seal()
    _sign_over(room)
    assert refusal(receive, room, "NP-9999") == {"custody.seal-differs"}
    receive(room)
    assert room.get(room.box).holder_id == room.story.ward
    told = Holding.objects.filter(container=room.box).order_by("at")
    assert [(h.body_id, h.seal_number) for h in told] == [
        (room.story.office, ""),
        (room.story.ward, "NP-0001"),
    ]
    assert refusal(receive, room) == {"custody.received-already"}
    assert refusal(room.open) == {"custody.not-allowed"}, "it is no longer the giver's"
    assert permit.container_in_sight(room.lan, room.box), "the giver still sees where it went"


def test_a_body_does_not_end_while_a_box_of_its_is_neither_handed_over_nor_empty(
    room: Room,
) -> None:
    transition = Transition.objects.get(pk=room.story.transition)
    _sign_over(room)
    codes = [p.code for p in what_is_left(transition, room.story.office)]
    assert {"custody.boxes-left", "custody.box-left"} <= set(codes)
    receive(room, "")
    assert what_is_left(transition, room.story.office) == []


def test_an_emptied_box_keeps_nobody_from_ending(room: Room) -> None:
    transition = Transition.objects.get(pk=room.story.transition)
    actions_boxes.take_out(
        room.act(), container_id=room.box, items=list(room.items[:2]), reason="gộp hộp"
    )
    codes = [p.code for p in what_is_left(transition, room.story.office)]
    assert not [c for c in codes if c.startswith("custody")]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("lan", True), ("clerk", True), ("city", True), ("inspector", True), ("minh", False),
     ("rival", False), ("operator", False), ("tu", False)],
)  # fmt: skip
def test_who_sees_a_box_before_anything_is_confirmed(room: Room, who: str, sees: bool) -> None:
    actor = room.story.people[who]
    assert permit.visible_containers(actor).filter(pk=room.box).exists() == (
        (sees and who != "clerk") or (who == "clerk" and actor.speaks_for(room.story.office))
    )


def test_a_receiver_sees_a_box_as_soon_as_something_in_it_is_confirmed_to_come(room: Room) -> None:
    room.story.classify()
    room.story.give_to(room.story.ward, [room.items[0]])
    page = passport(room.story.minh, permit.container_in_sight(room.story.minh, room.box))
    assert [p.item_id for p in page.items] == [room.items[0]]
    assert page.items_hidden == 1
    assert Item.objects.count() == 3


def test_the_stores_are_drawn_in_few_questions(room: Room, django_assert_max_num_queries) -> None:
    for n in range(10):
        (shelf,) = room.make("shelf", f"Giá {n}", place=room.other_store)
        room.make("box", f"H-1{n}", f"H-2{n}", place=shelf)
    with django_assert_max_num_queries(6):
        drawn = rooms(room.lan)
    shelves = {shelf.place.name: shelf.boxes for _store, part, _name in drawn for shelf in part}
    assert shelves["Giá 3"] == 2
    assert shelves["Giá A"] == 1
