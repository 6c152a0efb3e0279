"""The answers of ``thongsuot address`` as a person reads them, in Vietnamese."""

from thongsuot.rules.registry.address import Found, Gazetteer, Reading
from thongsuot.rules.registry.address import reading as r
from thongsuot.rules.registry.address.naming import chain_of

WHY = {
    r.EXACT: "đúng tên",
    r.NEAR: "tên gần đúng, lệch một hai chữ cái",
    r.EARLIER_NAME: "theo tên gọi trước đây",
    r.ELSEWHERE: "có trong tỉnh, nhưng không thuộc huyện được ghi",
    r.CURRENT: "đúng tên đơn vị hiện nay (đơn vị cũ cùng tên đã chia, một phần ở lại tên này)",
    r.DIVIDED: "đơn vị cũ được chia cho nhiều đơn vị mới: cần biết thôn, tổ dân phố hoặc đường",
    r.SAME_NAME: "nhiều nơi cùng tên: cần ghi thêm huyện, tỉnh hoặc thời điểm",
    r.DISTRICT_ONLY: "nhận ra huyện nhưng không nhận ra xã, phường",
    r.PROVINCE_ONLY: "nhận ra tỉnh nhưng không nhận ra huyện, xã, phường",
    r.NOTHING: "không nhận ra tên đơn vị hành chính nào",
}


def name(places: Gazetteer, unit: int) -> str:
    """The name of a unit with its kind and what stands above it."""
    return ", ".join(chain_of(places, unit))


def basis(places: Gazetteer, found: Found) -> str:
    """The clauses by which a unit of old became what it is; empty for one of today."""
    if not found.old:
        return ""
    told = [
        f"khoản {clause} Điều 1 Nghị quyết {number}" if clause else f"Nghị quyết {number}"
        for number, clause in places.basis.get(found.unit, ())
    ]
    return "; ".join(told)


def why(places: Gazetteer, reading: Reading) -> str:
    """In one line: how it was read, and by which clause the unit of today follows."""
    told = WHY[reading.why]
    if reading.status == r.ONE and reading.means:
        clauses = basis(places, reading.means[0])
        told += f" ({clauses})" if clauses else ""
    return told


def answer(places: Gazetteer, text: str, reading: Reading) -> str:
    """The whole answer to one address."""
    lines = [f"{text}", f"  {WHY[reading.why][:1].upper()}{WHY[reading.why][1:]}."]
    for found in reading.means:
        clauses = basis(places, found)
        lines.append(
            f"  Đọc là: {name(places, found.unit)} (mã {places.code[found.unit]})"
            f"{'' if found.old else ', đơn vị hiện nay'}{f' — {clauses}' if clauses else ''}"
        )
    if reading.status == r.ONE:
        lines.append(f"  Nay là: {_today(places, reading.units[0])}")
    elif reading.status == r.SEVERAL:
        lines.append(f"  Nay là một trong {len(reading.units)} đơn vị:")
        lines += [f"    - {_today(places, unit)}" for unit in reading.units]
    elif reading.province is not None:
        lines.append(f"  Nay thuộc {name(places, reading.province)}.")
    return "\n".join(lines)


def _today(places: Gazetteer, unit: int) -> str:
    return f"{name(places, unit)} (mã {places.code[unit]})"
