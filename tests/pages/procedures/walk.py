"""The doors of procedures for the walk over the whole site: who gets which answer."""

from datetime import date
from typing import Any

from tests.pages.handover.stage import Stage

from thongsuot.apps.procedures import actions

PEOPLE = ("anonymous", "lan", "hoa", "minh", "son", "khanh", "hang", "quantri", "xa", "het")


def _told(others: int, **some: int) -> dict[str, int]:
    return dict.fromkeys(PEOPLE, others) | {"anonymous": 302, **some}


ALL = dict.fromkeys(PEOPLE, 200)
OWN = _told(200)
SEEN = _told(404, minh=200, khanh=200, hang=200)  # of ward A's desk
KEEPS = _told(403, khanh=200, xa=200)  # the catalogue: steering, each over its area


def _args(*names: str) -> Any:
    return lambda stage, things: [things.get(n) for n in names]


def rows() -> dict[str, tuple[Any, dict[str, int]]]:
    """Every door of the room."""
    none, shop = _args(), _args("shop")
    ward = lambda stage, things: [stage.story.ward]  # noqa: E731  # one argument of an address
    return {
        "procedures:catalogue": (none, ALL),
        "procedures:procedure": (_args("1.001"), ALL),
        "procedures:shops": (none, ALL),
        "procedures:shop": (shop, ALL),
        "procedures:coverage": (none, ALL),
        "procedures:grid": (none, ALL),
        "procedures:dossiers": (none, OWN),
        "procedures:dossier": (_args("dossier"), SEEN),
        "procedures:figures": (none, OWN),
        "procedures:bring-catalogue": (none, KEEPS),
        "procedures:bring-log": (shop, _told(403, minh=200)),
        "procedures:template": (_args("danh-muc"), OWN),
        "procedures:announce": (none, KEEPS),
        "procedures:write": (none, KEEPS),
        "procedures:open-shop": (none, _told(403, minh=200)),
        "procedures:change-shop": (shop, _told(403, minh=200, khanh=200)),
        "procedures:end-shop": (shop, _told(403, minh=200, khanh=200)),
        "procedures:offer": (shop, _told(403, minh=200, khanh=200)),
        "procedures:receive": (shop, _told(403, minh=200)),
        "procedures:move": (ward, _told(403, minh=200, khanh=200)),
        "procedures:step": (_args("dossier", "tra-ket-qua"), _told(404, minh=200, khanh=403, hang=403)),
    }  # fmt: skip


def things(stage: Stage) -> dict[str, int]:
    """A procedure, a shop of ward A that receives it, and a dossier there."""
    s = stage.story
    actions.write_procedure(
        s.act(s.city),
        values={"code": "1.001", "name": "Chứng thực bản sao", "field": "khac", "commune": True,
                "days": 3},
    )  # fmt: skip
    shop = actions.open_shop(
        s.act(s.minh), body_id=s.ward, name="Một cửa phường Hà Đông", address="Số 1",
        hours="8:00–17:00", since=date(2025, 6, 1),
    )["shop"]  # fmt: skip
    pk = int(str(shop))
    actions.offer(s.act(s.minh), shop_id=pk, codes=["1.001"], receives=True)
    dossier = actions.receive(
        s.act(s.minh), shop_id=pk, code="1.001", received=date(2025, 6, 23)
    )["dossier"]  # fmt: skip
    return {"shop": pk, "dossier": int(str(dossier))}
