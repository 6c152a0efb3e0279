"""Pages and forms of bodies: for people in posts; changes only by those who may."""

from datetime import date
from uuid import uuid4

import pytest

from thongsuot.apps.registry import actions
from thongsuot.apps.registry.holdings import body_fields
from thongsuot.apps.registry.models import Appointment, Body, BodyVersion, Neighbourhood, Person
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 1)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def sign_in(client, bodies, new_act):
    """Signs a person in who holds a post in a body."""

    def signed(body, role, title="Chức vụ", name="Trần Thị Lan", username="lan"):
        user = User.objects.create_user(username, full_name=name)
        person = actions.record_person(new_act(), full_name=name, account=user.pk)["person"]
        post = actions.create_post(new_act(), body=body, title=title, role=role, since=DAY)["post"]
        actions.appoint(new_act(), person=person, post=post, since=DAY)
        client.force_login(user)
        return person, post

    return signed


def post_form(client, path, **values):
    return client.post(path, {"key": uuid4().hex, **values})


def test_strangers_are_sent_to_sign_in(client, bodies):
    response = client.get(f"/co-quan/{bodies.city}/")
    assert (response.status_code, response.url.split("?")[0]) == (302, "/dang-nhap/")


def test_a_body_shows_its_posts_people_and_what_keeps_it_open(client, bodies, sign_in):
    sign_in(bodies.district, "leader", title="Chủ tịch")
    page = text(client.get(f"/co-quan/{bodies.district}/"))
    assert "UBND quận Hà Đông" in page
    assert "Trần Thị Lan" in page
    assert "Phòng Nội vụ quận Hà Đông" in page
    assert "phải giải quyết xong trước" in page


def test_one_person_in_two_posts_is_said_beside_the_name(client, bodies, sign_in, new_act):
    person, _post = sign_in(bodies.office, "leader", title="Trưởng phòng")
    second = actions.create_post(
        new_act(), body=bodies.district, title="Ủy viên", role="leader", since=DAY
    )["post"]
    actions.appoint(new_act(), person=person, post=second, since=DAY, status="provisional")
    page = text(client.get(f"/co-quan/{bodies.district}/"))
    assert "Trưởng phòng, Phòng Nội vụ quận Hà Đông" in page
    assert "tạm phân công" in page


def test_an_empty_post_that_signs_is_loud(client, bodies, sign_in, new_act):
    sign_in(bodies.office, "clerk")
    actions.create_post(
        new_act(), body=bodies.office, title="Kế toán trưởng", role="leader", since=DAY,
        signature_critical=True,
    )  # fmt: skip
    assert "trống, văn bản không ký được" in text(client.get(f"/co-quan/{bodies.office}/"))


def test_a_clerk_sees_no_forms_and_may_not_open_them(client, bodies, sign_in):
    sign_in(bodies.office, "clerk")
    assert "ket-thuc" not in text(client.get(f"/co-quan/{bodies.office}/"))
    assert client.get(f"/co-quan/{bodies.office}/ket-thuc/").status_code == 403
    assert post_form(client, f"/co-quan/{bodies.office}/ket-thuc/").status_code == 403


def test_steering_sets_up_a_body_from_the_page_of_a_unit(client, country, bodies, sign_in):
    sign_in(bodies.city, "steering")
    path = "/don-vi/phuong-ha-dong/co-quan-moi/"
    assert client.get(path).status_code == 200
    response = post_form(
        client, path, kind="service-centre", name="Trung tâm Phục vụ hành chính công",
        since="2025-07-01", parent=bodies.city, serves=[bodies.city],
    )  # fmt: skip
    assert response.status_code == 302
    version = BodyVersion.objects.get(name="Trung tâm Phục vụ hành chính công")
    assert version.parent_id == bodies.city
    assert Entry.objects.filter(act="registry.body-created", actor_name="Trần Thị Lan").exists()


def test_a_refused_close_keeps_the_page_and_says_why(client, bodies, sign_in):
    sign_in(bodies.city, "steering")
    response = post_form(client, f"/co-quan/{bodies.district}/ket-thuc/", on="2026-01-01")
    assert response.status_code == 422
    assert "Phòng Nội vụ quận Hà Đông" in text(response)


