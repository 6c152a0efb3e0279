"""Pages of units are public, speak of a day, and show lineage as a picture and as a table."""

import pytest

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_the_country_before_the_reform_has_districts(client, country):
    page = text(client.get("/don-vi/?ngay=2025-06-30"))
    assert "Thành phố Hà Nội" in page
    assert "Ngày 30/06/2025: 1 tỉnh, thành phố; 2 xã, phường" in page
    assert "Cấp huyện" in page


def test_the_country_after_it_has_none(client, country):
    page = text(client.get("/don-vi/?ngay=2025-07-01"))
    assert "Ngày 01/07/2025: 1 tỉnh, thành phố; 2 xã, phường" in page
    assert "Cấp huyện" not in page


def test_a_country_without_units_says_what_to_do(client, db):
    assert "nạp danh mục" in text(client.get("/don-vi/"))


def test_a_dissolved_district_shows_where_its_wards_went(client, country):
    page = text(client.get("/don-vi/quan-ha-dong/"))
    assert "kết thúc 01/07/2025" in page
    assert "Mã 268" in page
    assert "<svg" in page
    assert "Phường Vạn Phúc" in page
    assert "Phường Đại Mỗ" in page
    assert "phần còn lại" in page
    assert "khoản 58" in page
    assert 'href="/van-ban/1656-NQ-UBTVQH15/"' in page


def test_the_picture_is_never_without_its_table(client, country):
    page = text(client.get("/don-vi/quan-ha-dong/"))
    lines = page.count(" C ")
    assert lines == page.count("<td>01/07/2025</td>") == 3


def test_a_district_before_its_end_shows_its_children(client, country):
    page = text(client.get("/don-vi/quan-ha-dong/?ngay=2025-06-30"))
    assert "kết thúc 01/07/2025" not in page.split("</h1>")[0]
    assert 'id="children"' in page


def test_a_new_ward_shows_what_it_was_made_of(client, country):
    page = text(client.get("/don-vi/phuong-ha-dong/"))
    assert "Trước đó" in page
    assert "Phường Mộ Lao" in page


def test_a_divided_ward_says_so(client, country):
    assert "nhiều đơn vị, không phải một" in text(client.get("/don-vi/mo-lao-2008/"))
    assert "nhiều đơn vị, không phải một" not in text(client.get("/don-vi/van-phuc-2008/"))


def test_a_ward_that_does_not_exist_yet_says_from_when(client, country):
    assert "có từ 01/07/2025" in text(client.get("/don-vi/phuong-dai-mo/?ngay=2025-06-30"))


def test_an_unknown_unit_is_not_found(client, country):
    assert client.get("/don-vi/khong-co/").status_code == 404


def test_a_day_that_cannot_be_read_is_today(client, country):
    assert client.get("/don-vi/?ngay=hôm-qua").status_code == 200


def test_the_day_may_be_typed_the_vietnamese_way(client, country):
    assert "Ngày 30/06/2025" in text(client.get("/don-vi/?ngay=30/06/2025"))


def test_a_page_as_known_before_the_record_was_written_is_not_found(client, country):
    assert client.get("/don-vi/quan-ha-dong/?biet=2025-06-19").status_code == 404
    page = text(client.get("/don-vi/quan-ha-dong/?biet=2025-06-21"))
    assert "chỉ hiện những gì đã được ghi" in page


def test_the_public_sees_territory_and_no_body(client, country, bodies):
    page = text(client.get("/don-vi/ha-noi/"))
    assert "UBND thành phố Hà Nội" not in page
    assert "Thành lập cơ quan" not in page


def test_a_sources_other_reading_is_shown_beside_ours(client, country):
    country.mo_lao.disagreements.create(
        source="bảng chuyển đổi X", reading="Hà Đông", held="Hà Đông, Đại Mỗ",
        recorded_at="2025-06-20T00:00:00Z",
    )  # fmt: skip
    page = text(client.get("/don-vi/mo-lao-2008/"))
    assert "Các nguồn nói khác nhau" in page
    assert "bảng chuyển đổi X" in page


@pytest.mark.parametrize(
    ("path", "most"), [("/don-vi/", 6), ("/don-vi/quan-ha-dong/", 24), ("/don-vi/ha-noi/", 20)]
)
def test_a_page_asks_the_database_a_fixed_number_of_times(
    client, country, path, most, django_assert_max_num_queries
):
    with django_assert_max_num_queries(most):
        client.get(path)


def test_a_legal_text_says_whether_it_was_read(client, country):
    page = text(client.get("/van-ban/1656-NQ-UBTVQH15/"))
    assert "đã đọc văn bản" in page
    assert "https://example.vn/1656" in page


def test_all_units_are_one_list_that_can_be_filtered_and_taken_away(client, country):
    page = text(client.get("/don-vi/danh-sach/?ngay=2025-06-30&tim=ha+dong"))
    assert "Quận Hà Đông" in page
    assert "Phường Vạn Phúc" not in page
    sheet = b"".join(client.get("/don-vi/danh-sach/?ngay=2025-07-01&xuat=csv").streaming_content)
    assert "Phường Đại Mỗ" in sheet.decode("utf-8-sig")
    assert "Quận Hà Đông" not in sheet.decode("utf-8-sig")


def test_a_place_with_nothing_below_its_parts_lists_names_in_columns(client, country):
    page = text(client.get("/don-vi/ha-noi/?ngay=2025-07-01"))
    assert "unit-columns" in page
    assert "unit-columns" not in text(client.get("/don-vi/ha-noi/?ngay=2025-06-30"))
