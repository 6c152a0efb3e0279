"""Numbers and days as a Vietnamese paper writes them, whatever the reader's language."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from thongsuot.foundation.papers.glyphs import printable
from thongsuot.foundation.papers.values import Cell

_SWAP = str.maketrans(",.", ".,")


def number(value: int | Decimal) -> str:
    """1234567 → 1.234.567; Decimal("12.50") → 12,5."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAP)


def local(value: datetime) -> datetime:
    """The moment in local time; one without a time zone is taken as local already."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def day(value: date) -> str:
    """A day as dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """A moment as "15 giờ 30 phút ngày 30/06/2025", local time."""
    value = local(value)
    return f"{value:%H} giờ {value:%M} phút ngày {day(value)}"


def day_in_words(value: date) -> str:
    """ "ngày 01 tháng 7 năm 2025": days below 10 and months 1 and 2 take a zero (Decree 30)."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def cell(value: Cell) -> str:
    """A cell as printed; nothing prints as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, datetime):
        return f"{local(value):%H:%M} {day(local(value))}"
    if isinstance(value, date):
        return day(value)
    return number(value)


def roman(value: int) -> str:
    """1 → I, 4 → IV: the numbers of annexes and sections. Raises ValueError outside 1 to 399."""
    if not 1 <= value < 400:
        raise ValueError(f"no Roman number for {value}")
    pairs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
    out = ""
    for size, sign in (*pairs, (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        times, value = divmod(value, size)
        out += sign * times
    return out