def test_a_wrong_day_is_said_at_the_field(client, bodies, sign_in):
    sign_in(bodies.city, "steering")
    response = post_form(client, f"/co-quan/{bodies.office}/ket-thuc/", on="31/02/2026")
    assert response.status_code == 422
    assert "field-errors" in text(response)


def test_closing_renaming_and_merging_by_form(client, bodies, sign_in):
    sign_in(bodies.city, "steering")
    path = f"/co-quan/{bodies.office}/"
    assert post_form(client, f"{path}doi-ten/", name="Phòng Tổ chức", on="2025-01-01").url == path
    closed = post_form(client, f"{path}ket-thuc/", on="2026-01-01", authority="QĐ 1")
    assert closed.status_code == 302
    assert BodyVersion.objects.known().get(name="Phòng Tổ chức").until == date(2026, 1, 1)
    merged = post_form(
        client, f"/co-quan/{bodies.district}/hop-nhat/", others=[bodies.district], kind="police",
        name="X", on="2026-02-01",
    )  # fmt: skip
    assert merged.status_code == 422


def test_posts_and_people_by_form(client, bodies, sign_in):
    sign_in(bodies.city, "steering")
    path = f"/co-quan/{bodies.office}/"
    made = post_form(
        client, f"{path}vi-tri-moi/", title="Phó phòng", role="leader", since="2025-01-01", rank=2
    )
    assert made.status_code == 302
    post = Body.objects.get(pk=bodies.office).posts.get(title="Phó phòng")
    appointed = post_form(
        client, f"{path}vi-tri/{post.pk}/bo-nhiem/", person="Nguyễn Văn Minh",
        since="2025-01-01", status="provisional",
    )  # fmt: skip
    assert appointed.status_code == 302
    held = Appointment.objects.get(post=post)
    assert (held.person.full_name, held.status) == ("Nguyễn Văn Minh", "provisional")
    ended = post_form(client, f"{path}thoi-giu/{held.pk}/", on="2025-06-01", reason="nghỉ hưu")
    assert ended.status_code == 302
    held.refresh_from_db()
    assert held.until == date(2025, 6, 1)
    assert "Phó phòng" in text(client.get(f"/nguoi/{held.person_id}/"))


def test_a_name_that_two_people_bear_is_asked_back(client, bodies, sign_in):
    _person, post = sign_in(bodies.city, "steering")
    twins = [Person.objects.create(full_name="Lê An", folded="le an") for _n in range(2)]
    path = f"/co-quan/{bodies.city}/vi-tri/{post}/bo-nhiem/"
    asked = post_form(client, path, person="Lê An", since="2025-01-01", status="official")
    assert asked.status_code == 422
    assert f"#{twins[0].pk}, #{twins[1].pk}" in text(asked)
    told = post_form(client, path, person=f"#{twins[1].pk}", since="2025-01-01", status="official")
    assert told.status_code == 302


def test_a_task_force_and_a_neighbourhood_by_form(client, country, bodies, sign_in):
    sign_in(bodies.city, "steering")
    team = post_form(
        client, "/don-vi/phuong-ha-dong/to-cong-tac-moi/", kind="task-force", name="Tổ số 1",
        since="2025-07-01", head="Lê An", members="Đỗ Chi\nPhạm Bình\n",
    )  # fmt: skip
    assert team.status_code == 302
    body = BodyVersion.objects.get(name="Tổ số 1").body
    assert body.posts.count() == 3
    group = post_form(
        client, "/don-vi/phuong-ha-dong/khu-pho-moi/", kind="to-dan-pho", name="Tổ dân phố 1",
        head="Lê An", households=120, since="2025-07-01",
    )  # fmt: skip
    assert group.status_code == 302
    assert Neighbourhood.objects.get().head.full_name == "Lê An"
    page = text(client.get("/don-vi/phuong-ha-dong/"))
    assert "Tổ dân phố 1" in page
    assert "Tổ số 1" in page


