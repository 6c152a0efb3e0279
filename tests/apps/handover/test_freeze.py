"""After the freeze the list is closed: what is found later comes with its reason."""

from datetime import UTC, date, datetime

import pytest

from thongsuot.apps.handover import actions
from thongsuot.apps.handover.listing import is_late
from thongsuot.apps.handover.models import Movement
from thongsuot.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
LATE = datetime(2025, 6, 29, 2, 0, tzinfo=UTC)


def test_the_day_of_the_freeze_still_counts_and_the_next_does_not(transition):
    assert not is_late(transition, date(2025, 6, 28))
    assert is_late(transition, date(2025, 6, 29))
    transition.freeze_on = None
    assert not is_late(transition, date(2030, 1, 1))


def test_after_the_freeze_a_listing_needs_its_reason(story):
    values = {
        "transition_id": story.transition,
        "giver_id": story.office,
        "rows": [story.row(1)],
    }
    with pytest.raises(Refused) as refused:
        actions.add_items(story.act(story.lan, at=LATE), **values)
    (problem,) = refused.value.problems
    assert (problem.code, problem.facts["on"]) == ("handover.list-frozen", date(2025, 6, 28))
    actions.add_late_finds(
        story.act(story.lan, at=LATE), **values, reason="thấy khi dọn kho tầng hầm"
    )
    move = Movement.objects.get()
    assert (move.kind, move.note) == ("late-found", "thấy khi dọn kho tầng hầm")
