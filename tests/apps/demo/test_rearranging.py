"""Thành phố Hồ Chí Minh rearranges its departments, and says who did well."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from tests.apps.demo.test_duties import _placed
from tests.apps.handover.conftest import LOADED

from thongsuot.apps.demo import chapter_duties, chapter_oversight, chapter_rearrangement
from thongsuot.apps.demo.load import Teller
from thongsuot.apps.oversight.models import Commendation
from thongsuot.apps.rearrangement import queries
from thongsuot.apps.rearrangement.models import Scheme
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor


@pytest.fixture
def told(db) -> None:
    city = _placed("tp-ho-chi-minh", "province", "city", "Hồ Chí Minh")
    for number in range(1, 18):
        _placed(f"phuong-{number}", "commune", "ward", f"Số {number}", city, f"{26_700 + number}")
    teller = Teller(timezone.make_aware(datetime(2025, 6, 23, 8)))  # noqa: DTZ001  # made aware here
    director = Actor(user=0, name="Người dựng câu chuyện minh họa")
    placed = chapter_duties.lead_the_city(teller, Act(by=director, key="story/city", at=LOADED))
    chapter_rearrangement.rearrange(teller, placed)
    chapter_oversight.commend(teller, placed)


@pytest.mark.usefixtures("told")
def test_two_options_are_compared_one_scheme_is_late_and_one_body_is_praised() -> None:
    carried, drafted = Scheme.objects.order_by("pk")
    assert drafted.document is not None
    first, second = queries.options_of(drafted)
    assert (first.problems, first.covered.of, len(second.covered.missing)) == ((), 13, 7)
    assert first.whole.before.people == first.whole.after.people + first.whole.released
    assert [o.name for o in queries.owners_of(drafted) if o.sent_at is None] == [
        "Sở Khoa học và Công nghệ Thành phố Hồ Chí Minh"
    ]
    (row,) = queries.grid_of(carried, date(2025, 9, 26))
    assert row.late == 1  # the seal of the merged centre
    states = Commendation.objects.order_by("pk").values_list("form", "state")
    assert list(states) == [("praise", "announced"), ("letter", "consulted")]
    assert all(s.demo for s in (carried, drafted))
