"""Guarding a store: a gap is refused before it happens, and somebody always holds the watch."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.apps.guarding.conftest import Store, clock, people

from thongsuot.apps.guarding import actions, codes, queries
from thongsuot.apps.guarding.jobs import watch_all
from thongsuot.apps.guarding.models import Alarm, Guard, Place, Roster, Scan, Shift, Taking
from thongsuot.apps.handover.beside import closing_problems
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.foundation.wording import say
from thongsuot.rules.guarding.rounds import State
from thongsuot.rules.guarding.spans import Span

pytestmark = pytest.mark.django_db


def refused(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value


def test_a_place_has_somebody_responsible_from_its_first_minute(store: Store) -> None:
    watch = queries.watch_of(store.thing())
    assert watch.holder == store.guards[0]
    assert watch.since == clock(25, 6)


def test_a_roster_with_a_gap_is_refused_with_its_hours_and_who_could_stand_in(store: Store) -> None:
    problem = refused(store.publish, leave_out=4).problems[0]
    assert problem.code == "guarding.gap"
    sentence = say(problem)
    assert "14:00 26/06/2025 đến 22:00 26/06/2025" in sentence
    assert "Bác Tám" in sentence
    assert not Roster.objects.exists()
    assert not Shift.objects.exists()


def test_a_whole_roster_is_published_and_the_next_one_must_go_on_where_it_ends(
    store: Store, trail
) -> None:
    assert store.publish()["shifts"] == 18
    assert trail()[-1] == "guarding.roster-published"
    assert queries.covered_until(store.thing()) == clock(31, 6)  # over the end of the month
    assert refused(store.publish).problems[0].code == "guarding.roster-already"
    late = refused(store.publish, 33, 34)  # begins two days after the last one ends
    gap = next(p for p in late.problems if p.code.startswith("guarding.gap"))
    assert (gap.facts["since"], gap.facts["until"]) == (clock(31, 6), clock(33, 6))


def test_a_cancelled_shift_leaves_no_gap_because_the_cancelling_is_refused(store: Store) -> None:
    store.publish()
    shift = Shift.objects.get(since=clock(27, 14))
    found = refused(
        actions.change_shift,
        store.act(clock(26, 9)), shift_id=shift.pk, guard_id=0, reason="bớt người",
    )  # fmt: skip
    assert found.problems[0].code == "guarding.gap"
    shift.refresh_from_db()
    assert shift.state == "planned"


def test_another_guard_takes_a_shift_and_the_old_row_stays_as_history(store: Store) -> None:
    store.publish()
    shift = Shift.objects.get(since=clock(27, 14))
    other = next(g for g in store.guards if g in _able(store, shift))
    done = actions.change_shift(
        store.act(clock(26, 9)), shift_id=shift.pk, guard_id=other, reason="đổi ca"
    )
    new = Shift.objects.get(pk=done["shift"])
    assert (new.guard_id, new.replaces_id, new.since) == (other, shift.pk, shift.since)
    shift.refresh_from_db()
    assert shift.state == "cancelled"
    assert queries.open_gaps(store.thing(), Span(clock(25, 6), clock(31, 6))) == ()


def _able(store: Store, shift: Shift) -> list[int]:
    found = refused(
        actions.change_shift,
        store.act(clock(26, 9)), shift_id=shift.pk, guard_id=0, reason="xem ai trực được",
    )  # fmt: skip
    names = found.problems[0].facts["could"]
    rows = Guard.objects.filter(person__full_name__in=names)
    return list(rows.values_list("pk", flat=True))


def test_hours_that_leave_a_hole_are_refused(store: Store) -> None:
    store.publish()
    shift = Shift.objects.get(since=clock(27, 14))
    found = refused(
        actions.change_shift,
        store.act(clock(26, 9)), shift_id=shift.pk, guard_id=shift.guard_id,
        since=clock(27, 15), until=clock(27, 22), reason="đến muộn một giờ",
    )  # fmt: skip
    gap = found.problems[0]
    assert gap.code in {"guarding.gap", "guarding.gap-nobody"}
    assert (gap.facts["since"], gap.facts["until"]) == (clock(27, 14), clock(27, 15))


def test_an_absence_is_recorded_only_together_with_who_stands_in(store: Store) -> None:
    store.publish()
    guard = store.guards[2]
    shift = Shift.objects.filter(guard=guard, since__gte=clock(27, 0)).order_by("since").first()
    away = {
        "guard_id": guard, "body_id": store.story.office,
        "since": shift.since - timedelta(hours=1), "until": shift.until, "reason": "ốm",
    }  # fmt: skip
    gap = refused(actions.record_absence, store.act(clock(26, 9)), **away).problems[0]
    assert gap.code == "guarding.gap"
    able = Guard.objects.get(person__full_name=gap.facts["could"][0])
    done = actions.record_absence(store.act(clock(26, 9)), **away, instead={str(shift.pk): able.pk})
    assert done == {"shifts": 1}
    assert Shift.objects.get(replaces=shift).guard_id == able.pk
    back = refused(
        actions.change_shift, store.act(clock(26, 10)),
        shift_id=Shift.objects.get(replaces=shift).pk, guard_id=guard, reason="trả lại",
    )  # fmt: skip
    assert "guarding.away" in {p.code for p in back.problems}


def test_one_person_is_not_rostered_at_two_places(store: Store) -> None:
    store.publish()
    other = actions.open_place(
        store.act(clock(25, 6)), body_id=store.story.office, name="Kho lưu trữ 2",
        first_id=store.guards[3], head_id=store.guards[1],
    )["place"]  # fmt: skip
    row = {"guard": store.guards[0], "since": clock(25, 6), "until": clock(25, 14)}
    found = refused(
        actions.publish_roster, store.act(clock(25, 7)), place_id=other,
        since=clock(25, 6), until=clock(25, 14), shifts=[row],
    )  # fmt: skip
    assert [p.code for p in found.problems] == ["guarding.two-places"]


def test_two_codes_pass_the_watch_and_late_arrival_keeps_the_outgoing_one(store: Store) -> None:
    store.publish()
    left = store.badge(0, clock(25, 14))
    assert left == {"passed": False, "holder": "Bác Tám", "heard": "Bác Tám"}
    late = store.badge(1, clock(25, 14, 40))  # the first code has lapsed
    assert not late["passed"]
    assert queries.watch_of(store.thing()).holder_at(clock(25, 14, 41)) == store.guards[0]
    assert store.badge(0, clock(25, 14, 42))["holder"] == "Anh Chín"
    taking = Taking.objects.order_by("-at").first()
    assert (taking.how, taking.left_id) == ("scans", store.guards[0])
    assert taking.shift.since == clock(25, 14)


def test_who_has_no_shift_or_an_unknown_code_takes_nothing(store: Store) -> None:
    store.publish()
    assert refused(store.badge, 3, clock(25, 14)).problems[0].code == "guarding.not-rostered"
    assert refused(store.badge, 9, clock(25, 14)).problems[0].code == "guarding.code-unknown"
    assert Scan.objects.count() == 0


def test_nobody_holds_the_watch_of_two_places(store: Store) -> None:
    store.publish()
    other = actions.open_place(
        store.act(clock(25, 6)), body_id=store.story.office, name="Kho lưu trữ 2",
        first_id=store.guards[3], head_id=store.guards[1],
    )["place"]  # fmt: skip
    found = refused(
        actions.order_watch, store.act(clock(25, 8)),
        place_id=other, guard_id=store.guards[0], reason="thiếu người",
    )  # fmt: skip
    assert found.problems[0].code == "guarding.holds-elsewhere"


def test_an_order_passes_the_watch_with_its_reason(store: Store) -> None:
    done = actions.order_watch(
        store.act(clock(25, 8)), place_id=store.place, guard_id=store.guards[2], reason="bị ốm"
    )
    assert done == {"holder": "Anh Mười"}
    assert queries.watch_of(store.thing()).holder == store.guards[2]
    found = refused(
        actions.order_watch, store.act(clock(25, 9)),
        place_id=store.place, guard_id=store.guards[2], reason="lại",
    )  # fmt: skip
    assert found.problems[0].code == "guarding.holds-already"


def test_the_same_form_sent_twice_is_one_scan(store: Store) -> None:
    store.publish()
    act = store.act(clock(25, 14), key="một mã")
    for _ in range(2):
        actions.scan_badge(act, place_id=store.place, badge=codes.hashed("ma 0"))
    assert Scan.objects.count() == 1


def test_a_round_that_stays_silent_climbs_the_ladder_from_the_guard_up(
    store: Store, account
) -> None:
    guard = Guard.objects.get(pk=store.guards[0])
    told = account(guard.person, "bac-tam")
    point = actions.add_point(
        store.act(clock(25, 6, 1)), place_id=store.place, name="Cửa trước", code="CUA001"
    )
    assert point["point"]
    store.publish()
    assert watch_all(clock(25, 8, 10)) == 0  # due at 8:00, still in grace
    assert watch_all(clock(25, 8, 16)) == 1
    assert list(Alarm.objects.values_list("rung", "told")) == [("guard", 1)]
    notice = Notice.objects.get(user=told, kind="guarding.alarm")
    assert "08:00 ngày 25/06/2025" in notice.title
    assert watch_all(clock(25, 8, 17)) == 0  # the same rung is not told twice
    assert watch_all(clock(25, 8, 31)) == 3  # the head of shift has no account: up at once
    rungs = list(Alarm.objects.order_by("pk").values_list("rung", flat=True))
    assert rungs == ["guard", "shift-head", "office-head", "steering"]
    assert watch_all(clock(25, 9, 30)) == 0
    rounds = queries.rounds_of(store.thing(), Span(clock(25, 6), clock(25, 9)), clock(25, 8, 31))
    assert [r.state for r in rounds] == [State.SILENT]
    actions.scan_point(store.act(clock(25, 8, 40)), place_id=store.place, code="cua-001")
    done = queries.rounds_of(store.thing(), Span(clock(25, 6), clock(25, 9)), clock(25, 8, 41))
    assert [r.state for r in done] == [State.LATE]


def test_a_hand_over_that_does_not_happen_tells_the_one_who_should_have_come(
    store: Store, account
) -> None:
    store.publish()
    late = account(Guard.objects.get(pk=store.guards[1]).person, "anh-chin")
    assert watch_all(clock(25, 14, 16)) == 1
    assert Notice.objects.filter(user=late, kind="guarding.alarm").count() == 1
    alarm = Alarm.objects.get()
    assert (alarm.about, alarm.due, alarm.guard_id) == ("handover", clock(25, 14), store.guards[0])


def test_the_heads_hear_once_a_day_that_the_roster_ends(store: Store, account) -> None:
    store.publish()
    user = account(people(store.story, 1, role="leader")[0], "truong-phong")
    for hour in (8, 9):
        watch_all(clock(30, hour))
    assert Notice.objects.filter(user=user, kind="guarding.roster-ends").count() == 1


def test_a_person_raises_no_alarm(store: Store) -> None:
    found = refused(
        actions.raise_alarm, store.act(clock(25, 9)),
        place_id=store.place, about="round", due=clock(25, 8), rung="guard",
    )  # fmt: skip
    assert found.problems[0].code == "guarding.not-for-people"


def test_scans_takings_and_alarms_are_only_added_to(store: Store) -> None:
    store.publish()
    store.badge(0, clock(25, 14))
    for rows in (Scan.objects.all(), Taking.objects.all()):
        for change in (rows.delete, lambda rows=rows: rows.update(at=clock(25, 7))):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_only_heads_of_the_own_body_change_the_roster_and_strangers_see_nothing(
    store: Store,
) -> None:
    story = store.story
    rows = {"since": clock(25, 6), "until": clock(25, 14), "shifts": [], "place_id": store.place}
    for who, status in (("clerk", 403), ("inspector", 403), ("minh", 404), ("operator", 404), ("tu", 404)):  # fmt: skip
        act = store.act(clock(25, 7), by=getattr(story, who))
        assert refused(actions.publish_roster, act, **rows).status == status, who


def test_a_store_goes_to_the_successor_with_its_watch_and_its_guards(store: Store) -> None:
    store.publish()
    blocked = closing_problems(store.story.transition, store.story.office)
    assert "guarding.place-left" in {p.code for p in blocked}
    actions.hand_place_on(
        store.act(clock(26, 9)), place_id=store.place, body_id=store.story.ward,
        reason="cơ quan kết thúc",
    )  # fmt: skip
    place = Place.objects.get(pk=store.place)
    assert place.body_id == store.story.ward
    assert queries.watch_of(place).holder == store.guards[0]
    assert set(Guard.objects.values_list("body", flat=True)) == {store.story.ward}
    left = closing_problems(store.story.transition, store.story.office)
    assert "guarding.place-left" not in {p.code for p in left}


def test_guarding_ends_only_by_a_decision_and_then_nothing_more_is_done(store: Store) -> None:
    by = {"place_id": store.place, "reason": "kho trống"}
    found = refused(actions.end_place, store.act(clock(26, 9)), **by, authority=" ")
    assert found.problems[0].code == "guarding.authority-missing"
    actions.end_place(store.act(clock(26, 9)), **by, authority="Quyết định minh họa")
    assert refused(store.badge, 0, clock(26, 10)).problems[0].code == "guarding.ended"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "guarding.name-missing"),
        ({"name": "\x00"}, "guarding.name-missing"),
        ({"name": "x" * 201}, "guarding.name-missing"),
        ({"name": "Kho lưu trữ 1"}, "guarding.place-exists"),
        ({"first_id": -1}, "guarding.guard-missing"),
        ({"first_id": 2**70}, "guarding.guard-missing"),
        ({"settings": {"every": 30, "silent": 30}}, "guarding.silent-too-long"),
        ({"settings": {"every": -1}}, "guarding.setting-out-of-range"),
        ({"basis": "y" * 301}, "guarding.text-too-long"),
    ],
)
def test_bad_inputs_of_a_new_place_are_refused_with_a_sentence(
    store: Store, values, code: str
) -> None:
    usual = {"name": "Kho 9", "first_id": store.guards[0], "head_id": store.guards[1]}
    found = refused(
        actions.open_place, store.act(clock(25, 7)), body_id=store.story.office, **(usual | values)
    )
    assert code in {p.code for p in found.problems}
    assert all(p.code not in say(p) for p in found.problems)


def test_times_out_of_order_and_people_of_others_are_refused(store: Store) -> None:
    stranger = people(store.story, 1)[0]
    stranger.appointments.all().update(superseded_at=clock(1, 6))
    found = refused(
        actions.enrol_guard, store.act(clock(25, 7)), body_id=store.story.office,
        person_id=stranger.pk, badge=codes.hashed("x"),
    )  # fmt: skip
    assert found.problems[0].code == "guarding.person-elsewhere"
    found = refused(
        actions.publish_roster, store.act(clock(25, 7)), place_id=store.place,
        since=clock(26, 6), until=clock(25, 6), shifts=[],
    )  # fmt: skip
    assert found.problems[0].code == "guarding.times-out-of-order"


def test_the_code_of_a_guard_stands_nowhere_in_the_database(store: Store) -> None:
    assert not Guard.objects.filter(badge__contains="MA").exists()
    for entry in Entry.objects.filter(chain__startswith="guarding"):
        assert "MA-" not in str(entry.after)
