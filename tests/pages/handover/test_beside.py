"""What other rooms add shows on the pages of the handover."""

import pytest

from thongsuot.apps.handover import beside
from thongsuot.rules.kernel.problem import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rooms(monkeypatch):
    monkeypatch.setattr(beside, "_ROOMS", [])


def test_links_show_on_a_transition_an_item_and_minutes_and_nothing_shows_without_them(stage):
    minutes, ids = stage.story.dispatched(1)
    doors = (("balance",), ("item", ids[0]), ("minutes-page", minutes))
    for door in doors:
        assert "Liên quan:" not in stage.page("lan", *door)
    beside.register(
        links=lambda kind, pk, actor: [beside.Link(f"Hộp niêm phong {kind}", f"/hop/{pk}/")]
    )
    for door, kind in zip(doors, ("transition", "item", "minutes"), strict=True):
        page = stage.page("lan", *door)
        assert f"Hộp niêm phong {kind}" in page
        assert "Liên quan:" in page


def test_what_another_room_has_against_closing_is_on_the_page_before_the_act(stage):
    beside.register(
        closing=lambda transition, body: [Problem("handover.kind-unknown", "Con dấu chưa thu hồi")]
    )
    assert "Con dấu chưa thu hồi" in stage.page("khanh", "close-body", stage.story.office)
