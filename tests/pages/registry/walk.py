"""The doors of the registry that came after the table of all doors was written."""

from typing import Any

from tests.pages.handover.stage import CAST, Stage

EVERYBODY = ("anonymous", *CAST)


def told(default: int, **others: int) -> dict[str, int]:
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


ALL = dict.fromkeys(EVERYBODY, 200)


def of(*names: str) -> Any:
    return lambda _stage, things: [things.get(name) for name in names]


def rows() -> dict[str, Any]:
    """Every such door."""
    return {
        "registry:address-batch": (of(), ALL),
        "registry:recut": (of(), ALL),
        "registry:map": (of(), ALL),
        "registry:map-shapes": (of(), dict.fromkeys(EVERYBODY, 404)),  # of no province
        "registry:map-bring": (of(), told(403, khanh=200, xa=200, quantri=200)),
        "registry:map-take-back": (of("hood"), dict.fromkeys(EVERYBODY, 405)),
        "registry:timeline": (of("quan-ha-dong"), ALL),
    }


def things(stage: Stage) -> dict[str, int]:
    """Nothing of their own."""
    return {}
