"""The doors of the public page and of those who keep it."""

from typing import Any

from tests.pages.handover.stage import CAST, Stage

EVERYBODY = ("anonymous", *CAST)


def told(default: int, **others: int) -> dict[str, int]:
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


ALL = dict.fromkeys(EVERYBODY, 200)
TELLS = told(403, hoa=200, khanh=200, xa=200)  # clerks and leaders of their own, steering
KEEPS = told(403, khanh=200, xa=200)


def of(*names: str) -> Any:
    return lambda _stage, things: [things.get(name) for name in names]


def rows() -> dict[str, Any]:
    """Every door of the room."""
    return {
        "disclosure:where": (of(), ALL),
        "disclosure:card": (of(), ALL),
        "disclosure:contacts": (of(), TELLS),
        "disclosure:import-contacts": (of(), TELLS),
        "disclosure:contacts-template": (of(), told(200)),
        "disclosure:contact": (of("disclosure-ward"), told(403, khanh=200)),
        "disclosure:matters": (of(), told(200)),
        "disclosure:matter": (of("chung-thuc"), KEEPS),
    }


def things(stage: Stage) -> dict[str, int]:
    """The ward of the story."""
    return {"disclosure-ward": stage.story.ward}
