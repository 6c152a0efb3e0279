"""Neighbourhoods with their heads and officers: by form, by spreadsheet, by the commune itself."""

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from thongsuot.apps.registry import actions, queries
from thongsuot.apps.registry.models import Governance, Neighbourhood, NeighbourhoodOfficer
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.imports.models import ImportBatch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.registry.site")]
JULY = date(2025, 7, 1)
TODAY = date(2026, 1, 1)
PATH = "/don-vi/phuong-ha-dong/"
HEADER = ["Tên", "Số hộ", "Tổ trưởng", "Bí thư chi bộ", "Trưởng ban CTMT", "Điện thoại", "Từ ngày"]


def text(response) -> str:
    return response.content.decode()


def post_form(client, path, **values):
    return client.post(path, {"key": uuid4().hex, **values})


@pytest.fixture
def sign_in(client, bodies, new_act):
    """Signs Anh Minh in as a clerk of a body."""

    def signed(body, role="clerk"):
        user = User.objects.create_user("minh", full_name="Nguyễn Văn Minh")
        person = actions.record_person(new_act(), full_name=user.full_name, account=user.pk)[
            "person"
        ]
        post = actions.create_post(new_act(), body=body, title="Công chức", role=role, since=JULY)[
            "post"
        ]
        actions.appoint(new_act(), person=person, post=post, since=JULY)
        client.force_login(user)
        return person

    return signed


def sheet(*rows) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("khu-pho.xlsx", out.getvalue())


def brought(client, *rows) -> ImportBatch:
    answer = client.post(f"{PATH}khu-pho/nhap/", {"key": uuid4().hex, "tep": sheet(*rows)})
    assert answer.status_code == 302, text(answer)
    return ImportBatch.objects.latest("pk")


def written(client, batch) -> None:
    values = {"key": uuid4().hex, "digest": batch.digest}
    assert client.post(f"/nhap-lieu/{batch.pk}/ghi/", values).status_code == 302


def seen(country, on=TODAY):
    views = queries.neighbourhoods_of(country.new_ha_dong.pk, on)
    return [
        (v.name, v.head, v.households, [(o.name, o.role, o.also_head) for o in v.officers])
        for v in views
    ]


def test_a_clerk_of_the_commune_takes_in_its_neighbourhoods(client, country, bodies, sign_in):
    sign_in(bodies.ward)
    assert "Nhập từ Excel" in text(client.get(PATH))
    batch = brought(
        client,
        ["Tổ dân phố 2", 180, "Trần Thị Bình", "Trần Thị Bình", "", "0912000111", "01/07/2025"],
        ["Tổ dân phố 10", 95, "Lê An", "", "Phạm Chi", "", "01/07/2025"],
    )
    assert batch.counts["new"] == 2
    assert not Neighbourhood.objects.exists()
    written(client, batch)
    assert seen(country) == [
        (
            "Tổ dân phố 2", "Trần Thị Bình", 180,
            [("Trần Thị Bình", "party-secretary", True)],
        ),
        ("Tổ dân phố 10", "Lê An", 95, [("Phạm Chi", "front-head", False)]),
    ]  # fmt: skip
    page = text(client.get(PATH))
    assert "kiêm nhiệm" in page
    assert "0912000111" in page


def test_a_second_file_changes_what_differs_and_keeps_what_was(client, country, bodies, sign_in):
    sign_in(bodies.ward)
    first = ["Tổ dân phố 2", 180, "Trần Thị Bình", "Lê An", "", "", "01/07/2025"]
    written(client, brought(client, first))
    later = ["Tổ dân phố 2", 184, "Đỗ Dung", "Đỗ Dung", "", "", "01/10/2025"]
    batch = brought(client, later)
    assert batch.counts["changed"] == 1
    written(client, batch)
    assert seen(country) == [
        ("Tổ dân phố 2", "Đỗ Dung", 184, [("Đỗ Dung", "party-secretary", True)])
    ]
    assert seen(country, date(2025, 9, 30)) == [
        ("Tổ dân phố 2", "Trần Thị Bình", 180, [("Lê An", "party-secretary", False)])
    ]


def test_the_same_file_again_changes_nothing(client, country, bodies, sign_in):
    sign_in(bodies.ward)
    row = ["Thôn Đoài", 60, "Lê An", "", "", "", "01/07/2025"]
    written(client, brought(client, row))
    again = brought(client, row)
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 0, 1)


