"""Numbers written out in Vietnamese, as a signed paper repeats its totals ("Bằng chữ: …")."""

from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


def in_words(value: int | Decimal) -> str:
    """The number in words, small letters: 1005 → "một nghìn không trăm linh năm".

    Shapes: exact at any size; below zero begins with "âm"; decimals are read digit by digit
    after "phẩy" (2,05 → "hai phẩy không năm"), trailing zeros left out. Northern usage: linh,
    nghìn, tỷ. No two different numbers have the same words.

    Raises ValueError when a Decimal is not a finite number.
    """
    if isinstance(value, int):
        return _minus(value < 0) + _whole(abs(value))
    if not value.is_finite():
        raise ValueError(f"{value} cannot be written out")
    digits, _, decimals = f"{abs(value):f}".partition(".")
    decimals = decimals.rstrip("0")
    words = _whole(int(digits))
    if decimals:
        words += " phẩy " + " ".join(_DIGITS[int(digit)] for digit in decimals)
    return _minus(value < 0) + words


def sentence_in_words(value: int | Decimal, unit: str = "đồng") -> str:
    """The number in words with a capital and its unit: 21 → "Hai mươi mốt đồng"."""
    words = f"{in_words(value)} {unit}".strip()
    return words[0].upper() + words[1:]


def _minus(negative: bool) -> str:
    return "âm " if negative else ""


def _whole(value: int) -> str:
    """A whole number of 0 or more; above a billion by counting billions (tỷ) again and again."""
    if value >= _BILLION:
        billions, rest = divmod(value, _BILLION)
        words = f"{_whole(billions)} tỷ"
        return f"{words} {_below_billion(rest, after=True)}" if rest else words
    return _below_billion(value, after=False) if value else _DIGITS[0]


def _below_billion(value: int, *, after: bool) -> str:
    """Millions, thousands and ones; ``after`` says that something larger was already read."""
    words: list[str] = []
    for power in (2, 1, 0):
        group = value // 1000**power % 1000
        if group:
            words.append(f"{_group(group, full=after)} {_GROUPS[power]}".strip())
            after = True
    return " ".join(words)


def _group(value: int, *, full: bool) -> str:
    """One to 999; ``full`` also reads the hundreds that are not there (không trăm)."""
    hundreds, rest = divmod(value, 100)
    words: list[str] = []
    if hundreds or full:
        words.append(f"{_DIGITS[hundreds]} trăm")
    if rest:
        words.append(_two_digits(rest, after_hundreds=bool(words)))
    return " ".join(words)


def _two_digits(value: int, *, after_hundreds: bool) -> str:
    tens, ones = divmod(value, 10)
    if tens == 0:
        return f"linh {_DIGITS[ones]}" if after_hundreds else _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    return f"{head} {_ones(ones, tens)}" if ones else head


def _ones(ones: int, tens: int) -> str:
    """Five is lăm after tens; one is mốt and four is tư from twenty on."""
    if ones == 5:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(ones, _DIGITS[ones])
    return _DIGITS[ones]
