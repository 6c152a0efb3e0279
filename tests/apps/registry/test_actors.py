"""Rights come from posts valid today, and end with them."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from thongsuot.apps.registry import actions
from thongsuot.apps.registry.actors import NOBODY, actor_of
from thongsuot.apps.registry.models import Appointment, Unit, UnitEdge, UnitEvent, UnitVersion
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Role

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)
LOADED = datetime(2025, 6, 20, tzinfo=UTC)


@pytest.fixture
def lan(db):
    return User.objects.create_user("lan", full_name="Trần Thị Lan")


@pytest.fixture
def in_post(bodies, new_act):
    def made(
        user, body, role, *, since=DAY, until=None, title="Chức vụ", rank=100, status="official"
    ):
        person = getattr(user, "made_person", 0)
        if not person:
            person = actions.record_person(new_act(), full_name=user.full_name, account=user.pk)[
                "person"
            ]
            user.made_person = person
        post = actions.create_post(
            new_act(), body=body, title=title, role=role, since=since, rank=rank
        )["post"]
        return actions.appoint(
            new_act(), person=person, post=post, since=since, until=until, status=status
        )["appointment"]

    return made


def test_a_person_without_a_post_has_a_name_and_no_hat(lan):
    actor = actor_of(lan, DAY)
    assert (actor.name, actor.hats, actor.hat) == ("Trần Thị Lan", (), None)


def test_rights_end_on_the_day_that_is_outside_the_appointment(lan, bodies, in_post, july):
    in_post(lan, bodies.office, "clerk", until=july)
    assert actor_of(lan, date(2025, 6, 30)).role is Role.CLERK
    assert actor_of(lan, july).hats == ()
    assert actor_of(lan, date(2025, 5, 31)).hats == ()


def test_two_posts_are_two_hats_and_the_higher_one_is_worn_first(lan, bodies, in_post):
    clerk = in_post(lan, bodies.office, "clerk", title="Chuyên viên", rank=50)
    in_post(lan, bodies.district, "leader", title="Phó Chủ tịch", rank=2)
    actor = actor_of(lan, DAY)
    assert [h.post for h in actor.hats] == ["Phó Chủ tịch", "Chuyên viên"]
    assert actor.hat is not None
    assert actor.hat.post == "Phó Chủ tịch"
    assert actor_of(lan, DAY, clerk).role is Role.CLERK


def test_a_post_not_held_today_is_no_hat_at_all(lan, bodies, in_post, july):
    ended = in_post(lan, bodies.office, "clerk", until=july)
    in_post(lan, bodies.ward, "leader", since=july)
    assert actor_of(lan, july, ended).hat is None


def test_a_team_speaks_for_the_bodies_it_represents_also_after_their_end(
    lan, bodies, country, new_act, july
):
    person = actions.record_person(new_act(), full_name="Trần Thị Lan", account=lan.pk)["person"]
    actions.create_task_force(
        new_act(), key="tbg", kind="handing-team", name="Tổ bàn giao", since=DAY, head=person,
        units=[country.ha_dong.pk], represents=[bodies.district],
    )  # fmt: skip
    actions.close_body(new_act(), body=bodies.office, on=july)
    actions.close_body(new_act(), body=bodies.district, on=july)
    actor = actor_of(lan, date(2025, 8, 1))
    assert actor.role is Role.TEAM_HEAD
    assert actor.speaks_for(bodies.district)
    assert not actor.speaks_for(bodies.ward)


def test_a_steering_hat_reads_its_unit_and_everything_below_even_what_has_ended(
    lan, bodies, country, in_post
):
    in_post(lan, bodies.city, "steering")
    hat = actor_of(lan, date(2025, 8, 1)).hat
    assert hat is not None
    assert hat.area == {
        country.ha_noi.pk, country.ha_dong.pk, country.van_phuc.pk, country.mo_lao.pk,
        country.new_ha_dong.pk, country.dai_mo.pk,
    }  # fmt: skip


def test_before_the_reform_the_area_does_not_hold_the_wards_to_come(lan, bodies, country, in_post):
    in_post(lan, bodies.city, "inspector")
    hat = actor_of(lan, date(2025, 6, 30)).hat
    assert hat is not None
    assert country.new_ha_dong.pk not in hat.area


def test_an_ordinary_post_has_no_area(lan, bodies, in_post):
    in_post(lan, bodies.city, "leader")
    hat = actor_of(lan, DAY).hat
    assert hat is not None
    assert hat.area == frozenset()


def test_an_ordinary_actor_costs_two_queries(lan, bodies, in_post, django_assert_num_queries):
    for n in range(4):
        in_post(lan, bodies.office, "clerk", title=f"Vị trí {n}")
    with django_assert_num_queries(2):
        actor_of(lan, DAY)


def test_a_steering_actor_costs_five_queries(lan, bodies, in_post, django_assert_num_queries):
    in_post(lan, bodies.city, "steering")
    with django_assert_num_queries(5):
        actor_of(lan, DAY)


def test_a_provisional_placement_becomes_official(lan, bodies, in_post, new_act, july):
    placed = in_post(lan, bodies.ward, "clerk", since=july, status="provisional")
    row = Appointment.objects.get(pk=placed)
    day = date(2025, 8, 1)
    actions.appoint(new_act(), person=row.person_id, post=row.post_id, since=day)
    statuses = [
        Appointment.objects.on(d).get(post=row.post_id).status for d in (date(2025, 7, 31), day)
    ]
    assert statuses == ["provisional", "official"]


def test_nobody_is_in_the_same_post_twice(lan, bodies, in_post, new_act):
    row = Appointment.objects.get(pk=in_post(lan, bodies.office, "clerk"))
    with pytest.raises(Refused) as refused:
        actions.appoint(new_act(), person=row.person_id, post=row.post_id, since=date(2025, 6, 15))
    assert refused.value.problems[0].code == "registry.overlap"


def test_a_post_that_has_ended_takes_nobody(lan, bodies, in_post, new_act, july):
    row = Appointment.objects.get(pk=in_post(lan, bodies.office, "clerk"))
    actions.end_post(new_act(), post=row.post_id, on=july)
    assert Appointment.objects.get(pk=row.pk).until == july
    with pytest.raises(Refused) as refused:
        actions.appoint(new_act(), person=row.person_id, post=row.post_id, since=july)
    assert refused.value.problems[0].code == "registry.not-in-force"


def test_an_appointment_ends_and_with_it_the_right(lan, bodies, in_post, new_act, july):
    appointment = in_post(lan, bodies.office, "clerk")
    actions.end_appointment(new_act(), appointment=appointment, on=july, reason="nghỉ")
    assert actor_of(lan, july).hats == ()


def test_one_account_belongs_to_one_person(lan, new_act, country):
    actions.record_person(new_act(), full_name="Trần Thị Lan", account=lan.pk)
    with pytest.raises(Refused) as refused:
        actions.record_person(new_act(), full_name="Lan khác", account=lan.pk)
    assert refused.value.problems[0].code == "registry.account-taken"


def test_a_visitor_is_nobody():
    assert actor_of(AnonymousUser(), DAY) is NOBODY


def test_a_merged_province_answers_for_the_districts_it_inherited(bodies, country, in_post, lan):
    old = Unit.objects.create(key="tinh-cu", level="province")
    district = Unit.objects.create(key="huyen-cu", level="district")
    event = UnitEvent.objects.create(kind="merge", on=date(2025, 7, 1), recorded_at=LOADED)
    UnitEdge.objects.create(
        event=event, src=old, dst=country.ha_noi, share="whole", recorded_at=LOADED
    )
    UnitVersion.objects.create(
        unit=district, kind="rural-district", name="Cũ", parent=old, folded="huyen cu",
        until=date(2025, 7, 1), recorded_at=LOADED,
    )  # fmt: skip
    in_post(lan, bodies.city, "steering")
    before = actor_of(lan, date(2025, 6, 30)).hat
    after = actor_of(lan, date(2025, 7, 1)).hat
    assert before is not None
    assert after is not None
    assert district.pk not in before.area
    assert {old.pk, district.pk} <= after.area
