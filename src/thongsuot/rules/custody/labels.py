"""The code on a label: it names one thing, says nothing about it, and shows when it was misread.

The letters are chosen for offices that type Vietnamese: no vowel, no D and no W, so that neither
Telex nor VNI turns what a hardware scanner types into something else; nothing is left that the eye
takes for something else (0 and O, 1 and I, 5 and S, 8 and B).
"""

from dataclasses import dataclass

LETTERS = "23456789CFGHJKLMNPQRTVX"  # 23, a prime: every slip of one sign and every swap shows
RANDOM = 8  # 23^8 codes: seventy-eight thousand million
LENGTH = RANDOM + 1
CODES = len(LETTERS) ** RANDOM
_VALUE = {letter: value for value, letter in enumerate(LETTERS)}
_BETWEEN = frozenset(" -–.\t\r\n")


def check_letter(body: str) -> str:
    """The last letter of a label, from the eight before it.

    Law: weights 2…9 differ from each other and from 0 in a field of 23, so one wrong letter, and
    any two letters changed about, give another sum.
    """
    total = sum(_VALUE[letter] * weight for weight, letter in enumerate(body, 2))
    return LETTERS[-total % len(LETTERS)]


def label_of(number: int) -> str:
    """The label for a random number below CODES. Raises ValueError for any other number."""
    if not 0 <= number < CODES:
        raise ValueError(f"no label for {number}")
    letters = []
    for _ in range(RANDOM):
        number, value = divmod(number, len(LETTERS))
        letters.append(LETTERS[value])
    body = "".join(letters)
    return body + check_letter(body)


def by_eye(label: str) -> str:
    """The label as printed under its square: K7M-3P9-XQC."""
    return "-".join(label[at : at + 3] for at in range(0, len(label), 3))


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: ``label`` empty when it cannot be one; ``slip``: its check letter is wrong."""

    label: str
    text: str
    slip: bool = False


def read_label(text: str) -> Read:
    """What a scanner or a person has typed, as a label if it can be one.

    Spaces and dashes do not count, small letters are taken for capitals.
    """
    plain = "".join(sign for sign in text.upper() if sign not in _BETWEEN)
    shown = " ".join(text.split())[:60]
    if len(plain) != LENGTH or any(sign not in _VALUE for sign in plain):
        return Read("", shown)
    if check_letter(plain[:RANDOM]) != plain[-1]:
        return Read("", shown, slip=True)
    return Read(plain, shown)
