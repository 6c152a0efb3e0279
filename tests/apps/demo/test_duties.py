"""Thành phố Hồ Chí Minh in the story: seventeen places, nine points of which one is not stated."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from tests.apps.handover.conftest import LOADED

from thongsuot.apps.demo import chapter_duties
from thongsuot.apps.demo.load import Teller
from thongsuot.apps.directives import permit, queries
from thongsuot.apps.directives.models import Board, Duty, Plan
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import Unit, UnitVersion
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail import chains
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.deadline import VIETNAM
from thongsuot.rules.kernel.text import fold

AFTER = datetime(2025, 9, 26, 14, tzinfo=VIETNAM)


def _placed(key: str, level: str, kind: str, name: str, parent=None, code: str = "") -> Unit:
    unit = Unit.objects.create(key=key, level=level)
    UnitVersion.objects.create(
        unit=unit,
        kind=kind,
        name=name,
        code=code,
        parent=parent,
        folded=fold(name),
        recorded_at=LOADED,
    )
    return unit


@pytest.fixture
def told(db) -> None:
    city = _placed("tp-ho-chi-minh", "province", "city", "Hồ Chí Minh")
    for number in range(1, 21):
        _placed(f"phuong-{number}", "commune", "ward", f"Số {number}", city, f"{26_700 + number}")
    teller = Teller(timezone.make_aware(datetime(2025, 6, 23, 8)))  # noqa: DTZ001  # made aware here
    director = Actor(user=0, name="Người dựng câu chuyện minh họa")
    chapter_duties.lead_the_city(teller, Act(by=director, key="story/city", at=LOADED))


@pytest.mark.usefixtures("told")
def test_the_city_follows_nine_points_in_seventeen_places_and_names_the_silent() -> None:
    board = Board.objects.get()
    mai = actor_of(User.objects.get(username="mai"), date(2025, 9, 26))
    assert permit.board_in_sight(mai, board.pk) == board
    grid = queries.grid_of(board, date(2025, 9, 22))
    assert [p.stated for p in grid.points] == [True] * 8 + [False]
    assert (len(grid.rows), grid.reported, len(grid.silent)) == (17, 14, 3)
    assert sum(grid.changes.values()) == 17 * 8
    assert list(chains.faults()) == []
    assert Plan.objects.filter(above__isnull=False).count() == 17


@pytest.mark.usefixtures("told")
def test_its_conclusion_became_duties_with_rhythms_and_a_chain() -> None:
    nga = actor_of(User.objects.get(username="nga"), date(2025, 9, 26))
    mine = {d.every: d for d in permit.visible_duties(nga)}
    assert set(mine) == {"weekly", "biweekly"}
    assert all(d.demo and d.quote for d in mine.values())
    assert mine["weekly"].due_at == datetime(2025, 9, 26, 5, tzinfo=UTC)  # Friday 12:00
    assert (
        Duty.objects.get(above__isnull=False).above.lead_id
        == Duty.objects.get(above__isnull=False).assigner_id
    )
    mai = actor_of(User.objects.get(username="mai"), date(2025, 9, 26))
    late = {d.duty.task: d.standing.value for x in queries.chase(mai, AFTER) for d in x.debts}
    assert late["Tham mưu lập các tổ kiểm tra, giám sát đảng ủy cấp xã"] == "grace"
    assert "Báo cáo Thường trực Thành ủy hằng tuần" in late


@pytest.mark.usefixtures("told")
def test_before_the_wards_begin_nobody_of_the_city_sees_anything() -> None:
    for name in ("mai", "nga", "tam"):
        early = actor_of(User.objects.get(username=name), date(2025, 6, 24))
        assert early.hat is None
        assert not permit.visible_duties(early).exists()
