"""Work that has a season and no day is found by the radar before its holder ends."""

from datetime import date

import pytest

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.foundation.refusal import Refused

pytestmark = pytest.mark.django_db

EXAM = {"kind": "task", "measure": "mục", "quantity": 1, "citizen": True, "value": None}


def listed(story, *rows) -> list[int]:
    done = actions.add_items(
        story.act(story.lan),
        transition_id=story.transition,
        giver_id=story.office,
        rows=[story.row(n, **EXAM | row) for n, row in enumerate(rows, 1)],
    )
    return list(done["items"])


def seen(story, transition) -> dict[str, date]:
    return {i.title: i.due for i in queries.radar(story.city, transition)}


def test_the_exam_is_found_by_its_season_however_it_was_written_down(story, transition):
    listed(
        story,
        {"title": "Phúc khảo bài thi vào lớp 10, đầu tháng 7 hằng năm"},
        {"title": "Báo cáo biên chế", "season": "quý III"},
        {"title": "Việc đã có ngày trước khi kết thúc", "next_due": "2025-06-28"},
        {"title": "Thu phí tháng 5", "season": "tháng 5 năm 2025"},
        {"title": "Có cả ngày và mùa", "season": "tháng 9", "next_due": "2025-07-20"},
        {"title": "Ngày qua rồi, còn mùa", "season": "tháng 9", "next_due": "2025-06-20"},
    )
    assert seen(story, transition) == {
        "Phúc khảo bài thi vào lớp 10, đầu tháng 7 hằng năm": date(2025, 7, 1),
        "Báo cáo biên chế": date(2025, 7, 1),
        "Có cả ngày và mùa": date(2025, 7, 20),
        "Ngày qua rồi, còn mùa": date(2025, 9, 1),
    }
    gap = queries.sentences(story.city, transition, date(2025, 6, 24)).gap
    assert gap == len(seen(story, transition))
    first = queries.radar_first(story.city, transition, 3)
    assert [i.due for i in first] == [date(2025, 7, 1), date(2025, 7, 1), date(2025, 7, 20)]


def test_who_is_hurt_comes_first_and_a_confirmed_receiver_ends_the_doubt(story, transition):
    inside, outside = listed(
        story,
        {"title": "nội bộ", "season": "đầu tháng 7", "citizen": False},
        {"title": "của dân", "season": "cuối tháng 7"},
    )
    assert [i.pk for i in queries.radar_first(story.city, transition, 9)] == [outside, inside]
    story.give_to(story.ward, [outside])
    assert seen(story, transition) == {"nội bộ": date(2025, 7, 1)}
    # Until it is signed for it stays on the page, as confirmed and not yet accepted.
    coming = queries.coming_due(Item.objects.all(), transition.effective_on)
    assert set(coming.values_list("pk", flat=True)) == {inside, outside}


def test_a_season_nobody_can_turn_into_days_is_refused(story):
    with pytest.raises(Refused) as refused:
        listed(story, {"title": "Việc", "season": "khi nào rảnh"})
    assert [p.code for p in refused.value.problems] == ["handover.season-unknown"]


def test_when_the_effective_day_moves_the_seasons_move_with_it(story, transition):
    (pk,) = listed(story, {"title": "Việc", "season": "đầu tháng 7"})
    actions.set_dates(
        story.act(story.city),
        transition_id=story.transition,
        days={"effective_on": "2025-07-15", "deadline_on": "2025-08-15"},
    )
    item = Item.objects.get(pk=pk)
    assert (item.season_due, item.season_until) == (date(2026, 7, 1), date(2026, 7, 10))
    assert Transition.objects.get(pk=story.transition).effective_on == date(2025, 7, 15)


def test_the_parts_of_an_item_keep_its_season(story):
    (pk,) = listed(story, {"title": "Việc", "season": "quý III", "quantity": 4})
    actions.split_item(
        story.act(story.lan),
        transition_id=story.transition,
        item_id=pk,
        parts=[{"quantity": 1}, {"quantity": 3}],
        reason="hai phường",
    )
    parts = Item.objects.filter(parent=pk)
    assert [(p.season, p.season_due) for p in parts] == [("quý III", date(2025, 7, 1))] * 2
