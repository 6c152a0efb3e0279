"""The chapter of the demonstration about boxes, on the small story."""

from datetime import date, datetime, time
from types import SimpleNamespace

import pytest
from django.utils import timezone
from tests.apps.custody.conftest import Room

from thongsuot.apps.custody import verify
from thongsuot.apps.custody.models import Alarm, Container, Count, Seal
from thongsuot.apps.demo.chapter_custody import BOXES, KEEPER, SEALED, box_and_seal
from thongsuot.apps.demo.load import Teller
from thongsuot.apps.handover import actions

pytestmark = pytest.mark.django_db


def test_three_dozen_boxes_one_opened_again_one_short_and_one_in_the_wrong_store(
    room: Room,
) -> None:
    rows = [
        room.story.row(n, kind="archive", measure="hộp", container=f"HD-{n % BOXES:05}")
        for n in range(100, 100 + 2 * BOXES)
    ]
    actions.add_items(
        room.act(), transition_id=room.story.transition, giver_id=room.story.office, rows=rows
    )
    teller = Teller(timezone.make_aware(datetime.combine(date(2025, 6, 20), time(8))))
    stage = SimpleNamespace(bodies={KEEPER: room.story.office})
    box_and_seal(teller, stage, room.story.transition)
    assert Container.objects.filter(kind="box", name__startswith="HD-").count() == BOXES
    assert Seal.objects.filter(opened__isnull=True).count() == SEALED
    assert Seal.objects.filter(opened__isnull=False).count() == 1
    count = Count.objects.get()
    assert (count.short, count.over, count.unknown) == (1, 1, 0)
    assert Alarm.objects.filter(resolved_at__isnull=True).count() == 1
    assert list(verify.faults()) == []
