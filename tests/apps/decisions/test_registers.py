"""Regulations and assignments hold from a day to a day; gaps are shown; numbers are confirmed by people."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.apps.decisions.conftest import DAY, CouncilRoom
from tests.apps.handover.conftest import LOADED

from thongsuot.apps.authority.queries.fields import field_choices
from thongsuot.apps.decisions import actions, permit, queries
from thongsuot.apps.decisions.models import Version, VersionLine
from thongsuot.apps.decisions.queries.registers import assignment_of
from thongsuot.apps.decisions.views.registers import lines_in
from thongsuot.apps.registry.models import Appointment, Person, Post
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.decisions.parameters import QUORUM, in_force

pytestmark = pytest.mark.django_db


def write(room: CouncilRoom, since: date = DAY, sort: str = "assignment", **more) -> Version:
    values = {
        "sort": sort, "title": "Phân công nhiệm vụ (minh họa)", "since": since,
        "lines": [{"person": "Anh A", "field": "tu-phap"}] if sort == "assignment" else (),
    } | more  # fmt: skip
    done = actions.write_version(room.act("writer"), **values)
    return Version.objects.get(pk=int(str(done["version"])))


def issue(room: CouncilRoom, row: Version, since: date, **more):
    values = {"number": "3/QĐ-UBND", "fresh": True} | more
    return actions.issue_version(room.act(), version_id=row.pk, since=since, **values)


def codes_of(call) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [p.code for p in caught.value.problems]


def test_a_new_version_ends_the_one_before_on_its_day(council_room: CouncilRoom) -> None:
    first = write(council_room)
    issue(council_room, first, DAY)
    second = write(council_room)
    assert codes_of(lambda: issue(council_room, second, DAY)) == ["decisions.version-not-later"]
    issue(council_room, second, date(2025, 8, 1), number="9/QĐ-UBND")
    first.refresh_from_db()
    assert (first.until, first.state) == (date(2025, 8, 1), "replaced")
    ward = council_room.story.ward
    assert assignment_of(ward, date(2025, 7, 31)) == first
    assert assignment_of(ward, date(2025, 8, 1)) == second
    assert assignment_of(ward, date(2025, 7, 1)) is None


def test_issuing_is_signing_and_needs_lines_number_and_proof(council_room: CouncilRoom) -> None:
    row = write(council_room, lines=())
    assert codes_of(lambda: issue(council_room, row, DAY, number="", fresh=False)) == [
        "decisions.number-needed", "decisions.sign-again", "decisions.assignment-empty",
    ]  # fmt: skip
    with pytest.raises(Refused) as caught:
        actions.issue_version(
            council_room.act("writer"), version_id=row.pk, number="1", since=DAY, fresh=True
        )
    assert caught.value.status == 403


def test_what_was_issued_stays_as_it_was_signed(council_room: CouncilRoom) -> None:
    row = write(council_room)
    issue(council_room, row, DAY)
    again = date(2025, 9, 1)
    assert codes_of(lambda: issue(council_room, row, again)) == ["decisions.version-issued"]
    for change in (
        lambda: VersionLine.objects.filter(version=row).delete(),
        lambda: VersionLine.objects.filter(version=row).update(person="Khác"),
        lambda: Version.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_leaves_the_post_is_noticed(council_room: CouncilRoom) -> None:
    post = Post.objects.create(
        body_id=council_room.story.ward, title="Phó Chủ tịch", role="leader", recorded_at=LOADED
    )
    held = Appointment.objects.create(
        person=Person.objects.create(full_name="Lê Văn Bình", folded="le van binh"), post=post,
        status="official", recorded_at=LOADED,
    )  # fmt: skip
    row = write(
        council_room,
        lines=[{"person": "Lê Văn Bình", "field": "tu-phap", "appointment": held.pk}],
    )
    assert [x.in_post for x in queries.lines_of(row, DAY)] == [True]
    Appointment.objects.filter(pk=held.pk).update(until=date(2025, 8, 1), ended_at=LOADED)
    assert [x.in_post for x in queries.lines_of(row, date(2025, 8, 1))] == [False]


def test_a_coordination_regulation_names_the_other_body(council_room: CouncilRoom) -> None:
    wrong = {"sort": "coordination", "title": "Quy chế phối hợp"}
    assert codes_of(lambda: write(council_room, **wrong)) == ["decisions.other-needed"]
    row = write(council_room, **wrong, other_id=council_room.party)
    issue(council_room, row, DAY, number="2/QC")
    assert Version.objects.get(pk=row.pk).state == "in-force"


def test_a_number_of_the_law_is_confirmed_with_its_source(council_room: CouncilRoom) -> None:
    values = {"key": QUORUM, "value": 6_667, "since": DAY, "confirmed": True}
    city = council_room.act("city")
    assert codes_of(lambda: actions.set_parameter(city, **values, source=" ")) == [
        "decisions.source-needed"
    ]
    actions.set_parameter(council_room.act("city"), **values, source="Điều minh họa")
    assert in_force(QUORUM, DAY, queries.parameters()).confirmed
    with pytest.raises(Refused) as caught:
        actions.set_parameter(council_room.act(), **values, source="x")
    assert caught.value.status == 403


def test_lines_are_typed_one_by_one_and_a_bad_one_is_named(council_room: CouncilRoom) -> None:
    ward = council_room.story.ward
    field = field_choices()[0][1]
    from_fields = lines_in(f"Anh A | {field}\n\nChị B | {field} | Việc 1 | thay", ward)
    assert [(x["person"], x["matter"], x["role"]) for x in from_fields] == [
        ("Anh A", "", "lead"), ("Chị B", "Việc 1", "deputy"),
    ]  # fmt: skip
    assert codes_of(lambda: lines_in(f"Anh A | {field} lạ", ward)) == ["decisions.row-unfit"]


def test_a_draft_is_read_by_its_own_body_alone(council_room: CouncilRoom) -> None:
    row = write(council_room)
    seen = {
        who: permit.visible_versions(council_room.people[who]).filter(pk=row.pk).exists()
        for who in ("chair", "writer", "secretary", "speaker", "city", "inspector")
    }
    assert seen == {"chair": True, "writer": True, "secretary": False, "speaker": False,
                    "city": False, "inspector": False}  # fmt: skip
    issue(council_room, row, DAY)
    for who in seen:
        assert permit.version_in_sight(council_room.people[who], row.pk) == row
