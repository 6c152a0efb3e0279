"""The short code that is printed under signed minutes, and what the square code beside it holds."""

import base64
import binascii
import re
from dataclasses import dataclass

from thongsuot.rules.proof.checkpoint import COUNT, NotANote
from thongsuot.rules.proof.merkle import HASH

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: nobody takes 0 for O
HEARD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "–": "", ".": ""})
SYMBOLS = 16  # eighty bits of the hash of the act
GROUP = 4


def _check(symbols: str) -> str:
    """One symbol over GF(32): any one wrong symbol and any two exchanged ones are noticed."""
    found = 0
    for symbol in symbols:
        found <<= 1
        if found & 32:
            found ^= 0b100101
        found ^= ALPHABET.index(symbol)
    found <<= 1
    return ALPHABET[found ^ 0b100101 if found & 32 else found]


def code_of(hash_: str) -> str:
    """The code of an act by its hash: four groups of four, and the check symbol.

    Shapes: 64 hexadecimal digits in; ``7K2M-9QXA-0C4D-WZ1R-H`` out.
    """
    number = int(hash_[: SYMBOLS * 5 // 4], 16)
    symbols = "".join(ALPHABET[number >> 5 * at & 31] for at in range(SYMBOLS - 1, -1, -1))
    whole = symbols + _check(symbols)
    return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))


def hash_beginning(code: str) -> str:
    """The beginning of the hash that a code stands for; empty when it was mistyped.

    Shapes: small letters, missing or other dashes, O for 0 and I or L for 1 are understood.
    """
    heard = code.upper().translate(HEARD)
    if len(heard) != SYMBOLS + 1 or any(symbol not in ALPHABET for symbol in heard):
        return ""
    if _check(heard[:-1]) != heard[-1]:
        return ""
    number = 0
    for symbol in heard[:-1]:
        number = number << 5 | ALPHABET.index(symbol)
    return f"{number:0{SYMBOLS * 5 // 4}x}"


@dataclass(frozen=True, slots=True)
class Square:
    """What the square code holds beside the address: the log when the act was its last."""

    size: int
    root: bytes
    hash: bytes

    def fragment(self) -> str:
        """The part after ``#``: it never leaves the phone that reads it."""
        return f"n={self.size}&r={_url64(self.root)}&h={_url64(self.hash)}"


SQUARE = re.compile(r"n=(\d{1,19})&r=([\w-]{43})&h=([\w-]{43})", re.ASCII)


def _url64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _unurl64(text: str) -> bytes:
    try:
        content = base64.urlsafe_b64decode(f"{text}=")
    except (binascii.Error, ValueError) as error:
        raise NotANote("not a square code") from error
    if len(content) != HASH or _url64(content) != text:
        raise NotANote("not a square code")
    return content


def read_square(text: str) -> Square:
    """What a phone has read off a paper. Raises NotANote."""
    found = SQUARE.fullmatch(text.strip().rpartition("#")[2])
    if not found or not COUNT.fullmatch(found[1]):
        raise NotANote("not a square code")
    return Square(int(found[1]), _unurl64(found[2]), _unurl64(found[3]))
