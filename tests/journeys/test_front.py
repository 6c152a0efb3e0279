"""What the pages do in a real browser: keys, search, forms that are kept, the looks."""

import pytest
from playwright.sync_api import Page, Route, expect
from tests.journeys.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/giao-dien/",
    "/giao-dien/can-doi/",
    "/giao-dien/nhap/",
    "/giao-dien/xac-nhan/",
    "/phim-tat/",
]


def choose(page: Page, look: str) -> None:
    page.goto("/phim-tat/")
    page.context.add_cookies([{"name": "ts-look", "value": look, "url": page.url}])


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_axe_finds_nothing_on_an_office_screen(desk: Page, look: str) -> None:
    choose(desk, look)
    for path in PAGES:
        desk.goto(path)
        assert violations(desk) == [], path


def test_axe_finds_nothing_on_a_phone_and_nothing_is_wider_than_it(phone: Page) -> None:
    for path in PAGES:
        phone.goto(path)
        assert violations(phone) == [], path
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_at_twice_the_size_nothing_is_cut_off(desk: Page) -> None:
    desk.set_viewport_size({"width": 683, "height": 384})
    for path in PAGES:
        desk.goto(path)
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def answer_search(page: Page) -> None:
    def found(route: Route) -> None:
        route.fulfill(
            content_type="text/html; charset=utf-8",
            body='<a href="/phim-tat/?a">Quận Hà Đông<small>đã kết thúc</small></a>'
            '<a href="/phim-tat/?b">Phường Hà Đông</a>',
        )

    page.route("**/tim-kiem/nhanh/?q=*", found)


@pytest.mark.parametrize("keys", ["Control+k", "/"])
def test_search_opens_by_key_and_the_second_hit_by_arrow_and_enter(desk: Page, keys: str) -> None:
    answer_search(desk)
    desk.goto("/giao-dien/can-doi/")
    desk.keyboard.press(keys)
    expect(desk.locator("#palette")).to_be_visible()
    desk.keyboard.type("ha dong")
    expect(desk.get_by_role("option")).to_have_count(2)
    assert violations(desk, "#palette") == []
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/phim-tat/?b")


def test_escape_closes_the_search_and_a_letter_typed_in_a_box_is_only_a_letter(desk: Page) -> None:
    desk.goto("/giao-dien/")
    desk.keyboard.press("Control+k")
    desk.keyboard.press("Escape")
    expect(desk.locator("#palette")).to_be_hidden()
    desk.get_by_label("Tên hồ sơ").first.press_sequentially("j/?ke")
    expect(desk.get_by_label("Tên hồ sơ").first).to_have_value("j/?ke")
    expect(desk.locator("dialog[open]")).to_have_count(0)


def test_j_and_k_walk_the_rows_and_put_the_focus_on_their_link(desk: Page) -> None:
    desk.goto("/giao-dien/can-doi/")
    for key in "jjjk":
        desk.keyboard.press(key)
    assert desk.evaluate("document.activeElement.textContent") == "Hồ sơ thủ tục đang giải quyết"
    expect(desk.locator("tr.at")).to_have_count(1)


