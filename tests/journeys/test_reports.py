"""A weekly report in a real browser: entered by a ward, frozen by who gathers, signed by a head."""

import pytest
from playwright.sync_api import Page, expect
from tests.apps.reporting.conftest import Office, office, trail
from tests.journeys.test_handover import PASSWORD, enter, fine, leave
from tests.pages.reporting.conftest import story_day

from thongsuot.apps.reporting.models import Brief

__all__ = ["office", "story_day", "trail"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(office: Office, story_day: None) -> Office:
    """The people of the office, each with a password to sign in with."""
    for user in office.users.values():
        user.set_password(PASSWORD)
        user.save()
    return office


def test_a_return_becomes_a_snapshot_and_a_signed_brief(desk: Page, people: Office) -> None:
    enter(desk, "an")
    fine(desk)
    desk.get_by_role("link", name="Nộp báo cáo: Báo cáo tuần của phường").click()
    for label, value in (
        ("Hồ sơ tiếp nhận", "10"), ("Giải quyết đúng hạn", "8"), ("Quá hạn", "1"),
        ("Bộ phận đủ trang thiết bị: số đạt", "16"), ("Bộ phận đủ trang thiết bị: tổng số", "20"),
        ("Khó khăn", "Thiếu máy quét"),
    ):  # fmt: skip
        desk.get_by_label(label).fill(value)
    desk.get_by_role("button", name="Kiểm tra số liệu").click()
    expect(desk.get_by_text("nhưng cộng lại")).to_be_visible()
    desk.get_by_label("Quá hạn").fill("2")
    fine(desk)
    desk.get_by_role("button", name="Nộp báo cáo").click()
    expect(desk.get_by_text("Đã nộp báo cáo.")).to_be_visible()
    fine(desk)
    leave(desk)

    enter(desk, "van", f"/bao-cao/che-do/{people.series}/")
    fine(desk)
    desk.get_by_role("link", name="Chốt số liệu").first.click()
    desk.get_by_label("Chốt sớm").check()
    desk.get_by_role("main").get_by_role("button", name="Chốt").click()
    expect(desk.get_by_text("1/3").first).to_be_visible()
    fine(desk)
    desk.get_by_role("button", name="Soạn báo cáo nhanh định kỳ").click()
    desk.get_by_label("Tình hình và kết quả").fill("Ổn định.")
    desk.get_by_label("Nhiệm vụ thời gian tới").fill("- Tiếp tục theo dõi")
    desk.get_by_role("button", name="Lưu nháp").click()
    expect(desk.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    fine(desk)
    leave(desk)

    enter(desk, "truong")
    desk.get_by_role("link", name="Đọc và ký văn bản").click()
    desk.get_by_role("button", name="Lưu và ký").click()
    if desk.locator("[name=password]").count():
        desk.locator("[name=password]").fill(PASSWORD)
        desk.get_by_role("main").get_by_role("button").first.click()
    fine(desk)
    expect(desk.get_by_text("Thiếu máy quét").first).to_be_visible()
    desk.get_by_role("button", name="Ký", exact=True).click()
    expect(desk.get_by_text("Từ nay văn bản này không sửa được nữa.")).to_be_visible()
    brief = Brief.objects.get()
    assert brief.signed_name
    paper = desk.request.get(f"/bao-cao/van-ban/{brief.pk}/in/pdf")
    assert paper.body().startswith(b"%PDF-")
