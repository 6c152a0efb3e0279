"""The doors of the sealed boxes: who gets in, and what they lead to."""

from typing import Any

from tests.apps.custody.conftest import Room
from tests.pages.handover.stage import CAST, Stage

from thongsuot.apps.custody.models import Alarm

EVERYBODY = ("anonymous", *CAST)


def told(default: int, **others: int) -> dict[str, int]:
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


OWN = told(200)
KEEPS = told(404, lan=200, khanh=200, hang=200)
MAKES = told(403, lan=200, hoa=200, minh=200, son=200)  # those whose body ends or begins
DOES = told(404, lan=200, khanh=403, hang=403)
PRINTS = told(200)
SIGNS = told(404, lan=302, khanh=403, hang=403)  # asks for the password again


def of(*names: str) -> Any:
    return lambda _stage, things: [things.get(name) for name in names]


def rows() -> dict[str, Any]:
    """Every door of the room."""
    return {
        "custody:boxes": (of(), OWN),
        "custody:find": (of(), told(404)),
        "custody:make": (of(), MAKES),
        "custody:by-list": (of(), MAKES),
        "custody:labels": (of(), PRINTS),
        "custody:rooms": (of(), OWN),
        "custody:counts": (of(), OWN),
        "custody:alarms": (of(), OWN),
        "custody:count": (of("custody-count"), KEEPS),
        "custody:scan": (of("custody-count"), dict.fromkeys(EVERYBODY, 405)),
        "custody:close": (of("custody-count"), SIGNS),
        "custody:sheet": (of("custody-count", "xlsx"), KEEPS),
        "custody:alarm": (of("custody-alarm"), KEEPS),
        "custody:one": (of("custody-box"), KEEPS),
        "custody:act": (of("custody-box", "chuyen"), DOES),
        "custody:photo": (of("custody-box", "custody-box"), told(404)),  # no photo was taken
    }


def things(stage: Stage) -> dict[str, int]:
    """A box of the office, a count in its store, an alarm."""
    room = Room(stage)
    (room.store,) = room.make("store", "Kho lối đi")
    (other,) = room.make("store", "Kho lối đi 2")
    (room.box,) = room.make("box", "Hộp lối đi", place=other)
    count = room.count()
    room.scan(count, room.label())
    return {
        "custody-box": room.box,
        "custody-count": count,
        "custody-alarm": Alarm.objects.get().pk,
    }
