"""``thongsuot authority``: who may decide this, here, on this day, by which article."""

import argparse
import json
import sys
from typing import Any

from thongsuot.cli.lineage import read_day


def add(subparsers: Any) -> None:
    """Add the command ``authority``."""
    one = subparsers.add_parser(
        "authority",
        help="ai có thẩm quyền quyết định việc này, ở đây, ngày này / who may decide this, here, on this day",
        description="Tìm việc theo lời thường, trả lời cơ quan, người, điều khoản, giới hạn tại ngày hỏi. Chưa có "
        "ai hoặc văn bản vênh nhau thì nói rõ. Cần cơ sở dữ liệu đã nạp (thongsuot setup). / Finds a matter by "
        "everyday words and says who may decide it. Exit code 1: nobody, doubtful, or the matter was not found.",
    )
    one.add_argument("text", metavar="VIỆC/MATTER", nargs="+")
    one.add_argument("--place", default="", metavar="TÊN/NAME", help="xã, phường, tỉnh / the place")
    one.add_argument("--on", type=read_day, metavar="dd/mm/yyyy", help="ngày / the day")
    one.add_argument("--amount", type=int, metavar="ĐỒNG", help="số tiền / the amount in đồng")
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Answer one question. Returns 0 one answer, 1 none or doubtful, 2 the question is not clear."""
    from thongsuot.cli.office import _django

    _django()
    from thongsuot.apps.authority.queries.card import ask
    from thongsuot.apps.authority.queries.matters import find_matters, matter_with
    from thongsuot.apps.authority.queries.places import names_above, place_named
    from thongsuot.apps.authority.queries.plain import as_plain
    from thongsuot.foundation import clock

    on = chosen.on or clock.today()
    text = " ".join(chosen.text)
    found = find_matters(text, 5)
    matter = matter_with(text) or (found[0].matter if found else None)
    if matter is None:
        print(f"Không tìm thấy việc nào như “{text}”. / No such matter.", file=sys.stderr)
        return 1
    place = 0
    if chosen.place:
        places = place_named(chosen.place, on)
        if len(places) != 1:
            above = names_above(places)
            told = "; ".join(f"{p.full_name} ({above[p.unit_id]}): {p.unit.key}" for p in places)
            print(f"Địa bàn “{chosen.place}” chưa rõ / place not clear. {told}", file=sys.stderr)
            return 2
        place = places[0].unit_id
    plain = as_plain(ask(matter.code, place, on, chosen.amount))
    others = [f.matter for f in found if f.matter.pk != matter.pk][:3]
    if chosen.json:
        plain |= {"name": matter.name, "others": [m.code for m in others]}
        print(json.dumps(plain, ensure_ascii=False, default=str, indent=1))
    else:
        _tell(plain, matter.name, [m.name for m in others])
    return 0 if plain["state"] == "one" else 1


def _tell(plain: dict[str, Any], name: str, others: list[str]) -> None:
    day = f"{plain['on']:%d/%m/%Y}"
    print(f"{name} · {plain['place']['name'] if plain['place'] else 'cả nước'} · {day}")
    if plain["state"] == "one":
        post = plain["post"]["title"] if plain["post"] else plain["office"]
        body = f", {plain['body']['name']}" if plain["body"] else ""
        person = f": {plain['person']}" if plain["person"] else ""
        print(f"  {post}{body}{person}")
    else:
        words = {"doubtful": "CÒN NGHI VẤN", "gap": "CHƯA CÓ AI", "ask": "TÙY SỐ TIỀN"}
        print(f"  {words[plain['state']]}: {plain['says']}")
    for rule in plain["basis"] or plain["near"]:
        until = f", đến trước {rule['until']:%d/%m/%Y}" if rule["until"] else ""
        sure = "" if rule["confirmed"] else " [cần xác nhận ở văn bản gốc]"
        print(f"  Theo {rule['cited']}: {rule['office']}{until}{sure}")
    for line in plain["missing"]:
        print(f"  {line}")
    for former in plain["former"]:
        until = f", đến trước {former['until']:%d/%m/%Y}" if former["until"] else ""
        print(f"  Trước đây: {former['office']}{until}")
    for one in plain["delegates"]:
        print(f"  Được ký thay: {one['person']} ({' → '.join(one['chain'])})")
    if others:
        print(f"  Hay là: {'; '.join(others)}?")
