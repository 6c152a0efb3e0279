"""What axe-core finds wrong on a page, in lines that a test can show.

The file under axe/ is used by tests alone and is kept apart because its licence (MPL-2.0) asks for
that. It sees only a part of WCAG 2.2: no finding is not a proof.
"""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, within: str = "") -> list[str]:
    """Each finding as “rule: what is wrong → where”; an empty list when axe finds nothing."""
    page.evaluate(SOURCE.read_text(encoding="utf-8"))  # not a script tag: the policy forbids it
    found = page.evaluate(
        "([within, rules]) => axe.run(within || document, {runOnly: rules, preload: false})"
        ".then(r => r.violations.flatMap(v => v.nodes.map(n => [v.id, n.failureSummary, n.html])))",
        [within, RULES],
    )
    return [f"{rule}: {' '.join(said.split())} → {html[:160]}" for rule, said, html in found]