def test_the_keys_are_told_on_the_spot_and_can_be_switched_off(desk: Page) -> None:
    desk.goto("/giao-dien/can-doi/")
    desk.keyboard.press("?")
    expect(desk.locator("dialog.keys-box")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.goto("/phim-tat/")
    desk.get_by_label("Dùng các phím một chữ").uncheck()
    desk.goto("/giao-dien/can-doi/")
    desk.keyboard.press("j")
    expect(desk.locator("tr.at")).to_have_count(0)


def test_a_half_typed_form_is_there_again_and_can_be_let_go(desk: Page) -> None:
    desk.goto("/giao-dien/")
    box = desk.get_by_label("Tên hồ sơ").first
    box.press_sequentially("Sổ đăng ký khai sinh")
    desk.get_by_label("Bên nhận").first.check()
    desk.wait_for_function("Object.keys(localStorage).some(k => k.startsWith('ts-kept:'))")
    desk.reload()
    expect(box).to_have_value("Sổ đăng ký khai sinh")
    expect(desk.get_by_label("Bên nhận").first).to_be_checked()
    desk.get_by_role("button", name="Bỏ phần đã điền lại").click()
    expect(box).to_have_value("")
    desk.reload()
    expect(box).to_have_value("")


def test_a_form_that_failed_to_arrive_is_kept_and_one_that_arrived_is_forgotten(desk: Page) -> None:
    desk.goto("/giao-dien/")
    desk.get_by_label("Tên hồ sơ").first.fill("Hộp HD-00377")
    desk.get_by_label("Độ mật").first.select_option("t")
    desk.get_by_label("Số hộp").first.fill("3")
    desk.get_by_label("Bên giao").first.check()
    desk.keyboard.press("Control+s")
    expect(desk.locator("h1")).to_contain_text("Trang này không nhận cách gửi đó")
    desk.goto("/giao-dien/")
    expect(desk.get_by_label("Tên hồ sơ").first).to_have_value("Hộp HD-00377")
    desk.route(
        "**/giao-dien/",
        lambda r: (
            r.fulfill(status=303, headers={"Location": "/giao-dien/can-doi/"})
            if r.request.method == "POST"
            else r.continue_()
        ),
    )
    desk.get_by_role("button", name="Lưu").click()
    desk.wait_for_url("**/can-doi/")
    desk.goto("/giao-dien/")
    expect(desk.get_by_label("Tên hồ sơ").first).to_have_value("")


def test_a_link_is_copied_and_said_aloud(desk: Page) -> None:
    desk.goto("/giao-dien/?a=1")
    desk.get_by_text("Chép liên kết").click()
    expect(desk.locator("#said")).to_have_text("Đã chép liên kết.")
    assert desk.evaluate("navigator.clipboard.readText()").endswith("/giao-dien/?a=1")


def test_a_date_is_said_again_as_an_office_writes_it(desk: Page) -> None:
    desk.goto("/giao-dien/")
    desk.locator("#ngay").fill("2025-07-01")
    expect(desk.locator("#ngay + output")).to_have_text("thứ Ba 01/07/2025")


@pytest.mark.urls("tests.pages.ui.places")
def test_a_refused_form_is_swapped_in_with_what_was_typed(desk: Page) -> None:
    desk.goto("/sua/")
    desk.get_by_label("Tên").fill("Hộp 12")
    desk.get_by_role("button", name="Lưu").click()
    expect(desk.locator("#bench p")).to_have_text("Tên này đã có.")
    expect(desk.locator("#name")).to_have_value("Hộp 12")


@pytest.mark.urls("tests.pages.ui.places")
def test_a_refusal_that_no_view_caught_is_told_above_and_the_form_stays(desk: Page) -> None:
    desk.goto("/sua/")
    desk.get_by_label("Tên").fill("Hộp 12")
    desk.get_by_role("button", name="Nhận").click()
    expect(desk.locator("#notices")).to_contain_text("Mã này trùng với dòng 1.198.")
    expect(desk.locator("#name")).to_have_value("Hộp 12")


@pytest.mark.urls("tests.pages.ui.places")
def test_a_server_that_cannot_be_reached_is_told_and_the_form_stays(desk: Page) -> None:
    desk.goto("/sua/")
    desk.get_by_label("Tên").fill("Hộp 12")
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Nhận").click()
    expect(desk.locator("#notices")).to_contain_text("Chưa tới được máy chủ.")
    expect(desk.locator("#name")).to_have_value("Hộp 12")


def test_the_menu_of_a_phone_opens_without_any_script(window, live_server) -> None:
    context = window.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/giao-dien/can-doi/")
    page.get_by_label("Mở các phần").click()
    expect(page.get_by_role("link", name="Việc của tôi")).to_be_visible()
    page.goto("/giao-dien/can-doi/")
    page.locator("summary.person").click()
    page.get_by_role("button", name="Nền tối").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    context.close()


def test_paper_carries_no_bar_no_rail_and_no_dark_ground(desk: Page) -> None:
    choose(desk, "dark")
    desk.goto("/giao-dien/can-doi/")
    desk.emulate_media(media="print")
    expect(desk.locator("header.bar")).to_be_hidden()
    expect(desk.locator("nav.rail")).to_be_hidden()
    assert desk.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert desk.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
