"""The answers of ``thongsuot address`` as a person reads them, in Vietnamese."""

from datetime import date

from thongsuot.rules.registry.address import Found, Gazetteer, Reading
from thongsuot.rules.registry.address import reading as r
from thongsuot.rules.registry.address.naming import chain_of
from thongsuot.rules.registry.codes import DISTRICT_ENDED, NOWHERE, SEVERAL, WHOLE, CodeAnswer
from thongsuot.rules.registry.registry import Registry, full_name

ASKS = {
    r.HAMLET: "thôn, tổ dân phố hoặc đường",
    r.DISTRICT: "quận, huyện cũ",
    r.PROVINCE: "tỉnh, thành phố",
    r.DAY: "địa chỉ ghi trước hay sau 01/07/2025",
    r.COMMUNE: "xã, phường",
}
SHARES = {
    "whole": "toàn bộ", "people": "toàn bộ dân, một phần đất", "rest": "phần còn lại",
    "part": "một phần", "land": "chỉ có đất, không có dân",
}  # fmt: skip
HOW = {
    WHOLE: "một đơn vị, gồm toàn bộ dân",
    SEVERAL: "một trong các đơn vị sau",
    DISTRICT_ENDED: "cấp huyện đã kết thúc; các xã, phường nhận địa bàn",
    NOWHERE: "không có đơn vị nào thay, hoặc khi đó chưa có",
}
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


def code(registry: Registry, answer: CodeAnswer, on: date, to: date) -> str:
    """The answer to one official code of one day on another."""
    day = "nay" if to == date.max else f"ngày {to:%d/%m/%Y}"
    lines = [
        f"{answer.unit.code}, ngày {on:%d/%m/%Y}: {full_name(answer.unit)}",
        f"  {day[0].upper()}{day[1:]}: {HOW[answer.how]}.",
    ]
    numbers = {text.key: text.number for text in registry.facts.texts}
    district = answer.how == DISTRICT_ENDED  # the shares are those of its communes, not its own
    for one in answer.then:
        steps = dict.fromkeys(
            ("" if district else f"{SHARES[s.share]}, ")
            + (f"khoản {s.clause} Điều 1 " if s.clause else "")
            + f"Nghị quyết {numbers.get(s.basis, s.basis)}"
            for s in one.steps
        )
        land = "" if one.residents else " (chỉ có đất)"
        told = f" — {'; '.join(steps)}" if steps else ""
        lines.append(f"    {one.fact.code} {full_name(one.fact)}{land}{told}")
    return "\n".join(lines)


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
        shares = _shares(places, reading)
        lines += [f"    - {_today(places, unit)}{shares.get(unit, '')}" for unit in reading.units]
    elif reading.province is not None:
        lines.append(f"  Nay thuộc {name(places, reading.province)}.")
    if reading.asks:
        lines.append(f"  Cần biết thêm: {'; '.join(ASKS[a] for a in reading.asks)}.")
    return "\n".join(lines)


def _shares(places: Gazetteer, reading: Reading) -> dict[int, str]:
    """What is known of the share of each commune of today, where one of old was divided."""
    if len(reading.means) != 1:
        return {}
    return {
        part.unit: f": {SHARES[part.share]}, khoản {part.clause} Điều 1 Nghị quyết {part.number}"
        for part in places.parts_of(reading.means[0].unit)
    }


def _today(places: Gazetteer, unit: int) -> str:
    return f"{name(places, unit)} (mã {places.code[unit]})"
