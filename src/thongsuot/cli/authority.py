"""``thongsuot authority``: who may decide this, here, on this day, by which article."""

import argparse
import json
import sys
from datetime import date
from typing import Any

from thongsuot.cli.lineage import read_day


def add(subparsers: Any) -> None:
    """Add the command ``authority``."""
    one = subparsers.add_parser(
        "authority",
        help="ai có thẩm quyền quyết định việc này, ở đây, ngày này / who may decide this, here, on this day",
        description="Tìm việc theo lời thường, trả lời cơ quan, người, điều khoản, giới hạn tại ngày hỏi. Chưa có "
        "ai hoặc văn bản vênh nhau thì nói rõ. Cần cơ sở dữ liệu đã nạp (thongsuot setup). / Finds a matter by "
        "everyday words and says who may decide it. Exit code 0: one answer; 1: nobody, doubtful, no such matter; "
        "2: the question is not clear (which matter, which place), with what may be meant.",
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
    from thongsuot.apps.authority.queries.plain import as_plain
    from thongsuot.foundation import clock

    on = chosen.on or clock.today()
    if chosen.amount is not None and chosen.amount < 0:
        return _unclear(chosen, 2, "amount", "Số tiền không thể âm. / The amount is below nothing.")
    matter, others, wrong = _matter(" ".join(chosen.text))
    if matter is None:
        return _unclear(chosen, 1 if not others else 2, "matter", wrong, others)
    place, near, wrong = _place(chosen.place, on) if chosen.place else (0, [], "")
    if wrong:
        return _unclear(chosen, 2, "place", wrong, near)
    plain = as_plain(ask(matter.code, place, on, chosen.amount))
    if chosen.json:
        plain |= {"name": matter.name, "others": [code for code, _name in others]}
        print(json.dumps(plain, ensure_ascii=False, default=str, indent=1))
    else:
        _tell(plain, matter.name, [name for _code, name in others])
    return 0 if plain["state"] == "one" else 1


Choices = list[tuple[str, str]]  # (code or key, name)


def _matter(text: str) -> tuple[Any, Choices, str]:
    """The matter that is meant beyond doubt, with what else it may be; else None and why."""
    from thongsuot.apps.authority.queries.matters import (
        find_matters,
        like_matters,
        matter_with,
        sure_of,
    )

    found = find_matters(text, 5)
    matter = matter_with(text) or sure_of(found)
    if matter is not None:
        others = [(f.matter.code, f.matter.name) for f in found if f.matter.pk != matter.pk]
        return matter, others[:3], ""
    if found:
        choices = [(f.matter.code, f.matter.name) for f in found]
        return None, choices, f"Việc “{text}” chưa rõ là việc nào. / Which of these matters?"
    near = [(m.code, m.name) for m in like_matters(text)]
    return None, near, f"Không tìm thấy việc nào như “{text}”. / No such matter."


def _place(text: str, on: date) -> tuple[int, Choices, str]:
    """The unit that is meant; else 0, what may be meant, and why it is not clear."""
    from thongsuot.apps.authority.queries.places import elsewhen, names_above, place_named

    places = place_named(text, on)
    if len(places) == 1:
        return places[0].unit_id, [], ""
    if places:
        above = names_above(places)
        near = [(p.unit.key, f"{p.full_name} ({above[p.unit_id]})") for p in places]
        return 0, near, f"Có {len(places)} địa bàn tên “{text}”. / Which of these places?"
    found = elsewhen(text, on)
    near = [(v.unit.key, f"{e.was.full_name} → {v.full_name}") for e in found for v in e.now]
    why = "chưa có hoặc không còn" if found else "không có"
    return 0, near, f"Địa bàn “{text}” {why} ngày {on:%d/%m/%Y}. / No such place that day."


def _unclear(
    chosen: argparse.Namespace, code: int, about: str, why: str, choices: Choices | None = None
) -> int:
    """Say what is not clear and what may be meant; as JSON when asked for. Returns the exit code."""
    if chosen.json:
        told = {"state": "unclear", "reason": about, "says": why,
                "choices": [{"code": key, "name": name} for key, name in choices or []]}  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=1))
    print(why, file=sys.stderr)
    for key, name in choices or []:
        print(f"  {name}: {key}", file=sys.stderr)
    return code


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
