"""``thongsuot address``: an address, old or new, to the commune that answers for it today."""

import argparse
import gc
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from thongsuot.apps.registry import address_batch, address_words
from thongsuot.apps.registry.sources import UnreadableSourceError
from thongsuot.apps.registry.sources_address import AS_KNOWN, resolver
from thongsuot.apps.registry.sources_registry import registry_from_sources
from thongsuot.cli.lineage import read_day
from thongsuot.rules.registry import code_on
from thongsuot.rules.registry.address import Reading, Resolver
from thongsuot.rules.registry.address.reading import NONE, ONE
from thongsuot.rules.registry.codes import CodeAnswer
from thongsuot.rules.registry.registry import Registry, full_name
from thongsuot.rules.registry.values import UnitFact

SHOW_EVERY = 20_000


def add(subparsers: Any) -> None:
    """Add the command ``address``."""
    one = subparsers.add_parser(
        "address",
        help="địa chỉ cũ hoặc mới nay thuộc xã, phường nào / which commune an address is in today",
        description="Đọc địa chỉ viết tự do (có dấu hoặc không, viết tắt, sai chính tả, thiếu huyện), trả lời "
        "nay thuộc đơn vị nào, theo khoản nào. Đơn vị cũ bị chia thì nêu đủ các đơn vị mới, không đoán. "
        "Không cần cơ sở dữ liệu, không dùng mạng. / Reads a free Vietnamese address and says which commune it "
        "is in today, by which clause; what is in doubt is listed, never guessed. "
        "Exit code 1: an address was not found.",
    )
    one.add_argument("text", metavar="ĐỊA_CHỈ/ADDRESS", nargs="*")
    one.add_argument(
        "--batch",
        type=Path,
        metavar="IN.csv",
        help="tệp CSV hoặc XLSX, mỗi dòng một địa chỉ / a CSV or XLSX file",
    )
    one.add_argument(
        "--out", type=Path, metavar="OUT.csv", help="tệp kết quả / where the answers go"
    )
    one.add_argument(
        "--column",
        metavar="TÊN/NAME",
        help="cột chứa địa chỉ, mặc định: address hoặc địa chỉ / the column with the address",
    )
    one.add_argument(
        "--on",
        type=read_day,
        metavar="dd/mm/yyyy",
        help="ngày ghi địa chỉ, nếu biết / the day the address was written, if known",
    )
    one.add_argument(
        "--code",
        metavar="MÃ/CODE",
        help="đổi mã đơn vị từ ngày --on sang ngày --to / an official code of one day on another",
    )
    one.add_argument(
        "--to",
        type=read_day,
        metavar="dd/mm/yyyy",
        help="ngày cần biết, mặc định: mới nhất / the day to know about, the latest by default",
    )
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.set_defaults(run=run)  # fmt: skip


def run(chosen: argparse.Namespace) -> int:
    """Answer one address or a file of them. Returns 0 found, 1 not all found, 2 wrong use or file."""
    wrong = _misuse(chosen)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    gc.disable()  # what is loaded now stays to the end
    try:
        if chosen.code:
            return _code(chosen, registry_from_sources())
        reader = resolver()
    except UnreadableSourceError as unreadable:
        print(
            f"Không đọc được nguồn dữ liệu / cannot read the sources: {unreadable}", file=sys.stderr
        )
        return 2
    gc.freeze()
    gc.enable()
    if chosen.batch:
        return _batch(chosen, reader)
    text = " ".join(chosen.text)
    reading = reader.resolve(text, chosen.on)
    if chosen.json:
        print(json.dumps(address_batch.as_plain(reader.names, text, reading), ensure_ascii=False))
    else:
        print(address_words.answer(reader.names, text, reading))
    return 1 if reading.status == NONE else 0


def _misuse(chosen: argparse.Namespace) -> str:
    if sum(map(bool, (chosen.batch, chosen.text, chosen.code))) != 1:
        return (
            "Hãy ghi một địa chỉ, hoặc --batch TỆP, hoặc --code MÃ / "
            "give an address, or --batch FILE, or --code CODE"
        )
    if bool(chosen.batch) != bool(chosen.out):
        return "--batch cần --out TỆP / --batch needs --out FILE"
    if chosen.batch and chosen.out and chosen.out.exists() and chosen.out.samefile(chosen.batch):
        return "--out phải là tệp khác với --batch / --out must be another file than --batch"
    if chosen.code and not chosen.on:
        return "--code cần --on: mã không có ngày thì chưa có nghĩa / a code means nothing without its day"
    return ""


def _code(chosen: argparse.Namespace, registry: Registry) -> int:
    """One official code of one day on another. Returns 0 found, 1 no unit bore it that day."""
    to = chosen.to or AS_KNOWN
    answers = code_on(registry, chosen.code, chosen.on, to)
    if chosen.json:
        told = [_plain_code(registry, answer, chosen.on, to) for answer in answers]
        print(json.dumps({"code": chosen.code, "units": told}, ensure_ascii=False, default=str))
    elif not answers:
        print(f"{chosen.code}: ngày đó không có đơn vị nào mang mã này / no unit bore it that day")
    else:
        print("\n".join(address_words.code(registry, answer, chosen.on, to) for answer in answers))
    return 0 if answers else 1


def _plain_code(registry: Registry, answer: CodeAnswer, on: date, to: date) -> dict[str, object]:
    def unit(fact: UnitFact) -> dict[str, str]:
        return {"code": fact.code, "key": registry.facts.keys[fact.unit], "name": full_name(fact)}

    return {
        "on": on,
        "unit": unit(answer.unit),
        "to": None if to == AS_KNOWN else to,
        "how": answer.how,
        "units": [
            unit(one.fact)
            | {
                "residents": one.residents,
                "steps": [
                    {
                        "of": None if s.src is None else registry.facts.keys[s.src],
                        "on": s.on,
                        "share": s.share,
                        "basis": s.basis,
                        "clause": s.clause,
                    }
                    for s in one.steps
                ],
            }
            for one in answer.then
        ],
    }


def _batch(chosen: argparse.Namespace, reader: Resolver) -> int:
    counted: dict[str, int] = {}

    def count(reading: Reading) -> None:
        counted[reading.status] = counted.get(reading.status, 0) + 1
        done = sum(counted.values())
        if done % SHOW_EVERY == 0:
            print(f"{done:,}".replace(",", "."), "dòng / rows", file=sys.stderr)

    try:
        with address_batch.opened(chosen.batch) as sheet:
            if sheet.encoding != "utf-8":
                print(
                    "Tệp không phải Unicode: đọc theo TCVN3, VNI / not Unicode, read as TCVN3 or VNI",
                    file=sys.stderr,
                )
            rows = address_batch.answered(
                sheet, reader, column=chosen.column or "", on=chosen.on, count=count
            )
            address_batch.write(chosen.out, rows)
    except address_batch.NoColumnError as missing:
        print(missing, file=sys.stderr)
        return 2
    except (OSError, address_batch.UnreadableFileError) as wrong:
        print(f"Không đọc hoặc ghi được tệp / cannot read or write: {wrong}", file=sys.stderr)
        return 2
    if chosen.json:
        print(json.dumps(counted))
    else:
        print(", ".join(f"{status}: {n}" for status, n in sorted(counted.items())) or "0")
    return 0 if set(counted) <= {ONE} else 1
