"""The main job in a real browser, from the first page to the balance, by those who do it."""

import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.apps.registry.conftest import make_unit
from tests.journeys.axe import violations
from tests.pages.handover.conftest import stage, story, story_day
from tests.pages.handover.stage import PASSWORD, Stage
from tests.pages.handover.test_imports import asset, filled

from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.registry.models import UnitKind
from thongsuot.foundation.imports.models import ImportBatch

__all__ = ["stage", "story", "story_day"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREEN, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def fine(page: Page) -> None:
    """Nothing found by axe and nothing wider than the window, on an office screen and a phone."""
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a typed mapping of playwright
        assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def enter(page: Page, who: str, then: str = "/") -> None:
    page.goto(f"/dang-nhap/?next={then}")
    page.locator("[name=username]").fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)


def leave(page: Page) -> None:
    page.context.clear_cookies()


def test_a_newcomer_picks_a_role_and_drills_from_the_balance_to_one_item(
    desk: Page, stage: Stage, settings
) -> None:
    settings.DEMO = True
    ids = stage.story.list_items(3)
    desk.goto("/")
    fine(desk)
    desk.get_by_role("button", name="Vào vai Trần Thị Lan").click()
    expect(desk.locator("h1")).to_contain_text("Việc của tôi")
    fine(desk)
    desk.get_by_role("link", name="Quận Hà Đông").first.click()
    expect(desk.locator("#balance")).to_be_visible()
    fine(desk)
    desk.locator("table a", has_text=re.compile("^3$")).first.click()
    expect(desk.locator("h1")).to_contain_text("Danh mục bàn giao")
    fine(desk)
    desk.locator(f"a[href$='/muc/{ids[1]}/']").first.click()
    expect(desk.locator("h1")).to_contain_text("Bàn làm việc 2")
    expect(desk.locator("main")).to_contain_text("đang giữ")
    fine(desk)


def test_an_inventory_with_one_bad_cell_is_mended_in_place(
    desk: Page, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "kiem-ke-tai-san.xlsx"
    good, bad = asset(stage), asset(stage, **{"Mã": "TS-502", "Số lượng": "nhiều"})
    file.write_bytes(filled(stage, good, bad))
    assert openpyxl.load_workbook(io.BytesIO(file.read_bytes())).sheetnames
    enter(desk, "lan", stage.url("imports"))
    fine(desk)
    desk.locator(f"a[href='{stage.url('bring', 'asset')}']").click()
    fine(desk)
    desk.locator("input[type=file]").set_input_files(str(file))
    desk.locator("form:has(input[type=file]) button").first.click()
    desk.wait_for_url("**/nhap-lieu/*/")
    expect(desk.locator("main")).to_contain_text("nhiều")
    fine(desk)
    cell = desk.locator("input[name='o-quantity']").first
    if not cell.count():
        desk.locator("tr[id^=r] a, tr[id^=r] button").first.click()
    cell.fill("3")
    cell.press("Enter")
    expect(desk.locator("main")).to_contain_text("2 mới")
    assert ImportBatch.objects.get().counts["error"] == 0


def test_the_receiver_counts_and_refuses_both_sign_and_the_balance_follows(
    desk: Page, stage: Stage
) -> None:
    minutes, ids = stage.story.dispatched(3)
    address = stage.url("minutes-page", minutes)
    enter(desk, "minh", address)
    fine(desk)
    desk.get_by_role("link", name="từ chối", exact=True).first.click()
    fine(desk)
    desk.get_by_label("Lý do, căn cứ").fill("không thấy tại kho")
    desk.get_by_role("button", name="Từ chối nhận").click()
    expect(desk.locator("main")).to_contain_text("không thấy tại kho")
    boxes = desk.locator("input.count-box")
    expect(boxes).to_have_count(2)
    for at in range(2):
        boxes.nth(at).fill("10")
    desk.get_by_role("button", name="Ghi số đếm của trang này").click()
    expect(desk.locator("main")).to_contain_text("10")
    leave(desk)
    enter(desk, "lan", address)
    desk.get_by_role("button", name="Mọi dòng còn lại đều đúng như ghi").click()
    _sign(desk, stage, minutes, "giver")
    leave(desk)
    enter(desk, "minh", address)
    _sign(desk, stage, minutes, "receiver")
    expect(desk.locator("input.count-box")).to_have_count(0)
    fine(desk)
    assert Minutes.objects.get(pk=minutes).state == "signed"
    assert sorted(stage.story.item(pk).state for pk in ids) == ["accepted", "accepted", "held"]
    desk.goto(stage.url("balance"))
    expect(desk.locator("main")).to_contain_text("Đã nhận")
    expect(desk.locator("table a", has_text=re.compile("^2$")).first).to_be_visible()


def _sign(page: Page, stage: Stage, minutes: int, side: str) -> None:
    """Sign on the page, with the password when it is asked for again."""
    session = page.context.cookies()
    assert session
    page.goto(stage.url("sign", minutes, side))
    if "/xac-nhan/" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button").first.click()
    fine(page)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("body")).to_contain_text("Đã ký")


def test_an_old_ward_is_found_by_keys_alone_and_without_marks(desk: Page, stage: Stage) -> None:
    make_unit(
        "yen-nghia-2006", UnitKind.WARD, "Yên Nghĩa", code="10117", parent=stage.story.place,
        until=date(2025, 7, 1),
    )  # fmt: skip
    desk.goto("/don-vi/")
    fine(desk)
    desk.keyboard.press("Control+k")
    expect(desk.locator("#palette")).to_be_visible()
    desk.keyboard.type("yen nghia")
    expect(desk.get_by_role("option").first).to_contain_text("Yên Nghĩa")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/don-vi/yen-nghia-2006/**")
    expect(desk.locator("h1")).to_contain_text("Yên Nghĩa")
    fine(desk)


def test_without_any_script_counts_are_written_and_a_refused_one_is_told(
    window, live_server, stage: Stage
) -> None:
    minutes, _ids = stage.story.dispatched(2)
    context = window.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    enter(page, "minh", stage.url("minutes-page", minutes))
    boxes = page.locator("input.count-box")
    boxes.nth(0).fill("9")
    boxes.nth(1).fill("1.5")
    page.get_by_role("button", name="Ghi số đếm của trang này").click()
    expect(page.locator("main")).to_contain_text("không phải là một số")
    expect(boxes.nth(0)).to_have_value("9")
    boxes.nth(1).fill("10")
    page.get_by_role("button", name="Ghi số đếm của trang này").click()
    expect(page.locator("body")).to_contain_text("Đã ghi số đếm của 2 dòng")
    first, second = stage.lines(minutes)
    assert (first.receiver_count, second.receiver_count) == (9, 10)
    context.close()


@pytest.mark.parametrize(
    "door",
    ["transitions", "balance", "items", "allocation", "minutes", "disputes", "imports", "closing"],
)
def test_every_page_of_a_transition_is_fit_for_a_screen_a_phone_and_a_screen_reader(
    desk: Page, stage: Stage, door: str
) -> None:
    _minutes, ids = stage.story.dispatched(3)
    stage.send("lan", "dispute", ids[0], reason="thử")
    address = "/ban-giao/" if door == "transitions" else stage.url(door)
    enter(desk, "khanh", address)
    fine(desk)
