"""The map: outlines are checked, previewed, drawn by day, taken back; without them there is a list."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.apps.registry.conftest import LOADED, make_unit

from thongsuot.apps.registry.models import Boundary, BoundarySet, Unit, UnitKind
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
DOOR = "/ban-do/nap/"
JULY = date(2025, 7, 1)


def square(x: float, y: float = 20.9, size: float = 0.1) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def geojson(*units: tuple[str, float]) -> bytes:
    """Invented squares side by side: no real boundary looks like that."""
    features = [
        {"type": "Feature", "properties": {"code": code},
         "geometry": {"type": "Polygon", "coordinates": [square(x)]}}
        for code, x in units
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def sent(content: bytes, **more: str) -> dict[str, object]:
    named = {"since": "2025-07-01", "source": "Hình vẽ thử", "demo": "1"}
    return {"tep": SimpleUploadedFile("hn.geojson", content), **named, **more}


def drawn(client, content: bytes, **more: str) -> None:
    """Preview, then draw what was previewed."""
    given = sent(content, **more)
    page = client.post(DOOR, given)
    assert page.status_code == 200, page.content.decode()[:3_000]
    given.pop("tep")
    file = StoredFile.objects.latest("pk").pk
    answer = client.post(DOOR, {**given, "file": file, "key": uuid4().hex})
    assert answer.status_code == 302, answer.content.decode()[:3_000]


@pytest.fixture
def khanh(stage) -> Client:
    """The steering committee, with two wards that bear codes in its area."""
    city = Unit.objects.get(key="ha-noi")
    for key, name, code in (("phuong-a", "A", "09556"), ("phuong-b", "B", "00637")):
        make_unit(key, UnitKind.WARD, name, code=code, parent=city, at=LOADED)
    return stage.as_("khanh")


def test_a_file_is_previewed_with_its_unknown_codes_and_nothing_is_drawn_yet(khanh) -> None:
    told = khanh.post(DOOR, sent(geojson(("09556", 105.7), ("99999", 105.8)))).content.decode()
    assert "2 hình" in told
    assert "99999" in told
    assert "sẽ bỏ qua" in told
    assert BoundarySet.objects.count() == 0


def test_what_was_previewed_is_drawn_dated_with_its_source_and_taken_back(
    khanh, django_assert_max_num_queries
) -> None:
    drawn(khanh, geojson(("09556", 105.7), ("00637", 105.8), ("99999", 105.9)))
    made = BoundarySet.objects.get()
    assert (made.units, made.unknown, made.demo, made.since) == (2, ["99999"], True, JULY)
    assert Entry.objects.latest("pk").act == "registry.boundaries-brought"
    stranger = Client()
    with django_assert_max_num_queries(12):
        page = stranger.get("/ban-do/?tinh=ha-noi&ngay=2025-07-02").content.decode()
    assert "Hình vẽ thử" in page
    assert "không phải ranh giới thật" in page
    shapes = stranger.get("/ban-do/hinh.json?tinh=ha-noi&ngay=2025-07-02").json()
    assert {f["properties"]["code"] for f in shapes["features"]} == {"09556", "00637"}
    before = stranger.get("/ban-do/hinh.json?tinh=ha-noi&ngay=2025-06-30").json()
    assert [f for f in before["features"] if f["geometry"]["type"] == "MultiPolygon"] == []
    assert khanh.post(f"{DOOR}{made.pk}/rut/", {"key": uuid4().hex}).status_code == 302
    after = stranger.get("/ban-do/hinh.json?tinh=ha-noi&ngay=2025-07-02").json()
    assert [f for f in after["features"] if f["geometry"]["type"] == "MultiPolygon"] == []
    assert Boundary.objects.count() == 2


def test_neighbours_of_a_unit_are_those_that_share_a_stretch(khanh) -> None:
    page = Client().get("/don-vi/phuong-a/theo-thoi-gian/?ngay=2025-07-02").content.decode()
    assert "Chưa nạp ranh giới nên không biết" in page
    drawn(khanh, geojson(("09556", 105.7), ("00637", 105.8)))
    unit = Boundary.objects.get(code="09556")
    assert unit.beside == [Boundary.objects.get(code="00637").unit_id]


UNFIT = (
    (b"khong phai json", "không phải JSON"),
    (b"[" * 50_000, "không phải JSON"),
    (b'{"type":"FeatureCollection","features":[]}', "không có hình nào"),
    (geojson(("", 105.7)), "không có mã đơn vị"),
    (geojson(("09556", 20.9)), "nằm ngoài Việt Nam"),
)


def test_a_file_that_cannot_be_used_says_why_and_nothing_is_drawn(khanh) -> None:
    for content, word in UNFIT:
        answer = khanh.post(DOOR, sent(content))
        assert answer.status_code == 422
        assert word in answer.content.decode()
    assert BoundarySet.objects.count() == 0


def test_nobody_brings_outlines_of_another_area_or_without_a_source(khanh, stage) -> None:
    away = make_unit("can-tho", UnitKind.CITY, "Cần Thơ", code="92", at=LOADED)
    make_unit("ninh-kieu", UnitKind.WARD, "Ninh Kiều", code="31117", parent=away)
    file = StoredFile.objects.count
    khanh.post(DOOR, sent(geojson(("31117", 105.7))))
    assert file() == 1
    given = {"file": StoredFile.objects.get().pk, "key": "a", "since": "2025-07-01", "source": "x"}
    assert khanh.post(DOOR, given).status_code == 403
    assert khanh.post(DOOR, {**given, "source": " "}).status_code == 422
    assert stage.as_("quantri").post(DOOR, given).status_code == 404  # another person's file
    assert stage.as_("lan").get(DOOR).status_code == 403
    assert BoundarySet.objects.count() == 0


def test_the_map_without_outlines_is_a_list_of_the_units(stage) -> None:
    page = Client().get("/ban-do/?tinh=ha-noi").content.decode()
    assert "phuong-ha-dong" in page
    assert Client().get("/ban-do/?tinh=khong-co").status_code == 404
    assert Client().get("/ban-do/hinh.json?tinh=khong-co").status_code == 404
