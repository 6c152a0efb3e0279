"""A duty in a real browser: issued by one side, reported on with evidence, accepted by the other."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.test_handover import enter, fine, leave
from tests.pages.directives.conftest import stage, story, story_day

from thongsuot.apps.directives.models import Duty, DutyLine, Evidence

__all__ = ["stage", "story", "story_day"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_duty_is_issued_reported_with_evidence_and_accepted(
    desk: Page, stage, tmp_path: Path
) -> None:
    enter(desk, "lan", "/nhiem-vu/lap/")
    fine(desk)
    desk.get_by_label("Việc phải làm").fill("Rà soát trụ sở dôi dư")
    desk.get_by_label("Cơ quan chủ trì").fill("ubnd phuong ha dong")
    desk.get_by_label("Người phụ trách (rõ người)").fill("Nguyễn Văn Minh")
    desk.get_by_label("Địa bàn (rõ địa bàn)").fill("phường Hà Đông")
    desk.get_by_role("button", name="Lưu và giao ngay").click()
    expect(desk.get_by_text("chưa có hạn. Hãy ghi ngày")).to_be_visible()  # kept, and said why
    desk.get_by_role("link", name="Sửa", exact=True).click()
    desk.get_by_label("Ngày", exact=True).fill("2025-06-30")
    desk.get_by_role("button", name="Lưu và giao ngay").click()
    expect(desk.get_by_text("Đã giao nhiệm vụ.")).to_be_visible()
    fine(desk)
    leave(desk)

    enter(desk, "minh")
    desk.get_by_role("link", name="Rà soát trụ sở dôi dư").click()
    desk.get_by_role("button", name="Nhận nhiệm vụ").click()
    expect(desk.get_by_text("Đã nhận nhiệm vụ.")).to_be_visible()
    proof = tmp_path / "bien-ban.txt"
    proof.write_text("Đã kiểm 12 trụ sở.", encoding="utf-8")
    report = desk.locator("details.doing[open]")
    report.get_by_label("Tiến độ, %").fill("60")
    report.get_by_label("Nội dung").fill("Đã kiểm 12 trên 20 trụ sở")
    report.get_by_label("Minh chứng").set_input_files(proof)
    report.get_by_role("button", name="Báo cáo tiến độ").click()
    expect(desk.get_by_role("link", name="bien-ban.txt")).to_be_visible()
    fine(desk)
    desk.locator("summary", has_text="Báo cáo hoàn thành").click()
    done = desk.locator("details.doing", has_text="Báo cáo hoàn thành")
    done.get_by_label("Nội dung").fill("Đã kiểm đủ 20 trụ sở")
    done.get_by_role("button", name="Báo cáo hoàn thành").click()
    expect(desk.get_by_text("chờ nơi giao nghiệm thu")).to_be_visible()
    leave(desk)

    enter(desk, "lan")
    fine(desk)
    desk.get_by_role("link", name="Rà soát trụ sở dôi dư").click()
    desk.get_by_role("button", name="Nghiệm thu, hoàn thành").click()
    expect(desk.get_by_text("Đã nghiệm thu.")).to_be_visible()
    duty = Duty.objects.get()
    assert duty.state == "completed"
    assert Evidence.objects.get().line.percent == 60
    said = DutyLine.objects.filter(duty=duty).order_by("number").values_list("kind", flat=True)
    assert list(said)[-3:] == ["progress", "report-done", "complete"]
