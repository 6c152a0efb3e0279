"""The doors of the proof: most stand open to everybody, what they show does not."""

from typing import Any

from tests.pages.handover.stage import CAST, NOW, Stage

from thongsuot.apps.handover.models import Signature
from thongsuot.apps.proof import documents, signing

EVERYBODY = ("anonymous", *CAST)
ALL = dict.fromkeys(EVERYBODY, 200)
POSTED = dict.fromkeys(EVERYBODY, 405)


def told(default: int, **others: int) -> dict[str, int]:
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


OWN = told(200)
PAPER = told(404, lan=200, minh=200, khanh=200, hang=200)


def of(*names: str) -> Any:
    return lambda _stage, things: [things.get(name) for name in names]


def rows() -> dict[str, Any]:
    """Every door of the room."""
    return {
        "proof:find": (of(), ALL),
        "proof:check": (of(), ALL),
        "proof:checker": (of(), ALL),
        "proof:receipt": (of("proof-code"), ALL),
        "proof:receipt-file": (of("proof-code"), PAPER),
        "proof:signed-pdf": (of("proof-code"), PAPER),
        "proof:signed-pdf-file": (of("proof-code"), told(404)),
        "proof:log": (of(), ALL),
        "proof:make": (of(), POSTED),
        "proof:witnesses": (of(), OWN),
        "proof:checkpoint": (of("proof-checkpoint"), ALL),
        "proof:bring": (of("proof-checkpoint"), POSTED),
        "proof:checkpoint-file": (of("proof-checkpoint", "txt"), ALL),
        "proof:add-checkpoint": (of(), POSTED),
        "proof:own-acts": (of(), OWN),
        "proof:item-evidence": (of("item"), told(404, lan=200, minh=200, khanh=200, hang=200)),
        "proof:act-evidence": (of("proof-act"), PAPER),
    }


def things(stage: Stage) -> dict[str, Any]:
    """The receipt of the minutes that are signed, under a checkpoint."""
    mark = signing.checkpoint_now(f"transition:{stage.story.transition}", NOW)
    assert mark is not None
    last = Signature.objects.filter(side="receiver").order_by("-pk")[0]
    return {
        "proof-code": documents.code_for(last.minutes),
        "proof-checkpoint": mark.pk,
        "proof-act": last.entry_id,
    }
