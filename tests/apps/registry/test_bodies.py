"""Bodies are set up, renamed, merged and closed; nothing they hold is forgotten."""

from datetime import date

import pytest
from django.db import models
from django.test.utils import isolate_apps

from thongsuot.apps.registry import actions
from thongsuot.apps.registry.checks import check_body_links, faults_of
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.holdings import body_fields
from thongsuot.apps.registry.models import (
    Appointment,
    Body,
    BodyEdge,
    BodyVersion,
    Coverage,
    Post,
    Serves,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor, Hat, Role

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)


def test_every_link_to_a_body_in_the_system_has_decided_what_happens():
    assert check_body_links() == []


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (lambda: models.ForeignKey("registry.Body", models.CASCADE), "registry.E001"),
        (lambda: models.OneToOneField("registry.Body", models.CASCADE), "registry.E001"),
        (lambda: models.ManyToManyField("registry.Body"), "registry.E001"),
        (lambda: BodyField(when_closed="vanishes"), "registry.E002"),
    ],
)
def test_a_link_that_has_not_decided_stops_the_server(link, code, isolated_model):
    model = isolated_model(link())
    assert code in [fault.id for fault in faults_of(model)]


def test_a_link_that_has_decided_passes(isolated_model):
    assert faults_of(isolated_model(BodyField(when_closed="moves"))) == []


def test_the_links_of_the_registry_itself_are_walked():
    labels = {f"{model.__name__}.{field.name}" for model, field in body_fields()}
    assert {"BodyVersion.parent", "Post.body", "Serves.served"} <= labels


def test_a_new_body_acts_in_its_units_under_its_parent_and_is_on_the_trail(bodies, country):
    version = BodyVersion.objects.on(DAY).get(body=bodies.district)
    assert (version.name, version.parent_id) == ("UBND quận Hà Đông", bodies.city)
    assert Coverage.objects.on(DAY).get(body=bodies.district).unit_id == country.ha_dong.pk
    entry = Entry.objects.get(act="registry.body-created", subject_id=bodies.district)
    assert entry.actor_name == "Người quản trị"


def test_a_body_needs_a_unit_in_force_on_its_first_day(country, new_act):
    with pytest.raises(Refused) as refused:
        actions.create_body(
            new_act(), key="b", kind="police", name="Công an", since=date(2025, 7, 2),
            units=[country.ha_dong.pk],
        )  # fmt: skip
    assert refused.value.problems[0].code == "registry.not-in-force"


def test_a_key_is_given_once(bodies, country, new_act):
    with pytest.raises(Refused) as refused:
        actions.create_body(
            new_act(), key="ubnd-ha-noi", kind="police", name="X", since=DAY,
            units=[country.ha_noi.pk],
        )  # fmt: skip
    assert refused.value.status == 409


def test_the_old_name_stays_true_before_a_renaming(bodies, new_act):
    actions.rename_body(new_act(), body=bodies.office, name="Phòng Tổ chức", on=date(2025, 3, 1))
    names = [
        BodyVersion.objects.on(day).get(body=bodies.office).name
        for day in (date(2025, 2, 28), date(2025, 3, 1))
    ]
    assert names == ["Phòng Nội vụ quận Hà Đông", "Phòng Tổ chức"]


def test_a_body_with_a_child_stays_open_and_leaves_no_trail(bodies, new_act, july):
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        actions.close_body(new_act(), body=bodies.district, on=july)
    problem = refused.value.problems[0]
    assert problem.code == "registry.child-bodies"
    assert problem.facts["names"] == ("Phòng Nội vụ quận Hà Đông",)
    assert Entry.objects.count() == before


def test_a_body_closes_with_its_posts_and_places_and_names_its_successors(bodies, new_act, july):
    post = actions.create_post(
        new_act(), body=bodies.office, title="Trưởng phòng", role="leader", since=DAY
    )["post"]
    who = actions.record_person(new_act(), full_name="Trần Thị Lan")["person"]
    actions.appoint(new_act(), person=who, post=post, since=DAY)
    actions.close_body(new_act(), body=bodies.office, on=july)
    actions.close_body(new_act(), body=bodies.district, on=july, successors=[bodies.ward])
    assert not BodyVersion.objects.on(july).filter(body=bodies.district).exists()
    assert not Coverage.objects.on(july).filter(body=bodies.district).exists()
    assert Post.objects.get(pk=post).until == july
    assert Appointment.objects.get(post=post).until == july
    assert BodyEdge.objects.get(src=bodies.district, event__kind="dissolve").dst_id == bodies.ward


def test_a_closed_body_is_not_closed_again(bodies, new_act, july):
    actions.close_body(new_act(), body=bodies.office, on=july)
    with pytest.raises(Refused) as refused:
        actions.close_body(new_act(), body=bodies.office, on=july)
    assert refused.value.problems[0].code == "registry.already-ended"


def test_the_same_act_sent_twice_closes_once(bodies, new_act, july):
    act = new_act()
    first = actions.close_body(act, body=bodies.office, on=july)
    assert actions.close_body(act, body=bodies.office, on=july) == first
    assert Entry.objects.filter(act="registry.body-closed").count() == 1


