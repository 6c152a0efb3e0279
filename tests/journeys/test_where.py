"""A person on a phone finds the office for an old address; a clerk sees the map and a unit through time."""

import json

import pytest
from playwright.sync_api import Page, expect
from tests.apps.handover.conftest import story
from tests.apps.registry.conftest import LOADED, make_unit
from tests.journeys.axe import violations
from tests.pages.handover.conftest import stage, story_day
from tests.pages.handover.stage import PASSWORD

from thongsuot.apps.registry.address_views import resolver
from thongsuot.apps.registry.models import Unit, UnitKind

__all__ = ["stage", "story", "story_day"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = 360


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch) -> None:
    monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path_factory.getbasetemp() / "addresses"))
    resolver()  # an office reads its names once; a busy machine takes seconds for it


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_an_old_address_on_a_narrow_phone_leads_to_the_office_and_the_card(phone: Page) -> None:
    phone.set_viewport_size({"width": NARROW, "height": 640})
    phone.goto("/ho-so-o-dau/")
    assert violations(phone) == []
    phone.keyboard.type("phuong quang trung quan ha dong ha noi")  # the box has the focus
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Nhà bạn ở phía nào?")).to_be_visible()
    assert violations(phone) == []
    assert fits(phone)
    phone.get_by_role("link", name="nay thuộc Phường Hà Đông").click()
    expect(phone.get_by_text("Rõ một nơi")).to_be_visible()
    phone.get_by_role("link", name="Hộ tịch: khai sinh").click()
    expect(phone.locator(".office").get_by_text("Nơi nộp:")).to_be_visible()
    phone.get_by_role("button", name="Chép để gửi Zalo").click()
    expect(phone.get_by_text("Đã chép.")).to_be_visible()
    copied = phone.evaluate("navigator.clipboard.readText()")
    assert "viec=ho-tich&chon=" in copied
    phone.goto(copied.splitlines()[-1])
    expect(phone.get_by_text("Rõ một nơi")).to_be_visible()
    phone.get_by_role("link", name="In thẻ").click()
    expect(phone.get_by_role("img", name="Mã vuông")).to_be_visible()
    assert violations(phone) == []
    assert fits(phone)
    phone.goto(
        "/ho-so-o-dau/?q=Ph%C3%B2ng+Gi%C3%A1o+d%E1%BB%A5c+qu%E1%BA%ADn+H%C3%A0+%C4%90%C3%B4ng&tieng=en"
    )
    expect(phone.get_by_role("heading", name="Where is my file now?")).to_be_visible()
    assert violations(phone) == []


def square(x: float) -> list[list[float]]:
    return [[x, 20.9], [x + 0.1, 20.9], [x + 0.1, 21.0], [x, 21.0], [x, 20.9]]


def test_outlines_are_brought_seen_on_the_map_and_beside_it(desk: Page, stage, tmp_path) -> None:
    city = Unit.objects.get(key="ha-noi")
    for key, code in (("phuong-a", "09556"), ("phuong-b", "00637")):
        make_unit(key, UnitKind.WARD, key[-1].upper(), code=code, parent=city, at=LOADED)
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [square(x)]}}
        for code, x in (("09556", 105.7), ("00637", 105.8))
    ]  # fmt: skip
    file = tmp_path / "ve.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    desk.goto("/dang-nhap/?next=/ban-do/nap/")
    desk.fill("[name=username]", "khanh")
    desk.fill("[name=password]", PASSWORD)
    desk.keyboard.press("Enter")
    desk.set_input_files("#tep", file)
    desk.fill("#source", "Hình vẽ thử")
    desk.check("#demo")
    assert violations(desk) == []
    desk.get_by_role("button", name="Xem trước").click()
    desk.get_by_role("button", name="Nạp và vẽ").click()
    expect(desk.get_by_text("Đã nạp ranh giới của 2 đơn vị.")).to_be_visible()
    desk.goto("/ban-do/?tinh=ha-noi&ngay=2025-07-02&cu=2025-06-30")
    expect(desk.locator("#map path.unit-now")).to_have_count(2)
    assert violations(desk) == []
    desk.get_by_role("button", name="chỉ chỗ Phường A").click()
    expect(desk.locator(".leaflet-popup").get_by_text("Mở trang đơn vị")).to_be_visible()
    assert violations(desk) == []
    for path in (
        "/don-vi/quan-ha-dong/theo-thoi-gian/",
        "/dia-chi/nhieu/",
        "/dia-gioi/quy-doi-so-lieu/",
    ):
        desk.goto(path)
        assert violations(desk) == [], path
        desk.set_viewport_size({"width": 390, "height": 844})
        assert violations(desk) == [], path
        assert fits(desk), path
        desk.set_viewport_size({"width": 1366, "height": 768})
    desk.goto("/don-vi/quan-ha-dong/theo-thoi-gian/?moc=0")
    desk.locator("#moc").focus()
    desk.keyboard.press("ArrowRight")
    expect(desk).to_have_url("/don-vi/quan-ha-dong/theo-thoi-gian/?moc=1")
