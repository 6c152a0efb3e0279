"""Numbers on receipts: where, which year, how manieth, four signs of chance, one that checks.

A number says nothing about the person: no name, no identity number, no procedure. The four signs
of chance keep others from guessing the number of a neighbour; the last one finds slips of typing.
"""

import re
from collections.abc import Iterator
from itertools import count

from thongsuot.rules.kernel.text import code_key

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUVWXY"  # 32 signs; I, O, S, Z look like figures
SECRET = 4
_FORM = re.compile(rf"^([A-Z0-9]{{2,8}})-(\d{{2}})-(\d{{1,7}})-([{ALPHABET}]{{4}})([{ALPHABET}])$")


def check_sign(text: str) -> str:
    """The sign that must stand at the end: a slip of one sign changes it, but for pairs 31 apart."""
    value = 0
    for char in text:
        if char.isalnum():
            value = (value * 37 + int(char, 36) + 1) % 31
    return ALPHABET[value]


def receipt_number(desk: str, year: int, sequence: int, secret: str) -> str:
    """The number of a receipt. Raises ValueError for parts of another form: a mistake of ours."""
    head = f"{desk.upper()}-{year % 100:02}-{sequence}-{secret.upper()}"
    number = head + check_sign(head)
    if not _FORM.match(number):
        raise ValueError(f"not a receipt number: {number!r}")
    return number


def is_receipt(text: str) -> bool:
    """Whether a text is a receipt number without a slip of typing."""
    found = text.strip().upper()
    return _FORM.match(found) is not None and check_sign(found[:-1]) == found[-1]


def desk_sign(name: str) -> str:
    """A short sign for a desk out of its name: its first letters, without marks."""
    letters = "".join(word[0] for word in name.split() if word[:1].isalnum())
    return (code_key(letters).upper() + "XXX")[:4]


def desk_signs(first: str) -> Iterator[str]:
    """The sign of a desk, and those that are tried when another desk has it; none is over eight."""
    yield first
    for number in count(2):
        yield f"{first[: 8 - len(str(number))]}{number}"