def taken_back(client, batch):
    values = {"key": uuid4().hex, "reason": "nhầm tệp"}
    return client.post(f"/nhap-lieu/{batch.pk}/hoan-tac/", values)


def test_a_batch_is_taken_back_whole(client, country, bodies, sign_in):
    sign_in(bodies.ward)
    written(client, brought(client, ["Thôn Đoài", 60, "Lê An", "Lê An", "", "", "01/07/2025"]))
    before = seen(country)
    later = ["Thôn Đoài", 61, "Đỗ Dung", "Đỗ Dung", "", "", "01/10/2025"]
    batch = brought(client, later, ["Thôn Đông", 5, "", "", "", "", "01/10/2025"])
    written(client, batch)
    assert len(seen(country)) == 2
    assert taken_back(client, batch).status_code == 302
    assert seen(country) == before


def test_a_batch_that_others_built_upon_is_not_taken_back(
    client, country, bodies, sign_in, new_act
):
    sign_in(bodies.ward)
    batch = brought(client, ["Thôn Đoài", 60, "Lê An", "", "", "", "01/07/2025"])
    written(client, batch)
    place = Neighbourhood.objects.get()
    head = actions.record_person(new_act(), full_name="Đỗ Dung")["person"]
    actions.change_neighbourhood_head(
        new_act(), neighbourhood=place.pk, head=head, on=date(2025, 9, 1)
    )
    assert taken_back(client, batch).status_code == 422
    assert seen(country)[0][1] == "Đỗ Dung"


def test_a_name_that_says_no_kind_is_a_problem_at_its_cell(client, country, bodies, sign_in):
    sign_in(bodies.ward)
    batch = brought(client, ["Đoài", -3, "", "", "", "", ""])
    assert batch.counts["error"] == 1
    assert "Chưa rõ" in text(client.get(f"/nhap-lieu/{batch.pk}/"))


def test_a_clerk_of_another_place_may_not(client, country, bodies, sign_in):
    sign_in(bodies.district)
    assert "Nhập từ Excel" not in text(client.get(PATH))
    assert client.get(f"{PATH}khu-pho/nhap/").status_code == 403
    assert client.get(f"{PATH}khu-pho-moi/").status_code == 403


def test_the_template_can_be_filled_in_and_sent_back(client, country, bodies, sign_in):
    sign_in(bodies.ward)
    file = client.get("/don-vi/mau-khu-pho.xlsx")
    assert file.status_code == 200
    upload = SimpleUploadedFile("khu-pho.xlsx", file.content)
    client.post(f"{PATH}khu-pho/nhap/", {"key": uuid4().hex, "tep": upload})
    assert ImportBatch.objects.latest("pk").counts["new"] == 2


def test_officers_come_and_go_by_form(client, country, bodies, sign_in):
    sign_in(bodies.ward)
    post_form(client, f"{PATH}khu-pho-moi/", kind="to-dan-pho", name="Tổ dân phố 1",
              head="Lê An", households=9, since="2025-07-01")  # fmt: skip
    place = Neighbourhood.objects.get()
    added = post_form(
        client, f"{PATH}khu-pho/{place.pk}/them-nguoi/", role="party-secretary", person="Lê An",
        phone="0900", since="2025-07-01",
    )  # fmt: skip
    assert added.status_code == 302
    officer = NeighbourhoodOfficer.objects.get()
    twice = post_form(
        client, f"{PATH}khu-pho/{place.pk}/them-nguoi/", role="party-secretary", person="Lê An",
        since="2025-08-01",
    )  # fmt: skip
    assert twice.status_code == 422
    ended = post_form(client, f"{PATH}khu-pho/thoi/{officer.pk}/", on="2025-12-01")
    assert ended.status_code == 302
    assert seen(country)[0][3] == []


def test_the_model_of_governance_has_a_day_and_a_basis(client, country, bodies, sign_in):
    sign_in(bodies.city, "steering")
    path = "/don-vi/ha-noi/mo-hinh/"
    first = post_form(client, path, model="urban", since="2021-07-01", law=country.law.pk)
    assert first.status_code == 302
    second = post_form(client, path, model="two-tier", since="2025-07-01", clause="Điều 1")
    assert second.status_code == 302
    assert post_form(client, path, model="two-tier", since="2025-08-01").status_code == 422
    assert Governance.objects.get(model="urban").until == JULY
    assert "chính quyền đô thị" in text(client.get("/don-vi/ha-noi/?ngay=2024-01-01"))
    assert "chính quyền địa phương hai cấp" in text(client.get("/don-vi/ha-noi/"))
