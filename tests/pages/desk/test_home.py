"""What waits for a person today."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages.handover.conftest import stage, story, story_day
from tests.pages.handover.stage import Stage

from thongsuot.apps.handover import actions

__all__ = ["stage", "story", "story_day"]
pytestmark = pytest.mark.django_db


def home(stage: Stage, who: str) -> str:
    answer = stage.as_(who).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_public_is_led_to_the_units_of_the_country() -> None:
    assert Client().get("/")["Location"] == "/don-vi/"


def test_minutes_wait_for_the_two_sides_and_for_nobody_else(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(3)
    address = f"/bien-ban/{minutes}/"
    for who in ("lan", "minh"):
        page = home(stage, who)
        assert address in page
        assert "còn 3 dòng phải đếm" in page
    for who in ("hoa", "son", "khanh", "hang", "quantri", "xa", "het"):
        assert address not in home(stage, who)


def test_a_signature_waits_for_a_head_when_both_have_counted(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    stage.story.count_all(minutes)
    assert "chờ ký" in home(stage, "lan")
    assert "chờ ký" not in home(stage, "minh")
    stage.story.sign(minutes, "giver")
    assert "chờ ký" in home(stage, "minh")
    assert "chờ ký" not in home(stage, "lan")


def test_somebody_without_a_part_is_told_so_and_led_on(stage: Stage) -> None:
    for who in ("xa", "het", "quantri"):
        page = home(stage, who)
        assert "Quận Hà Đông" not in page
        assert "/don-vi/" in page


def test_more_minutes_ask_the_database_no_more_often(stage: Stage) -> None:
    def asked() -> int:
        home(stage, "lan")
        with CaptureQueriesContext(connection) as seen:
            home(stage, "lan")
        return len(seen)

    s = stage.story
    s.dispatched(1)
    few = asked()
    for n in range(60, 64):
        made = actions.add_items(
            s.act(s.lan), transition_id=s.transition, giver_id=s.office, rows=[s.row(n)]
        )
        ids = list(made["items"])
        for to in (2, 3, 4):
            actions.advance_step(
                s.act(s.lan), transition_id=s.transition, to=to, choice={"ids": ids}
            )
        s.give_to(s.other if n % 2 else s.ward, ids)
        actions.dispatch(s.act(s.lan), transition_id=s.transition, choice={"ids": ids})
    assert asked() == few
