"""The archives are boxed and sealed: one box opened and sealed again, one count with a box short, one label in the wrong store."""

from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.custody import actions_boxes, actions_counts, actions_seals
from thongsuot.apps.custody.models import Container
from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.handover.models import Item
from thongsuot.foundation.accounts.models import User

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

KEEPER = "hd-tp"  # Phòng Tư pháp: files of people, sealed before the last day
BOXES, SEALED = 36, 30
STORES = ("Kho lưu trữ số 1 (minh họa)", "Kho lưu trữ số 2 (minh họa)")
SHELVES = ("Giá A", "Giá B", "Giá C")


def box_and_seal(teller: "Teller", stage: Stage, transition: int) -> None:
    """Three dozen boxes on their shelves, most of them sealed, and one store counted."""
    teller.on(date(2025, 6, 21))
    first, second = _stores(teller, stage, transition)
    witness = User.objects.get(username="hoa").pk
    for number, box in enumerate([*first, *second][:SEALED], 1):
        actions_seals.seal_box(
            teller.act("lan"),
            container_id=box,
            number=f"HĐ-{number:04d}",
            condition="worn" if number % 9 == 0 else "intact",
            witness_id=witness,
        )
    _open_and_seal_again(teller, first[2], witness)
    _count(teller, second, first[4], witness)


def _made(done: dict[str, object]) -> list[int]:
    return [int(str(pk)) for pk in list(done["containers"])]  # type: ignore[call-overload]  # plain values


def _stores(teller: "Teller", stage: Stage, transition: int) -> tuple[list[int], list[int]]:
    body = stage.bodies[KEEPER]
    where = {"transition_id": transition, "body_id": body}
    stores = _made(
        actions_boxes.make_containers(teller.act("lan"), kind="store", names=list(STORES), **where)
    )
    codes = list(
        Item.objects.filter(transition=transition, giver=body, kind="archive")
        .exclude(container="")
        .order_by("container")
        .values_list("container", flat=True)
        .distinct()[:BOXES]
    )
    half = len(codes) * 2 // 3
    made = []
    for store, part in zip(stores, (codes[:half], codes[half:]), strict=True):
        names = [f"{name}, {'kho 1' if store == stores[0] else 'kho 2'}" for name in SHELVES]
        shelves = _made(
            actions_boxes.make_containers(
                teller.act("lan"), kind="shelf", names=names, place_id=store, **where
            )
        )
        boxes: list[int] = []
        for at, shelf in enumerate(shelves):
            names = part[at :: len(shelves)]
            if names:
                done = actions_boxes.box_by_list(
                    teller.act("lan"), place_id=shelf, codes=names, **where
                )
                boxes += _made(done)
        made.append(boxes)
    return made[0], made[1]


def _open_and_seal_again(teller: "Teller", box: int, witness: int) -> None:
    teller.on(date(2025, 6, 22), 14)
    actions_seals.open_box(
        teller.act("lan"),
        container_id=box,
        reason="Trích lục bản sao giấy khai sinh theo yêu cầu của công dân.",
        authority="Phiếu yêu cầu số 12 (minh họa)",
        condition="intact",
        witness_id=witness,
    )
    actions_seals.seal_box(
        teller.act("lan"),
        container_id=box,
        number=f"HĐ-{SEALED + 1:04d}",
        condition="intact",
        witness_id=witness,
        note="Niêm phong lại ngay sau khi trích lục.",
    )


def _count(teller: "Teller", boxes: list[int], stray: int, witness: int) -> None:
    """The second store is counted: one box is short, and one of the first store stands there."""
    teller.on(date(2025, 6, 23), 9)
    store = Container.objects.get(name=STORES[1])
    count = int(str(actions_counts.open_count(teller.act("lan"), place_id=store.pk)["count"]))
    labels = dict(Container.objects.filter(pk__in=[*boxes, stray]).values_list("pk", "label"))
    scans = [
        {"key": f"minh-hoa-{pk}", "text": labels[pk], "via": "scanner"}
        for pk in (*boxes[:-1], stray)
    ]
    actions_counts.record_scans(teller.act("lan"), count_id=count, scans=scans)
    actions_counts.close_count(
        teller.act("lan"),
        count_id=count,
        witness_id=witness,
        reason="Một hộp đang ở phòng đọc của Phòng Tư pháp; một hộp của kho 1 để nhầm sang.",
    )
