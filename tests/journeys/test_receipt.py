"""The check in the browser comes to the same answer as the rules, and sends nothing anywhere."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route
from tests.rules.proof.test_receipt import FORGED, OFFICE, RAW, other_history

from thongsuot.apps.proof.documents import CHECKER
from thongsuot.rules.proof.verify import Held, Trust, verify

pytestmark = pytest.mark.browser
HOST = "http://localhost:9"  # nobody listens there: everything comes from the files
RUN = """async ([coded, keys, held]) => {
  const { canSign, check, readHeld, readKey } = await import("/receipt.js");
  if (!(await canSign())) return "cannot";
  const raw = Uint8Array.from(atob(coded), (c) => c.charCodeAt(0));
  const found = await check(raw, await Promise.all(keys.map(readKey)), held.map(readHeld));
  return found.map(([code, blocks]) => [code, blocks]);
}"""


@pytest.fixture
def files(window: Browser) -> Iterator[Page]:
    """A page that has the script and no server behind it; whatever it asks for is remembered."""

    def answer(route: Route) -> None:
        name = Path(route.request.url).name
        if name == "receipt.js":
            body = CHECKER.with_name("receipt.js").read_text(encoding="utf-8")
            route.fulfill(body=body, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")

    context = window.new_context()
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(f"{HOST}/")
    yield page
    context.close()


def by_rules(raw: bytes, held: list[tuple[int, bytes]], *, known: bool) -> list[list[object]]:
    trust = Trust([OFFICE.hand.key] if known else [], [Held(size, root) for size, root in held])
    return [[p.code, p.blocks] for p in verify(raw, trust)]


def in_browser(page: Page, raw: bytes, notes: list[str], *, known: bool) -> object:
    keys = [str(OFFICE.hand.key)] if known else []
    return page.evaluate(RUN, [base64.b64encode(raw).decode(), keys, notes])


def test_the_browser_and_the_rules_say_the_same_of_true_and_forged_receipts(files: Page) -> None:
    asked: list[str] = []
    files.on("request", lambda request: asked.append(request.url))
    rewritten = other_history()[1]
    cases = [RAW, b"", b"{}\n", RAW + b" ", rewritten, *(raw for raw, _ in FORGED.values())]
    cases += [bytes([*RAW[:at], RAW[at] ^ 1, *RAW[at + 1 :]]) for at in range(0, len(RAW), 397)]
    for raw in cases:
        for known in (True, False) if raw is RAW else (True,):
            assert in_browser(files, raw, [], known=known) == by_rules(raw, [], known=known)
    for size in (1, 5, 13):
        held, note = [(size, OFFICE.tree.root(size))], [str(OFFICE.note(size))]
        for raw in (RAW, rewritten):
            assert in_browser(files, raw, note, known=True) == by_rules(raw, held, known=True)
    assert {Path(url).name for url in asked} <= {"receipt.js"}
