"""Quantities kept in smallest parts, as exact numbers for a table."""

from decimal import Decimal

from thongsuot.rules.kernel.quantity import UNITS, to_decimal


def amount(parts: int | None, measure: str) -> int | Decimal | None:
    """A quantity in smallest parts as the number a paper shows: (250, "m²") → 2.50.

    Shapes: whole for a measure that is never divided and for one that is not known; None stays.
    """
    unit = UNITS.get(measure)
    if parts is None or unit is None or unit.scale == 0:
        return parts
    return to_decimal(parts, unit)
