"""Reading numbers: counts, quantities, money. Exact, and never a guess between 1.500 and 1,5."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from thongsuot.rules.kernel.cells_value import BLANK, Cell, Raw, sheet_error, spoilt
from thongsuot.rules.kernel.quantity import LARGEST, UNITS, Unit, to_parts
from thongsuot.rules.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Separators:
    """How the numbers of a column are written, judged by those that can be read in one way only.

    ``vietnamese`` counts values such as 1.500.000 or 2,5; ``english`` 1,500,000 or 2.5. Evidence
    of two parts of a column adds up with ``+``.
    """

    vietnamese: int = 0
    english: int = 0

    def __add__(self, other: "Separators") -> "Separators":
        return Separators(self.vietnamese + other.vietnamese, self.english + other.english)

    @property
    def group(self) -> str:
        """The sign between thousands: "." or ","; "" when the column does not decide it."""
        if self.vietnamese and not self.english:
            return "."
        return "," if self.english and not self.vietnamese else ""


UNKNOWN = Separators()

_ZEROS = r"(?:0|[1-9]\d{0,2})"
_GROUPED = {
    ".": re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?|[1-9]\d{0,2}(?:\.\d{3})+,\d+"),
    ",": re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+"),
}
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?")
_POINTED = re.compile(r"(\d+)([.,])(\d+)")
_DOUBTFUL = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_CURRENCY = re.compile(
    r"^(?:vn[dđ]|₫|đ(?:ồng)?)\s*(?=[\d(-])|(?<=[\d)-])\s*(?:vn[dđ]|₫|đ(?:ồng)?)\.?$", re.I
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d+|0x[0-9a-f]+", re.I)
_LARGE = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(nghin|ngan|trieu|tr|ty|ti)(?: (ruoi)| ?(\d))?(?: dong| d| vnd)?"
)
_TIMES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9}
_WIDE = {0xFF10 + at: 0x30 + at for at in range(10)} | {
    0xFF0E: ".", 0xFF0C: ",", 0xFF0D: "-", 0xFF0B: "+", 0xFF08: "(", 0xFF09: ")",
    0x2212: "-", 0x2013: "-", 0x00A0: " ", 0x202F: " ", 0x2009: " ", 0x3000: " ", 0x2007: " ",
}  # fmt: skip
_UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF, 0x00AD, 0x200E, 0x200F))


def separators(values: Iterable[Raw]) -> Separators:
    """What the values of a column say about how its numbers are written."""
    vietnamese = english = 0
    for raw in values:
        if type(raw) is not str or ("." not in raw and "," not in raw):
            continue
        said = _written(_bare(raw)[0])
        vietnamese += said == "."
        english += said == ","
    return Separators(vietnamese, english)


def _written(text: str) -> str:
    """The thousands sign this text can only have meant, or ""."""
    for sign, pattern in _GROUPED.items():
        if pattern.fullmatch(text):
            return sign
    found = _POINTED.fullmatch(text)
    if found is None or _DOUBTFUL.fullmatch(text):
        return ""
    return "," if found[2] == "." else "."


def _bare(raw: str) -> tuple[str, str]:
    """The number without what stands around it, and the note on what was taken away."""
    text = raw.translate(_WIDE).translate(_UNSEEN).strip()
    note = "wide" if any("\uff00" <= char <= "\uff5e" for char in raw) else ""
    without = _CURRENCY.sub("", text).strip()
    if without != text:
        note = "currency"
    return " ".join(without.split()), note


def read_number(raw: Raw, how: Separators = UNKNOWN, *, signed: bool = False) -> Cell:
    """The exact number in a cell, as an int when whole, else a Decimal; never a float.

    Shapes: negative numbers only when ``signed``. ``1.500`` alone is refused with both readings
    unless ``how`` shows how the column writes its numbers.
    """
    if isinstance(raw, float):
        return _number_of_float(raw, signed)
    if isinstance(raw, str):
        if len(raw) < 19 and raw.isdecimal() and raw.isascii():
            return tuple.__new__(Cell, (int(raw), raw, (), ""))
        return _number_of_text(raw, how, signed)
    if raw is None:
        return BLANK
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)):
        code = "cell.number-became-day" if isinstance(raw, (date, time, timedelta)) else ""
        return spoilt(raw, code or "cell.number-unreadable")
    return _signed(raw, raw, "", signed)


def _number_of_float(raw: float, signed: bool) -> Cell:
    if -1e15 < raw < 1e15:
        whole = int(raw)
        if whole == raw:
            if whole < 0 and not signed:
                return spoilt(raw, "cell.number-negative")
            return tuple.__new__(Cell, (whole, raw, (), ""))
        # Spreadsheets keep 15 digits; the rest is noise of the binary form (0.1 + 0.2).
        return _signed(raw, Decimal(f"{raw:.15g}"), "", signed)
    if raw != raw or raw in (float("inf"), float("-inf")):
        return spoilt(raw, "cell.number-unreadable")
    exact = Decimal(repr(raw))
    if len(exact.normalize().as_tuple().digits) > 15:
        return spoilt(raw, "cell.digits-lost")
    return _signed(raw, int(exact), "", signed)


def _signed(raw: Raw, value: int | Decimal, note: str, signed: bool) -> Cell:
    if value < 0 and not signed:
        return spoilt(raw, "cell.number-negative")
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    if isinstance(value, int) and abs(value) > LARGEST:
        return spoilt(raw, "cell.number-too-large")
    return Cell(value, raw, (), note)


def _number_of_text(raw: str, how: Separators, signed: bool) -> Cell:
    text, note = _bare(raw)
    if not text:
        return BLANK if not raw else Cell(None, raw, (), "tidied")
    if len(text) > 60:
        return spoilt(raw, "cell.number-unreadable")
    text, negative = _without_sign(text)
    if negative:
        note = "sign" if text.strip("0.,") else note
    if text.isdecimal() and text.isascii():
        value: int | Decimal | None = int(text)
    else:
        if _DOUBTFUL.fullmatch(text) and not how.group:
            digits = text.replace(",", ".")
            return spoilt(
                raw,
                "cell.number-doubtful",
                whole=int(digits.replace(".", "")),
                fraction=digits.replace(".", ",").rstrip("0").rstrip(","),
            )
        value = _value_of(text, how)
        note = note or "grouped"
    if value is None:
        return _unreadable(raw, text)
    return _signed(raw, -value if negative else value, note, signed)


def _without_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text.startswith("-"):
        return text[1:].strip(), True
    if text.endswith("-"):
        return text[:-1].strip(), True
    return text.removeprefix("+").strip(), False


def _value_of(text: str, how: Separators) -> int | Decimal | None:
    if not text.isascii():
        return None
    if _SPACED.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    group = _written(text) or (how.group if _DOUBTFUL.fullmatch(text) else "")
    if not group:
        return None
    return Decimal(text.replace(group, "").replace(",", "."))


def _unreadable(raw: str, text: str) -> Cell:
    if _SCIENTIFIC.fullmatch(text):
        return spoilt(raw, "cell.number-scientific")
    meant = _LARGE.fullmatch(fold(text.replace(",", ".")))
    if meant is not None:
        amount = Decimal(meant[1]) * _TIMES[meant[2]]
        amount += Decimal(_TIMES[meant[2]]) / 2 if meant[3] else 0
        amount += Decimal(_TIMES[meant[2]]) / 10 * int(meant[4]) if meant[4] else 0
        if amount == int(amount):
            return spoilt(raw, "cell.number-in-words", proposal=int(amount))
    if re.fullmatch(r"[0-9.,]+", text):
        return spoilt(raw, "cell.number-grouping")
    return spoilt(raw, sheet_error(text) or "cell.number-unreadable")


def read_quantity(raw: Raw, unit: Unit, how: Separators = UNKNOWN, *, signed: bool = False) -> Cell:
    """A quantity as a whole number of the smallest parts of its unit (2,5 m² gives 250)."""
    cell = read_number(raw, how, signed=signed)
    value = cell.value
    if value is None or (type(value) is int and unit.scale == 0):
        return cell
    try:
        parts = to_parts(Decimal(str(value)), unit)
    except ValueError:
        too_large = Decimal(str(value)).scaleb(unit.scale) > LARGEST
        code = "cell.number-too-large" if too_large else "cell.finer-than-unit"
        return spoilt(raw, code, unit=unit.code, places=unit.scale)
    return cell._replace(value=parts)


_DONG = UNITS["đồng"]


def read_money(raw: Raw, how: Separators = UNKNOWN, *, signed: bool = False) -> Cell:
    """An amount in đồng. Blank is not 0; a fraction of a đồng is not accepted."""
    return read_quantity(raw, _DONG, how, signed=signed)


def read_int(raw: Raw, how: Separators = UNKNOWN, *, signed: bool = False) -> Cell:
    """A whole number."""
    cell = read_number(raw, how, signed=signed)
    if isinstance(cell.value, Decimal):
        return spoilt(raw, "cell.not-whole")
    return cell


_SCALES = re.compile(
    r"(?:dvt|don vi tinh|don vi)\W*(?:(1[.,]?000) dong|(nghin|ngan|trieu|ty) dong|(dong))"
)


def declared_scale(text: str) -> int | None:
    """By how much the money of a table is to be multiplied, as its title says.

    "ĐVT: nghìn đồng" gives 1000, "Đơn vị tính: đồng" 1; None when nothing is said. A scale above
    1 is asked about and its effect shown before it is used.
    """
    found = _SCALES.search(fold(text))
    if found is None:
        return None
    if found[1]:
        return 1000
    return _TIMES[found[2]] if found[2] else 1
