"""Who may open the pages of who holds what, what falls due after the end, and unfinished work."""

from typing import Any

from tests.pages.handover.stage import CAST, Stage


def _told(default: int, **others: int) -> dict[str, int]:
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


def _here(*more: object) -> Any:
    def args(stage: Stage, _things: object) -> list[object]:
        return [stage.story.transition, *more]

    return args


PART = _told(200, quantri=404, xa=404, het=404)
POSTED = dict.fromkeys(("anonymous", *CAST), 405)


def rows() -> dict[str, Any]:
    """The doors of this room that are not in the table of the walk itself."""
    return {
        "handover:holders": (_here(), PART),
        "handover:nominate": (_here(), _told(403, khanh=200, quantri=404, xa=404, het=404)),
        "handover:radar": (_here(), PART),
        "handover:backlog": (_here(), PART),
        "handover:backlog-freeze": (_here(), POSTED),
        "handover:backlog-act": (_here("de-xuat"), POSTED),
        "handover:backlog-paper": (_here(), PART),
    }


def things(_stage: Stage) -> dict[str, int]:
    """Nothing of its own to point at."""
    return {}
