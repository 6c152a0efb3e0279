"""A real browser for the journeys: the one of the machine, never one fetched."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def window() -> Iterator[Browser]:
    """The browser, started once for all journeys."""
    path = os.environ.get("THONGSUOT_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as machine:
        browser = machine.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desk(window, live_server) -> Iterator[Page]:
    """A page on an office screen; whatever the browser complains about fails the test."""
    yield from _open(window, live_server.url, 1366, 768)


@pytest.fixture
def phone(window, live_server) -> Iterator[Page]:
    """A page on a phone."""
    yield from _open(window, live_server.url, 390, 844)


def _open(window: Browser, site: str, width: int, height: int) -> Iterator[Page]:
    context = window.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        locale="vi-VN",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("console", lambda m: complaints.append(m.text) if "Security Policy" in m.text else None)
    yield page
    context.close()
    assert not complaints
