#!/usr/bin/env python
"""Pictures of pages, to be looked at: `tools/screenshot.py /ban-giao/1/ --as "Trần Thị Lan"`.

Each address becomes a PNG per size (1366×768 and 390×844, the whole page) and per look. `--as`
presses the button or link with that text on the first page before anything else. `--paper` adds
an A4 PDF as printed. Problems that the browser reports (missing files, blocked styles, errors in
script) are printed, and make the exit code 1.
"""

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

SIZES = {"desk": (1366, 768), "phone": (390, 844)}
LOOKS = ("light", "dark", "contrast", "auto")


def main(arguments: list[str]) -> int:
    """Take the pictures. Returns 1 when the browser had something to complain about."""
    asked = _arguments(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    complaints: list[str] = []
    with sync_playwright() as machine:
        browser = machine.chromium.launch(
            executable_path=asked.browser, args=["--no-sandbox", "--disable-gpu"]
        )
        for look in asked.look:
            for size in asked.size:
                complaints += _round(browser, asked, look, size)
        browser.close()
    for line in dict.fromkeys(complaints):
        print("!", line)
    return 1 if complaints else 0


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("addresses", nargs="+", help="paths or whole addresses")
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--as", dest="person", default="", help="text of the button to enter with")
    parser.add_argument("--out", type=Path, default=Path("var/pictures"))
    parser.add_argument("--look", nargs="+", choices=LOOKS, default=["light"])
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--window", action="store_true", help="only what the window shows")
    parser.add_argument("--zoom", type=int, default=100, help="200: half the window, as zoomed")
    parser.add_argument("--paper", action="store_true", help="an A4 PDF as well")
    parser.add_argument("--no-script", action="store_true", help="with JavaScript switched off")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    return parser.parse_args(arguments)


def _round(browser: Browser, asked: argparse.Namespace, look: str, size: str) -> list[str]:
    """Every address once, in one look and one size. Returns what the browser complained about."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width * 100 // asked.zoom, "height": height * 100 // asked.zoom},
        device_scale_factor=asked.zoom / 100,
        java_script_enabled=not asked.no_script,
        locale="vi-VN",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "ts-look", "value": look, "url": asked.site}])
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda m: complaints.append(f"{page.url}: {m.text}") if m.type == "error" else None,
    )
    page.on("pageerror", lambda e: complaints.append(f"{page.url}: {e}"))
    if asked.person:
        _enter(page, asked)
    for address in asked.addresses:
        _picture(page, asked, address, f"{look}-{size}")
    context.close()
    return complaints


def _enter(page: Page, asked: argparse.Namespace) -> None:
    page.goto(asked.site + "/")
    button = page.locator("button, a, summary").filter(has_text=asked.person).first
    button.click()
    page.wait_for_load_state()


def _picture(page: Page, asked: argparse.Namespace, address: str, kind: str) -> None:
    whole = address if address.startswith("http") else asked.site + address
    answer = page.goto(whole)
    page.wait_for_load_state("networkidle")
    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "first"
    path = asked.out / f"{name}-{kind}.png"
    page.screenshot(path=path, full_page=not asked.window)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    said = f"{answer.status if answer else '?'} {whole} → {path}"
    print(said + (f"  (wider than the window by {wider}px)" if wider > 0 else ""))
    if asked.paper:
        page.pdf(path=path.with_suffix(".pdf"), prefer_css_page_size=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
