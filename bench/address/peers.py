"""One package on one file of addresses, in a process of its own: run by ``bench.address``.

Needs nothing of the project but for "ours": it runs in the packages' own environments. Every
connection is refused here besides the network being cut outside, and the attempts are counted.
"""

import json
import resource
import socket
import sys
import time
import unicodedata
from collections.abc import Callable
from typing import Any

Answer = list[tuple[str, str, str]]  # (official code or "", ward, province), all that it may be
Reader = Callable[[str], Answer]
asked_the_net = [0]


def _refused(*_: object, **__: object) -> None:
    asked_the_net[0] += 1
    raise OSError("the network is cut")


def cut() -> None:
    socket.socket.connect = _refused  # type: ignore[method-assign,assignment]
    socket.create_connection = _refused  # type: ignore[assignment]
    socket.getaddrinfo = _refused  # type: ignore[assignment]


def ours() -> Reader:
    from thongsuot.apps.registry.sources_address import resolver

    reader = resolver()
    code, above = reader.names.code, reader.names.above_now

    def read(text: str) -> Answer:
        reading = reader.resolve(text)
        if not reading.units and reading.province is not None:
            return [("", "", code[reading.province])]
        return [(code[unit], "", code[above[unit]]) for unit in reading.units]

    return read


def vietnamadminunits() -> Reader:
    from vietnamadminunits import convert_address

    def read(text: str) -> Answer:
        found = convert_address(text)
        return [(found.ward_code or "", found.ward or "", found.province_code or "")]

    return read


def onflow() -> Reader:
    from onflow_location_platform import convert_address_old_to_new

    def read(text: str) -> Answer:
        found = convert_address_old_to_new(text)
        return [(found.ward_code or "", found.ward or "", found.province_code or "")]

    return read


def vietnam_address_converter() -> Reader:
    from vietnam_address_converter import create_converter

    converter = create_converter()

    def read(text: str) -> Answer:
        told = converter.auto_convert_address(text)
        result = (told.get("conversion") or {}).get("result") or {}
        several = result.get("candidates") or (told.get("conversion") or {}).get("candidates") or []
        if several:
            return [_of_converter(one) for one in several]
        new = told.get("converted_new") or {}
        return [_of_converter({"new_ward": new.get("ward"), "new_province": new.get("province")})]

    return read


def _of_converter(one: dict[str, Any]) -> tuple[str, str, str]:
    ward = one.get("new_ward") or one.get("ward") or {}
    province = one.get("new_province") or one.get("province") or {}
    return "", ward.get("name_with_type") or "", province.get("name_with_type") or ""


def vn_address_converter() -> Reader:
    from vn_address_converter import convert_to_new_address, parse_address

    def read(text: str) -> Answer:
        found = convert_to_new_address(parse_address(text))
        return [("", found.ward or "", found.province or "")]

    return read


def underthesea() -> Reader:
    from underthesea.address import convert_address

    def read(text: str) -> Answer:
        found = convert_address(text)
        new = found.new
        one = ("", new.ward if new else "", new.province if new else "")
        divided = str(found.mapping_type).endswith("DIVIDED")
        return [one, ("", "", one[2])] if divided else [one]

    return read


def vietnam_provinces() -> Reader:
    """It has no parser: the text is cut at commas and each part given to its search."""
    from vietnam_provinces import Province, Ward

    def read(text: str) -> Answer:
        parts = [part.strip() for part in text.split(",")]
        provinces = Province.search_from_legacy(name=parts[-1]) or ()
        now = {p.province.code for p in provinces}
        for part in reversed(parts[:-2] or parts[:1]):
            found = {
                f.ward.code: f.ward
                for f in Ward.search_from_legacy(name=part)
                if not now or f.ward.province_code in now
            }
            if found:
                return [
                    (f"{int(w.code.value):05}", w.name, f"{int(w.province_code.value):02}")
                    for w in found.values()
                ]
        return [("", "", f"{int(p.value):02}") for p in now]

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "ours": ours,
    "vietnamadminunits": vietnamadminunits,
    "onflow-location-platform": onflow,
    "vietnam-address-converter": vietnam_address_converter,
    "vn-address-converter": vn_address_converter,
    "underthesea": underthesea,
    "vietnam-provinces": vietnam_provinces,
}


def main(name: str, rows: str, out: str) -> None:
    cut()
    with open(rows, encoding="utf-8") as file:
        texts: list[str] = json.load(file)
    began = time.process_time()
    read = READERS[name]()
    load = time.process_time() - began
    asked_the_net[0] = 0
    answers: list[Answer] = []
    failed = 0
    began = time.process_time()
    for text in texts:
        try:
            answers.append(read(text))
        except Exception:  # noqa: BLE001  # whatever a package raises is counted and shown
            failed += 1
            answers.append([])
    spent = time.process_time() - began
    told = {
        "answers": [[[unicodedata.normalize("NFC", w) for w in one] for one in a] for a in answers],
        "load": load,
        "speed": len(texts) / spent,
        "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "net": asked_the_net[0],
        "failed": failed,
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(told, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
