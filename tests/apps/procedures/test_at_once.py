"""Shops opened at once: each has a sign of its own, nobody is sent away."""

from datetime import date

import pytest
from tests.apps.handover.test_at_once import at_once
from tests.apps.procedures.conftest import DeskRoom

from thongsuot.apps.procedures import actions
from thongsuot.apps.procedures.models import Shop
from thongsuot.rules.procedures.receipts import desk_signs

CLIENTS = 8


@pytest.mark.django_db(transaction=True)
def test_shops_of_the_same_first_letters_opened_at_once_have_different_signs(
    desk_room: DeskRoom,
) -> None:
    def open_one(number: int) -> object:
        done = actions.open_shop(
            desk_room.act(), body_id=desk_room.story.ward, name=f"Bộ phận một cửa {number}",
            address="Số 1", hours="8:00–17:00", since=date(2025, 6, 1),
        )  # fmt: skip
        return bool(done["shop"])

    assert at_once(open_one, CLIENTS) == [True] * CLIENTS
    signs = set(Shop.objects.values_list("sign", flat=True))
    assert len(signs) == CLIENTS
    assert all(len(sign) <= 8 for sign in signs)


def test_signs_never_run_out_and_never_grow_over_eight() -> None:
    found = desk_signs("ABCD")
    signs = [next(found) for _ in range(2_000)]
    assert len(set(signs)) == len(signs)
    assert max(map(len, signs)) <= 8
