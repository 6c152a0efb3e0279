"""Counting a store with the line cut in the middle: nothing is lost and nothing doubled."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect
from tests.apps.custody.conftest import Room, room, stage, story, story_day, trail
from tests.journeys.test_handover import enter, fine

from thongsuot.apps.custody.models import Scan
from thongsuot.foundation.papers.qr import qr_png
from thongsuot.rules.custody.labels import by_eye

__all__ = ["room", "stage", "story", "story_day", "trail"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READ = """async (picture) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width; canvas.height = image.height;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const seen = pen.getImageData(0, 0, canvas.width, canvas.height);
  const found = window.jsQR(seen.data, seen.width, seen.height);
  return found && found.data;
}"""


def test_a_store_is_counted_while_the_line_comes_and_goes(phone: Page, room: Room) -> None:
    (second,) = room.make("box", "H-02", place=room.shelf)
    count = room.count()
    room.seal()
    enter(phone, "lan", f"/niem-phong/kiem-dem/{count}/")
    state, box = phone.locator("#scan-state"), phone.locator("#scan-text")
    expect(state).to_contain_text("Đã gửi hết")
    fine(phone)
    box.fill(by_eye(room.label()).lower())
    box.press("Enter")
    expect(state).to_contain_text("Đã gửi hết")
    expect(phone.locator("#tally .stat-value").nth(2)).to_have_text("1")
    phone.context.set_offline(True)
    for text in (room.label(second), "mã lạ", room.label(second)):
        box.fill(text)
        box.press("Enter")
    expect(state).to_contain_text(re.compile("Chưa gửi: 3"))
    expect(phone.locator("#scan-log")).to_contain_text("Đã quét rồi")
    phone.locator("#scan-send").click()
    expect(state).to_contain_text("Chưa gửi: 3")
    phone.context.set_offline(False)  # what waited goes by itself: nobody has to press again
    expect(state).to_contain_text("Đã gửi hết", timeout=30_000)
    expect(phone.locator("#tally .stat-value").nth(2)).to_have_text("0")
    assert Scan.objects.filter(count=count).count() == 4
    assert phone.evaluate(READ, base64.b64encode(qr_png(room.label())).decode()) == room.label()
    for address in (
        "/niem-phong/",
        f"/niem-phong/{room.box}/",
        f"/niem-phong/{room.box}/lam/chuyen/",
        f"/niem-phong/nhan/?ids={room.box}",
        "/niem-phong/kho/",
        "/niem-phong/kiem-dem/",
        "/niem-phong/canh-bao/",
        "/niem-phong/lap/",
        "/niem-phong/lap-theo-danh-muc/",
    ):
        phone.goto(address)
        fine(phone)
