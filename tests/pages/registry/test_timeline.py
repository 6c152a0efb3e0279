"""A unit through time: links without script, what changed at each stop, who lies around."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
DOOR = "/don-vi/{}/theo-thoi-gian/"


def page(key: str, query: str = "") -> str:
    answer = Client().get(DOOR.format(key) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_change_has_its_eve_and_its_day_as_links(
    country, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(40):
        told = page("quan-ha-dong")
    assert "30/06/2025" in told
    assert "01/07/2025" in told
    assert told.count('href="?moc=') == 3  # the eve, the day, today
    assert 'type="range"' in told


def test_at_a_stop_it_says_what_is_otherwise_than_before(country) -> None:
    told = page("quan-ha-dong", "?ngay=2025-07-01")
    assert "Khác ngày 30/06/2025" in told
    assert "đã kết thúc 01/07/2025" in told
    assert "đang có" in told


def test_without_outlines_its_sisters_are_shown_and_called_so(country) -> None:
    told = page("van-phuc-2008", "?ngay=2025-06-30")
    assert "Phường Mộ Lao" in told
    assert "đây là các đơn vị cùng cấp trên" in told


def test_bodies_are_for_those_signed_in(country, bodies) -> None:
    assert "UBND phường" not in page("phuong-ha-dong")


@pytest.mark.parametrize("moc", ["999", "-1", "²", "x", "9" * 30])
def test_an_odd_stop_is_some_stop(country, moc) -> None:
    page("quan-ha-dong", f"?moc={moc}")


def test_an_unknown_unit_is_not_there() -> None:
    assert Client().get(DOOR.format("khong-co")).status_code == 404