@pytest.fixture
def two_offices(country, bodies, new_act):
    party = actions.create_body(
        new_act(), key="dang-uy", kind="party-committee", name="Thành ủy", since=DAY,
        units=[country.ha_noi.pk],
    )["body"]  # fmt: skip
    board = actions.create_body(
        new_act(), key="ban-to-chuc", kind="party-office", name="Ban Tổ chức", since=DAY,
        units=[country.ha_noi.pk], parent=party,
    )["body"]  # fmt: skip
    office = actions.create_body(
        new_act(), key="phong-nv", kind="specialised-office", name="Phòng Nội vụ", since=DAY,
        units=[country.ha_noi.pk], parent=bodies.city,
    )["body"]  # fmt: skip
    for body in (board, office):
        actions.create_post(new_act(), body=body, title="Trưởng", role="leader", since=DAY)
    return party, board, office


def test_two_offices_of_two_blocs_become_one_that_serves_both(two_offices, bodies, new_act, july):
    party, board, office = two_offices
    merged = actions.merge_bodies(
        new_act(), bodies=[board, office], key="to-chuc-noi-vu", kind="joint-office",
        name="Cơ quan Tổ chức - Nội vụ", on=july, posts=[{"title": "Trưởng", "role": "leader"}],
    )["body"]  # fmt: skip
    served = set(Serves.objects.on(july).filter(body=merged).values_list("served", flat=True))
    assert served == {party, bodies.city}
    assert not BodyVersion.objects.on(july).filter(body__in=[board, office]).exists()
    sources = set(BodyEdge.objects.filter(dst=merged).values_list("src", flat=True))
    assert sources == {board, office}


def test_a_merger_may_not_make_posts(two_offices, new_act, july):
    _party, board, office = two_offices
    posts = [{"title": f"Vị trí {n}", "role": "clerk"} for n in range(3)]
    with pytest.raises(Refused) as refused:
        actions.merge_bodies(
            new_act(), bodies=[board, office], key="m", kind="joint-office", name="M", on=july,
            posts=posts,
        )  # fmt: skip
    problem = refused.value.problems[0]
    assert problem.code == "registry.more-posts-than-before"
    assert dict(problem.facts) == {"before": 2, "after": 3, "over": 1}
    assert not Body.objects.filter(key="m").exists()


def test_a_task_force_has_a_head_members_and_an_area(country, bodies, new_act):
    lan = actions.record_person(new_act(), full_name="Trần Thị Lan")["person"]
    minh = actions.record_person(new_act(), full_name="Nguyễn Văn Minh")["person"]
    team = actions.create_task_force(
        new_act(), key="to-ban-giao", kind="handing-team", name="Tổ bàn giao quận Hà Đông",
        since=DAY, head=lan, members=[minh], units=[country.ha_dong.pk],
        represents=[bodies.district],
    )["body"]  # fmt: skip
    roles = list(Post.objects.filter(body=team).order_by("rank").values_list("role", flat=True))
    assert roles == ["team-head", "team-member"]
    assert Serves.objects.get(body=team).served_id == bodies.district


def test_a_task_force_without_head_and_area_hears_both_at_once(country, new_act):
    with pytest.raises(Refused) as refused:
        actions.create_task_force(new_act(), key="t", name="Tổ", since=DAY, head=0, units=[])
    codes = [p.code for p in refused.value.problems]
    assert codes == ["registry.team-needs-head", "registry.team-needs-area"]


def hat(role, area=()):
    held = Hat(
        appointment=1, role=role, post="Chức vụ", body=9, body_name="Ban Chỉ đạo",
        area=frozenset(area),
    )  # fmt: skip
    return Actor(user=5, name="Ai đó", hats=(held,), hat=held)


@pytest.mark.parametrize("role", [Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.INSPECTOR])
def test_other_roles_may_not_change_bodies(role, bodies, country, new_act, july):
    with pytest.raises(Refused) as refused:
        actions.close_body(new_act(hat(role, [country.ha_dong.pk])), body=bodies.office, on=july)
    assert refused.value.status == 403


def test_a_steering_committee_changes_its_own_area_only(bodies, country, new_act, july):
    outside = hat(Role.STEERING, [country.dai_mo.pk])
    with pytest.raises(Refused) as refused:
        actions.close_body(new_act(outside), body=bodies.office, on=july)
    assert refused.value.problems[0].code == "registry.outside-your-area"
    inside = hat(Role.STEERING, [country.ha_dong.pk])
    actions.close_body(new_act(inside), body=bodies.office, on=july)


def test_neighbourhoods_have_heads_one_after_the_other(country, new_act, july):
    tu = actions.record_person(new_act(), full_name="Phạm Văn Tư")["person"]
    lan = actions.record_person(new_act(), full_name="Trần Thị Lan")["person"]
    first = actions.record_neighbourhood(
        new_act(), unit=country.new_ha_dong.pk, name="Tổ dân phố 5", kind="to-dan-pho",
        since=july, head=tu, households=210,
    )["neighbourhood"]  # fmt: skip
    day = date(2025, 9, 1)
    second = actions.change_neighbourhood_head(new_act(), neighbourhood=first, head=lan, on=day)[
        "neighbourhood"
    ]
    heads = [country.new_ha_dong.neighbourhoods.on(d).get().head_id for d in (july, day)]
    assert heads == [tu, lan]
    assert first != second


@pytest.fixture
def isolated_model():
    """Makes a throw-away table with one link, and forgets it again."""
    with isolate_apps("thongsuot.apps.registry") as registry:

        def made(link):
            link.remote_field.model = Body

            class Loose(models.Model):  # noqa: DJ008  # thrown away at once
                linked = link

                class Meta:
                    app_label = "registry"
                    apps = registry

            return Loose

        yield made
