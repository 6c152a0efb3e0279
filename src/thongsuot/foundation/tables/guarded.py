"""Text that a spreadsheet would take for a formula, made harmless in CSV, and back."""

import re

# = + - @, TAB, CR, LF, and the full-width forms that some programs take for the same.
_DANGER = "=+\\-@\t\r\n＝＋－＠"
_RISKY = re.compile(f"'*[{_DANGER}]")
_GUARDED = re.compile(f"''*[{_DANGER}]")


def guarded(text: str) -> str:
    """The text with an apostrophe in front when a program might run it.

    Law: ``unguarded(guarded(x)) == x``.
    """
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``; other text stays as it is."""
    return text[1:] if _GUARDED.match(text) else text
