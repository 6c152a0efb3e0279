"""From a pasted conclusion to draft duties by keyboard alone, and the same on a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.test_handover import enter, fine
from tests.pages.intake.conftest import stage, story, story_day
from tests.pages.intake.walk import TEXT, recorded

from thongsuot.apps.directives.models import Duty, IntakeDecision

__all__ = ["stage", "story", "story_day"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def shot(page: Page, name: str) -> None:
    """Keep a picture where the one who looks at them asks for it."""
    folder = os.environ.get("THONGSUOT_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_conclusion_becomes_draft_duties_by_keyboard_alone(desk: Page, stage) -> None:
    enter(desk, "lan", "/chi-dao/boc-tach/")
    desk.get_by_label("Dán toàn văn").fill(TEXT)
    desk.get_by_label("Ngày ban hành").fill("2025-06-20")
    fine(desk)
    shot(desk, "bring")
    desk.get_by_role("button", name="Đọc văn bản").click()
    shot(desk, "after")
    expect(desk.locator("mark[id^=c]")).to_have_count(3)
    expect(desk.get_by_label("Ngày", exact=True)).to_have_value("2025-06-30")
    fine(desk)
    shot(desk, "intake")
    desk.keyboard.press("n")
    expect(desk.locator("mark[id^=c]")).to_have_count(2)
    desk.keyboard.press("g")
    expect(desk.locator("mark[id^=c]")).to_have_count(1)
    desk.keyboard.press("t")
    shot(desk, "split")
    desk.get_by_role("button", name="Tách", exact=True).click()
    expect(desk.locator("mark[id^=c]")).to_have_count(2)
    desk.keyboard.press("b")
    expect(desk.locator("mark[id^=c]")).to_have_count(1)
    desk.keyboard.press("n")
    expect(desk.get_by_text("Mọi đề xuất đã được xét")).to_be_visible()
    shot(desk, "done")
    assert Duty.objects.filter(state="draft").count() == 2
    kinds = IntakeDecision.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["accepted", "joined", "split", "rejected", "accepted"]


def test_the_intake_fits_a_phone(phone: Page, stage) -> None:
    enter(phone, "lan", f"/chi-dao/{recorded(stage)}/boc-tach/")
    fine(phone)
    shot(phone, "phone")
    phone.get_by_role("button", name="Nhận").click()
    expect(phone.locator("mark.done")).to_have_count(1)
