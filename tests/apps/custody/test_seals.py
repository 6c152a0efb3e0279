"""Seals through the acts, and what the database holds by itself."""

import pytest
from django.db import IntegrityError, transaction
from tests.apps.custody.conftest import Room
from tests.apps.custody.test_boxes import refusal

from thongsuot.apps.custody import actions_boxes
from thongsuot.apps.custody.models import Placing, Seal, Stay
from thongsuot.foundation.files.store import keep

pytestmark = pytest.mark.django_db
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def test_a_box_is_sealed_before_two_people_with_a_photo(room: Room, trail) -> None:
    photo = keep(PIXEL, "hop.png", by=room.lan)
    room.seal(" np-0001 ", photo_id=photo.pk, note="dây chì")
    seal = Seal.objects.get()
    assert (seal.number, seal.opened) == ("NP-0001", None)
    assert seal.first_name.startswith("Trần Thị Lan")
    assert seal.second_name.startswith("Đỗ Thị Hoa")
    assert seal.photo == photo
    assert trail()[-1] == "custody.box-sealed"


def test_what_is_missing_from_a_sealing_is_said_and_nothing_is_written(room: Room) -> None:
    assert refusal(room.seal, witness_id=room.lan.user) == {"custody.same-person"}
    assert refusal(room.seal, witness_id=0) == {"custody.two-people"}
    assert refusal(room.seal, witness_id=room.user("het")) == {"custody.witness-without-post"}
    assert refusal(room.seal, number="") == {"custody.seal-number-needed"}
    assert refusal(room.seal, condition="?") == {"custody.condition-unknown"}
    assert refusal(room.seal, note="x" * 501) == {"custody.text-too-long"}
    assert refusal(room.seal, photo_id=987_654) == {"custody.photo-not-picture"}
    csv = keep(b"a;b\n1;2\n", "a.csv", by=room.lan)
    assert refusal(room.seal, photo_id=csv.pk) == {"custody.photo-not-picture"}
    assert refusal(room.seal, by=room.story.minh) == {"custody.container-missing"}
    assert refusal(room.seal, by=room.story.city) == {"custody.not-allowed"}
    assert not Seal.objects.exists()


def test_nothing_goes_into_or_out_of_a_sealed_box(room: Room) -> None:
    (folder,) = room.make("folder", "Cặp 1", place=room.box)
    (loose,) = room.make("folder", "Cặp 2", place=room.shelf)
    room.seal()
    closed = {"custody.contents-closed"}
    assert refusal(room.put, "TS-0003") == closed
    assert refusal(room.put, "TS-0003", box=folder) == closed
    out = {"container_id": room.box, "items": [room.items[0]], "reason": "xem"}
    assert refusal(actions_boxes.take_out, room.act(), **out) == closed
    for what, to in ((folder, room.shelf), (loose, room.box)):
        call = {"container_id": what, "to_id": to, "reason": "dọn"}
        assert refusal(actions_boxes.move_container, room.act(), **call) == closed
    assert refusal(room.make, "folder", "Cặp 3", place=room.box) == closed


def test_the_database_itself_keeps_a_sealed_box_closed(room: Room) -> None:
    (folder,) = room.make("folder", "Cặp 1", place=room.box)
    room.seal()
    at = room.act(minutes=60).at
    wrong = (
        lambda: Placing.objects.create(item_id=room.items[2], container_id=room.box, since=at, entry=1),
        lambda: Placing.objects.create(item_id=room.items[2], container_id=folder, since=at, entry=1),
        lambda: Placing.objects.filter(container=room.box).update(until=at),
        lambda: Placing.objects.filter(container=room.box).delete(),
        lambda: Stay.objects.filter(container=folder).update(until=at),
        lambda: Seal.objects.update(number="NP-0002"),
        lambda: Seal.objects.all().delete(),
    )  # fmt: skip
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_sealed_box_may_be_carried_whole_to_another_place(room: Room) -> None:
    room.seal()
    actions_boxes.move_container(
        room.act(), container_id=room.box, to_id=room.other_store, reason="dồn kho"
    )
    assert Seal.objects.get().opened is None


def test_an_opening_has_a_reason_and_two_people_and_the_number_is_used_up(room: Room) -> None:
    room.seal("NP-1")
    assert refusal(room.open, reason=" ") == {"custody.reason-needed"}
    assert refusal(room.open, witness_id=room.lan.user) == {"custody.same-person"}
    room.open()
    room.put("TS-0003")
    assert refusal(room.seal, "np-1") == {"custody.seal-number-used"}
    assert refusal(room.open) == {"custody.not-sealed"}
    room.seal("NP-2")
    first, second = Seal.objects.order_by("since")
    assert first.opened is not None
    assert first.opened <= second.since
    assert first.opened_reason.startswith("tra cứu")
    assert (second.number, second.opened) == ("NP-2", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.filter(pk=first.pk).update(opened=None)


def test_a_box_has_one_seal_at_a_time(room: Room) -> None:
    room.seal("NP-1")
    assert refusal(room.seal, "NP-2") == {"custody.sealed-already"}
    (empty,) = room.make("box", "H-02", place=room.shelf)
    assert refusal(room.seal, "NP-3", box=empty) == {"custody.empty-box"}
    assert refusal(room.seal, "NP-1", box=empty) == {
        "custody.empty-box",
        "custody.seal-number-used",
    }
