"""Counting exactly: every quantity is a whole number of the smallest part of its unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of counting. ``scale`` is how many decimal places it can be divided into."""

    code: str
    scale: int
    aliases: tuple[str, ...] = ()


# Vietnamese codes because they are printed as they are. Scale 0: never a fraction (2,5 desks).
UNITS: dict[str, Unit] = {
    u.code: u
    for u in (
        Unit("mục", 0, ("muc", "việc", "nhiệm vụ")),
        Unit("hồ sơ", 0, ("hs", "bộ hồ sơ", "bộ hs")),
        Unit("cái", 0, ("chiếc", "c", "cai", "chiec")),
        Unit("bộ", 0, ("bo",)),
        Unit("quyển", 0, ("cuốn", "tập", "quyen", "cuon")),
        Unit("hộp", 0, ("hop", "cặp", "bó")),
        Unit("tờ", 0, ("trang",)),
        Unit("người", 0, ("nguoi", "ng")),
        Unit("đồng", 0, ("đ", "vnđ", "vnd", "dong")),
        Unit("m giá", 3, ("mét giá", "met gia", "m gia")),
        Unit("m²", 2, ("m2", "mét vuông", "met vuong")),
        Unit("km", 3, ()),
        Unit("ha", 4, ()),
        Unit("con dấu", 0, ("con dau",)),
        Unit("tài khoản", 0, ("tai khoan", "tk")),
        Unit("bộ dữ liệu", 0, ("dataset", "csdl")),
        Unit("hợp đồng", 0, ("hop dong", "hđ")),
        Unit("dự án", 0, ("du an", "đề án")),
        Unit("đơn vị", 0, ("don vi",)),
        Unit("tài sản", 0, ("tai san",)),
    )
}

LARGEST = 9_223_372_036_854_775_807  # what a bigint column holds


def to_parts(value: Decimal, unit: Unit) -> int:
    """The value as a whole number of the unit's smallest parts (2,5 m² → 250).

    Raises ValueError when the unit cannot be divided so far, or the number is too large to keep.
    """
    scaled = value.scaleb(unit.scale)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} is finer than {unit.code} can be divided")
    whole = int(scaled)
    if abs(whole) > LARGEST:
        raise ValueError(f"{value} is too large to keep")
    return whole


def to_decimal(parts: int, unit: Unit) -> Decimal:
    """The exact decimal behind a number of smallest parts (250 parts of m² → 2.50)."""
    return Decimal(parts).scaleb(-unit.scale)


def divide(total: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Divide ``total`` by ``shares`` exactly, to the last unit, losing and making nothing.

    Shapes: ``total`` ≥ 0 in smallest parts; ``shares`` are weights ≥ 0, not all 0. The result has
    one part per share, in order, and its sum is ``total``. Each part differs from the ideal by
    less than one; the units left over go to the largest remainders, the earlier share first.

    Raises ValueError on negative input or when every share is 0.
    """
    weight = sum(shares)
    if total < 0 or weight <= 0 or min(shares) < 0:
        raise ValueError("total and shares must be 0 or more, and some share above 0")
    parts = [total * s // weight for s in shares]
    order = sorted(range(len(shares)), key=lambda i: (-(total * shares[i] % weight), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


def rounded(value: Decimal, places: int) -> Decimal:
    """The value rounded half to even, for showing only: never before adding up."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