def test_a_correction_by_form_keeps_the_old_record_in_the_history(client, country, bodies, sign_in):
    sign_in(bodies.city, "steering")
    record = country.dai_mo.versions.get()
    path = f"/don-vi/phuong-dai-mo/dinh-chinh/{record.pk}/"
    assert 'value="Đại Mỗ"' in text(client.get(path))
    response = post_form(
        client, path, name="Đại Mỗ Mới", kind="ward", code="00622", since="2025-07-01",
        reason="gõ nhầm",
    )  # fmt: skip
    assert response.status_code == 302
    page = text(client.get("/don-vi/phuong-dai-mo/"))
    assert "Phường Đại Mỗ Mới" in page
    assert "đã đính chính" in page


def test_a_person_with_two_posts_changes_hats(client, bodies, sign_in, new_act):
    person, _post = sign_in(bodies.office, "clerk", title="Chuyên viên")
    second = actions.create_post(
        new_act(), body=bodies.district, title="Ủy viên", role="leader", since=DAY, rank=200
    )["post"]
    held = actions.appoint(new_act(), person=person, post=second, since=DAY)["appointment"]
    response = client.post("/vi-tri/", {"post": held, "next": "/don-vi/"})
    assert response.url == "/don-vi/"
    assert "Ủy viên" in text(client.get("/don-vi/")).split("</summary>")[1]
    assert client.post("/vi-tri/", {"post": held + 99}).status_code == 403


def test_a_hat_that_has_ended_falls_back_to_another(client, bodies, sign_in, new_act):
    sign_in(bodies.office, "clerk", title="Chuyên viên")
    session = client.session
    session["hat"] = 999_999
    session.save()
    assert "Chuyên viên" in text(client.get("/don-vi/"))


def test_an_unknown_body_and_person_are_not_found(client, bodies, sign_in):
    sign_in(bodies.city, "steering")
    assert client.get("/co-quan/999999/").status_code == 404
    assert client.get("/nguoi/999999/").status_code == 404
    assert client.get("/co-quan/999999/ket-thuc/").status_code == 404


def test_a_body_page_asks_a_fixed_number_of_times(
    client, bodies, sign_in, django_assert_max_num_queries
):
    sign_in(bodies.district, "leader")
    counted = [f for _model, f in body_fields() if f.when_closed != "stays" or f.what]
    with django_assert_max_num_queries(20 + len(counted)):  # one for each table that is counted
        client.get(f"/co-quan/{bodies.district}/")


def test_all_bodies_are_one_list_for_those_who_are_signed_in(client, bodies, sign_in):
    assert client.get("/co-quan/").status_code == 302
    sign_in(bodies.city, "leader")
    page = text(client.get("/co-quan/?ngay=2025-06-30&loai=specialised-office"))
    assert "Phòng Nội vụ quận Hà Đông" in page
    assert "UBND quận Hà Đông" in page  # as the parent
    assert "UBND phường Hà Đông" not in page


def test_moving_a_body_ending_a_post_and_a_new_head_by_form(
    client, country, bodies, sign_in, new_act
):
    _person, post = sign_in(bodies.city, "steering")
    path = f"/co-quan/{bodies.district}/"
    assert "UBND thành phố Hà Nội" in text(client.get(f"{path}chuyen/"))
    moved = post_form(client, f"{path}chuyen/", parent=bodies.city, on="2025-03-01")
    assert moved.url == path
    empty = actions.create_post(
        new_act(), body=bodies.office, title="Văn thư", role="clerk", since=DAY
    )["post"]
    ended = post_form(client, f"/co-quan/{bodies.office}/vi-tri/{empty}/bo/", on="2025-03-01")
    assert ended.status_code == 302
    assert client.get(f"/co-quan/{bodies.office}/vi-tri/{post}/bo/").status_code == 404
    group = actions.record_neighbourhood(
        new_act(), unit=country.new_ha_dong.pk, name="Tổ dân phố 1", kind="to-dan-pho",
        since=date(2025, 7, 1),
    )["neighbourhood"]  # fmt: skip
    headed = post_form(
        client, f"/don-vi/phuong-ha-dong/khu-pho/{group}/", head="Lê An", on="2025-08-01"
    )
    assert headed.status_code == 302
    assert "Lê An" in text(client.get("/don-vi/phuong-ha-dong/"))
