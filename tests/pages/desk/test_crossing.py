"""From work carried over to what is asked about it, in one click, and from the answer back."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.pages.handover.conftest import stage, story, story_day
from tests.pages.handover.stage import Stage

from thongsuot.apps.difficulties import actions
from thongsuot.apps.difficulties.models import Difficulty

__all__ = ["stage", "story", "story_day"]
pytestmark = pytest.mark.django_db


def test_one_click_leads_from_carried_work_to_a_proposal_and_back_from_the_answer(
    stage: Stage,
) -> None:
    (item,) = stage.story.list_items(1, kind="task")
    page = unescape(stage.page("lan", "backlog"))
    assert "chưa gửi" in page
    (way,) = set(re.findall(r'href="(/vuong-mac/neu/\?[^"]*loai=proposal[^"]*)"', page))
    asked = parse_qs(urlsplit(way).query)
    assert asked["loai"] == ["proposal"]
    form = stage.as_("lan").get(way).content.decode()
    assert asked["ten"][0] in unescape(form)  # begun with the thing it is about
    sent = {"tu": asked["tu"][0], "do": "gui", "key": "kien-nghi-1", "sort": "proposal",
            "title": asked["ten"][0], "text": "Đề nghị giao phường giải quyết tiếp.",
            "field": "khac"}  # fmt: skip
    assert stage.as_("lan").post("/vuong-mac/neu/", sent).status_code == 302
    row = Difficulty.objects.get()
    assert (row.about_kind, row.about_id) == ("handover.item", item)
    page = unescape(stage.page("lan", "backlog"))
    assert f"{row.code}: chờ trả lời" in page
    assert f"/vuong-mac/{row.pk}/" in page
    thing = stage.as_("lan").get(asked["tu"][0]).content.decode()
    assert f"{row.code}: chờ trả lời" in unescape(thing)
    answer = stage.as_("lan").get(f"/vuong-mac/{row.pk}/").content.decode()
    assert asked["tu"][0] in answer  # and back to the item


def test_what_was_withdrawn_or_is_reserved_is_not_told(stage: Stage) -> None:
    (item,) = stage.story.list_items(1, kind="task")
    raised = {"sort": "proposal", "title": "Giao phường giải quyết tiếp", "field": "khac",
              "text": "Đề nghị giao phường giải quyết tiếp.", "about": f"handover.item:{item}"}  # fmt: skip
    actions.raise_difficulty(stage.story.act(stage.story.lan), **raised, reserved=True)
    assert "chưa gửi" in stage.page("lan", "backlog")


def test_the_register_asks_the_database_no_more_often_with_more_rows(stage: Stage) -> None:
    def asked() -> int:
        stage.page("lan", "backlog")
        with CaptureQueriesContext(connection) as seen:
            stage.page("lan", "backlog")
        return len(seen)

    stage.story.list_items(1, kind="task", code="NV-MOT")
    few = asked()
    stage.story.list_items(6, kind="task")
    assert asked() <= few
