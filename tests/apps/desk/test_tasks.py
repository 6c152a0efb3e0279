"""What a decision leaves to be done becomes drafts of duties, and figures of duties reach reports."""

from datetime import date

import pytest
from tests.apps.decisions.conftest import CouncilRoom, council_room, story, trail

from thongsuot.apps.decisions import actions, handing
from thongsuot.apps.desk.figures import duties_in_time
from thongsuot.apps.directives.models import Duty, DutyState
from thongsuot.apps.reporting.figures import Asked
from thongsuot.foundation.refusal import Refused

__all__ = ["council_room", "story", "trail"]
pytestmark = pytest.mark.django_db


def decided(room: CouncilRoom):
    row = room.opined("committee")
    room.step(row, "decide", number="21/QĐ-UBND")
    room.step(row, "publish")
    return room.get(row.pk)


def test_every_task_of_a_decision_is_a_draft_duty_that_binds_nobody_yet(council_room) -> None:
    row = decided(council_room)
    lead, day = council_room.story.ward, date(2025, 9, 1)
    done = actions.implement(
        council_room.act(), docket_id=row.pk,
        tasks=[{"text": "Lập dự toán", "lead": lead, "due_on": day},
               {"text": "Chọn nhà thầu", "lead": lead, "due_on": day}],
    )  # fmt: skip
    assert done["handed"] == 2
    duties = list(Duty.objects.order_by("pk"))
    assert [d.task for d in duties] == ["Lập dự toán", "Chọn nhà thầu"]
    assert {(d.assigner_id, d.lead_id, d.term_day, d.state) for d in duties} == {
        (row.owner_id, lead, day, DutyState.DRAFT)
    }
    assert {tuple(d.laws) for d in duties} == {("21/QĐ-UBND",)}
    refs = list(row.tasks.order_by("pk").values_list("duty", flat=True))
    assert refs == [f"duty:{d.pk}" for d in duties]
    assert handing.page_of(refs[0]) == f"/nhiem-vu/{duties[0].pk}/"


def test_the_same_act_again_drafts_nothing_twice(council_room) -> None:
    row = decided(council_room)
    tasks = [{"text": "Lập dự toán", "lead": council_room.story.ward, "due_on": date(2025, 9, 1)}]
    act = council_room.act(key="implement-once")
    first = actions.implement(act, docket_id=row.pk, tasks=tasks)
    again = actions.implement(council_room.act(key="implement-once"), docket_id=row.pk, tasks=tasks)
    assert again == first
    assert Duty.objects.count() == 1


def test_a_refused_list_of_tasks_leaves_no_duty(council_room) -> None:
    row = decided(council_room)
    with pytest.raises(Refused):
        actions.implement(
            council_room.act(), docket_id=row.pk,
            tasks=[{"text": "Lập dự toán", "lead": council_room.story.ward, "due_on": date(2025, 9, 1)},
                   {"text": " ", "lead": council_room.story.ward, "due_on": date(2025, 9, 1)}],
        )  # fmt: skip
    assert not Duty.objects.exists()


def test_a_draft_is_no_duty_that_could_be_late(council_room) -> None:
    row = decided(council_room)
    lead = council_room.story.ward
    actions.implement(
        council_room.act(), docket_id=row.pk,
        tasks=[{"text": "Lập dự toán", "lead": lead, "due_on": date(2025, 9, 1)}],
    )  # fmt: skip
    assert duties_in_time(Asked(lead, None, date(2025, 10, 1))) is None
